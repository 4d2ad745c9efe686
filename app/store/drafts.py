"""Records that are not published yet."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, select

from app.domain.pledge import State
from app.store.columns import core
from app.store.tables import Change, Donor, Pledge, Revision

PER = 100
_PLEDGE, _REVISION, _CHANGE, _DONOR = core(Pledge), core(Revision), core(Change), core(Donor)


@dataclass(frozen=True)
class Draft:
    """`author` saved it last."""

    id: int
    title: str
    donor: str
    author: str
    at: datetime


def find(db: Connection, before: int | None = None, most: int = PER) -> list[Draft]:
    """The newest first; `before` is the number of one to go on below."""
    last = and_(
        _REVISION.c.record == "pledge",
        _REVISION.c.record_id == _PLEDGE.c.id,
        _REVISION.c.version == _PLEDGE.c.version,
    )
    question = (
        select(_PLEDGE.c.id, _PLEDGE.c.title, _DONOR.c.name, _CHANGE.c.author, _CHANGE.c.at)
        .select_from(_PLEDGE)
        .join(_DONOR, _DONOR.c.id == _PLEDGE.c.lead_id)
        .join(_REVISION, last)
        .join(_CHANGE, _CHANGE.c.id == _REVISION.c.change_id)
        .where(_PLEDGE.c.state == State.DRAFT)
    )
    if before is not None:
        question = question.where(_PLEDGE.c.id < before)
    return [Draft(*row) for row in db.execute(question.order_by(_PLEDGE.c.id.desc()).limit(most))]
