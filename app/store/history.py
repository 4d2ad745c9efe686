"""One act, its effect on each record, the record as it then was: written with the records, in one transaction."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from app.store.columns import core
from app.store.ids import next_ids
from app.store.tables import Change, DatasetState, Revision, Snapshot

COVERED = ("previous", "id", "record", "record_id", "key", "operation", "version", "content")
_state = core(DatasetState)


@dataclass(frozen=True)
class Effect:
    """What a change did to one record; `body` is the snapshot, as JSON."""

    record: str
    record_id: int
    key: str
    operation: str
    version: int
    body: bytes


def begin(db: Connection, *, author: str, comment: str, origin: str) -> int:
    """The id of a new change, the act under which effects are then recorded."""
    number = next_ids(db, core(Change), 1)[0]
    row = {"id": number, "at": now(), "author": author, "comment": comment, "origin": origin}
    db.execute(insert(core(Change)), row)
    return number


def record(db: Connection, change: int, effects: Iterable[Effect]) -> None:
    """Adds the revisions and snapshots, and moves the count of committed changes. The state is locked last."""
    told = list(effects)
    ids = next_ids(db, core(Revision), len(told))
    act = db.execute(select(core(Change)).where(core(Change).c.id == change)).one()
    state = _locked_state(db)
    head = state.head
    revisions, snapshots = [], []
    for number, effect in zip(ids, told, strict=True):
        salt = secrets.token_hex(16)
        row = {
            "id": number,
            "change_id": change,
            "record": effect.record,
            "record_id": effect.record_id,
            "key": effect.key,
            "operation": effect.operation,
            "version": effect.version,
            "salt": salt,
            "content": content_digest(salt, effect.body),
            "previous": head,
        }
        head = digest(act, row)
        revisions.append(row | {"digest": head})
        snapshots.append({"revision_id": number, "body": effect.body})
    if told:
        db.execute(insert(core(Revision)), revisions)
        db.execute(insert(core(Snapshot)), snapshots)
    db.execute(update(_state).values(head=head, counter=_state.c.counter + 1, changed_at=now()))


def content_digest(salt: str, body: bytes) -> str:
    """Salted, so that what a purge has erased cannot be guessed from it."""
    return hashlib.sha256(salt.encode() + body).hexdigest()


def digest(act: Any, revision: Mapping[str, Any]) -> str:
    """Covers the act (who, when, why), the revision, and by `previous` all that was before."""
    who = [act.id, act.at.strftime("%Y-%m-%dT%H:%M:%S"), act.author, act.comment, act.origin]
    told = json.dumps([*who, *(revision[name] for name in COVERED)], ensure_ascii=True)
    return hashlib.sha256(told.encode()).hexdigest()


def now() -> datetime:
    """The time in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def _locked_state(db: Connection) -> Any:
    found = db.execute(select(_state).with_for_update()).one_or_none()
    if found is None:
        db.execute(insert(_state), {"id": 1, "counter": 0, "epoch": secrets.token_hex(8), "head": ""})
        found = db.execute(select(_state)).one()
    return found
