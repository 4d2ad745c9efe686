"""What an importer yields: records read from a file, what was wrong with it, and what its figures add up to."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal

from app.domain.pledge import AidType
from app.domain.system import Role, Unit

# A cell as the file holds it. Text is as it stands there; a number that a spreadsheet holds in binary comes as the
# shortest decimal that means it.
Cell = str | Decimal | bool | date | datetime | time | None
Record = Literal["donor", "system", "source", "event", "package", "pledge"]


@dataclass(frozen=True)
class Sheet:
    """One table of a file: of a workbook its name, of a CSV file "". `rows` can be read once; the first is row 1."""

    name: str
    rows: Iterator[list[Cell]]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in a file: `row` counts from 1, 0 is none; `column` is its heading."""

    sheet: str = ""
    row: int = 0
    column: str = ""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong: where, the value that stands there (200 characters at most), and a sentence of the
    catalogue for whoever imports; `%(value)s` in it stands for the value, and `values` are what else it names."""

    place: Place
    sentence: str
    value: str = ""
    values: tuple[tuple[str, str], ...] = ()

    def said(self, translated: Callable[[str], str]) -> str:
        """In words, behind the heading of its column."""
        sentence = translated(self.sentence)
        if "%(" in sentence:
            sentence %= {"value": self.value, **dict(self.values)}
        elif self.value:
            sentence += f" ({self.value})"
        return f"{self.place.column}: {sentence}" if self.place.column else sentence


@dataclass(frozen=True, kw_only=True)
class Row:
    """A record read from a file. `given` is in the form of `formats.record`, by attribute; None where it is refused,
    and then `faults` says why. Otherwise `faults` are remarks.

    `whole`: what is not given is empty. Else it stays as it is, so that a table of a few columns changes only those.
    `group` gathers lines of a dataset that have no lasting name of their own (its activity); "" where the key is the
    name."""

    place: Place
    record: Record = "pledge"
    given: Mapping[str, Any] | None = None
    whole: bool = True
    group: str = ""
    seen: int = 0  # the version of the record that the row was taken from, where it says so
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sum:
    """What the lines of one donor and kind of aid add up to in euros. `published` sums are those that the file itself
    states, on a sheet of its own. `donor` is a code, "" where the name is not known."""

    donor: str
    aid: AidType
    measure: Literal["allocation", "commitment", "delivery"]
    euros: Decimal
    lines: int = 0
    published: bool = False


@dataclass(frozen=True, kw_only=True)
class Unmapped:
    """A name of the dataset that nobody has said the meaning of."""

    kind: Literal["donor", "item"]
    name: str
    lines: int
    first: Place


@dataclass(frozen=True, kw_only=True)
class Label:
    """What the file is: yielded before anything else."""

    dataset: str = ""
    release: str = ""
    until: date | None = None  # the last day that its lines tell of
    rows: int = 0  # how many there will be, for a bar of progress


Read = Label | Row | Sum | Unmapped


@dataclass(frozen=True)
class Item:
    """What a dataset's item is with us. `system` None: no goods."""

    system: str | None
    role: Role
    unit: Unit


@dataclass(frozen=True)
class Publisher:
    name: str
    kind: str  # a SourceKind
    language: str = ""


@dataclass(frozen=True)
class Known:
    """What an importer has to know beforehand. Names are folded by `domain.mapping.folded`."""

    donors: Mapping[str, str] = field(default_factory=dict)  # code, name or alias -> code
    donor_names: Mapping[str, str] = field(default_factory=dict)  # code -> name
    items: Mapping[str, Item] = field(default_factory=dict)
    publishers: Mapping[str, Publisher] = field(default_factory=dict)  # host without www.
    release: str = ""  # as whoever imports says it


class Unreadable(ValueError):
    """The file as a whole cannot be read; the message is a sentence of the catalogue for whoever imports it."""

    def __init__(self, sentence: str, **told: str) -> None:
        super().__init__(sentence)
        self.sentence, self.told = sentence, told

    def said(self, translated: Callable[[str], str]) -> str:
        sentence = translated(self.sentence)
        return sentence % self.told if self.told else sentence
