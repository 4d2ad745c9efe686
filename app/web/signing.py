"""The cookie of a sign-in, set and taken away."""

from starlette.responses import Response

from app.domain.codes import N_
from app.store import sessions
from app.web import who
from app.web.ask import Ask
from app.web.browsers import described
from app.web.origin import is_loopback, is_secure, session_cookie
from app.web.refusals import NotAllowed


def enter(ask: Ask, account: int) -> str:
    """Begins a sign-in and ends the one that this browser had. The key is for `keep`."""
    database = ask.request.app.state.database
    if ask.who and ask.who.session:
        sessions.end(database, ask.who.id, ask.who.session)
    key = sessions.begin(database, account, described(ask.request.headers.get("user-agent", "")))
    ask.who = who.by_session(database, key, is_loopback(ask.request, ask.settings))
    return key


def renew(ask: Ask, *, confirmed: bool = False) -> str:
    """The sign-in goes on with other rights, under a new key. The key is for `keep`."""
    database, number = ask.request.app.state.database, session_of(ask)
    key = sessions.renew(database, number, confirmed=confirmed)
    ask.who = who.by_session(database, key, is_loopback(ask.request, ask.settings))
    return key


def session_of(ask: Ask) -> int:
    """The number of the sign-in by which somebody is there. Raises NotAllowed for a token."""
    number = ask.who.session if ask.who else None
    if number is None:
        raise NotAllowed(N_("A token cannot do this. Please sign in with a browser."))
    return number


def keep(ask: Ask, answer: Response, key: str) -> Response:
    answer.set_cookie(
        session_cookie(ask.request, ask.settings),
        key,
        max_age=int(sessions.LONGEST.total_seconds()),
        path="/",
        secure=is_secure(ask.request, ask.settings),
        httponly=True,
        samesite="lax",
    )
    return answer


def forget(ask: Ask, answer: Response) -> Response:
    if name := session_cookie(ask.request, ask.settings):
        secure = is_secure(ask.request, ask.settings)
        answer.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="lax")
    return answer
