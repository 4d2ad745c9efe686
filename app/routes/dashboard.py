"""The overview: what is known, what arrived, and what nobody has said."""

from dataclasses import replace
from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.filter import Facet, Measure, PledgeFilter
from app.domain.system import Role, Unit
from app.store import known, pledges
from app.web import listing, sums
from app.web.ask import Asked
from app.web.charting import chart_of, shortened, with_finding
from app.web.gaps import gap_lines
from app.web.headlines import headlines
from app.web.render import page

router = APIRouter()
NEWEST = 8
DONORS = 12
# Families of these classes are counted in systems; the others in guns, launchers or pieces.
MISSILE_SYSTEMS = ("long-range-air-defence", "medium-range-air-defence", "short-range-air-defence")


@router.get("/")
def index(ask: Asked) -> Response:
    wanted = PledgeFilter(as_of=ask.wanted.as_of)
    told = known.gaps(ask.db, wanted, ask.reference)
    lines = sums.lines(ask, wanted, named=False)
    shown = [slug for slug in MISSILE_SYSTEMS if ask.reference.system(slug)]
    systems = wanted.only(Facet.SYSTEM, *shown).only(Facet.ROLE, Role.COMPLETE_SYSTEM).only(Facet.UNIT, Unit.SYSTEM)
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
        systems=with_finding(chart_of(ask, "pledged-delivered", systems.but(measure=Measure.ITEMS))),
        months=replace(chart_of(ask, "over-time", wanted), cumulative=False),
        map=chart_of(ask, "map", wanted),
        donors=shortened(chart_of(ask, "by-donor", wanted), DONORS, "/donors"),
    )
