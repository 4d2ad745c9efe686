"""What pledges refer to, added and changed by editors, each with its history: sources, meetings, packages, donors,
systems."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.store import referred
from app.store.editing import Clashing
from app.web import record_acts, sheets
from app.web.ask import Ask, Asked
from app.web.changing import Typing
from app.web.current import Editor
from app.web.forms import Form, Typed
from app.web.kinds import KINDS, Kind, called
from app.web.render import page
from app.web.sheets import Sheet, Unsavable

router = APIRouter()
AT_ONCE = 50  # entries of a history
DIGITS = 9  # of a version


def offer(kind: Kind) -> None:
    """The addresses of one kind."""

    @router.get(f"/{kind.place}/new")
    def new(ask: Editor) -> Response:
        return _shown(ask, sheets.blank(ask, kind, Form(ask.request.query_params.multi_items())), 200)

    @router.post(f"/{kind.place}/new")
    def create(ask: Editor, form: Typed) -> Response:
        try:
            return RedirectResponse(sheets.create(ask, kind, form), 303)
        except Unsavable as error:
            return _shown(ask, sheets.blank(ask, kind, form, error.problems, form.raw("comment")), 422)

    @router.get(f"/{kind.place}/{{name}}/edit")
    def edit(ask: Editor, name: str) -> Response:
        one = sheets.found(ask, kind, name)
        return _shown(ask, sheets.filled(ask, kind, one, Typing(seen=one.version)), 200)

    @router.post(f"/{kind.place}/{{name}}/edit")
    def save(ask: Editor, name: str, form: Typed) -> Response:
        typed = sheets.typing(kind, form)
        try:
            return RedirectResponse(sheets.edit(ask, kind, name, typed, form), 303)
        except Unsavable as error:
            return _shown(ask, sheets.again(ask, kind, name, typed, form, error.problems), 422)
        except Clashing as clash:
            return _shown(ask, sheets.after(ask, kind, name, typed, form, clash), 409)

    @router.get(f"/{kind.place}/{{name}}/history")
    def history(ask: Asked, name: str) -> Response:
        one = sheets.found(ask, kind, name)
        below = ask.whole("before", DIGITS)
        told = referred.happened(ask.db, kind.record, one.id, before=below, most=AT_ONCE)
        return page(
            ask,
            "referred/history",
            kind=kind,
            of=called(one.value),
            at=kind.address(one.id, one.value),
            acts=record_acts.acts(ask, kind, one.id, told),
            older=told[-1].version if len(told) == AT_ONCE and told[-1].version > 1 else None,
        )


def _shown(ask: Ask, sheet: Sheet, status: int) -> Response:
    return page(ask, "referred/edit", status=status, sheet=sheet)


for one in KINDS:
    offer(one)
