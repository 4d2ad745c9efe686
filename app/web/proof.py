"""Whether somebody is who they say: the password, and the second step where the account has one.

Passwords are checked in two threads of their own, so that readers never wait for those who guess."""

from dataclasses import dataclass
from typing import Annotated, Any

import anyio.to_thread
from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from fastapi import Depends
from sqlalchemy import Row

from app.domain.account import NotAccepted, checked_email
from app.domain.codes import N_
from app.store import accounts, attempts, passwords, second_steps
from app.web.ask import Ask, Asked
from app.web.current import InPerson, someone
from app.web.forms import Typed
from app.web.origin import session_cookie
from app.web.refusals import NotAllowed, TooMany

IN_THE_OPEN = N_(
    "Nobody can sign in here, because others could read the password on its way. The site needs an address that begins "
    "with https; whoever runs it can set one."
)
WRONG = N_("The e-mail address, the password or the code is not right.")
WRONG_AGAIN = N_("The password or the code is not right.")

_room: RunVar[CapacityLimiter] = RunVar("room")


@dataclass(frozen=True)
class Try:
    """One try: the account that it is for, if there is one that is open, and the numbers under which it is counted."""

    account: Row[*tuple[Any, ...]] | None
    counted: list[int]


@dataclass(frozen=True)
class Proof:
    """Of whom it was shown that they are there; None when anything of it was not right."""

    account: Row[*tuple[Any, ...]] | None


def begun(ask: Asked, typed: Typed) -> Try:
    """Raises NotAllowed where others could read the password, and TooMany."""
    ensure_private(ask)
    email = _folded(typed.raw("email"))
    counted = _count(ask, email)
    found = accounts.of_email(ask.request.app.state.database, email)
    return Try(found if found and found.closed_at is None else None, counted)


def begun_again(ask: InPerson) -> Try:
    """Of somebody who is signed in. Raises TooMany."""
    who = someone(ask)
    counted = _count(ask, who.email)
    return Try(accounts.find(ask.request.app.state.database, who.id), counted)


async def proved(ask: Asked, typed: Typed, one: Annotated[Try, Depends(begun)]) -> Proof:
    return await _checked(ask, typed, one)


async def proved_again(ask: InPerson, typed: Typed, one: Annotated[Try, Depends(begun_again)]) -> Proof:
    return await _checked(ask, typed, one)


Proved = Annotated[Proof, Depends(proved)]
ProvedAgain = Annotated[Proof, Depends(proved_again)]


def ensure_private(ask: Ask) -> None:
    if not session_cookie(ask.request, ask.settings):
        raise NotAllowed(IN_THE_OPEN)


async def _checked(ask: Ask, typed: Typed, one: Try) -> Proof:
    kept = one.account.password_hash if one.account else None
    fits = await anyio.to_thread.run_sync(passwords.fits, typed.raw("password"), kept, limiter=_two())
    if not fits or one.account is None:
        return Proof(None)
    return await anyio.to_thread.run_sync(_second, ask, typed.raw("one_time_code"), one)


def _second(ask: Ask, code: str, one: Try) -> Proof:
    database, account = ask.request.app.state.database, one.account
    if account is None or (account.totp_since and not second_steps.passes(database, account.id, code)):
        return Proof(None)
    attempts.succeeded(database, one.counted)
    return Proof(account)


def _count(ask: Ask, email: str) -> list[int]:
    client = ask.request.client
    try:
        return attempts.begin(ask.request.app.state.database, email, client.host if client else "")
    except attempts.TooOften as error:
        raise TooMany(
            N_("Too many tries failed within an hour. Please wait, or ask an admin for a new link."), error.wait
        ) from error


def _two() -> CapacityLimiter:
    """Of the loop that runs: tests have several."""
    try:
        return _room.get()
    except LookupError:
        _room.set(CapacityLimiter(passwords.AT_A_TIME))
        return _room.get()


def _folded(typed: str) -> str:
    try:
        return checked_email(typed)
    except NotAccepted:
        return typed.strip().casefold()
