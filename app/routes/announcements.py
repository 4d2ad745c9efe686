"""A press release: several pledges announced as one, entered as a table and saved as one change."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.web import announcing
from app.web.ask import Ask
from app.web.current import Editor
from app.web.forms import Form, Typed
from app.web.render import page

router = APIRouter()


@router.get("/announcements/new")
def new(ask: Editor) -> Response:
    return _page(ask, announcing.shown(ask, Form(ask.request.query_params.multi_items())), 200)


@router.post("/announcements/new")
def create(ask: Editor, form: Typed) -> Response:
    announcing.ensure_known(form)
    then = form.raw("then")
    if then == "more":
        return _page(ask, announcing.shown(ask, form, more=announcing.MORE), 200)
    if then == "paste":
        return _pasted(ask, form)
    read = announcing.read(ask, form)
    if read.problems:
        return _page(ask, announcing.shown(ask, form, read), 422)
    if then == "look":
        return _page(ask, announcing.shown(ask, form, read), 200)
    if read.warned and not read.typed.overrule and then != "draft":
        return _page(ask, announcing.shown(ask, form, read), 422)
    return RedirectResponse(f"/packages/{announcing.save(ask, read, draft=then == 'draft')}", 303)


def _pasted(ask: Ask, form: Form) -> Response:
    filled, problems = announcing.with_pasted(ask, form)
    shown = announcing.shown(ask, filled, problems=problems)
    return _page(ask, shown, 422 if problems else 200)


def _page(ask: Ask, shown: announcing.Page, status: int) -> Response:
    return page(ask, "announcements/new", status=status, shown=shown)
