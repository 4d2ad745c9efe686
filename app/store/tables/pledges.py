"""A pledge and its parts. The columns under "derived" follow from the rest and are written by the store alone."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.domain.claim import ClaimField, Confidence, Rank, Reason
from app.domain.milestone import CountBasis, DeliveryPoint, Status
from app.domain.money import AmountBasis, ValueSetBy
from app.domain.pledge import AidType, Beneficiary, Counting, LinkKind, PartyRole, ShareKind, State
from app.domain.quantity import Qualifier
from app.domain.system import Role, Unit
from app.store.columns import coded, coded_or_none, identity, may_refer_to, number, ordered, refers_to, text


class Pledge(SQLModel, table=True):
    __table_args__ = (
        Index("ix_pledge_announced", "announced_latest", "id"),
        Index("ix_pledge_system", "system_code", "id"),
        Index("ix_pledge_status", "status", "id"),
        Index("ix_pledge_expected", "expected_latest"),
    )
    id: int | None = identity()
    key: str = ordered(unique=True)
    version: int = 1
    state: State = coded(State)
    visible: bool = Field(default=True, nullable=False)  # published: the others are in no total, list or export
    lead_id: int = refers_to("donor.id")
    recipient: str = Field(default="UA", nullable=False)
    title: str = text()
    aid: AidType = coded(AidType)
    system_id: int | None = may_refer_to("system.id")
    role: Role = coded(Role)
    unit: Unit = coded(Unit)
    quantity_qualifier: Qualifier = coded(Qualifier)
    quantity_low: Decimal | None = number()
    quantity_point: Decimal | None = number()
    quantity_high: Decimal | None = number()
    quantity_words: str = text()
    amount_qualifier: Qualifier | None = coded_or_none(Qualifier)
    amount_low: Decimal | None = number()
    amount_point: Decimal | None = number()
    amount_high: Decimal | None = number()
    amount_words: str = text()
    amount_currency: str = text()
    amount_basis: AmountBasis | None = coded_or_none(AmountBasis)
    value_low: Decimal | None = number()
    value_point: Decimal | None = number()
    value_high: Decimal | None = number()
    value_set_by: ValueSetBy | None = coded_or_none(ValueSetBy)
    value_rate: Decimal | None = number()  # units of the currency for one euro
    value_rate_day: date | None = Field(default=None)
    announced_earliest: date | None = Field(default=None)
    announced_latest: date | None = Field(default=None)
    announced_words: str = text()
    expected_earliest: date | None = Field(default=None)
    expected_latest: date | None = Field(default=None)
    expected_words: str = text()
    counting: Counting = coded(Counting)
    beneficiary: Beneficiary = coded(Beneficiary)
    supplier: str = text()
    package_id: int | None = may_refer_to("package.id")
    event_id: int | None = may_refer_to("event.id")
    summary: str = text()
    note: str = text()
    dataset: str = text()
    release: str = text()
    dataset_key: str = text()
    status_pin: Status | None = coded_or_none(Status)
    status_pin_reason: str = text()
    # derived
    status: Status = coded(Status)
    confidence: Confidence = coded(Confidence)
    disputed: str = text()  # fields on which sources differ, divided by a blank
    delivered_low: Decimal | None = number()
    delivered_point: Decimal | None = number()
    delivered_high: Decimal | None = number()
    delivered_reports: int = 0  # deliveries told of; 0 is none reported
    delivered_complete: bool = False
    way_low: Decimal | None = number()  # left the donor, on its way
    way_point: Decimal | None = number()
    way_high: Decimal | None = number()
    way_reports: int = 0
    sources: int = 0
    system_code: str = ordered()  # "" where there is no system
    family_id: int | None = Field(default=None, foreign_key="system.id")
    year: int | None = None  # of the latest day announced
    month: int | None = None
    title_folded: str = ordered()
    updated_at: datetime


class Party(SQLModel, table=True):
    id: int | None = identity()
    pledge_id: int = refers_to("pledge.id")
    donor_id: int = refers_to("donor.id")
    role: PartyRole = coded(PartyRole)
    share_kind: ShareKind | None = coded_or_none(ShareKind)
    share: Decimal | None = number()
    currency: str = text()


class Milestone(SQLModel, table=True):
    id: int | None = identity()
    pledge_id: int = refers_to("pledge.id")
    source_id: int | None = may_refer_to("source.id")
    status: Status | None = coded_or_none(Status)
    basis: CountBasis | None = coded_or_none(CountBasis)
    point: DeliveryPoint | None = coded_or_none(DeliveryPoint)
    quantity_qualifier: Qualifier = coded(Qualifier)
    quantity_low: Decimal | None = number()
    quantity_point: Decimal | None = number()
    quantity_high: Decimal | None = number()
    quantity_words: str = text()
    earliest: date | None = Field(default=None)
    latest: date | None = Field(default=None)
    dates_words: str = text()
    note: str = text()


class Claim(SQLModel, table=True):
    id: int | None = identity()
    pledge_id: int = refers_to("pledge.id")
    source_id: int = refers_to("source.id")
    field: ClaimField = coded(ClaimField)
    words: str = text()
    qualifier: Qualifier | None = coded_or_none(Qualifier)  # of a quantity or, with a currency, of an amount
    low: Decimal | None = number()
    point: Decimal | None = number()
    high: Decimal | None = number()
    currency: str = text()
    basis: AmountBasis | None = coded_or_none(AmountBasis)
    code: str = text()
    earliest: date | None = Field(default=None)
    latest: date | None = Field(default=None)
    dates_words: str = text()
    quote: str = text()
    locator: str = text()
    rank: Rank = coded(Rank)
    reason: Reason | None = coded_or_none(Reason)
    note: str = text()


class Link(SQLModel, table=True):
    id: int | None = identity()
    pledge_id: int = refers_to("pledge.id")
    to_id: int = refers_to("pledge.id")
    kind: LinkKind = coded(LinkKind)
    note: str = text()
