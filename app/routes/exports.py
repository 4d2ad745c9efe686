"""Downloads of a filter, in every form."""

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.filter import Unread
from app.domain.signs import hidden
from app.web import downloads
from app.web.ask import Ask, Asked
from app.web.errors import Unreadable

router = APIRouter()


@router.get("/pledges.csv")
def as_csv(ask: Asked) -> Response:
    return _download(ask, "csv")


@router.get("/pledges.xlsx")
def as_xlsx(ask: Asked) -> Response:
    return _download(ask, "xlsx")


@router.get("/pledges.json")
def as_json(ask: Asked) -> Response:
    return _download(ask, "json")


@router.get("/pledges.jsonl")
def as_jsonl(ask: Asked) -> Response:
    return _download(ask, "jsonl")


def _download(ask: Ask, form: str) -> Response:
    if ask.wanted.unread:
        raise Unreadable(ask.wanted.unread)
    for words in ask.request.query_params.getlist("q"):
        if hidden(words):  # a page leaves such signs out, and shows for what it looked
            raise Unreadable((Unread("q", _visible(words)),))
    day = ask.wanted.as_of or ask.reference.until
    return downloads.answer(ask, form, "allied-pledges" + (f"-{day.isoformat()}" if day else ""))


def _visible(text: str) -> str:
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text[:80])
