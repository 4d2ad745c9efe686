"""What a route can ask for of whoever is there: `ask: Editor` lets editors in and nobody else.

Who it is is settled before anything of the request is read, if `ask` comes first among the arguments."""

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated

from fastapi import Depends

from app.domain.account import Role, Scope
from app.domain.codes import N_
from app.store.history import now
from app.web.ask import Ask, Asked
from app.web.refusals import ConfirmationNeeded, NotAllowed, SecondStepNeeded, SignInNeeded
from app.web.security import SAFE
from app.web.who import Who

CONFIRMED_FOR = timedelta(minutes=10)


def someone(ask: Ask) -> Who:
    """Raises SignInNeeded."""
    if ask.who is None:
        raise SignInNeeded
    return ask.who


def needs(role: Role) -> Callable[[Ask], Ask]:
    def known(ask: Asked) -> Ask:
        who = someone(ask)
        if who.held_back:
            raise SecondStepNeeded
        if not who.role.at_least(role):
            raise NotAllowed
        count_write(ask)
        return ask

    return known


def at_the_door(ask: Asked) -> Ask:
    if someone(ask).session is None:
        raise NotAllowed(N_("A token cannot do this. Please sign in with a browser."))
    count_write(ask)
    return ask


def in_person(ask: Annotated[Ask, Depends(at_the_door)]) -> Ask:
    if someone(ask).held_back:
        raise SecondStepNeeded
    return ask


def confirmed(ask: Annotated[Ask, Depends(in_person)]) -> Ask:
    at = someone(ask).confirmed_at
    if at is None or now() - at > CONFIRMED_FOR:
        raise ConfirmationNeeded
    return ask


def count_write(ask: Ask) -> None:
    """Once a request. Raises NotAllowed for a token that may only read, and TooMany."""
    if ask.request.method in SAFE or getattr(ask.request.state, "counted", False):
        return
    ask.request.state.counted = True
    who = ask.who
    if who and who.scope is Scope.READ:
        raise NotAllowed(N_("This token may only read."))
    client = ask.request.client
    ask.request.app.state.writes.count(f"account {who.id}" if who else f"address {client.host if client else ''}")


SignedIn = Annotated[Ask, Depends(needs(Role.READER))]
Contributor = Annotated[Ask, Depends(needs(Role.CONTRIBUTOR))]
Editor = Annotated[Ask, Depends(needs(Role.EDITOR))]
Admin = Annotated[Ask, Depends(needs(Role.ADMIN))]
# Signed in by a browser, not by a token; the first also where the second step is still owed.
AtTheDoor = Annotated[Ask, Depends(at_the_door)]
InPerson = Annotated[Ask, Depends(in_person)]
# The password was typed within ten minutes. It stands behind the role: `ask: Admin, _: Confirmed`.
Confirmed = Annotated[Ask, Depends(confirmed)]
