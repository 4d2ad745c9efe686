"""When: three columns, earliest, latest and the words as published. Precision follows from them."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.codes import N_, Code
from app.domain.days import MONTHS, days_from, month_end
from app.domain.doubt import LONGEST_QUOTED, QUOTES
from app.domain.numerals import Unreadable, tidied

WITH_WORDS = re.compile('(?P<days>[^“„"]*?) ?[“„"](?P<words>.+)[”“"]')


class Precision(Code):
    DAY = "day", N_("day")
    MONTH = "month", N_("month")
    QUARTER = "quarter", N_("quarter")
    YEAR = "year", N_("year")
    PERIOD = "period", N_("period")
    UNTIL = "until", N_("until a day")
    UNKNOWN = "unknown", N_("unknown")


@dataclass(frozen=True)
class When:
    """Both ends are days that count in; None is unknown. Sorting and `as_of` use `latest`; without it, undated."""

    earliest: date | None = None
    latest: date | None = None
    words: str = ""

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError("The first day is after the last one.")

    def __bool__(self) -> bool:
        return self.latest is not None or self.earliest is not None or bool(self.words)

    @property
    def precision(self) -> Precision:
        first, last = self.earliest, self.latest
        if last is None:
            return Precision.UNKNOWN
        if first is None:
            return Precision.UNTIL
        if first == last:
            return Precision.DAY
        if first.day != 1 or first.year != last.year or last.day != monthrange(last.year, last.month)[1]:
            return Precision.PERIOD
        if first.month == last.month:
            return Precision.MONTH
        if first.month == 1 and last.month == 12:
            return Precision.YEAR
        if last.month - first.month == 2 and first.month % 3 == 1:
            return Precision.QUARTER
        return Precision.PERIOD

    def by(self, day: date) -> bool:
        """Whether it lies on or before that day."""
        return self.latest is not None and self.latest <= day


def on(day: date) -> When:
    return When(day, day)


def month(year: int, number: int) -> When:
    return When(date(year, number, 1), month_end(year, number))


def when_from(text: str) -> When:
    """What an editor wrote: “29 Dec 2023”, “Q1 2024”, “early 2024”, “by end of 2024”, “20 March to 1 July 2022”.
    The words are kept where they tell more than the days, and where they stand in quotation marks after them.
    Raises Unreadable."""
    text = tidied(text)
    quoted = WITH_WORDS.fullmatch(text)
    days = days_from(quoted["days"] if quoted else text)
    return When(days.first, days.last, quoted["words"] if quoted else text if days.loose else "")


def when_typed(when: When) -> str:
    """What an editor would write; it reads back as the same days. Published words that do not tell the days by
    themselves follow in quotation marks."""
    days, words = _days_typed(when), _quotable(when.words)
    if not words:
        return days
    try:
        told = when_from(words)
    except Unreadable:
        told = None
    if told and (told.earliest, told.latest) == (when.earliest, when.latest):
        return words if told.words else days
    return f"{days} “{words}”".strip()


def business_days_back(day: date, most: int = 10) -> list[date]:
    """The day and those before it, latest first: where to look for a rate of a day that has none."""
    return [day - timedelta(days=back) for back in range(most + 1)]


def _days_typed(when: When) -> str:
    first, last = when.earliest, when.latest
    if first is None or last is None:
        return f"by {_day(last)}" if last else f"from {_day(first)}" if first else ""
    match when.precision:
        case Precision.DAY:
            return _day(last)
        case Precision.MONTH:
            return _month(last)
        case Precision.QUARTER:
            return f"Q{last.month // 3} {last.year}"
        case Precision.YEAR:
            return str(last.year)
    tell = _month if first.day == 1 and last == month_end(last.year, last.month) else _day
    start = tell(first).removesuffix(f" {last.year}") if first.year == last.year else tell(first)
    return f"{start} to {tell(last)}"


def _day(day: date) -> str:
    return f"{day.day} {_month(day)}"


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _quotable(words: str) -> str:
    """The words without marks around them; none where they are too long or hold what cannot be typed."""
    words = words.strip(QUOTES)
    try:
        return words if len(words) <= LONGEST_QUOTED and tidied(words) == words else ""
    except Unreadable:
        return ""
