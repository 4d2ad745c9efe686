"""Fields of a record as a form shows them, and the form read back into the record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from app.domain.field import NAMING, Field, Fields, Kind, Wrong, typed
from app.domain.numerals import Unreadable
from app.web import picks, words
from app.web.ask import Ask
from app.web.forms import Form, Problem

T = TypeVar("T")
Problems = dict[str, str]  # name of the field to a sentence, translated
LINES = (Kind.AREA, Kind.NAMES, Kind.SOURCES)


@dataclass(frozen=True)
class Entry:
    """One control: `text` is what stands in it, `reads` how that is understood, where it was asked; `options` are those
    of a choice, `create` leads to where a record can be made that the control does not find."""

    field: Field
    id: str
    text: str
    error: str = ""
    options: tuple[tuple[str, str], ...] = ()
    create: tuple[str, str] | None = None
    reads: str = ""

    @property
    def name(self) -> str:
        return self.field.name


def entries(
    ask: Ask,
    fields: Fields,
    record: Any = None,
    form: Form | None = None,
    problems: Mapping[str, str] | None = None,
    *,
    only: Iterable[str] = (),
    prefix: str = "e",
) -> list[Entry]:
    """The controls, holding what was typed, else what the record holds."""
    return [
        entry(ask, fields[name], shown(ask, fields[name], record), form, problems or {}, prefix)
        for name in (only or fields)
    ]


def entry(
    ask: Ask, field: Field, text: str, form: Form | None, problems: Mapping[str, str], prefix: str = "e"
) -> Entry:
    if form is not None and form.has(field.name):
        text = raw(form, field)
    create = picks.CREATE.get(field.kind)
    return Entry(
        field=field,
        id=f"{prefix}-{field.name}",
        text=text,
        error=problems.get(field.name, ""),
        options=_options(field),
        create=(create[0], words.gettext(create[1])) if create else None,
    )


def shown(ask: Ask, field: Field, record: Any) -> str:
    """What the record holds, as it stands in the control."""
    value = None if record is None else field.of(record)
    if field.kind in NAMING:
        return picks.text_of(ask, field.kind, value)
    if field.kind is Kind.SOURCES:
        return "\n".join(picks.text_of(ask, Kind.SOURCE, key) for key in value or ())
    return typed(field.kind, value)


def taken(ask: Ask, fields: Iterable[Field], record: T, form: Form) -> tuple[T, Problems]:
    """The record with the fields that the form holds; what could not be taken stands in the problems."""
    problems: Problems = {}
    for field in fields:
        if form.has(field.name):
            try:
                record = _with(ask, field, record, form)
            except (Wrong, Unreadable, Problem) as error:
                problems[field.name] = words.gettext(str(error))
    return record, problems


def resolved(ask: Ask, fields: Iterable[Field], form: Form, *, present: Any = None) -> tuple[dict[str, str], Problems]:
    """The texts of a form, names of other records resolved; sources are left as they were typed."""
    texts: dict[str, str] = {}
    problems: Problems = {}
    for field in fields:
        try:
            text = read(form, field)
            texts[field.name] = _name(ask, field, text, present) or "" if field.kind in NAMING else text
        except (Wrong, Problem) as error:
            problems[field.name] = words.gettext(str(error))
    return texts, problems


def read(form: Form, field: Field) -> str:
    """What was typed, without what nobody can see. Raises Problem."""
    return form.area(field.name) if field.kind in LINES else form.text(field.name)


def raw(form: Form, field: Field) -> str:
    """What was typed, whatever it is: to be shown again."""
    return next((value for name, value in reversed(form.pairs()) if name == field.name), "")


def _with(ask: Ask, field: Field, record: T, form: Form) -> T:
    text = read(form, field)
    if field.kind in NAMING:
        if text == shown(ask, field, record):
            return record
        return field.put(record, field.value(_name(ask, field, text, record) or ""))
    if field.kind is Kind.SOURCES:
        keys = (picks.name_of(ask, Kind.SOURCE, line, field.name) for line in text.splitlines() if line.strip())
        return field.put(record, tuple(dict.fromkeys(key for key in keys if key)))
    return field.read(record, text)


def _name(ask: Ask, field: Field, text: str, present: Any) -> str | None:
    if present is not None and text == shown(ask, field, present):
        return field.of(present)
    return text if field.kind is Kind.SOURCE else picks.name_of(ask, field.kind, text, field.name)


def _options(field: Field) -> tuple[tuple[str, str], ...]:
    if field.kind is Kind.YES:
        return ("yes", words.gettext("yes")), ("", words.gettext("no"))
    if field.kind is not Kind.CHOICE or field.codes is None:
        return ()
    told = tuple((str(code), _capital(words.word(code))) for code in field.codes)
    return (("", words.gettext("none")), *told) if field.optional else told


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
