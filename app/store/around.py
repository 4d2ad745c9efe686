"""What stands around a pledge: the largest number of its kind, its parts and wholes, records that look the same."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from app.domain.lint import DAYS_APART, Around, Kin, Whole, alike
from app.domain.pledge import LinkKind, Pledge
from app.domain.quantity import UNDISCLOSED
from app.domain.system import family
from app.store import rows, saving
from app.store.columns import core
from app.store.matching import below
from app.store.reference import Reference
from app.store.tables import Link, PledgeSource, Source
from app.store.tables import Pledge as PledgeTable

INTO_A_WHOLE = (LinkKind.PART_OF, LinkKind.DRAWN_FROM)
MOST = 5  # records that look the same
_PLEDGE, _LINK = core(PledgeTable), core(Link)


def of(db: Connection, reference: Reference, number: int | None, pledge: Pledge, today: date) -> Around:
    """`number` is that of the record, None for one that is not written yet."""
    largest, records = _largest(db, reference, number, pledge)
    return Around(
        today=today,
        largest=largest,
        records=records,
        parts=tuple(_kin(pledge, row) for row in _parts(db, number)) if number else (),
        wholes=tuple(_wholes(db, number, pledge)),
        doubles=tuple(Kin(other.key, other.title) for other in doubles(db, reference, number, pledge).values()),
    )


def doubles(db: Connection, reference: Reference, number: int | None, pledge: Pledge) -> dict[int, Pledge]:
    """Records that may tell of the same pledge, by their numbers: alike, or resting on one source."""
    system = reference.system_ids.get(pledge.system or "")
    same = [
        _PLEDGE.c.visible,
        _PLEDGE.c.lead_id == reference.donor_ids.get(pledge.lead),
        _PLEDGE.c.unit == pledge.unit,
        _PLEDGE.c.system_id.is_(None) if system is None else _PLEDGE.c.system_id == system,
        *([_PLEDGE.c.id != number] if number else []),
    ]
    found: dict[int, Pledge] = {}
    day = pledge.announced.latest
    if day is not None:
        apart = timedelta(days=DAYS_APART)
        near = _PLEDGE.c.announced_latest.between(day - apart, day + apart)
        found |= {n: other for n, other in _pledges(db, [*same, near]).items() if alike(pledge, other)}
    keys = {claim.source for claim in pledge.claims}
    if keys and system is not None:
        linked = {link.to for link in pledge.links}
        for n, other in _pledges(db, [*same, _PLEDGE.c.id.in_(_resting_on(keys))]).items():
            if other.key not in linked and not (pledge.package and other.package == pledge.package):
                found[n] = other
    return dict(list(found.items())[:MOST])


def _pledges(db: Connection, given: Iterable[ColumnElement[bool]]) -> dict[int, Pledge]:
    ids = list(db.execute(select(_PLEDGE.c.id).where(*given).order_by(_PLEDGE.c.id).limit(50)).scalars())
    return {number: pledge for number, (pledge, _) in saving.current(db, ids).items()}


def _resting_on(keys: set[str]) -> Any:
    held, source = core(PledgeSource), core(Source)
    return (
        select(held.c.pledge_id).join(source, source.c.id == held.c.source_id).where(source.c.key.in_(keys)).limit(200)
    )


def _largest(db: Connection, reference: Reference, number: int | None, pledge: Pledge) -> tuple[Any, int]:
    """Among the records of one family, role and unit."""
    system = reference.system(pledge.system) if pledge.system else None
    if system is None:
        return None, 0
    told = func.coalesce(_PLEDGE.c.quantity_point, _PLEDGE.c.quantity_high, _PLEDGE.c.quantity_low)
    given = [
        _PLEDGE.c.visible,
        below(family(system.code)),
        _PLEDGE.c.role == pledge.role,
        _PLEDGE.c.unit == pledge.unit,
    ]
    if number:
        given.append(_PLEDGE.c.id != number)
    row = db.execute(select(func.max(told), func.count(told)).where(*given)).one()
    return row[0], row[1]


def _parts(db: Connection, number: int) -> list[Any]:
    """The rows of the pledges that are part of this one or drawn from it."""
    this = (_LINK.c.to_id == number) & _LINK.c.kind.in_(INTO_A_WHOLE) & _PLEDGE.c.visible
    question = select(_PLEDGE, _LINK.c.kind).join_from(_LINK, _PLEDGE, _PLEDGE.c.id == _LINK.c.pledge_id).where(this)
    return list(db.execute(question.order_by(_PLEDGE.c.id)))


def _wholes(db: Connection, number: int | None, pledge: Pledge) -> Iterable[Whole]:
    keys = {link.to for link in pledge.links if link.kind in INTO_A_WHOLE}
    if not keys:
        return
    for row in db.execute(select(_PLEDGE).where(_PLEDGE.c.key.in_(keys), _PLEDGE.c.visible).order_by(_PLEDGE.c.id)):
        others = tuple(_kin(pledge, part) for part in _parts(db, row.id) if part.id != number)
        yield Whole(_kin(pledge, row), others)


def _kin(pledge: Pledge, row: Any) -> Kin:
    same = (row.role, row.unit) == (pledge.role, pledge.unit)
    return Kin(row.key, row.title, rows.quantity_in(row) if same else UNDISCLOSED, rows.amount_in(row))
