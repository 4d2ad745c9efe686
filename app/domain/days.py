"""Days, months, quarters and seasons as people write them. What could be one of two days is refused."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from app.domain.codes import N_
from app.domain.numerals import DASHES, Nonsense, Unreadable, tidied

FIRST_YEAR, LAST_YEAR = 1990, 2100
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
MONTH_NUMBERS = {
    **{name.lower(): number for number, name in enumerate(MONTHS, start=1)},
    **{name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)},
    "sept": 9,
}
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
SEASONS = {"winter": 1, "spring": 2, "summer": 3, "autumn": 4, "fall": 4}  # the quarters they are read as
PARTS = {"early": 0, "start of": 0, "beginning of": 0, "mid": 1, "middle of": 1, "late": 2, "end of": 2}
PARTS_OF_YEAR = ((1, 3), (4, 9), (10, 12))
PARTS_OF_MONTH = ((1, 10), (11, 20), (21, 31))

NOT_UNDERSTOOD = N_("Not understood. Write “29 December 2023”, “Dec 2023”, “Q1 2024”, “by end of 2024” or “undated”.")
NO_SUCH_DAY = N_("There is no such day. Write a day of the calendar, as in “29 December 2023”.")
TWO_DAYS = N_("This can be one of two days. Write the month in letters, as in “3 April 2024”.")
YEARS = N_("The year must lie between 1990 and 2100, as in “29 December 2023”.")
FALLING = N_("The first day comes after the last one. Write “20 March to 1 July 2022”.")


@dataclass(frozen=True)
class Days:
    """None is open. `loose`: the words tell more than the days do, as “early 2024” does."""

    first: date | None = None
    last: date | None = None
    loose: bool = False

    @property
    def one(self) -> bool:
        return self.first is not None and self.first == self.last


def days_from(text: str) -> Days:
    """Raises Unreadable; Nonsense where nothing is understood."""
    text = re.sub(r"\bthe ", "", tidied(text).translate(DASHES).lower())
    if text in ("", "undated", "not dated", "no date", "unknown"):
        return Days()
    if found := re.fullmatch(r"(?:by|until|till|no later than|not later than) (.+)", text):
        return _by(found[1])
    if (period := _known(text) or _between(text)) is not None:
        return period
    if found := re.fullmatch(r"(?:from|since) (.+?)(?: on| onwards)?", text):
        period = _period(found[1])
        return Days(period.first, None, loose=period.loose or not period.one)
    raise Nonsense(NOT_UNDERSTOOD)


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _by(text: str) -> Days:
    """The end of a year or month is its last day, and its middle is one day too."""
    period = _period(text.removeprefix("end of "))
    last = period.last
    if last is not None and re.match("mid|middle of", text):
        last = last.replace(day=15) if last.day == 20 else last.replace(month=6)
    return Days(None, last, loose=text.startswith("end of ") or period.loose or not period.one)


def _period(text: str) -> Days:
    period = _known(text)
    if period is None:
        raise Nonsense(NOT_UNDERSTOOD)
    return period


def _known(text: str) -> Days | None:
    for pattern, read in READERS:
        if found := pattern.fullmatch(text):
            return read(*found.groups())
    return None


def _between(text: str) -> Days | None:
    """The first of two takes from the second what it leaves out: 20 to 25 March 2022."""
    for pattern in SPANS:
        found = pattern.fullmatch(text)
        last = _known(found[2]) if found else None
        if found is None or last is None or last.last is None:
            continue
        year = last.last.year
        month = MONTHS[last.last.month - 1].lower()
        for wording in (found[1], f"{found[1]} {year}", f"{found[1]} {month} {year}"):
            if (first := _known(wording)) is not None:
                return _joined(first, last)
    return None


def _joined(first: Days, last: Days) -> Days:
    if first.first is not None and last.last is not None and first.first > last.last:
        raise Unreadable(FALLING)
    return Days(first.first, last.last, loose=first.loose or last.loose)


def _day(year: str, month: str, day: str) -> Days:
    first = _month(year, month).first
    try:
        only = first and first.replace(day=int(day))
    except ValueError:
        raise Unreadable(NO_SUCH_DAY) from None
    return Days(only, only)


def _slashed(one: str, other: str, year: str) -> Days:
    """29/12/2023 or 12/29/2023; with two numbers that can both be months nobody knows which is the day."""
    if int(one) <= 12 and int(other) <= 12 and int(one) != int(other):
        raise Unreadable(TWO_DAYS)
    return _day(year, other, one) if int(other) <= 12 else _day(year, one, other)


def _month(year: str, month: str) -> Days:
    number = MONTH_NUMBERS[month] if month in MONTH_NUMBERS else int(month)
    if not 1 <= number <= 12:
        raise Unreadable(NO_SUCH_DAY)
    return _months(_year(year), number, number)


def _months(year: int, first: int, last: int) -> Days:
    return Days(date(year, first, 1), month_end(year, last))


def _quarter(year: str, quarter: str | int) -> Days:
    number = ORDINALS[quarter] if isinstance(quarter, str) and quarter in ORDINALS else int(quarter)
    return _months(_year(year), number * 3 - 2, number * 3)


def _half(half: str, year: str) -> Days:
    first = 1 if half in ("1", "first", "1st") else 7
    return replace(_months(_year(year), first, first + 5), loose=True)


def _part_of_year(part: str, year: str) -> Days:
    return replace(_months(_year(year), *PARTS_OF_YEAR[PARTS[part]]), loose=True)


def _part_of_month(part: str, month: str, year: str) -> Days:
    whole = _month(year, month)
    first, last = PARTS_OF_MONTH[PARTS[part]]
    if whole.first is None or whole.last is None:
        return whole
    return Days(whole.first.replace(day=first), whole.last.replace(day=min(last, whole.last.day)), loose=True)


def _year(text: str) -> int:
    if not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise Unreadable(YEARS)
    return int(text)


_NUMBER = "([0-9]{1,2})"
_NTH = f"{_NUMBER}(?:st|nd|rd|th)?"
_YEAR = ",? (?:of )?([0-9]{4})"
_NAME = rf"({'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})\.?"
_PART = rf"({'|'.join(PARTS)})[ -]"
READERS: list[tuple[re.Pattern[str], Callable[..., Days]]] = [
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"([0-9]{{4}})-{_NUMBER}-{_NUMBER}", _day),
        (rf"{_NTH} (?:of )?{_NAME}{_YEAR}", lambda day, month, year: _day(year, month, day)),
        (rf"{_NAME} {_NTH}{_YEAR}", lambda month, day, year: _day(year, month, day)),
        (rf"{_NUMBER}\. ?{_NUMBER}\. ?([0-9]{{4}})", lambda day, month, year: _day(year, month, day)),
        (rf"{_NUMBER}/{_NUMBER}/([0-9]{{4}})", _slashed),
        (rf"([0-9]{{4}})-{_NUMBER}", _month),
        (rf"{_NAME}{_YEAR}", lambda month, year: _month(year, month)),
        (rf"q([1-4]){_YEAR}", lambda quarter, year: _quarter(year, quarter)),
        (rf"({'|'.join(ORDINALS)}) quarter{_YEAR}", lambda quarter, year: _quarter(year, quarter)),
        (r"([0-9]{4})", lambda year: _months(_year(year), 1, 12)),
        (rf"({'|'.join(SEASONS)}){_YEAR}", lambda name, year: replace(_quarter(year, SEASONS[name]), loose=True)),
        (rf"h([12]){_YEAR}", _half),
        (rf"(first|1st|second|2nd) half{_YEAR}", _half),
        (rf"{_PART}([0-9]{{4}})", _part_of_year),
        (rf"{_PART}{_NAME}{_YEAR}", _part_of_month),
    )
]
SPANS = [
    re.compile(one)
    for one in (r"between (.+?) and (.+)", r"(?:from )?(.+?) (?:to|until|through) (.+)", r"(.+?) - (.+)", r"(.+)-(.+)")
]
