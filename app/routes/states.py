"""Whether a pledge is a draft, published or deleted: deleting leaves a tombstone, restoring brings all of it back."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.domain.codes import N_
from app.domain.pledge import State
from app.store import editing
from app.store.records import Record
from app.web import changing, words
from app.web.ask import Number
from app.web.current import Editor
from app.web.forms import Typed
from app.web.places import record_of
from app.web.refusals import Misread
from app.web.render import page

router = APIRouter()


@router.get("/pledges/{number}/state")
def ask_first(ask: Editor, number: Number) -> Response:
    record = record_of(ask, number)
    return page(ask, "states/edit", record=record, to=_state(ask.request.query_params.get("to", "")), did=_did(record))


@router.post("/pledges/{number}/state")
def change(ask: Editor, number: Number, form: Typed) -> Response:
    typed = changing.sound(form, ["to"])
    to = _state(form.text("to"))
    record = record_of(ask, number)
    changing.version(ask, number, typed.seen)
    if record.latest != typed.seen:
        told = words.gettext("The record was changed meanwhile: it is at version %(version)s now. Please look again.")
        raise Misread(told % {"version": record.latest}, 409)
    if to is State.PUBLISHED and record.state is State.DRAFT:
        changing.looked_over(ask, number, record.pledge, None, typed.overrule or "-")
    act = changing.act(ask, typed.comment)
    with ask.writing() as db:
        reference = ask.request.app.state.remembered(db)
        editing.edit(db, number, typed.seen, act, lambda pledge: editing.with_state(pledge, to), reference)
    return RedirectResponse(f"/pledges/{number}", 303)


def _state(text: str) -> State:
    if text not in set(State):
        raise Misread(N_("A record is a draft, published or deleted."))
    return State(text)


def _did(record: Record) -> str:
    """What publishing is called: a record that was deleted is restored."""
    return words.gettext("Restore") if record.state is State.DELETED else words.gettext("Publish")
