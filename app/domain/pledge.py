"""A pledge: one record with its parties, milestones, claims and outgoing links."""

from dataclasses import dataclass, field
from decimal import Decimal

from app.domain.claim import Claim
from app.domain.codes import N_, Code
from app.domain.milestone import Milestone, Status
from app.domain.money import UNVALUED, Amount, Value
from app.domain.quantity import UNDISCLOSED, Quantity
from app.domain.system import Role, Unit
from app.domain.when import When


class AidType(Code):
    MILITARY = "military", N_("military")
    FINANCIAL = "financial", N_("financial")
    HUMANITARIAN = "humanitarian", N_("humanitarian")


class State(Code):
    """Drafts and deleted records are in no list, total, search or download; editors see them."""

    PUBLISHED = "published", N_("published")
    DRAFT = "draft", N_("draft")
    DELETED = "deleted", N_("deleted")


class Counting(Code):
    COUNTS = "counts", N_("counts")
    UMBRELLA = "umbrella", N_("joint purchase or statement")
    FUNDING = "funding", N_("funding")
    ENVELOPE = "envelope", N_("envelope")
    BACKFILL = "backfill", N_("backfill")
    REPLENISHMENT = "replenishment", N_("replenishment")
    REIMBURSEMENT = "reimbursement", N_("reimbursement")
    DUPLICATE = "duplicate", N_("told elsewhere")


COUNTING_REASONS = {
    Counting.UMBRELLA: N_("A joint purchase or statement; its parts stand beneath it and it is never added."),
    Counting.FUNDING: N_("Money for something that is counted elsewhere; it counts in euros under the payer."),
    Counting.ENVELOPE: N_("An envelope of money; what is not yet drawn from it counts in euros."),
    Counting.BACKFILL: N_("Given to a third country that gives to Ukraine in turn."),
    Counting.REPLENISHMENT: N_("Refills the donor’s own stock."),
    Counting.REIMBURSEMENT: N_("Pays a donor back for what was given before."),
    Counting.DUPLICATE: N_("The same pledge is told by another record."),
}


class Beneficiary(Code):
    UKRAINE = "ukraine", N_("Ukraine")
    DONOR_STOCK = "donor_stock", N_("the buyers’ own stocks")
    THIRD_PARTY = "third_party", N_("a third country")
    MIXED = "mixed", N_("both Ukraine and others")
    UNCLEAR = "unclear", N_("unclear")


class PartyRole(Code):
    DONOR = "donor", N_("donor")
    FUNDER = "funder", N_("funder")
    PROCURER = "procurer", N_("procurer")
    BENEFICIARY = "beneficiary", N_("beneficiary")


class ShareKind(Code):
    PERCENT = "percent", N_("per cent")
    QUANTITY = "quantity", N_("number")
    AMOUNT = "amount", N_("amount")


class LinkKind(Code):
    PART_OF = "part_of", N_("part of")
    DRAWN_FROM = "drawn_from", N_("drawn from")
    FUNDS = "funds", N_("pays for")
    BACKFILLS = "backfills", N_("backfills")
    REPLENISHES = "replenishes", N_("replenishes")
    REIMBURSES = "reimburses", N_("reimburses")
    SUPERSEDES = "supersedes", N_("supersedes")
    RESTATES = "restates", N_("tells again of")
    AMMUNITION_FOR = "ammunition_for", N_("ammunition for")
    RELATED = "related", N_("related to")


@dataclass(frozen=True, kw_only=True)
class Party:
    """A further donor. `share` None is unknown and stays with the lead donor."""

    donor: str
    role: PartyRole
    share_kind: ShareKind | None = None
    share: Decimal | None = None
    currency: str = ""

    @property
    def subject(self) -> tuple[str, PartyRole]:
        return self.donor, self.role


@dataclass(frozen=True, kw_only=True)
class Link:
    kind: LinkKind
    to: str  # key of the other pledge
    note: str = ""

    @property
    def subject(self) -> str:
        return self.to


@dataclass(frozen=True, kw_only=True)
class Pledge:
    """What it refers to stands by its natural name: donors by code, systems and events by slug, packages, sources
    and pledges by key. None is unknown."""

    key: str
    lead: str
    title: str
    state: State = State.PUBLISHED
    recipient: str = "UA"
    aid: AidType = AidType.MILITARY
    system: str | None = None
    role: Role = Role.COMPLETE_SYSTEM
    unit: Unit = Unit.OTHER
    quantity: Quantity = UNDISCLOSED
    amount: Amount | None = None
    value: Value = UNVALUED  # only where a dataset or a source states it; else the store asks for the rate
    announced: When = field(default_factory=When)
    expected: When = field(default_factory=When)
    counting: Counting = Counting.COUNTS
    beneficiary: Beneficiary = Beneficiary.UKRAINE
    supplier: str = ""
    package: str | None = None
    event: str | None = None
    summary: str = ""
    note: str = ""
    dataset: str = ""
    release: str = ""
    dataset_key: str = ""
    status_pin: Status | None = None
    status_pin_reason: str = ""
    parties: tuple[Party, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    claims: tuple[Claim, ...] = ()
    links: tuple[Link, ...] = ()

    def sources(self) -> set[str]:
        """The keys of the sources behind the claims that stand and behind the milestones."""
        told = {claim.source for claim in self.claims if claim.stands}
        return told | {one.source for one in self.milestones if one.source}
