"""The seed written as one recorded change. A later seed changes only what nobody has edited since."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, insert, select, update
from sqlmodel import SQLModel

from app.domain.donor import Donor
from app.domain.event import Event
from app.domain.package import Package
from app.domain.pledge import Pledge
from app.domain.source import Source
from app.domain.system import System
from app.formats.seed_folder import Seed
from app.store import history, saving, tables
from app.store.columns import core
from app.store.database import Database
from app.store.ids import next_ids
from app.store.schema import one_at_a_time
from app.store.tables import Change, Revision, Snapshot

AUTHOR = "Allied Pledges"
ORIGIN = "seed"


def plant(
    database: Database, seed: Seed, *, comment: str = "The first records and their sources.", origin: str = ORIGIN
) -> int:
    """Writes what is new or changed and returns how many records that were; 0 leaves no trace."""
    with database.writing() as db:
        one_at_a_time(db)
        last = _last_seen(db)
        change = history.begin(db, author=AUTHOR, comment=comment, origin=origin)
        effects = [
            *_write(db, last, "donor", [(donor.code, donor) for donor in seed.donors], _donor_row),
            *_write(db, last, "system", [(system.code, system) for system in seed.systems], _system_row),
            *_write(db, last, "source", [(source.key, source) for source in seed.sources.values()], _source_row),
        ]
        _write_memberships(db, seed, {effect.key for effect in effects if effect.record == "donor"})
        _write_coverage(db, seed)
        ids = _Ids(db)
        effects += _write(db, last, "event", [(e.slug, e) for e in seed.events.values()], _event_row)
        ids.events = _numbers(db, "event", "slug")
        effects += _write(db, last, "package", [(p.key, p) for p in seed.packages.values()], ids.package_row)
        _write_source_links(db, seed, ids)
        effects += saving.save(db, change, [p for p in seed.pledges.values() if _wanted(last, "pledge", p.key, p)])
        if effects:
            history.record(db, change, effects)
        else:
            db.execute(delete(core(Change)).where(core(Change).c.id == change))
        return len(effects)


class _Ids:
    """Numbers of the rows that packages and their sources refer to."""

    def __init__(self, db: Connection) -> None:
        self.donors = _numbers(db, "donor", "code")
        self.sources = _numbers(db, "source", "key")
        self.events: dict[str, int] = {}

    def package_row(self, package: Package) -> dict[str, Any]:
        total, value = package.total, package.value
        return {
            "key": package.key,
            "donor_id": self.donors[package.donor],
            "event_id": self.events[package.event] if package.event else None,
            "title": package.title,
            "announced_earliest": package.announced.earliest,
            "announced_latest": package.announced.latest,
            "announced_words": package.announced.words,
            "total_qualifier": total.qualifier if total else None,
            "total_low": total.low if total else None,
            "total_point": total.point if total else None,
            "total_high": total.high if total else None,
            "total_currency": total.currency if total else "",
            "total_words": total.words if total else "",
            "value_low": value.low,
            "value_point": value.point,
            "value_high": value.high,
            "value_set_by": value.set_by if value.known else None,
            "note": package.note,
            "dataset": package.dataset,
            "release": package.release,
            "dataset_key": package.dataset_key,
        }


_json = {kind: TypeAdapter(kind) for kind in (Donor, System, Source, Event, Package, Pledge)}
_models: dict[str, type[SQLModel]] = {"donor": tables.Donor, "system": tables.System, "source": tables.Source}
_models |= {"event": tables.Event, "package": tables.Package}
_names = {"donor": "code", "system": "code", "source": "key", "event": "slug", "package": "key"}


def _last_seen(db: Connection) -> dict[tuple[str, str], tuple[str, bytes]]:
    """(record, key) to the origin of its latest change and what it then was."""
    revision, change, snapshot = core(Revision).c, core(Change).c, core(Snapshot).c
    told = (
        select(revision.record, revision.key, change.origin, snapshot.body)
        .join_from(core(Revision), core(Change), change.id == revision.change_id)
        .join(core(Snapshot), snapshot.revision_id == revision.id)
        .order_by(revision.id)
    )
    return {(row.record, row.key): (row.origin, row.body) for row in db.execute(told)}


def _wanted(last: dict[tuple[str, str], tuple[str, bytes]], record: str, key: str, value: Any) -> bool:
    """Whether it is new, or was last written by a seed and now reads otherwise."""
    if (record, key) not in last:
        return True
    origin, body = last[record, key]
    return origin == ORIGIN and _told(value) not in body


def _told(value: Any) -> bytes:
    told: bytes = _json[type(value)].dump_json(value, exclude_defaults=True)
    return told


def _write(db: Connection, last: Any, record: str, named: Iterable[tuple[str, Any]], row: Any) -> list[history.Effect]:
    table, name = core(_models[record]), _names[record]
    wanted = [(key, value) for key, value in named if _wanted(last, record, key, value)]
    numbers = _numbers(db, record, name)
    fresh = iter(next_ids(db, table, sum(key not in numbers for key, _ in wanted)))
    new, effects = [], []
    for key, value in wanted:
        operation, version, number = "create", 1, numbers.get(key)
        if number is None:
            number = next(fresh)
            new.append(row(value) | {"id": number})
        else:
            operation = "update"
            db.execute(update(table).where(table.c.id == number).values(row(value) | {"version": table.c.version + 1}))
            version = db.execute(select(table.c.version).where(table.c.id == number)).scalar_one()
        effects.append(history.Effect(record, number, key, operation, version, _told(value)))
    if new:
        db.execute(insert(table), new)
    return effects


def _write_memberships(db: Connection, seed: Seed, changed: set[str]) -> None:
    numbers, membership = _numbers(db, "donor", "code"), core(tables.Membership)
    found = []
    for donor in seed.donors:
        if donor.code in changed:
            db.execute(delete(membership).where(membership.c.donor_id == numbers[donor.code]))
            found += [
                {"donor_id": numbers[donor.code], "group": one.group, "since": one.since, "until": one.until}
                for one in donor.memberships
            ]
    if found:
        db.execute(insert(membership), found)


def _write_coverage(db: Connection, seed: Seed) -> None:
    numbers, coverage = _numbers(db, "system", "slug"), core(tables.Coverage)
    for reach in seed.coverage:
        same = (coverage.c.system_id == numbers[reach.system]) & (coverage.c.dataset == reach.dataset)
        db.execute(delete(coverage).where(same))
        db.execute(
            insert(coverage).values(
                system_id=numbers[reach.system], until=reach.until, dataset=reach.dataset, release=reach.release
            )
        )


def _write_source_links(db: Connection, seed: Seed, ids: _Ids) -> None:
    for model, named, numbers in (
        (tables.EventSource, {e.slug: e.sources for e in seed.events.values()}, ids.events),
        (tables.PackageSource, {p.key: p.sources for p in seed.packages.values()}, _numbers(db, "package", "key")),
    ):
        table = core(model)
        column = next(name for name in (one.name for one in table.columns) if name != "source_id")
        there = {tuple(row) for row in db.execute(select(table.c[column], table.c.source_id))}
        pairs = {(numbers[name], ids.sources[key]) for name, keys in named.items() for key in keys}
        missing = [{column: one, "source_id": other} for one, other in sorted(pairs - there)]
        if missing:
            db.execute(insert(table), missing)


def _numbers(db: Connection, record: str, name: str) -> dict[str, int]:
    table = core(_models[record])
    return {row[0]: row[1] for row in db.execute(select(table.c[name], table.c.id))}


def _donor_row(donor: Donor) -> dict[str, Any]:
    return {
        "code": donor.code,
        "slug": donor.slug,
        "name": donor.name,
        "name_de": donor.name_de,
        "name_uk": donor.name_uk,
        "kind": donor.kind,
        "aliases": "|".join(donor.aliases),
    }


def _system_row(system: System) -> dict[str, Any]:
    return {
        "code": system.code,
        "slug": system.slug,
        "name": system.name,
        "name_de": system.name_de,
        "name_uk": system.name_uk,
        "aliases": "|".join(system.aliases),
        "range_band": system.range_band,
        "effector": system.effector,
        "default_role": system.default_role,
        "default_unit": system.default_unit,
        "maker": system.maker,
        "origin": system.origin,
        "note": system.note,
        "source_url": system.source_url,
    }


def _source_row(source: Source) -> dict[str, Any]:
    return {
        "key": source.key,
        "url": source.url,
        "host": (urlsplit(source.url).hostname or "").removeprefix("www."),
        "title": source.title,
        "publisher": source.publisher,
        "kind": source.kind,
        "language": source.language,
        "published_on": source.published_on,
        "archive_url": source.archive_url,
        "accessed_on": source.accessed_on,
        "checked": source.checked,
        "note": source.note,
    }


def _event_row(event: Event) -> dict[str, Any]:
    return {
        "slug": event.slug,
        "title": event.title,
        "kind": event.kind,
        "earliest": event.dates.earliest,
        "latest": event.dates.latest,
        "dates_words": event.dates.words,
        "place": event.place,
        "called_by": event.called_by,
        "chaired_by": event.chaired_by,
        "account": event.account,
    }
