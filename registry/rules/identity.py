"""Reading a citizen's ID number (公民身份号码, GB 11643-1999; 15 digits before 1999).

Region codes are not checked: districts are abolished and renamed while their people keep their numbers.
"""

import datetime as dt

from stdnum.iso7064 import mod_11_2


def clean(number: str) -> str:
    """The number without spaces and hyphens, x written as X."""
    return number.replace(" ", "").replace("-", "").upper()


def birth_date(number: str) -> dt.date | None:
    """Date of birth written in the number, or None where number is no valid one.

    >>> birth_date("11010519491231002X")
    datetime.date(1949, 12, 31)
    """
    number = clean(number)
    if not number.isascii():
        return None
    if len(number) == 18 and number[:17].isdigit() and mod_11_2.is_valid(number):
        digits = number[6:14]
    elif len(number) == 15 and number.isdigit():
        digits = "19" + number[6:12]
    else:
        return None
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def sex(number: str) -> str | None:
    """男 or 女 by the parity of the sequence number (17th of 18 digits, 15th of 15), None if not valid."""
    if birth_date(number) is None:
        return None
    number = clean(number)
    return "男" if int(number[16] if len(number) == 18 else number[14]) % 2 else "女"
