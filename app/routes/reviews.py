"""Suggestions as those see them who decide, and contributors their own."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.domain.codes import N_
from app.domain.field import Wrong
from app.domain.suggestion import WAITING, SuggestionState
from app.store import suggestions
from app.store.editing import Clashing
from app.store.suggestions import Decided, Told
from app.web import proposed, reviewing, words
from app.web.ask import Ask, Number
from app.web.changing import Unsavable
from app.web.current import Contributor, Editor, someone
from app.web.errors import NotFound
from app.web.forms import Form, Typed
from app.web.meanwhile import titled
from app.web.render import page
from app.web.reviewing import Undecided
from app.web.waiting import TO_WRITE

router = APIRouter()
ALL = "all"
TWICE = N_("This suggestion was decided by somebody else meanwhile. Nothing of yours was saved.")


@router.get("/suggestions")
def index(ask: Contributor) -> Response:
    chosen = ask.request.query_params.get("state", "")
    states = _states(chosen)
    account = None if someone(ask).may_edit else someone(ask).id
    newest = not set(states) <= set(WAITING)
    pledge = ask.whole("pledge")
    found = suggestions.listed(
        ask.db,
        states,
        account=account,
        pledge=pledge,
        newest=newest,
        beyond=ask.whole("beyond"),
        most=suggestions.PER + 1,
    )
    shown = found[: suggestions.PER]
    return page(
        ask,
        "reviews/index",
        shown=shown,
        counts=suggestions.counts(ask.db, account),
        chosen=chosen if chosen in {ALL, *SuggestionState} else "",
        pledge=pledge,
        beyond=shown[-1].id if len(found) > suggestions.PER else None,
        newest=newest,
        own=account is not None,
        titled=titled,
    )


@router.get("/suggestions/{number}")
def show(ask: Contributor, number: Number) -> Response:
    told = _told(ask, number)
    if not someone(ask).may_edit:
        return page(ask, "suggestions/mine", told=told, lines=proposed.lines(ask, told), link="")
    return page(ask, "reviews/show", review=reviewing.review(ask, told), notice="")


@router.post("/suggestions/{number}", dependencies=[TO_WRITE])
def decide(ask: Editor, number: Number, form: Typed) -> Response:
    told = _told(ask, number)
    typed = reviewing.typing(told, form)
    try:
        if not told.waits:
            raise Decided
        if typed.then == "refuse":
            reviewing.refuse(ask, told, typed)
        else:
            reviewing.accept(ask, told, form, typed)
    except Decided:
        shown = reviewing.review(ask, _told(ask, number))
        return page(ask, "reviews/show", status=409, review=shown, notice=words.gettext(TWICE))
    except Wrong as error:
        return _again(ask, told, form, typed, problems={error.field: words.gettext(error.sentence)})
    except Unsavable as error:
        return _again(ask, told, form, typed, problems=error.problems, warnings=error.warnings)
    except (Clashing, Undecided):
        shown = reviewing.review(ask, told, form, typed)
        return page(ask, "reviews/show", status=409, review=shown, notice=words.gettext(reviewing.CHOOSE))
    return RedirectResponse(f"/suggestions/{number}", 303)


def _again(ask: Ask, told: Told, form: Form, typed: reviewing.Typing, **more: object) -> Response:
    shown = reviewing.review(ask, told, form, typed, **more)
    return page(ask, "reviews/show", status=422, review=shown, notice="")


def _told(ask: Ask, number: int) -> Told:
    """Contributors find their own. Raises NotFound."""
    told = suggestions.find(ask.db, number)
    who = someone(ask)
    if told is None or not (who.may_edit or told.account == who.id):
        raise NotFound(N_("There is no suggestion of this number."), "/suggestions", N_("All suggestions"))
    return told


def _states(chosen: str) -> list[SuggestionState]:
    """Those that wait, unless others are asked for."""
    if chosen == ALL:
        return list(SuggestionState)
    return [SuggestionState(chosen)] if chosen in set(SuggestionState) else list(WAITING)
