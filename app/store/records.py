"""One pledge with everything in it, as it is or as it was at a version."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, select

from app.domain.milestone import Status, standing
from app.domain.money import Value
from app.domain.pledge import LinkKind, Pledge, State
from app.store.columns import core
from app.store.saving import euros
from app.store.tables import Change, Link, Package, Revision, Snapshot, Source
from app.store.tables import Pledge as PledgeTable

_PLEDGE = core(PledgeTable)
_read = TypeAdapter(Pledge)


@dataclass(frozen=True)
class Told:
    """An entry of the history."""

    version: int
    operation: str
    at: datetime
    author: str
    comment: str
    change: int


@dataclass(frozen=True)
class Record:
    """`pledge` as it was at `version`; `names` are those of what it then referred to. `state` is that of the record
    now, `pledge.state` that of the version."""

    id: int
    version: int
    latest: int  # the version it has now
    pledge: Pledge
    names: dict[str, Any]
    value: Value
    status: Status
    at: datetime
    state: State


def find(db: Connection, number: int, version: int | None = None) -> Record | None:
    """None when there is no such pledge, or never was such a version. Drafts and deleted records are found too."""
    columns = (_PLEDGE.c.version, _PLEDGE.c.state)
    row = db.execute(select(*columns).where(_PLEDGE.c.id == number)).one_or_none()
    if row is None:
        return None
    revision, change, snapshot = core(Revision), core(Change), core(Snapshot)
    kept = db.execute(
        select(snapshot.c.body, revision.c.version, change.c.at)
        .join_from(revision, snapshot, snapshot.c.revision_id == revision.c.id)
        .join(change, change.c.id == revision.c.change_id)
        .where(revision.c.record == "pledge", revision.c.record_id == number)
        .where(revision.c.version == (row.version if version is None else version))
    ).one_or_none()
    if kept is None:
        return None
    body = json.loads(kept.body)
    pledge = _read.validate_python(body["pledge"])
    return Record(
        id=number,
        version=kept.version,
        latest=row.version,
        pledge=pledge,
        names=body["names"],
        value=euros(pledge),
        status=pledge.status_pin or standing(list(pledge.milestones), pledge.quantity).status,
        at=kept.at,
        state=row.state,
    )


def state(db: Connection, number: int) -> State | None:
    """None where there is no such pledge."""
    return db.execute(select(_PLEDGE.c.state).where(_PLEDGE.c.id == number)).scalar_one_or_none()


def history(
    db: Connection,
    number: int,
    *,
    drafts: bool = False,
    before: int | None = None,
    after: int | None = None,
    most: int = 50,
) -> list[Told]:
    """What happened to it, newest first; what was written as a draft is for editors. `before`: below that version,
    `after`: from there on upwards."""
    revision, change = core(Revision), core(Change)
    question = (
        select(revision.c.version, revision.c.operation, change.c.at, change.c.author, change.c.comment, change.c.id)
        .join_from(revision, change, change.c.id == revision.c.change_id)
        .where(revision.c.record == "pledge", revision.c.record_id == number)
        .order_by(revision.c.version.desc() if after is None else revision.c.version.asc())
    )
    if not drafts:
        question = question.where(revision.c.operation != "draft")
    if before is not None:
        question = question.where(revision.c.version < before)
    if after is not None:
        question = question.where(revision.c.version > after)
    return [Told(*row) for row in db.execute(question.limit(most))]


def versions(db: Connection, number: int, wanted: set[int]) -> dict[int, Pledge]:
    """The pledge as it was at these versions."""
    revision, snapshot = core(Revision), core(Snapshot)
    question = (
        select(revision.c.version, snapshot.c.body)
        .join_from(revision, snapshot, snapshot.c.revision_id == revision.c.id)
        .where(revision.c.record == "pledge", revision.c.record_id == number, revision.c.version.in_(wanted))
    )
    return {row.version: _read.validate_python(json.loads(row.body)["pledge"]) for row in db.execute(question)}


def sources(db: Connection, keys: set[str]) -> dict[str, Row[Any]]:
    source = core(Source)
    return {row.key: row for row in db.execute(select(source).where(source.c.key.in_(keys)))}


def package(db: Connection, key: str) -> Row[Any] | None:
    table = core(Package)
    return db.execute(select(table).where(table.c.key == key)).one_or_none()


def links_to(db: Connection, number: int) -> list[tuple[LinkKind, int]]:
    """The links that come in from other pledges: their kind, and the other."""
    link = core(Link).c
    found = db.execute(select(link.kind, link.pledge_id).where(link.to_id == number).order_by(link.id))
    return [(row[0], row[1]) for row in found]


def titles(db: Connection, keys: set[str]) -> dict[str, tuple[int, str]]:
    """Number and title of the pledges of these keys."""
    question = select(_PLEDGE.c.key, _PLEDGE.c.id, _PLEDGE.c.title).where(_PLEDGE.c.key.in_(keys))
    return {row.key: (row.id, row.title) for row in db.execute(question)}
