"""Whether the database still says what was written: the history is unbroken, and all that follows from the records is
what the rules give."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select, text

from app.store import history, saving, tally
from app.store.columns import core
from app.store.database import Database
from app.store.folding import words
from app.store.names import Unresolved
from app.store.tables import Change, DatasetState, Revision, Snapshot, Tally
from app.store.tables import Pledge as PledgeTable

AT_ONCE = 1_000
NOT_COMPARED = {"id", "updated_at"}
_pledge, _revision, _change = core(PledgeTable), core(Revision), core(Change)
Told = Callable[[int], None]


def differences(database: Database, told: Told = lambda checked: None) -> Iterator[str]:
    """What differs, a line each; nothing when all is well. `told` hears how many pledges were looked at."""
    if not database.is_sqlite:
        with database.reader.connect().execution_options(isolation_level="REPEATABLE READ") as db:
            yield from _differences(db, _indexed(db), told)
        return
    with database.reading() as db:
        # A writer alone may read the index, and it holds off changes until both see one state.
        with database.writer.connect() as writer:
            indexed = _indexed(writer)
            db.execute(select(core(DatasetState))).all()
            writer.rollback()
        yield from _differences(db, indexed, told)


def within(db: Connection) -> list[str]:
    """The same inside a transaction that writes."""
    return list(_differences(db, _indexed(db), lambda checked: None))


def _differences(db: Connection, indexed: dict[int, list[str]], told: Told) -> Iterator[str]:
    yield from breaks(db)
    last, counted = 0, Counter[tally.Key]()
    while rows := db.execute(_some_after(last)).all():
        yield from _unlike(db, rows, indexed)
        counted.update(tally.counted(tally.held(db, [row.id for row in rows])))
        last = rows[-1].id
        told(len(rows))
    yield from _miscounted(db, counted)
    yield from (f"The search finds a pledge {number} that is not there." for number in sorted(indexed))


def _miscounted(db: Connection, counted: Counter[tally.Key]) -> Iterator[str]:
    """Where the kept counts are not those of the pledges."""
    kept = core(Tally)
    there = {tuple(row)[:4]: row.number for row in db.execute(select(*(kept.c[name] for name in tally.COLUMNS)))}
    for key in sorted({*there, *counted}):
        if there.get(key, 0) != counted[key]:
            yield f"The count of {' '.join(filter(None, key))} is {there.get(key, 0)} and should be {counted[key]}."


def count(database: Database) -> int:
    with database.reading() as db:
        return db.execute(select(func.count()).select_from(_pledge)).scalar_one()


def breaks(db: Connection) -> Iterator[str]:
    """Where the chain of digests does not hold."""
    snapshot = core(Snapshot)
    acts = {row.id: row._mapping for row in db.execute(select(_change))}
    head = ""
    chain = (
        select(_revision, snapshot.c.body)
        .join_from(_revision, snapshot, snapshot.c.revision_id == _revision.c.id, isouter=True)
        .order_by(_revision.c.id)
    )
    for row in db.execute(chain.execution_options(yield_per=500)):
        what = f"Revision {row.id} ({row.record} {row.key}, version {row.version})"
        if row.previous != head:
            yield f"{what} does not follow the one before it."
        if row.body is None:
            yield f"{what} has lost its snapshot."
        elif history.content_digest(row.salt, row.body) != row.content:
            yield f"{what} has another snapshot than was written."
        act = acts.get(row.change_id)
        if act is None or history.digest(act, row._mapping) != row.digest:
            yield f"{what} is not what was written, or its change is not."
        head = row.digest
    state = db.execute(select(core(DatasetState))).one_or_none()
    if (state.head if state else "") != head:
        yield "The head of the history is not the latest revision."


def _indexed(db: Connection) -> dict[int, list[str]]:
    """The words of each pledge in the index of the search: in their order, or on PostgreSQL each once and sorted."""
    if db.dialect.name != "sqlite":
        question = text("SELECT pledge_id, tsvector_to_array(words) FROM pledge_search")
        return {row[0]: sorted(row[1]) for row in db.execute(question)}
    db.execute(text("DROP TABLE IF EXISTS temp.told"))
    db.execute(text("CREATE VIRTUAL TABLE temp.told USING fts5vocab('main', 'pledge_search', 'instance')"))
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for term, number, place in db.execute(text('SELECT term, doc, "offset" FROM temp.told')):
        found[number][place] = term
    return {number: [terms[place] for place in sorted(terms)] for number, terms in found.items()}


def _some_after(last: int) -> Any:
    """The next pledges, each with the snapshot of the version it is at."""
    snapshot = core(Snapshot)
    at_version = (
        (_revision.c.record == "pledge")
        & (_revision.c.record_id == _pledge.c.id)
        & (_revision.c.version == _pledge.c.version)
    )
    return (
        select(_pledge, snapshot.c.body)
        .join_from(_pledge, _revision, at_version, isouter=True)
        .join(snapshot, snapshot.c.revision_id == _revision.c.id, isouter=True)
        .where(_pledge.c.id > last)
        .order_by(_pledge.c.id)
        .limit(AT_ONCE)
    )


def _unlike(db: Connection, rows: Sequence[Row[Any]], indexed: dict[int, list[str]]) -> Iterator[str]:
    pledges, keys = {}, {row.id: row.key for row in rows}
    for row in rows:
        if row.body is None:
            yield f"Pledge {row.id} ({row.key}) has no snapshot of its version {row.version}."
        else:
            pledges[row.id] = (saving.read(row.body), row.version)
    try:
        expected = saving.worked_out(db, pledges)
        told = saving.words_of(db, {number: pledge for number, (pledge, _) in pledges.items()})
    except Unresolved as error:
        yield f"{error}"
        return
    for model, wanted in expected.items():
        table = core(model)
        column = table.c.id if table is _pledge else table.c.pledge_id
        there = db.execute(select(table).where(column.between(rows[0].id, rows[-1].id))).all()
        yield from _unlike_in(table, column.name, there, wanted, keys)
    for number, said in told.items():
        is_there, should_be = indexed.pop(number, []), words(said)
        if is_there != (should_be if db.dialect.name == "sqlite" else sorted(set(should_be))):
            yield f"The search knows other words of pledge {number} ({keys[number]}) than it has."


def _unlike_in(
    table: Any, pledge: str, there: Sequence[Row[Any]], wanted: list[dict[str, Any]], keys: dict[int, str]
) -> Iterator[str]:
    """Rows are compared as a whole, in any order: their ids differ when they were written anew."""
    columns = [name for name in table.c.keys() if name not in NOT_COMPARED or name == pledge]  # noqa: SIM118
    found, owed = defaultdict(list), defaultdict(list)
    for row in there:
        found[row._mapping[pledge]].append({name: row._mapping[name] for name in columns})
    for row in wanted:
        owed[row[pledge]].append({name: row.get(name, _default(table, name)) for name in columns})
    for number in sorted({*found, *owed} & {*keys}):
        ours, theirs = found[number], owed[number]
        if sorted(map(_sortable, ours)) != sorted(map(_sortable, theirs)):
            names = sorted(
                {n for a, b in zip(ours, theirs, strict=False) for n in columns if _told(a[n]) != _told(b[n])}
            )
            what = ", ".join(names) or f"{len(ours)} rows instead of {len(theirs)}"
            yield f"Pledge {number} ({keys[number]}): {table.name} is not what its record gives: {what}."


def _sortable(row: dict[str, Any]) -> str:
    return "|".join(f"{name}={_told(value)}" for name, value in row.items())


def _told(value: Any) -> str:
    """Alike for 1 and 1.000000, and for a code and its value."""
    if hasattr(value, "normalize"):
        return f"{value.normalize():f}"
    return str(value)


def _default(table: Any, name: str) -> Any:
    default = table.c[name].default
    return default.arg if default is not None else None
