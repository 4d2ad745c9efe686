"""An editor's decision on a suggestion: what of it is put into the record, and with what source."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.codes import N_
from app.domain.pledge import Pledge, State
from app.domain.pledge_fields import PLEDGE
from app.domain.suggestion import SuggestionState
from app.store import around, editing, records, referred, suggestions
from app.store.editing import Circle
from app.store.records import Record
from app.store.suggestions import Decision, Told
from app.web import changing, entry, proposed, words
from app.web.ask import Ask
from app.web.changing import Typing, Unsavable
from app.web.current import someone
from app.web.forms import Form
from app.web.proposed import Line
from app.web.refusals import Misread
from app.web.suggesting import BLANK
from app.web.telling import Names

TAKE = "take"
NONE_CHOSEN = N_("Choose at least one field, or do not accept it and say why.")
NO_REASON = N_("Please say why. Whoever suggested it reads this.")
GONE = N_("The record was deleted meanwhile. Restore it first, or do not accept the suggestion.")
CHOOSE = N_("Somebody has changed the same since it was suggested. Choose what stands.")
A_CIRCLE = N_("A link would lead back to the pledge itself.")


class Undecided(Exception):
    """A chosen field was changed by somebody since, and nobody has said which of the two stands."""


@dataclass(frozen=True, kw_only=True)
class Review:
    """What an editor sees; `record` is None for a new pledge that is not in the records yet."""

    told: Told
    record: Record | None
    typed: Typing
    lines: list[Line]
    problems: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    doubles: list[tuple[int, Pledge]] = field(default_factory=list)
    next: int | None = None  # another one that waits

    @property
    def seen(self) -> int:
        return self.record.latest if self.record else 1

    @property
    def faults(self) -> list[tuple[str, str]]:
        """For the summary: the id of the control, and what is wrong."""
        fields = {line.name for line in self.lines}
        return [(f"s-{name}" if name in fields else f"e-{name}", told) for name, told in self.problems.items()]


def review(ask: Ask, told: Told, form: Form | None = None, typed: Typing | None = None, **more: Any) -> Review:
    """As things stand; with `form` what was ticked and chosen there."""
    record = records.find(ask.db, told.pledge) if told.pledge is not None else None
    names = Names(ask.reference, record.names if record else {})
    typed = typed or Typing(seen=1, source=told.source, quote=told.quote)
    chosen = None if form is None else _chosen(form, typed)
    waiting = suggestions.listed(ask.db, [SuggestionState.OPEN], beyond=told.id, most=1)
    return Review(
        told=told,
        record=record,
        typed=typed,
        lines=proposed.lines(ask, told, record.pledge if record else None, names, chosen),
        doubles=_doubles(ask, told) if told.new and told.waits else [],
        next=waiting[0].id if waiting else None,
        **more,
    )


def typing(told: Told, form: Form) -> Typing:
    """What stands beside the ticks. Raises Misread and VersionMissing."""
    if told.new:  # typed against nothing; whatever the form says of a version is left unread
        form = Form([*(pair for pair in form.pairs() if pair[0] != "seen"), ("seen", "1")])
    typed = changing.typing(form, [*told.texts, TAKE])
    if set(_ticked(form)) - set(told.texts):
        raise Misread(N_("The suggestion does not speak of such a field."))
    return typed


def accept(ask: Ask, told: Told, form: Form, typed: Typing) -> None:
    """Puts the chosen fields into the record in one edit, and keeps the decision with it. Raises Unsavable, Undecided,
    Clashing, Wrong, Decided."""
    typed.ensure_sound()
    chosen = _chosen(form, typed)
    was = BLANK if told.new else changing.base(ask, told.pledge or 0, typed.seen)
    if was.state is State.DELETED:
        raise Unsavable({"form": words.gettext(GONE)}, [])
    clashing = {line.name for line in proposed.lines(ask, told, was) if line.clash}
    if any(chosen.get(name) == "" for name in clashing):
        raise Undecided
    names = [name for name in told.texts if chosen.get(name, "theirs") != "theirs"]
    if not names:
        raise Unsavable({"form": words.gettext(NONE_CHOSEN)}, [])
    record, problems = entry.taken(
        ask, [PLEDGE[name] for name in PLEDGE if name in names], was, Form((name, told.texts[name]) for name in names)
    )
    if problems:
        raise Unsavable(problems, [])
    record, made = changing.sourced(ask, record, was, typed)
    note = changing.looked_over(ask, told.pledge, record, None if told.new else was, typed.overrule)
    act = changing.act(ask, _comment(told, changing.with_note(typed.comment, note)), origin="suggestion")
    state = SuggestionState.ACCEPTED if len(names) == len(told.texts) else SuggestionState.PARTLY
    what = Decision(state=state, by=someone(ask).id, reason=typed.comment, taken=names)
    try:
        with ask.writing() as db:
            suggestions.hold(db, told.id)
            reference = ask.request.app.state.remembered(db)
            effects = referred.save(db, "source", [made]) if made else []
            if told.new:
                state_of_it = State.DRAFT if typed.then == "draft" else State.PUBLISHED
                written = editing.create(db, [editing.with_state(record, state_of_it)], act, reference, effects)[0]
            else:
                wanted = {told.pledge or 0: (typed.seen, lambda _: record)}
                written = editing.put(db, wanted, act, reference, effects)[0]
            suggestions.decide(db, told.id, replace(what, change=written.change, pledge=written.id))
    except Circle:
        raise Unsavable({"form": words.gettext(A_CIRCLE)}, []) from None


def refuse(ask: Ask, told: Told, typed: Typing) -> None:
    """Raises Unsavable without a reason, Decided."""
    typed.ensure_sound()
    if not typed.comment:
        raise Unsavable({"comment": words.gettext(NO_REASON)}, [])
    what = Decision(state=SuggestionState.REFUSED, by=someone(ask).id, reason=typed.comment)
    with ask.writing() as db:
        suggestions.decide(db, told.id, what)


def _chosen(form: Form, typed: Typing) -> Mapping[str, str]:
    """By field that was ticked: "mine" what is proposed, "theirs" what stands now; nothing where nobody asked."""
    return {name: typed.choices.get(name, "") for name in _ticked(form)}


def _ticked(form: Form) -> list[str]:
    return [value for name, value in form.pairs() if name == TAKE]


def _comment(told: Told, comment: str) -> str:
    """Who suggested it and why, and what the editor says."""
    if told.state is SuggestionState.POSTPONED:
        by = words.gettext("After a draft put off by %(name)s.") % {"name": told.by}
    elif told.by:
        by = words.gettext("Suggested by %(name)s.") % {"name": told.by}
    else:
        by = words.gettext("Suggested by a reader.")
    why = words.quoted(" ".join(told.comment.split())) if told.comment else ""
    return " ".join(part for part in (by, why, comment) if part)


def _doubles(ask: Ask, told: Told) -> list[tuple[int, Pledge]]:
    """Records that may tell of the same."""
    form = Form(told.texts.items())
    record, _ = entry.taken(ask, [one for name, one in PLEDGE.items() if name in told.texts], BLANK, form)
    return list(around.doubles(ask.db, ask.reference, None, record).items())
