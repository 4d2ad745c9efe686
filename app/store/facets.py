"""How many pledges each value of each facet would leave. The counts of a facet ignore that facet."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, and_, func, select, type_coerce

from app.domain.filter import Facet, PledgeFilter, YesNo
from app.domain.system import path
from app.store.matching import GROUP, PLEDGE, PORTION, Scope, conditions, scope
from app.store.reference import Reference

Counts = dict[Facet, dict[str, int]]

# What one reading of the pledges tells; donors and groups stand in tables of their own.
READ = (Facet.SYSTEM, Facet.AID, Facet.STATUS, Facet.YEAR, Facet.EVENT, Facet.ROLE, Facet.QUALIFIER)
READ += (Facet.COUNTING, Facet.CONFIDENCE, Facet.SOURCE)
APART = (Facet.DONOR, Facet.GROUP)
COUNTED = (*READ, *APART, Facet.MONTH)


def count(db: Connection, wanted: PledgeFilter, reference: Reference) -> Counts:
    """One question for each facet in use, one for donors and one for groups, and one for all the others."""
    given = conditions(wanted, reference, db.dialect.name)
    over = scope(wanted)
    in_use = [facet for facet in COUNTED if facet in given]
    found: Counts = {}
    for facet in COUNTED:
        if facet in in_use or facet in APART:
            found |= _counted(db, _without(given, facet), over, (facet,), reference)
    others = tuple(facet for facet in READ if facet not in in_use)
    found |= _counted(db, and_(*given.values()), over, others, reference)
    if wanted.values(Facet.YEAR) and Facet.MONTH not in in_use:
        found |= _counted(db, and_(*given.values()), over, (Facet.MONTH,), reference)
    return found


def _without(given: Mapping[str, ColumnElement[bool]], facet: Facet) -> ColumnElement[bool]:
    """All conditions but that of the facet. Donors stand in their own table, which is then joined."""
    return and_(*(condition for name, condition in given.items() if name != facet))


def _counted(
    db: Connection, matching: ColumnElement[bool], over: Scope, facets: tuple[Facet, ...], reference: Reference
) -> Counts:
    if facets == (Facet.DONOR,):
        joined = over.tables.join(PORTION, PORTION.c.pledge_id == PLEDGE.c.id)
        return {Facet.DONOR: _named(db, PORTION.c.donor_id, joined, matching, Facet.DONOR, reference)}
    if facets == (Facet.GROUP,):
        joined = over.tables.join(GROUP, GROUP.c.pledge_id == PLEDGE.c.id)
        return {Facet.GROUP: _named(db, type_coerce(GROUP.c.group, String), joined, matching, Facet.GROUP, reference)}
    if len(facets) == 1:
        column = _column(facets[0], over)
        return {facets[0]: _named(db, column, over.tables, matching, facets[0], reference)}
    columns = [_column(facet, over) for facet in facets]
    rows = db.execute(select(*columns).select_from(over.tables).where(matching)).all()
    tallies = [Counter(values) for values in zip(*rows, strict=True)] if rows else [Counter() for _ in facets]
    return {facet: _by_value(tally, facet, reference) for facet, tally in zip(facets, tallies, strict=True)}


def _named(
    db: Connection, column: ColumnElement[Any], tables: Any, matching: Any, facet: Facet, reference: Reference
) -> dict[str, int]:
    question = select(column, func.count()).select_from(tables).where(matching).group_by(column)
    return _by_value(Counter({row[0]: row[1] for row in db.execute(question)}), facet, reference)


def _column(facet: Facet, over: Scope) -> ColumnElement[Any]:
    """As plain text or number: half of the time would go into making codes of them."""
    match facet:
        case Facet.SYSTEM:
            return PLEDGE.c.system_id
        case Facet.EVENT:
            return PLEDGE.c.event_id
        case Facet.YEAR:
            return PLEDGE.c.year
        case Facet.MONTH:
            return PLEDGE.c.year * 100 + PLEDGE.c.month
        case Facet.SOURCE:
            return PLEDGE.c.sources > 0
        case Facet.QUALIFIER:
            return type_coerce(PLEDGE.c.quantity_qualifier, String)
        case _:
            return type_coerce(over.column(facet), String)


def _by_value(tally: Mapping[Any, int], facet: Facet, reference: Reference) -> dict[str, int]:
    """From what the tables hold to what an address says. A system counts for all nodes above it."""
    found: Counter[str] = Counter()
    for held, number in tally.items():
        if held is None:
            continue
        match facet:
            case Facet.DONOR:
                found[reference.donors[held].code] += number
            case Facet.SYSTEM:
                for code in path(reference.systems[held].code):
                    found[reference.systems[reference.system_codes[code]].slug] += number
            case Facet.EVENT:
                found[reference.events[held].slug] += number
            case Facet.MONTH:
                found[f"{held // 100}-{held % 100:02d}"] += number
            case Facet.SOURCE:
                found[YesNo.YES if held else YesNo.NO] += number
            case _:
                found[str(held)] += number
    return dict(found)
