"""A table that goes out: its columns, what each holds and means, and what it refers to; in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.domain.dictionary import Holds


@dataclass(frozen=True, kw_only=True)
class Column:
    name: str
    told: str = ""  # what it holds, a sentence
    holds: Holds = Holds.TEXT
    codes: tuple[tuple[str, str], ...] = ()  # each with its word
    empty: str = ""  # what an empty cell means
    needed: bool = False  # never empty
    refers_to: str = ""  # the table whose rows it names, by their first column


@dataclass(frozen=True, kw_only=True)
class Table:
    """`key`: the columns that together tell a row from all others."""

    name: str
    columns: tuple[Column, ...]
    told: str = ""
    key: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def holds(self) -> list[Holds]:
        return [column.holds for column in self.columns]


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a file comes from, so that it can be told years later. Moments and days are in ISO 8601."""

    address: str = ""  # of the filter, as a page
    base: str = ""  # of the installation
    made: str = ""
    covers: str = ""
    until: str = ""
    changed: str = ""
    sources: str = ""  # who stands behind the figures, a sentence
    datasets: tuple[tuple[str, str], ...] = ()  # with their releases
    licence: str = "CC BY 4.0"
    counter: int = 0
    epoch: str = ""
    head: str = ""  # digest of the latest revision: of the whole history that led here


@dataclass(frozen=True)
class Rows:
    """A table with its rows, some at a time, as the database hands them out. They can be read once."""

    table: Table
    batches: Iterable[Any] = field(default_factory=tuple)
