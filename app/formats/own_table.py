"""A table of ours that was changed elsewhere: any of the dictionary's columns in any order, as CSV or workbook."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.domain.codes import N_
from app.formats import own_columns
from app.formats.csv_file import as_it_was
from app.formats.row import Cell, Known, Label, Place, Read, Sheet, Unreadable
from app.formats.shape import shown

LOOKED_AT = 20  # rows in which the heading is looked for

NO_HEADING = N_("No table of ours is in this file: no row names the column “key” and others, or “donor” and “title”.")
TWICE = N_("The column “%(column)s” stands twice in the table.")


def rows(sheets: Sequence[Sheet], known: Known) -> Iterator[Read]:
    """Sheets that hold no such table are passed over. Raises Unreadable where none does."""
    yield Label()
    headed = 0
    for sheet in sheets:
        heading = _heading(sheet)
        if heading is not None:
            headed += 1
            yield from _rows(sheet, *heading, known)
    if not headed:
        raise Unreadable(NO_HEADING)


def _heading(sheet: Sheet) -> tuple[int, list[str]] | None:
    """The row that names the columns, and their names. The sheet that explains them has each alone in a row."""
    for number, cells in enumerate(sheet.rows, start=1):
        names = [own_columns.named(cell) for cell in cells]
        found = set(names) & own_columns.ENTRIES.keys()
        if ("key" in found and len(found) > 1) or {"donor", "title"} <= found:
            _ensure_once(names)
            return number, names
        if number == LOOKED_AT:
            break
    return None


def _ensure_once(names: list[str]) -> None:
    for name, times in Counter(name for name in names if name in own_columns.ENTRIES).items():
        if times > 1:
            raise Unreadable(TWICE, column=shown(name))


def _rows(sheet: Sheet, heading: int, names: list[str], known: Known) -> Iterator[Read]:
    remarks = tuple(own_columns.unknown(dict.fromkeys(names), Place(sheet=sheet.name, row=heading)))
    for number, cells in enumerate(sheet.rows, start=heading + 1):
        told = dict(zip(names, _filled(cells, len(names)), strict=False))
        if not any(cell not in (None, "") for cell in told.values()):
            continue
        row = own_columns.row(told, Place(sheet=sheet.name, row=number), known)
        yield replace(row, faults=(*remarks, *row.faults))
        remarks = ()  # said once


def _filled(cells: list[Cell], width: int) -> list[Cell]:
    """Texts without what kept them from running. Some readers leave out the empty cells at the end of a row."""
    told = [as_it_was(cell) if isinstance(cell, str) else cell for cell in cells]
    return [*told, *[None] * (width - len(cells))]
