"""Every table of what is published, each with the question for its rows. Drafts and deleted records are in none; what
pledges refer to is there whole."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, and_, select, type_coerce

from app.domain.dictionary import COLUMNS, Entry
from app.domain.filter import PledgeFilter
from app.domain.table import Column, Table
from app.store import exports, pledges, tables
from app.store.columns import core
from app.store.matching import PLEDGE, scope
from app.store.plain import Question
from app.store.published_tables import TABLES, codes_of
from app.store.reference import Reference

Asked = tuple[Table, Question]
NO_LIMIT = 2**62
REFERS = {  # column of the table of pledges to the table whose row it names
    "donor": "donors.code",
    "system": "systems.slug",
    "family": "systems.slug",
    "event": "events.slug",
    "package_key": "packages.key",
}
_SOURCE, _PACKAGE, _EVENT = core(tables.Source), core(tables.Package), core(tables.Event)
_REVISION, _SNAPSHOT, _STATE = core(tables.Revision), core(tables.Snapshot), core(tables.DatasetState)


def pledge_table(*, beside: bool = False) -> Table:
    """The columns of the dictionary. `beside`: the tables that it names rows of lie beside it."""
    columns = tuple(_column(entry, REFERS.get(entry.name, "") if beside else "") for entry in COLUMNS)
    return Table(name="pledges", told="Pledges", key=("key",), columns=columns)


def state(db: Connection) -> Question:
    """Counter, epoch and head of the history, and when the records were last changed."""
    held = _STATE.c
    columns = [held.counter, held.epoch, held.head, type_coerce(held.changed_at, String)]
    return exports.in_words(db.dialect, select(*columns))


def table(db: Connection, wanted: PledgeFilter, reference: Reference, base: str) -> Iterator[Asked]:
    """The pledges of a filter in the columns of the dictionary."""
    yield pledge_table(), exports.asked(db, wanted, reference, base)


def records(db: Connection, wanted: PledgeFilter, reference: Reference, prefix: str = "") -> Iterator[Asked]:
    """Names and snapshots: of the pledges of a filter in its order, and before them of all that they may refer to."""
    for name, record, held, key in (
        ("sources", "source", _SOURCE, "key"),
        ("packages", "package", _PACKAGE, "key"),
        ("events", "event", _EVENT, "slug"),
    ):
        yield Table(name=prefix + name, columns=()), exports.in_words(db.dialect, _snapshots(record, held, key))
    yield Table(name=f"{prefix}records", columns=()), exports.in_words(db.dialect, _in_order(db, wanted, reference))


def everything(db: Connection, reference: Reference, base: str, prefix: str) -> Iterator[Asked]:
    """All tables, and the whole records under names that begin with `prefix`."""
    yield pledge_table(beside=True), exports.asked(db, PledgeFilter(), reference, base)
    for one in TABLES:
        columns = [exports.plain(held, column.holds).label(column.name) for column, held in one.columns]
        question = select(*columns).select_from(one.rows).where(*one.given).order_by(*one.order)
        yield one.table, exports.in_words(db.dialect, question)
    yield from records(db, PledgeFilter(), reference, prefix)


def _snapshots(record: str, held: Any, key: str) -> Select[*tuple[Any, ...]]:
    """Of each the latest."""
    joined = held.join(_REVISION, _latest(record, held)).join(_SNAPSHOT, _SNAPSHOT.c.revision_id == _REVISION.c.id)
    return select(held.c[key], _SNAPSHOT.c.body).select_from(joined).order_by(held.c.id)


def _in_order(db: Connection, wanted: PledgeFilter, reference: Reference) -> Select[*tuple[Any, ...]]:
    """Only names are sorted; each snapshot is fetched as its turn comes, so that not all of them are held at once. The
    limit keeps SQLite from taking the order for idle."""
    named = select(PLEDGE.c.key, _REVISION.c.id.label("revision"))
    named = named.select_from(scope(wanted).tables.join(_REVISION, _latest("pledge", PLEDGE)))
    names = pledges.ordered(wanted, reference, db.dialect.name, named).limit(NO_LIMIT).subquery()
    body = select(_SNAPSHOT.c.body).where(_SNAPSHOT.c.revision_id == names.c.revision).scalar_subquery()
    return select(names.c.key, body)


def _latest(record: str, held: Any) -> ColumnElement[bool]:
    return and_(_REVISION.c.record == record, _REVISION.c.record_id == held.c.id, _REVISION.c.version == held.c.version)


def _column(entry: Entry, refers_to: str) -> Column:
    return Column(
        name=entry.name,
        told=entry.told,
        holds=entry.holds,
        codes=codes_of(entry.codes),
        empty=entry.empty,
        needed=entry.empty == "never empty",
        refers_to=refers_to,
    )
