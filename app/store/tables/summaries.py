"""What follows from pledges and is kept so that lists, facets and totals need not work it out again.
The store writes it in the transaction of the pledge; no rule is written a second time in SQL."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.domain.donor import DonorGroup
from app.domain.milestone import Status
from app.domain.quantity import Qualifier
from app.store.columns import ORDERED, coded, coded_or_none, number


class Portion(SQLModel, table=True):
    """What of a pledge falls to one of its donors: a row for each donor that `donor=` matches."""

    __table_args__ = (Index("ix_portion_donor", "donor_id", "pledge_id"),)
    pledge_id: int = Field(foreign_key="pledge.id", primary_key=True)
    donor_id: int = Field(foreign_key="donor.id", primary_key=True)
    of_items: int  # millionths of the items
    of_money: int  # millionths of the money
    low: Decimal | None = number()
    point: Decimal | None = number()
    high: Decimal | None = number()
    qualifier: Qualifier | None = coded_or_none(Qualifier)
    value_low: Decimal | None = number()  # euros that count: the rest, for an envelope
    value_point: Decimal | None = number()
    value_high: Decimal | None = number()


class Standing(SQLModel, table=True):
    """How a pledge stood from one day until before another: what `as_of` reads."""

    __table_args__ = (Index("ix_standing_days", "pledge_id", "since", "until"),)
    pledge_id: int = Field(foreign_key="pledge.id", primary_key=True)
    since: date = Field(primary_key=True)
    until: date | None = Field(default=None)  # the day on which the next one begins
    status: Status = coded(Status)
    delivered_low: Decimal | None = number()
    delivered_point: Decimal | None = number()
    delivered_high: Decimal | None = number()
    delivered_reports: int = 0
    delivered_complete: bool = False
    way_low: Decimal | None = number()
    way_point: Decimal | None = number()
    way_high: Decimal | None = number()
    way_reports: int = 0


class PledgeGroup(SQLModel, table=True):
    """The groups that a donor of the pledge was a member of on the day announced."""

    __tablename__ = "pledge_group"
    __table_args__ = (Index("ix_pledge_group", "group", "pledge_id"),)
    pledge_id: int = Field(foreign_key="pledge.id", primary_key=True)
    group: DonorGroup = Field(primary_key=True, sa_type=coded(DonorGroup).sa_type)


class PledgeSource(SQLModel, table=True):
    """The sources behind the claims that stand and behind the milestones."""

    __tablename__ = "pledge_source"
    __table_args__ = (Index("ix_pledge_source", "source_id", "pledge_id"),)
    pledge_id: int = Field(foreign_key="pledge.id", primary_key=True)
    source_id: int = Field(foreign_key="source.id", primary_key=True)


class Tally(SQLModel, table=True):
    """How many pledges have a value of a facet and, with it, a value of one other; with no facet, all of a value."""

    facet: str = Field(primary_key=True, sa_type=ORDERED)
    value: str = Field(primary_key=True, sa_type=ORDERED)
    other: str = Field(primary_key=True, sa_type=ORDERED)
    other_value: str = Field(primary_key=True, sa_type=ORDERED)
    number: int
