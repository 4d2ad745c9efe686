"""Downloads of a filter, written as they are read."""

from collections.abc import Iterator

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from app.formats import csv_file, json_file
from app.store import exports
from app.web.ask import Ask, Asked
from app.web.errors import Unreadable
from app.web.render import coverage, source_line

router = APIRouter()


@router.get("/pledges.csv")
def as_csv(ask: Asked) -> Response:
    return _stream(ask, "csv", csv_file.written(exports.NAMES, _rows(ask)), "text/csv; charset=utf-8")


@router.get("/pledges.json")
def as_json(ask: Asked) -> Response:
    head = {
        "address": ask.base + ask.wanted.narrowing().address(),
        "covers": coverage(ask.reference),
        "until": ask.reference.until,
        "changed": ask.reference.changed_at,
        "sources": source_line(ask.reference),
        "licence": "CC BY 4.0",
        "dictionary": f"{ask.base}/dictionary",
    }
    return _stream(ask, "json", json_file.written(head, exports.NAMES, _rows(ask)), "application/json")


def _rows(ask: Ask) -> Iterator[tuple[object, ...]]:
    if ask.wanted.unread:
        raise Unreadable(ask.wanted.unread)
    return exports.rows(ask.db, ask.wanted, ask.reference, ask.base)


def _stream(ask: Ask, ending: str, pieces: Iterator[bytes], kind: str) -> Response:
    day = ask.wanted.as_of or ask.reference.until
    stem = "allied-pledges" + (f"-{day.isoformat()}" if day else "")
    return StreamingResponse(
        pieces, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{stem}.{ending}"'}
    )
