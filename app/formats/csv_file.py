"""Pledges as CSV: a row each, with what the dictionary says of every column."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

LIVE_SIGNS = ("=", "+", "-", "@", "\t", "\r")
AT_ONCE = 200


def safe(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula: such texts are told apart by a sign that an import drops."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, str) and cell.startswith(LIVE_SIGNS):
        return "'" + cell
    return cell


def written(columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    """The file a piece at a time, with a mark at its start so that spreadsheets read it as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    out.write("\ufeff")
    writer.writerow(columns)
    for place, row in enumerate(rows):
        writer.writerow([safe(cell) for cell in row])
        if place % AT_ONCE == AT_ONCE - 1:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    told = out.getvalue().encode()
    out.seek(0)
    out.truncate()
    return told
