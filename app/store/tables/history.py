"""What happened: one act, its effect on each record, the record as it then was. Only ever added to."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary
from sqlmodel import Field, SQLModel

from app.store.columns import IDENTITY, identity, ordered, refers_to, text


class DatasetState(SQLModel, table=True):
    """One row, locked last in every write."""

    __tablename__ = "dataset_state"
    id: int = Field(default=1, primary_key=True)
    counter: int = 0  # committed changes
    names: int = Field(default=0, nullable=False)  # of them, those that touched what pledges refer to
    epoch: str = text()  # new after a restore
    head: str = text()  # digest of the latest revision
    changed_at: datetime | None = None


class Change(SQLModel, table=True):
    """One act of one author; `at` in UTC."""

    id: int | None = identity()
    at: datetime = Field(index=True)
    author: str = text()
    comment: str = text()
    origin: str = text()  # where it came from: seed, browser, api, import, suggestion
    # Numbers without a foreign key: what was done stands, whatever becomes of that which it names.
    account_id: int | None = Field(default=None, index=True, sa_type=IDENTITY)
    reverts_id: int | None = Field(default=None, index=True, sa_type=IDENTITY)  # the change that this one takes back


class Revision(SQLModel, table=True):
    """What a change did to one record. The digest covers the salted digest of the snapshot and the one before."""

    __table_args__ = (Index("ix_revision_record", "record", "record_id", "version", unique=True),)
    id: int | None = identity()
    change_id: int = refers_to("change.id")
    record: str = ordered()  # the table: pledge, donor, system, event, package, source
    record_id: int
    key: str = ordered()
    operation: str = text()  # create, update, delete, restore, publish, draft
    version: int
    salt: str = text()
    content: str = text()  # digest of salt and snapshot
    previous: str = text()
    digest: str = text()


class Snapshot(SQLModel, table=True):
    """The record as it then was, as JSON; apart from the revision so that a purge can erase it."""

    revision_id: int = Field(foreign_key="revision.id", primary_key=True)
    body: bytes = Field(sa_type=LargeBinary)


class Patrol(SQLModel, table=True):
    """Who has looked at a change. It stands apart, since a change is never written again."""

    change_id: int = Field(foreign_key="change.id", primary_key=True, sa_type=BigInteger)
    account_id: int = refers_to("account.id")
    at: datetime
