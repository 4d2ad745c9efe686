"""Pledges as JSON: an object with the records in a list, numbers as texts so that none loses a digit."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from app.domain.table import Origin, Rows, Table
from app.formats.table_rows import Batch, columns, kept

HEAD = ("address", "covers", "until", "changed", "sources", "licence", "head")
EMPTY = (None, "")


def file(origin: Origin, rows: Sequence[Rows]) -> Iterator[bytes]:
    head = {name: getattr(origin, name) for name in HEAD if getattr(origin, name)}
    return written(head | {"dictionary": f"{origin.base}/dictionary"}, rows[0].table, rows[0].batches)


def written(head: dict[str, Any], table: Table, batches: Iterable[Batch]) -> Iterator[bytes]:
    """The file a batch at a time. `head` stands before the records; an empty cell is left out."""
    start = json.dumps(head, ensure_ascii=False)[:-1]
    yield (start + (", " if head else "") + '"pledges": [').encode()
    texts, before = kept(), "\n"
    tell = json.JSONEncoder(ensure_ascii=False).encode
    for batch in batches:
        rows = zip(*columns(batch, table.holds, texts), strict=True)
        records = ({n: cell for n, cell in zip(table.names, row, strict=True) if cell not in EMPTY} for row in rows)
        yield (before + ",\n".join(map(tell, records))).encode("utf-8", "replace")
        before = ",\n"
    yield b"\n]}\n"
