"""Meetings, what was pledged at each, and their sources."""

from typing import Any

from sqlalchemy import Connection, Row, func, select

from app.store.columns import core
from app.store.tables import Event, EventSource, Pledge, Source

EVENT = core(Event)


def all_with_counts(db: Connection) -> list[Row[Any]]:
    """Newest first, each with the number of its pledges."""
    pledge = core(Pledge)
    number = (
        select(func.count())
        .select_from(pledge)
        .where(pledge.c.event_id == EVENT.c.id, pledge.c.visible)
        .scalar_subquery()
        .label("pledges")
    )
    return list(db.execute(select(EVENT, number).order_by(EVENT.c.latest.desc(), EVENT.c.id)))


def find(db: Connection, slug: str) -> Row[Any] | None:
    return db.execute(select(EVENT).where(EVENT.c.slug == slug)).one_or_none()


def sources(db: Connection, number: int) -> list[Row[Any]]:
    source, held = core(Source), core(EventSource)
    question = select(source).join(held, held.c.source_id == source.c.id).where(held.c.event_id == number)
    return list(db.execute(question.order_by(source.c.id)))
