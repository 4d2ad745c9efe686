"""The form in which anybody proposes a change of a pledge or a new one, and what was wrong with it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from app.domain.codes import N_
from app.domain.field import Field, Fields, fields
from app.domain.lint import errors
from app.domain.money import AmountBasis
from app.domain.pledge import Pledge
from app.domain.pledge_fields import PLEDGE
from app.domain.suggestion import LONGEST_COMMENT, LONGEST_NAME, LONGEST_SOURCE, SPOKEN, SPOKEN_NEW
from app.store.suggestions import Proposal
from app.web import changing, entry, words
from app.web.ask import Ask
from app.web.entry import Entry, Problems
from app.web.forms import Form, Problem

HONEY = "website"  # nobody sees it, so whoever fills it in is a program
BESIDE = {"source": LONGEST_SOURCE, "quote": 300, "comment": LONGEST_COMMENT, "name": LONGEST_NAME}
BLANK = Pledge(key="", lead="", title="")
NO_SOURCE = N_("A source is needed: the address of a page, or words by which others find it.")
NOTHING = N_("Nothing here differs from what the record says. Change at least one field.")
NO_DONOR = N_("Please say who gives it.")


class Unsendable(Exception):
    """Why it cannot be taken, by field; what concerns no single field stands under "form"."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(problems)
        self.problems = problems


def spoken(number: int | None) -> Fields:
    """The fields that may be spoken of."""
    return fields(*(PLEDGE[name] for name in (SPOKEN_NEW if number is None else SPOKEN)))


def controls(ask: Ask, number: int | None, record: Pledge, form: Form | None, problems: Problems) -> list[Entry]:
    """Readers make no records beside this one."""
    some = [replace(one, create=None) for one in entry.entries(ask, spoken(number), record, form, problems)]
    return [_unpriced(one) for one in some] if record.amount is None else some


def proposal(ask: Ask, number: int | None, form: Form) -> Proposal:
    """What differs from the record, as typed. Raises Unsendable; Misread for a field or a version that is none."""
    some = spoken(number)
    form.ensure_only({*some, *BESIDE, HONEY, "seen"})
    seen = _version(form) if number is not None else 0
    was = changing.base(ask, number, seen) if number is not None else BLANK
    texts, record, problems = _differing(ask, some.values(), was, form)
    beside = {name: _short(form, name, most, problems) for name, most in BESIDE.items()}
    if not beside["source"]:
        problems.setdefault("source", words.gettext(NO_SOURCE))
    problems = {**_faults(record, None if number is None else was), **problems}
    if not texts and not problems:
        problems["form"] = words.gettext(NOTHING)
    if problems:
        raise Unsendable(problems)
    who = ask.who
    if who is not None:
        beside["name"] = ""  # the account tells
    return Proposal(texts=texts, pledge=number, seen=seen, account=who.id if who else None, **beside)


def _differing(ask: Ask, some: Iterable[Field], record: Pledge, form: Form) -> tuple[dict[str, str], Pledge, Problems]:
    """The texts that change something, and the record with them."""
    texts: dict[str, str] = {}
    problems: Problems = {}
    for field in some:
        if len(entry.raw(form, field)) > field.longest:
            problems[field.name] = words.gettext("This is too long.")
            continue
        changed, wrong = entry.taken(ask, [field], record, form)
        problems |= wrong
        if changed != record:
            texts[field.name], record = entry.read(form, field), changed
    return texts, record, problems


def _faults(record: Pledge, was: Pledge | None) -> Problems:
    """What no editor could save either; what was wrong before is not held against it."""
    today = date.today()
    old = errors(was, today) if was is not None else []
    found = {one.field: changing.said(one) for one in reversed(errors(record, today)) if one not in old}
    if was is None and not record.lead:
        found["lead"] = words.gettext(NO_DONOR)
    return found


def _short(form: Form, name: str, most: int, problems: Problems) -> str:
    try:
        text = form.area(name) if name == "comment" else form.text(name)
    except Problem as error:
        problems[name] = words.gettext(error.sentence)
        return ""
    if len(text) > most:
        problems[name] = words.gettext("This is too long: at most %(most)s characters.") % {"most": most}
    return text


def _version(form: Form) -> int:
    """Raises VersionMissing and Misread."""
    return changing.typing(Form(pair for pair in form.pairs() if pair[0] == "seen"), ()).seen


def _unpriced(one: Entry) -> Entry:
    """Where there is no amount yet, nothing is said of what it is."""
    return replace(one, text=one.text or str(AmountBasis.NOT_STATED)) if one.field.name == "basis" else one
