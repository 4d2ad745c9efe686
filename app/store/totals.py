"""Sums over a filter, added up by the database: items by kind, and euros.

Where the filter names donors, or sums are asked for by donor, it is their shares that are added; else the whole."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, and_, case, cast, func, select, type_coerce

from app.domain.filter import Facet, PledgeFilter
from app.domain.quantity import MILLION, Qualifier, Sum
from app.domain.totals import Kind, Total
from app.store.columns import Millionths
from app.store.matching import (
    PLEDGE,
    PORTION,
    conditions,
    counts_as_items,
    counts_as_money,
    scope,
)
from app.store.reference import Reference

BY: dict[str, ColumnElement[Any]] = {
    "donor": PORTION.c.donor_id,
    "system": PLEDGE.c.system_id,
    "family": PLEDGE.c.family_id,
    "month": PLEDGE.c.year * 100 + PLEDGE.c.month,
    "year": PLEDGE.c.year,
}
ENDS = ("low", "point", "high")


def items(db: Connection, wanted: PledgeFilter, reference: Reference, by: str = "") -> dict[tuple[Any, Kind], Total]:
    """What counts, by kind and, where `by` says so, by donor, system, family, month or year (None: undated)."""
    over, shared = scope(wanted), by == "donor" or bool(wanted.values(Facet.DONOR))
    apart = [BY[by]] if by else []
    kind = [PLEDGE.c.family_id, PLEDGE.c.role, PLEDGE.c.unit]
    about = PLEDGE.c.quantity_qualifier == Qualifier.ABOUT
    tables, given = over.tables, [_matching(db, wanted, reference), counts_as_items(over)]
    pledged, delivered = (
        [PLEDGE.c[f"quantity_{end}"] for end in ENDS],
        [over.column(f"delivered_{end}") for end in ENDS],
    )
    if shared:
        tables = tables.join(PORTION, PORTION.c.pledge_id == PLEDGE.c.id)
        given.append(PORTION.c.of_items > 0)
        pledged, delivered = [PORTION.c[end] for end in ENDS], [share_of(column) for column in delivered]
    number = func.count(PLEDGE.c.id.distinct()) if shared else func.count()
    told = count_where(over.column("delivered_reports") > 0)
    question = (
        select(*apart, *kind, *_sum_columns(about, *pledged), *_sum_columns(about, *delivered), number, told)
        .select_from(tables)
        .where(*given)
        .group_by(*apart, *kind)
    )
    found = {}
    for row in db.execute(question):
        values = tuple(row)
        key = values[0] if by else None
        family_id, role, unit = values[len(apart) : len(apart) + 3]
        sums = values[len(apart) + 3 :]
        family = reference.systems[family_id].code if family_id else ""
        found[key, Kind(family, role, unit)] = Total(_sum(sums[:8]), _sum(sums[8:16]), sums[16], sums[17] or 0)
    return found


def euros(db: Connection, wanted: PledgeFilter, reference: Reference, by: str = "") -> dict[Any, Sum]:
    """Worth of what counts as money: pledges, funding, and what is left of envelopes."""
    over = scope(wanted)
    apart = [BY[by]] if by else []
    ends = [PORTION.c[f"value_{end}"] for end in ENDS]
    question = (
        select(*apart, *_sum_columns(PLEDGE.c.amount_qualifier == Qualifier.ABOUT, *ends))
        .select_from(over.tables.join(PORTION, PORTION.c.pledge_id == PLEDGE.c.id))
        .where(_matching(db, wanted, reference), counts_as_money(over), PORTION.c.of_money > 0)
        .group_by(*apart)
    )
    return {(row[0] if by else None): _sum(tuple(row)[len(apart) :]) for row in db.execute(question)}


def share_of(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """What of a number of the pledge falls to the donor, rounded down to a millionth as `domain.quantity.portion_of`
    does it. In two steps, so that no product leaves a BIGINT."""
    raw, weight = type_coerce(column, Integer), PORTION.c.of_items
    part = raw // MILLION
    return type_coerce(
        case((weight == MILLION, raw), else_=part * weight + (raw % MILLION) * weight // MILLION), Millionths
    )


def _matching(db: Connection, wanted: PledgeFilter, reference: Reference) -> ColumnElement[bool]:
    """The filter; and, where it names donors, only their shares."""
    given = and_(*conditions(wanted, reference, db.dialect.name).values())
    codes = wanted.values(Facet.DONOR)
    if not codes:
        return given
    return and_(given, PORTION.c.donor_id.in_([reference.donor_ids[code] for code in codes]))


def _sum_columns(about: ColumnElement[bool], *ends: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    low, point, high = ends
    return [
        func.sum(low),
        func.sum(point),
        func.sum(high),
        func.count(point),
        func.count(high),
        func.count(func.coalesce(low, point, high)),
        func.count(),
        func.max(case((about, 1), else_=0)),
    ]


def _sum(values: Any) -> Sum:
    low, point, high, known, closed, numbered, members, about = values
    return Sum(
        low=low or Sum().low,
        point=point or Sum().point,
        high=(high or Sum().low) if closed == members else None,
        known=known,
        numbered=numbered,
        members=members,
        assumed=bool(about),
    )


def count_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(cast(case((condition, 1), else_=0), Integer))
