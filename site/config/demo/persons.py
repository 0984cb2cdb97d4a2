"""Fictitious persons: identity numbers that check out yet can be nobody's, and telephone numbers likewise."""

from datetime import date

from stdnum.cn import ric

NEVER_GIVEN = "000"  # offices count the people born on a day in a division from 001
DIVISION = "110105"


def id_number(birth: date, division: str = DIVISION, sequence: str = NEVER_GIVEN) -> str:
    """An 18-character 身份证号 of that birth date with the right check character (GB 11643)."""
    body = f"{division}{birth:%Y%m%d}{sequence}"
    return body + ric.calc_check_digit(body + "0")  # stdnum leaves out the last character


def phone(serial: int) -> str:
    """A telephone number of eleven digits that no operator gives out: a prefix and zeros."""
    return f"1{3 + serial % 7}" + "0" * 9
