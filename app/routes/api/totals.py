"""What the pledges of a filter add up to, and what was left out of it."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.quantity import Sum
from app.domain.totals import left_out_because
from app.store import known, totals
from app.store.reference import Reference
from app.web import words
from app.web.api import answers, parameters, schema_examples, schemas
from app.web.api.answers import Told
from app.web.api.asking import Asking, Reading
from app.web.api.describing import answers as answered
from app.web.api.describing import reads

router = APIRouter(prefix="/api/v1", tags=["Sums"])
ASKED = [*parameters.FILTER, parameters.BY]
ONE = answered(schemas.ref("Totals"), schema_examples.TOTALS, "The sums.")


@router.get("/totals", summary="Sums of a filter", operation_id="read_totals", **reads({200: ONE}, ASKED))
def show(ask: Reading) -> Response:
    """Items add only within one family, one role and one unit; there is no grand total of items. Of joint pledges the
    shares are added, where donors are asked for or told apart."""
    asking = Asking(ask)
    wanted, by = asking.wanted(), asking.one_of("by", parameters.BY["schema"]["enum"])
    asking.ensure_sound()
    items = totals.items(ask.db, wanted, ask.reference, by)
    euros = totals.euros(ask.db, wanted, ask.reference, by)
    left = known.left_out(ask.db, wanted, ask.reference)
    told = {
        "records": known.gaps(ask.db, wanted, ask.reference)["all"],
        "items": [
            {
                "by": _named(by, key, ask.reference),
                "family": ask.reference.systems[ask.reference.system_codes[kind.family]].slug if kind.family else None,
                "role": kind.role,
                "unit": kind.unit,
                "records": total.records,
                "pledged": _sum(total.pledged),
                "delivered": _sum(total.delivered),
                "told": total.told,
            }
            for (key, kind), total in sorted(items.items(), key=lambda one: (str(one[0][0]), one[0][1]))
        ],
        "euros": [
            {"by": _named(by, key, ask.reference), "worth": _sum(worth)}
            for key, worth in sorted(euros.items(), key=lambda one: str(one[0]))
        ],
        "left_out": [
            {
                "counting": one.counting,
                "status": one.status,
                "records": one.number,
                "reason": words.gettext(str(left_out_because(one.counting, one.status))),
            }
            for one in left
        ],
    }
    return Response(answers.body_of(told), headers={"Cache-Control": "no-cache"}, media_type=answers.KIND)


def _sum(one: Sum) -> Told:
    names = ("low", "point", "high", "known", "numbered", "members", "assumed")
    return {name: getattr(one, name) for name in names}


def _named(by: str, key: Any, reference: Reference) -> str | None:
    if key is None:
        return None
    match by:
        case "donor":
            return reference.donors[key].code
        case "system" | "family":
            return reference.systems[key].slug
        case "month":
            return f"{key // 100}-{key % 100:02d}"
    return str(key)
