"""Meetings and what was pledged there."""

from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.codes import N_
from app.domain.filter import Facet, PledgeFilter
from app.domain.when import When
from app.store import events, pledges
from app.web import listing, sums
from app.web.ask import Asked
from app.web.errors import NotFound
from app.web.render import page

router = APIRouter()


@router.get("/events")
def index(ask: Asked) -> Response:
    as_of = ask.wanted.as_of
    found = [row for row in events.all_with_counts(ask.db) if as_of is None or (row.latest and row.latest <= as_of)]
    return page(ask, "events/index", events=found, as_of=as_of)


@router.get("/events/{slug}")
def show(ask: Asked, slug: str) -> Response:
    event = events.find(ask.db, slug)
    if event is None:
        raise NotFound(N_("There is no meeting of this name."), "/events", N_("All meetings"))
    as_of = ask.wanted.as_of
    wanted = PledgeFilter(as_of=as_of, per=100).only(Facet.EVENT, slug)
    found = pledges.find(ask.db, wanted, ask.reference)
    lines = listing.lines(found.rows, ask.reference, as_of or date.today())
    return page(
        ask,
        "events/show",
        event=event,
        dates=When(event.earliest, event.latest, event.dates_words),
        sources=events.sources(ask.db, event.id),
        wanted=wanted,
        as_of=as_of,
        found=found,
        lines=lines,
        sums=sums.lines(ask, wanted),
        uncounted=[line for line in lines if not line.counts],
    )
