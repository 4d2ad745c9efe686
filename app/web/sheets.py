"""The form of a donor, a system, a source, a meeting or a package: what stands in it, what is in the way, and the
choice after a conflict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from babel import Locale

from app.domain.codes import N_
from app.domain.donor import Donor, DonorKind
from app.domain.fault import faults
from app.domain.field import Fields, Wrong, fields
from app.domain.naming import named
from app.domain.record_fields import MEMBERSHIP
from app.domain.revision import merge
from app.domain.source import Source
from app.store import amending, editing, referred, sources
from app.store.amending import Taken
from app.store.editing import Clashing
from app.store.referred import Found
from app.web import changing, entry, memberships, words
from app.web.ask import Ask
from app.web.changing import Typing
from app.web.entry import Entry, Problems
from app.web.errors import NotFound
from app.web.forms import Form
from app.web.kinds import Kind, called, number_of
from app.web.panel import Choice, Meanwhile
from app.web.record_words import MEMBERSHIPS, told
from app.web.refusals import Misread

BESIDE = {"seen", "found", "comment"}
TAKEN = N_("Another record has this name already.")
KNOWN = N_("This address is known already, as another source.")


class Unsavable(Exception):
    """What keeps a record from being saved, by field."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(problems)
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """`seen` is the version that the next save is put on, 0 for a new record; `rows` are memberships."""

    kind: Kind
    title: str
    of: str  # what the record is called
    action: str
    leave: str
    typed: Typing
    entries: list[Entry]  # those of the names that are chosen once come last
    stay: list[tuple[str, str]] = field(default_factory=list)  # the names of a record that is there
    rows: list[list[Entry]] = field(default_factory=list)
    problems: Problems = field(default_factory=dict)
    clashes: list[Choice] = field(default_factory=list)
    meanwhile: Meanwhile | None = None

    @property
    def seen(self) -> int:
        return self.meanwhile.version if self.meanwhile else self.typed.seen

    @property
    def links(self) -> list[tuple[str, str]]:
        """For the summary: the id of each control that is wrong, and what is wrong, in the order of the page."""
        known = [*self.entries, *(one for row in self.rows for one in row)]
        found = [(one.id, f"{words.gettext(one.field.title)}: {one.error}") for one in known if one.error]
        beside = ((MEMBERSHIPS.name, MEMBERSHIPS.name), ("e-comment", "comment"))
        return found + [(id, self.problems[name]) for id, name in beside if name in self.problems]

    @property
    def first(self) -> str:
        """Where the focus stands: on the first control that is wrong, else on the first there is."""
        return self.links[0][0] if self.links else "" if self.typed.seen else self.entries[0].id


def found(ask: Ask, kind: Kind, name: str, seen: int = 0) -> Found:
    """The record of an address, as it stands or as it was. Raises NotFound; Misread for a version that never was."""
    number = number_of(ask, kind.record, name)
    one = referred.find(ask.db, kind.record, number=number, seen=seen) if number is not None else None
    if one is not None:
        return one
    if seen and number is not None and referred.find(ask.db, kind.record, number=number):
        raise Misread(N_("The form names a version that there never was. Please open it again."), 409)
    raise NotFound(kind.gone, kind.home[1], kind.home[0])


def blank(ask: Ask, kind: Kind, form: Form, problems: Problems | None = None, comment: str = "") -> Sheet:
    """For a new record; what the address already tells stands in it."""
    return Sheet(
        kind=kind,
        title=words.gettext(kind.add),
        of="",
        action=f"/{kind.place}/new",
        leave=kind.home[1],
        typed=Typing(seen=0, comment=comment),
        **_controls(ask, kind, {**kind.fields, **kind.names}, kind.blank, form, problems or {}),
    )


def filled(ask: Ask, kind: Kind, one: Found, typed: Typing, form: Form | None = None, **more: Any) -> Sheet:
    """For a record that is there."""
    address = kind.address(one.id, one.value)
    return Sheet(
        kind=kind,
        title=words.gettext(kind.edit),
        of=called(one.value),
        action=f"{address}/edit",
        leave=address,
        typed=typed,
        stay=[(words.gettext(name.title), name.of(one.value)) for name in kind.names.values() if name.name != "parent"],
        **_controls(ask, kind, kind.fields, one.value, form, more.pop("problems", {})),
        **more,
    )


def _controls(ask: Ask, kind: Kind, some: Fields, value: Any, form: Form | None, problems: Problems) -> dict[str, Any]:
    entries = entry.entries(ask, some, value, form, problems)
    if kind.record == "source" and problems.get("url") == words.gettext(KNOWN):
        entries = [_with_the_other(ask, one) if one.name == "url" else one for one in entries]
    held = memberships.rows(ask, value.memberships, form, problems) if kind.record == "donor" else []
    return {"entries": entries, "rows": held, "problems": problems}


def _with_the_other(ask: Ask, one: Entry) -> Entry:
    other = sources.of_address(ask.db, one.text.strip())
    return replace(one, create=(f"/sources/{other.id}", words.gettext("Open that source"))) if other else one


def create(ask: Ask, kind: Kind, form: Form) -> str:
    """Writes a new record; returns its address. Raises Unsavable, and Misread for a field that the form lacks."""
    form.ensure_only({*_names(kind), *kind.names, "comment"})
    typed = changing.typing(Form([*form.pairs(), ("seen", "1")]), {*_names(kind), *kind.names})
    value, problems = _read(ask, kind, kind.blank, form)
    texts, wrong = entry.resolved(ask, kind.names.values(), form)
    try:
        value = _named(ask, value, texts)
    except Wrong as error:  # what a name is made from may be missing itself
        if error.field == "parent" or not problems:
            wrong.setdefault(error.field, words.gettext(error.sentence))
    if problems := wrong | problems | typed.problems:
        raise Unsavable(problems)
    doing = changing.act(ask, typed.comment)
    try:
        with ask.writing() as db:
            made = amending.create(db, kind.record, value, doing)
    except Taken as taken:
        raise Unsavable({taken.field: words.gettext(TAKEN)}) from None
    return kind.address(made.id, value)


def edit(ask: Ask, kind: Kind, name: str, typed: Typing, form: Form) -> str:
    """Writes what was typed into the record of an address. Raises Unsavable, Clashing, NotFound, Misread."""
    was = found(ask, kind, name, typed.seen)
    value, problems = read(ask, kind, was, typed, form)
    if problems := problems | typed.problems:
        raise Unsavable(problems)
    doing = changing.act(ask, typed.comment)
    with ask.writing() as db:
        amending.edit(db, kind.record, was.id, typed.seen, doing, value)
    return kind.address(was.id, value)


def typing(kind: Kind, form: Form) -> Typing:
    """What stands beside the fields. Raises VersionMissing and Misread."""
    form.ensure_only({*_names(kind), *BESIDE, *(f"choice-{name}" for name in _chosen(kind))})
    return changing.typing(form, _names(kind) | _chosen(kind))


def read(ask: Ask, kind: Kind, was: Found, typed: Typing, form: Form) -> tuple[Any, Problems]:
    """The record as typed; after a conflict with what was chosen in place of it."""
    value, problems = _read(ask, kind, was.value, form)
    versions = {"theirs": was.value}
    if "base" in typed.choices.values():
        versions["base"] = _first(ask, kind, was, typed)
    for name, choice in typed.choices.items():
        if choice in versions:
            value = replace(value, **{name: getattr(versions[choice], name)})
            problems.pop(name, None)
    return value, problems


def again(ask: Ask, kind: Kind, name: str, typed: Typing, form: Form, problems: Problems) -> Sheet:
    """What was typed, and what is wrong with it; what was chosen in place of it stays chosen."""
    was = found(ask, kind, name, typed.seen)
    value, _ = read(ask, kind, was, typed, form)
    chosen = {one for one, choice in typed.choices.items() if choice in ("theirs", "base")}
    gone = chosen | (set(MEMBERSHIP) if MEMBERSHIPS.name in chosen else set())
    left = Form(pair for pair in form.pairs() if pair[0] not in gone)
    return filled(ask, kind, replace(was, value=value if chosen else was.value), typed, left, problems=problems)


def after(ask: Ask, kind: Kind, name: str, typed: Typing, form: Form, clash: Clashing) -> Sheet:
    """The choice. Fields that nobody else touched hold what was typed, the others what now stands."""
    was, now = found(ask, kind, name, typed.seen), found(ask, kind, name)
    mine, _ = read(ask, kind, was, typed, form)
    merged = merge(was.value, now.value, mine)
    clashing = dict.fromkeys(one.field for one in merged.clashes)
    put = {one: _with_mine(merged.record, one, merged.clashes, mine) for one in clashing}
    proposed = replace(merged.record, **put)
    titles = {**kind.fields, **fields(MEMBERSHIPS)}
    choices = [
        Choice(
            one,
            words.gettext(titles[one].title),
            base=told(ask, titles[one], getattr(was.value, one)),
            theirs=told(ask, titles[one], getattr(now.value, one)),
            mine=told(ask, titles[one], getattr(proposed, one)),
            chosen=typed.choices.get(one) or "mine",
        )
        for one in clashing
    ]
    last = referred.happened(ask.db, kind.record, now.id, most=1)[0]
    others = dict.fromkeys(one.field for one in merged.theirs if one.field not in clashing)
    since = Meanwhile(
        last.author, words.moment(last.at), now.version, [words.gettext(titles[one].title) for one in others]
    )
    return filled(ask, kind, replace(now, value=proposed), typed, clashes=choices, meanwhile=since)


def _with_mine(record: Any, name: str, clashes: Iterable[Any], mine: Any) -> Any:
    """The field with my side of each clash; of a list the rest of it stays merged."""
    value = getattr(record, name)
    if not isinstance(value, tuple):
        return getattr(mine, name)
    for one in clashes:
        if one.field == name:
            kept = [part for part in value if part != one.theirs]
            value = tuple(kept if one.mine is None else [*kept, one.mine])
    return value


def _names(kind: Kind) -> set[str]:
    return {*kind.fields, *(MEMBERSHIP if kind.record == "donor" else ())}


def _chosen(kind: Kind) -> set[str]:
    """What a choice may be of."""
    return {*kind.fields, *((MEMBERSHIPS.name,) if kind.record == "donor" else ())}


def _read(ask: Ask, kind: Kind, was: Any, form: Form) -> tuple[Any, Problems]:
    value, problems = entry.taken(ask, kind.fields.values(), was, form)
    if kind.record == "donor" and form.has("group"):
        held, wrong = memberships.read(ask, form)
        value, problems = replace(value, memberships=held), problems | wrong
    before = faults(kind.fields.values(), was, date.today()) if was is not kind.blank else {}
    for name, sentence in faults(kind.fields.values(), value, date.today()).items():
        if before.get(name) != sentence:  # what was wrong before is not held against this change
            problems.setdefault(name, words.gettext(sentence))
    if isinstance(value, Source) and value.url != was.url and sources.of_address(ask.db, value.url):
        problems.setdefault("url", words.gettext(KNOWN))
    return value, problems


def _named(ask: Ask, value: Any, texts: Mapping[str, str]) -> Any:
    """With the names that are chosen once. Raises Wrong."""
    if isinstance(value, Donor) and value.kind is DonorKind.STATE and not texts.get("code"):
        texts = {**texts, "code": _code_of_state(value.name)}
    parent = ask.reference.system(texts.get("parent", ""))
    return named(value, texts, parent, editing.new_key())


def _code_of_state(name: str) -> str:
    states = Locale("en").territories
    return next((code for code, one in states.items() if len(code) == 2 and one.lower() == name.lower()), "")


def _first(ask: Ask, kind: Kind, was: Found, typed: Typing) -> Any:
    """The record as it was found before the conflict."""
    version = typed.found or 0
    found = referred.versions(ask.db, kind.record, was.id, {version}).get(version)
    if found is None:
        raise Misread(N_("The form names a version that there never was. Please open it again."), 409)
    return found
