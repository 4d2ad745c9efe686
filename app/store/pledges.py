"""Questions asked of the pledges: a page of a list, counts, all of a filter row by row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, or_, select

from app.domain.filter import PledgeFilter, Sort
from app.domain.milestone import Status
from app.store.columns import core
from app.store.matching import FOLDED, PLEDGE, Scope, conditions, counts_as_items, scope
from app.store.reference import Reference
from app.store.tables import Donor

LISTED = (
    "id",
    "key",
    "lead_id",
    "title",
    "system_id",
    "role",
    "unit",
    "quantity_qualifier",
    "quantity_low",
    "quantity_point",
    "quantity_high",
    "quantity_words",
    "amount_qualifier",
    "amount_low",
    "amount_point",
    "amount_high",
    "amount_words",
    "amount_currency",
    "amount_basis",
    "value_low",
    "value_point",
    "value_high",
    "value_set_by",
    "announced_earliest",
    "announced_latest",
    "announced_words",
    "expected_latest",
    "counting",
    "disputed",
    "confidence",
    "dataset",
    "sources",
    "package_id",
)


AT_ONCE = 500  # rows of a download
TODAY = scope(PledgeFilter())


@dataclass(frozen=True)
class Size:
    """How many pledges match; how many of them give a number, and how many are in sums of items."""

    count: int
    numbered: int
    counted: int


@dataclass(frozen=True)
class Found:
    """One page of a list. `before` and `after` are the ids to go on from; None at either end."""

    rows: list[Row[Any]]
    size: Size
    first: int | None  # the place of the first row, where it is known
    before: int | None
    after: int | None


def find(db: Connection, wanted: PledgeFilter, reference: Reference, size: Size | None = None) -> Found:
    """The page that was asked for. A page after the last one has no rows. `size` where it is known already."""
    over = scope(wanted)
    matching = and_(*conditions(wanted, reference, db.dialect.name).values())
    key, falling = _key(wanted.sort, over), wanted.falling
    backwards = wanted.before is not None
    question = _joined(_listed(over), wanted.sort).where(matching)
    onward = backwards or wanted.after is not None
    if onward:
        question = question.where(_beyond(db, key, wanted, over, backwards=backwards))
    elif wanted.page > 1:
        question = question.offset((wanted.page - 1) * wanted.per)
    order = _order(key, falling, turned=backwards)
    rows = list(db.execute(question.order_by(*order).limit(wanted.per + 1)))
    more = len(rows) > wanted.per
    rows = rows[: wanted.per]
    if backwards:
        rows.reverse()
    return Found(
        rows=rows,
        size=size or _size(db, matching, over),
        first=(wanted.page - 1) * wanted.per + 1 if rows and not onward else None,
        before=rows[0].id if rows and (more if backwards else onward or wanted.page > 1) else None,
        after=rows[-1].id if rows and (backwards or more) else None,
    )


def _size(db: Connection, matching: ColumnElement[bool], over: Scope) -> Size:
    numbered = func.coalesce(PLEDGE.c.quantity_low, PLEDGE.c.quantity_point, PLEDGE.c.quantity_high)
    counted = func.sum(case((counts_as_items(over), 1), else_=0))
    told = select(func.count(), func.count(numbered), counted).select_from(over.tables).where(matching)
    count, numbers, counts = db.execute(told).one()
    return Size(count, numbers, counts or 0)


def count(db: Connection, wanted: PledgeFilter, reference: Reference) -> int:
    matching = and_(*conditions(wanted, reference, db.dialect.name).values())
    return db.execute(select(func.count()).select_from(scope(wanted).tables).where(matching)).scalar_one()


def matching_ids(db: Connection, wanted: PledgeFilter, reference: Reference) -> Select[tuple[int]]:
    """The question for the ids of a filter, to stand inside another one."""
    matching = and_(*conditions(wanted, reference, db.dialect.name).values())
    return select(PLEDGE.c.id).select_from(scope(wanted).tables).where(matching)


def some(db: Connection, wanted: PledgeFilter, reference: Reference, most: int) -> list[Row[Any]]:
    """The first of a filter in its order."""
    over = scope(wanted)
    matching = and_(*conditions(wanted, reference, db.dialect.name).values())
    order = _order(_key(wanted.sort, over), wanted.falling, turned=False)
    return list(db.execute(_joined(_listed(over), wanted.sort).where(matching).order_by(*order).limit(most)))


def newest(db: Connection, wanted: PledgeFilter, reference: Reference, most: int) -> list[Row[Any]]:
    """The pledges announced last, those without a date left out."""
    over = scope(wanted)
    matching = and_(*conditions(wanted, reference, db.dialect.name).values(), PLEDGE.c.announced_latest.is_not(None))
    order = _order(_key(Sort.ANNOUNCED, over), falling=True, turned=False)
    return list(db.execute(_listed(over).where(matching).order_by(*order).limit(most)))


def of(db: Connection, ids: set[int]) -> list[Row[Any]]:
    """The named pledges, in the order of their numbers."""
    return list(db.execute(_listed(TODAY).where(PLEDGE.c.id.in_(ids), PLEDGE.c.visible).order_by(PLEDGE.c.id)))


def every(
    db: Connection, wanted: PledgeFilter, reference: Reference, columns: list[ColumnElement[Any]]
) -> Iterator[Sequence[Row[Any]]]:
    """All rows of a filter in its order, some hundred at a time: the caller writes them out as they come."""
    question = ordered(wanted, reference, db.dialect.name, select(*columns).select_from(scope(wanted).tables))
    yield from db.execute(question.execution_options(yield_per=AT_ONCE)).partitions()


def ordered(
    wanted: PledgeFilter, reference: Reference, dialect: str, question: Select[*tuple[Any, ...]]
) -> Select[*tuple[Any, ...]]:
    """The question for the pledges of a filter, in its order; it reads the tables of its scope."""
    over = scope(wanted)
    matching = and_(*conditions(wanted, reference, dialect).values())
    order = _order(_key(wanted.sort, over), wanted.falling, turned=False)
    return _joined(question, wanted.sort).where(matching).order_by(*order)


def listed(over: Scope) -> list[ColumnElement[Any]]:
    return [PLEDGE.c[name] for name in LISTED] + [over.column(name) for name in FOLDED]


def _listed(over: Scope) -> Select[*tuple[Any, ...]]:
    return select(*listed(over)).select_from(over.tables)


def _joined(question: Select[*tuple[Any, ...]], sort: Sort) -> Select[*tuple[Any, ...]]:
    donor = core(Donor)
    return question.join(donor, donor.c.id == PLEDGE.c.lead_id) if sort is Sort.DONOR else question


def _key(sort: Sort, over: Scope) -> ColumnElement[Any]:
    """What a sort compares. Numbers by their point, else by the end that is known."""
    match sort:
        case Sort.ANNOUNCED:
            return PLEDGE.c.announced_latest
        case Sort.DONOR:
            return core(Donor).c.name
        case Sort.TITLE:
            return PLEDGE.c.title_folded
        case Sort.SYSTEM:
            return func.nullif(PLEDGE.c.system_code, "")
        case Sort.QUANTITY:
            return func.coalesce(PLEDGE.c.quantity_point, PLEDGE.c.quantity_high, PLEDGE.c.quantity_low)
        case Sort.AMOUNT:
            return func.coalesce(PLEDGE.c.amount_point, PLEDGE.c.amount_high, PLEDGE.c.amount_low)
        case Sort.VALUE:
            return func.coalesce(PLEDGE.c.value_point, PLEDGE.c.value_high, PLEDGE.c.value_low)
        case Sort.DELIVERED:
            return func.coalesce(*(over.column(f"delivered_{end}") for end in ("point", "low")))
        case Sort.STATUS:
            ranks = {str(status): rank for rank, status in enumerate(Status)}
            return case(ranks, value=over.column("status"), else_=None)
        case Sort.SOURCES:
            return PLEDGE.c.sources
        case Sort.UPDATED:
            return PLEDGE.c.updated_at


def _order(key: ColumnElement[Any], falling: bool, *, turned: bool) -> list[ColumnElement[Any]]:
    """Unknown last, and read from the end (`turned`) first. Always ends in the id."""
    down = falling != turned
    ordered = key.desc() if down else key.asc()
    return [
        ordered.nulls_first() if turned else ordered.nulls_last(),
        PLEDGE.c.id.desc() if down else PLEDGE.c.id.asc(),
    ]


def _beyond(
    db: Connection, key: ColumnElement[Any], wanted: PledgeFilter, over: Scope, *, backwards: bool
) -> ColumnElement[bool]:
    """The rows on the far side of the one that was named, in the order of the list. Rows whose key is unknown stand
    at the end of the list, whichever way it is sorted."""
    start = wanted.before if backwards else wanted.after
    row = db.execute(
        _joined(select(key).select_from(over.tables), wanted.sort).where(PLEDGE.c.id == start)
    ).one_or_none()
    value = row[0] if row else None
    down = wanted.falling != backwards
    next_to = PLEDGE.c.id < start if down else PLEDGE.c.id > start
    if value is None:
        same = and_(key.is_(None), next_to)
        return or_(key.is_not(None), same) if backwards else same
    further = or_(key < value if down else key > value, and_(key == value, next_to))
    return further if backwards else or_(further, key.is_(None))


def undated(db: Connection, wanted: PledgeFilter, reference: Reference) -> int:
    """How many pledges `as_of` leaves out because they have no date."""
    if wanted.as_of is None:
        return 0
    always = replace(wanted, as_of=None)
    matching = and_(*conditions(always, reference, db.dialect.name).values(), PLEDGE.c.announced_latest.is_(None))
    return db.execute(select(func.count()).select_from(PLEDGE).where(matching)).scalar_one()
