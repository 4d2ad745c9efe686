"""One record of each kind, told as the description and its page show it."""

from datetime import date
from decimal import Decimal
from typing import Any

from app.domain.claim import Claim, ClaimField, Rank
from app.domain.donor import Donor, DonorGroup, DonorKind, Membership
from app.domain.event import Event, EventKind
from app.domain.milestone import CountBasis, DeliveryPoint, Milestone
from app.domain.money import Amount, AmountBasis, Qualifier
from app.domain.package import Package
from app.domain.pledge import Link, LinkKind, Party, PartyRole, Pledge
from app.domain.quantity import exact, quantity
from app.domain.source import Source, SourceKind
from app.domain.system import Role, System, Unit
from app.domain.when import month, on
from app.formats.record import told

Told = dict[str, Any]
SOURCE = Source(
    key="example-ministry-2023-12-29",
    url="https://www.example.org/news/2023/12/29/missiles",
    title="About 200 air-defence missiles for Ukraine",
    publisher="Ministry of Defence",
    kind=SourceKind.OFFICIAL_DONOR,
    language="en",
    published_on=date(2023, 12, 29),
    accessed_on=date(2024, 1, 10),
    checked=True,
)
PLEDGE = Pledge(
    key="example-air-defence-missiles",
    lead="GB",
    title="Air-defence missiles",
    system="air-defence",
    role=Role.INTERCEPTOR,
    unit=Unit.MISSILE,
    quantity=quantity(Qualifier.ABOUT, Decimal(200), words="around 200"),
    announced=on(date(2023, 12, 29)),
    summary="To strengthen the air defence of Ukraine in winter.",
)
WHOLE = {
    "claims": (
        Claim(
            field=ClaimField.QUANTITY,
            source=SOURCE.key,
            quantity=PLEDGE.quantity,
            words="around 200",
            quote="around 200 air defence missiles",
            rank=Rank.PREFERRED,
        ),
    ),
    "milestones": (
        Milestone(
            basis=CountBasis.INCREMENT,
            point=DeliveryPoint.HANDED_OVER,
            quantity=exact(40),
            dates=on(date(2024, 2, 1)),
            source=SOURCE.key,
        ),
    ),
    "parties": (Party(donor="NL", role=PartyRole.FUNDER),),
    "links": (Link(kind=LinkKind.AMMUNITION_FOR, to="example-launchers"),),
}
AMOUNT = Amount(
    Qualifier.EXACT,
    Decimal(15_000_000),
    Decimal(15_000_000),
    Decimal(15_000_000),
    "£15m",
    currency="GBP",
    basis=AmountBasis.DONOR_STATED,
)
PACKAGE = Package(
    key="example-winter-package",
    donor="GB",
    title="Winter package",
    announced=month(2023, 12),
    total=AMOUNT,
    sources=(SOURCE.key,),
)
EVENT = Event(
    slug="example-council",
    title="NATO-Ukraine Council",
    kind=EventKind.NUC,
    dates=on(date(2024, 1, 10)),
    place="Brussels",
    called_by="Ukraine",
    account="The ambassadors met at the request of Ukraine.",
    sources=(SOURCE.key,),
)
DONOR = Donor(
    code="SE",
    slug="sweden",
    name="Sweden",
    name_de="Schweden",
    name_uk="Швеція",
    kind=DonorKind.STATE,
    aliases=("Kingdom of Sweden",),
    memberships=(Membership(group=DonorGroup.NATO, since=date(2024, 3, 7)),),
)
SYSTEM = System(
    code="AD.SR.EXAMPLE",
    slug="example-launcher",
    name="Example launcher",
    default_role=Role.LAUNCHER,
    default_unit=Unit.LAUNCHER,
)
RECORDS = {"donor": DONOR, "system": SYSTEM, "event": EVENT, "source": SOURCE, "package": PACKAGE}


def given(record: str) -> Told:
    """What is sent."""
    return told(PLEDGE if record == "pledge" else RECORDS[record])


def answered(record: str) -> Told:
    """What is answered."""
    return {"id": 12, "version": 3} | told(RECORDS[record], whole=True)


def pledge_answered() -> Told:
    parts = {name: value for name, value in vars(PLEDGE).items() if name not in WHOLE}
    nothing = {"low": None, "point": None, "high": None, "reports": 0, "complete": False}
    return {
        "id": 7,
        "version": 3,
        "address": "/pledges/7@3",
        **told(Pledge(**parts, **WHOLE), whole=True),
        "family": "air-defence",
        "status": "in_delivery",
        "delivered": {"low": "40", "point": "40", "high": "40", "reports": 1, "complete": False},
        "on_its_way": nothing,
        "worth": {"low": None, "point": None, "high": None, "set_by": None, "rate": None, "rate_day": None},
        "confidence": "probable",
        "disputed": [],
        "sources": 1,
        "updated_at": "2024-01-10T12:00:00+00:00",
        "names": {
            "donors": {"GB": "United Kingdom", "NL": "Netherlands"},
            "system": ["Air defence"],
            "package": None,
            "event": None,
            "sources": {SOURCE.key: {"url": SOURCE.url, "title": SOURCE.title, "publisher": SOURCE.publisher}},
            "links": {"example-launchers": [9, "Launchers"]},
        },
    }


def listed() -> Told:
    """The same in a list."""
    left_out = (*WHOLE, "names", "value")
    return {name: value for name, value in pledge_answered().items() if name not in left_out}


def part(name: str) -> Told:
    """A claim, a milestone or a link in a list across pledges."""
    one = pledge_answered()[name][0]
    return {"id": 31, "pledge": PLEDGE.key, "pledge_id": 7, **one} | ({"to_id": 9} if name == "links" else {})
