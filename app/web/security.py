"""What every answer carries for the browser's safety, and what is refused before anything is asked."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.codes import N_
from app.settings import Settings
from app.web import words
from app.web.api.problems import is_api, problem
from app.web.origin import PLAIN_SESSION, SESSION, own_origin

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
PERSONAL = ("/sign-", "/confirm", "/account", "/invitations", "/edit-mode")  # also for those who are not signed in
ELSEWHERE = N_(
    "This came from a page that is not ours, so nothing was done. Open the page here and send it from there. "
    "A program sends its token instead."
)


class Guard:
    """Sets the headers on every answer, keeps answers to somebody signed in out of every store, and refuses a query
    string that no page of ours could have made."""

    def __init__(self, app: ASGIApp, *, query_limit: int) -> None:
        self.app = app
        self.query_limit = query_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        with_headers = _with_headers(scope, send)
        if len(scope["query_string"]) > self.query_limit:
            told = words.gettext("The address is too long: its query has more than %(most)s bytes.")
            too_long = _refusal(scope, 414, told % {"most": self.query_limit})
            await too_long(scope, receive, with_headers)
            return
        await self.app(scope, receive, with_headers)


class OwnPages:
    """Lets requests that change something come from our own pages, and from programs that bring a token and no cookie.

    Browsers say where a request comes from, and no page can make them lie: by `Sec-Fetch-Site`, older ones by
    `Origin`."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE or self._is_ours(HTTPConnection(scope)):
            await self.app(scope, receive, send)
            return
        answer = _refusal(scope, 403, words.gettext(ELSEWHERE))
        await answer(scope, receive, send)

    def _is_ours(self, request: HTTPConnection) -> bool:
        site, origin = request.headers.getlist("sec-fetch-site"), request.headers.getlist("origin")
        if site:
            return len(site) == 1 and site[0] in ("same-origin", "none")
        if origin:
            return len(origin) == 1 and origin[0].lower() == own_origin(request, self.settings)
        # A program that has forgotten its token is told so by the API, which lets nobody write without one.
        return not _has_session(request) and (_bears_token(request) or is_api(request.url.path))


class TooLarge:
    """Puts an answer of ours in place of the bare 413 with which FastAPI cuts off a body that is too large. Stands
    outside of everything, as that does; it tells the bare one by the headers, which the Guard has not set."""

    def __init__(self, app: ASGIApp, answer: Callable[[Request], Response]) -> None:
        self.app = app
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        cut = False

        async def told(message: Message) -> None:
            nonlocal cut
            if message["type"] == "http.response.start":
                cut = message["status"] == 413 and "Content-Security-Policy" not in MutableHeaders(scope=message)
                if cut:
                    answer = await run_in_threadpool(self.answer, Request(scope))
                    await answer(scope, receive, _with_headers(scope, send))
            if not cut:
                await send(message)

        await self.app(scope, receive, told)


def _with_headers(scope: Scope, send: Send) -> Send:
    private = _is_private(scope)

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if scope["scheme"] == "https":
                headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
            if private:
                headers["Cache-Control"] = "no-store"
        await send(message)

    return with_headers


def _refusal(scope: Scope, status: int, told: str) -> Response:
    return problem(status, told) if is_api(scope["path"]) else PlainTextResponse(f"{told}\n", status)


def _is_private(scope: Scope) -> bool:
    """Static files are the same for everybody."""
    path = scope["path"]
    request = HTTPConnection(scope)
    return path.startswith(PERSONAL) or (
        not path.startswith("/static/") and (_has_session(request) or _bears_token(request))
    )


def _has_session(request: HTTPConnection) -> bool:
    return SESSION in request.cookies or PLAIN_SESSION in request.cookies


def _bears_token(request: HTTPConnection) -> bool:
    return request.headers.get("authorization", "").lower().startswith("bearer ")
