"""Exact numbers: integer, decimal, percentage, money, year. All are scaled integers in JSON and slots."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from registry.definition import FieldSpec
from registry.fields.base import FieldType, half_width, refused

GREATEST = 2**63 - 2


class Number(FieldType):
    """小数. Options: `places` (fixed, frozen after first use), `min`, `max`, `unit`."""

    key, label, slot = "decimal", "小数", "n"
    default_places = 2

    def places(self, spec: FieldSpec) -> int:
        return int(spec.options.get("places", self.default_places))

    def parse(self, value: Any, spec: FieldSpec) -> Decimal:
        text = (
            half_width(value).replace(",", "").removesuffix("%").removesuffix(spec.options.get("unit", "\0"))
        )
        try:
            number = Decimal(text)
            exact = number.quantize(Decimal(1).scaleb(-self.places(spec)))
        except InvalidOperation:
            raise refused(spec, value, "须为数字") from None
        if not number.is_finite() or abs(exact.scaleb(self.places(spec))) > GREATEST:
            raise refused(spec, value, "须为可记录的有限数字")
        if exact != number:
            raise refused(
                spec, value, "须为整数" if not self.places(spec) else f"小数不超过{self.places(spec)}位"
            )
        for name, word in (("min", "小于"), ("max", "大于")):
            bound = spec.options.get(name)
            if bound is not None and (
                exact < Decimal(str(bound)) if name == "min" else exact > Decimal(str(bound))
            ):
                raise refused(spec, value, f"不得{word}{bound}")
        return exact

    def to_json(self, value: Any, spec: FieldSpec) -> Any:
        return None if value is None else int(value.scaleb(self.places(spec)))

    def from_json(self, value: Any, spec: FieldSpec) -> Any:
        return None if value is None else Decimal(value).scaleb(-self.places(spec))

    def display(self, value: Any, spec: FieldSpec, names=None) -> str:
        return "" if value is None else f"{value:,}{spec.options.get('unit', '')}"

    def cell(self, value: Any, spec: FieldSpec, names=None) -> Any:
        return value

    def slot_of(self, value: Any, spec: FieldSpec) -> int:
        return int(self.to_json(value, spec))

    def make_widget(self, spec: FieldSpec, **options: Any) -> forms.Widget:
        return forms.TextInput(attrs={"inputmode": "decimal" if self.places(spec) else "numeric"})


class Integer(Number):
    """整数."""

    key, label, default_places = "integer", "整数", 0

    def places(self, spec: FieldSpec) -> int:
        return 0

    def parse(self, value: Any, spec: FieldSpec) -> int:
        return int(super().parse(value, spec))

    def to_json(self, value: Any, spec: FieldSpec) -> Any:
        return value

    def from_json(self, value: Any, spec: FieldSpec) -> Any:
        return value


class Year(Integer):
    """年份: four digits, shown without a thousands separator."""

    key, label = "year", "年份"

    def parse(self, value: Any, spec: FieldSpec) -> int:
        year = super().parse(str(value).removesuffix("年"), spec)
        if not 1900 <= year <= 2200:
            raise refused(spec, value, "须为四位年份，如 2023")
        return year

    def display(self, value: Any, spec: FieldSpec, names=None) -> str:
        return "" if value is None else str(value)


class Money(Number):
    """金额: stored in 分; shown in 元 (or 万元 with `unit`)."""

    key, label = "money", "金额（元）"


class Percentage(Number):
    """百分比: 40 means 40 %."""

    key, label = "percentage", "百分比"

    def display(self, value: Any, spec: FieldSpec, names=None) -> str:
        return "" if value is None else f"{value.normalize():f}%"
