"""One's own account: the name, the password, and where one is signed in."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.domain.account import NotAccepted, checked_name, checked_password
from app.domain.codes import N_
from app.store import accounts, passwords, sessions
from app.web.account import account_page
from app.web.ask import Number
from app.web.current import InPerson, someone
from app.web.errors import NotFound
from app.web.forms import Typed
from app.web.proof import WRONG_AGAIN, ProvedAgain
from app.web.signing import keep, renew
from app.web.waiting import TO_WRITE

router = APIRouter()
DIFFERENT = N_("The two passwords are not the same.")


@router.get("/account")
def show(ask: InPerson) -> Response:
    return account_page(ask)


@router.post("/account/name", dependencies=[TO_WRITE])
def rename(ask: InPerson, typed: Typed) -> Response:
    typed.ensure_only({"name"})
    try:
        name = checked_name(typed.text("name"))
    except ValueError as error:
        return account_page(ask, {"name": str(error)}, typed)
    accounts.rename(ask.request.app.state.database, someone(ask).id, name)
    return RedirectResponse("/account?done=name", 303)


@router.post("/account/password", dependencies=[TO_WRITE])
def change_password(ask: InPerson, typed: Typed, proof: ProvedAgain) -> Response:
    """Ends all other sign-ins, and goes on under a new key."""
    who, database = someone(ask), ask.request.app.state.database
    problems = {} if proof.account else {"password": WRONG_AGAIN}
    try:
        password = checked_password(typed.raw("new_password"), (who.email, who.name))
    except NotAccepted as error:
        problems["new_password"] = str(error)
    else:
        if typed.raw("new_password") != typed.raw("new_password_again"):
            problems["new_password_again"] = DIFFERENT
    if problems or who.session is None:
        return account_page(ask, problems, typed)
    accounts.change_password(database, who.id, passwords.hashed(password), but=who.session)
    answer = RedirectResponse("/account?done=password", 303)
    return keep(ask, answer, renew(ask, confirmed=True))


@router.post("/account/sessions/{number}/end", dependencies=[TO_WRITE])
def end_session(ask: InPerson, number: Number) -> Response:
    if not sessions.end(ask.request.app.state.database, someone(ask).id, number):
        raise NotFound(N_("There is no sign-in of this number. It may have ended already."), "/account", N_("Account"))
    return RedirectResponse("/account?done=sessions", 303)


@router.post("/account/sessions/end", dependencies=[TO_WRITE])
def end_other_sessions(ask: InPerson) -> Response:
    who = someone(ask)
    if who.session is not None:
        sessions.end_others(ask.request.app.state.database, who.id, who.session)
    return RedirectResponse("/account?done=sessions", 303)
