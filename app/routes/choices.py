"""What comes near while a name is typed, and how a number, an amount or a date reads before it is saved."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from app.domain.codes import N_
from app.domain.field import NAMING, Field, Kind
from app.domain.filter import UNSEEN
from app.domain.money import Amount, Value
from app.domain.numerals import Unreadable
from app.domain.quantity import Quantity
from app.domain.system import Unit
from app.domain.when import When
from app.web import picks, words
from app.web.ask import Asked
from app.web.errors import NotFound
from app.web.render import page

router = APIRouter()
READ = (Kind.QUANTITY, Kind.AMOUNT, Kind.WORTH, Kind.DATES)
Text = Annotated[str, Query(max_length=2000)]


@router.get("/choices/{kind}")
def choices(ask: Asked, kind: str, q: Text = "") -> Response:
    if kind not in set(NAMING):
        raise NotFound(N_("Nothing can be chosen here."))
    found = picks.choices(ask, Kind(kind), UNSEEN.sub(" ", q).strip())
    made = picks.CREATE[Kind(kind)] if ask.who and ask.who.may_edit else None
    return page(ask, "choices/index", fragment="choices/list", kind=kind, q=q, choices=found, make=made)


@router.get("/readings/{kind}")
def reading(ask: Asked, kind: str, text: Text = "", unit: str = "") -> Response:
    if kind not in set(READ):
        raise NotFound(N_("Nothing can be read here."))
    value, problem = None, ""
    try:
        value = Field(name="text", title="", kind=Kind(kind), optional=True).value(text.strip())
    except Unreadable as error:
        problem = words.gettext(str(error))
    said = _said(value, unit if unit in set(Unit) else "")
    drawn = value if isinstance(value, Quantity) and not isinstance(value, Amount) else None
    return page(
        ask, "readings/show", fragment="readings/reading", kind=kind, text=text, said=said, drawn=drawn, problem=problem
    )


def _said(value: object, unit: str) -> str:
    """The value as the page will say it, with its ends."""
    match value:
        case Amount():
            return words.money_full(value)
        case Quantity():
            told = words.quantity(value, unit)
            return f"{told} ({told.note})" if told.note else str(told)
        case Value():
            return words.euros_full(value)
        case When():
            return words.when_read(value)
    return words.gettext("nothing")
