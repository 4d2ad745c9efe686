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
from app.store.many import insert_many
from app.store.tables import Change, DatasetState, Revision, Snapshot

COVERED = ("previous", "id", "record", "record_id", "key", "operation", "version", "content")
NAMING = ("donor", "system", "event")  # what the reference holds whole
_state = core(DatasetState)


@dataclass(frozen=True, kw_only=True)
class Act:
    """Who changes something, why, and by which way: seed, demo, browser, api, import or suggestion."""

    author: str
    comment: str = ""
    origin: str = "browser"
    account: int | None = None
    reverts: int | None = None  # the change that this one takes back


@dataclass(frozen=True)
class Effect:
    """What a change did to one record; `body` is the snapshot, as JSON."""

    record: str
    record_id: int
    key: str
    operation: str
    version: int
    body: bytes


def record(db: Connection, act: Act, effects: Iterable[Effect]) -> int | None:
    """Writes the act with its revisions and snapshots and moves the count of committed changes; returns the number of
    the change, None where nothing was changed. The state is locked last of all rows, and before any number is taken:
    the order of the numbers is the order of the chain."""
    told = list(effects)
    if not told:
        return None
    state = _locked_state(db)
    change = _begun(db, act)
    ids = next_ids(db, core(Revision), len(told))
    head = state.head
    revisions, snapshots = [], []
    for number, effect in zip(ids, told, strict=True):
        salt = secrets.token_hex(16)
        row = {
            "id": number,
            "change_id": change["id"],
            "record": effect.record,
            "record_id": effect.record_id,
            "key": effect.key,
            "operation": effect.operation,
            "version": effect.version,
            "salt": salt,
            "content": content_digest(salt, effect.body),
            "previous": head,
        }
        head = digest(change, row)
        revisions.append(row | {"digest": head})
        snapshots.append({"revision_id": number, "body": effect.body})
    insert_many(db, core(Revision), revisions)
    insert_many(db, core(Snapshot), snapshots)
    # What an import of a dataset covers is told beside the names.
    named = act.origin == "import" or act.reverts is not None or any(effect.record in NAMING for effect in told)
    values = {"head": head, "counter": state.counter + 1, "names": state.names + named, "changed_at": now()}
    db.execute(update(_state).values(values))
    return change["id"]


def _begun(db: Connection, act: Act) -> dict[str, Any]:
    row = {
        "id": next_ids(db, core(Change), 1)[0],
        "at": now(),
        "author": act.author,
        "comment": act.comment,
        "origin": act.origin,
        "account_id": act.account,
        "reverts_id": act.reverts,
    }
    db.execute(insert(core(Change)), row)
    return row


def content_digest(salt: str, body: bytes) -> str:
    """Salted, so that what a purge has erased cannot be guessed from it."""
    return hashlib.sha256(salt.encode() + body).hexdigest()


def digest(act: Mapping[str, Any], revision: Mapping[str, Any]) -> str:
    """Covers the act (who, when, why), the revision, and by `previous` all that was before."""
    who = [act["id"], act["at"].strftime("%Y-%m-%dT%H:%M:%S"), act["author"], act["comment"], act["origin"]]
    if act["account_id"] is not None or act["reverts_id"] is not None:  # the others are as they always were
        who += [act["account_id"], act["reverts_id"]]
    told = json.dumps([*who, *(revision[name] for name in COVERED)], ensure_ascii=True)
    return hashlib.sha256(told.encode()).hexdigest()


def now() -> datetime:
    """The time in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def _locked_state(db: Connection) -> Any:
    found = db.execute(select(_state).with_for_update()).one_or_none()
    if found is None:
        db.execute(insert(_state), {"id": 1, "counter": 0, "names": 0, "epoch": secrets.token_hex(8), "head": ""})
        found = db.execute(select(_state)).one()
    return found
