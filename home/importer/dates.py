"""Finds the dates and times of day that a text names."""

from __future__ import annotations

import calendar
import re
from datetime import date as Date

from home.importer.tree import DateFound
from home.importer.typography import positional

_DASH = r"(?:—+|－|-|–|―|~|～|至|到)"
_FULL = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})\s*年|(?P<near>今年|本年|当年|明年|次年|去年|上年))?\s*(?:度)?\s*"
    r"(?P<month>1[0-2]|0?[1-9])\s*月\s*(?:(?P<day>3[01]|[12]\d|0?[1-9])\s*[日号]|(?P<end>底))"
)
_SAME_MONTH = re.compile(rf"^\s*(?P<time>.{{0,14}}?)\s*{_DASH}\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*日")
_FIRST_HALF = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})\s*年)?\s*(?P<month>1[0-2]|0?[1-9])\s*月\s*(?P<day>3[01]|[12]\d|0?[1-9])"
    rf"\s*{_DASH}\s*(?P<to>3[01]|[12]\d|0?[1-9])\s*日"
)
_YEAR_END = re.compile(r"(?P<year>(?:19|20)\d{2})\s*年\s*(?:年)?底")
_NUMERIC = re.compile(
    r"(?<![\d.\-/])(?P<year>20\d{2})(?P<sep>[-./])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d.])"
)
_HAN_DATE = re.compile(
    r"[〇○零一二三四五六七八九Ｏ]{4}\s*年\s*[一二三四五六七八九十]{1,2}\s*月\s*[一二三四五六七八九十]{1,3}\s*日"
)
_CLOCK = r"(?:[01]?\d|2[0-4])[:：][0-5]\d"
_TIME_RANGE = re.compile(
    rf"^\s*(?:[（(][^）)]{{1,6}}[）)])?\s*(?:上午|下午|晚上|晚|中午)?\s*({_CLOCK})\s*{_DASH}\s*({_CLOCK})"
)
_TIME = re.compile(
    rf"^\s*(?:[（(][^）)]{{1,6}}[）)])?\s*(?P<half>上午|下午|晚上|晚|中午)?\s*(?P<clock>{_CLOCK})"
)
_HOUR = re.compile(
    r"^\s*(?:[（(][^）)]{1,6}[）)])?\s*(?P<half>上午|下午|晚上|晚|中午)?\s*(?P<hour>[01]?\d|2[0-4])\s*[时点]"
    r"(?:(?P<minute>[0-5]?\d)分|(?P<thirty>半))?"
)
_LONE_DATE = re.compile(r"^[（(]?\s*((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*[）)]?$")
_NEAR = {"今年": 0, "本年": 0, "当年": 0, "明年": 1, "次年": 1, "去年": -1, "上年": -1}


def _make(year: int, month: int, day: int) -> Date | None:
    try:
        return Date(year, month, day)
    except ValueError:
        return None


def lone_date(text: str) -> Date | None:
    """The date that is all of `text` (2022年4月15日, 二〇二〇年五月八日), or None."""
    text = han_to_digits(re.sub(r"\s+", "", text))
    found = _LONE_DATE.match(text)
    return _make(*(int(part) for part in found.groups())) if found else None


def han_to_digits(text: str) -> str:
    """`text` with dates written in Chinese numerals (二〇二〇年五月八日) in digits."""
    from home.importer.typography import numeral

    def digits(found: re.Match) -> str:
        year, month, day = re.split("[年月日]", re.sub(r"\s+", "", found.group()))[:3]
        return f"{positional(year)}年{numeral(month)}月{numeral(day)}日"

    return _HAN_DATE.sub(digits, text)


def _time_after(text: str) -> tuple[str, int]:
    """The time of day at the start of `text` as (written form, characters used); ("", 0) if none."""
    if found := _TIME_RANGE.match(text):
        return "-".join(part.replace("：", ":") for part in found.groups()), found.end()
    if found := _TIME.match(text):
        return _clock(found.group("clock").replace("：", ":"), found.group("half")), found.end()
    if found := _HOUR.match(text):
        minute = 30 if found.group("thirty") else int(found.group("minute") or 0)
        return _clock(f"{int(found.group('hour'))}:{minute:02d}", found.group("half")), found.end()
    return "", 0


def _clock(clock: str, half: str | None) -> str:
    hour, minute = clock.split(":")
    if half in ("下午", "晚上", "晚") and int(hour) < 12:
        hour = str(int(hour) + 12)
    return f"{hour}:{minute}"


def sentences(text: str) -> list[str]:
    """The sentences of `text`; a full stop, semicolon or line break ends one."""
    return [part.strip() for part in re.split(r"(?<=[。；！？])|\n", text) if part and part.strip()]


def find_dates(text: str, year: int | None, anchor: str) -> list[DateFound]:
    """Dates in `text` in reading order. A date without year takes the year named before it in its
    sentence, else `year` (dropped if None). Ranges give both ends; 底 is the last day."""
    found: list[DateFound] = []
    for sentence in sentences(han_to_digits(text)):
        for day, time in _in_sentence(sentence, year):
            if not any(f.date == day and f.time == time and f.text == sentence for f in found):
                found.append(DateFound(day, time, sentence, anchor))
    return found


def _in_sentence(sentence: str, year: int | None) -> list[tuple[Date, str]]:
    hits: list[tuple[int, Date, str]] = []
    sentence_year, last = year, None
    position = 0
    while position < len(sentence):
        full = _FULL.search(sentence, position)
        short = _FIRST_HALF.search(sentence, position)
        if not full and not short:
            break
        if short and (not full or short.start() < full.start() or not full.group("day")):
            sentence_year = int(short.group("year") or 0) or sentence_year
            if sentence_year:
                for key in ("day", "to"):
                    day = _make(sentence_year, int(short.group("month")), int(short.group(key)))
                    if day:
                        hits.append((short.start(), day, ""))
                        last = day
            position = short.end()
            continue
        if full.group("year"):
            sentence_year = int(full.group("year"))
        this_year = sentence_year
        if full.group("near") and year:
            this_year = year + _NEAR[full.group("near")]
        if this_year is None:
            position = full.end()
            continue
        month = int(full.group("month"))
        number = calendar.monthrange(this_year, month)[1] if full.group("end") else int(full.group("day"))
        day = _make(this_year, month, number)
        between = sentence[position : full.start()]
        if (
            day
            and last
            and day < last
            and not full.group("year")
            and re.fullmatch(rf"\s*{_DASH}\s*", between)
        ):
            day = _make(this_year + 1, month, number)  # a range over New Year
        time, used = _time_after(sentence[full.end() :])
        position = full.end() + used
        if day and not re.search(r"每年\s*$", sentence[: full.start()]):  # a yearly date is no one day
            hits.append((full.start(), day, time))
            last = day
            if again := _SAME_MONTH.match(sentence[position:]):
                second = _make(day.year, day.month, int(again.group("day")))
                if second and not again.group("time").strip():
                    position += again.end()
                    time, used = _time_after(sentence[position:])
                    position += used
                    hits.append((position, second, time))
                    last = second
    for found in _YEAR_END.finditer(sentence):
        hits.append((found.start(), Date(int(found.group("year")), 12, 31), ""))
    for found in _NUMERIC.finditer(sentence):
        day = _make(int(found.group("year")), int(found.group("month")), int(found.group("day")))
        if day:
            hits.append((found.start(), day, _time_after(sentence[found.end() :])[0]))
    return [(day, time) for _, day, time in sorted(hits, key=lambda hit: hit[0])]
