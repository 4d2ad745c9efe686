"""The seed written as one recorded change. A later seed changes only what nobody has edited since."""

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, insert, select

from app.domain.pledge import Pledge
from app.formats.seed_folder import Seed
from app.store import history, referred, saving, tables
from app.store.columns import core
from app.store.database import Database
from app.store.schema import one_at_a_time
from app.store.tables import Change, Revision, Snapshot

AUTHOR = "Allied Pledges"
ORIGIN = "seed"
Last = dict[tuple[str, str], tuple[str, bytes]]


def plant(
    database: Database, seed: Seed, *, comment: str = "The first records and their sources.", origin: str = ORIGIN
) -> int:
    """Writes what is new or changed and returns how many records that were; 0 leaves no trace."""
    with database.writing() as db:
        one_at_a_time(db)
        last = _last_seen(db)
        effects: list[history.Effect] = []
        for record, named in _referred(seed):
            effects += referred.save(db, record, _wanted(last, record, named))
        _write_coverage(db, seed)
        effects += saving.save(db, _wanted(last, "pledge", seed.pledges.items()))
        history.record(db, history.Act(author=AUTHOR, comment=comment, origin=origin), effects)
        return len(effects)


def _referred(seed: Seed) -> Iterator[tuple[str, Iterable[tuple[str, Any]]]]:
    """What pledges refer to, each kind before those that refer to it."""
    yield "donor", [(donor.code, donor) for donor in seed.donors]
    yield "system", [(system.code, system) for system in seed.systems]
    yield "source", [(source.key, source) for source in seed.sources.values()]
    yield "event", [(event.slug, event) for event in seed.events.values()]
    yield "package", [(package.key, package) for package in seed.packages.values()]


def _last_seen(db: Connection) -> Last:
    """(record, key) to the origin of its latest change and what it then was."""
    revision, change, snapshot = core(Revision).c, core(Change).c, core(Snapshot).c
    told = (
        select(revision.record, revision.key, change.origin, snapshot.body)
        .join_from(core(Revision), core(Change), change.id == revision.change_id)
        .join(core(Snapshot), snapshot.revision_id == revision.id)
        .order_by(revision.id)
    )
    return {(row.record, row.key): (row.origin, row.body) for row in db.execute(told)}


def _wanted(last: Last, record: str, named: Iterable[tuple[str, Any]]) -> list[Any]:
    """Those that are new, or were last written by a seed and now read otherwise."""
    return [
        value
        for key, value in named
        if (record, key) not in last or (last[record, key][0] == ORIGIN and _told(value) not in last[record, key][1])
    ]


_pledge = TypeAdapter(Pledge)


def _told(value: Any) -> bytes:
    body: bytes = _pledge.dump_json(value, exclude_defaults=True) if isinstance(value, Pledge) else referred.told(value)
    return body


def _write_coverage(db: Connection, seed: Seed) -> None:
    system, coverage = core(tables.System).c, core(tables.Coverage)
    numbers = {row.slug: row.id for row in db.execute(select(system.slug, system.id))}
    for reach in seed.coverage:
        same = (coverage.c.system_id == numbers[reach.system]) & (coverage.c.dataset == reach.dataset)
        db.execute(delete(coverage).where(same))
        db.execute(
            insert(coverage).values(
                system_id=numbers[reach.system], until=reach.until, dataset=reach.dataset, release=reach.release
            )
        )
