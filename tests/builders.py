"""Values with sane defaults, so that a test names only what matters to it."""

from datetime import date
from decimal import Decimal
from typing import Any

from app.domain.claim import Claim, ClaimField
from app.domain.donor import Donor, DonorGroup, Membership
from app.domain.filter import Known
from app.domain.milestone import CountBasis, DeliveryPoint, Milestone, Status
from app.domain.money import Amount
from app.domain.pledge import Link, LinkKind, Party, PartyRole, Pledge, ShareKind
from app.domain.quantity import Qualifier, Quantity, exact, quantity
from app.domain.source import Source, SourceKind
from app.domain.system import Role, Unit
from app.domain.when import When, on

KNOWN = Known(donors={"DE", "GB", "NL"}, systems={"patriot", "air-defence"}, events={"nuc-2024-01-10"})


def a_day(text: str) -> When:
    """`2024-01-10`, or nothing for no date."""
    return on(date.fromisoformat(text)) if text else When()


def a_pledge(**changes: Any) -> Pledge:
    """Eighteen Leopards of Germany, unless told otherwise."""
    told: dict[str, Any] = {
        "key": "leopards",
        "lead": "DE",
        "title": "Leopard 2 tanks",
        "system": "leopard-2",
        "role": Role.PLATFORM,
        "unit": Unit.VEHICLE,
        "quantity": exact(18),
        "announced": a_day("2023-01-25"),
    }
    return Pledge(**told | changes)


def a_source(**changes: Any) -> Source:
    told: dict[str, Any] = {
        "key": "ministry",
        "url": "https://ministry.example/leopards",
        "title": "Eighteen Leopards",
        "publisher": "Ministry of Defence",
        "kind": SourceKind.OFFICIAL_DONOR,
    }
    return Source(**told | changes)


def a_claim(field: ClaimField = ClaimField.QUANTITY, source: str = "ministry", **changes: Any) -> Claim:
    return Claim(field=field, source=source, **changes)


def a_delivery(number: int | Quantity | None = None, day: str = "2023-03-27", **changes: Any) -> Milestone:
    """So many handed over on top of what came before."""
    told: dict[str, Any] = {"basis": CountBasis.INCREMENT, "point": DeliveryPoint.HANDED_OVER, "dates": a_day(day)}
    if number is not None:
        told["quantity"] = number if isinstance(number, Quantity) else exact(number)
    return Milestone(**told | changes)


def a_status(status: Status, day: str = "2023-02-01", **changes: Any) -> Milestone:
    return Milestone(status=status, dates=a_day(day), **changes)


def an_amount(number: int | str, currency: str = "EUR", **changes: Any) -> Amount:
    value = Decimal(number)
    return Amount(Qualifier.EXACT, value, value, value, currency=currency, **changes)


def a_party(donor: str = "NL", kind: ShareKind | None = None, share: int | str | None = None, **changes: Any) -> Party:
    told: dict[str, Any] = {"role": PartyRole.DONOR, "share": None if share is None else Decimal(share)}
    return Party(donor=donor, share_kind=kind, **told | changes)


def a_link(kind: LinkKind, to: str) -> Link:
    return Link(kind=kind, to=to)


def a_donor(code: str = "SE", *memberships: tuple[DonorGroup, str, str]) -> Donor:
    """Memberships as (group, from, to), "" being unbounded."""
    held = tuple(
        Membership(group=group, since=date.fromisoformat(a) if a else None, until=date.fromisoformat(b) if b else None)
        for group, a, b in memberships
    )
    return Donor(code=code, slug=code.lower(), name=code, memberships=held)


def said(qualifier: str, *numbers: int | str, firm: int | None = None) -> Quantity:
    """said("range", 3, 5)"""
    ends = [Decimal(number) for number in numbers] + [None, None]
    return quantity(Qualifier(qualifier), ends[0], ends[1], firm=None if firm is None else Decimal(firm))
