"""The shapes of records in words that programs understand: JSON Schema, as OpenAPI 3.1 has it."""

from collections.abc import Mapping
from typing import Any

from app.domain import pledge_fields, record_fields
from app.domain.claim import Claim
from app.domain.donor import Donor, Membership
from app.domain.event import Event
from app.domain.field import Fields
from app.domain.milestone import Milestone
from app.domain.money import Amount, Rate, Value
from app.domain.numerals import LARGEST
from app.domain.package import Package
from app.domain.pledge import Link, Party, Pledge
from app.domain.quantity import Quantity
from app.domain.source import Source
from app.domain.system import System
from app.domain.when import When
from app.formats.shape import Day, Number, Object, OneOf, Several, Shape, Text, Truth

Schema = dict[str, Any]
TITLES: Mapping[type[Any], Fields] = {
    Pledge: pledge_fields.PLEDGE,
    Claim: pledge_fields.CLAIM,
    Milestone: pledge_fields.MILESTONE,
    Party: pledge_fields.PARTY,
    Link: pledge_fields.LINK,
    Source: record_fields.SOURCE,
    Event: record_fields.EVENT,
    Package: record_fields.PACKAGE,
    Donor: record_fields.DONOR,
    Membership: record_fields.MEMBERSHIP,
    System: record_fields.SYSTEM,
}
SAYS: Mapping[type[Any], str] = {
    Pledge: "A pledge with its parties, milestones, claims and outgoing links: one record.",
    Claim: "What one source says of one figure: in the one of quantity, amount, code and dates that fits.",
    Milestone: "A status reached, or a delivery with the way it was counted and where.",
    Party: "A further donor; a share that is null is not known.",
    Link: "How this pledge hangs together with another one, named by its key.",
    Source: "Where figures come from.",
    Event: "A meeting at which aid was pledged.",
    Package: "Several pledges announced as one.",
    Donor: "Who gives: a state, an institution, a fund.",
    Membership: "Both days count in; null is unbounded.",
    System: "A node of the tree of systems; the dots in its code tell where it stands.",
    Quantity: "How many. Low, point and high follow from the qualifier; null is unknown, 0 is stated to be zero.",
    Amount: "Money in the currency in which it was published, with the same doubt as any number.",
    Value: "Worth in euros.",
    Rate: "Units of the currency for one euro on a day, by the European Central Bank.",
    When: "Days that count in; null is unknown.",
}  # fmt: skip
TOLD = {
    "key": "Name of the record that is kept across installations and releases.",
    "code": "What it is known by.",
    "slug": "Name in addresses.",
    "state": "Drafts and deleted records are in no list, total, search or download.",
    "amount": "The amount as published.",
    "value": "Worth in euros, where a source or a dataset states it.",
    "dataset": "Dataset that the record was taken from.",
    "release": "Release of that dataset.",
    "dataset_key": "Name of the line in that dataset.",
    "parties": "Further donors.",
    "milestones": "What happened: a status reached, or a delivery.",
    "claims": "What the sources say of the figures.",
    "links": "Outgoing links to other pledges.",
    "memberships": "Groups that the donor is or was a member of.",
    "words": "The words as published.",
    "quantity": "What was said of the number.",
    "dates": "What was said of the day.",
    "qualifier": "How the number was stated.",
    "low": "Lowest number that fits the statement.",
    "point": "The number stated, where there is one.",
    "high": "Highest number that fits the statement.",
    "currency": "ISO 4217.",
    "basis": "What the number is.",
    "set_by": "Who set the worth in euros.",
    "rate": "The rate that was used, where one was.",
    "day": "Day of the rate.",
    "per_euro": "Units of the currency for one euro.",
    "earliest": "First day on which it may have been.",
    "latest": "Last day on which it may have been; sorting and as_of use it.",
}
HIDDEN = r"\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
SEEN = f"^[^{HIDDEN}]*$"
SEEN_LINES = r"^([\t\n\r]|[^" + HIDDEN + "])*$"
NOT_BLANK = rf"^[^{HIDDEN}]*[^\s{HIDDEN}][^{HIDDEN}]*$"
DIGITS = r"^[0-9]{1,13}(\.[0-9]{1,6})?$"


def schemas(shape: Object, *, given: bool) -> dict[str, Schema]:
    """The schema of an object and of all in it, by their names. `given`: what is sent, where all may be left out that
    has a default; else what is answered, where nothing is left out."""
    found: dict[str, Schema] = {}
    _collect(shape, given, found)
    return found


def name_of(shape: Object, *, given: bool) -> str:
    return shape.of.__name__ + ("Given" if given else "")


def reference(shape: Object, *, given: bool) -> Schema:
    return {"$ref": f"#/components/schemas/{name_of(shape, given=given)}"}


def _collect(shape: Object, given: bool, found: dict[str, Schema]) -> None:
    name = name_of(shape, given=given)
    if name in found:
        return
    found[name] = {}
    properties = {}
    for attribute, inner in shape.shapes.items():
        told = _schema(inner, given, found)
        nothing = attribute not in shape.needed if given else attribute in shape.may_be_nothing
        properties[attribute] = _or_null(told) if nothing else told
        properties[attribute] = {"description": _about(shape.of, attribute), **properties[attribute]}
    found[name] = {
        "type": "object",
        "description": SAYS[shape.of],
        "properties": properties,
        "required": shape.needed if given else list(shape.shapes),
        "additionalProperties": False,
    }


def _schema(shape: Shape, given: bool, found: dict[str, Schema]) -> Schema:
    match shape:
        case Text():
            return _text(shape) if given else {"type": "string"}
        case OneOf():
            return {"type": "string", "enum": [str(code) for code in shape.codes]}
        case Number():
            text = {"type": "string", "pattern": DIGITS}
            return {"anyOf": [text, {"type": "integer", "minimum": 0, "maximum": int(LARGEST)}]} if given else text
        case Day():
            return {"type": "string", "format": "date"}
        case Truth():
            return {"type": "boolean"}
        case Several():
            return {"type": "array", "items": _schema(shape.each, given, found), "maxItems": shape.most}
        case Object():
            _collect(shape, given, found)
            return reference(shape, given=given)
    raise TypeError(f"{shape} has no schema")


def _text(shape: Text) -> Schema:
    told: Schema = {"type": "string", "maxLength": shape.longest}
    if shape.needed:
        told["minLength"] = 1
    if shape.pattern:
        told["pattern"] = f"^({shape.pattern})$" if shape.needed else f"^({shape.pattern})?$"
    else:
        told["pattern"] = NOT_BLANK if shape.needed else SEEN_LINES if shape.lines else SEEN
    return told


def _or_null(told: Schema) -> Schema:
    if isinstance(told.get("type"), str):
        more = {"enum": [*told["enum"], None]} if "enum" in told else {}
        return {**told, "type": [told["type"], "null"], **more}
    options = told.get("anyOf", [told])
    return {"anyOf": [*options, {"type": "null"}]}


def _about(of: type[Any], attribute: str) -> str:
    field = TITLES.get(of, {}).get(attribute)
    if of in (Pledge, Package) and attribute in TOLD:
        return TOLD[attribute]
    return f"{field.title}." if field else TOLD[attribute]
