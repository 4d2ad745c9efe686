"""ETags: that of all records as they stand, and whether whoever asks has what stands already."""

import re

from starlette.requests import Request

from app.web.ask import Ask

TAG = re.compile(r'(?P<weak>W/)?"(?P<opaque>[\x21\x23-\x7e\x80-\xff]*)"')


def of_state(ask: Ask) -> dict[str, str]:
    """The headers of what is the same as long as no record changes. A browser asks again each time."""
    return {"ETag": f'W/"{ask.reference.epoch}-{ask.reference.counter}"', "Cache-Control": "no-cache"}


def unchanged(request: Request, tag: str) -> bool:
    """A weak tag is as good as the other here."""
    told = request.headers.get("if-none-match", "")
    mine = tag.removeprefix("W/").strip('"')
    return told.strip() == "*" or any(found["opaque"] == mine for found in TAG.finditer(told))
