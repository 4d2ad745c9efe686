"""Pages of plain rows for programs: pledges, their claims, milestones and links, and what they refer to.

All go by number from one row to the next, so that a page costs the same wherever it stands; nothing is counted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, and_, exists, or_, select

from app.domain.filter import PledgeFilter
from app.store import pledges
from app.store.columns import core
from app.store.matching import FOLDED, PLEDGE, conditions, scope
from app.store.pledges import Size
from app.store.reference import Reference
from app.store.tables import (
    Claim,
    Event,
    EventSource,
    Link,
    Milestone,
    Package,
    PackageSource,
    PledgeSource,
    Source,
)
from app.store.tables import Pledge as PledgeTable

CLAIM, MILESTONE, LINK = core(Claim), core(Milestone), core(Link)
SOURCE, EVENT, PACKAGE = core(Source), core(Event), core(Package)
TO = core(PledgeTable).alias("linked")
UNCOUNTED = Size(0, 0, 0)


@dataclass(frozen=True)
class Place:
    """Where in a list: behind one number or in front of another, and how many."""

    after: int | None = None
    before: int | None = None
    per: int = 50


@dataclass(frozen=True)
class Page:
    """`before` and `after` are the numbers to go on from; None at either end."""

    rows: list[Any]
    before: int | None
    after: int | None


def of_pledges(db: Connection, wanted: PledgeFilter, reference: Reference) -> Page:
    """Whole rows, each with the key of its package; with `as_of` as they stood on the day."""
    found = pledges.find(db, wanted, reference, UNCOUNTED)
    whole = rows_of(db, [row.id for row in found.rows])
    rows = [{**whole[row.id], **{name: getattr(row, name) for name in FOLDED}} for row in found.rows]
    return Page(rows, found.before, found.after)


def rows_of(db: Connection, numbers: list[int]) -> dict[int, Mapping[str, Any]]:
    """The whole rows of pledges, each with the key of its package."""
    question = (
        select(PLEDGE, PACKAGE.c.key.label("package_key"))
        .join_from(PLEDGE, PACKAGE, PACKAGE.c.id == PLEDGE.c.package_id, isouter=True)
        .where(PLEDGE.c.id.in_(numbers))
    )
    return {row.id: row._mapping for row in db.execute(question)} if numbers else {}


def of_claims(db: Connection, wanted: PledgeFilter, reference: Reference, place: Place) -> Page:
    tables = CLAIM.join(PLEDGE, PLEDGE.c.id == CLAIM.c.pledge_id).join(SOURCE, SOURCE.c.id == CLAIM.c.source_id)
    question = select(CLAIM, PLEDGE.c.key.label("pledge_key"), SOURCE.c.key.label("source_key"))
    return _of_parts(db, wanted, reference, place, question, tables, CLAIM.c.id)


def of_milestones(db: Connection, wanted: PledgeFilter, reference: Reference, place: Place) -> Page:
    """With `as_of` those of that day and before."""
    joined = MILESTONE.join(PLEDGE, PLEDGE.c.id == MILESTONE.c.pledge_id)
    tables = joined.join(SOURCE, SOURCE.c.id == MILESTONE.c.source_id, isouter=True)
    question = select(MILESTONE, PLEDGE.c.key.label("pledge_key"), SOURCE.c.key.label("source_key"))
    if wanted.as_of is not None:
        question = question.where(MILESTONE.c.latest <= wanted.as_of)
    return _of_parts(db, wanted, reference, place, question, tables, MILESTONE.c.id)


def of_links(db: Connection, wanted: PledgeFilter, reference: Reference, place: Place) -> Page:
    """Those that go out from the pledges of a filter. One to a record that is not published is left out."""
    joined = LINK.join(PLEDGE, PLEDGE.c.id == LINK.c.pledge_id)
    tables = joined.join(TO, and_(TO.c.id == LINK.c.to_id, TO.c.visible))
    question = select(LINK, PLEDGE.c.key.label("pledge_key"), TO.c.key.label("to_key"))
    return _of_parts(db, wanted, reference, place, question, tables, LINK.c.id)


def _of_parts(
    db: Connection,
    wanted: PledgeFilter,
    reference: Reference,
    place: Place,
    question: Select[*tuple[Any, ...]],
    tables: FromClause,
    number: ColumnElement[Any],
) -> Page:
    """Parts of the pledges of a filter. The filter is a question of its own, which the database may answer first."""
    narrowed = replace(wanted, after=None, before=None).narrowed
    behind = pledges.matching_ids(db, wanted, reference)
    given = PLEDGE.c.id.in_(behind) if narrowed else PLEDGE.c.visible
    return page(db, question.select_from(tables).where(given), number, place)


def of_sources(
    db: Connection, wanted: PledgeFilter, reference: Reference, place: Place, given: Iterable[ColumnElement[bool]]
) -> Page:
    """Those of the pledges of a filter, whose words are looked for in the source itself."""
    question = select(SOURCE).where(*given)
    if wanted.q:
        columns = (SOURCE.c.url, SOURCE.c.title, SOURCE.c.publisher)
        question = question.where(or_(*(column.icontains(wanted.q, autoescape=True) for column in columns)))
    behind = replace(wanted, q="")
    if behind.narrowed:
        held = core(PledgeSource).c
        ids = select(held.source_id).where(held.pledge_id.in_(pledges.matching_ids(db, behind, reference)))
        question = question.where(SOURCE.c.id.in_(ids))
    return page(db, question, SOURCE.c.id, place)


def of_packages(db: Connection, wanted: PledgeFilter, reference: Reference, place: Place) -> Page:
    """Those of the pledges of a filter."""
    question = select(PACKAGE)
    if wanted.narrowed:
        question = question.where(_with_a_pledge(db, wanted, reference, PLEDGE.c.package_id, PACKAGE.c.id))
    found = page(db, question, PACKAGE.c.id, place)
    return replace(found, rows=_with_sources(db, found.rows, core(PackageSource), "package_id"))


def of_events(db: Connection, wanted: PledgeFilter, reference: Reference, place: Place) -> Page:
    """Those of the pledges of a filter; with `as_of` alone, those of that day and before."""
    question, behind = select(EVENT), replace(wanted, as_of=None)
    if wanted.as_of is not None:
        question = question.where(EVENT.c.latest <= wanted.as_of)
    if behind.narrowed:
        question = question.where(_with_a_pledge(db, wanted, reference, PLEDGE.c.event_id, EVENT.c.id))
    found = page(db, question, EVENT.c.id, place)
    return replace(found, rows=_with_sources(db, found.rows, core(EventSource), "event_id"))


def _with_a_pledge(
    db: Connection, wanted: PledgeFilter, reference: Reference, mine: ColumnElement[Any], its: ColumnElement[Any]
) -> ColumnElement[bool]:
    given = conditions(wanted, reference, db.dialect.name).values()
    return exists(select(PLEDGE.c.id).select_from(scope(wanted).tables).where(mine == its, *given).correlate(its.table))


def _with_sources(db: Connection, rows: list[Row[Any]], held: Any, column: str) -> list[dict[str, Any]]:
    """The rows, each with the keys of its sources."""
    question = (
        select(held.c[column], SOURCE.c.key)
        .join_from(held, SOURCE, SOURCE.c.id == held.c.source_id)
        .where(held.c[column].in_([row.id for row in rows]))
        .order_by(SOURCE.c.id)
    )
    keys = defaultdict(list)
    for number, key in db.execute(question) if rows else ():
        keys[number].append(key)
    return [{**row._mapping, "source_keys": keys[row.id]} for row in rows]


def page(db: Connection, question: Select[*tuple[Any, ...]], number: ColumnElement[Any], place: Place) -> Page:
    """One page of a list in the order of a number."""
    backwards = place.before is not None
    start = place.before if backwards else place.after
    if start is not None:
        question = question.where(number < start if backwards else number > start)
    ordered = question.order_by(number.desc() if backwards else number.asc()).limit(place.per + 1)
    return cut(list(db.execute(ordered)), place)


def cut(rows: list[Any], place: Place, number: str = "id") -> Page:
    """The page of rows that were read from its start on, or back from its end, and one more where there is one."""
    backwards = place.before is not None
    more, rows = len(rows) > place.per, rows[: place.per]
    if backwards:
        rows.reverse()
    return Page(
        rows,
        before=getattr(rows[0], number) if rows and (more if backwards else place.after is not None) else None,
        after=getattr(rows[-1], number) if rows and (backwards or more) else None,
    )
