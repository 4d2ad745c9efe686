"""When: three columns, earliest, latest and the words as published. Precision follows from them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.codes import N_, Code


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
    return When(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def business_days_back(day: date, most: int = 10) -> list[date]:
    """The day and those before it, latest first: where to look for a rate of a day that has none."""
    return [day - timedelta(days=back) for back in range(most + 1)]
