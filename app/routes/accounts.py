"""Everybody who has an account, for admins."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from sqlalchemy import Row
from starlette.responses import RedirectResponse, Response

from app.domain.account import NotAccepted, Role, checked_email
from app.domain.codes import N_
from app.store import accounts, invitations, second_steps, sessions
from app.web import words
from app.web.ask import Ask, Number
from app.web.current import Admin, Confirmed
from app.web.errors import NotFound
from app.web.forms import Form, Problem, Problems, Typed
from app.web.render import page
from app.web.waiting import TO_WRITE

router = APIRouter()
ROLES = [Role.CONTRIBUTOR, Role.EDITOR, Role.ADMIN]  # readers need no account
LAST_ADMIN = N_("This is the last admin: nobody would be left to look after the accounts. Make another one first.")
DONE = {
    "role": N_("The role is changed. The account is signed out everywhere, and its tokens have ended."),
    "closed": N_("The account is closed and signed out everywhere. What it wrote stays."),
    "open": N_("The account is open again. It signs in as before."),
    "second-step": N_("The second step is taken away. The password alone lets this account in."),
    "withdrawn": N_("The invitation is withdrawn."),
}


@router.get("/accounts")
def index(ask: Admin) -> Response:
    return _everybody(ask)


@router.post("/accounts/invitations", dependencies=[TO_WRITE])
def invite(ask: Admin, _: Confirmed, typed: Typed) -> Response:
    """Shows the link, once."""
    typed.ensure_only({"email", "role"})
    try:
        email, role = checked_email(typed.text("email")), _role(typed)
        key = invitations.invite(ask.request.app.state.database, email=email, role=role)
    except Problem as problem:
        return _everybody(ask, {problem.field: problem.sentence}, typed)
    except NotAccepted as error:
        return _everybody(ask, {"email": str(error)}, typed)
    except accounts.Taken:
        return _everybody(ask, {"email": N_("There is an account of this address already.")}, typed)
    return page(ask, "accounts/link", email=email, role=role, link=f"{ask.base}/invitations/{key}")


@router.post("/accounts/invitations/{number}/withdrawal", dependencies=[TO_WRITE])
def withdraw(ask: Admin, number: Number) -> Response:
    invitations.withdraw(ask.request.app.state.database, number)
    return RedirectResponse("/accounts?done=withdrawn", 303)


@router.get("/accounts/{number}")
def show(ask: Admin, number: Number) -> Response:
    return _shown(ask, _found(ask, number))


@router.post("/accounts/{number}/role", dependencies=[TO_WRITE])
def change_role(ask: Admin, _: Confirmed, number: Number, typed: Typed) -> Response:
    typed.ensure_only({"role"})
    account = _found(ask, number)
    try:
        accounts.set_role(ask.request.app.state.database, number, _role(typed))
    except Problem as problem:
        return _shown(ask, account, {problem.field: problem.sentence})
    except accounts.LastAdmin:
        return _shown(ask, account, {"role": LAST_ADMIN})
    return RedirectResponse(f"/accounts/{number}?done=role", 303)


@router.post("/accounts/{number}/closing", dependencies=[TO_WRITE])
def close(ask: Admin, _: Confirmed, number: Number) -> Response:
    account = _found(ask, number)
    try:
        accounts.close(ask.request.app.state.database, number)
    except accounts.LastAdmin:
        return _shown(ask, account, {"closing": LAST_ADMIN})
    return RedirectResponse(f"/accounts/{number}?done=closed", 303)


@router.post("/accounts/{number}/reopening", dependencies=[TO_WRITE])
def reopen(ask: Admin, _: Confirmed, number: Number) -> Response:
    accounts.reopen(ask.request.app.state.database, _found(ask, number).id)
    return RedirectResponse(f"/accounts/{number}?done=open", 303)


@router.post("/accounts/{number}/reset-link", dependencies=[TO_WRITE])
def reset(ask: Admin, _: Confirmed, number: Number) -> Response:
    """Shows the link, once."""
    account = _found(ask, number)
    if account.closed_at:
        return _shown(ask, account, {"closing": N_("A closed account needs no new password. Open it first.")})
    key = invitations.reset(ask.request.app.state.database, number)
    return page(ask, "accounts/link", email=account.email, role=None, link=f"{ask.base}/invitations/{key}")


@router.post("/accounts/{number}/second-step/removal", dependencies=[TO_WRITE])
def remove_second_step(ask: Admin, _: Confirmed, number: Number) -> Response:
    """For somebody who has lost both the phone and the recovery codes."""
    second_steps.remove(ask.request.app.state.database, _found(ask, number).id)
    return RedirectResponse(f"/accounts/{number}?done=second-step", 303)


def _found(ask: Ask, number: int) -> Row[*tuple[Any, ...]]:
    account = accounts.find(ask.request.app.state.database, number)
    if account is None:
        raise NotFound(N_("There is no account of this number."), "/accounts", N_("Accounts"))
    return account


def _role(typed: Form) -> Role:
    """Raises Problem."""
    role = typed.text("role")
    if role not in set(ROLES):
        raise Problem("role", N_("Please choose one of the roles."))
    return Role(role)


def _everybody(ask: Ask, problems: Mapping[str, str] | None = None, typed: Form | None = None) -> Response:
    database = ask.request.app.state.database
    return page(
        ask,
        "accounts/index",
        status=422 if problems else 200,
        told=_done(ask),
        accounts=accounts.everybody(database),
        waiting=invitations.waiting(database),
        roles=_roles(),
        problems=Problems.told(problems),
        typed=typed or Form(),
    )


def _shown(ask: Ask, account: Row[*tuple[Any, ...]], problems: Mapping[str, str] | None = None) -> Response:
    return page(
        ask,
        "accounts/show",
        status=422 if problems else 200,
        told=_done(ask),
        account=account,
        sessions=sessions.of(ask.request.app.state.database, account.id),
        roles=_roles(),
        problems=Problems.told(problems),
    )


def _done(ask: Ask) -> str:
    told = DONE.get(ask.request.query_params.get("done", ""), "")
    return words.gettext(told) if told else ""


def _roles() -> list[tuple[str, str]]:
    return [(str(role), words.gettext(role.title)) for role in ROLES]
