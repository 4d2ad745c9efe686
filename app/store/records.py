"""One pledge with everything in it, as it is or as it was at a version."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, select

from app.domain.milestone import Status
from app.domain.money import Rate, Value
from app.domain.pledge import Pledge
from app.store.columns import core
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


@dataclass(frozen=True)
class Record:
    """`pledge` as it was at `version`; `names` are those of what it then referred to."""

    id: int
    version: int
    latest: int  # the version it has now
    pledge: Pledge
    names: dict[str, Any]
    value: Value
    status: Status
    at: datetime


def find(db: Connection, number: int, version: int | None = None) -> Record | None:
    """None when there is no such pledge, or never was such a version."""
    row = db.execute(select(_PLEDGE).where(_PLEDGE.c.id == number, _PLEDGE.c.visible)).one_or_none()
    if row is None:
        return None
    revision, change, snapshot = core(Revision), core(Change), core(Snapshot)
    kept = db.execute(
        select(snapshot.c.body, revision.c.version, change.c.at)
        .join_from(revision, snapshot, snapshot.c.revision_id == revision.c.id)
        .join(change, change.c.id == revision.c.change_id)
        .where(revision.c.record == "pledge", revision.c.record_id == number)
        .where(revision.c.version == (version or row.version))
    ).one_or_none()
    if kept is None:
        return None
    body = json.loads(kept.body)
    return Record(
        id=number,
        version=kept.version,
        latest=row.version,
        pledge=_read.validate_python(body["pledge"]),
        names=body["names"],
        value=_value(row),
        status=row.status,
        at=kept.at,
    )


def history(db: Connection, number: int) -> list[Told]:
    """What happened to it, newest first."""
    revision, change = core(Revision), core(Change)
    question = (
        select(revision.c.version, revision.c.operation, change.c.at, change.c.author, change.c.comment)
        .join_from(revision, change, change.c.id == revision.c.change_id)
        .where(revision.c.record == "pledge", revision.c.record_id == number)
        .order_by(revision.c.version.desc())
    )
    return [Told(*row) for row in db.execute(question)]


def sources(db: Connection, keys: set[str]) -> dict[str, Row[Any]]:
    source = core(Source)
    return {row.key: row for row in db.execute(select(source).where(source.c.key.in_(keys)))}


def package(db: Connection, key: str) -> Row[Any] | None:
    table = core(Package)
    return db.execute(select(table).where(table.c.key == key)).one_or_none()


def links(db: Connection, number: int) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Kind of link and the other pledge: those that go out of it, and those that come in."""
    link = core(Link).c
    out = db.execute(select(link.kind, link.to_id).where(link.pledge_id == number).order_by(link.id))
    back = db.execute(select(link.kind, link.pledge_id).where(link.to_id == number).order_by(link.id))
    return [(row[0], row[1]) for row in out], [(row[0], row[1]) for row in back]


def _value(row: Any) -> Value:

    rate = None
    if row.value_rate is not None:
        rate = Rate(currency=row.amount_currency, day=row.value_rate_day, per_euro=row.value_rate)
    return Value(
        low=row.value_low,
        point=row.value_point,
        high=row.value_high,
        **({"set_by": row.value_set_by} if row.value_set_by else {}),
        rate=rate,
    )
