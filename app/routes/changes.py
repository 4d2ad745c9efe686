"""What was changed by whom, newest first; and one change with all that it did."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.domain.codes import N_
from app.domain.filter import UNSEEN
from app.domain.pledge import State
from app.store import changes
from app.store.changes import Done, Wanted
from app.store.referred import KINDS
from app.web.acts import Sentence, sentences
from app.web.ask import Ask, Asked, Number
from app.web.current import Editor, someone
from app.web.errors import NotFound
from app.web.forms import Typed
from app.web.render import page
from app.web.telling import names_of

router = APIRouter()
RECORDS = ("pledge", *KINDS)
ASKED = ("account", "author", "record", "origin", "looked", "since")
ADDRESSES = {"pledge": "/pledges/", "package": "/packages/", "source": "/sources/"}
NAMED = {"donor": "/donors/", "event": "/events/"}


@router.get("/changes")
def index(ask: Asked) -> Response:
    wanted = _wanted(ask)
    found = changes.find(ask.db, wanted, changes.PER + 1)
    shown = found[: changes.PER]
    return page(
        ask,
        "changes/index",
        wanted=wanted,
        done=shown,
        told=_told(ask, [effect for one in shown for effect in one.effects]),
        leads=leads,
        older=shown[-1].id if len(found) > changes.PER else None,
        origins=changes.origins(ask.db),
        records=RECORDS,
        editor=bool(ask.who and ask.who.may_edit),
        asked=[
            (n, v) for n, v in ask.request.query_params.items() if n in Wanted.__dataclass_fields__ and n != "before"
        ],
    )


@router.get("/changes/{number}")
def show(ask: Asked, number: Number) -> Response:
    done = _done(ask, number)
    effects = changes.effects(ask.db, number, _number(ask, "after") or 0, 101)
    editor = bool(ask.who and ask.who.may_edit)
    seen = effects[:100] if editor else [one for one in effects[:100] if one.operation != "draft"]
    return page(
        ask,
        "changes/show",
        done=done,
        effects=seen,
        told=_told(ask, seen),
        leads=leads,
        after=effects[99].id if len(effects) > 100 else None,
        editor=editor,
    )


@router.post("/changes/{number}/patrol")
def look_at(ask: Editor, number: Number, form: Typed) -> Response:
    form.ensure_only({"looked"})
    _done(ask, number)
    with ask.writing() as db:
        if form.text("looked") == "no":
            changes.look_away(db, number)
        else:
            changes.look_at(db, number, someone(ask).id)
    return RedirectResponse(f"/changes/{number}", 303)


def leads(effect: Any) -> str:
    """The page of a record that a change touched; of a system, the tree."""
    if effect.record in ADDRESSES:
        return f"{ADDRESSES[effect.record]}{effect.record_id}"
    if effect.record == "mapping":
        kind, _, name = effect.key.partition(":")
        return f"/imports/names?{urlencode({'kind': kind, 'name': name})}#say"
    return f"{NAMED[effect.record]}{effect.key}" if effect.record in NAMED else "/systems"


def _done(ask: Ask, number: int) -> Done:
    done = changes.one(ask.db, number)
    if done is None:
        raise NotFound(N_("There is no change of this number."), "/changes", N_("All changes"))
    return done


def _told(ask: Ask, effects: list[Any]) -> dict[int, tuple[str, list[Sentence]]]:
    """By the number of the revision: what the pledge is called, and what changed in it. Drafts are for editors."""
    pledges = [one for one in effects if one.record == "pledge"]
    wanted = {(one.record_id, version) for one in pledges for version in (one.version, one.version - 1) if version}
    bodies = changes.bodies(ask.db, wanted)
    names, editor = names_of(ask, bodies.values()), bool(ask.who and ask.who.may_edit)
    found = {}
    for one in pledges:
        after, before = bodies.get((one.record_id, one.version)), bodies.get((one.record_id, one.version - 1))
        if after is None or (after.state is State.DRAFT and not editor):
            continue
        plain = before is not None and one.operation in ("update", "restore")
        found[one.id] = after.title, sentences(names, before, after) if plain and before else []
    return found


def _wanted(ask: Ask) -> Wanted:
    asked = ask.request.query_params
    day = asked.get("since", "")
    try:
        since = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    except ValueError:
        since = None
    record = asked.get("record", "")
    return Wanted(
        account=_number(ask, "account"),
        author=UNSEEN.sub(" ", asked.get("author", ""))[:200].strip(),
        record=record if record in RECORDS else "",
        origin=UNSEEN.sub(" ", asked.get("origin", ""))[:40].strip(),
        looked=asked.get("looked", "") if asked.get("looked") in ("yes", "no") else "",
        since=since,
        before=_number(ask, "before"),
    )


def _number(ask: Ask, name: str) -> int | None:
    text = ask.request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
