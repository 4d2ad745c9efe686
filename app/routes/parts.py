"""The parts of a pledge: claims, deliveries and milestones, further donors, links; added, changed and taken out."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from starlette.responses import Response

from app.domain.codes import N_
from app.domain.field import Wrong
from app.domain.part import part_from, with_part
from app.domain.pledge import Pledge
from app.domain.pledge_fields import PARTS
from app.domain.source import Source
from app.store.editing import Circle, Clashing
from app.web import changing, entry, part_panel, picks, words
from app.web.ask import Ask, Number
from app.web.changing import Typing, Unsavable
from app.web.current import Editor
from app.web.errors import NotFound
from app.web.forms import Form, Problem, Typed
from app.web.meanwhile import meanwhile
from app.web.panel import choices
from app.web.places import record_of, shown
from app.web.saved import answer
from app.web.telling import Names

router = APIRouter()
Kind = Literal["claims", "milestones", "parties", "links"]
Place = Annotated[int, Path(ge=0, le=10_000)]


@router.get("/pledges/{number}/{kind}/new")
def new(ask: Editor, number: Number, kind: Kind) -> Response:
    return _opened(ask, number, kind, None)


@router.get("/pledges/{number}/{kind}/{place}")
def edit(ask: Editor, number: Number, kind: Kind, place: Place) -> Response:
    return _opened(ask, number, kind, place)


@router.post("/pledges/{number}/{kind}")
def add(ask: Editor, number: Number, kind: Kind, form: Typed) -> Response:
    return _save(ask, number, kind, None, form)


@router.post("/pledges/{number}/{kind}/{place}")
def change(ask: Editor, number: Number, kind: Kind, place: Place, form: Typed) -> Response:
    return _save(ask, number, kind, place, form)


def _opened(ask: Ask, number: int, kind: str, place: int | None) -> Response:
    record = record_of(ask, number)
    where = ask.request.query_params.get("in", "")
    typed = Typing(seen=record.version, where=where if where == "record" else "page")
    _part(record.pledge, kind, place)
    return shown(ask, record, part_panel.opened(ask, record, kind, typed, place=place), 200)


def _save(ask: Ask, number: int, kind: str, place: int | None, form: Form) -> Response:
    typed = changing.typing(form, [*PARTS[kind].fields, kind])
    was = changing.base(ask, number, typed.seen)
    present = _part(was, kind, place)
    try:
        record, made = _changed(ask, was, kind, present, form, typed)
        note = changing.looked_over(ask, number, record, was, typed.overrule)
        written = changing.save(ask, number, typed, record, made, changing.with_note(typed.comment, note))
    except (Wrong, Problem) as error:
        return _again(ask, number, kind, place, form, typed, {error.field: words.gettext(error.sentence)}, [])
    except Unsavable as error:
        return _again(ask, number, kind, place, form, typed, error.problems, error.warnings)
    except Circle:
        circle = words.gettext("This would lead back to the pledge itself by way of other links.")
        return _again(ask, number, kind, place, form, typed, {"to": circle}, [])
    except Clashing as clash:
        return _conflict(ask, kind, form, typed, was, clash)
    return answer(ask, written, typed, kind)


def _part(pledge: Pledge, kind: str, place: int | None) -> Any:
    """The part at that place; None for a new one. Raises NotFound."""
    if place is None:
        return None
    parts = getattr(pledge, kind)
    if place >= len(parts):
        raise NotFound(N_("The record has no such part."))
    return parts[place]


def _changed(ask: Ask, was: Pledge, kind: str, present: Any, form: Form, typed: Typing) -> tuple[Pledge, Source | None]:
    """Raises Wrong and Unsavable."""
    typed.ensure_sound()
    if typed.then == "remove" and present is not None:
        return with_part(was, kind, present, None), None
    if typed.choices.get(kind) == "theirs":
        return was, None
    texts, problems = entry.resolved(ask, PARTS[kind].fields.values(), form, present=present)
    if problems:
        raise Unsavable(problems, [])
    made = None
    if "source" in texts:
        key, made = picks.source_of(ask, texts["source"])
        texts["source"] = key or ""
    return with_part(was, kind, present, part_from(kind, texts, present)), made


def _again(
    ask: Ask,
    number: int,
    kind: str,
    place: int | None,
    form: Form,
    typed: Typing,
    problems: dict[str, str],
    warnings: list[str],
) -> Response:
    record = record_of(ask, number)
    cell = ask.request.query_params.get("cell", "")
    panel = part_panel.opened(
        ask, record, kind, typed, place=place, cell=cell, form=form, problems=problems, warnings=warnings
    )
    return shown(ask, record, panel, 422)


def _conflict(ask: Ask, kind: str, form: Form, typed: Typing, was: Pledge, clash: Clashing) -> Response:
    """Both changed the same part: mine can take the place of theirs, where theirs is still there."""
    record = record_of(ask, clash.number)
    titles = {name: part.one for name, part in PARTS.items()}
    told = choices(Names(ask.reference, record.names), {}, clash.theirs, clash.clashes, typed, titles)
    since = meanwhile(ask, record, was, [one.field for one in clash.clashes])
    theirs = next((one.theirs for one in clash.clashes if one.field == kind), None)
    place = getattr(record.pledge, kind).index(theirs) if theirs is not None else None
    panel = part_panel.opened(ask, record, kind, typed, place=place, form=form, clashes=told, meanwhile=since)
    return shown(ask, record, panel, 409)
