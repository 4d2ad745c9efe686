"""Sources and what rests on them."""

from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.codes import N_
from app.domain.filter import Unread
from app.domain.source import SourceKind
from app.store import pledges, sources
from app.web import asked_for, listing
from app.web.ask import Asked, Number
from app.web.errors import NotFound
from app.web.render import page
from app.web.said import claim_value

router = APIRouter()
PER = 50


@router.get("/sources")
def index(ask: Asked) -> Response:
    asked = ask.request.query_params.get("kind", "")
    kind = SourceKind(asked) if asked in set(SourceKind) else None
    unknown = () if kind or not asked else (Unread("kind", asked[:80]),)
    wanted = ask.wanted
    found = sources.find(ask.db, wanted.narrowing(), ask.reference, kind=kind, page=wanted.page, per=PER)
    behind = wanted.but(q="").narrowing()
    return page(
        ask,
        "sources/index",
        found=found,
        kinds=sources.kinds(ask.db),
        kind=kind,
        chips=asked_for.chips(behind, ask.reference),
        unread=asked_for.unread_words((*wanted.unread, *unknown)),
        behind=behind,
        as_of=wanted.as_of,
        q=wanted.q,
        number=wanted.page,
        pages=max(-(-found.count // PER), 1),
    )


@router.get("/sources/{number}")
def show(ask: Asked, number: Number) -> Response:
    source = sources.one(ask.db, number)
    if source is None:
        raise NotFound(N_("There is no source of this number."), "/sources", N_("All sources"))
    resting = pledges.of(ask.db, sources.pledges_of(ask.db, number))
    claims = [(row, claim_value(row, ask.reference)) for row in sources.claims(ask.db, number)]
    return page(
        ask,
        "sources/show",
        source=source,
        claims=claims,
        lines=listing.lines(resting, ask.reference, date.today()),
    )
