"""Pages for what went wrong: what happened, what still works, what to do."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse, Response

from app.domain.codes import N_
from app.domain.filter import Unread
from app.store.database import Busy, CannotOpen, Full
from app.web import words
from app.web.api import problems
from app.web.ask import Ask
from app.web.forms import Problem
from app.web.refusals import Misread
from app.web.render import VARY, page
from app.web.security import HEADERS

log = structlog.get_logger()

SAFE = ("GET", "HEAD", "OPTIONS")
FILES = (".csv", ".xlsx", ".json", ".jsonl", ".zip", ".atom")  # whose readers are programs
SOON = {"Retry-After": "5"}


@dataclass(frozen=True)
class Words:
    """What a page says of one kind of failure. Texts of the catalogue, translated when they are shown."""

    title: str
    happened: str
    works: str = ""
    do: str = ""
    href: str = "/pledges"
    label: str = N_("All pledges")


_KEPT = N_("All records can be read, and nothing that was saved before is lost.")
# By status. A refusal with a sentence of its own says that in place of what happened.
TOLD = {
    400: Words(
        N_("This address cannot be read"),
        N_("The request could not be answered."),
    ),
    401: Words(
        N_("Please sign in"),
        N_("This needs an account, and nobody is signed in here. A sign-in ends by itself after a while."),
        N_("All records can be read without an account."),
        N_("Sign in and try again. In most browsers, going back shows what you had typed."),
        "/sign-in",
        N_("Sign in"),
    ),
    403: Words(
        N_("This is not allowed"),
        N_("Your account is not allowed to do this."),
        N_("All records can be read, and what your account is allowed to do works as before."),
        N_("An admin of this site can change what an account may do."),
    ),
    404: Words(
        N_("Nothing is here"),
        N_("No record has this address. It may have been mistyped; nothing that was published is ever removed."),
    ),
    405: Words(
        N_("This cannot be done here"),
        N_("The address exists, but does not take this kind of request."),
    ),
    409: Words(
        N_("Somebody else was faster"),
        N_("This has changed since you opened it, so that nothing of yours was saved."),
        N_("What the other person saved can be read on its page."),
        N_("Open it again and compare. In most browsers, going back shows what you had typed."),
    ),
    410: Words(
        N_("This was deleted"),
        N_("A record stood at this address and was deleted."),
        N_("Its history can still be read and tells who deleted it, when and why."),
        N_("An editor can restore it."),
    ),
    412: Words(
        N_("Somebody else was faster"),
        N_("The record is no longer at the version that was named. Nothing was saved."),
        N_("The record as it stands now can be read."),
        N_("Read it again, and send the change with its present version."),
    ),
    413: Words(
        N_("This is too large"),
        N_("What was sent is larger than anything that is taken here. Nothing was saved."),
        N_("Everything else works as before."),
        N_("Shorten what you send, or send it in parts."),
    ),
    415: Words(
        N_("This kind of content is not taken here"),
        N_("What was sent is of a kind that cannot be read here. Nothing was saved."),
    ),
    422: Words(
        N_("This cannot be read"),
        N_("A part of it is missing or cannot be read. Nothing was saved."),
        N_("Everything else works as before."),
        N_("Look through the form once more. In most browsers, going back shows what you had typed."),
    ),
    428: Words(
        N_("The version is missing"),
        N_("The request did not say which version of the record it was meant for. Nothing was saved."),
        N_("The record can be read, and says its version."),
        N_("Open the record again and save from there; a program sends the header If-Match."),
    ),
    429: Words(
        N_("Too much at once"),
        N_("More requests came in a short time than are answered. This one was not."),
        N_("Pages that are open in your browser stay as they are."),
        N_("Wait a minute and try again."),
    ),
    503: Words(
        N_("It could not be saved just now"),
        N_("Others were saving for so long that your turn did not come. Nothing of yours was saved."),
        _KEPT,
        N_("Try again in a few seconds. In most browsers, going back shows what you had typed."),
    ),
    507: Words(
        N_("There is no room left"),
        N_("The disk of this server is full. Nothing of yours was saved."),
        _KEPT,
        N_("Whoever runs this server has to make room. Keep what you typed, and try again later."),
    ),
}
OTHERWISE = Words(N_("This did not work"), N_("The request could not be answered."))
UNREAD = Words(N_("The records cannot be read just now"), N_("Nothing is lost. Try again in a few seconds."))
UNSURE = Words(
    N_("The records do not answer just now"),
    N_("It is not certain whether what you sent was saved. Look at the record before you send it again."),
)


class NotFound(HTTPException):
    """A 404 that says what was looked for, and where to look on."""

    def __init__(self, what: str, href: str = "/pledges", label: str = N_("All pledges")) -> None:
        super().__init__(404, what)
        self.href, self.label = href, label


class Unreadable(HTTPException):
    """A 400 for downloads, charts and the API: they answer no address that holds a piece nobody knows."""

    def __init__(self, unread: tuple[Unread, ...]) -> None:
        pieces = "; ".join(f"{one.parameter}={one.value}" for one in unread)
        super().__init__(400, words.gettext("Not known: %(pieces)s.") % {"pieces": pieces})


def install(app: FastAPI) -> None:
    app.add_exception_handler(HTTPException, refused)  # type: ignore
    app.add_exception_handler(RequestValidationError, misread)  # type: ignore
    for error in (Busy, NoConnectionLeft):
        app.add_exception_handler(error, busy)
    app.add_exception_handler(Problem, unreadable)  # type: ignore
    app.add_exception_handler(Full, full)
    app.add_exception_handler(OperationalError, silent)  # type: ignore
    app.add_exception_handler(ClientDisconnect, unheard)
    app.add_exception_handler(Exception, failed)


def refused(request: Request, error: HTTPException) -> Response:
    """The detail of an error is a sentence for the reader, unless it is only the name of the status."""
    told = TOLD.get(error.status_code, OTHERWISE)
    own = str(error.detail) if error.detail != HTTPStatus(error.status_code).phrase else ""
    answer = _page(
        request,
        error.status_code,
        told,
        happened=own or told.happened,
        href=getattr(error, "href", told.href),
        label=getattr(error, "label", told.label),
        more=getattr(error, "more", None),
    )
    answer.headers.update(error.headers or {})
    if error.status_code == 405 and problems.is_api(request.url.path):
        answer.headers["Allow"] = ", ".join(problems.allowed(request))
    return answer


def unreadable(request: Request, error: Problem) -> Response:
    """A field that cannot be taken, of a form that has no place to say so."""
    return refused(request, Misread(error.sentence))


def misread(request: Request, error: RequestValidationError) -> Response:
    if any(one["loc"][0] == "path" for one in error.errors()):
        return refused(request, NotFound(N_("No record has this address.")))
    return refused(request, HTTPException(422))


def busy(request: Request, error: Exception) -> Response:
    log.warning("the database was busy", path=request.url.path, error=str(error))
    answer = _bare(request, 503, UNREAD) if request.method in SAFE else _page(request, 503, TOLD[503])
    answer.headers.update(SOON)
    return answer


def full(request: Request, error: Exception) -> Response:
    log.error("there is no room left", path=request.url.path, error=str(error))
    return _page(request, 507, TOLD[507])


def silent(request: Request, error: OperationalError) -> Response:
    log.error("the database did not answer", path=request.url.path, error=str(error.orig))
    answer = _bare(request, 503, UNREAD if request.method in SAFE else UNSURE)
    answer.headers.update(SOON)
    return answer


def unheard(_: Request, __: Exception) -> Response:
    """Whoever asked has gone before the whole of it was sent: no failure of ours, and nobody hears the answer."""
    return PlainTextResponse("", 400)


def failed(request: Request, error: Exception) -> Response:
    code = secrets.token_hex(4)
    log.error("a request failed", code=code, path=request.url.path, exc_info=error)
    title = words.gettext("Something went wrong on our side")
    text = words.gettext("The failure was written down under the code %(code)s. Other pages still work.")
    answer: Response = PlainTextResponse(f"{title}. {text % {'code': code}}\n", 500)
    if problems.is_api(request.url.path):
        answer = problems.problem(500, text % {"code": code})
    answer.headers.update(HEADERS)  # Starlette sends this answer from outside of the Guard
    return answer


def _page(
    request: Request,
    status: int,
    told: Words,
    happened: str = "",
    href: str = "",
    label: str = "",
    more: Mapping[str, Any] | None = None,
) -> Response:
    happened = words.gettext(happened or told.happened)
    if problems.is_api(request.url.path):
        return problems.problem(status, happened, more)
    if _wants_plain(request):
        return PlainTextResponse(f"{happened}\n", status, headers={"Vary": VARY})
    ask = Ask(request)
    try:
        return page(
            ask,
            "errors/show",
            status=status,
            title=words.gettext(told.title),
            text=happened,
            works=words.gettext(told.works) if told.works else "",
            do=words.gettext(told.do) if told.do else "",
            href=href or told.href,
            label=words.gettext(label or told.label),
        )
    except (SQLAlchemyError, CannotOpen):  # the page shows records, too
        return _bare(request, status, told)
    finally:
        ask.close()


def _bare(request: Request, status: int, told: Words) -> Response:
    """Without the records, which may be what failed."""
    if problems.is_api(request.url.path):
        return problems.problem(status, words.gettext(told.happened))
    return PlainTextResponse(f"{words.gettext(told.title)}. {words.gettext(told.happened)}\n", status)


def _wants_plain(request: Request) -> bool:
    """Downloads and charts, whose readers are programs; and htmx, which shows the sentence and keeps the page."""
    path = request.url.path
    if path.startswith("/charts/") or path.endswith(FILES):
        return True
    return request.headers.get("hx-request-type") == "partial"
