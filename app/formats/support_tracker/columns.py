"""The tracker's columns, found by what they mean: their headings change from release to release, and their order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from app.domain.codes import N_
from app.formats.headed import Headed
from app.formats.row import Cell, Unreadable

NOT_THERE = N_("No sheet has the headings of the Ukraine Support Tracker. Its main data stand on a sheet of their own.")
MISSING = N_("The sheet “%(sheet)s” lacks columns that are needed: %(columns)s.")

# Without regard to case, blanks and signs: of the releases up to 18, from 19 on, and of a table made of release 28.
SPELLINGS = {
    "activity": ("ID", "activity_id"),
    "donor": ("Countries", "Country", "donor", "giver"),
    "announced": ("Announcement Date", "dato"),
    "aid": ("Type of Aid General", "aid_type_general", "kategori"),
    "specific": ("Type of Aid Specific", "aid_type_specific"),
    "measure": ("Type of donation", "measure", "maal"),
    "currency": ("Original Currency", "reporting_currency"),
    "stated": ("Monetary Value as Given by Source", "source_reported_value"),
    "item": ("Items", "item"),
    "units": ("No. of Units", "Number of Units", "item_numb"),
    "delivered": (
        "No. of Units Delivered (in-kind military aid)",
        "No. of Units Delivered",
        "Number of Units Delivered",
        "item_numb_deliv",
    ),
    "price": ("Unit Price in USD", "item_price_USD"),
    "activity_euros": ("Converted Value in EUR", "tot_activity_value_EUR", "verdi_eur_activity"),
    "line_euros": (
        "Allocated Total in EUR (redistributed)",
        "tot_sub_activity_value_EUR_redistr",
        "verdi_eur_redistr",
    ),
    "delivered_euros": ("Total monetary value delivered in EUR", "tot_value_deliv_EUR"),
    "initiative": ("International Initiative",),
    "month": ("month", "maaned_nr"),
}
NEEDED = ("donor", "announced", "aid", "measure", "line_euros", "activity_euros")
ENOUGH = 4  # of those needed: a row that has them is the row of headings
TOLD_IN = re.compile(r"source(?:ofaid|link)?[0-9]*")
ARRIVED_IN = re.compile(r"sources?(?:for|of)deliver(?:y|ies)[0-9]*|deliver(?:y|ies)sources?[0-9]*")


def folded_heading(heading: Cell) -> str:
    return re.sub(r"[\W_]", "", heading.casefold()) if isinstance(heading, str) else ""


MEANINGS = {folded_heading(spelling): meaning for meaning, told in SPELLINGS.items() for spelling in told}


@dataclass(frozen=True)
class Columns:
    """Where each meaning stands in a row, and how its heading reads. Of a heading that stands twice, the first."""

    places: dict[str, int]
    told_in: tuple[int, ...]
    arrived_in: tuple[int, ...]
    headings: tuple[str, ...]

    def heading(self, meaning: str) -> str:
        return self.headings[self.places[meaning]] if meaning in self.places else ""


@dataclass(frozen=True)
class Table:
    """The rows of the main sheet below its headings; the first of them is row `first` of the sheet."""

    sheet: str
    columns: Columns
    first: int
    rows: Iterator[list[Cell]]


def main_table(sheets: Sequence[Headed]) -> Table:
    """Raises Unreadable."""
    for sheet in sheets:
        for number, row in enumerate(sheet.head, start=1):
            columns = columns_of(row)
            if sum(meaning in columns.places for meaning in NEEDED) >= ENOUGH:
                return _table(sheet, columns, number)
    raise Unreadable(NOT_THERE)


def columns_of(row: list[Cell]) -> Columns:
    places: dict[str, int] = {}
    told_in, arrived_in = [], []
    for place, cell in enumerate(row):
        heading = folded_heading(cell)
        if heading in MEANINGS:
            places.setdefault(MEANINGS[heading], place)
        elif TOLD_IN.fullmatch(heading):
            told_in.append(place)
        elif ARRIVED_IN.fullmatch(heading):
            arrived_in.append(place)
    headings = tuple(" ".join(cell.split()) if isinstance(cell, str) else "" for cell in row)
    return Columns(places, tuple(told_in), tuple(arrived_in), headings)


def _table(sheet: Headed, columns: Columns, header: int) -> Table:
    missing = [SPELLINGS[meaning][0] for meaning in NEEDED if meaning not in columns.places]
    if missing:
        raise Unreadable(MISSING, sheet=sheet.name, columns=", ".join(missing))
    return Table(sheet.name, columns, header + 1, islice(sheet.rows, header, None))
