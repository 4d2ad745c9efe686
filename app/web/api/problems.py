"""What the API answers when something is wrong: a problem as RFC 9457 has it, with each fault by its path."""

import json
from collections.abc import Collection, Iterable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from app.formats.shape import Wrong
from app.web import words

KIND = "application/problem+json"
# What each means, and an example of its detail.
STATUSES = {
    400: (
        "A parameter, header or body cannot be read.",
        "A parameter of the address cannot be read.",
    ),
    401: (
        "The token is missing, has ended, or is none.",
        "This needs an account. Please sign in.",
    ),
    403: (
        "The token or its account may not do this.",
        "This token may only read.",
    ),
    404: (
        "There is no such record, or it is a draft.",
        "There is no pledge of this number.",
    ),
    405: (
        "The address does not take this method; `Allow` says which it takes.",
        "The address exists, but does not take this kind of request.",
    ),
    409: (
        "Another record has the name already.",
        "Another pledge has this key already.",
    ),
    410: (
        "The record was deleted; its history can still be read.",
        "This pledge was deleted.",
    ),
    412: (
        "The record has changed since it was read.",
        "The record has changed since it was read. Nothing was saved; read it again.",
    ),
    413: (
        "The body is too large.",
        "What was sent is larger than anything that is taken here. Nothing was saved.",
    ),
    414: (
        "The query of the address is too long.",
        "The address is too long: its query has more than 8192 bytes.",
    ),
    415: (
        "The body is not of a type that is taken.",
        "The body has to be JSON, of the type application/json.",
    ),
    422: (
        "Something in the record is wrong.",
        "Something in the record is wrong. Nothing was saved.",
    ),
    428: (
        "If-Match is missing.",
        "A change names the version that it was made against: send the ETag of the record as If-Match.",
    ),
    429: (
        "Too many requests in one minute; `Retry-After` says how many seconds to wait.",
        "That was a lot in one minute. Please try again shortly.",
    ),
    500: (
        "A failure on our side.",
        "The failure was written down under the code 1f2e3d4c. Other pages still work.",
    ),
    503: (
        "Others were writing for too long; `Retry-After` says how many seconds to wait.",
        "Others were saving for so long that your turn did not come. Nothing of yours was saved.",
    ),
    507: (
        "There is no room left on the disk.",
        "The disk of this server is full. Nothing of yours was saved.",
    ),
}
Errors = list[dict[str, str]]


class Refused(HTTPException):
    """`errors` name what is wrong by its path; `more` stands beside them in the answer."""

    def __init__(
        self,
        status: int,
        sentence: str,
        errors: Collection[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(status, sentence, dict(headers or {}))
        self.more = ({"errors": [dict(one) for one in errors]} if errors else {}) | more


def is_api(path: str) -> bool:
    return path == "/api" or path.startswith("/api/")


def allowed(request: Request) -> list[str]:
    """The methods that an address takes. Each has a route of its own, and none of them knows the others."""
    found: set[str] = set()
    for included in request.app.routes:
        for route in getattr(getattr(included, "original_router", None), "routes", []):
            matched, _ = route.matches(request.scope)
            found |= route.methods if matched is not Match.NONE else set()
    return sorted(found)


def errors_of(wrong: Iterable[Wrong]) -> Errors:
    """Faults of a record in the language of whoever asks."""
    return [error(one.path, words.gettext(one.sentence) % dict(one.values), one.value) for one in wrong]


def error(path: str, detail: str, value: str = "") -> dict[str, str]:
    return {"path": path, "detail": detail} | ({"value": value} if value else {})


def problem(status: int, detail: str, more: Mapping[str, Any] | None = None) -> Response:
    """`type` leads to where the status is explained."""
    told = {
        "type": f"/api/docs#status-{status}",
        "title": STATUSES[status][0].rstrip(".") if status in STATUSES else HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **(more or {}),
    }
    return Response(json.dumps(told, ensure_ascii=False).encode(), status, media_type=KIND)
