"""An import as its page shows it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.domain.import_run import ImportState, Outcome
from app.domain.mapping import Named
from app.domain.pledge import Pledge
from app.domain.published import Held, Measure
from app.formats.row import Sum, Unmapped
from app.importing import job, staging
from app.importing.totals import DonorTotal
from app.store import import_runs, lines, saving
from app.web import words
from app.web.acts import Sentence, sentences
from app.web.ask import Ask
from app.web.telling import Names

Run = Any  # a row of import_run
PER = 50


@dataclass(frozen=True)
class ShownRow:
    """`told` are the sentences of what changes, `faults` those of what is wrong or to be known."""

    record: str
    key: str
    title: str
    place: str
    id: int | None
    faults: list[str]
    told: list[Sentence]


@dataclass(frozen=True)
class GrandTotal:
    measure: str
    euros: Decimal
    lines: int


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An import with what can be seen of it now. `equal` published figures of `held` are what their lines add up to,
    those `apart` are not. `next`: the number to go on below, of rows."""

    it: Run
    sentence: str
    ended: bool
    counts: dict[Outcome, int]
    others: int  # records of other kinds than pledges that are new or changed
    sums: list[GrandTotal]
    donors: int
    held: list[Held]
    apart: list[Held]
    totals: list[DonorTotal]
    names: dict[str, str]  # of donors, by code
    unmapped: list[Unmapped]
    older: int  # lines of older releases that the file no longer has
    outcome: Outcome | None
    rows: list[ShownRow]
    next: int | None

    @property
    def share(self) -> int:
        """How much of the file is read, in per cent."""
        return min(100, 100 * self.it.done // self.it.whole) if self.it.whole else 0

    @property
    def kilobytes(self) -> int:
        return self.it.size // 1024 + 1

    @property
    def equal(self) -> int:
        return len(self.held) - len(self.apart)

    @property
    def writes(self) -> int:
        return self.counts.get(Outcome.ADDED, 0) + self.counts.get(Outcome.CHANGED, 0)


def told(sentence: str, values: Mapping[str, str]) -> str:
    """A text of the catalogue with what stands in it."""
    return words.gettext(sentence) % dict(values) if values else words.gettext(sentence)


def shown(ask: Ask, run: Run, outcome: Outcome | None, after: int) -> Shown:
    found = import_runs.told(run)
    counts = {Outcome(name): number for name, number in found.get("counts", {}).get("pledge", {}).items()}
    sums = [one for one in staging.sums(found) if not one.published]
    held = staging.held(found)
    ended = import_runs.ended(run)
    rows, more = _rows(ask, run, outcome, after) if outcome else ([], None)
    return Shown(
        it=run,
        sentence=words.gettext(job.STOPPED) if ended else _sentence(run),
        ended=ended,
        counts=counts,
        others=_others(found),
        sums=_grand(sums),
        donors=len({one.donor for one in sums if one.donor}),
        held=held,
        apart=[one for one in held if not one.equal],
        totals=staging.totals(found),
        names={donor.code: donor.name for donor in ask.reference.donors.values()},
        unmapped=staging.unmapped(found),
        older=found.get("older", 0),
        outcome=outcome,
        rows=rows,
        next=more,
    )


def refused(run: Run) -> int:
    """How many rows of pledges are refused: each may be a line that seems to be missing."""
    number: int = import_runs.told(run).get("counts", {}).get("pledge", {}).get(Outcome.REFUSED, 0)
    return number


def listed(ask: Ask, before: int | None) -> dict[str, Any]:
    found = import_runs.latest(ask.db, before=before, most=PER)
    return {"runs": found[:PER], "older": found[PER - 1].id if len(found) > PER else None}


def _sentence(run: Run) -> str:
    if not run.sentence:
        return ""
    sentence, values = json.loads(run.sentence)
    return told(sentence, values)


def _others(found: Mapping[str, Any]) -> int:
    return sum(
        number
        for record, counts in found.get("counts", {}).items()
        for outcome, number in counts.items()
        if record != "pledge" and outcome in (Outcome.ADDED, Outcome.CHANGED)
    )


def _grand(sums: list[Sum]) -> list[GrandTotal]:
    """The three sums of the whole file, to the last decimal."""
    return [
        GrandTotal(
            measure,
            sum((one.euros for one in sums if one.measure == measure), Decimal(0)),
            sum(one.lines for one in sums if one.measure == measure),
        )
        for measure in Measure
        if any(one.measure == measure for one in sums)
    ]


def _rows(ask: Ask, run: Run, outcome: Outcome, after: int) -> tuple[list[ShownRow], int | None]:
    rows = import_runs.rows(ask.db, run.id, outcome, after=after, most=PER)
    some = rows[:PER]
    numbers = lines.numbers_of(ask.db, [row.key for row in some if row.record == "pledge"])
    before = saving.current(ask.db, numbers.values()) if run.state is ImportState.READY else {}
    found = [_row(ask, row, numbers.get(row.key), before) for row in some]
    return found, some[-1].id if len(rows) > PER else None


def _row(ask: Ask, row: Any, number: int | None, before: Mapping[int, tuple[Pledge, int]]) -> ShownRow:
    value = staging.value(row)
    said: list[Sentence] = []
    if row.record == "pledge" and value is not None and number is not None and number in before:
        said = sentences(Names(ask.reference, {}), before[number][0], value)
    faults = [fault.said(words.gettext) for fault in staging.faults(row)]
    return ShownRow(row.record, row.key, row.title, _place(row), number, faults, said)


def _place(row: Any) -> str:
    if not row.row:
        return ""
    named = words.gettext("%(sheet)s, row %(row)s") if row.sheet else words.gettext("row %(row)s")
    return named % {"sheet": row.sheet, "row": words.number(row.row)}


FILTERS = {
    "outcome_word": lambda code: words.word(Outcome(code)),
    "measure_word": lambda code: words.word(Measure(code)),
    "named_word": lambda code: words.word(Named(code)),
}
