"""What the API answers: a record with its version, or a page of a list with where it goes on."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from app.store.lists import Page
from app.web import etags
from app.web.api import conditions
from app.web.ask import Ask

KIND = "application/json"
Told = dict[str, Any]


def body_of(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, default=plain, separators=(",", ":")).encode()


def plain(value: object) -> str:
    """A number as a text, so that it keeps every digit."""
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def record(
    ask: Ask, told: Told, version: int, *, status: int = 200, fields: list[str] | None = None, at: str = ""
) -> Response:
    """One record; 304 where whoever asks has it already. `at` is the address of one that was made."""
    whole = body_of(told)
    tag = conditions.etag(version, whole)
    # A browser asks again each time: what was read may have changed, and a token may have seen more than a guest.
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Authorization, Cookie"}
    if status == 200 and ask.request.method == "GET" and etags.unchanged(ask.request, tag):
        return Response(status_code=304, headers=headers)
    if at:
        headers["Location"] = at
    return Response(body_of(chosen(told, fields)) if fields else whole, status, headers, KIND)


def page(ask: Ask, found: Page, told: list[Told], fields: list[str] | None = None) -> Response:
    """`told` are the rows of the page as they are answered."""
    links = {"next": _beside(ask, after=found.after), "previous": _beside(ask, before=found.before)}
    relations = {"next": "next", "previous": "prev"}
    header = ", ".join(f'<{links[name]}>; rel="{relation}"' for name, relation in relations.items() if links[name])
    data = [chosen(one, fields) for one in told] if fields else told
    headers = {"Cache-Control": "no-cache", "Vary": "Authorization, Cookie"} | ({"Link": header} if header else {})
    return Response(body_of({"data": data, **links}), 200, headers, KIND)


def chosen(told: Told, fields: list[str] | None) -> Told:
    return told if fields is None else {name: told[name] for name in fields}


def _beside(ask: Ask, **cursor: int | None) -> str | None:
    """The same list further on."""
    if None in cursor.values():
        return None
    kept = [pair for pair in ask.request.query_params.multi_items() if pair[0] not in ("after", "before")]
    return f"{ask.request.url.path}?{urlencode([*kept, *cursor.items()])}"


def told_of(row: Mapping[str, Any], *names: str) -> Told:
    return {name: row[name] for name in names}
