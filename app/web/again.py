"""Asking who somebody is, when a page needs to know: what they had typed goes along and is not lost."""

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response

from app.web import words
from app.web.api import problems
from app.web.ask import Ask
from app.web.errors import FILES
from app.web.kept import Kept, typed_before
from app.web.origin import safe_path, session_cookie
from app.web.refusals import ConfirmationNeeded, Refusal, SignInNeeded
from app.web.render import page
from app.web.who import bearer


def install(app: FastAPI) -> None:
    app.add_exception_handler(SignInNeeded, refused)  # type: ignore
    app.add_exception_handler(ConfirmationNeeded, refused)  # type: ignore


async def refused(request: Request, error: Refusal) -> Response:
    if problems.is_api(request.url.path):
        answer = problems.problem(error.status_code, words.gettext(error.detail))
        answer.headers.update(error.headers or {})
        return answer
    if _is_program(request):
        return PlainTextResponse(f"{words.gettext(error.detail)}\n", error.status_code, headers=error.headers)
    kept = await typed_before(request)
    return await run_in_threadpool(_asked, request, error, kept)


def _asked(request: Request, error: Refusal, kept: Kept | None) -> Response:
    ask = Ask(request)
    onward = "/" if kept else safe_path(request.url.path + (f"?{request.url.query}" if request.url.query else ""))
    told = words.gettext(error.detail)
    try:
        if isinstance(error, SignInNeeded):
            answer = sign_in(ask, onward=onward, kept=kept, told=told, status=error.status_code)
        else:
            answer = confirm(ask, onward=onward, kept=kept, told=told, status=error.status_code)
        if ask.wants_fragment:  # beside the form that was sent, which stays as it is
            answer.headers.update({"HX-Retarget": "#toasts", "HX-Reswap": "innerHTML"})
    finally:
        ask.close()
    answer.headers.update(error.headers or {})
    return answer


def sign_in(
    ask: Ask,
    *,
    onward: str,
    kept: Kept | None = None,
    told: str = "",
    problem: str = "",
    email: str = "",
    status: int = 200,
) -> Response:
    """The page with the form; `told` says why it is shown, `problem` what was wrong with the last try."""
    return page(
        ask,
        "sessions/new",
        fragment="sessions/again",
        status=status,
        onward=onward,
        kept=kept,
        told=told,
        problem=problem,
        email=email,
        possible=bool(session_cookie(ask.request, ask.settings)),
    )


def confirm(
    ask: Ask, *, onward: str, kept: Kept | None = None, told: str = "", problem: str = "", status: int = 200
) -> Response:
    return page(
        ask,
        "sessions/confirm",
        fragment="sessions/password",
        status=status,
        onward=onward,
        kept=kept,
        told=told,
        problem=problem,
    )


def _is_program(request: Request) -> bool:
    path = request.url.path
    return bearer(request) is not None or path.startswith("/charts/") or path.endswith(FILES)
