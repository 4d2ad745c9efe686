"""What was changed by whom, newest first; and one change with all that it did."""

from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.domain.codes import N_
from app.store import changes
from app.store.changes import Done
from app.web import changelog
from app.web.ask import Ask, Asked, Number
from app.web.changelog import leads
from app.web.current import Editor, someone
from app.web.errors import NotFound
from app.web.forms import Typed
from app.web.render import page

router = APIRouter()


@router.get("/changes")
def index(ask: Asked) -> Response:
    wanted, editor = changelog.wanted(ask), bool(ask.who and ask.who.may_edit)
    found = changes.find(ask.db, wanted, changes.PER + 1)
    shown, asked = found[: changes.PER], changelog.asked(ask)
    return page(
        ask,
        "changes/index",
        wanted=wanted,
        done=shown,
        told=changelog.told(ask, [effect for one in shown for effect in one.effects], editor=editor),
        leads=leads,
        older=shown[-1].id if len(found) > changes.PER else None,
        origins=changes.origins(ask.db),
        records=changelog.RECORDS,
        editor=editor,
        asked=asked,
        feed=f"/changes.atom?{urlencode(asked)}" if asked else "/changes.atom",
    )


@router.get("/changes/{number}")
def show(ask: Asked, number: Number) -> Response:
    done = _done(ask, number)
    effects = changes.effects(ask.db, number, ask.whole("after") or 0, 101)
    editor = bool(ask.who and ask.who.may_edit)
    seen = effects[:100] if editor else [one for one in effects[:100] if one.operation != "draft"]
    return page(
        ask,
        "changes/show",
        done=done,
        effects=seen,
        told=changelog.told(ask, seen, editor=editor),
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


def _done(ask: Ask, number: int) -> Done:
    done = changes.one(ask.db, number)
    if done is None:
        raise NotFound(N_("There is no change of this number."), "/changes", N_("All changes"))
    return done
