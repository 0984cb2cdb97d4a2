"""What an ID number (身份证号) says."""

from __future__ import annotations

from .. import identity
from ..types import BOOLEAN, DATE, TEXT, Kind
from .base import Operator, operator


class OfIdNumber(Operator):
    takes = (Kind.TEXT,)

    def evaluate(self, call, evaluator):
        number = evaluator.argument(call, 0)
        return None if number is None else self.read(number)

    def read(self, number: str):
        raise NotImplementedError


@operator
class IdBirth(OfIdNumber):
    """{"id_birth": number}: date of birth, absent where the number is not valid."""

    name = "id_birth"
    gives = DATE
    summary = "身份证号中的出生日期"
    fragment = "{0}中的出生日期"

    def read(self, number):
        return identity.birth_date(number)


@operator
class IdSex(OfIdNumber):
    """{"id_sex": number}: 男 or 女."""

    name = "id_sex"
    gives = TEXT
    summary = "身份证号中的性别（男、女）"
    fragment = "{0}中的性别"

    def read(self, number):
        return identity.sex(number)


@operator
class IdValid(OfIdNumber):
    """{"id_valid": number}: length, date and check character are right."""

    name = "id_valid"
    gives = BOOLEAN
    summary = "身份证号有效（长度、日期、校验码）"
    fragment = "{0}有效"

    def read(self, number):
        return identity.birth_date(number) is not None
