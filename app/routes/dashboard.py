"""The overview: what is known, what arrived, and what nobody has said."""

from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.filter import Measure, PledgeFilter
from app.domain.system import Role
from app.store import pledges, totals
from app.web import listing, sums
from app.web.ask import Asked
from app.web.charting import chart_of
from app.web.gaps import gap_lines
from app.web.headlines import headlines
from app.web.render import page

router = APIRouter()
NEWEST = 8


@router.get("/")
def index(ask: Asked) -> Response:
    wanted = PledgeFilter(as_of=ask.wanted.as_of)
    told = totals.gaps(ask.db, wanted, ask.reference)
    lines = sums.lines(ask, wanted)
    systems = wanted.only("role", Role.COMPLETE_SYSTEM)
    return page(
        ask,
        "dashboard/index",
        wanted=wanted,
        as_of=wanted.as_of,
        told=told,
        gaps=gap_lines(told, wanted),
        headlines=headlines(ask, wanted, lines),
        newest=listing.lines(
            pledges.newest(ask.db, wanted, ask.reference, NEWEST), ask.reference, wanted.as_of or date.today()
        ),
        systems=chart_of(ask, "pledged-delivered", systems.but(measure=Measure.ITEMS)),
        months=chart_of(ask, "over-time", wanted),
        map=chart_of(ask, "map", wanted),
        donors=chart_of(ask, "by-donor", wanted),
    )
