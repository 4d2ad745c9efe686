"""What pledges refer to, written whole: donors with their memberships, systems, sources, events and packages; and what
the names of a dataset mean."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, or_, select, update
from sqlmodel import SQLModel

from app.domain.donor import Donor
from app.domain.event import Event
from app.domain.mapping import Mapping
from app.domain.package import Package
from app.domain.source import Source
from app.domain.system import System
from app.store import history, saving, tables
from app.store.columns import core
from app.store.ids import next_ids
from app.store.many import insert_many
from app.store.names import by_keys
from app.store.records import Told
from app.store.tables import Change, Revision, Snapshot

AT_ONCE = 400
_PLEDGE = core(tables.Pledge)


@dataclass(frozen=True)
class Kind:
    """`name` is the column that addresses and other records know it by."""

    table: type[SQLModel]
    name: str
    value: type[Any]
    row: Callable[[Any], dict[str, Any]]

    @property
    def json(self) -> TypeAdapter[Any]:
        return _json[self.value]


def save(db: Connection, record: str, values: Sequence[Any]) -> list[history.Effect]:
    """Writes new records of one kind and, by their names, new versions of known ones; pledges that refer to these are
    worked out anew. Returns what history has to record. What a value refers to has to be there: KeyError."""
    kind = KINDS[record]
    table = core(kind.table)
    there = _there(db, table, kind.name, [getattr(value, kind.name) for value in values])
    fresh = iter(next_ids(db, table, sum(getattr(value, kind.name) not in there for value in values)))
    new, effects, numbers = [], [], {}
    for value in values:
        key = getattr(value, kind.name)
        row = kind.row(value) | _referred(db, value)
        number, version = there.get(key, (None, 0))
        if number is None:
            number = next(fresh)
            new.append(row | {"id": number})
        else:
            db.execute(update(table).where(table.c.id == number).values(row | {"version": version + 1}))
        numbers[key] = number
        operation = "update" if version else "create"
        effects.append(history.Effect(record, number, key, operation, version + 1, told(value)))
    insert_many(db, table, new)
    _write_parts(db, record, values, numbers)
    saving.refresh(db, _resting(db, record, values, [number for number, _ in there.values()]))
    return effects


def told(value: Any) -> bytes:
    """The snapshot of a record."""
    body: bytes = _json[type(value)].dump_json(value, exclude_defaults=True)
    return body


@dataclass(frozen=True)
class Found:
    id: int
    version: int
    latest: int
    value: Any


def find(
    db: Connection, record: str, *, name: str = "", number: int | None = None, seen: int = 0, held: bool = False
) -> Found | None:
    """By its name or its number, as it stands or as it was at the version `seen`; None where there is none. `held`
    keeps other writers away from it until the transaction ends."""
    kind = KINDS[record]
    table, revision, snapshot = core(kind.table), core(Revision), core(Snapshot)
    this = table.c.id == number if number is not None else table.c[kind.name] == name
    wanted = select(table.c.id, table.c.version).where(this)
    row = db.execute(wanted.with_for_update(key_share=True) if held else wanted).one_or_none()
    if row is None:
        return None
    question = (
        select(snapshot.c.body)
        .join_from(revision, snapshot, snapshot.c.revision_id == revision.c.id)
        .where(revision.c.record == record, revision.c.record_id == row.id, revision.c.version == (seen or row.version))
    )
    body = db.execute(question).scalar_one_or_none()
    return None if body is None else Found(row.id, seen or row.version, row.version, kind.json.validate_json(body))


def versions(db: Connection, record: str, number: int, wanted: set[int]) -> dict[int, Any]:
    """The record as it was at these versions."""
    revision, snapshot = core(Revision), core(Snapshot)
    question = (
        select(revision.c.version, snapshot.c.body)
        .join_from(revision, snapshot, snapshot.c.revision_id == revision.c.id)
        .where(revision.c.record == record, revision.c.record_id == number, revision.c.version.in_(wanted))
    )
    read = KINDS[record].json.validate_json
    return {row.version: read(row.body) for row in db.execute(question)}


def standing(db: Connection, record: str, names: Iterable[str]) -> dict[str, tuple[int, Any]]:
    """By name, those that are there: the version that stands, and the record."""
    kind = KINDS[record]
    table, revision, snapshot = core(kind.table), core(Revision), core(Snapshot)
    of_it = (
        (revision.c.record == record) & (revision.c.record_id == table.c.id) & (revision.c.version == table.c.version)
    )
    question = (
        select(table.c[kind.name], table.c.version, snapshot.c.body)
        .join_from(table, revision, of_it)
        .join(snapshot, snapshot.c.revision_id == revision.c.id)
    )
    read = kind.json.validate_json
    return {row[0]: (row.version, read(row.body)) for row in by_keys(db, question, table.c[kind.name], set(names))}


def versions_now(db: Connection, record: str, names: Iterable[str]) -> dict[str, int]:
    """Name to version of those that are there."""
    kind = KINDS[record]
    return {name: version for name, (_, version) in _there(db, core(kind.table), kind.name, list(names)).items()}


def happened(db: Connection, record: str, number: int, *, before: int | None = None, most: int = 50) -> list[Told]:
    """What was done to it, newest first. `before`: below that version."""
    revision, change = core(Revision), core(Change)
    question = (
        select(revision.c.version, revision.c.operation, change.c.at, change.c.author, change.c.comment, change.c.id)
        .join_from(revision, change, change.c.id == revision.c.change_id)
        .where(revision.c.record == record, revision.c.record_id == number)
        .order_by(revision.c.version.desc())
    )
    if before is not None:
        question = question.where(revision.c.version < before)
    return [Told(*row) for row in db.execute(question.limit(most))]


def _there(db: Connection, table: Any, name: str, names: list[str]) -> dict[str, tuple[int, int]]:
    found = {}
    for start in range(0, len(names), AT_ONCE):
        some = names[start : start + AT_ONCE]
        for row in db.execute(select(table.c[name], table.c.id, table.c.version).where(table.c[name].in_(some))):
            found[row[0]] = (row[1], row[2])
    return found


def _referred(db: Connection, value: Any) -> dict[str, Any]:
    """The numbers of what a package names. An unknown name raises KeyError."""
    if not isinstance(value, Package):
        return {}
    found = {"donor_id": _number(db, "donor", value.donor), "event_id": None}
    return found | ({"event_id": _number(db, "event", value.event)} if value.event else {})


def _number(db: Connection, record: str, name: str) -> int:
    table, column = core(KINDS[record].table), KINDS[record].name
    found = db.execute(select(table.c.id).where(table.c[column] == name)).scalar_one_or_none()
    if found is None:
        raise KeyError(name)
    return found


def _write_parts(db: Connection, record: str, values: Sequence[Any], numbers: dict[str, int]) -> None:
    """Memberships of donors, sources of events and packages: those of the written records, anew."""
    if record == "donor":
        rows = [
            {"donor_id": numbers[one.code], "group": held.group, "since": held.since, "until": held.until}
            for one in values
            for held in one.memberships
        ]
        _write_anew(db, core(tables.Membership), "donor_id", numbers.values(), rows)
    elif record in ("event", "package"):
        table = core(tables.EventSource if record == "event" else tables.PackageSource)
        column, name = f"{record}_id", KINDS[record].name
        keys = {key for one in values for key in one.sources}
        sources = _there(db, core(tables.Source), "key", sorted(keys))
        rows = [
            {column: numbers[getattr(one, name)], "source_id": sources[key][0]} for one in values for key in one.sources
        ]
        _write_anew(db, table, column, numbers.values(), rows)


def _write_anew(db: Connection, table: Any, column: str, owners: Iterable[int], rows: list[dict[str, Any]]) -> None:
    held = sorted(owners)
    for start in range(0, len(held), AT_ONCE):
        db.execute(delete(table).where(table.c[column].in_(held[start : start + AT_ONCE])))
    insert_many(db, table, rows)


def _resting(db: Connection, record: str, values: Sequence[Any], known: list[int]) -> set[int]:
    """The pledges whose search words, groups, place in the tree or confidence follow from these records."""
    if not known:
        return set()
    party, source = core(tables.Party).c, core(tables.PledgeSource).c
    questions = []
    for start in range(0, len(known), AT_ONCE):
        some = known[start : start + AT_ONCE]
        if record == "donor":
            questions.append(select(_PLEDGE.c.id).where(_PLEDGE.c.lead_id.in_(some)))
            questions.append(select(party.pledge_id).where(party.donor_id.in_(some)))
        elif record == "event":
            questions.append(select(_PLEDGE.c.id).where(_PLEDGE.c.event_id.in_(some)))
        elif record == "source":
            questions.append(select(source.pledge_id).where(source.source_id.in_(some)))
    if record == "system":
        codes = _PLEDGE.c.system_code
        below = or_(*(or_(codes == one.code, codes.startswith(f"{one.code}.", autoescape=True)) for one in values))
        questions.append(select(_PLEDGE.c.id).where(below))
    return {number for question in questions for number in db.execute(question).scalars()}


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


def _package_row(package: Package) -> dict[str, Any]:
    total, value = package.total, package.value
    return {
        "key": package.key,
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


def _mapping_row(mapping: Mapping) -> dict[str, Any]:
    return dict(vars(mapping))


KINDS = {
    "donor": Kind(tables.Donor, "code", Donor, _donor_row),
    "system": Kind(tables.System, "code", System, _system_row),
    "source": Kind(tables.Source, "key", Source, _source_row),
    "event": Kind(tables.Event, "slug", Event, _event_row),
    "package": Kind(tables.Package, "key", Package, _package_row),
    "mapping": Kind(tables.Mapping, "key", Mapping, _mapping_row),
}
_json: dict[type[Any], TypeAdapter[Any]] = {kind.value: TypeAdapter(kind.value) for kind in KINDS.values()}
