"""Cells of a file, within the limits of what is read: how many, how long, how wide a row."""

from collections.abc import Iterator

from app.domain.codes import N_
from app.formats.row import Cell, Unreadable

MOST_COLUMNS = 16_384  # of a spreadsheet
MOST_ROWS = 1_048_576
MOST_CELLS = 3_000_000  # of a sheet, empty ones among them
LONGEST_CELL = 32_767  # signs, as in a spreadsheet
MOST_SIGNS = 50_000_000  # of a sheet: one long text can stand in many cells

TOO_WIDE = N_("A row has more than 16,384 columns.")
TOO_MANY = N_("The table is too large; 3 million cells are the most, empty ones between others among them.")
TOO_LONG = N_("A cell of row %(row)s is too long; 32,767 signs are the most.")
TOO_MUCH = N_("The table holds too much text.")


def bounded(rows: Iterator[list[Cell]]) -> Iterator[list[Cell]]:
    """The rows, as long as they are within the limits. Raises Unreadable."""
    cells = signs = 0
    for number, row in enumerate(rows, start=1):
        cells += len(row)
        if len(row) > MOST_COLUMNS:
            raise Unreadable(TOO_WIDE)
        if cells > MOST_CELLS or number > MOST_ROWS:
            raise Unreadable(TOO_MANY)
        for cell in row:
            if isinstance(cell, str):
                if len(cell) > LONGEST_CELL:
                    raise too_long(number)
                signs += len(cell)
        if signs > MOST_SIGNS:
            raise Unreadable(TOO_MUCH)
        yield row


def too_long(row: int) -> Unreadable:
    return Unreadable(TOO_LONG, row=str(row))
