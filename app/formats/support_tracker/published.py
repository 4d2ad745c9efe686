"""Totals that a workbook states itself, on its sheet “Country Summary (EUR sign)”, in billions of euros."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from app.domain.mapping import folded
from app.domain.pledge import AidType
from app.formats.headed import Headed
from app.formats.row import Cell, Known, Sum
from app.formats.support_tracker.columns import folded_heading
from app.formats.support_tracker.numbers import number_of, rounded
from app.formats.support_tracker.texts import text_of

BILLION = Decimal(10**9)
COUNTRY = ("country", "countries", "donor", "land")
Measured = Literal["allocation", "commitment"]
MEASURED: tuple[Measured, ...] = ("allocation", "commitment")


def published_sums(sheets: Sequence[Headed], known: Known) -> Iterator[Sum]:
    """Rows of totals and of notes name no donor that is known; they are passed over."""
    for sheet in sheets:
        if not _is_summary(sheet.name):
            continue
        place, header = _header(sheet.head)
        if not header:
            continue
        for number, row in enumerate(sheet.rows):
            donor = known.donors.get(folded(text_of(row[place]))) if number > header[0] and place < len(row) else None
            for column, (aid, measure) in header[1].items() if donor else ():
                billions = number_of(row[column]).number if column < len(row) else None
                if donor and billions is not None:
                    euros = rounded(billions * BILLION)
                    yield Sum(donor=donor, aid=aid, measure=measure, euros=euros, published=True)


def _is_summary(name: str) -> bool:
    name = name.casefold()
    return "country summary" in name and ("eur" in name or "€" in name)


def _header(head: list[list[Cell]]) -> tuple[int, tuple[int, dict[int, tuple[AidType, Measured]]] | None]:
    """The place of the country, then the row of the headings and what each column of figures is. The measure may stand
    in the row above, once over several columns."""
    for number, row in enumerate(head):
        place = next((place for place, cell in enumerate(row) if folded_heading(cell) in COUNTRY), None)
        if place is None:
            continue
        above = _spread(head[number - 1] if number else [], len(row))
        told = {}
        for column, cell in enumerate(row):
            heading = folded_heading(cell)
            aid = next((aid for aid in AidType if aid in heading), None)
            measure = next((one for one in MEASURED if one in heading), None)
            measure = measure or next((one for one in MEASURED if one in above[column]), None)
            if aid and measure:
                told.setdefault(column, (aid, measure))
        if told:
            return place, (number, told)
    return 0, None


def _spread(row: list[Cell], columns: int) -> list[str]:
    """Headings over several columns stand in the first of them only."""
    found: list[str] = []
    for column in range(columns):
        heading = folded_heading(row[column]) if column < len(row) else ""
        found.append(heading or (found[-1] if found else ""))
    return found
