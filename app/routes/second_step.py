"""The second step of signing in: codes of an app, set up by its first one."""

import segno
from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.domain.codes import N_
from app.store import accounts, second_steps
from app.web import words
from app.web.ask import Ask
from app.web.current import AtTheDoor, Confirmed, InPerson, someone
from app.web.forms import Typed
from app.web.render import page
from app.web.signing import keep, renew
from app.web.waiting import TO_WRITE

router = APIRouter()
WRONG = N_("This code is not right. Each is good for half a minute and works once; please wait for the next one.")


@router.get("/account/second-step")
def show(ask: AtTheDoor) -> Response:
    return _shown(ask)


@router.post("/account/second-step", dependencies=[TO_WRITE])
def begin(ask: AtTheDoor) -> Response:
    second_steps.begin(ask.request.app.state.database, someone(ask).id)
    return RedirectResponse("/account/second-step", 303)


@router.post("/account/second-step/confirmation", dependencies=[TO_WRITE])
def confirm(ask: AtTheDoor, typed: Typed) -> Response:
    """Shows the recovery codes, once."""
    codes = second_steps.confirm(ask.request.app.state.database, someone(ask).id, typed.raw("one_time_code"))
    if codes is None:
        return _shown(ask, problem=words.gettext(WRONG))
    key = renew(ask)
    return keep(ask, page(ask, "second_step/codes", codes=codes), key)


@router.post("/account/second-step/removal", dependencies=[TO_WRITE])
def remove(ask: InPerson, _: Confirmed) -> Response:
    second_steps.remove(ask.request.app.state.database, someone(ask).id)
    return RedirectResponse("/account?done=second-step", 303)


def _shown(ask: Ask, problem: str = "") -> Response:
    who = someone(ask)
    account = accounts.find(ask.request.app.state.database, who.id)
    waiting = account.totp_secret if account and account.totp_since is None else ""
    picture = segno.make(second_steps.address(waiting, who.email), error="m") if waiting else None
    return page(
        ask,
        "second_step/show",
        status=422 if problem else 200,
        who=who,
        secret=" ".join(waiting[at : at + 4] for at in range(0, len(waiting), 4)),
        picture=picture.svg_data_uri(scale=5, border=3, light="#fff") if picture else "",
        problem=problem,
    )
