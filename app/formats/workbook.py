"""Workbooks (.xlsx, .xlsm). A part of the file is read only after it was unpacked, counted and looked through here."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from app.domain.codes import N_
from app.formats.cells import bounded
from app.formats.parcel import DAMAGED, repacked
from app.formats.row import Cell, Sheet, Unreadable

NO_SHEETS = N_("The workbook has no sheet that can be read.")
EXACT_IN_BINARY = 2**53

Found = int | float | str | bool | date | datetime | time | timedelta


def sheets(content: bytes) -> list[Sheet]:
    """Formulas come as the values last calculated; links to other workbooks are not followed."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(repacked(content)))
    except CalamineError:
        raise Unreadable(DAMAGED) from None
    names = [one.name for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    if not names:
        raise Unreadable(NO_SHEETS)
    return [Sheet(name, bounded(_rows(book, name))) for name in names]


def _rows(book: CalamineWorkbook, name: str) -> Iterator[list[Cell]]:
    try:
        for row in book.get_sheet_by_name(name).iter_rows():
            yield [_cell(one) for one in row]
    except CalamineError:
        raise Unreadable(DAMAGED) from None


def _cell(found: Found) -> Cell:
    """A float becomes the shortest decimal that means it: 0.1 stays 0.1."""
    if isinstance(found, str):
        return found or None
    if isinstance(found, float):
        whole = found.is_integer() and abs(found) < EXACT_IN_BINARY
        return Decimal(int(found)) if whole else Decimal(repr(found))
    if isinstance(found, bool):
        return found
    if isinstance(found, int):
        return Decimal(found)
    return str(found) if isinstance(found, timedelta) else found
