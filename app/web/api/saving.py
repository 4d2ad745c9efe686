"""A record that a program sends, put in place: checked as a form is, against the version that was read, in one
transaction with its history."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.domain.codes import N_
from app.domain.lint import lints
from app.domain.pledge import Pledge, State
from app.formats import record
from app.formats.record import Faulty, Wrong, with_figures
from app.store import around, editing, records, resolving
from app.store.editing import Circle, Gone
from app.store.matching import PLEDGE
from app.store.records import Record
from app.store.saving import Moved
from app.web import changing, words
from app.web.api import conditions
from app.web.api.asking import Asking, about_a_change
from app.web.api.problems import Refused, error, errors_of
from app.web.ask import Ask

NOT_SAVED = N_("Something in the record is wrong. Nothing was saved.")
DOUBTFUL = N_("The record looks wrong. Nothing was saved; to save it all the same, say why with overrule=.")
KEY_TAKEN = N_("Another pledge has this key already.")
KEY_STAYS = N_("The key of a record stays as it is.")
NOT_DELETED = N_("A new record is a draft or published.")
ROUND = N_("The links would lead back to the pledge itself.")
SENTENCE = N_("There is no pledge of this number.")
# What the API tells of a record beside its attributes: it may be sent back, and is not read.
READ_ONLY = frozenset(
    ("id", "version", "address", "family", "status", "delivered", "on_its_way", "worth", "confidence", "disputed")
    + ("sources", "updated_at", "names")
)
NOT_TOLD = "state", "key"  # of a whole record that is there: left out, they stay


def stripped(given: Any, read_only: frozenset[str] = READ_ONLY) -> Any:
    """What was sent without what only we say."""
    if not isinstance(given, Mapping):
        return given
    return {name: value for name, value in given.items() if name not in read_only}


def found(ask: Ask, number: int) -> Record:
    """The record that is to be changed. Raises Refused."""
    one = records.find(ask.db, number)
    if one is None:
        raise Refused(404, SENTENCE)
    return one


def create(ask: Ask, given: Any) -> editing.Written:
    """Raises Refused."""
    asking = Asking(ask)
    beside = about_a_change(asking)
    asking.ensure_sound()
    told = stripped(given)
    if isinstance(told, dict) and told.get("key") is None:
        told["key"] = editing.new_key()
    pledge = with_figures(_sound(ask, told, None))
    if pledge.state is State.DELETED:
        raise Refused(422, NOT_SAVED, [error("state", words.gettext(NOT_DELETED))])
    note = _looked_over(ask, None, pledge, None, beside["overrule"])
    act = changing.act(ask, changing.with_note(beside["comment"], note), origin="api")
    try:
        with ask.writing() as db:
            if db.execute(select(PLEDGE.c.id).where(PLEDGE.c.key == pledge.key)).first():
                raise _taken(pledge.key)
            return editing.create(db, [pledge], act, ask.request.app.state.remembered(db))[0]
    except IntegrityError:  # somebody else wrote the same key in the very moment
        raise _taken(pledge.key) from None


def put(ask: Ask, number: int, seen: str, given: Any) -> editing.Written:
    """The whole record in place of what stands there. Raises Refused."""
    was = found(ask, number)
    told = stripped(given)
    if isinstance(told, dict):
        told |= {name: getattr(was.pledge, name) for name in NOT_TOLD if told.get(name) is None}
        _ensure_named(told, was.pledge)
    conditions.ensure_current(seen, was.version)
    return _save(ask, was, with_figures(_sound(ask, told, was.pledge), was.pledge))


def patch(ask: Ask, number: int, seen: str, given: Any) -> editing.Written:
    """Attributes in place of those that stand there. Raises Refused."""
    was = found(ask, number)
    told = stripped(given)
    conditions.ensure_current(seen, was.version)
    if not isinstance(told, dict):
        return _save(ask, was, _sound(ask, told, was.pledge))
    _ensure_named(told, was.pledge)
    pledge = _sound(ask, {**record.told(was.pledge), **told}, was.pledge)
    return _save(ask, was, with_figures(pledge, was.pledge))


def delete(ask: Ask, number: int, seen: str) -> editing.Written:
    """Leaves a tombstone. Raises Refused."""
    was = found(ask, number)
    conditions.ensure_current(seen, was.version)
    return _save(ask, was, editing.with_state(was.pledge, State.DELETED))


def _save(ask: Ask, was: Record, pledge: Pledge) -> editing.Written:
    asking = Asking(ask)
    beside = about_a_change(asking)
    asking.ensure_sound()
    # What only goes or comes back is not looked over: it was, when it was written.
    same = replace(pledge, state=was.pledge.state) == was.pledge
    note = "" if same else _looked_over(ask, was.id, pledge, was.pledge, beside["overrule"])
    act = changing.act(ask, changing.with_note(beside["comment"], note), origin="api")
    with in_one_piece(), ask.writing() as db:
        _, version = editing.hold(db, [was.id])[was.id]
        if version != was.version:
            raise conditions.stale(version)
        reference = ask.request.app.state.remembered(db)
        return editing.edit(db, was.id, version, act, lambda _: pledge, reference)


@contextmanager
def in_one_piece() -> Iterator[None]:
    """What the store refuses, as the API says it. Raises Refused."""
    try:
        yield
    except Circle:
        raise Refused(422, NOT_SAVED, [error("links", words.gettext(ROUND))]) from None
    except Moved:
        raise conditions.stale() from None
    except Gone:
        raise Refused(404, SENTENCE) from None


def _sound(ask: Ask, told: Any, was: Pledge | None) -> Pledge:
    """Raises Refused."""
    try:
        pledge: Pledge = record.value_from("pledge", told, was=was)
    except Faulty as faulty:
        raise refused(faulty.wrong) from None
    if missing := resolving.unknown(ask.db, [pledge], ask.reference)[0]:
        raise refused([Wrong(*one) for one in missing])
    return pledge


def refused(wrong: list[Wrong]) -> Refused:
    return Refused(422, NOT_SAVED, errors_of(wrong))


def _ensure_named(told: Mapping[str, Any], was: Pledge) -> None:
    if "key" in told and told["key"] != was.key:
        raise Refused(422, NOT_SAVED, [error("key", words.gettext(KEY_STAYS))])


def _looked_over(ask: Ask, number: int | None, pledge: Pledge, was: Pledge | None, overrule: str) -> str:
    """What is doubtful is refused unless it is overruled, and then stands in the history. What was doubtful before is
    not held against this change."""
    near = around.of(ask.db, ask.reference, number, pledge, date.today())
    old = {(one.code, one.values) for one in lints(was, near)} if was is not None else set()
    new = [one for one in lints(pledge, near) if (one.code, one.values) not in old]
    if not new:
        return ""
    if not overrule:
        raise Refused(422, DOUBTFUL, warnings=[error(one.field, changing.said(one)) for one in new])
    return words.gettext("Saved in spite of a warning: %(why)s") % {"why": overrule}


def _taken(key: str) -> Refused:
    return Refused(409, KEY_TAKEN, [error("key", words.gettext(KEY_TAKEN), key)])
