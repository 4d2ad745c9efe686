"""The shape of every record told as JSON: what its attributes may hold, and the rules of those taken together."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.claim import LONGEST_QUOTE, Claim, ClaimField, Rank, Reason
from app.domain.codes import N_
from app.domain.currency import CURRENCIES
from app.domain.donor import Donor, DonorGroup, DonorKind, Membership
from app.domain.doubt import Qualifier
from app.domain.event import Event, EventKind
from app.domain.fault import FALLING, MOST_NAMES
from app.domain.figure import KINDS, SLOTS
from app.domain.milestone import CountBasis, DeliveryPoint, Milestone, Status
from app.domain.money import Amount, AmountBasis, Rate, Value, ValueSetBy
from app.domain.numerals import Unreadable
from app.domain.package import Package
from app.domain.pledge import (
    AidType,
    Beneficiary,
    Counting,
    Link,
    LinkKind,
    Party,
    PartyRole,
    Pledge,
    ShareKind,
    State,
)
from app.domain.pledge_fields import LONG
from app.domain.quantity import NotExact, Quantity, stated, statement
from app.domain.source import Source, SourceKind
from app.domain.system import Role, System, Unit
from app.domain.when import When
from app.formats.shape import Attributes, Day, Faults, Number, Object, OneOf, Several, Text, Truth, under

KEY = r"[A-Za-z0-9][A-Za-z0-9._:/#+@()~-]*"
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
CODE = r"[A-Z0-9]+"
PATH = r"[A-Z0-9]+(?:\.[A-Z0-9]+){0,3}"
ADDRESS = r"https?://[^\s<>\"]{3,2000}"
NUMBERED = (Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.UP_TO, Qualifier.ABOUT, Qualifier.ESTIMATED, Qualifier.RANGE)
SAID_BY = {Qualifier.AT_LEAST: "low", Qualifier.UP_TO: "high", Qualifier.RANGE: "low"}  # else the point

NO_KEY = N_("A key has letters and digits of the Latin alphabet, hyphens, dots and slashes.")
NO_SLUG = N_("Small letters, digits and hyphens make the name in addresses, as in “nuc-2024-01-10”.")
NO_CODE = N_("A code has capital letters and digits, as in “NSPA”.")
NO_PATH = N_("The code of a system has at most four parts of capital letters and digits, as in “AD.LR.PATRIOT”.")
NO_ADDRESS = N_("An address begins with http:// or https://.")
NO_CURRENCY = N_("A currency is told by its three letters, as in “EUR”.")
NO_ALIAS = N_("One name a line, each with at most 300 characters and without the sign “|”.")
NO_RECIPIENT = N_("The recipient is told by a code, as in “UA”.")
NUMBER_MISSING = N_("The number is missing. Without one it is “undisclosed”.")
NOT_SO = N_("This does not follow from the qualifier.")
LOWER_ABOVE = N_("The lower number is above the higher one.")
NOT_THIS = N_("A claim on this figure says nothing here.")
REASON = N_("A claim that is set aside has a reason, and no other claim has.")
EITHER = N_("Either a status was reached or something was delivered: fill in one of them.")
SHARE = N_("A share needs its number and what it is told as; leave both empty where it is not known.")
NO_BENEFICIARY = N_("Choose one of the values of the list.")
NO_RATE = N_("A rate is more than zero.")

LINE, LINES, TITLE = Text(), Text(longest=LONG, lines=True), Text(needed=True)
WORDS = Text(longest=500)  # as published
NAME = Text(longest=200, needed=True, pattern=KEY, otherwise=NO_KEY)
MAY_NAME = Text(longest=200, pattern=KEY, otherwise=NO_KEY)
DONOR_CODE = Text(longest=60, needed=True, pattern=CODE, otherwise=NO_CODE)
ADDRESS_LINE = Text(longest=2010, pattern=ADDRESS, otherwise=NO_ADDRESS)
SLUG_LINE = Text(longest=120, needed=True, pattern=SLUG, otherwise=NO_SLUG)
MAY_SLUG = Text(longest=120, pattern=SLUG, otherwise=NO_SLUG)
CURRENCY = Text(longest=3, needed=True, pattern="|".join(CURRENCIES), otherwise=NO_CURRENCY)
MAY_CURRENCY = replace(CURRENCY, needed=False)
ALIASES = Several(Text(needed=True, pattern=r"[^|]*", otherwise=NO_ALIAS), MOST_NAMES)
SOURCES = Several(NAME, MOST_NAMES)


def _in_order(values: Attributes, path: str, faults: Faults) -> None:
    first, last = values.get("earliest"), values.get("latest")
    if first and last and first > last:
        faults.add(under(path, "latest"), last, FALLING)


def _by_its_qualifier(values: Attributes, path: str, faults: Faults) -> None:
    """Low, point and high follow from what was said; those that are given have to be so."""
    said = Quantity(values["qualifier"], values.get("low"), values.get("point"), values.get("high"))
    if said.qualifier in NUMBERED and not said.numbered:
        faults.add(under(path, SAID_BY.get(said.qualifier, "point")), None, NUMBER_MISSING)
        return
    try:
        known = stated(statement(said))
    except (NotExact, Unreadable) as error:
        told = LOWER_ABOVE if isinstance(error, NotExact) else str(error)
        faults.add(under(path, "high"), values.get("high", values.get("point")), told)
        return
    for name in ("low", "point", "high"):
        follows = getattr(known, name)
        if values.get(name) is None:
            values[name] = follows
        elif values[name] != follows:
            faults.add(under(path, name), values[name], NOT_SO)


def _rising(values: Attributes, path: str, faults: Faults) -> None:
    told = [values[name] for name in ("low", "point", "high") if values.get(name) is not None]
    if told != sorted(told):
        faults.add(under(path, "high"), values.get("high"), LOWER_ABOVE)


def _more_than_zero(values: Attributes, path: str, faults: Faults) -> None:
    if not values["per_euro"]:
        faults.add(under(path, "per_euro"), values["per_euro"], NO_RATE)


def _claim(values: Attributes, path: str, faults: Faults) -> None:
    mine = SLOTS[KINDS[values["field"]]]
    for slot in dict.fromkeys(SLOTS.values()):
        if slot != mine and values.get(slot):
            faults.add(under(path, slot), values[slot] if isinstance(values[slot], str) else "", NOT_THIS)
    if (values.get("rank") is Rank.DEPRECATED) != (values.get("reason") is not None):
        faults.add(under(path, "reason"), values.get("reason"), REASON)
    if values["field"] is ClaimField.BENEFICIARY and values.get("code") and values["code"] not in set(Beneficiary):
        faults.add(under(path, "code"), values["code"], NO_BENEFICIARY)


def _milestone(values: Attributes, path: str, faults: Faults) -> None:
    """Of a delivery the way of counting may be left open, not that there was one."""
    counted = values["quantity"].numbered if "quantity" in values else False
    delivered = counted or "basis" in values or "point" in values
    if ("status" in values) == bool(delivered):
        faults.add(under(path, "status"), values.get("status"), EITHER)
    elif delivered:
        values.setdefault("basis", CountBasis.INCREMENT)
        values.setdefault("point", DeliveryPoint.UNSTATED)


def _party(values: Attributes, path: str, faults: Faults) -> None:
    if ("share" in values) != ("share_kind" in values):
        faults.add(under(path, "share"), values.get("share"), SHARE)


def _membership(values: Attributes, path: str, faults: Faults) -> None:
    since, until = values.get("since") or date.min, values.get("until") or date.max
    if since > until:
        faults.add(under(path, "until"), until, FALLING)


DATES = Object(When, {"earliest": Day(), "latest": Day(), "words": WORDS}, _in_order)
ENDS = {"low": Number(), "point": Number(), "high": Number()}
QUANTITY = Object(Quantity, {"qualifier": OneOf(Qualifier), **ENDS, "words": WORDS}, _by_its_qualifier)
AMOUNT = Object(
    Amount,
    {**QUANTITY.shapes, "currency": CURRENCY, "basis": OneOf(AmountBasis)},
    _by_its_qualifier,
)
RATE = Object(Rate, {"currency": CURRENCY, "day": Day(), "per_euro": Number()}, _more_than_zero)
VALUE = Object(Value, {**ENDS, "set_by": OneOf(ValueSetBy), "rate": RATE}, _rising)
CLAIM = Object(
    Claim,
    {
        "field": OneOf(ClaimField),
        "source": NAME,
        "words": WORDS,
        "quantity": QUANTITY,
        "amount": AMOUNT,
        "code": MAY_NAME,
        "dates": DATES,
        "quote": Text(longest=LONGEST_QUOTE, lines=True),
        "locator": LINE,
        "rank": OneOf(Rank),
        "reason": OneOf(Reason),
        "note": LINES,
    },
    _claim,
)
MILESTONE = Object(
    Milestone,
    {
        "status": OneOf(Status),
        "basis": OneOf(CountBasis),
        "point": OneOf(DeliveryPoint),
        "quantity": QUANTITY,
        "dates": DATES,
        "source": MAY_NAME,
        "note": LINES,
    },
    _milestone,
)
PARTY = Object(
    Party,
    {
        "donor": DONOR_CODE,
        "role": OneOf(PartyRole),
        "share_kind": OneOf(ShareKind),
        "share": Number(),
        "currency": MAY_CURRENCY,
    },
    _party,
)
LINK = Object(Link, {"kind": OneOf(LinkKind), "to": NAME, "note": LINES})
PLEDGE = Object(
    Pledge,
    {
        "key": NAME,
        "lead": DONOR_CODE,
        "title": TITLE,
        "state": OneOf(State),
        "recipient": Text(longest=12, needed=True, pattern=CODE, otherwise=NO_RECIPIENT),
        "aid": OneOf(AidType),
        "system": MAY_SLUG,
        "role": OneOf(Role),
        "unit": OneOf(Unit),
        "quantity": QUANTITY,
        "amount": AMOUNT,
        "value": VALUE,
        "announced": DATES,
        "expected": DATES,
        "counting": OneOf(Counting),
        "beneficiary": OneOf(Beneficiary),
        "supplier": LINE,
        "package": MAY_NAME,
        "event": MAY_SLUG,
        "summary": LINES,
        "note": LINES,
        "dataset": LINE,
        "release": LINE,
        "dataset_key": LINE,
        "status_pin": OneOf(Status),
        "status_pin_reason": LINE,
        "parties": Several(PARTY, 200),
        "milestones": Several(MILESTONE),
        "claims": Several(CLAIM),
        "links": Several(LINK),
    },
)
SOURCE = Object(
    Source,
    {
        "key": NAME,
        "url": ADDRESS_LINE,
        "title": LINE,
        "publisher": LINE,
        "kind": OneOf(SourceKind),
        "language": Text(longest=12),
        "published_on": Day(),
        "archive_url": ADDRESS_LINE,
        "accessed_on": Day(),
        "checked": Truth(),
        "note": LINES,
    },
)
EVENT = Object(
    Event,
    {
        "slug": SLUG_LINE,
        "title": TITLE,
        "kind": OneOf(EventKind),
        "dates": DATES,
        "place": LINE,
        "called_by": LINE,
        "chaired_by": LINE,
        "account": LINES,
        "sources": SOURCES,
    },
)
PACKAGE = Object(
    Package,
    {
        "key": NAME,
        "donor": DONOR_CODE,
        "title": TITLE,
        "announced": DATES,
        "total": AMOUNT,
        "value": VALUE,
        "event": MAY_SLUG,
        "note": LINES,
        "dataset": LINE,
        "release": LINE,
        "dataset_key": LINE,
        "sources": SOURCES,
    },
)
DONOR = Object(
    Donor,
    {
        "code": DONOR_CODE,
        "slug": SLUG_LINE,
        "name": TITLE,
        "name_de": LINE,
        "name_uk": LINE,
        "kind": OneOf(DonorKind),
        "aliases": ALIASES,
        "memberships": Several(
            Object(Membership, {"group": OneOf(DonorGroup), "since": Day(), "until": Day()}, _membership), 40
        ),
    },
)
SYSTEM = Object(
    System,
    {
        "code": Text(longest=120, needed=True, pattern=PATH, otherwise=NO_PATH),
        "slug": SLUG_LINE,
        "name": TITLE,
        "name_de": LINE,
        "name_uk": LINE,
        "aliases": ALIASES,
        "range_band": LINE,
        "effector": LINE,
        "default_role": OneOf(Role),
        "default_unit": OneOf(Unit),
        "maker": LINE,
        "origin": LINE,
        "note": LINES,
        "source_url": ADDRESS_LINE,
    },
)
SHAPES: dict[str, Any] = {
    "donor": DONOR,
    "system": SYSTEM,
    "source": SOURCE,
    "event": EVENT,
    "package": PACKAGE,
    "pledge": PLEDGE,
}
