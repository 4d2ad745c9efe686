"""Months along an axis: years in bold, names between them while there is room."""

from dataclasses import dataclass
from datetime import date

from app.charts.scales import Tick, place
from app.charts.words import Words

LETTER = 2.3  # percent that a letter takes on a phone
MOST_NAMED = 14  # with more months only years are named


@dataclass(frozen=True)
class MonthTick(Tick):
    year: bool = False


def ticks(first: date, count: int, room: float, words: Words) -> tuple[MonthTick, ...]:
    """Years in bold at their January and at the start; month names between them while there is room."""
    named = count <= MOST_NAMED
    every = 1 if count <= 6 else 2
    found: list[MonthTick] = []
    for number in range(count):
        month = month_of(index(first) + number)
        year = month.month == 1 or number == 0
        if not year and not (named and number % every == 0):
            continue
        text = str(month.year) if year else words.month(month)
        if year and named and month.month != 1:
            text = f"{words.month(month)} {month.year}"
        tick = MonthTick(place(number * room), text, number * room, year)
        _keep_apart(found, tick)
    return tuple(found)


def index(day: date) -> int:
    return day.year * 12 + day.month - 1


def month_of(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _keep_apart(found: list[MonthTick], tick: MonthTick) -> None:
    """A year pushes away a month that stands too near; a month, or the start, gives way to a year."""
    while found and tick.at - found[-1].at < LETTER * len(found[-1].text) + 2:
        if not tick.year:
            return
        found.pop()
    found.append(tick)
