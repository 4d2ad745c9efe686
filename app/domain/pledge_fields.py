"""Every field of a pledge that an editor fills in, and those of its parts: declared once for cells, forms, history,
suggestions and bulk edits."""

from dataclasses import dataclass

from app.domain.claim import ClaimField, Rank, Reason
from app.domain.codes import N_
from app.domain.field import Field, Fields, Kind, fields
from app.domain.milestone import CountBasis, DeliveryPoint, Status
from app.domain.money import AmountBasis
from app.domain.pledge import AidType, Beneficiary, Counting, LinkKind, PartyRole, ShareKind
from app.domain.system import Role, Unit

LONG = 20_000
QUANTITY_HINT = N_("As published: “18”, “about 200”, “up to 1,000”, “10 to 12”, “undisclosed”.")
AMOUNT_HINT = N_("As published: “£2.5bn”, “EUR 182m”, “up to USD 250 million”.")
DATES_HINT = N_("As exact as it is known: “29 December 2023”, “Dec 2023”, “Q1 2024”, “by end of 2024”.")

PLEDGE: Fields = fields(
    Field(name="title", title=N_("Title"), hint=N_("What is pledged, in a few words.")),
    Field(name="summary", title=N_("Summary"), kind=Kind.AREA, optional=True, longest=LONG),
    Field(name="lead", title=N_("Donor"), kind=Kind.DONOR, hint=N_("Name or code.")),
    Field(name="recipient", title=N_("Recipient"), longest=2, hint=N_("Code of the country.")),
    Field(name="aid", title=N_("Kind of aid"), kind=Kind.CHOICE, codes=AidType),
    Field(name="system", title=N_("System"), kind=Kind.SYSTEM, optional=True, hint=N_("Empty: no goods.")),
    Field(name="role", title=N_("Role"), kind=Kind.CHOICE, codes=Role),
    Field(name="unit", title=N_("Unit"), kind=Kind.CHOICE, codes=Unit),
    Field(name="quantity", title=N_("Quantity"), kind=Kind.QUANTITY, hint=QUANTITY_HINT),
    Field(name="amount", title=N_("Amount"), kind=Kind.AMOUNT, optional=True, hint=AMOUNT_HINT),
    Field(name="basis", title=N_("What the amount is"), kind=Kind.CHOICE, path="amount.basis", codes=AmountBasis),
    Field(name="value", title=N_("Worth in euros, where a source states it"), kind=Kind.WORTH, optional=True),
    Field(name="announced", title=N_("Announced"), kind=Kind.DATES, optional=True, hint=DATES_HINT),
    Field(name="expected", title=N_("Expected by"), kind=Kind.DATES, optional=True, hint=DATES_HINT),
    Field(name="counting", title=N_("Counting"), kind=Kind.CHOICE, codes=Counting),
    Field(name="beneficiary", title=N_("Who receives it"), kind=Kind.CHOICE, codes=Beneficiary),
    Field(name="supplier", title=N_("Supplier"), optional=True),
    Field(name="package", title=N_("Package"), kind=Kind.PACKAGE, optional=True),
    Field(name="event", title=N_("Meeting"), kind=Kind.EVENT, optional=True),
    Field(name="note", title=N_("Note"), kind=Kind.AREA, optional=True, longest=LONG),
    Field(name="status_pin", title=N_("Status, pinned"), kind=Kind.CHOICE, codes=Status, optional=True,
          hint=N_("Empty: the status follows from the deliveries and milestones.")),
    Field(name="status_pin_reason", title=N_("Why it is pinned"), optional=True),
)  # fmt: skip

CLAIM: Fields = fields(
    Field(name="field", title=N_("What it speaks of"), kind=Kind.CHOICE, codes=ClaimField),
    Field(name="value", title=N_("What it says"), optional=True, hint=N_("As for the figure itself.")),
    Field(name="source", title=N_("Source"), kind=Kind.SOURCE, hint=N_("Address, title or publisher.")),
    Field(name="quote", title=N_("Quote"), kind=Kind.AREA, optional=True, hint=N_("At most 300 characters.")),
    Field(name="locator", title=N_("Where in the source"), optional=True, hint=N_("Page, paragraph, minute.")),
    Field(name="rank", title=N_("Rank"), kind=Kind.CHOICE, codes=Rank, hint=N_("The preferred claim sets the figure.")),
    Field(name="reason", title=N_("Why it is set aside"), kind=Kind.CHOICE, codes=Reason, optional=True),
    Field(name="note", title=N_("Note"), optional=True, longest=LONG),
)
MILESTONE: Fields = fields(
    Field(name="status", title=N_("Status reached"), kind=Kind.CHOICE, codes=Status, optional=True),
    Field(name="quantity", title=N_("How many arrived"), kind=Kind.QUANTITY, hint=QUANTITY_HINT),
    Field(name="basis", title=N_("Counted"), kind=Kind.CHOICE, codes=CountBasis, optional=True),
    Field(name="point", title=N_("Where they were counted"), kind=Kind.CHOICE, codes=DeliveryPoint, optional=True),
    Field(name="dates", title=N_("When"), kind=Kind.DATES, optional=True, hint=DATES_HINT),
    Field(name="source", title=N_("Source"), kind=Kind.SOURCE, optional=True, hint=N_("Address, title or publisher.")),
    Field(name="note", title=N_("Note"), optional=True, longest=LONG),
)
PARTY: Fields = fields(
    Field(name="donor", title=N_("Donor"), kind=Kind.DONOR, hint=N_("Name or code.")),
    Field(name="role", title=N_("Role"), kind=Kind.CHOICE, codes=PartyRole),
    Field(name="share_kind", title=N_("Share told as"), kind=Kind.CHOICE, codes=ShareKind, optional=True),
    Field(name="share", title=N_("Share"), kind=Kind.NUMBER, optional=True, hint=N_("Empty: not known.")),
    Field(name="currency", title=N_("Currency of an amount"), optional=True, longest=3),
)
LINK: Fields = fields(
    Field(name="kind", title=N_("This pledge is"), kind=Kind.CHOICE, codes=LinkKind),
    Field(name="to", title=N_("Other pledge"), kind=Kind.PLEDGE, hint=N_("Its number, or words of its title.")),
    Field(name="note", title=N_("Note"), optional=True, longest=LONG),
)


@dataclass(frozen=True)
class Part:
    """A kind of part of a pledge: `name` is the attribute that holds them and the word in addresses."""

    name: str
    title: str
    one: str
    fields: Fields


PARTS = {
    part.name: part
    for part in (
        Part("claims", N_("Claims"), N_("Claim"), CLAIM),
        Part("milestones", N_("Deliveries and milestones"), N_("Delivery or milestone"), MILESTONE),
        Part("parties", N_("Further donors"), N_("Further donor"), PARTY),
        Part("links", N_("Links"), N_("Link"), LINK),
    )
}
