"""Age in completed years (周岁)."""

import datetime as dt


def completed_years(birth: dt.date, at: dt.date) -> int | None:
    """Years completed on the day `at`, the birthday itself counting; None if `at` is before the birth.

    Somebody born on 29 February completes a year on 1 March where the year has no 29 February: comparing
    (month, day) pairs says just that, since (2, 28) < (2, 29) < (3, 1).
    """
    if at < birth:
        return None
    return at.year - birth.year - ((at.month, at.day) < (birth.month, birth.day))


def day(value: dt.date) -> dt.date:
    """The day of a moment; a date as it is."""
    return value.date() if isinstance(value, dt.datetime) else value
