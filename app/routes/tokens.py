"""Tokens: keys with which programs act for an account."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.domain.account import NotAccepted, Scope, checked_name
from app.domain.codes import N_
from app.store import tokens
from app.web.account import account_page
from app.web.ask import Number
from app.web.current import Confirmed, InPerson, someone
from app.web.errors import NotFound
from app.web.forms import Form, Problem, Typed
from app.web.render import page
from app.web.waiting import TO_WRITE

router = APIRouter()
DAYS = range(1, 366)


@router.post("/account/tokens", dependencies=[TO_WRITE])
def create(ask: InPerson, _: Confirmed, typed: Typed) -> Response:
    """Shows the token, once."""
    typed.ensure_only({"token_name", "scope", "days"})
    try:
        name, scope, days = _read(typed)
        key = tokens.make(ask.request.app.state.database, someone(ask).id, name=name, scope=scope, days=days)
    except Problem as problem:
        return account_page(ask, {problem.field: problem.sentence}, typed)
    except tokens.TooManyTokens:
        return account_page(ask, {"token_name": N_("An account has 50 tokens at most. Please end one first.")}, typed)
    return page(ask, "tokens/create", key=key, purpose=name, scope=scope, days=days)


@router.post("/account/tokens/{number}/end", dependencies=[TO_WRITE])
def end(ask: InPerson, number: Number) -> Response:
    if not tokens.end(ask.request.app.state.database, someone(ask).id, number):
        raise NotFound(N_("There is no token of this number."), "/account", N_("Account"))
    return RedirectResponse("/account?done=token", 303)


def _read(typed: Form) -> tuple[str, Scope, int]:
    """Name, scope and days. Raises Problem."""
    try:
        name = checked_name(typed.text("token_name"))
    except NotAccepted as error:
        raise Problem("token_name", N_("A token needs a name, so that you know later what it is for.")) from error
    if typed.text("scope") not in set(Scope):
        raise Problem("scope", N_("A token may read, or read and write."))
    days = typed.text("days")
    if not (days.isascii() and days.isdigit() and len(days) < 4 and int(days) in DAYS):
        raise Problem("days", N_("A token lasts from 1 to 365 days."))
    return name, Scope(typed.text("scope")), int(days)
