"""One figure of a pledge: to read, to open in place, to save."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.claim import ClaimField
from app.domain.codes import N_
from app.domain.field import Field, Fields, Wrong, fields
from app.domain.pledge import Pledge
from app.domain.pledge_fields import PLEDGE
from app.domain.source import Source
from app.store.editing import Clashing
from app.store.records import Record
from app.web import changing, entry, part_panel, telling, words
from app.web.ask import Ask, Asked, Number
from app.web.changing import Typing, Unsavable
from app.web.current import Editor, someone
from app.web.errors import NotFound
from app.web.forms import Form, Problem, Typed
from app.web.meanwhile import meanwhile
from app.web.panel import Panel, choices, key
from app.web.places import record_of, shown
from app.web.postponing import LATER, postponed
from app.web.refusals import NotAllowed
from app.web.render import page, part
from app.web.saved import answer, line
from app.web.telling import Names

router = APIRouter()
# Fields that are typed together, by the first of them.
TOGETHER = {
    "quantity": ("unit",),
    "amount": ("basis", "value"),
    "title": ("summary",),
    "system": ("role",),
    "status_pin": ("status_pin_reason",),
}


@router.get("/pledges/{number}/cells/{name}")
def show(ask: Asked, number: Number, name: str) -> Response:
    record = record_of(ask, number)
    asked = ask.request.query_params
    where = asked.get("in", "")
    if "edit" in asked:
        return _opened(ask, record, name, where if where in ("list", "record") else "page")
    if where == "list" and ask.wants_fragment:
        return part(ask, "cells/row", line=line(ask, number), panel=None, cell=name)
    field = _field(name)
    told = telling.value(Names(ask.reference, record.names), record.pledge, name, field.of(record.pledge))
    return page(ask, "cells/show", record=record, field=field, told=told)


@router.post("/pledges/{number}/cells/{name}")
def save(ask: Editor, number: Number, name: str, form: Typed) -> Response:
    some = _together(name)
    typed = changing.typing(form, some)
    was = changing.base(ask, number, typed.seen)
    record, problems = entry.taken(ask, some.values(), was, form)
    if typed.then == LATER and not problems and not typed.problems:
        kept = postponed(ask, number, some.values(), was, form, typed)
        if kept is not None:
            return kept
    record = changing.chosen(ask, number, record, was, typed)
    try:
        if problems:
            raise Unsavable(problems | typed.problems, [])
        record, made = _sourced(ask, name, record, was, typed)
        note = changing.looked_over(ask, number, record, was, typed.overrule)
        if typed.then == "look":
            return _looked(ask, number, name, form, typed, record)
        written = changing.save(ask, number, typed, record, made, changing.with_note(typed.comment, note))
    except (Wrong, Problem) as error:
        return _again(ask, number, name, form, typed, {error.field: words.gettext(error.sentence)}, [])
    except Unsavable as error:
        return _again(ask, number, name, form, typed, error.problems, error.warnings)
    except Clashing as clash:
        return _conflict(ask, name, form, typed, was, clash)
    return answer(ask, written, typed, name)


def _opened(ask: Ask, record: Record, name: str, where: str) -> Response:
    if not someone(ask).may_edit:
        raise NotAllowed
    typed = Typing(seen=record.version, where=where)
    if name in part_panel.CELLS:
        panel = part_panel.opened(ask, record, part_panel.CELLS[name][0], typed, cell=name)
    else:
        panel = _panel(ask, record, name, None, typed)
    return shown(ask, record, panel, 200)


def _sourced(ask: Ask, name: str, record: Pledge, was: Pledge, typed: Typing) -> tuple[Pledge, Source | None]:
    """A source counts for the figures that changed; where none did, for the one that was opened."""
    if typed.source and record == was and name in set(ClaimField):
        return changing.backed(ask, record, ClaimField(name), typed)
    return changing.sourced(ask, record, was, typed)


def _field(name: str) -> Field:
    if name not in PLEDGE:
        raise NotFound(N_("A pledge has no field of this name."))
    return PLEDGE[name]


def _together(name: str) -> Fields:
    return fields(_field(name), *(PLEDGE[other] for other in TOGETHER.get(name, ())))


def _again(
    ask: Ask, number: int, name: str, form: Form, typed: Typing, problems: dict[str, str], warnings: list[str]
) -> Response:
    """The same editor with what was typed, and what is in the way of it."""
    record = record_of(ask, number)
    panel = _panel(ask, record, name, form, typed, problems=problems, warnings=warnings)
    return shown(ask, record, panel, 422)


def _looked(ask: Ask, number: int, name: str, form: Form, typed: Typing, record: Pledge) -> Response:
    """The same editor, saying how each text was understood; nothing is saved."""
    names = Names(ask.reference)
    read = {one: telling.value(names, record, one, field.of(record)) for one, field in _together(name).items()}
    panel = _panel(ask, record_of(ask, number), name, form, typed)
    main, *others = (replace(one, reads=read[one.name]) for one in panel.entries)
    return shown(ask, record_of(ask, number), replace(panel, main=main, others=others), 200)


def _conflict(ask: Ask, name: str, form: Form, typed: Typing, was: Pledge, clash: Clashing) -> Response:
    record = record_of(ask, clash.number)
    told = choices(Names(ask.reference, record.names), PLEDGE, clash.theirs, clash.clashes, typed)
    since = meanwhile(ask, record, was, [one.field for one in clash.clashes])
    return shown(ask, record, _panel(ask, record, name, form, typed, clashes=told, meanwhile=since), 409)


def _panel(ask: Ask, record: Record, name: str, form: Form | None, typed: Typing, **more: Any) -> Panel:
    problems: dict[str, str] = more.get("problems", {})
    prefix = f"e-{key(record.id, name)}"
    main, *others = entry.entries(ask, _together(name), record.pledge, form, problems, prefix=prefix)
    return Panel(
        pledge=record.id,
        name=name,
        title=words.gettext(_field(name).title),
        action=f"/pledges/{record.id}/cells/{name}",
        typed=typed,
        main=main,
        others=others,
        figure=name in set(ClaimField),
        **more,
    )
