"""All pledges of a filter, row by row, in the columns of the dictionary."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from app.domain.dictionary import COLUMNS
from app.domain.filter import Facet, PledgeFilter
from app.store import pledges
from app.store.columns import core
from app.store.matching import (
    PLEDGE,
    PORTION,
    SOURCE,
    Scope,
    counts_as_items,
    counts_as_money,
    scope,
)
from app.store.reference import Reference
from app.store.tables import Source
from app.store.totals import share_of

NAMES = [entry.name for entry in COLUMNS]
ENDS = ("low", "point", "high")


def rows(db: Connection, wanted: PledgeFilter, reference: Reference, base: str) -> Iterator[tuple[Any, ...]]:
    """In the order of the filter, read some hundred at a time. `base` is the address of this installation."""
    over = scope(wanted)
    taken = _taken(wanted, reference, over)
    for some in pledges.every(db, wanted, reference, list(taken.values())):
        addresses = _sources(db, [row.id for row in some])
        for row in some:
            told = dict(row._mapping) | _named(row, reference, base) | {"sources": " ".join(addresses[row.id])}
            yield tuple(told[name] for name in NAMES)


def _taken(wanted: PledgeFilter, reference: Reference, over: Scope) -> dict[str, ColumnElement[Any]]:
    """Columns as the database hands them out, under the names of the dictionary."""
    renamed = {"value_low_eur": "value_low", "value_point_eur": "value_point", "value_high_eur": "value_high"}
    renamed |= {"currency": "amount_currency", "rate": "value_rate", "rate_day": "value_rate_day"}
    found: dict[str, ColumnElement[Any]] = {}
    for name in NAMES:
        held = renamed.get(name, name)
        if held in PLEDGE.c and held != "sources":
            found[name] = over.column(held).label(name)
    for name in ("lead_id", "system_id", "family_id", "event_id", "package_id"):
        found[name] = PLEDGE.c[name]
    return found | {name: column.label(name) for name, column in _counted(wanted, reference, over).items()}


def _counted(wanted: PledgeFilter, reference: Reference, over: Scope) -> dict[str, ColumnElement[Any]]:
    """What sums add of each pledge: the shares of the donors asked for, or of all."""
    mine = [PORTION.c.pledge_id == PLEDGE.c.id]
    codes = wanted.values(Facet.DONOR)
    if codes:
        mine.append(PORTION.c.donor_id.in_([reference.donor_ids[code] for code in codes]))

    def added(
        column: ColumnElement[Any], weight: ColumnElement[Any], counts: ColumnElement[bool]
    ) -> ColumnElement[Any]:
        shares = select(func.sum(column)).where(and_(*mine, weight > 0)).scalar_subquery()
        return case((counts, shares), else_=None)

    found: dict[str, ColumnElement[Any]] = {}
    items = counts_as_items(over)
    for end in ENDS:
        pledged, arrived = PLEDGE.c[f"quantity_{end}"], over.column(f"delivered_{end}")
        if codes:
            found[f"counted_{end}"] = added(PORTION.c[end], PORTION.c.of_items, items)
            found[f"counted_delivered_{end}"] = added(share_of(arrived), PORTION.c.of_items, items)
        else:
            found[f"counted_{end}"] = case((items, pledged), else_=None)
            found[f"counted_delivered_{end}"] = case((items, arrived), else_=None)
        found[f"counted_value_{end}_eur"] = added(PORTION.c[f"value_{end}"], PORTION.c.of_money, counts_as_money(over))
    return found


def _named(row: Any, reference: Reference, base: str) -> dict[str, Any]:
    donor = reference.donors[row.lead_id]
    system = reference.systems.get(row.system_id)
    family = reference.systems.get(row.family_id)
    event = reference.events.get(row.event_id)
    return {
        "address": f"{base}/pledges/{row.id}@{row.version}",
        "donor": donor.code,
        "donor_name": donor.name,
        "system": system.slug if system else None,
        "system_name": system.name if system else None,
        "family": family.slug if family else None,
        "event": event.slug if event else None,
        "package": row.package_id,
    }


def _sources(db: Connection, ids: list[int]) -> dict[int, list[str]]:
    source, found = core(Source), defaultdict(list)
    question = (
        select(SOURCE.c.pledge_id, source.c.url)
        .join_from(SOURCE, source, source.c.id == SOURCE.c.source_id)
        .where(SOURCE.c.pledge_id.in_(ids), source.c.url != "")
        .order_by(SOURCE.c.pledge_id, source.c.id)
    )
    for number, url in db.execute(question):
        found[number].append(url)
    return found
