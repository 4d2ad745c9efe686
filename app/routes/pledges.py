"""Pledges: the explorer and one record."""

from datetime import date

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.domain.codes import N_
from app.domain.filter import Measure, Sort, View
from app.store import facets, pledges, records
from app.web import asked_for, listing, sums
from app.web import facets as panels
from app.web.ask import Asked, Number
from app.web.charting import chart_of
from app.web.errors import NotFound
from app.web.record import told
from app.web.render import page

router = APIRouter()
SUMMED = 100  # above that many pledges the sums are told by the chart


@router.get("/pledges")
def index(ask: Asked) -> Response:
    wanted = ask.wanted
    faceted = facets.count(ask.db, wanted, ask.reference)
    found = pledges.find(ask.db, wanted, ask.reference, faceted.size)
    chart = chart_of(ask, _chart_name(wanted.view, wanted.measure), wanted) if wanted.view is not View.TABLE else None
    return page(
        ask,
        "pledges/index",
        fragment="pledges/explorer",
        address=wanted.address(),
        wanted=wanted,
        as_of=wanted.as_of,
        found=found,
        lines=listing.lines(found.rows, ask.reference, wanted.as_of or date.today()),
        groups=panels.groups(wanted, faceted.by, ask.reference),
        chips=asked_for.chips(wanted, ask.reference),
        unread=asked_for.unread_words(wanted.unread),
        undated=pledges.undated(ask.db, wanted, ask.reference),
        sums=sums.lines(ask, wanted) if wanted.narrowed and 0 < found.size.count <= SUMMED else [],
        uncounted=_uncounted(ask, found) if wanted.narrowed else [],
        sorts=Sort,
        views=View,
        chart=chart,
        chart_measures=[one for one in Measure if wanted.view is not View.MAP or one is not Measure.ITEMS],
    )


@router.get("/pledges/{number}@{version}")
def version(ask: Asked, number: Number, version: Number) -> Response:
    record = records.find(ask.db, number, version)
    if record is None:
        raise NotFound(
            N_("No version of a pledge has this address."), f"/pledges/{number}", N_("The pledge as it is now")
        )
    return page(ask, "pledges/show", told=told(ask, record), fixed=True)


@router.get("/pledges/{number}")
def show(ask: Asked, number: Number) -> Response:
    record = records.find(ask.db, number)
    if record is None:
        raise NotFound(N_("There is no pledge of this number."))
    as_of = ask.wanted.as_of
    return page(ask, "pledges/show", told=told(ask, record, as_of), fixed=False, as_of=as_of)


@router.get("/pledges/{number}/")
def with_slash(number: Number) -> Response:
    return RedirectResponse(f"/pledges/{number}", 301)


def _uncounted(ask: Asked, found: pledges.Found) -> list[listing.Line]:
    """What stands in the list and in no sum, when the list is short enough to name it."""
    if found.size.count > 50 or found.size.count == found.size.counted:
        return []
    return [line for line in listing.lines(found.rows, ask.reference, date.today()) if not line.counts]


def _chart_name(view: View, measure: Measure) -> str:
    if view is View.MAP:
        return "map"
    return "pledged-delivered" if measure is Measure.ITEMS else "by-donor"
