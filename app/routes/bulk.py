"""Many pledges changed at once: chosen, looked at, saved as one change."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.domain.codes import N_
from app.domain.figure import FIGURES
from app.domain.money import AmountBasis
from app.domain.pledge_fields import PLEDGE
from app.store import bulk as store
from app.store import referred, saving
from app.store.bulk import MOST, AllClashing
from app.store.editing import Circle, Gone
from app.web import bulk, changing, entry, words
from app.web.ask import Ask
from app.web.bulk import DEEDS, SHOWN, Deed, Outlook
from app.web.changing import Typing, Unsavable
from app.web.current import Editor
from app.web.errors import Unreadable
from app.web.forms import Form, Typed
from app.web.meanwhile import titled
from app.web.refusals import Misread
from app.web.render import page
from app.web.waiting import TO_WRITE

router = APIRouter()
OWN = ("records", "do", "figure")
KEPT = ("records", "comment", "overrule", "then")  # have controls of their own
UNREAD = N_("The form names records that there never were. Please choose them again.")
NOTHING = N_("Nothing would change: all of them say so already.")


@router.get("/bulk")
def new(ask: Editor) -> Response:
    asked = ask.request.query_params
    numbers = _chosen(ask)
    if len(numbers) > MOST:
        return page(ask, "bulk/refused", status=422, count=len(numbers), most=MOST, every="all" in asked)
    return _page(ask, store.versions(ask.db, numbers), _do(asked.get("do", "")), again=_again(ask))


@router.post("/bulk", dependencies=[TO_WRITE])
def create(ask: Editor, form: Typed) -> Response:
    typed, seen, do = _typing(form), _records(form), _do(form.raw("do"))
    if not do:
        raise Misread(N_("The form does not say what to do."))
    if typed.then == "back":
        return _page(ask, seen, do, form, typed)
    if typed.then != "save":
        seen = store.versions(ask.db, seen)
    try:
        what = bulk.deed(ask, do, form, typed)
        ahead = bulk.outlook(ask, store.at(ask.db, seen), what)
    except Unsavable as error:
        return _page(ask, seen, do, form, typed, problems=error.problems, status=422)
    except Gone:
        raise Misread(UNREAD, 409) from None
    if typed.then != "save":
        return _page(ask, seen, do, form, typed, ahead=ahead)
    return _saved(ask, seen, do, form, typed, what, ahead)


def _saved(ask: Ask, seen: dict[int, int], do: str, form: Form, typed: Typing, what: Deed, ahead: Outlook) -> Response:
    unsaid = bool(ahead.doubtful) and not typed.overrule
    if ahead.wrong or unsaid or not ahead.changing:
        return _page(ask, seen, do, form, typed, ahead=ahead, status=422)
    note = words.gettext("Saved in spite of a warning: %(why)s") % {"why": typed.overrule} if ahead.doubtful else ""
    act = changing.act(ask, changing.with_note(typed.comment, note))
    changed = {one.id: seen[one.id] for one in ahead.changing}
    try:
        with ask.writing() as db:
            effects = referred.save(db, "source", [what.made]) if what.made else []
            written = store.put(db, changed, what.change, act, ask.request.app.state.remembered(db), effects)
    except AllClashing as error:
        told = [(one.number, one.theirs.title, titled(clash.field for clash in one.clashes)) for one in error.clashes]
        return page(
            ask,
            "bulk/clashing",
            status=409,
            clashes=told[:SHOWN],
            count=len(told),
            sent=_sent(form, "records", "comment"),
        )
    except Circle:
        raise Misread(N_("A link would lead back to the pledge itself."), 409) from None
    number = next((one.change for one in written), None)
    return RedirectResponse(f"/changes/{number}" if number else "/changes", 303)


def _page(
    ask: Ask,
    seen: dict[int, int],
    do: str,
    form: Form | None = None,
    typed: Typing | None = None,
    *,
    problems: dict[str, str] | None = None,
    ahead: Outlook | None = None,
    again: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response:
    """What is chosen; then what is to be done; then what would become of it."""
    found = problems or {}
    blank = Form([("basis", str(AmountBasis.NOT_STATED))])
    first = saving.current(ask.db, list(seen)[:SHOWN])
    return page(
        ask,
        "bulk/new",
        status=status,
        seen=seen,
        packed=" ".join(f"{number}:{version}" for number, version in seen.items()),
        shown=sorted((number, pledge) for number, (pledge, _) in first.items()),
        do=do,
        deeds=[(name, words.gettext(PLEDGE[name].title)) for name in bulk.SETTABLE],
        entries=entry.entries(ask, {one.name: one for one in bulk.fields_of(do)}, None, form or blank, found),
        figures=[(str(one), words.word(one)) for one in FIGURES],
        figure=form.raw("figure") if form else "",
        typed=typed or Typing(seen=1),
        problems=found,
        faults=[(f"e-{name}", told) for name, told in found.items()],
        ahead=ahead,
        sent=_sent(form) if form and ahead else [],
        again=again or [],
        nothing=words.gettext(NOTHING) if ahead and not ahead.changing else "",
    )


def _chosen(ask: Ask) -> list[int]:
    """The records that an address names, or all of its filter. Raises Misread, and Unreadable for a piece of the
    filter that nobody knows."""
    asked = ask.request.query_params
    if "all" in asked:
        if ask.wanted.unread:  # left out, it would widen what is changed
            raise Unreadable(ask.wanted.unread)
        return store.matching(ask.db, ask.wanted.narrowing(), ask.reference)
    return list(dict.fromkeys(_number(text) for text in asked.getlist("id")))


def _again(ask: Ask) -> list[tuple[str, str]]:
    """What names the chosen records in the next address too."""
    asked = ask.request.query_params
    if "all" in asked:
        return [("all", "1"), *ask.wanted.narrowing().pairs()]
    return [("id", text) for text in dict.fromkeys(asked.getlist("id"))]


def _typing(form: Form) -> Typing:
    """What stands beside; each record has its own version. Raises Misread."""
    return changing.typing(
        Form([*(pair for pair in form.pairs() if pair[0] != "seen"), ("seen", "1")]), [*OWN, *PLEDGE]
    )


def _records(form: Form) -> dict[int, int]:
    """Number to version, in the order of the numbers. Raises Misread."""
    found = {}
    for pair in form.raw("records").split():
        number, _, version = pair.partition(":")
        found[_number(number)] = _number(version)
    if not found:
        raise Misread(UNREAD)
    if len(found) > MOST:
        raise Misread(words.gettext("At most %(most)s records can be changed at once.") % {"most": words.number(MOST)})
    return dict(sorted(found.items()))


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise Misread(UNREAD)
    return int(text)


def _do(text: str) -> str:
    """Raises Misread."""
    if text and text not in DEEDS:
        raise Misread(N_("The form does not say what to do."))
    return text


def _sent(form: Form, *more: str) -> list[tuple[str, str]]:
    """The form again, for a save or another look."""
    return [pair for pair in form.pairs() if pair[0] not in KEPT or pair[0] in more]
