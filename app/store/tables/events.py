"""Meetings and packages, each with its sources."""

from datetime import date
from decimal import Decimal

from sqlmodel import Field, SQLModel

from app.domain.event import EventKind
from app.domain.money import ValueSetBy
from app.domain.quantity import Qualifier
from app.store.columns import coded, coded_or_none, identity, may_refer_to, number, ordered, refers_to, text


class Event(SQLModel, table=True):
    id: int | None = identity()
    slug: str = ordered(unique=True)
    title: str = text()
    kind: EventKind = coded(EventKind)
    earliest: date | None = Field(default=None)
    latest: date | None = Field(default=None, index=True)
    dates_words: str = text()
    place: str = text()
    called_by: str = text()
    chaired_by: str = text()
    account: str = text()
    version: int = 1


class EventSource(SQLModel, table=True):
    __tablename__ = "event_source"
    event_id: int = Field(foreign_key="event.id", primary_key=True)
    source_id: int = Field(foreign_key="source.id", primary_key=True, index=True)


class Package(SQLModel, table=True):
    id: int | None = identity()
    key: str = ordered(unique=True)
    donor_id: int = refers_to("donor.id")
    event_id: int | None = may_refer_to("event.id")
    title: str = text()
    announced_earliest: date | None = Field(default=None)
    announced_latest: date | None = Field(default=None, index=True)
    announced_words: str = text()
    total_qualifier: Qualifier | None = coded_or_none(Qualifier)
    total_low: Decimal | None = number()
    total_point: Decimal | None = number()
    total_high: Decimal | None = number()
    total_currency: str = text()
    total_words: str = text()
    value_low: Decimal | None = number()
    value_point: Decimal | None = number()
    value_high: Decimal | None = number()
    value_set_by: ValueSetBy | None = coded_or_none(ValueSetBy)
    note: str = text()
    dataset: str = text()
    release: str = text()
    dataset_key: str = text()
    version: int = 1


class PackageSource(SQLModel, table=True):
    __tablename__ = "package_source"
    package_id: int = Field(foreign_key="package.id", primary_key=True)
    source_id: int = Field(foreign_key="source.id", primary_key=True, index=True)
