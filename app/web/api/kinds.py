"""The kinds of record that pledges refer to, as the API reads and writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.codes import N_
from app.domain.field import Wrong as Unfit
from app.domain.naming import named
from app.domain.source import Source
from app.domain.system import System
from app.formats import record
from app.formats.record import Faulty, Wrong
from app.store import amending, editing, referred, resolving, sources
from app.store.amending import Amended, Taken
from app.store.editing import Gone
from app.store.referred import Found
from app.web import changing, words
from app.web.api import conditions
from app.web.api.asking import Asking, about_a_change
from app.web.api.problems import Refused, error
from app.web.api.saving import refused, stripped
from app.web.ask import Ask
from app.web.kinds import number_of

TAKEN = N_("Another record has this name already.")
KNOWN = N_("This address is known already, as another source.")
STAYS = N_("This name of a record stays as it is.")
NO_PARENT = N_("A new system stands under one that is there.")
READ_ONLY = frozenset(("id", "version"))


@dataclass(frozen=True)
class Kind:
    """`record` is its name in the store, `place` the part of its addresses, `by` the attribute in them; `names` are
    chosen once, and made from the title where they are not told."""

    record: str
    place: str
    by: str
    names: tuple[str, ...]
    gone: str


KINDS = {
    kind.place: kind
    for kind in (
        Kind("donor", "donors", "code", ("code", "slug"), N_("There is no donor of this code.")),
        Kind("system", "systems", "slug", ("code", "slug"), N_("There is no system of this name.")),
        Kind("event", "events", "slug", ("slug",), N_("There is no meeting of this name.")),
        Kind("source", "sources", "id", ("key",), N_("There is no source of this number.")),
        Kind("package", "packages", "id", ("key",), N_("There is no package of this number.")),
    )
}
# What stands for a name that is not told, until it is made.
STAND_IN = {"key": "new", "slug": "unnamed", "code": "X"}


def find(ask: Ask, kind: Kind, name: str) -> Found:
    """The record of an address. Raises Refused."""
    number = number_of(ask, kind.record, name)
    found = None if number is None else referred.find(ask.db, kind.record, number=number)
    if found is None:
        raise Refused(404, kind.gone)
    return found


def create(ask: Ask, kind: Kind, given: Any) -> Amended:
    """Raises Refused."""
    comment = _comment(ask)
    told = stripped(given, READ_ONLY)
    if isinstance(told, dict):
        told = {**{name: STAND_IN[name] for name in kind.names if told.get(name) is None}, **_given(told)}
    value = _sound(ask, kind, told, None)
    texts = {name: getattr(value, name) for name in kind.names if isinstance(given, Mapping) and given.get(name)}
    try:
        value = named(value, texts, _parent(ask, value, texts), editing.new_key())
    except Unfit as unfit:
        raise refused([Wrong(unfit.field, "", unfit.sentence)]) from None
    try:
        with ask.writing() as db:
            return amending.create(db, kind.record, value, changing.act(ask, comment, origin="api"))
    except Taken as taken:
        told_name = str(getattr(value, taken.field))
        raise Refused(409, TAKEN, [error(taken.field, words.gettext(TAKEN), told_name)]) from None


def change(ask: Ask, kind: Kind, name: str, seen: str, given: Any, *, whole: bool) -> Amended:
    """Raises Refused."""
    comment, was = _comment(ask), find(ask, kind, name)
    told = stripped(given, READ_ONLY)
    if isinstance(told, dict):
        stay = {one: getattr(was.value, one) for one in kind.names}
        wrong = [Wrong(one, str(told[one]), STAYS) for one in stay if told.get(one) not in (None, stay[one])]
        if wrong:
            raise refused(wrong)
        told = {**({} if whole else record.told(was.value)), **told, **stay}
    conditions.ensure_current(seen, was.version)
    value = _sound(ask, kind, told, was.value)
    try:
        with ask.writing() as db:
            now = referred.find(db, kind.record, number=was.id, held=True)
            if now is None or now.latest != was.version:
                raise conditions.stale(now.latest if now else None)
            return amending.edit(db, kind.record, was.id, was.version, changing.act(ask, comment, origin="api"), value)
    except Gone:
        raise Refused(404, kind.gone) from None


def _sound(ask: Ask, kind: Kind, told: Any, was: Any) -> Any:
    """Raises Refused."""
    try:
        value = record.value_from(kind.record, told, was=was)
    except Faulty as faulty:
        raise refused(faulty.wrong) from None
    wrong = [Wrong(*one) for one in resolving.unknown(ask.db, [value], ask.reference)[0]]
    if isinstance(value, Source) and value.url != (was.url if was else ""):
        wrong += [Wrong("url", value.url, KNOWN)] if sources.of_address(ask.db, value.url) else []
    if wrong:
        raise refused(wrong)
    return value


def _parent(ask: Ask, value: Any, texts: Mapping[str, str]) -> System | None:
    """The node above a new system. Raises Refused."""
    if not isinstance(value, System):
        return None
    above = value.parent or ""
    number = ask.reference.system_codes.get(above)
    if number is None:
        raise refused([Wrong("code", texts.get("code", ""), NO_PARENT)])
    return ask.reference.systems[number]


def _comment(ask: Ask) -> str:
    asking = Asking(ask)
    beside = about_a_change(asking)
    asking.ensure_sound()
    return beside["comment"]


def _given(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None}
