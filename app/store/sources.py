"""Sources, and what rests on each."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from app.domain.filter import PledgeFilter
from app.domain.source import SourceKind
from app.store import pledges
from app.store.columns import core
from app.store.reference import Reference
from app.store.tables import Claim, Pledge, PledgeSource, Source

SOURCE = core(Source)


@dataclass(frozen=True)
class FoundSources:
    rows: list[Row[Any]]
    count: int


def find(
    db: Connection,
    wanted: PledgeFilter,
    reference: Reference,
    *,
    kind: SourceKind | None,
    page: int,
    per: int,
) -> FoundSources:
    """Those on which most records rest first. The words of the filter are looked for in address, title and publisher;
    the rest of it narrows to the sources of the pledges that match."""
    held, q = core(PledgeSource), wanted.q
    number = select(func.count()).where(held.c.source_id == SOURCE.c.id).scalar_subquery().label("pledges")
    given = []
    behind = replace(wanted, q="")
    if behind.narrowed:
        ids = pledges.matching_ids(db, behind, reference)
        given.append(SOURCE.c.id.in_(select(held.c.source_id).where(held.c.pledge_id.in_(ids))))
    if kind is not None:
        given.append(SOURCE.c.kind == kind)
    if q:
        columns = (SOURCE.c.url, SOURCE.c.title, SOURCE.c.publisher)
        given.append(or_(*(func.lower(column).contains(q.lower(), autoescape=True) for column in columns)))
    count = db.execute(select(func.count()).select_from(SOURCE).where(*given)).scalar_one()
    question = select(SOURCE, number).where(*given).order_by(number.desc(), SOURCE.c.id)
    return FoundSources(list(db.execute(question.limit(per).offset((page - 1) * per))), count)


def kinds(db: Connection) -> dict[SourceKind, int]:
    question = select(SOURCE.c.kind, func.count()).group_by(SOURCE.c.kind)
    return {row[0]: row[1] for row in db.execute(question)}


def one(db: Connection, number: int) -> Row[Any] | None:
    return db.execute(select(SOURCE).where(SOURCE.c.id == number)).one_or_none()


def of_address(db: Connection, url: str) -> Row[Any] | None:
    """The first that has this address."""
    question = select(SOURCE).where(SOURCE.c.url == url).order_by(SOURCE.c.id)
    return db.execute(question).first() if url else None


def claims(db: Connection, number: int, most: int = 200) -> list[Row[Any]]:
    """What it says, with the pledge it is said of."""
    claim, pledge = core(Claim), core(Pledge)
    question = (
        select(claim, pledge.c.id.label("pledge"), pledge.c.title, pledge.c.lead_id, pledge.c.unit)
        .join_from(claim, pledge, pledge.c.id == claim.c.pledge_id)
        .where(claim.c.source_id == number, pledge.c.visible)
        .order_by(pledge.c.announced_latest.desc(), claim.c.id)
    )
    return list(db.execute(question.limit(most)))


def pledges_of(db: Connection, number: int) -> set[int]:
    held = core(PledgeSource)
    return set(db.execute(select(held.c.pledge_id).where(held.c.source_id == number).limit(500)).scalars())
