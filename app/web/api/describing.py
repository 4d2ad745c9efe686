"""The description of the API: what each route adds to what FastAPI knows of it, and the whole, as OpenAPI 3.1."""

from collections.abc import Iterable, Sequence
from typing import Any

from fastapi.openapi.utils import get_openapi

from app.web.api import schemas
from app.web.api.problems import KIND, STATUSES
from app.web.api.schema_examples import with_examples

Answers = dict[int | str, dict[str, Any]]
JSON = "application/json"
MERGE = "application/merge-patch+json"
ALWAYS = (400, 401, 414, 429, 500, 503)
WRITES = (403, 413, 415, 422, 507)
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
KEPT: Answers = {304: {"description": "What you have is what stands.", "headers": {"ETag": ETAG}}}
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
        "schemas": with_examples(schemas.components()),
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
