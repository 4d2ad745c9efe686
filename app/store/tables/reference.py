"""Donors and their memberships, the system tree, sources: what pledges refer to; and how far the records reach."""

from datetime import date

from sqlmodel import Field, SQLModel

from app.domain.donor import DonorGroup, DonorKind
from app.domain.source import SourceKind
from app.domain.system import Role, Unit
from app.store.columns import coded, coded_or_none, identity, ordered, refers_to, text


class Donor(SQLModel, table=True):
    id: int | None = identity()
    code: str = ordered(unique=True)
    slug: str = ordered(unique=True)
    name: str = ordered()
    name_de: str = text()
    name_uk: str = text()
    kind: DonorKind = coded(DonorKind)
    aliases: str = text()  # divided by |
    version: int = 1


class Membership(SQLModel, table=True):
    id: int | None = identity()
    donor_id: int = refers_to("donor.id")
    group: DonorGroup = coded(DonorGroup, index=True)
    since: date | None = Field(default=None)
    until: date | None = Field(default=None)


class System(SQLModel, table=True):
    id: int | None = identity()
    code: str = ordered(unique=True)  # the materialised path: each dot is one level down
    slug: str = ordered(unique=True)
    name: str = ordered()
    name_de: str = text()
    name_uk: str = text()
    aliases: str = text()  # divided by |
    range_band: str = text()
    effector: str = text()
    default_role: Role | None = coded_or_none(Role)
    default_unit: Unit | None = coded_or_none(Unit)
    maker: str = text()
    origin: str = text()
    note: str = text()
    source_url: str = text()
    version: int = 1


class Source(SQLModel, table=True):
    id: int | None = identity()
    key: str = ordered(unique=True)
    url: str = text()
    host: str = ordered(index=True)
    title: str = text()
    publisher: str = ordered(index=True)
    kind: SourceKind = coded(SourceKind, index=True)
    language: str = text()
    published_on: date | None = Field(default=None, index=True)
    archive_url: str = text()
    accessed_on: date | None = Field(default=None)
    checked: bool = False
    note: str = text()
    version: int = 1


class Coverage(SQLModel, table=True):
    """What the records cover and how far, so that nobody takes a gap for a zero."""

    id: int | None = identity()
    system_id: int = refers_to("system.id")
    until: date
    dataset: str = text()
    release: str = text()
