"""What was done by whom: changes with their effects, newest first, and who has looked at them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, exists, func, insert, select, tuple_, union_all

from app.domain.pledge import Pledge
from app.store import saving
from app.store.columns import core
from app.store.history import now
from app.store.tables import Account, Change, Patrol, Revision, Snapshot

PER = 50
FEW = 3  # effects that are told one by one in a list
_CHANGE, _REVISION, _PATROL, _ACCOUNT = core(Change), core(Revision), core(Patrol), core(Account)


@dataclass(frozen=True)
class Wanted:
    """Which changes; `before` is the number of one to go on below, `after` that of one to go on above, from there on
    upwards."""

    account: int | None = None
    author: str = ""
    record: str = ""
    origin: str = ""
    looked: str = ""  # yes, no
    since: datetime | None = None
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Done:
    """A change; `effects` are the first few of `count`."""

    id: int
    at: datetime
    author: str
    account: int | None
    comment: str
    origin: str
    reverts: int | None
    count: int
    looked_by: str
    effects: list[Row[Any]] = field(default_factory=list)


def find(db: Connection, wanted: Wanted, most: int = PER) -> list[Done]:
    """One more than a page tells that there are more."""
    given = []
    if wanted.account is not None:
        given.append(_CHANGE.c.account_id == wanted.account)
    if wanted.author:
        given.append(_CHANGE.c.author == wanted.author)
    if wanted.origin:
        given.append(_CHANGE.c.origin == wanted.origin)
    if wanted.since is not None:
        given.append(_CHANGE.c.at >= wanted.since)
    if wanted.before is not None:
        given.append(_CHANGE.c.id < wanted.before)
    if wanted.after is not None:
        given.append(_CHANGE.c.id > wanted.after)
    if wanted.record:
        given.append(exists().where(_REVISION.c.change_id == _CHANGE.c.id, _REVISION.c.record == wanted.record))
    if wanted.looked:
        given.append(_PATROL.c.at.is_not(None) if wanted.looked == "yes" else _PATROL.c.at.is_(None))
    order = _CHANGE.c.id.desc() if wanted.after is None else _CHANGE.c.id.asc()
    rows = list(db.execute(_told().where(*given).order_by(order).limit(most)))
    effects = _effects(db, [row.id for row in rows])
    return [_done(row, effects.get(row.id, [])) for row in rows]


def one(db: Connection, number: int) -> Done | None:
    row = db.execute(_told().where(_CHANGE.c.id == number)).one_or_none()
    return None if row is None else _done(row, _effects(db, [number]).get(number, []))


def effects(db: Connection, number: int, after: int = 0, most: int = 200) -> list[Row[Any]]:
    """What a change did, record by record; `after` is the number of a revision to go on from."""
    question = select(_REVISION).where(_REVISION.c.change_id == number, _REVISION.c.id > after)
    return list(db.execute(question.order_by(_REVISION.c.id).limit(most)))


def origins(db: Connection) -> list[str]:
    return list(db.execute(select(_CHANGE.c.origin).distinct().order_by(_CHANGE.c.origin)).scalars())


def bodies(db: Connection, wanted: set[tuple[int, int]]) -> dict[tuple[int, int], Pledge]:
    """The pledges of these numbers as they were at these versions."""
    snapshot, found = core(Snapshot), {}
    pairs = sorted(wanted)
    for start in range(0, len(pairs), 200):
        some = pairs[start : start + 200]
        question = (
            select(_REVISION.c.record_id, _REVISION.c.version, snapshot.c.body)
            .join_from(_REVISION, snapshot, snapshot.c.revision_id == _REVISION.c.id)
            .where(_REVISION.c.record == "pledge", tuple_(_REVISION.c.record_id, _REVISION.c.version).in_(some))
        )
        for row in db.execute(question):
            found[row.record_id, row.version] = saving.read(row.body)
    return found


def of_pledges(db: Connection, ids: Select[tuple[int]], before: int | None, most: int) -> list[Any]:
    """What was done to these pledges, newest first, with the act that did it; drafts are left out. `before`: below the
    revision of that number."""
    question = (
        select(_REVISION, _CHANGE.c.at, _CHANGE.c.author, _CHANGE.c.comment)
        .join_from(_REVISION, _CHANGE, _CHANGE.c.id == _REVISION.c.change_id)
        .where(_REVISION.c.record == "pledge", _REVISION.c.operation != "draft", _REVISION.c.record_id.in_(ids))
    )
    if before is not None:
        question = question.where(_REVISION.c.id < before)
    return list(db.execute(question.order_by(_REVISION.c.id.desc()).limit(most)))


def look_at(db: Connection, number: int, account: int) -> None:
    """Marks a change as looked at; a mark that is there stays."""
    if not db.execute(select(_PATROL.c.change_id).where(_PATROL.c.change_id == number)).first():
        db.execute(insert(_PATROL).values(change_id=number, account_id=account, at=now()))


def look_away(db: Connection, number: int) -> None:
    db.execute(delete(_PATROL).where(_PATROL.c.change_id == number))


def _told() -> Any:
    count = select(func.count()).where(_REVISION.c.change_id == _CHANGE.c.id).scalar_subquery()
    return (
        select(_CHANGE, count.label("count"), _ACCOUNT.c.name.label("looked_by"))
        .select_from(_CHANGE)
        .join(_PATROL, _PATROL.c.change_id == _CHANGE.c.id, isouter=True)
        .join(_ACCOUNT, _ACCOUNT.c.id == _PATROL.c.account_id, isouter=True)
    )


def _effects(db: Connection, numbers: list[int]) -> dict[int, list[Row[Any]]]:
    """The first few effects of each."""
    if not numbers:
        return {}
    # One short walk of the index each, in one question: an import may have touched a hundred thousand records.
    walks = [
        select(select(_REVISION).where(_REVISION.c.change_id == number).order_by(_REVISION.c.id).limit(FEW).subquery())
        for number in numbers
    ]
    found: dict[int, list[Row[Any]]] = {}
    for row in db.execute(union_all(*walks)):
        found.setdefault(row.change_id, []).append(row)
    return {number: sorted(rows, key=lambda one: one.id) for number, rows in found.items()}


def _done(row: Any, first: list[Row[Any]]) -> Done:
    return Done(
        id=row.id,
        at=row.at,
        author=row.author,
        account=row.account_id,
        comment=row.comment,
        origin=row.origin,
        reverts=row.reverts_id,
        count=row.count,
        looked_by=row.looked_by or "",
        effects=first,
    )
