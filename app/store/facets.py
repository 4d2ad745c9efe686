"""How many pledges each value of each facet would leave. The counts of a facet ignore that facet."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, and_, func, select, type_coerce

from app.domain.filter import Facet, PledgeFilter, YesNo
from app.domain.system import path
from app.store import tally
from app.store.matching import GROUP, PLEDGE, PORTION, Scope, conditions, counts_as_items, scope
from app.store.pledges import Size
from app.store.reference import Reference

# What one reading of the pledges tells; donors and groups stand in tables of their own.
READ = (Facet.SYSTEM, Facet.AID, Facet.STATUS, Facet.YEAR, Facet.EVENT, Facet.ROLE, Facet.QUALIFIER)
READ += (Facet.COUNTING, Facet.CONFIDENCE, Facet.SOURCE, Facet.MONTH)
APART = (Facet.DONOR, Facet.GROUP)
COUNTED = (*READ, *APART)


@dataclass
class Faceted:
    """By facet and value; and how many pledges there are with the whole of the filter."""

    size: Size
    by: dict[Facet, dict[str, int]] = field(default_factory=dict)


def count(db: Connection, wanted: PledgeFilter, reference: Reference) -> Faceted:
    """From the kept counts where at most one facet is in use. Else one question for each facet in use that they do
    not answer, one for donors, one for groups, and one for all the others."""
    given = conditions(wanted, reference, db.dialect.name)
    in_use = [facet for facet in wanted.chosen if facet in COUNTED]
    by_facets_alone = set(given) <= {"visible", *in_use}
    kept = _kept(db, wanted, reference) if by_facets_alone else {}
    if by_facets_alone and len(in_use) <= 1 and all(facet in kept for facet in in_use):
        whole = kept[in_use[0]] if in_use else tally.read(db)
        found = Faceted(_size(whole))
        found.by = {facet: _by_value(whole.get(facet, {}), facet, reference) for facet in COUNTED}
        for facet in in_use:  # counted without itself
            found.by[facet] = _by_value(tally.read(db).get(facet, {}), facet, reference)
        return found
    return _live(db, given, in_use, kept, scope(wanted), reference)


def kept(db: Connection, wanted: PledgeFilter, reference: Reference) -> dict[str, Counter[str]] | None:
    """The kept counts among the pledges of a filter without a facet or with one; None where they do not reach."""
    given = conditions(wanted, reference, db.dialect.name)
    in_use = [facet for facet in wanted.chosen if facet in COUNTED]
    if not set(given) <= {"visible", *in_use} or len(in_use) > 1:
        return None
    return _kept(db, wanted, reference).get(in_use[0]) if in_use else tally.read(db)


def _kept(db: Connection, wanted: PledgeFilter, reference: Reference) -> dict[Facet, dict[str, Counter[str]]]:
    """The kept counts under each facet in use, for those that can be asked for by value."""
    found = {}
    for facet in wanted.chosen:
        chosen = _held_values(facet, wanted.values(facet), reference)
        if chosen is not None:
            found[facet] = tally.read(db, facet, chosen)
    return found


def _held_values(facet: Facet, values: tuple[str, ...], reference: Reference) -> list[str] | None:
    """The values of an address as the counts hold them; None where several would count a pledge twice, or where
    nothing is kept."""
    if facet not in COUNTED or (facet in tally.SEVERAL and len(values) > 1):
        return None
    match facet:
        case Facet.DONOR:
            return [str(reference.donor_ids[value]) for value in values]
        case Facet.EVENT:
            return [str(reference.event_ids[value]) for value in values]
        case Facet.SYSTEM:
            tops = [reference.systems[reference.system_ids[value]].code for value in values]
            return [
                str(number)
                for number, node in reference.systems.items()
                if any(node.code == top or node.code.startswith(f"{top}.") for top in tops)
            ]
    return list(values)


def _size(kept: Mapping[str, Counter[str]]) -> Size:
    """Every pledge either gives a number or does not."""
    yes = str(YesNo.YES)
    return Size(
        kept.get(tally.NUMBERED, Counter()).total(),
        kept.get(tally.NUMBERED, Counter())[yes],
        kept.get(tally.COUNTED, Counter())[yes],
    )


def _live(
    db: Connection,
    given: Mapping[str, ColumnElement[bool]],
    in_use: list[Facet],
    kept: Mapping[Facet, Mapping[str, Counter[str]]],
    over: Scope,
    reference: Reference,
) -> Faceted:
    matching = and_(*given.values())
    numbered = func.coalesce(PLEDGE.c.quantity_low, PLEDGE.c.quantity_point, PLEDGE.c.quantity_high).is_not(None)
    others = [facet for facet in READ if facet not in in_use]
    columns = [*(_column(facet, over) for facet in others), numbered, counts_as_items(over)]
    rows = db.execute(select(*columns).select_from(over.tables).where(matching)).all()
    tallies = [Counter(values) for values in zip(*rows, strict=True)] if rows else [Counter() for _ in columns]
    *told, numbers, counts = tallies
    found = Faceted(Size(len(rows), numbers[True], counts[True]))
    for facet, one in zip(others, told, strict=True):
        found.by[facet] = _by_value(one, facet, reference)
    for facet in COUNTED:
        if facet in in_use or facet in APART:
            rest = [one for one in in_use if one is not facet]
            if facet in in_use and len(in_use) == 2 and rest[0] in kept:
                one = kept[rest[0]].get(facet, Counter())
            else:
                one = _grouped(db, facet, and_(*(c for name, c in given.items() if name != facet)), over)
            found.by[facet] = _by_value(one, facet, reference)
    return found


def _grouped(db: Connection, facet: Facet, matching: ColumnElement[bool], over: Scope) -> Mapping[Any, int]:
    tables = over.tables
    if facet is Facet.DONOR:
        tables = tables.join(PORTION, PORTION.c.pledge_id == PLEDGE.c.id)
    elif facet is Facet.GROUP:
        tables = tables.join(GROUP, GROUP.c.pledge_id == PLEDGE.c.id)
    column = _column(facet, over)
    question = select(column, func.count()).select_from(tables).where(matching).group_by(column)
    return {row[0]: row[1] for row in db.execute(question)}


def _column(facet: Facet, over: Scope) -> ColumnElement[Any]:
    """As plain text or number: half of the time would go into making codes of them."""
    match facet:
        case Facet.DONOR:
            return PORTION.c.donor_id
        case Facet.GROUP:
            return type_coerce(GROUP.c.group, String)
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


def _by_value(counts: Mapping[Any, int], facet: Facet, reference: Reference) -> dict[str, int]:
    """From what the tables hold to what an address says. A system counts for all nodes above it."""
    found: dict[str, int] = {}
    for held, number in counts.items():
        if held is None:
            continue
        for value in _names(held, facet, reference):
            found[value] = found.get(value, 0) + number
    return found


def _names(held: Any, facet: Facet, reference: Reference) -> list[str]:
    match facet:
        case Facet.DONOR:
            return [reference.donors[int(held)].code]
        case Facet.SYSTEM:
            codes = path(reference.systems[int(held)].code)
            return [reference.systems[reference.system_codes[code]].slug for code in codes]
        case Facet.EVENT:
            return [reference.events[int(held)].slug]
        case Facet.MONTH if isinstance(held, int):
            return [f"{held // 100}-{held % 100:02d}"]
        case Facet.SOURCE if not isinstance(held, str):
            return [YesNo.YES if held else YesNo.NO]
    return [str(held)]
