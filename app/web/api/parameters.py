"""Every parameter and header of the API, as the description tells it."""

from typing import Any

from app.domain.codes import Code
from app.domain.donor import DonorKind
from app.domain.event import EventKind
from app.domain.filter import CODES, FIRST_YEAR, LAST_YEAR, LONGEST_QUESTION, MOST_VALUES, Facet, Sort
from app.domain.source import SourceKind
from app.formats.record_schema import SEEN
from app.web.api.asking import LARGEST, LONGEST, MOST, USUAL
from app.web.api.batch import MOST as MOST_ROWS

Parameter = dict[str, Any]
NAMES = {
    Facet.DONOR: ("Code of a donor or funder of the pledge.", {"type": "string", "minLength": 1}, "DE"),
    Facet.GROUP: ("A group that a donor was a member of on the day announced.", None, "NATO"),
    Facet.SYSTEM: ("Name of a system; all below it are included.", {"type": "string", "minLength": 1}, "patriot"),
    Facet.AT: ("Name of a system, that node alone; “none” for no system.", {"type": "string", "minLength": 1}, "none"),
    Facet.AID: ("Kind of aid.", None, "military"),
    Facet.STATUS: ("How far the pledge has come.", None, "delivered"),
    Facet.YEAR: (
        "Year of the latest day on which it may have been announced.",
        {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
        2024,
    ),
    Facet.MONTH: ("Month of that day.", {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"}, "2024-01"),
    Facet.EVENT: ("Name of a meeting.", {"type": "string", "minLength": 1}, "nuc-2024-01-10"),
    Facet.PACKAGE: ("Number of a package.", {"type": "integer", "minimum": 1, "maximum": LARGEST}, 3),
    Facet.ROLE: ("What the item does.", None, "interceptor"),
    Facet.UNIT: ("What is counted.", None, "missile"),
    Facet.QUALIFIER: ("How the number was stated.", None, "about"),
    Facet.COUNTING: ("Whether the record counts in sums of items, or the reason why it does not.", None, "counts"),
    Facet.CONFIDENCE: ("How well the record is sourced.", None, "confirmed"),
    Facet.SOURCE: ("Whether there is a source.", None, "yes"),
    Facet.LACKS: ("What is missing.", None, "value"),
    Facet.OVERDUE: ("Past its date and still owed.", {"type": "string", "enum": ["yes"]}, "yes"),
}


def query(name: str, says: str, schema: dict[str, Any], example: Any) -> Parameter:
    return {"name": name, "in": "query", "required": False, "description": says, "schema": schema, "example": example}


def several(name: str, says: str, schema: dict[str, Any], example: Any) -> Parameter:
    """A parameter that may be given several times: any of its values fits."""
    told = {"type": "array", "items": schema, "maxItems": MOST_VALUES}
    return {**query(name, says, told, [example]), "style": "form", "explode": True}


def code(codes: type[Code]) -> dict[str, Any]:
    return {"type": "string", "enum": [str(one) for one in codes]}


DAY = {"type": "string", "format": "date"}
WORDS = {"type": "string", "minLength": 1, "maxLength": LONGEST_QUESTION, "pattern": SEEN}
FACETS = [
    several(str(facet), says, schema or code(CODES[facet]), example) for facet, (says, schema, example) in NAMES.items()
]
Q = query("q", "Words that the record holds; the last one may be a beginning.", WORDS, "patriot")
AS_OF = query("as_of", "As things stood on that day; undated records are left out.", DAY, "2024-01-10")
FILTER = [
    *FACETS,
    query("from", "Announced on that day or later.", DAY, "2024-01-01"),
    query("to", "Announced on that day or before.", DAY, "2024-01-31"),
    Q,
    AS_OF,
]
SORTS = [sign + sort for sort in Sort for sign in ("", "-")]
SORT = query(
    "sort",
    "What the list is sorted by; a minus in front turns it. What is not known stands last, all else ends in the id.",
    {"type": "string", "enum": SORTS, "default": "-announced"},
    "-announced",
)
CURSOR = {"type": "integer", "minimum": 0, "maximum": LARGEST}
PER = query(
    "per", "How many stand on a page.", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}, 25
)
AFTER = query("after", "The page behind the record of this number, from “next”.", CURSOR, 7)
BEFORE = query(
    "before",
    "The page in front of this record. Take it from “previous”; it counts where both are given.",
    CURSOR,
    7,
)
PAGING = [PER, AFTER, BEFORE]
KINDS = {
    "donors": query("kind", "Kind of donor.", code(DonorKind), "state"),
    "sources": query("kind", "Kind of source.", code(SourceKind), "press"),
    "events": query("kind", "Kind of meeting.", code(EventKind), "nuc"),
}
COMMENT = query(
    "comment",
    "Why, for the history. It can be read by everybody.",
    {"type": "string", "maxLength": LONGEST["comment"], "pattern": SEEN},
    "As the ministry corrected it on 12 January",
)
OVERRULE = query(
    "overrule",
    "Why the record is right although it looks wrong; without it a record that looks wrong is refused with “warnings”.",
    {"type": "string", "maxLength": LONGEST["overrule"], "pattern": SEEN},
    "Counted twice by the ministry itself",
)
MODE = query(
    "mode",
    f"“all”: all of the rows, {MOST_ROWS:,} at most, or none. “each”: those that are right, the others are refused.",
    {"type": "string", "enum": ["all", "each"], "default": "all"},
    "all",
)
BY = query(
    "by",
    "What the sums are told apart by; without it they are of everything.",
    {"type": "string", "enum": ["donor", "system", "family", "month", "year"]},
    "donor",
)
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of the record as it was read; * for whatever stands. Without it the answer is 428, "
    "with one that has passed 412.",
    "schema": {"type": "string", "pattern": r'^(\*|"[0-9]{1,9}(\.[0-9a-f]{12})?")$'},
    "example": '"3.0a1b2c3d4e5f"',
}
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of what you have; the answer is 304 where it has not changed.",
    "schema": {"type": "string"},
    "example": '"3.0a1b2c3d4e5f"',
}


def fields(known: list[str]) -> Parameter:
    """Which fields of every record are asked for."""
    told = {"type": "array", "items": {"type": "string", "enum": known}, "minItems": 1, "maxItems": len(known)}
    says = "Those fields alone, divided by commas."
    return {**query("fields", says, told, known[:2]), "style": "form", "explode": False}
