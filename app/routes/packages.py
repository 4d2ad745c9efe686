"""What was announced together."""

from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.codes import N_
from app.domain.filter import Facet, PledgeFilter
from app.store import packages, pledges, rows
from app.web import listing, sums
from app.web.ask import Asked, Number
from app.web.errors import NotFound
from app.web.render import page

router = APIRouter()


@router.get("/packages/{number}")
def show(ask: Asked, number: Number) -> Response:
    package = packages.find(ask.db, number)
    if package is None:
        raise NotFound(N_("There is no package of this number."))
    as_of = ask.wanted.as_of
    wanted = PledgeFilter(as_of=as_of, per=100).only(Facet.PACKAGE, str(number))
    found = pledges.find(ask.db, wanted, ask.reference)
    return page(
        ask,
        "packages/show",
        package=package,
        donor=ask.reference.donors[package.donor_id],
        event=ask.reference.events.get(package.event_id),
        announced=rows.when_in(package),
        total=rows.amount_in(package, "total_"),
        value=packages.value(package),
        sources=packages.sources(ask.db, number),
        drafts=packages.drafts(ask.db, number) if ask.who and ask.who.may_edit else [],
        wanted=wanted,
        as_of=as_of,
        found=found,
        lines=listing.lines(found.rows, ask.reference, as_of or date.today()),
        sums=sums.lines(ask, wanted),
    )
