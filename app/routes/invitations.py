"""Links that work once: for a new account, or a new password. To look at one changes nothing."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path
from sqlalchemy import Row
from starlette.responses import RedirectResponse, Response

from app.domain.account import NotAccepted, Purpose, checked_email, checked_name, checked_password
from app.domain.codes import N_
from app.store import accounts, invitations, passwords
from app.web.ask import Ask, Asked
from app.web.current import someone
from app.web.errors import NotFound
from app.web.forms import Form, Problem, Problems, Typed
from app.web.proof import ensure_private
from app.web.render import page
from app.web.signing import enter, keep
from app.web.waiting import TO_WRITE

router = APIRouter()
Key = Annotated[str, Path(max_length=100)]
DIFFERENT = N_("The two passwords are not the same.")


@router.get("/invitations/{key}")
def show(ask: Asked, key: Key) -> Response:
    return _shown(ask, key, _found(ask, key))


@router.post("/invitations/{key}", dependencies=[TO_WRITE])
def accept(ask: Asked, key: Key, typed: Typed) -> Response:
    ensure_private(ask)
    typed.ensure_only({"email", "name", "password", "password_again"})
    link = _found(ask, key)
    read, problems = _read(typed, link)
    if problems:
        return _shown(ask, key, link, problems, typed)
    try:
        number = invitations.accept(
            ask.request.app.state.database,
            key,
            email=read["email"],
            name=read["name"],
            password_hash=passwords.hashed(read["password"]),
        )
    except invitations.Spent as error:
        raise _spent() from error
    except accounts.Taken:
        return _shown(ask, key, link, {"email": N_("There is an account of this address already.")}, typed)
    if link.purpose is Purpose.RESET:  # the second step, where there is one, is still to be taken
        return RedirectResponse("/sign-in?done=password", 303)
    entered = enter(ask, number)
    onward = "/account/second-step" if someone(ask).held_back else "/"
    return keep(ask, RedirectResponse(onward, 303), entered)


def _found(ask: Ask, key: str) -> Row[*tuple[Any, ...]]:
    link = invitations.find(ask.request.app.state.database, key)
    if link is None:
        raise _spent()
    return link


def _spent() -> NotFound:
    return NotFound(
        N_("This link has been used already, or has run out. An admin can make another one."),
        "/sign-in",
        N_("Sign in"),
    )


def _read(typed: Form, link: Row[*tuple[Any, ...]]) -> tuple[dict[str, str], dict[str, str]]:
    """What was typed, checked, and what is wrong with it."""
    read = dict.fromkeys(("name", "password"), "") | {"email": link.email or link.known_as or ""}
    problems: dict[str, str] = {}

    def check(field: str, reading: Any) -> None:
        try:
            read[field] = reading()
        except (Problem, NotAccepted) as error:
            problems[field] = str(error)

    if link.purpose is not Purpose.RESET:
        check("name", lambda: checked_name(typed.text("name")))
        if not link.email:
            check("email", lambda: checked_email(typed.text("email")))
    check("password", lambda: checked_password(typed.raw("password"), (read["email"], read["name"])))
    if "password" not in problems and typed.raw("password") != typed.raw("password_again"):
        problems["password_again"] = DIFFERENT
    return read, problems


def _shown(
    ask: Ask,
    key: str,
    link: Row[*tuple[Any, ...]],
    problems: Mapping[str, str] | None = None,
    typed: Form | None = None,
) -> Response:
    return page(
        ask,
        "invitations/show",
        status=422 if problems else 200,
        key=key,
        link=link,
        new=link.purpose is not Purpose.RESET,
        problems=Problems.told(problems),
        typed=typed or Form(),
    )
