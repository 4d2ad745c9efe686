"""Imports: from the upload to the end, with the rows of each file."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from app.domain.import_run import ImportState, Outcome
from app.store.columns import core
from app.store.history import now
from app.store.ids import next_ids
from app.store.tables import Change, ImportFile, ImportRow, ImportRun

SILENT = timedelta(seconds=30)  # work that gives no sign of life for so long has ended
AT_ONCE = 500
_RUN, _FILE, _ROW, _CHANGE = core(ImportRun), core(ImportFile), core(ImportRow), core(Change)


class Elsewhere(Exception):
    """The reading is not in the state that this needs: somebody else was faster."""


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it came. `release` is that of its dataset, as whoever imports says it. The last four become known when
    it is read."""

    name: str
    digest: str
    body: bytes
    importer: str = ""
    release: str = ""
    author: str = ""
    account: int | None = None
    dataset: str = ""
    until: date | None = None
    known: str = ""
    summary: str = ""

    @property
    def told(self) -> str:
        return comment(self)


def comment(upload: Any) -> str:
    """What the history says of the import of a file."""
    release = upload.release and f"release {upload.release}"
    return " · ".join(one for one in (upload.dataset, release, upload.name) if one)


def add(db: Connection, upload: Upload, *, keep: bool = True) -> int:
    """A new import; returns its number. `keep`: the file, so that it can be read later."""
    number = next_ids(db, _RUN, 1)[0]
    blank = {"sentence": "", "told": upload.summary, "doer": "", "done": 0, "whole": 0, "counter": 0}
    blank |= {"added": 0, "changed": 0}
    row = {
        "id": number,
        "name": upload.name,
        "digest": upload.digest,
        "size": len(upload.body),
        "importer": upload.importer,
        "dataset": upload.dataset,
        "release": upload.release,
        "until": upload.until,
        "known": upload.known,
        "state": ImportState.WAITING,
        "author": upload.author,
        "account_id": upload.account,
        "made_at": now(),
        "beat_at": now(),
        "set_aside": False,
    }
    db.execute(insert(_RUN), blank | row)
    if keep:
        db.execute(insert(_FILE), {"run_id": number, "body": upload.body})
    return number


def find(db: Connection, number: int) -> Row[Any] | None:
    return db.execute(select(_RUN).where(_RUN.c.id == number)).one_or_none()


def last_compared(db: Connection) -> Row[Any] | None:
    """The newest reading that was compared with the records."""
    compared = select(_RUN).where(_RUN.c.told != "").order_by(_RUN.c.id.desc()).limit(1)
    return db.execute(compared).one_or_none()


def latest(db: Connection, *, before: int | None = None, most: int = 50) -> list[Any]:
    """Newest first, one more than a page tells that there are more."""
    columns: list[Any] = [column for column in _RUN.c if column.name != "told"]
    question = select(*columns).order_by(_RUN.c.id.desc()).limit(most + 1)
    return list(db.execute(question if before is None else question.where(_RUN.c.id < before)).all())


def content(db: Connection, number: int) -> bytes | None:
    return db.execute(select(_FILE.c.body).where(_FILE.c.run_id == number)).scalar_one_or_none()


def move(db: Connection, number: int, states: Iterable[ImportState], to: ImportState, **values: Any) -> None:
    """Takes a reading from one of these states to another. Raises Elsewhere."""
    this = (_RUN.c.id == number) & _RUN.c.state.in_(list(states))
    if db.execute(update(_RUN).where(this).values(state=to, beat_at=now(), **values)).rowcount != 1:
        raise Elsewhere


def put(db: Connection, number: int, **values: Any) -> None:
    db.execute(update(_RUN).where(_RUN.c.id == number).values(**values))


def same_before(db: Connection, digest: str, known: str) -> int | None:
    """The reading by which the records last took a dataset from this very file, with the same names; None where its
    dataset has been read from another file since, or that reading was taken back."""
    taken_back = select(_CHANGE.c.reverts_id).where(_CHANGE.c.reverts_id.is_not(None))
    applied = (
        select(_RUN.c.id, _RUN.c.digest, _RUN.c.known, _RUN.c.dataset)
        .where(_RUN.c.state == ImportState.APPLIED, _RUN.c.dataset != "")
        .where(_RUN.c.change_id.is_(None) | _RUN.c.change_id.not_in(taken_back))
        .order_by(_RUN.c.id.desc())
    )
    one = db.execute(applied.where(_RUN.c.digest == digest).limit(1)).one_or_none()
    if one is None or one.known != known:
        return None
    last = db.execute(applied.where(_RUN.c.dataset == one.dataset).limit(1)).one()
    return one.id if last.id == one.id else None


def stage(db: Connection, number: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Puts the rows of a reading in place of those that stood there."""
    db.execute(delete(_ROW).where(_ROW.c.run_id == number))
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        ids = next_ids(db, _ROW, len(some))
        db.execute(
            insert(_ROW), [dict(row) | {"id": one, "run_id": number} for one, row in zip(ids, some, strict=True)]
        )


def rows(
    db: Connection, number: int, outcome: Outcome, *, record: str = "", after: int = 0, most: int = 50
) -> list[Row[Any]]:
    """Those of one outcome in the order of the file; one more than a page tells that there are more."""
    question = select(_ROW).where(_ROW.c.run_id == number, _ROW.c.outcome == outcome, _ROW.c.id > after)
    if record:
        question = question.where(_ROW.c.record == record)
    return list(db.execute(question.order_by(_ROW.c.id).limit(most + 1)))


def every(db: Connection, number: int) -> list[Row[Any]]:
    """All that is written or remembered."""
    kept = _ROW.c.body.is_not(None) | _ROW.c.line.is_not(None) | (_ROW.c.outcome == Outcome.GONE)
    return list(db.execute(select(_ROW).where(_ROW.c.run_id == number, kept).order_by(_ROW.c.id)))


def forget(db: Connection, number: int) -> None:
    """The file and what it would have written: they have done their work. What was refused or kept can still be read,
    and why."""
    db.execute(delete(_FILE).where(_FILE.c.run_id == number))
    mine = _ROW.c.run_id == number
    db.execute(delete(_ROW).where(mine, _ROW.c.outcome.in_([Outcome.ADDED, Outcome.CHANGED, Outcome.UNCHANGED])))
    db.execute(update(_ROW).where(mine).values(body=None, line=None))


def ended(run: Any) -> bool:
    """Whether the work on it has stopped without a word."""
    return run.state.working and (run.beat_at is None or now() - run.beat_at.replace(tzinfo=now().tzinfo) > SILENT)


def waiting(db: Connection) -> int:
    """How many are being worked on."""
    working = _RUN.c.state.in_([state for state in ImportState if state.working])
    alive = _RUN.c.beat_at > now() - SILENT
    return db.execute(select(func.count()).select_from(_RUN).where(working, alive)).scalar_one()


def told(run: Any) -> dict[str, Any]:
    """What the reading found: counts, sums, names without a meaning."""
    found: dict[str, Any] = json.loads(run.told) if run.told else {}
    return found
