"""One change of many pledges as it was typed: what is done to each, and what would become of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select

from app.domain.claim import ClaimField
from app.domain.codes import N_
from app.domain.field import Field, Wrong
from app.domain.figure import FIGURES, claimed, settled
from app.domain.lint import Around, Lint, errors, lints
from app.domain.numerals import Unreadable
from app.domain.pledge import Pledge, State
from app.domain.pledge_fields import PLEDGE
from app.domain.source import Source
from app.store import editing, records
from app.store.columns import core
from app.store.tables import Package
from app.web import changing, entry, picks, words
from app.web.acts import CHANGED, Sentence, sentences
from app.web.ask import Ask
from app.web.changing import Typing, Unsavable
from app.web.forms import Form
from app.web.telling import Names

SOURCE, DELETE, PUBLISH = "source", "delete", "publish"
# A title is of one pledge alone; the reason stands with what is pinned.
SETTABLE = tuple(name for name in PLEDGE if name not in ("title", "status_pin_reason"))
WITH = {"status_pin": ("status_pin_reason",), "amount": ("basis",)}
DEEDS = (*SETTABLE, SOURCE, DELETE, PUBLISH)
SHOWN = 50
NO_SOURCE = N_("Please name the source.")
NO_FIGURE = N_("Please choose what it speaks of.")
DELETED = N_("This record is deleted. Restore it first.")
# What asks of other records, one by one, is left to the forms of single records.
ALONE = Around(today=date.min)


@dataclass(frozen=True)
class Deed:
    """What is done to each; `made` is a source that is new with it, `names` what it names is called."""

    change: Callable[[Pledge], Pledge]
    made: Source | None
    names: Names


@dataclass(frozen=True)
class Becoming:
    """What becomes of one record."""

    id: int
    before: Pledge
    after: Pledge
    problems: list[str]
    warnings: list[str]
    sentences: list[Sentence] = field(default_factory=list)


@dataclass(frozen=True)
class Outlook:
    """`changing` are those that would change, `same` those that stay, `wrong` those that keep all from being saved."""

    changing: list[Becoming]
    same: list[Becoming]

    @property
    def wrong(self) -> list[Becoming]:
        return [one for one in self.changing if one.problems]

    @property
    def doubtful(self) -> list[Becoming]:
        return [one for one in self.changing if one.warnings]

    @property
    def shown(self) -> list[Becoming]:
        """What is wrong first."""
        return sorted(self.changing, key=lambda one: (not one.problems, not one.warnings, one.id))[:SHOWN]


def fields_of(do: str) -> list[Field]:
    """The fields that a deed sets."""
    return [PLEDGE[name] for name in (do, *WITH.get(do, ()))] if do in SETTABLE else []


def deed(ask: Ask, do: str, form: Form, typed: Typing) -> Deed:
    """Raises Unsavable with what was wrong with the form."""
    typed.ensure_sound()
    try:
        key, made = picks.source_of(ask, typed.source)
    except Wrong as error:
        raise Unsavable({"source": words.gettext(error.sentence)}, []) from None
    names = Names(ask.reference, {"sources": _told(ask, key, made)})
    if do == DELETE:
        return Deed(lambda pledge: editing.with_state(pledge, State.DELETED), None, names)
    if do == PUBLISH:
        return Deed(_published, None, names)
    if do == SOURCE:
        return Deed(_backing(form, key, typed), made, names)
    return Deed(_setting(ask, do, form, key, typed), made, names)


def outlook(ask: Ask, before: dict[int, Pledge], what: Deed) -> Outlook:
    today = date.today()
    found = [_becoming(number, pledge, what.change(pledge), today) for number, pledge in before.items()]
    ahead = Outlook(
        [one for one in found if one.after != one.before], [one for one in found if one.after == one.before]
    )
    shown = {one.id for one in ahead.shown}
    titles = _packages(ask, (one for one in ahead.changing if one.id in shown))
    told = [replace(one, sentences=_said(what, one, titles)) if one.id in shown else one for one in ahead.changing]
    return Outlook(told, ahead.same)


def _setting(ask: Ask, do: str, form: Form, key: str | None, typed: Typing) -> Callable[[Pledge], Pledge]:
    some = fields_of(do)
    texts, problems = entry.resolved(ask, some, form)
    values = {}
    for one in some:
        try:
            values[one.name] = one.value(texts.get(one.name, ""))
        except Unreadable as error:
            problems.setdefault(one.name, words.gettext(str(error)))
    if problems:
        raise Unsavable(problems, [])

    def change(was: Pledge) -> Pledge:
        record = was
        for one in some:
            if one.text(record) != texts[one.name]:  # the same text leaves the published words
                record = one.put(record, values[one.name])
        changed = [name for name in FIGURES if getattr(record, name) != getattr(was, name)]
        if key is None:
            return settled(record, *changed)
        for name in changed:
            record = claimed(record, name, key, quote=typed.quote, locator=typed.locator)
        return record

    return change


def _backing(form: Form, key: str | None, typed: Typing) -> Callable[[Pledge], Pledge]:
    problems = {} if key else {"source": words.gettext(NO_SOURCE)}
    name = form.raw("figure")
    if name not in FIGURES:
        problems["figure"] = words.gettext(NO_FIGURE)
    if problems or key is None:
        raise Unsavable(problems, [])
    figure, source = ClaimField(name), key

    def change(pledge: Pledge) -> Pledge:
        if not getattr(pledge, figure):  # it says nothing that the source could speak of
            return pledge
        return claimed(pledge, figure, source, quote=typed.quote, locator=typed.locator)

    return change


def _published(pledge: Pledge) -> Pledge:
    return editing.with_state(pledge, State.PUBLISHED) if pledge.state is State.DRAFT else pledge


def _becoming(number: int, before: Pledge, after: Pledge, today: date) -> Becoming:
    """What was wrong before is not held against it, unless readers would see it from now on."""
    seen = before.state is after.state
    old = [*errors(before, today), *lints(before, replace(ALONE, today=today))] if seen else []
    problems = [one for one in errors(after, today) if one not in old]
    warnings = [one for one in lints(after, replace(ALONE, today=today)) if one not in old]
    if after == before or after.state is State.DELETED is not before.state:
        problems, warnings = [], []
    told = [changing.said(one) for one in problems]
    if before.state is State.DELETED and after != before:
        told.append(words.gettext(DELETED))
    return Becoming(number, before, after, told, _sentences(warnings))


def _sentences(some: Iterable[Lint]) -> list[str]:
    return [changing.said(one) for one in some]


def _said(what: Deed, one: Becoming, packages: dict[str, str]) -> list[Sentence]:
    told = [
        replace(said, before=packages.get(said.before, said.before), after=packages.get(said.after, said.after))
        for said in sentences(what.names, one.before, one.after)
    ]
    if one.before.state is not one.after.state:
        state = words.word(one.before.state), words.word(one.after.state)
        told.append(Sentence(CHANGED, words.gettext("The record"), *state))
    return told


def _packages(ask: Ask, some: Iterable[Becoming]) -> dict[str, str]:
    """The titles of the packages that they stood in or stand in, by key."""
    table = core(Package)
    keys = {key for one in some for key in (one.before.package, one.after.package) if key}
    if not keys:
        return {}
    return {
        row.key: row.title for row in ask.db.execute(select(table.c.key, table.c.title).where(table.c.key.in_(keys)))
    }


def _told(ask: Ask, key: str | None, made: Source | None) -> dict[str, dict[str, str]]:
    """What a source is called, as a snapshot would keep it."""
    if key is None:
        return {}
    one = made or records.sources(ask.db, {key}).get(key)
    return {key: {"publisher": one.publisher, "url": one.url, "title": one.title}} if one else {}
