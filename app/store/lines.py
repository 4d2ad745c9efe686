"""What the lines of a dataset said when they were last read, and the records that came of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.domain.import_run import ImportState
from app.store.columns import core
from app.store.many import insert_many
from app.store.names import by_keys
from app.store.tables import Change, ImportLine, ImportRun, Link, Package, Pledge, Source

_LINE, _RUN, _CHANGE = core(ImportLine), core(ImportRun), core(Change)
_PLEDGE, _PACKAGE, _SOURCE, _LINK = core(Pledge), core(Package), core(Source), core(Link)


@dataclass(frozen=True)
class Said:
    """`key` is that of the record; `body` the record as the line told it, as JSON."""

    record: str
    key: str
    activity: str
    body: bytes


def last_said(db: Connection, dataset: str, record: str) -> dict[str, Said]:
    """By key. A reading that was taken back, as an import or as a change, no longer says anything."""
    taken_back = select(_CHANGE.c.reverts_id).where(_CHANGE.c.reverts_id.is_not(None))
    question = (
        select(_LINE.c.record, _LINE.c.key, _LINE.c.activity, _LINE.c.body)
        .join_from(_LINE, _RUN, _RUN.c.id == _LINE.c.run_id)
        .where(_LINE.c.dataset == dataset, _LINE.c.record == record, _RUN.c.state == ImportState.APPLIED)
        .where(_RUN.c.change_id.is_(None) | _RUN.c.change_id.not_in(taken_back))
        .order_by(_LINE.c.run_id)
    )
    return {row.key: Said(*row) for row in db.execute(question)}


def remember(db: Connection, run: int, dataset: str, said: Sequence[Said]) -> None:
    insert_many(db, _LINE, [vars(one) | {"run_id": run, "dataset": dataset} for one in said])


def pledges_of(db: Connection, dataset: str) -> dict[str, tuple[int, str]]:
    """Key to number and name in the dataset, of every pledge that was taken from it, whatever its state."""
    question = select(_PLEDGE.c.key, _PLEDGE.c.id, _PLEDGE.c.dataset_key).where(_PLEDGE.c.dataset == dataset)
    return {row.key: (row.id, row.dataset_key) for row in db.execute(question.order_by(_PLEDGE.c.id))}


def packages_of(db: Connection, dataset: str) -> dict[str, str]:
    """Name in the dataset to key."""
    question = select(_PACKAGE.c.dataset_key, _PACKAGE.c.key).where(_PACKAGE.c.dataset == dataset)
    return {row.dataset_key: row.key for row in db.execute(question.order_by(_PACKAGE.c.id.desc()))}


def numbers_of(db: Connection, keys: Iterable[str]) -> dict[str, int]:
    """Key to number of the pledges that are there."""
    question = select(_PLEDGE.c.key, _PLEDGE.c.id)
    return {row.key: row.id for row in by_keys(db, question, _PLEDGE.c.key, set(keys))}


def links(db: Connection) -> dict[str, set[str]]:
    """Of every pledge with links, by key, the keys that they lead to."""
    other = _PLEDGE.alias()
    question = (
        select(_PLEDGE.c.key, other.c.key)
        .join_from(_LINK, _PLEDGE, _PLEDGE.c.id == _LINK.c.pledge_id)
        .join(other, other.c.id == _LINK.c.to_id)
    )
    found: dict[str, set[str]] = defaultdict(set)
    for key, to in db.execute(question):
        found[key].add(to)
    return found


def sources_at(db: Connection, urls: Iterable[str]) -> dict[str, str]:
    """Address to key of the source that was first at it."""
    question = select(_SOURCE.c.url, _SOURCE.c.key, _SOURCE.c.id)
    found = sorted(by_keys(db, question, _SOURCE.c.url, {url for url in urls if url}), key=lambda row: -row.id)
    return {row.url: row.key for row in found}
