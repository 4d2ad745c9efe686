"""Edits taken back: one of a pledge, a whole change, everything by an account since a time."""

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.domain.codes import N_
from app.domain.when import When, when_from
from app.store import accounts, changes, reverting
from app.store.editing import Circle, Gone, Written
from app.store.reverting import NotWhole, Outcome
from app.web import changing, words
from app.web.acts import Sentence, sentences
from app.web.ask import Ask, Number
from app.web.current import Admin, Confirmed, Editor
from app.web.errors import NotFound
from app.web.forms import Form, Typed
from app.web.meanwhile import titled
from app.web.places import record_of
from app.web.refusals import Misread
from app.web.render import page
from app.web.saved import answer
from app.web.telling import Names, names_of

router = APIRouter()
SHOWN = 100


@router.post("/pledges/{number}/reverts")
def of_version(ask: Editor, number: Number, form: Typed) -> Response:
    typed = changing.sound(form, ["version"])
    version = _whole(form, "version")
    told = words.gettext("Takes version %(version)s back.") % {"version": version}
    try:
        written = _taken_back(ask, number, version, changing.with_note(typed.comment, told))
    except Gone:
        raise NotFound(N_("There is no such version of this pledge.")) from None
    except (NotWhole, Circle) as error:
        return _stuck(ask, error, f"/pledges/{number}")
    return answer(ask, written, typed)


def _taken_back(ask: Ask, number: int, version: int, comment: str) -> Written:
    record = record_of(ask, number)
    if not 0 < version <= record.latest:
        raise Gone
    act = changing.act(ask, comment)
    with ask.writing() as db:
        found = reverting.revert_all(db, {number: [version]}, act, ask.request.app.state.remembered(db))
    return found[0] if found else Written(number, record.latest, record.pledge)


@router.get("/changes/{number}/revert")
def preview_change(ask: Editor, number: Number) -> Response:
    done = changes.one(ask.db, number)
    if done is None:
        raise NotFound(N_("There is no change of this number."), "/changes", N_("All changes"))
    found = reverting.outcome(ask.db, reverting.revisions_of_change(ask.db, number))
    told = words.gettext("Take back the change of %(moment)s UTC by %(author)s") % {
        "moment": words.moment(done.at),
        "author": done.author,
    }
    others = reverting.referred_of_change(ask.db, number)
    return _preview(ask, told, f"/changes/{number}/reverts", found, others=others)


@router.post("/changes/{number}/reverts")
def of_change(ask: Editor, number: Number, form: Typed) -> Response:
    form.ensure_only({"comment"})
    if changes.one(ask.db, number) is None:
        raise NotFound(N_("There is no change of this number."), "/changes", N_("All changes"))
    told = words.gettext("Takes the change %(number)s back.") % {"number": number}
    act = changing.act(ask, changing.with_note(form.text("comment"), told), reverts=number)
    try:
        with ask.writing() as db:
            written = reverting.revert_change(db, number, act, ask.request.app.state.remembered(db))
    except (NotWhole, Circle) as error:
        return _stuck(ask, error, f"/changes/{number}")
    return _done(ask, written, f"/changes/{number}")


@router.get("/accounts/{number}/revert")
def preview_account(ask: Admin, number: Number) -> Response:
    name = _name(ask, number)
    text = ask.request.query_params.get("since", "")
    since, problem = _since(text)
    found, others = None, 0
    if since is not None:
        others = reverting.referred_of_account(ask.db, number, since)
        found = reverting.outcome(ask.db, reverting.revisions_of_account(ask.db, number, since))
    told = words.gettext("Take back what %(name)s did") % {"name": name}
    return _preview(
        ask, told, f"/accounts/{number}/reverts", found, since=text, problem=problem, by_time=True, others=others
    )


@router.post("/accounts/{number}/reverts")
def of_account(ask: Admin, _: Confirmed, number: Number, form: Typed) -> Response:
    form.ensure_only({"since", "comment"})
    name = _name(ask, number)
    since, problem = _since(form.text("since"))
    if since is None:
        raise Misread(problem or N_("A day is asked for, as in “24 November 2026”, or with a time."))
    told = words.gettext("Takes back what %(name)s did since %(moment)s UTC.") % {
        "name": name,
        "moment": words.moment(since),
    }
    act = changing.act(ask, changing.with_note(form.text("comment"), told))
    try:
        with ask.writing() as db:
            written = reverting.revert_account(db, number, since, act, ask.request.app.state.remembered(db))
    except (NotWhole, Circle) as error:
        return _stuck(ask, error, f"/accounts/{number}/revert?since={form.text('since')}")
    return _done(ask, written, "/changes")


def _name(ask: Ask, number: int) -> str:
    account = accounts.find(ask.request.app.state.database, number)
    if account is None:
        raise NotFound(N_("There is no account of this number."), "/accounts", N_("All accounts"))
    return account.name or account.email


def _since(text: str) -> tuple[datetime | None, str]:
    """A day or a moment in UTC; the sentence where it is neither."""
    if not text:
        return None, ""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC), ""
    except ValueError:
        pass
    try:
        day: When = when_from(text)
    except ValueError as error:
        return None, words.gettext(str(error))
    if day.earliest is None:
        return None, words.gettext("A day is asked for, as in “24 November 2026”, or with a time.")
    return datetime(day.earliest.year, day.earliest.month, day.earliest.day, tzinfo=UTC), ""


def _whole(form: Form, name: str) -> int:
    text = form.text(name)
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Misread(N_("The form names a version that there never was. Please open it again."))
    return int(text)


def _preview(ask: Ask, title: str, action: str, found: Outcome | None, **more: Any) -> Response:
    shown = list(found.after)[:SHOWN] if found else []
    names = names_of(ask, [one[n] for n in shown for one in (found.before, found.after)] if found else [])
    told = [(n, found.before[n].title, _told(names, found, n)) for n in shown] if found else []
    values: dict[str, Any] = {"since": "", "problem": "", "by_time": False, "others": 0} | more
    stuck = _told_stuck(found.stuck) if found else []
    return page(ask, "reverts/new", title=title, action=action, found=found, told=told, stuck=stuck, **values)


def _told(names: Names, found: Outcome, number: int) -> list[Sentence]:
    before, after = found.before[number], found.after[number]
    told = sentences(names, before, after)
    if before.state is not after.state:
        told.append(Sentence("changed", words.gettext("The record"), words.word(before.state), words.word(after.state)))
    return told


def _told_stuck(stuck: list[reverting.Stuck]) -> list[tuple[int, str, list[str]]]:
    """The records in the way, with the fields that were changed again since."""
    return [(one.id, one.pledge.title, titled(clash.field for clash in one.clashes)) for one in stuck[:SHOWN]]


def _stuck(ask: Ask, error: NotWhole | Circle, back: str) -> Response:
    stuck = _told_stuck(error.stuck) if isinstance(error, NotWhole) else []
    others = error.others if isinstance(error, NotWhole) else []
    return page(ask, "reverts/stuck", status=409, stuck=stuck, others=others, back=back)


def _done(ask: Ask, written: list[Written], otherwise: str) -> Response:
    change = next((one.change for one in written if one.change), None)
    return RedirectResponse(f"/changes/{change}" if change else otherwise, 303)
