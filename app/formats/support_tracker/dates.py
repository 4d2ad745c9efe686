"""Days as the tracker writes them: real ones, and 82 spellings such as “until 6/2022” and “unclear, 10/2022”."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.codes import N_
from app.domain.days import FIRST_YEAR, LAST_YEAR, Days, days_from, month_end
from app.domain.lint import FIRST_DAY
from app.domain.numerals import Unreadable
from app.domain.when import When
from app.formats.row import Cell

NO_DAY = N_("“%(value)s” is no day that can be read; the line has none.")
NO_SUCH_DAY = N_("There is no day %(value)s; the last one of that month stands for it.")
FAR_OFF = N_("“%(value)s” is before 2014 or more than a year ahead; the line has no day.")
TURNED = N_("The first day of “%(value)s” comes after the last one; the line has none.")

LONGEST_WORDS = 200
UNKNOWN = re.compile(r"(?:undisclosed|unclear|unknown|not specified|not disclosed|not given|n/?a|tbd|[.\-–?]*)")
UNSURE = re.compile(r"(?:unclear|not specified|unknown|undisclosed)[,:]? +(.+)")
UNTIL = re.compile(r"(?:until|till|by|before) +(.+)")
SPAN = re.compile(r"(?:from +(.+?) +(?:until|till|to)|between +(.+?) +and) +(.+)")
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
MONTH = re.compile(r"(\d{1,2})[/.](\d{4}|\d{2})")


@dataclass(frozen=True)
class Read:
    """`fault` is a sentence about the cell, "" where nothing is wrong with it."""

    when: When
    fault: str = ""


def when_of(cell: Cell) -> Read:
    """Words are kept wherever they tell of more, or of less, than one day."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return Read(When(cell, cell)) if likely(cell) else Read(When(words=str(cell)), FAR_OFF)
    words = "" if cell is None else " ".join(str(cell).split())[:LONGEST_WORDS].strip()
    text = words.casefold()
    if UNKNOWN.fullmatch(text):
        return Read(When(words=words if re.search(r"\w", words) else ""))
    try:
        first, last, fault = _days(text)
    except (Unreadable, ValueError):
        return Read(When(words=words), NO_DAY)
    if first and last and first > last:
        return Read(When(words=words), TURNED)
    if not likely(first) or not likely(last):
        return Read(When(words=words), FAR_OFF)
    return Read(When(first, last, "" if first == last and not fault else words), fault)


def month_after(start: date, months: int) -> When:
    """The month that many months after the one of a day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return When(date(year, month + 1, 1), month_end(year, month + 1))


def likely(day: date | None) -> bool:
    """Whether aid can have been told of on that day, as `domain.lint` has it."""
    return day is None or FIRST_DAY <= day <= date.today() + timedelta(days=366)


def _days(text: str) -> tuple[date | None, date | None, str]:
    if found := SPAN.fullmatch(text):
        start, start_fault = _period(found[1] or found[2])
        end, end_fault = _period(found[3])
        return start.first, end.last, start_fault or end_fault
    if found := UNTIL.fullmatch(text):
        end, fault = _period(found[1])
        return None, end.last, fault
    if found := UNSURE.fullmatch(text):
        text = found[1]
    period, fault = _period(text)
    return period.first, period.last, fault


def _period(text: str) -> tuple[Days, str]:
    """A day or a month. With slashes the month comes first, as the Institute writes, unless it cannot; with dots the
    day does. What is neither is read as an editor would write it."""
    text = text.strip(" ,.")
    if found := SLASHED.fullmatch(text):
        month, day = int(found[1]), int(found[2])
        return _day(found[3], *((month, day) if month <= 12 else (day, month)))
    if found := DOTTED.fullmatch(text):
        return _day(found[3], int(found[2]), int(found[1]))
    if found := MONTH.fullmatch(text):
        year, month = _year(found[2]), int(found[1])
        return Days(date(year, month, 1), month_end(year, month)), ""
    return days_from(text), ""


def _day(year: str, month: int, day: int) -> tuple[Days, str]:
    last = monthrange(_year(year), month)[1]
    only = date(_year(year), month, min(day, last))
    if day > 31:
        raise ValueError
    return Days(only, only), NO_SUCH_DAY if day > last else ""


def _year(digits: str) -> int:
    year = int(digits) if len(digits) == 4 else 2000 + int(digits)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError
    return year
