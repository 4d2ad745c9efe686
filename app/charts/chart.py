"""What is drawn, before it has a shape: rows, months and donors with their sums, and the words around them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.charts.words import ENGLISH, Words
from app.domain.quantity import Sum


class Measure(StrEnum):
    VALUE = "value"  # euros
    ITEMS = "items"  # things of one family, role and unit
    RECORDS = "records"  # pledges: those that give a number, of all


class State(StrEnum):
    COUNTED = "counted"
    NO_NUMBER = "no_number"
    NOT_COUNTED = "not_counted"


@dataclass(frozen=True)
class LeftOut:
    text: str
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One mark. `href` leads to exactly the records that make it, `page` to what the label names. `delivered` None:
    none reported. `disputed`: sources differ on the number, so its span is drawn in plum."""

    key: str
    label: str
    pledged: Sum
    href: str = ""
    page: str = ""
    code: str = ""  # donor code
    sub: str = ""  # small and grey after the label
    delivered: Sum | None = None
    disputed: bool = False
    state: State = State.COUNTED
    reason: str = ""  # why it is not counted, or what the sources differ on

    def standing(self, measure: Measure) -> State:
        """Its section of a ranking: whatever gives no number stands apart, unless records are counted."""
        if self.state is State.COUNTED and measure is not Measure.RECORDS and not self.pledged.numbered:
            return State.NO_NUMBER
        return self.state


@dataclass(frozen=True)
class Group:
    """Rows of one unit, with a scale of their own. `unit` is the word over the numbers, in the plural."""

    rows: tuple[Row, ...]
    unit: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What every chart carries: the finding (or the measure), what is measured, and what was left out.
    `address` and `day` say in a download where it came from and how far the records reached."""

    name: str
    title: str
    measure_line: str = ""
    measure: Measure = Measure.ITEMS
    left_out: tuple[LeftOut, ...] = ()
    note: str = ""
    source: str = ""
    address: str = ""
    day: str = ""
    words: Words = ENGLISH


@dataclass(frozen=True, kw_only=True)
class Ranking(Chart):
    """Groups never mix: each has its own unit and scale. With `squares`, a group of few and whole things is drawn one
    by one, the others as bars."""

    groups: tuple[Group, ...] = ()
    squares: bool = False

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for group in self.groups for row in group.rows)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A month: `month` is any day in it, `label` its name in full. With records, numbered and not; else low to high."""

    month: date
    label: str
    pledged: Sum
    href: str = ""
    until: str = ""  # link to all records to the end of the month: the mark of the running sum


@dataclass(frozen=True, kw_only=True)
class Months(Chart):
    """Columns in order of time; months without pledges may be missing. `cumulative` adds the running sum, on a scale of
    its own."""

    columns: tuple[Column, ...] = ()
    unit: str = ""
    cumulative: bool = False


@dataclass(frozen=True, kw_only=True)
class Donor:
    code: str
    name: str
    pledged: Sum
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Map(Chart):
    """Donors with records or euros, never items. `land` is "europe" or "world". Donors without a place on it, such as
    institutions, are told in a sentence."""

    donors: tuple[Donor, ...] = ()
    land: str = "europe"
    unit: str = ""
    recipient: str = "UA"
    recipient_name: str = "Ukraine"
