"""Versions of a record in the headers of HTTP: what was read is sent back with a change, so that nobody writes over
what they have not seen."""

import hashlib
import re

from starlette.requests import Request

from app.domain.codes import N_
from app.web.api.problems import Refused
from app.web.etags import TAG

LIST = re.compile(rf"\s*{TAG.pattern.replace('?P<weak>', '?:').replace('?P<opaque>', '?:')}\s*")
MISSING = N_("A change names the version that it was made against: send the ETag of the record as If-Match.")
MALFORMED = N_("If-Match has to hold the ETag of the record, in quotation marks.")
STALE = N_("The record has changed since it was read. Nothing was saved; read it again.")


def etag(version: int, body: bytes) -> str:
    """The version, and what of the answer can change without one: names and worth."""
    return f'"{version}.{hashlib.sha256(body).hexdigest()[:12]}"'


def wanted(request: Request) -> str:
    """The header If-Match. Raises Refused where it is missing or cannot be read."""
    told = request.headers.get("if-match", "").strip()
    if not told:
        raise Refused(428, MISSING)
    if told != "*" and not all(LIST.fullmatch(one) for one in told.split(",")):
        raise Refused(400, MALFORMED, [{"path": "If-Match", "detail": MALFORMED}])
    return told


def ensure_current(told: str, version: int) -> None:
    """Raises Refused when the record is at another version than was read. What is weak never matches."""
    if told == "*":
        return
    for found in TAG.finditer(told):
        if not found["weak"] and found["opaque"].partition(".")[0] == str(version):
            return
    raise stale(version)


def stale(version: int | None = None) -> Refused:
    return Refused(412, STALE) if version is None else Refused(412, STALE, version=version)
