"""A plan written into the records, and an import taken back: each one transaction, one act, whole or not at all."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection

from app.domain.import_run import ImportState, Outcome
from app.domain.pledge import Counting, Pledge
from app.importing.compare import REFERRED
from app.importing.plan import Plan, Planned
from app.store import history, import_runs, lines, referred, saving
from app.store.database import Database
from app.store.history import Act
from app.store.lines import Said
from app.store.reference import state
from app.store.schema import one_at_a_time

BEFORE = (ImportState.APPLYING, ImportState.WAITING)


class Outdated(Exception):
    """The records have changed since they were compared with the file."""


def write(
    database: Database, plan: Plan, run: int | import_runs.Upload, act: Act, *, set_aside: bool = False
) -> int | None:
    """Writes what the plan holds; returns the number of the change, None where there was nothing to write. The import
    is then applied; one that was never looked at in the browser begins with this. `set_aside`: lines that the file no
    longer has leave the sums. Raises Outdated, Elsewhere."""
    pledges = [
        *plan.values("pledge"),
        *(_aside(one) for one in plan.planned if set_aside and one.outcome is Outcome.GONE),
    ]
    said = [_said(one) for one in plan.planned if one.line is not None]
    with database.writing() as db:
        one_at_a_time(db)
        _ensure_unchanged(db, plan, set_aside)
        effects = [effect for record in REFERRED for effect in referred.save(db, record, plan.values(record))]
        effects += saving.save(db, pledges)
        change = history.record(db, act, effects)
        number = run if isinstance(run, int) else import_runs.add(db, run, keep=False)
        lines.remember(db, number, plan.label.dataset, said)
        import_runs.move(db, number, BEFORE, ImportState.APPLIED, change_id=change, **plan.tally())
        import_runs.forget(db, number)
    return change


def _aside(one: Planned) -> Pledge:
    """A line that its dataset no longer has: it stays, and is in no sum."""
    return replace(one.before, counting=Counting.DUPLICATE)


def _said(one: Planned) -> Said:
    body = saving.as_json(one.line) if isinstance(one.line, Pledge) else referred.told(one.line)
    return Said(one.record, one.key, one.activity, body)


def _ensure_unchanged(db: Connection, plan: Plan, set_aside: bool) -> None:
    """Raises Outdated where a record that the plan changes has a newer version, or one that it adds is there."""
    if state(db)[1] == plan.counter:
        return
    touched = [one for one in plan.planned if one.value is not None or (set_aside and one.outcome is Outcome.GONE)]
    for record in (*REFERRED, "pledge"):
        mine = {one.key: one.seen for one in touched if one.record == record}
        if mine != _versions(db, record, mine):
            raise Outdated


def _versions(db: Connection, record: str, keys: Mapping[str, int]) -> dict[str, int]:
    """The versions that stand now; 0 for what is not there."""
    there = saving.versions(db, keys) if record == "pledge" else referred.versions_now(db, record, keys)
    return {key: there.get(key, 0) for key in keys}
