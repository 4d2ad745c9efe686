"""Pledges as JSON: an object with the records in a list, numbers as texts so that none loses a digit."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any


def written(head: dict[str, Any], columns: list[str], rows: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    """The file a record at a time. `head` stands before the records."""
    start = json.dumps(head, ensure_ascii=False, default=plain)[:-1]
    yield (start + (", " if head else "") + '"pledges": [').encode()
    for place, row in enumerate(rows):
        record = {name: cell for name, cell in zip(columns, row, strict=True) if cell not in (None, "")}
        yield ((",\n" if place else "\n") + json.dumps(record, ensure_ascii=False, default=plain)).encode()
    yield b"\n]}\n"


def plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
