"""A sheet whose first rows were looked at, where its headings are."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from app.formats.row import Cell, Sheet

LOOKED_AT = 30  # rows


@dataclass(frozen=True)
class Headed:
    """`rows` are all of them, once, those of the head among them."""

    name: str
    head: list[list[Cell]]
    rows: Iterator[list[Cell]]


def headed(sheet: Sheet) -> Headed:
    head = list(islice(sheet.rows, LOOKED_AT))
    return Headed(sheet.name, head, chain(head, sheet.rows))
