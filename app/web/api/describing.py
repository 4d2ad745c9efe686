"""The description of the API: what each route adds to what FastAPI knows of it, and the whole, as OpenAPI 3.1."""

from collections.abc import Iterable, Sequence
from typing import Any

from fastapi.openapi.utils import get_openapi

from app.web.api import examples, schemas
from app.web.api.problems import KIND, STATUSES

Answers = dict[int | str, dict[str, Any]]
JSON = "application/json"
MERGE = "application/merge-patch+json"
ALWAYS = (400, 401, 414, 429, 500, 503)
WRITES = (403, 413, 415, 422, 507)
CHANGES = (404, 412, 428)
ERRORS = {
    400: {"errors": [{"path": "status", "detail": "This value is not known.", "value": "promised"}]},
    409: {"errors": [{"path": "key", "detail": "Another pledge has this key already.", "value": "leopards"}]},
    412: {"version": 4},
    422: {
        "errors": [
            {"path": "claims[2].quantity.low", "detail": "This does not follow from the qualifier.", "value": "9"}
        ]
    },
}
ETAG = {
    "description": "The version of the record; send it as If-Match with a change.",
    "schema": {"type": "string"},
    "example": '"3.0a1b2c3d4e5f"',
}
WAIT = {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}, "example": 5}
HEADERS = {
    401: {"WWW-Authenticate": {"description": "Bearer.", "schema": {"type": "string"}, "example": "Bearer"}},
    429: {"Retry-After": WAIT},
    503: {"Retry-After": WAIT},
}
LINK = {
    "description": "Where the list goes on: `next` and `prev`, as RFC 8288 has it. Missing where it does not.",
    "schema": {"type": "string"},
    "example": '</api/v1/pledges?per=25&after=7>; rel="next"',
}


# FastAPI leaves out what is null; examples are put in place after it. By the word that stands for each meanwhile.
_kept: dict[str, Any] = {}


def _keep(example: Any) -> str:
    word = f"example {len(_kept)}"
    _kept[word] = example
    return word


def problems(*statuses: int) -> Answers:
    found: Answers = {}
    for status in sorted({*ALWAYS, *statuses}):
        says, detail = STATUSES[status]
        example = {"type": f"/api/docs#status-{status}", "title": says.rstrip("."), "status": status, "detail": detail}
        found[status] = {
            "description": says,
            "content": {KIND: {"schema": schemas.ref("Problem"), "example": example | ERRORS.get(status, {})}},
            **({"headers": HEADERS[status]} if status in HEADERS else {}),
        }
    return found


def answers(schema: dict[str, Any], example: Any, says: str, headers: dict[str, Any] | None = None) -> dict[str, Any]:
    told = {"description": says, "content": {JSON: {"schema": schema, "example": _keep(example)}}}
    return told | ({"headers": headers} if headers else {})


def listing(name: str, example: dict[str, Any], parameters: Iterable[Any], *statuses: int) -> dict[str, Any]:
    """What a route of a list says of itself."""
    body = {"data": [example], "next": "/api/v1/…?after=7", "previous": None}
    found = answers(schemas.pages_of(name), body, "A page of the list.", {"Link": LINK})
    return reads({200: found}, parameters, *statuses)


def reads(found: Answers, parameters: Iterable[Any] = (), *statuses: int) -> dict[str, Any]:
    return {
        "responses": {**found, **problems(*statuses)},
        "openapi_extra": {"parameters": list(parameters), "security": [{}, {"bearer": []}]},
    }


def writes(
    found: Answers,
    schema: dict[str, Any] | None,
    example: Any,
    parameters: Iterable[Any],
    *statuses: int,
    kind: str = JSON,
) -> dict[str, Any]:
    """What a route that writes says of itself. `schema` is that of the body."""
    extra: dict[str, Any] = {"parameters": list(parameters), "security": [{"bearer": []}]}
    owed = WRITES
    if schema is None:
        owed = (403, 507)
    else:
        content = {"schema": schema, "example": _keep(example)}
        kinds = {JSON: content} if kind == JSON else {MERGE: content, JSON: content}
        extra["requestBody"] = {"required": True, "content": kinds}
    return {"responses": {**found, **problems(*owed, *statuses)}, "openapi_extra": extra}


def description(routes: Sequence[Any]) -> dict[str, Any]:
    told = get_openapi(
        title="Allied Pledges",
        version="1",
        summary="Aid that allies pledged to Ukraine: who pledged what, when, how many, worth how much, how much of it "
        "arrived, and which source says so.",
        description=ABOUT,
        routes=routes,
        tags=TAGS,
        servers=[{"url": "/", "description": "This installation."}],
        license_info={"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    )
    told["components"] = {
        "schemas": _with_examples(schemas.components()),
        "securitySchemes": {
            "bearer": {
                "type": "http",
                "scheme": "bearer",
                "description": "A token of your account, made under /account. One of the scope read never writes.",
            }
        },
    }
    for operations in told["paths"].values():
        for operation in operations.values():
            _without_defaults(operation)
            for body in (operation.get("requestBody", {}), *operation["responses"].values()):
                for content in body.get("content", {}).values():
                    content["example"] = _kept.get(str(content["example"]), content["example"])
    return told


def _without_defaults(operation: dict[str, Any]) -> None:
    """FastAPI tells of its own answer to a number that is none; here that is 404."""
    found = operation["responses"].get("422", {}).get("content", {}).get(JSON)
    if found is not None:
        del operation["responses"]["422"]


def _with_examples(found: dict[str, Any]) -> dict[str, Any]:
    """Every schema of a record or of a part of one has an example."""
    pledge = examples.pledge_answered()
    told: dict[str, Any] = {
        "PledgeFound": pledge,
        "PledgeRead": {"id": 7, "title": pledge["title"]},
        "PledgeListed": examples.listed(),
        "PledgeGiven": examples.given("pledge"),
        "PledgePart": {"title": "Air-defence missiles", "note": None},
        "Pledge": {name: pledge[name] for name in found["Pledge"]["properties"]},
        "Quantity": pledge["quantity"],
        "QuantityGiven": {"qualifier": "about", "point": "200"},
        "Amount": examples.answered("package")["total"],
        "AmountGiven": {"qualifier": "up_to", "high": "2500000000", "currency": "GBP"},
        "Value": examples.answered("package")["value"],
        "ValueGiven": {"low": "139400000", "point": "139400000", "high": "139400000", "set_by": "dataset"},
        "Rate": {"currency": "USD", "day": "2024-01-10", "per_euro": "1.0946"},
        "RateGiven": {"currency": "USD", "day": "2024-01-10", "per_euro": "1.0946"},
        "When": pledge["announced"],
        "WhenGiven": {"earliest": "2023-12-29", "latest": "2023-12-29"},
        "Party": pledge["parties"][0],
        "PartyGiven": {"donor": "NL", "role": "funder", "share_kind": "percent", "share": "25"},
        "Milestone": pledge["milestones"][0],
        "MilestoneGiven": {"basis": "complete", "point": "handed_over", "dates": {"latest": "2024-02-01"}},
        "Claim": pledge["claims"][0],
        "ClaimGiven": {"field": "quantity", "source": examples.SOURCE.key, "quantity": {"qualifier": "some"}},
        "Link": pledge["links"][0],
        "LinkGiven": {"kind": "part_of", "to": "example-launchers"},
        "ClaimListed": examples.part("claims"),
        "MilestoneListed": examples.part("milestones"),
        "LinkListed": examples.part("links"),
        "Membership": examples.answered("donor")["memberships"][0],
        "MembershipGiven": {"group": "NATO", "since": "2024-03-07"},
        "Delivered": pledge["delivered"],
        "Worth": pledge["worth"],
        "Names": pledge["names"],
        "Sum": SUM,
        "Totals": TOTALS,
        "Change": CHANGE,
        "Effect": EFFECT,
        "Act": ACT,
        "Row": {"place": 0, "key": "leopards", "result": "updated", "id": 7, "version": 4},
        "Error": {"path": "quantity.point", "detail": "The number is missing.", "value": ""},
        "Problem": {
            "type": "/api/docs#status-404",
            "title": STATUSES[404][0].rstrip("."),
            "status": 404,
            "detail": STATUSES[404][1],
        },
    }
    for record in examples.RECORDS:
        name, whole = record.capitalize(), examples.answered(record)
        told[f"{name}Found"] = whole
        told[f"{name}Read"] = {"id": 12}
        told[f"{name}Listed"] = {key: whole[key] for key in found[f"{name}Listed"]["properties"]}
        told[name] = {key: whole[key] for key in found[name]["properties"]}
        told[f"{name}Given"] = examples.given(record)
        told[f"{name}Part"] = {"note": None} if "note" in found[name]["properties"] else {"aliases": []}
    told["EventPart"] = {"place": "Brussels"}
    for name, schema in found.items():
        schema["examples"] = [told[name]]
    return found


EFFECT = {"record": "pledge", "id": 7, "key": "leopards", "operation": "update", "version": 3}
CHANGE = {
    "id": 41,
    "at": "2024-01-10T12:00:00+00:00",
    "author": "Anna Lind",
    "comment": "As the ministry corrected it on 12 January",
    "origin": "api",
    "reverts": None,
    "count": 1,
    "effects": [EFFECT],
}
ACT = {
    "version": 3,
    "operation": "update",
    "at": "2024-01-10T12:00:00+00:00",
    "author": "Anna Lind",
    "comment": "As the ministry corrected it on 12 January",
    "change": 41,
}
SUM = {"low": "180", "point": "200", "high": "220", "known": 1, "numbered": 1, "members": 1, "assumed": True}
NONE_YET = {"low": "0", "point": "0", "high": None, "known": 0, "numbered": 0, "members": 1, "assumed": True}
TOTALS = {
    "records": 2,
    "items": [
        {
            "by": None,
            "family": "air-defence",
            "role": "interceptor",
            "unit": "missile",
            "records": 1,
            "pledged": SUM,
            "delivered": NONE_YET,
            "told": 0,
        }
    ],
    "euros": [{"by": None, "worth": {**NONE_YET, "assumed": False}}],
    "left_out": [
        {
            "counting": "umbrella",
            "status": "announced",
            "records": 1,
            "reason": "A joint purchase or statement; its parts stand beneath it and it is never added.",
        }
    ],
}
ABOUT = """Everything that the pages show, for programs. Reading needs no account; writing needs a token of the scope
write. Numbers are texts, so that none loses a digit; null is unknown, and 0 is stated to be zero.

Lists take the same filter as the pages. They go on by `next` and `previous`, in the answer and in the header `Link`.

A record has a version. Its ETag is sent back as If-Match with every change: 428 when it is missing, 412 when the
record has changed since. A claim, a milestone, a party or a link is written within its pledge."""
TAGS = [
    {"name": "Pledges", "description": "Who pledged what, and what became of it."},
    {
        "name": "Parts of pledges",
        "description": "Across the pledges of a filter; written within their pledge.",
    },
    {"name": "What pledges refer to", "description": "Donors, systems, meetings, packages and sources."},
    {"name": "Sums", "description": "What the pledges of a filter add up to, and what was left out."},
    {"name": "History", "description": "Who changed what, when and why."},
]
