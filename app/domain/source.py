"""Where a figure comes from."""

from dataclasses import dataclass
from datetime import date

from app.domain.codes import N_, Code


class SourceKind(Code):
    OFFICIAL_DONOR = "official_donor", N_("official, donor")
    OFFICIAL_RECIPIENT = "official_recipient", N_("official, Ukraine")
    OFFICIAL_MULTILATERAL = "official_multilateral", N_("official, multilateral")
    PARLIAMENT = "parliament", N_("parliament")
    AUDIT_BODY = "audit_body", N_("audit body")
    COMPANY = "company", N_("company")
    WIRE = "wire", N_("news agency")
    PRESS = "press", N_("press")
    THINK_TANK = "think_tank", N_("research")
    DATASET = "dataset", N_("dataset")
    REPRINT = "reprint", N_("reprint")
    SOCIAL = "social", N_("social media")
    OTHER = "other", N_("other")

    @property
    def official(self) -> bool:
        return self in OFFICIAL


OFFICIAL = {
    SourceKind.OFFICIAL_DONOR,
    SourceKind.OFFICIAL_RECIPIENT,
    SourceKind.OFFICIAL_MULTILATERAL,
    SourceKind.PARLIAMENT,
    SourceKind.AUDIT_BODY,
}


@dataclass(frozen=True, kw_only=True)
class Source:
    key: str
    url: str = ""
    title: str = ""
    publisher: str = ""
    kind: SourceKind = SourceKind.OTHER
    language: str = ""
    published_on: date | None = None
    archive_url: str = ""
    accessed_on: date | None = None
    checked: bool = False  # whether the page itself was read for this record
    note: str = ""
