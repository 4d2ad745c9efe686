"""Who gives: states, institutions, funds; and the groups they are members of, with dates."""

from dataclasses import dataclass, field
from datetime import date

from app.domain.codes import N_, Code


class DonorKind(Code):
    STATE = "state", N_("state")
    EU_INSTITUTION = "eu_institution", N_("EU institution")
    INTERNATIONAL_ORGANISATION = "international_organisation", N_("international organisation")
    PROCUREMENT_AGENCY = "procurement_agency", N_("procurement agency")
    MULTILATERAL_FUND = "multilateral_fund", N_("multilateral fund")
    COALITION = "coalition", N_("coalition")
    DEVELOPMENT_BANK = "development_bank", N_("development bank")


class DonorGroup(Code):
    NATO = "NATO", N_("NATO")
    EU = "EU", N_("European Union")
    EEA = "EEA", N_("European Economic Area")
    G7 = "G7", N_("G7")
    E3 = "E3", N_("E3")
    NORDIC = "NORDIC", N_("Nordic states")
    BALTIC = "BALTIC", N_("Baltic states")


@dataclass(frozen=True, kw_only=True)
class Membership:
    """Both days count in; None is unbounded."""

    group: DonorGroup
    since: date | None = None
    until: date | None = None

    @property
    def subject(self) -> DonorGroup:
        return self.group

    def holds(self, day: date | None) -> bool:
        """Whether it held on that day. Without a day it holds when it never ended."""
        if day is None:
            return self.until is None
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, kw_only=True)
class Donor:
    code: str
    slug: str
    name: str
    name_de: str = ""
    name_uk: str = ""
    kind: DonorKind = DonorKind.STATE
    aliases: tuple[str, ...] = ()
    memberships: tuple[Membership, ...] = field(default=())

    def groups(self, day: date | None) -> list[DonorGroup]:
        """The groups it was a member of on that day."""
        return sorted({m.group for m in self.memberships if m.holds(day)}, key=list(DonorGroup).index)
