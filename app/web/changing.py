"""A change of a pledge as somebody typed it: what all such forms carry, what was wrong, and the save itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from app.domain.claim import ClaimField
from app.domain.codes import N_
from app.domain.figure import FIGURES, claimed, settled
from app.domain.lint import Lint, errors, lints
from app.domain.pledge import Pledge, State
from app.domain.source import Source
from app.store import around, editing, records, referred
from app.store.editing import Written
from app.store.history import Act
from app.web import picks, words
from app.web.ask import Ask
from app.web.current import someone
from app.web.errors import NotFound
from app.web.forms import Form, Problem
from app.web.refusals import Misread, Refusal

# What every form that changes a record may carry beside its own fields.
SHARED = frozenset({"seen", "found", "comment", "source", "quote", "locator", "overrule", "then", "in"})
LONGEST = {"comment": 500, "source": 2000, "quote": 300, "locator": 300, "overrule": 300}


class VersionMissing(Refusal):
    def __init__(self) -> None:
        super().__init__(428, N_("The form does not say which version it was typed against. Please open it again."))


class Unsavable(Exception):
    """`problems` are by field; `warnings` may be overruled with a reason."""

    def __init__(self, problems: dict[str, str], warnings: list[str]) -> None:
        super().__init__(problems, warnings)
        self.problems, self.warnings = problems, warnings


@dataclass(frozen=True)
class Typing:
    """What stands beside the fields of a change. `where` is the place that shows it: list, record or page; `found` is
    the version that was seen before a conflict. `problems` are those of these fields."""

    seen: int
    found: int | None = None
    comment: str = ""
    source: str = ""
    quote: str = ""
    locator: str = ""
    overrule: str = ""
    then: str = ""
    where: str = "page"
    choices: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    def ensure_sound(self) -> None:
        """Raises Unsavable."""
        if self.problems:
            raise Unsavable(self.problems, [])


def typing(form: Form, names: Iterable[str]) -> Typing:
    """Raises VersionMissing, and Misread for a version that is none or a field that the form does not have."""
    known = set(names)
    form.ensure_only({*known, *SHARED, *(f"choice-{name}" for name in known)})
    problems: dict[str, str] = {}
    told = {name: _told(form, name, most, problems) for name, most in LONGEST.items()}
    where = _plain(form, "in")
    return Typing(
        seen=_version(form, "seen"),
        found=_version(form, "found") if form.has("found") else None,
        then=_plain(form, "then"),
        where=where if where in ("list", "record") else "page",
        choices={name: _plain(form, f"choice-{name}") for name in known if form.has(f"choice-{name}")},
        problems=problems,
        **told,
    )


def sound(form: Form, names: Iterable[str]) -> Typing:
    """The same for a form that is not shown again: what is wrong with it raises Misread."""
    typed = typing(form, names)
    if typed.problems:
        raise Misread(next(iter(typed.problems.values())))
    return typed


def _told(form: Form, name: str, most: int, problems: dict[str, str]) -> str:
    try:
        text = form.text(name)
    except Problem as error:
        problems[name] = words.gettext(error.sentence)
        return ""
    if len(text) > most:
        problems[name] = words.gettext("This is too long: at most %(most)s characters.") % {"most": most}
    return text


def _plain(form: Form, name: str) -> str:
    try:
        return form.text(name)
    except Problem:
        return ""


def _version(form: Form, name: str) -> int:
    text = _plain(form, name)
    if not text:
        raise VersionMissing
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) == 0:
        raise Misread(N_("The form names a version that there never was. Please open it again."))
    return int(text)


def act(ask: Ask, comment: str, *, origin: str = "browser", reverts: int | None = None) -> Act:
    """Whoever asks, doing something."""
    who = someone(ask)
    return Act(author=who.name or who.email, account=who.id, comment=comment, origin=origin, reverts=reverts)


def base(ask: Ask, number: int, seen: int) -> Pledge:
    """The record as it was when typing began. Raises NotFound, Misread for a version that never was, and Refusal for a
    record that was deleted meanwhile."""
    state = records.state(ask.db, number)
    if state is None:
        raise NotFound(N_("There is no pledge of this number."))
    if state is State.DELETED:
        raise Refusal(409, N_("This record was deleted meanwhile. It has to be restored before it can be changed."))
    return version(ask, number, seen)


def version(ask: Ask, number: int, seen: int) -> Pledge:
    """Raises Misread for a version that never was."""
    found = records.versions(ask.db, number, {seen}).get(seen)
    if found is None:
        raise Misread(N_("The form names a version that there never was. Please open it again."), 409)
    return found


def chosen(ask: Ask, number: int, record: Pledge, was: Pledge, typed: Typing) -> Pledge:
    """After a conflict: "theirs" leaves a field as it stands now, "base" brings back what was found at first."""
    theirs = {name: getattr(was, name) for name, choice in typed.choices.items() if choice == "theirs"}
    first = [name for name, choice in typed.choices.items() if choice == "base"]
    found = version(ask, number, typed.found) if first and typed.found else was
    kept = theirs | {name: getattr(found, name) for name in first if hasattr(found, name)}
    return replace(record, **{name: value for name, value in kept.items() if hasattr(was, name)})


def sourced(ask: Ask, record: Pledge, was: Pledge, typed: Typing) -> tuple[Pledge, Source | None]:
    """With the source as a preferred claim on the figures that changed; figures that changed without one are
    unsourced. Raises Wrong, Unsavable."""
    typed.ensure_sound()
    changed = [name for name in FIGURES if getattr(record, name) != getattr(was, name)]
    key, made = picks.source_of(ask, typed.source)
    if key is None:
        return settled(record, *changed), None
    for name in changed:
        record = claimed(record, name, key, quote=typed.quote, locator=typed.locator)
    return record, made


def backed(ask: Ask, record: Pledge, name: ClaimField, typed: Typing) -> tuple[Pledge, Source | None]:
    """With the source as a preferred claim on one figure, changed or not. Raises Wrong, Unsavable."""
    typed.ensure_sound()
    key, made = picks.source_of(ask, typed.source)
    return (record if key is None else claimed(record, name, key, quote=typed.quote, locator=typed.locator)), made


def looked_over(ask: Ask, number: int | None, record: Pledge, was: Pledge | None, overrule: str) -> str:
    """What keeps the record from being saved is raised as Unsavable; what was overruled comes back as a sentence for
    the history. What was wrong before is not held against this change."""
    today = date.today()
    problems = {one.field: said(one) for one in reversed(errors(record, today)) if not _before(one, was, today)}
    found = around.of(ask.db, ask.reference, number, record, today)
    told = lints(record, found)
    old = {(one.code, one.values) for one in lints(was, found)} if was is not None else set()
    new = [one for one in told if (one.code, one.values) not in old]
    if problems or (new and not overrule):
        raise Unsavable(problems, [said(one) for one in new])
    if not new:
        return ""
    return words.gettext("Saved in spite of a warning: %(why)s") % {"why": overrule}


def _before(one: Lint, was: Pledge | None, today: date) -> bool:
    return was is not None and (one.code, one.values) in {(old.code, old.values) for old in errors(was, today)}


def said(lint: Lint) -> str:
    return words.gettext(lint.sentence) % {name: words.gettext(value) for name, value in lint.values}


def with_note(comment: str, note: str) -> str:
    return " ".join(part for part in (comment, note) if part)


def save(ask: Ask, number: int, typed: Typing, record: Pledge, made: Source | None, comment: str) -> Written:
    """Puts the record that was typed against the version seen on what stands now. Raises Clashing, Circle, Gone."""
    doing = act(ask, comment)
    with ask.writing() as db:
        reference = ask.request.app.state.remembered(db)
        effects = referred.save(db, "source", [made]) if made else []
        return editing.put(db, {number: (typed.seen, lambda _: record)}, doing, reference, effects)[0]
