"""Signing in and out, and typing the password again before what is hard to take back."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.domain.codes import N_
from app.store import sessions
from app.web import again, words
from app.web.ask import Ask, Asked
from app.web.current import Editor, InPerson, someone
from app.web.forms import Form, Typed
from app.web.kept import Kept, kept_in
from app.web.origin import safe_path
from app.web.proof import WRONG, WRONG_AGAIN, Proved, ProvedAgain
from app.web.render import page
from app.web.signing import enter, forget, keep, renew, session_of
from app.web.waiting import TO_WRITE

router = APIRouter()
DONE = {"password": N_("Your password is changed. Please sign in with it.")}


@router.get("/sign-in")
def new(ask: Asked) -> Response:
    asked = ask.request.query_params
    told = DONE.get(asked.get("done", ""), "")
    return again.sign_in(ask, onward=safe_path(asked.get("next", "/")), told=words.gettext(told) if told else "")


@router.post("/sign-in", dependencies=[TO_WRITE])
def create(ask: Asked, typed: Typed, proof: Proved) -> Response:
    onward, kept = safe_path(typed.raw("next") or "/"), kept_in(typed)
    if proof.account is None:
        email = typed.raw("email")
        return again.sign_in(ask, onward=onward, kept=kept, problem=words.gettext(WRONG), email=email[:254], status=422)
    key = enter(ask, proof.account.id)
    if someone(ask).held_back:
        onward, kept = "/account/second-step", None
    if kept is None:
        return keep(ask, RedirectResponse(onward, 303), key)
    return keep(ask, _resumed(ask, kept, words.gettext("You are signed in again")), key)


@router.post("/sign-out", dependencies=[TO_WRITE])
def end(ask: Asked) -> Response:
    if ask.who and ask.who.session:
        sessions.end(ask.request.app.state.database, ask.who.id, ask.who.session)
    return forget(ask, RedirectResponse("/", 303))


@router.get("/confirm")
def confirmation(ask: InPerson) -> Response:
    return again.confirm(ask, onward=safe_path(ask.request.query_params.get("next", "/")))


@router.post("/confirm", dependencies=[TO_WRITE])
def confirm(ask: InPerson, typed: Typed, proof: ProvedAgain) -> Response:
    onward, kept = safe_path(typed.raw("next") or "/"), kept_in(typed)
    if proof.account is None:
        return again.confirm(ask, onward=onward, kept=kept, problem=words.gettext(WRONG_AGAIN), status=422)
    key = renew(ask, confirmed=True)
    if kept is None:
        return keep(ask, RedirectResponse(onward, 303), key)
    return keep(ask, _resumed(ask, kept, words.gettext("Your password was right")), key)


@router.post("/edit-mode", dependencies=[TO_WRITE])
def edit_mode(ask: Editor, typed: Typed) -> Response:
    """A click on a cell opens it, or follows its link."""
    sessions.set_edit_mode(ask.request.app.state.database, session_of(ask), typed.text("on") == "yes")
    return RedirectResponse(_back(typed), 303)


def _resumed(ask: Ask, kept: Kept, title: str) -> Response:
    return page(ask, "sessions/resumed", title=title, kept=kept)


def _back(typed: Form) -> str:
    return safe_path(typed.raw("back") or "/")
