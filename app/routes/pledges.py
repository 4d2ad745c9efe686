"""Pledges: the explorer and one record."""

from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.domain.codes import N_
from app.domain.filter import Measure, Sort, View
from app.domain.pledge import State
from app.store import facets, pledges, records
from app.web import asked_for, listing, sums
from app.web import facets as panels
from app.web.ask import Asked, Number
from app.web.charting import chart_of
from app.web.errors import NotFound
from app.web.meanwhile import titled
from app.web.record import told
from app.web.render import page
from app.web.saved import Saved, sentence

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
        editing=bool(ask.who and ask.who.edits) and wanted.as_of is None,
        chart_measures=[one for one in Measure if wanted.view is not View.MAP or one is not Measure.ITEMS],
    )


@router.get("/pledges/{number}@{version}")
def version(ask: Asked, number: Number, version: Number) -> Response:
    record = records.find(ask.db, number, version)
    if record is None or not _may_see(ask, record.pledge.state):
        raise NotFound(
            N_("No version of a pledge has this address."), f"/pledges/{number}", N_("The pledge as it is now")
        )
    return page(ask, "pledges/show", told=told(ask, record, fixed=True), **_shown(ask, fixed=True))


@router.get("/pledges/{number}")
def show(ask: Asked, number: Number) -> Response:
    record = records.find(ask.db, number)
    if record is None or (record.state is State.DRAFT and not _may_see(ask, record.state)):
        raise NotFound(N_("There is no pledge of this number."))
    if record.state is State.DELETED:
        last = records.history(ask.db, number, drafts=True, most=1)[0]
        editor = bool(ask.who and ask.who.may_edit)
        gone = page(ask, "pledges/deleted", status=410, record=record, last=last, editor=editor)
        gone.headers["Cache-Control"] = "no-store"  # else a browser remembers what may come back
        return gone
    as_of = ask.wanted.as_of
    shown = _shown(ask, fixed=False, saved=_saved(ask, record))
    return page(ask, "pledges/show", fragment="pledges/record", told=told(ask, record, as_of), as_of=as_of, **shown)


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


def _may_see(ask: Asked, state: State) -> bool:
    return state is State.PUBLISHED or bool(ask.who and ask.who.may_edit)


def _shown(ask: Asked, *, fixed: bool, saved: Saved | None = None) -> dict[str, Any]:
    """How the record is shown to whoever asks. A version, and a day that is not today, is there to be read."""
    who = ask.who
    editing = bool(who and who.edits) and not fixed and ask.wanted.as_of is None
    return {"fixed": fixed, "editor": bool(who and who.may_edit), "editing": editing, "saved": saved}


def _saved(ask: Asked, record: records.Record) -> Saved | None:
    """What was saved right before, when an editor comes from a form; it can be undone while nobody has changed more."""
    asked = ask.request.query_params.get("saved", "")
    if asked != str(record.version) or not (ask.who and ask.who.may_edit):
        return None
    merged = titled(ask.request.query_params.get("merged", "")[:500].split())
    return Saved(record.id, record.version, sentence(record.version, record.pledge), merged)
