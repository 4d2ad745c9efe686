"""Pages for what went wrong: what happened, what still works, what to do."""

import secrets
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response

from app.domain.codes import N_
from app.domain.filter import Unread
from app.web import words
from app.web.ask import Ask
from app.web.refusals import Refusal
from app.web.render import page
from app.web.security import HEADERS

log = structlog.get_logger()

TITLES = {
    400: N_("This address cannot be read"),
    404: N_("Nothing is here"),
    401: N_("Please sign in"),
    403: N_("This is not allowed"),
    405: N_("This cannot be done here"),
    413: N_("This is too large"),
    422: N_("This cannot be read"),
    429: N_("Too much at once"),
}
HELP = {
    404: N_("No record has this address. It may have been mistyped; nothing that was published is ever removed."),
    405: N_("The address exists, but does not take this kind of request."),
    413: N_("What was sent is larger than anything that is taken here. Nothing was saved."),
}


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
    app.add_exception_handler(OperationalError, busy)  # type: ignore
    app.add_exception_handler(Exception, failed)


def refused(request: Request, error: HTTPException) -> Response:
    if _wants_plain(request):
        return PlainTextResponse(f"{words.gettext(str(error.detail))}\n", error.status_code, headers=error.headers)
    told = words.gettext(str(error.detail)) if isinstance(error, (NotFound, Unreadable, Refusal)) else ""
    answer = _page(
        request,
        error.status_code,
        title=words.gettext(TITLES.get(error.status_code, N_("This did not work"))),
        text=told or words.gettext(HELP.get(error.status_code, N_("The request could not be answered."))),
        href=getattr(error, "href", "/pledges"),
        label=words.gettext(getattr(error, "label", N_("All pledges"))),
    )
    answer.headers.update(error.headers or {})
    return answer


def misread(request: Request, _: RequestValidationError) -> Response:
    return refused(request, NotFound(N_("No record has this address.")))


def busy(request: Request, error: OperationalError) -> Response:
    log.error("the database did not answer", path=request.url.path, error=str(error.orig))
    title, text = N_("The records cannot be read just now"), N_("Nothing is lost. Try again in a few seconds.")
    answer = _bare(request, 503, words.gettext(title), words.gettext(text))
    answer.headers["Retry-After"] = "5"
    return answer


def failed(request: Request, error: Exception) -> Response:
    code = secrets.token_hex(4)
    log.error("a request failed", code=code, path=request.url.path, exc_info=error)
    title = words.gettext("Something went wrong on our side")
    text = words.gettext("The failure was written down under the code %(code)s. Other pages still work.") % {
        "code": code
    }
    answer = _bare(request, 500, title, text)
    answer.headers.update(HEADERS)  # Starlette sends this answer from outside of the Guard
    return answer


def _page(request: Request, status: int, **values: Any) -> Response:
    ask = Ask(request)
    try:
        return page(ask, "errors/show", status=status, **values)
    finally:
        ask.close()


def _bare(request: Request, status: int, title: str, text: str) -> Response:
    """Without the records, which may be what failed."""
    return PlainTextResponse(f"{title}. {text}\n", status)


def _wants_plain(request: Request) -> bool:
    """Downloads and charts, whose readers are programs."""
    path = request.url.path
    return path.startswith(("/charts/", "/api/")) or path.endswith((".csv", ".json"))
