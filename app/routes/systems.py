"""The tree of system types, and one node with everything under it."""

from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.codes import N_
from app.domain.filter import Facet, Measure, PledgeFilter
from app.domain.system import System
from app.store import facets, known, pledges
from app.web import listing, sums
from app.web.ask import Asked
from app.web.charting import chart_of
from app.web.errors import NotFound
from app.web.gaps import gap_lines
from app.web.headlines import headlines
from app.web.render import page

router = APIRouter()
NEWEST = 10
MOST_KINDS = 20


@router.get("/systems")
def index(ask: Asked) -> Response:
    wanted = PledgeFilter(as_of=ask.wanted.as_of)
    counts = facets.count(ask.db, wanted, ask.reference).by[Facet.SYSTEM]
    return page(
        ask,
        "systems/index",
        categories=ask.reference.children[""],
        children=ask.reference.children,
        counts=counts,
        wanted=wanted,
        as_of=wanted.as_of,
    )


@router.get("/systems/{slug}")
def show(ask: Asked, slug: str) -> Response:
    system = ask.reference.system(slug)
    if system is None:
        raise NotFound(N_("There is no system of this name."), "/systems", N_("All systems"))
    as_of = ask.wanted.as_of
    wanted = PledgeFilter(as_of=as_of).only(Facet.SYSTEM, slug)
    told = known.gaps(ask.db, wanted, ask.reference)
    lines = sums.lines(ask, wanted, named=False)[:MOST_KINDS]
    counts = facets.count(ask.db, wanted.without(Facet.SYSTEM), ask.reference).by[Facet.SYSTEM]
    day = as_of or date.today()
    return page(
        ask,
        "systems/show",
        system=system,
        trail=ask.reference.line(system)[:-1],
        below=[(node, counts.get(node.slug, 0)) for node in ask.reference.children.get(system.code, [])],
        told=told,
        gaps=gap_lines(told, wanted),
        sums=lines,
        headlines=headlines(ask, wanted, lines, 4),
        chart=chart_of(ask, "by-donor", wanted.but(measure=_measure(system))),
        months=chart_of(ask, "over-time", wanted),
        newest=listing.lines(pledges.newest(ask.db, wanted, ask.reference, NEWEST), ask.reference, day),
        wanted=wanted,
        as_of=as_of,
    )


def _measure(system: System) -> Measure:
    """Items add up within a family; above it pledges are counted."""
    return Measure.ITEMS if system.code.count(".") >= 2 else Measure.RECORDS
