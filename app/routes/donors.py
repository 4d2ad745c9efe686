"""Countries and institutions: all of them, and one with its totals."""

from datetime import date

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.domain.codes import N_
from app.domain.filter import Facet, Measure, PledgeFilter
from app.domain.pledge import Counting
from app.store import known, pledges, totals
from app.web import listing, sums
from app.web.ask import Asked
from app.web.charting import chart_of
from app.web.errors import NotFound
from app.web.gaps import gap_lines
from app.web.headlines import headlines
from app.web.render import page

router = APIRouter()
NEWEST = 10


@router.get("/donors")
def index(ask: Asked) -> Response:
    wanted = PledgeFilter(as_of=ask.wanted.as_of)
    by_donor = known.records(ask.db, wanted, ask.reference, "donor")
    euros = totals.euros(ask.db, wanted, ask.reference, by="donor")
    found = sorted(by_donor.items(), key=lambda one: (-one[1].records, ask.reference.donors[one[0]].name))
    giving = {number for number, _ in found}
    day = wanted.as_of or date.today()
    return page(
        ask,
        "donors/index",
        rows=[
            (
                ask.reference.donors[number],
                total,
                euros.get(number),
                wanted.only(Facet.DONOR, ask.reference.donors[number].code),
            )
            for number, total in found
        ],
        silent=[donor for number, donor in ask.reference.donors.items() if number not in giving],
        map=chart_of(ask, "map", wanted),
        day=day,
        wanted=wanted,
        as_of=wanted.as_of,
    )


@router.get("/donors/{code}")
def show(ask: Asked, code: str) -> Response:
    donor = ask.reference.donor(code)
    if donor is None:
        named = next(
            (one for one in ask.reference.donors.values() if code.lower() in (one.code.lower(), one.slug)), None
        )
        if named is None:
            raise NotFound(N_("There is no donor of this code."), "/donors", N_("All donors"))
        return RedirectResponse(f"/donors/{named.code}", 301)
    as_of = ask.wanted.as_of
    wanted = PledgeFilter(as_of=as_of, per=100).only(Facet.DONOR, code)
    day = as_of or date.today()
    told = known.gaps(ask.db, wanted, ask.reference)
    lines = sums.lines(ask, wanted, named=False)
    money = wanted.only(Facet.COUNTING, Counting.ENVELOPE, Counting.FUNDING)
    uncounted = wanted.only(
        Facet.COUNTING, *(one for one in Counting if one not in (Counting.COUNTS, Counting.ENVELOPE, Counting.FUNDING))
    )
    return page(
        ask,
        "donors/show",
        donor=donor,
        groups=donor.groups(day),
        told=told,
        gaps=gap_lines(told, wanted),
        euros=totals.euros(ask.db, wanted, ask.reference).get(None),
        headlines=headlines(ask, wanted, lines, 3),
        chart=chart_of(ask, "pledged-delivered", wanted.but(measure=Measure.ITEMS)),
        months=chart_of(ask, "over-time", wanted),
        money=_lines(ask, money),
        uncounted=_lines(ask, uncounted),
        newest=listing.lines(pledges.newest(ask.db, wanted, ask.reference, NEWEST), ask.reference, day),
        overdue=_lines(ask, wanted.only(Facet.OVERDUE, "yes")),
        wanted=wanted,
        as_of=as_of,
        day=day,
    )


def _lines(ask: Asked, wanted: PledgeFilter) -> list[listing.Line]:
    found = pledges.some(ask.db, wanted, ask.reference, NEWEST)
    return listing.lines(found, ask.reference, wanted.as_of or date.today())
