"""The whole record as a form: a new pledge, and every field of one that is there."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.domain.codes import N_
from app.domain.field import Wrong
from app.domain.pledge import Counting, Link, LinkKind, Pledge, State
from app.domain.pledge_fields import PLEDGE
from app.store import around, editing, records, referred
from app.store.editing import Clashing
from app.web import changing, entry, telling, words
from app.web.ask import Ask, Number
from app.web.changing import Typing, Unsavable
from app.web.current import Editor
from app.web.forms import Form, Problem, Typed
from app.web.meanwhile import Meanwhile, meanwhile
from app.web.panel import Choice, choices
from app.web.places import record_of
from app.web.render import page
from app.web.saved import address
from app.web.telling import Names

router = APIRouter()
GROUPS = (
    (N_("What is pledged"), ("title", "lead", "system", "role", "quantity", "unit", "summary")),
    (N_("When"), ("announced", "expected")),
    (N_("Money"), ("amount", "basis", "value")),
    (N_("More of it"), ("aid", "recipient", "counting", "beneficiary", "supplier", "event", "package", "note")),
    (N_("Status"), ("status_pin", "status_pin_reason")),
)


@router.get("/pledges/new")
def new(ask: Editor) -> Response:
    asked = ask.request.query_params
    form = Form([(name, asked[name]) for name in PLEDGE if name in asked])
    return _page(ask, None, _blank(), form, Typing(seen=1))


@router.post("/pledges")
def create(ask: Editor, form: Typed) -> Response:
    typed = changing.typing(_with_version(form), [*PLEDGE, "double"])
    record, problems = entry.taken(ask, _in_order(), _blank(), form)
    problems |= _owed(record, problems)
    try:
        if problems:
            raise Unsavable(problems | typed.problems, [])
        record = _told_apart(ask, record, form)
        record, made = changing.sourced(ask, record, _blank(), typed)
        note = changing.looked_over(ask, None, record, None, typed.overrule)
        if typed.then == "look":
            return _page(ask, None, record, form, typed, looked=True)
        if typed.then == "draft":
            record = editing.with_state(record, State.DRAFT)
        act = changing.act(ask, changing.with_note(typed.comment, note))
        with ask.writing() as db:
            effects = referred.save(db, "source", [made]) if made else []
            written = editing.create(db, [record], act, ask.request.app.state.remembered(db), effects)[0]
    except (Wrong, Problem) as error:
        return _page(ask, None, record, form, typed, {error.field: words.gettext(error.sentence)}, status=422)
    except Unsavable as error:
        return _page(ask, None, record, form, typed, error.problems, error.warnings, status=422)
    return RedirectResponse(address(written), 303)


@router.get("/pledges/{number}/edit")
def edit(ask: Editor, number: Number) -> Response:
    record = record_of(ask, number)
    return _page(ask, record, record.pledge, None, Typing(seen=record.latest))


@router.post("/pledges/{number}")
def save(ask: Editor, number: Number, form: Typed) -> Response:
    typed = changing.typing(form, PLEDGE)
    was = changing.base(ask, number, typed.seen)
    record, problems = entry.taken(ask, _in_order(), was, form)
    record = changing.chosen(ask, number, record, was, typed)
    now = record_of(ask, number)
    try:
        if problems:
            raise Unsavable(problems | typed.problems, [])
        record, made = changing.sourced(ask, record, was, typed)
        note = changing.looked_over(ask, number, record, was, typed.overrule)
        if typed.then == "look":
            return _page(ask, now, record, form, typed, looked=True)
        written = changing.save(ask, number, typed, record, made, changing.with_note(typed.comment, note))
    except (Wrong, Problem) as error:
        return _page(ask, now, was, form, typed, {error.field: words.gettext(error.sentence)}, status=422)
    except Unsavable as error:
        return _page(ask, now, was, form, typed, error.problems, error.warnings, status=422)
    except Clashing as clash:
        return _conflict(ask, form, typed, was, clash)
    return RedirectResponse(address(written), 303)


def _blank() -> Pledge:
    return Pledge(key="", lead="", title="")


def _in_order() -> list[Any]:
    """The amount before what hangs on it."""
    return list(PLEDGE.values())


def _owed(record: Pledge, problems: dict[str, str]) -> dict[str, str]:
    """What a new pledge cannot do without."""
    told = words.gettext("This must not be empty.")
    return {name: told for name in ("title", "lead") if not getattr(record, name) and name not in problems}


def _with_version(form: Form) -> Form:
    """A new record is typed against nothing; whatever the form says of a version is left unread."""
    return Form([*(pair for pair in form.pairs() if pair[0] != "seen"), ("seen", "1")])


def _told_apart(ask: Ask, record: Pledge, form: Form) -> Pledge:
    """A record that tells of another one again is linked to it and counts no second time."""
    double = form.text("double")
    if not double.isascii() or not double.isdigit():
        return record
    other = records.find(ask.db, int(double[:15]))
    if other is None:
        return record
    link = Link(kind=LinkKind.RESTATES, to=other.pledge.key)
    return replace(record, counting=Counting.DUPLICATE, links=(*record.links, link))


def _conflict(ask: Ask, form: Form, typed: Typing, was: Pledge, clash: Clashing) -> Response:
    now = record_of(ask, clash.number)
    told = choices(Names(ask.reference, now.names), PLEDGE, clash.theirs, clash.clashes, typed)
    since = meanwhile(ask, now, was, [one.field for one in clash.clashes])
    return _page(ask, now, now.pledge, form, typed, clashes=told, since=since, status=409)


def _page(
    ask: Ask,
    record: records.Record | None,
    pledge: Pledge,
    form: Form | None,
    typed: Typing,
    problems: dict[str, str] | None = None,
    warnings: list[str] | None = None,
    *,
    clashes: list[Choice] | None = None,
    since: Meanwhile | None = None,
    looked: bool = False,
    status: int = 200,
) -> Response:
    read = _read(ask, pledge) if looked else {}
    entries = {
        one.name: replace(one, reads=read.get(one.name, ""))
        for one in entry.entries(ask, PLEDGE, pledge, form, problems)
    }
    doubles = around.doubles(ask.db, ask.reference, record.id if record else None, pledge) if warnings or looked else {}
    return page(
        ask,
        "pledge_forms/edit",
        status=status,
        record=record,
        entries=entries,
        groups=[(words.gettext(title), [entries[name] for name in names]) for title, names in GROUPS],
        typed=typed,
        seen=since.version if since else typed.seen,
        problems=problems or {},
        faults=[(f"e-{name}", told) for name, told in (problems or {}).items()],
        warnings=warnings or [],
        doubles=list(doubles.items()),
        clashes=clashes or [],
        meanwhile=since,
        looked=looked,
    )


def _read(ask: Ask, pledge: Pledge) -> dict[str, str]:
    """How each field was understood."""
    names = Names(ask.reference)
    return {name: telling.value(names, pledge, name, field.of(pledge)) for name, field in PLEDGE.items()}
