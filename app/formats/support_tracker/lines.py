"""A line of the tracker: what a row of its main sheet says, in our words, and what could not be read of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from app.domain.codes import N_
from app.domain.mapping import folded
from app.domain.pledge import AidType
from app.domain.when import When
from app.formats.addresses import cited
from app.formats.row import Cell, Fault, Known, Place
from app.formats.support_tracker import dates, numbers
from app.formats.support_tracker.columns import Table
from app.formats.support_tracker.texts import holds_hidden, identifier, text_of, visible

NO_DONOR = N_("The line names no donor.")
UNKNOWN_DONOR = N_("“%(value)s” is no donor that is known here. Say which one it is.")
NO_AID = N_("“%(value)s” is no kind of aid; it has to be military, financial or humanitarian.")
NO_MEASURE = N_("“%(value)s” is no measure; it has to be Allocation or Commitment.")
HIDDEN = N_("The cell holds signs that nobody can see; they were left out.")
NOT_CITED = N_("“%(value)s” names no source that could be found again; it was left out.")

Measure = Literal["allocation", "commitment"]
MEASURES: dict[str, Measure] = {"allocation": "allocation", "commitment": "commitment"}
BEFORE_FIRST_MONTH = date(2021, 12, 1)  # the tracker numbers its months from January 2022 on
LONGEST_SHOWN = 200
SHORTEST_TITLE = 10


@dataclass(frozen=True, kw_only=True)
class Line:
    """`number` counts the lines of the activity. Where something that is owed is missing, `refused` is true."""

    place: Place
    activity: str = ""
    named: bool = True  # whether the dataset names the activity; else the name is made of donor and kind
    number: int = 0
    donor: str = ""  # code; "" where it is not known
    donor_words: str = ""
    aid: AidType | None = None
    measure: Measure | None = None
    when: When = field(default_factory=When)
    specific: str = ""
    item: str = ""
    item_heading: str = ""
    units: numbers.Read = numbers.Read(None)
    delivered: numbers.Read = numbers.Read(None)
    price: Decimal | None = None  # of one, in US dollars
    currency: str = ""
    stated: Decimal | None = None
    line_euros: Decimal | None = None
    activity_euros: Decimal | None = None
    delivered_euros: Decimal | None = None
    initiative: str = ""
    told_in: tuple[str, ...] = ()
    arrived_in: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def refused(self) -> bool:
        return not (self.donor and self.aid and self.measure)

    @property
    def euros(self) -> Decimal | None:
        """What the line adds to the sum of its measure."""
        return self.line_euros if self.measure == "allocation" else self.activity_euros

    @property
    def day(self) -> str:
        """The day by which lines of an activity belong together."""
        return self.when.latest.isoformat() if self.when.latest else "undated"

    @property
    def group(self) -> tuple[str, str]:
        return self.activity, self.day


def lines_of(table: Table, known: Known) -> Iterator[Line]:
    """In the order of the file. Rows that say nothing are passed over."""
    numbered: Counter[str] = Counter()
    headings = tuple(heading.casefold() for heading in table.columns.headings)
    for number, cells in enumerate(table.rows, start=table.first):
        if not any(text_of(cell) for cell in cells) or _repeats(headings, cells):
            continue
        line = _Row(table, number, cells, known).line()
        numbered[line.activity] += 1
        yield replace(line, number=numbered[line.activity])


class _Row:
    def __init__(self, table: Table, number: int, cells: list[Cell], known: Known) -> None:
        self.columns, self.cells, self.known = table.columns, cells, known
        self.place = Place(sheet=table.sheet, row=number)
        self.faults: list[Fault] = []

    def line(self) -> Line:
        donor, donor_words = self._donor()
        aid, measure = self._aid(), self._measure()
        told_in, titles = self._cited(self.columns.told_in)
        arrived_in, arrival_titles = self._cited(self.columns.arrived_in)
        activity = identifier(self._cell("activity"))
        return Line(
            place=self.place,
            activity=activity or f"{donor}{aid.title[0].upper() if aid else ''}",
            named=bool(activity),
            donor=donor,
            donor_words=donor_words,
            aid=aid,
            measure=measure,
            when=self._when(),
            specific=self._text("specific"),
            item=self._text("item"),
            item_heading=self.columns.heading("item"),
            units=self._number("units"),
            delivered=self._number("delivered"),
            price=self._number("price").number,
            currency=self._text("currency").upper(),
            stated=self._number("stated").number,
            line_euros=self._number("line_euros").number,
            activity_euros=self._number("activity_euros").number,
            delivered_euros=self._number("delivered_euros").number,
            initiative=self._text("initiative"),
            told_in=told_in,
            arrived_in=arrived_in,
            titles=tuple(dict.fromkeys([*titles, *arrival_titles])),
            faults=tuple(self.faults),
        )

    def _donor(self) -> tuple[str, str]:
        words = self._text("donor")
        code = self.known.donors.get(folded(words), "")
        if not code:
            self._fault("donor", UNKNOWN_DONOR if words else NO_DONOR, words)
        return code, words

    def _aid(self) -> AidType | None:
        words = self._text("aid")
        try:
            return AidType(words.casefold())  # type: ignore[call-arg]
        except ValueError:
            self._fault("aid", NO_AID, words)
            return None

    def _measure(self) -> Measure | None:
        words = self._text("measure")
        measure = MEASURES.get(words.casefold())
        if measure is None:
            self._fault("measure", NO_MEASURE, words)
        return measure

    def _when(self) -> When:
        """Where there is no date, some releases still tell the month."""
        read = dates.when_of(self._cell("announced"))
        if read.fault:
            self._fault("announced", read.fault, read.when.words)
        if read.when.latest is None and read.when.earliest is None:
            month = numbers.number_of(self._cell("month")).number
            if month is not None and 1 <= month <= 600 and month == int(month):
                told = dates.month_after(BEFORE_FIRST_MONTH, int(month))
                return replace(told, words=read.when.words) if dates.likely(told.latest) else read.when
        return read.when

    def _number(self, meaning: str) -> numbers.Read:
        read = numbers.number_of(self._cell(meaning))
        if read.fault:
            self._fault(meaning, read.fault, read.words)
        return read

    def _text(self, meaning: str) -> str:
        return text_of(self._cell(meaning))

    def _cited(self, places: tuple[int, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Addresses and titles. What is too short to be a title, such as the rest of a torn address, is told."""
        addresses: list[str] = []
        titles: list[str] = []
        for place in places:
            cell = self.cells[place] if place < len(self.cells) else None
            if not isinstance(cell, str) or len(cell) < 2:
                continue
            if holds_hidden(cell):
                self._fault_in(place, HIDDEN, text_of(cell))
            found = cited(text_of(cell))
            addresses += found.addresses
            for text in found.texts:
                if len(text) < SHORTEST_TITLE:
                    self._fault_in(place, NOT_CITED, text)
                else:
                    titles.append(text[:LONGEST_SHOWN])
        return tuple(dict.fromkeys(addresses)), tuple(titles)

    def _cell(self, meaning: str) -> Cell:
        place = self.columns.places.get(meaning)
        cell = None if place is None or place >= len(self.cells) else self.cells[place]
        if holds_hidden(cell):
            self._fault(meaning, HIDDEN, text_of(cell))
        return visible(cell) if isinstance(cell, str) else cell

    def _fault(self, meaning: str, sentence: str, value: str) -> None:
        place = replace(self.place, column=self.columns.heading(meaning))
        self.faults.append(Fault(place=place, sentence=sentence, value=value[:LONGEST_SHOWN]))

    def _fault_in(self, column: int, sentence: str, value: str) -> None:
        place = replace(self.place, column=self.columns.headings[column])
        self.faults.append(Fault(place=place, sentence=sentence, value=value[:LONGEST_SHOWN]))


def _repeats(headings: tuple[str, ...], cells: list[Cell]) -> bool:
    """Whether the row is the headings again, as where two files were put one after the other."""
    same = 0
    for heading, cell in zip(headings, cells, strict=False):
        if heading and heading != text_of(cell).casefold():
            return False
        same += bool(heading)
    return same > 3
