"""Pledges as CSV: a row each, with what the dictionary says of every column.

No cell is one that a spreadsheet would run: such texts get a sign in front, which an import takes away again."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from app.domain.dictionary import Holds
from app.domain.table import Origin, Rows, Table
from app.formats.table_rows import Batch, columns, kept

LIVE_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LIVE = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
FIRST = frozenset((*LIVE_SIGNS, "'"))
TEXTS = (Holds.TEXT, Holds.ADDRESS, Holds.ADDRESSES)


def safe(cell: object) -> object:
    """Any value as a cell."""
    if isinstance(cell, str):
        return safe_text(cell)
    return "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else cell


def safe_text(text: str) -> str:
    """One that would run, or that looks as if it had been kept from running, has an apostrophe in front."""
    return f"'{text}" if text[:1] in FIRST and LIVE.match(text) else text


def as_it_was(text: str) -> str:
    """The text that `safe_text` was given."""
    return text[1:] if text[:1] == "'" and LIVE.match(text) else text


def file(_: Origin, rows: Sequence[Rows]) -> Iterator[bytes]:
    """With a mark at its start, so that spreadsheets read it as UTF-8."""
    return written(rows[0].table, rows[0].batches, mark="\ufeff")


def written(table: Table, batches: Iterable[Batch], *, mark: str = "") -> Iterator[bytes]:
    """The file a batch at a time."""
    out, texts = io.StringIO(), kept()
    writer = csv.writer(out, lineterminator="\r\n")
    out.write(mark)
    writer.writerow(table.names)
    for batch in batches:
        writer.writerows(zip(*_safe(batch, table.holds, texts), strict=True))
        yield _taken(out)
    yield _taken(out)


def _safe(batch: Batch, holds: Sequence[Holds], texts: Any) -> Iterator[Iterable[Any]]:
    for kind, column in zip(holds, columns(batch, holds, texts), strict=True):
        yield [safe_text(text) if text else text for text in column] if kind in TEXTS else column


def _taken(out: io.StringIO) -> bytes:
    told = out.getvalue().encode("utf-8", "replace")
    out.seek(0)
    out.truncate()
    return told
