"""The schemas of what the API is sent and of what it answers."""

from typing import Any

from app.domain.claim import ClaimField, Confidence
from app.domain.codes import Code
from app.domain.milestone import Status
from app.domain.money import ValueSetBy
from app.domain.pledge import Counting
from app.domain.system import Role, Unit
from app.formats.record_schema import name_of, reference, schemas
from app.formats.record_shapes import CLAIM, LINK, MILESTONE, SHAPES
from app.web.acts import OPERATIONS, ORIGINS, RECORDS

Schema = dict[str, Any]
NUMBER = {"type": ["string", "null"], "pattern": r"^[0-9]+(\.[0-9]{1,6})?$"}
TEXT, WHOLE = {"type": "string"}, {"type": "integer", "minimum": 0}
TEXT_OR_NONE, WHOLE_OR_NONE = {"type": ["string", "null"]}, {"type": ["integer", "null"], "minimum": 0}
MOMENT = {"type": "string", "format": "date-time", "description": "In UTC."}
PARTS = ("parties", "milestones", "claims", "links")


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def several(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def code(codes: type[Code] | dict[str, str], *, none: bool = False) -> Schema:
    told: Schema = {"type": "string", "enum": [str(one) for one in codes]}
    return {"type": ["string", "null"], "enum": [*told["enum"], None]} if none else told


def thing(says: str, properties: dict[str, Schema], *, owed: bool = True) -> Schema:
    told: Schema = {"type": "object", "description": says, "properties": properties, "additionalProperties": False}
    return told | ({"required": list(properties)} if owed else {})


def read_only(says: str, told: Schema) -> Schema:
    return {"description": says, "readOnly": True, **told}


DERIVED: dict[str, Schema] = {
    "id": read_only("Number of the record in this installation.", WHOLE),
    "version": read_only("How often the record was written.", WHOLE),
    "address": read_only("Where the record stands, as it was at this version.", TEXT),
    "family": read_only("Node within which items may be added up, with the same role and unit.", TEXT_OR_NONE),
    "status": read_only("How far the pledge has come; it follows from the milestones.", code(Status)),
    "delivered": read_only("How much is known to have arrived.", ref("Delivered")),
    "on_its_way": read_only("How much has left the donor.", ref("Delivered")),
    "worth": read_only("Worth in euros, as stated or by the rate of the day.", ref("Worth")),
    "confidence": read_only("How well the record is sourced.", code(Confidence)),
    "disputed": read_only("Figures on which sources differ.", several(code(ClaimField))),
    "sources": read_only("How many sources it rests on.", WHOLE),
    "updated_at": read_only("When the record was last written.", MOMENT),
}
NAMES = thing(
    "What the record refers to was called so when this version was written.",
    {
        "donors": {"type": "object", "additionalProperties": TEXT},
        "system": several(TEXT),
        "package": TEXT_OR_NONE,
        "event": TEXT_OR_NONE,
        "sources": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": TEXT}},
        "links": {"type": "object", "additionalProperties": {"type": "array", "maxItems": 2}},
    },
)
ENDS = {"low": NUMBER, "point": NUMBER, "high": NUMBER}
SUM = thing(
    "Numbers added up with their doubt. No high end: one of the members has none.",
    {
        **ENDS,
        "known": {**WHOLE, "description": "Members that give a point."},
        "numbered": {**WHOLE, "description": "Members that give any number."},
        "members": {**WHOLE, "description": "How many are added."},
        "assumed": {"type": "boolean", "description": "A bound is ours: one of the members says “about”."},
    },
)
KEY = {"type": ["string", "null"], "description": "Code of the donor, name of the system, month or year; null: all."}
OWN: dict[str, Schema] = {
    "Delivered": thing("How much has come. 0 reports are none told of, not zero.", {
        **ENDS, "reports": WHOLE, "complete": {"type": "boolean"}}),
    "Worth": thing("Euros; with the rate that was used, where one was.", {
        **ENDS, "set_by": code(ValueSetBy, none=True), "rate": NUMBER, "rate_day": {
            "type": ["string", "null"], "format": "date"}}),
    "Names": NAMES,
    "Sum": SUM,
    "Effect": thing("What a change did to one record.", {
        "record": code(RECORDS), "id": WHOLE, "key": TEXT, "operation": code(OPERATIONS), "version": WHOLE}),
    "Change": thing("One act of one author. `effects` are the first few of `count`.", {
        "id": WHOLE, "at": MOMENT, "author": TEXT, "comment": TEXT, "origin": {
            **TEXT, "description": f"Where it came from, such as {', '.join(ORIGINS)}."},
        "reverts": {**WHOLE_OR_NONE, "description": "The change that this one takes back."},
        "count": WHOLE, "effects": several(ref("Effect"))}, owed=False),
    "Act": thing("One entry of the history of a pledge.", {
        "version": WHOLE, "operation": code(OPERATIONS), "at": MOMENT, "author": TEXT, "comment": TEXT,
        "change": {**WHOLE, "description": "Number of the change it was part of."}}, owed=False),
    "Totals": thing("What the pledges of a filter add up to. Items add only within one family, role and unit.", {
        "records": {**WHOLE, "description": "How many pledges match."},
        "items": several(thing("One kind.", {
            "by": KEY, "family": TEXT_OR_NONE, "role": code(Role), "unit": code(Unit), "records": WHOLE,
            "pledged": ref("Sum"), "delivered": ref("Sum"), "told": {
                **WHOLE, "description": "How many tell of a delivery, with a number or without."}})),
        "euros": several(thing("Worth.", {"by": KEY, "worth": ref("Sum")})),
        "left_out": several(thing("In no sum of items.", {
            "counting": code(Counting), "status": code(Status), "records": WHOLE, "reason": TEXT}))}),
    "Error": thing("One thing that is wrong.", {
        "path": {**TEXT, "description": "As in `claims[2].quantity.low`, or the name of a parameter or header."},
        "detail": TEXT, "value": {**TEXT, "description": "What stands there, 200 characters at most."}}, owed=False),
    "Row": thing("What became of one row of a batch.", {
        "place": {**WHOLE, "description": "Of the row, from 0."}, "key": TEXT_OR_NONE,
        "result": {"type": "string", "enum": ["created", "updated", "unchanged", "refused", "not_saved"]},
        "id": WHOLE_OR_NONE, "version": WHOLE_OR_NONE, "errors": several(ref("Error"))}, owed=False),
    "Problem": {
        "type": "object",
        "description": "What went wrong, as RFC 9457 has it.",
        "properties": {
            "type": {**TEXT, "format": "uri-reference", "description": "Where the status is explained."},
            "title": TEXT, "status": {"type": "integer", "minimum": 400, "maximum": 599}, "detail": TEXT,
            "errors": {**several(ref("Error")), "description": "Each thing that is wrong."},
            "warnings": {**several(ref("Error")), "description": "What looks wrong, and can be overruled."},
            "results": {**several(ref("Row")), "description": "Of a batch: what became of each row."},
            "version": {**WHOLE, "description": "The version at which the record stands now."}},
        "required": ["type", "title", "status", "detail"],
    },
}  # fmt: skip


def components() -> dict[str, Schema]:
    """All of them, by their names."""
    found: dict[str, Schema] = {}
    for shape in SHAPES.values():
        found |= schemas(shape, given=True) | schemas(shape, given=False)
    found |= OWN
    _with_number(found, "DonorGiven", "SystemGiven", "SourceGiven", "EventGiven", "PackageGiven")
    for name in ("Donor", "System", "Source", "Event", "Package"):
        numbered = {"id": DERIVED["id"], "version": DERIVED["version"]}
        found[f"{name}Found"] = _more(found[name], numbered)
        unversioned = ("version",) if name in ("Donor", "System") else ()
        found[f"{name}Listed"] = _row(found[f"{name}Found"], *unversioned)
        found[f"{name}Read"] = _row(found[f"{name}Found"])
    found["PledgeGiven"]["properties"] |= DERIVED | {"names": {**ref("Names"), "readOnly": True}}
    found["PledgeFound"] = _more(found["Pledge"], DERIVED | {"names": ref("Names")})
    found["PledgeRead"] = _row(found["PledgeFound"])
    found["PledgeListed"] = _row(found["PledgeFound"], *PARTS, "names", "value")
    for shape in (CLAIM, MILESTONE, LINK):
        found[f"{name_of(shape, given=False)}Listed"] = _part(found[name_of(shape, given=False)])
    found["LinkListed"]["properties"]["to_id"] = {**WHOLE, "description": "Number of that pledge."}
    for name in ("Pledge", "Source", "Event", "Package", "Donor", "System"):
        _not_owed(found[f"{name}Given"], name)
        found[f"{name}Part"] = _part_of_it(found[f"{name}Given"])
    return found


def pages_of(name: str) -> Schema:
    """A page of a list."""
    link = {"type": ["string", "null"], "format": "uri-reference"}
    return thing(
        "A page of a list, and where it goes on.",
        {"data": several(ref(name)), "next": link, "previous": link},
    )


def of_record(record: str, *, given: bool) -> Schema:
    return reference(SHAPES[record], given=given)


def _with_number(found: dict[str, Schema], *names: str) -> None:
    for name in names:
        found[name]["properties"] |= {"id": DERIVED["id"], "version": DERIVED["version"]}


def _more(told: Schema, properties: dict[str, Schema]) -> Schema:
    merged = {**properties, **told["properties"]}
    return {**told, "properties": merged, "required": list(merged)}


def _row(told: Schema, *left_out: str) -> Schema:
    """Where some fields may be asked for alone."""
    kept = {name: schema for name, schema in told["properties"].items() if name not in left_out}
    return thing(told["description"], kept, owed=False)


def _part(told: Schema) -> Schema:
    of = {
        "id": {**WHOLE, "description": "Number of the part; it is new with every version of the pledge."},
        "pledge": {**TEXT, "description": "Key of the pledge."},
        "pledge_id": {**WHOLE, "description": "Number of the pledge."},
    }
    return thing(told["description"], {**of, **told["properties"]}, owed=False)


def _not_owed(told: Schema, name: str) -> None:
    """What is made where it is not told."""
    made = {"Donor": ("code", "slug"), "System": ("slug",), "Event": ("slug",)}.get(name, ("key",))
    told["required"] = [one for one in told["required"] if one not in made]
    for one in made:
        told["properties"][one] = {**told["properties"][one], "type": ["string", "null"]}


def _part_of_it(told: Schema) -> Schema:
    """Some attributes: those that stand there stay."""
    return {name: value for name, value in told.items() if name != "required"}
