"""Packages: several pledges announced as one."""

from typing import Any

from sqlalchemy import Connection, Row, select

from app.domain.money import Value
from app.domain.pledge import State
from app.store.columns import core
from app.store.tables import Package, PackageSource, Pledge, Source

PACKAGE = core(Package)


def find(db: Connection, number: int) -> Row[Any] | None:
    return db.execute(select(PACKAGE).where(PACKAGE.c.id == number)).one_or_none()


def sources(db: Connection, number: int) -> list[Row[Any]]:
    source, held = core(Source), core(PackageSource)
    question = select(source).join(held, held.c.source_id == source.c.id).where(held.c.package_id == number)
    return list(db.execute(question.order_by(source.c.id)))


def drafts(db: Connection, number: int) -> list[Any]:
    """Number and title of those of its pledges that are not published yet."""
    pledge = core(Pledge).c
    question = select(pledge.id, pledge.title).where(pledge.package_id == number, pledge.state == State.DRAFT)
    return list(db.execute(question.order_by(pledge.id)))


def value(package: Any) -> Value:
    """The worth of the whole as a dataset or a source states it."""
    set_by = {"set_by": package.value_set_by} if package.value_set_by else {}
    return Value(low=package.value_low, point=package.value_point, high=package.value_high, **set_by)
