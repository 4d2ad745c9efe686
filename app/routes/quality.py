"""What nobody has said: unsourced, undated, unvalued, disputed, overdue."""

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.claim import Confidence
from app.domain.filter import Facet
from app.store import facets, known
from app.web import asked_for
from app.web.ask import Asked
from app.web.gaps import gap_lines, trouble_lines
from app.web.render import page

router = APIRouter()


@router.get("/quality")
def show(ask: Asked) -> Response:
    wanted = ask.wanted.narrowing()
    told = known.gaps(ask.db, wanted, ask.reference)
    by_donor = known.records(ask.db, wanted, ask.reference, "donor")
    confidence = facets.count(ask.db, wanted, ask.reference).by[Facet.CONFIDENCE]
    return page(
        ask,
        "quality/show",
        wanted=wanted,
        as_of=wanted.as_of,
        told=told,
        gaps=gap_lines(told, wanted),
        troubles=trouble_lines(told, wanted),
        confidence=[(level, confidence.get(level, 0), wanted.only(Facet.CONFIDENCE, level)) for level in Confidence],
        donors=sorted(
            ((ask.reference.donors[number], total) for number, total in by_donor.items()),
            key=lambda one: (-(one[1].pledged.members - one[1].pledged.numbered), one[0].name),
        ),
        chips=asked_for.chips(wanted, ask.reference),
        unread=asked_for.unread_words(ask.wanted.unread),
    )
