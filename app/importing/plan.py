"""What a file would do to the records: each of its rows with its outcome."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.import_run import Outcome
from app.formats.row import Fault, Label, Place, Read, Row, Sum, Unmapped

WRITTEN = (Outcome.ADDED, Outcome.CHANGED)


@dataclass(frozen=True, kw_only=True)
class Planned:
    """`value` is the record as it will be, `before` as it stands at version `seen`; both None where nothing is written.
    `line` is what the row says, where that is to be remembered."""

    outcome: Outcome
    record: str
    key: str
    title: str = ""
    seen: int = 0
    place: Place = field(default_factory=Place)
    faults: tuple[Fault, ...] = ()
    value: Any = None
    before: Any = None
    line: Any = None
    activity: str = ""


@dataclass
class Plan:
    """`counter`: the committed changes when it was compared."""

    label: Label = field(default_factory=Label)
    counter: int = 0
    planned: list[Planned] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    unmapped: list[Unmapped] = field(default_factory=list)

    def counts(self, record: str = "pledge") -> Counter[Outcome]:
        return Counter(one.outcome for one in self.planned if one.record == record)

    def values(self, record: str) -> list[Any]:
        """What is to be written."""
        return [one.value for one in self.planned if one.record == record and one.outcome in WRITTEN]

    @property
    def of_older_releases(self) -> int:
        """Lines of older releases that the file no longer has: beside its own they would count twice."""
        gone = [one for one in self.planned if one.outcome is Outcome.GONE]
        return sum(one.before.release != self.label.release for one in gone)

    def tally(self) -> dict[str, int]:
        """Of the pledges, those that are new and those that change."""
        counts = self.counts()
        return {"added": counts[Outcome.ADDED], "changed": counts[Outcome.CHANGED]}


@dataclass
class Content:
    """A file as an importer told it."""

    label: Label
    rows: list[Row]
    sums: list[Sum]
    unmapped: list[Unmapped]

    @classmethod
    def of(cls, reads: Iterable[Read]) -> "Content":
        found = cls(Label(), [], [], [])
        for one in reads:
            match one:
                case Label():
                    found.label = one
                case Row():
                    found.rows.append(one)
                case Sum():
                    found.sums.append(one)
                case Unmapped():
                    found.unmapped.append(one)
        return found

    def of_record(self, record: str) -> Sequence[Row]:
        return [row for row in self.rows if row.record == record]
