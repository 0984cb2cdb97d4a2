"""Dates as offices write them."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from registry.definition import FieldSpec
from registry.fields.base import FieldType, half_width, refused

WRITTEN = re.compile(r"(\d{4})(?:年|-|/|\.)(\d{1,2})(?:月|-|/|\.)(\d{1,2})日?(?:[T ]?00:00(?::00)?)?")
EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
MONTH = re.compile(r"(\d{4})(?:年|-|/|\.)(\d{1,2})月?")
EXCEL_EPOCH = date(1899, 12, 30)


class Date(FieldType):
    """日期. Reads 2023-03-22, 2023/3/22, 2023.3.22, 2023年3月22日, 20230322 and a sheet's serial number.

    Option `precision: month` also reads 2015年12月 and 2015.12 as that month's first day.
    """

    key, label, slot = "date", "日期", "d"

    def parse(self, value: Any, spec: FieldSpec) -> date:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = half_width(value)
        found = WRITTEN.fullmatch(text) or EIGHT_DIGITS.fullmatch(text)
        if not found and spec.options.get("precision") == "month" and (month := MONTH.fullmatch(text)):
            text = f"{month[1]}-{month[2]}-1"
            found = WRITTEN.fullmatch(text)
        try:
            if found:
                return date(*map(int, found.groups()))
            if re.fullmatch(r"\d{4,5}(\.0)?", text) and 10_000 <= float(text) < 80_000:
                return EXCEL_EPOCH + timedelta(days=int(float(text)))
        except ValueError:
            raise refused(spec, value, "该日期不存在") from None
        raise refused(spec, value, "须为日期，如 2023年3月22日 或 2023-03-22")

    def to_json(self, value: Any, spec: FieldSpec) -> Any:
        return value.isoformat() if value else None

    def from_json(self, value: Any, spec: FieldSpec) -> Any:
        return date.fromisoformat(value) if value else None

    def display(self, value: Any, spec: FieldSpec, names=None) -> str:
        return f"{value.year}年{value.month}月{value.day}日" if value else ""

    def cell(self, value: Any, spec: FieldSpec, names=None) -> Any:
        return value

    def initial(self, value: Any, spec: FieldSpec) -> Any:
        return self.to_json(value, spec)

    def slot_of(self, value: Any, spec: FieldSpec) -> date:
        return value

    def slot_value(self, value: Any, spec: FieldSpec) -> date:
        return value or date(9999, 12, 31)

    def make_widget(self, spec: FieldSpec, **options: Any) -> forms.Widget:
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
