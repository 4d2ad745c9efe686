"""The rows of a table as the database hands them out, column by column: numbers in millionths become exact texts.

A hundred thousand rows have seven million cells, so that nothing here is asked of a single cell that can be asked of a
column."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from app.domain.dictionary import Holds

MILLION = 1_000_000
MOST_KEPT = 50_000  # texts of numbers
Batch = Sequence[Sequence[Any]]


class Texts(dict[Any, Any]):
    """Millionths to their text, each written once."""

    def __missing__(self, number: Any) -> str:
        if len(self) > MOST_KEPT:
            self.clear()
            self[None] = None
        text = self[number] = decimal_text(int(number))
        return text


def decimal_text(millionths: int) -> str:
    whole, rest = divmod(abs(millionths), MILLION)
    text = f"{whole}.{rest:06d}".rstrip("0") if rest else str(whole)
    return f"-{text}" if millionths < 0 else text


def columns(batch: Batch, holds: Sequence[Holds], texts: Texts) -> Iterator[Iterable[Any]]:
    """The columns of some rows: texts, whole numbers, and None for an empty cell."""
    for kind, column in zip(holds, zip(*batch, strict=True), strict=True):
        match kind:
            case Holds.NUMBER:
                yield map(texts.__getitem__, column)
            case Holds.WHOLE:
                yield column
            case Holds.DAY:
                yield (None if day is None else str(day) for day in column)
            case Holds.MOMENT:
                yield (None if moment is None else moment_text(moment) for moment in column)
            case _:
                yield column


def moment_text(moment: Any) -> str:
    """2024-01-10T09:30:00; a moment of SQLite comes as a text with parts of a second."""
    return str(moment).replace(" ", "T")[:19]


def kept() -> Texts:
    return Texts({None: None})
