"""Identifiers with a standard behind them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from stdnum.cn import ric, uscc

from registry.definition import FieldSpec
from registry.fields.base import FieldType, half_width, refused


class Identifier(FieldType):
    """An identifier: typed with full-width digits or spaces it is the same."""

    slot = "s"
    keyboard = "text"

    def parse(self, value: Any, spec: FieldSpec) -> str:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return half_width(value)

    def make_widget(self, spec: FieldSpec, **options: Any) -> forms.Widget:
        return forms.TextInput(attrs={"inputmode": self.keyboard, "autocomplete": "off"})


class IdNumber(Identifier):
    """身份证号: GB 11643-1999, checksum ISO 7064 MOD 11-2; a number cell has lost digits and is refused."""

    key, label = "id_number", "身份证号"

    def parse(self, value: Any, spec: FieldSpec) -> str:
        if isinstance(value, int | float):
            raise refused(spec, value, "该单元格为数字格式，18位号码的末几位已丢失，请改为文本格式重新填写")
        text = half_width(value).upper().replace("-", "")
        if not re.fullmatch(r"\d{17}[\dX]", text):
            raise refused(spec, value, "须为18位，前17位为数字，末位为数字或X")
        if ric.calc_check_digit(text) != text[-1]:
            raise refused(spec, value, "校验码不符（GB 11643-1999），请核对")
        try:
            ric.get_birth_date(text)
        except Exception as problem:  # stdnum's own hierarchy: any of them means the digits are no date
            raise refused(spec, value, "第7至14位不是有效的出生日期（GB 11643-1999）") from problem
        return text


class CreditCode(Identifier):
    """统一社会信用代码: GB 32100-2015."""

    key, label = "credit_code", "统一社会信用代码"

    def parse(self, value: Any, spec: FieldSpec) -> str:
        text = super().parse(value, spec).upper()
        if not uscc.is_valid(text):
            raise refused(spec, value, "须为18位且校验码相符（GB 32100-2015）")
        return text


class SchoolCode(Identifier):
    """学校（机构）标识码: ten digits, no check digit."""

    key, label = "school_code", "学校标识码"
    keyboard = "numeric"

    def parse(self, value: Any, spec: FieldSpec) -> str:
        text = super().parse(value, spec)
        if not re.fullmatch(r"\d{10}", text):
            raise refused(spec, value, "须为10位数字的学校（机构）标识码")
        return text


class Phone(Identifier):
    """电话: a mobile or a fixed line, digits and hyphens."""

    key, label = "phone", "电话"
    keyboard = "tel"

    def parse(self, value: Any, spec: FieldSpec) -> str:
        text = super().parse(value, spec).replace("－", "-").replace("—", "-")
        if not re.fullmatch(r"1\d{10}|0\d{2,3}-?\d{7,8}(-\d{1,6})?|\+\d{6,15}|\d{7,8}", text):
            raise refused(spec, value, "须为11位手机号或带区号的固定电话")
        return text


class Email(Identifier):
    """电子邮箱."""

    key, label = "email", "邮箱"
    keyboard = "email"

    def parse(self, value: Any, spec: FieldSpec) -> str:
        text = super().parse(value, spec)
        try:
            EmailValidator()(text)
        except ValidationError:
            raise refused(spec, value, "须为电子邮箱地址，如 name@example.org") from None
        return text


class WebAddress(Identifier):
    """网址: http or https."""

    key, label = "url", "网址"
    keyboard = "url"

    def parse(self, value: Any, spec: FieldSpec) -> str:
        text = super().parse(value, spec)
        try:
            URLValidator(schemes=["http", "https"])(text)
        except ValidationError:
            raise refused(spec, value, "须为以 http:// 或 https:// 开头的网址") from None
        return text
