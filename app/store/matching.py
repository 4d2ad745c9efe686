"""A reader's filter as conditions on the tables: each facet apart, so that a facet can be counted without itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, false, or_, select

from app.domain.filter import NOWHERE, Facet, Lack, PledgeFilter, YesNo
from app.domain.milestone import NOTHING_COUNTS, Status
from app.domain.totals import COUNTS_AS_ITEMS, COUNTS_AS_MONEY
from app.store import search
from app.store.columns import core
from app.store.reference import Reference
from app.store.tables import Pledge, PledgeGroup, PledgeSource, Portion, Standing

PLEDGE = core(Pledge)
STANDING = core(Standing)
PORTION = core(Portion)
GROUP = core(PledgeGroup)
SOURCE = core(PledgeSource)
CLOSED = (Status.DELIVERED, Status.CANCELLED, Status.LAPSED, Status.SUPERSEDED)  # no longer owed
FOLDED = ("status", "delivered_low", "delivered_point", "delivered_high", "delivered_reports", "delivered_complete")
FOLDED += ("way_low", "way_point", "way_high", "way_reports")


@dataclass(frozen=True)
class Scope:
    """The tables that a filter reads. With `as_of`, what milestones make of a pledge is read as of that day."""

    as_of: date | None
    today: date

    @property
    def day(self) -> date:
        return self.as_of or self.today

    @property
    def tables(self) -> FromClause:
        if self.as_of is None:
            return PLEDGE
        held = STANDING.c.pledge_id == PLEDGE.c.id
        on_day = and_(STANDING.c.since <= self.as_of, or_(STANDING.c.until.is_(None), STANDING.c.until > self.as_of))
        return PLEDGE.join(STANDING, and_(held, on_day))

    def column(self, name: str) -> ColumnElement[Any]:
        """A column of the pledge, or of how it stood on the day."""
        return (STANDING if self.as_of is not None and name in FOLDED else PLEDGE).c[name]


def scope(wanted: PledgeFilter) -> Scope:
    return Scope(wanted.as_of, date.today())


def conditions(wanted: PledgeFilter, reference: Reference, dialect: str) -> Mapping[str, ColumnElement[bool]]:
    """By the name of the parameter. All of them together are the filter."""
    over = scope(wanted)
    found: dict[str, ColumnElement[bool]] = {"visible": PLEDGE.c.visible}
    for facet in wanted.chosen:
        found[facet] = _facet(facet, wanted.values(facet), reference, over)
    announced = PLEDGE.c.announced_latest
    if wanted.since:
        found["from"] = announced >= wanted.since
    if wanted.to:
        found["to"] = announced <= wanted.to
    if wanted.as_of:
        found["as_of"] = announced <= wanted.as_of
    if wanted.q:
        hits = search.matching(wanted.q, dialect)
        found["q"] = false() if hits is None else PLEDGE.c.id.in_(hits)
    for one in wanted.unread:
        if one.parameter not in found and PledgeFilter(unread=(one,)).impossible:
            found[one.parameter] = false()
    return found


def _facet(facet: Facet, values: tuple[str, ...], reference: Reference, over: Scope) -> ColumnElement[bool]:
    match facet:
        case Facet.DONOR:
            return _among(PORTION.c.pledge_id, PORTION.c.donor_id, [reference.donor_ids[value] for value in values])
        case Facet.GROUP:
            return _among(GROUP.c.pledge_id, GROUP.c.group, values)
        case Facet.SYSTEM:
            return or_(*(below(reference.systems[reference.system_ids[value]].code) for value in values))
        case Facet.AT:
            named = PLEDGE.c.system_id.in_([reference.system_ids[value] for value in values if value != NOWHERE])
            return or_(named, PLEDGE.c.system_id.is_(None)) if NOWHERE in values else named
        case Facet.EVENT:
            return PLEDGE.c.event_id.in_([reference.event_ids[value] for value in values])
        case Facet.PACKAGE:
            return PLEDGE.c.package_id.in_([int(value) for value in values])
        case Facet.YEAR:
            return PLEDGE.c.year.in_([int(value) for value in values])
        case Facet.MONTH:
            return or_(*(and_(PLEDGE.c.year == int(v[:4]), PLEDGE.c.month == int(v[5:])) for v in values))
        case Facet.STATUS:
            return over.column("status").in_(values)
        case Facet.QUALIFIER:
            return PLEDGE.c.quantity_qualifier.in_(values)
        case Facet.SOURCE:
            return or_(*((PLEDGE.c.sources > 0) if v == YesNo.YES else (PLEDGE.c.sources == 0) for v in values))
        case Facet.LACKS:
            return or_(*(_lacks(Lack(value), over) for value in values))
        case Facet.OVERDUE:
            return overdue(over)
        case _:
            column: ColumnElement[bool] = PLEDGE.c[facet].in_(values)
            return column


def below(code: str) -> ColumnElement[bool]:
    """The node itself and all under it: the dot sorts right before the slash."""
    return or_(PLEDGE.c.system_code == code, and_(PLEDGE.c.system_code > f"{code}.", PLEDGE.c.system_code < f"{code}/"))


def overdue(over: Scope) -> ColumnElement[bool]:
    return and_(PLEDGE.c.expected_latest < over.day, over.column("status").not_in(CLOSED))


def counts_as_items(over: Scope) -> ColumnElement[bool]:
    return and_(PLEDGE.c.counting.in_(COUNTS_AS_ITEMS), over.column("status").not_in(NOTHING_COUNTS))


def counts_as_money(over: Scope) -> ColumnElement[bool]:
    return and_(PLEDGE.c.counting.in_(COUNTS_AS_MONEY), over.column("status").not_in(NOTHING_COUNTS))


def _lacks(lack: Lack, over: Scope) -> ColumnElement[bool]:
    match lack:
        case Lack.DATE:
            return PLEDGE.c.announced_latest.is_(None)
        case Lack.QUANTITY:
            return _nothing("quantity")
        case Lack.DELIVERED:
            return over.column("delivered_reports") == 0
        case Lack.VALUE:
            return _nothing("value")
        case Lack.SYSTEM:  # above the level of a family: "air defence", "MANPADS"
            return PLEDGE.c.system_code.not_like("%.%.%")


def _nothing(prefix: str) -> ColumnElement[bool]:
    return and_(*(PLEDGE.c[f"{prefix}_{end}"].is_(None) for end in ("low", "point", "high")))


def _among(ids: ColumnElement[Any], column: ColumnElement[Any], values: Any) -> ColumnElement[bool]:
    return PLEDGE.c.id.in_(select(ids).where(column.in_(values)))
