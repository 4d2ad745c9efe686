"""Records found by what an editor types: the name, the code, the number, the address; and the choices while typing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select

from app.domain.codes import N_
from app.domain.field import Kind, Wrong
from app.domain.filter import PledgeFilter
from app.domain.source import Source
from app.store import editing, pledges, rows
from app.store.columns import core
from app.store.folding import folded
from app.store.tables import Package
from app.store.tables import Pledge as PledgeTable
from app.store.tables import Source as SourceTable
from app.web import words
from app.web.ask import Ask

MOST = 12
ADDRESS = re.compile(r"https?://[^\s<>\"]{3,2000}")
NUMBERED = re.compile(r"(\d{1,15})(?: · .*)?")
_SOURCE, _PACKAGE, _PLEDGE = core(SourceTable), core(Package), core(PledgeTable)
CREATE = {
    Kind.DONOR: ("/donors/new", N_("Create a donor")),
    Kind.SYSTEM: ("/systems/new", N_("Create a system")),
    Kind.EVENT: ("/events/new", N_("Create a meeting")),
    Kind.PACKAGE: ("/packages/new", N_("Create a package")),
    Kind.SOURCE: ("/sources/new", N_("Create a source")),
    Kind.PLEDGE: ("/pledges/new", N_("Create a pledge")),
}


@dataclass(frozen=True)
class Choice:
    """`text` is what stands in the field once it is chosen, and is read back to `name`."""

    name: str
    text: str
    label: str
    detail: str = ""


def text_of(ask: Ask, kind: Kind, name: str | None) -> str:
    """What stands in the field for a record, by the name that is used in addresses."""
    if not name:
        return ""
    match kind:
        case Kind.DONOR:
            donor = ask.reference.donor(name)
            return donor.name if donor else name
        case Kind.SYSTEM:
            system = ask.reference.system(name)
            return system.name if system and len(_named(ask, kind, system.name)) == 1 else name
        case Kind.PACKAGE:
            row = ask.db.execute(select(_PACKAGE.c.id, _PACKAGE.c.title).where(_PACKAGE.c.key == name)).one_or_none()
            return f"{row.id} · {row.title}" if row else name
        case Kind.SOURCE:
            row = ask.db.execute(select(_SOURCE).where(_SOURCE.c.key == name)).one_or_none()
            return (row.url or row.key) if row else name
        case Kind.PLEDGE:
            row = ask.db.execute(select(_PLEDGE.c.id, _PLEDGE.c.title).where(_PLEDGE.c.key == name)).one_or_none()
            return f"{row.id} · {row.title}" if row else name
    return name


def name_of(ask: Ask, kind: Kind, text: str, field: str) -> str | None:
    """The record that was meant; None for an empty text. Raises Wrong, naming what comes near."""
    if not text:
        return None
    found = _exactly(ask, kind, text)
    if len(found) == 1:
        return found[0].name
    near = found or choices(ask, kind, text)
    if len(near) == 1 and folded(near[0].label).startswith(folded(text)):
        return near[0].name
    if near:
        told = words.listed(one.text for one in near[:4])
        raise Wrong(
            field, words.gettext("“%(text)s” may be %(choices)s. Write one of them.") % {"text": text, "choices": told}
        )
    raise Wrong(field, words.gettext("“%(text)s” is not known here.") % {"text": text[:80]})


def source_of(ask: Ask, text: str, field: str = "source") -> tuple[str | None, Source | None]:
    """The source that was meant, by its key; and, for an address that nobody has named before, the new source."""
    if not text:
        return None, None
    if ADDRESS.fullmatch(text):
        key = (
            ask.db.execute(select(_SOURCE.c.key).where(_SOURCE.c.url == text).order_by(_SOURCE.c.id)).scalars().first()
        )
        if key:
            return key, None
        made = Source(key=editing.new_key(), url=text, publisher=words.host(text))
        return made.key, made
    return name_of(ask, Kind.SOURCE, text, field), None


def choices(ask: Ask, kind: Kind, text: str) -> list[Choice]:
    """What comes near to a text, the nearest first; without a text the first there are."""
    match kind:
        case Kind.DONOR | Kind.SYSTEM | Kind.EVENT:
            near = _ranked(_known(ask, kind), text)
            return [choice for choice, _ in near[:MOST]]
        case Kind.PACKAGE:
            found = _search(ask, _PACKAGE, (_PACKAGE.c.title, _PACKAGE.c.key), text)
            return [
                Choice(row.key, f"{row.id} · {row.title}", row.title, words.when_short(rows.when_in(row)))
                for row in found
            ]
        case Kind.SOURCE:
            found = _search(ask, _SOURCE, (_SOURCE.c.url, _SOURCE.c.title, _SOURCE.c.publisher, _SOURCE.c.key), text)
            return [_source(row) for row in found]
        case Kind.PLEDGE:
            wanted = PledgeFilter(q=text[:200])
            return [_pledge(ask, row) for row in pledges.some(ask.db, wanted, ask.reference, MOST)]
    return []


def _exactly(ask: Ask, kind: Kind, text: str) -> list[Choice]:
    if kind in (Kind.DONOR, Kind.SYSTEM, Kind.EVENT):
        return _named(ask, kind, text)
    numbered = NUMBERED.fullmatch(text)
    match kind:
        case Kind.PACKAGE:
            this = (
                _PACKAGE.c.id == int(numbered[1]) if numbered else or_(_PACKAGE.c.key == text, _PACKAGE.c.title == text)
            )
            found = ask.db.execute(select(_PACKAGE).where(this).limit(MOST))
            return [Choice(row.key, f"{row.id} · {row.title}", row.title) for row in found]
        case Kind.SOURCE:
            this = or_(_SOURCE.c.key == text, _SOURCE.c.url == text, _SOURCE.c.title == text)
            return [_source(row) for row in ask.db.execute(select(_SOURCE).where(this).limit(MOST))]
        case Kind.PLEDGE:
            this = _PLEDGE.c.id == int(numbered[1]) if numbered else _PLEDGE.c.key == text
            columns = (_PLEDGE.c.id, _PLEDGE.c.key, _PLEDGE.c.title, _PLEDGE.c.lead_id)
            return [_pledge(ask, row) for row in ask.db.execute(select(*columns).where(this))]
    return []


Names = tuple[str, ...]


def _known(ask: Ask, kind: Kind) -> Iterable[tuple[Choice, Names]]:
    """Every donor, system or event, with all that it is called."""
    reference = ask.reference
    if kind is Kind.DONOR:
        for donor in reference.donors.values():
            names = (donor.code, donor.slug, donor.name, donor.name_de, donor.name_uk, *donor.aliases)
            yield Choice(donor.code, donor.name, donor.name, donor.code), names
    elif kind is Kind.SYSTEM:
        times: dict[str, int] = {}
        for system in reference.systems.values():
            times[system.name] = times.get(system.name, 0) + 1
        for system in reference.systems.values():
            text = system.name if times[system.name] == 1 else system.slug
            above = reference.line(system)[-2].name if system.parent else ""
            names = (system.slug, system.code, system.name, system.name_de, system.name_uk, *system.aliases)
            yield Choice(system.slug, text, system.name, above), names
    else:
        for event in reference.events.values():
            yield Choice(event.slug, event.slug, event.title, words.when_short(event.dates)), (event.slug, event.title)


def _named(ask: Ask, kind: Kind, text: str) -> list[Choice]:
    """Those that are called exactly so, whatever the case; a code or a slug goes before a name."""
    asked = folded(text)
    found = [(choice, names) for choice, names in _known(ask, kind) if asked in map(folded, filter(None, names))]
    first = [choice for choice, names in found if asked in (folded(names[0]), folded(choice.name))]
    return first[:1] or [choice for choice, _ in found]


def _ranked(known: Iterable[tuple[Choice, Names]], text: str) -> list[tuple[Choice, int]]:
    asked = folded(text).split()
    found = []
    for choice, names in known:
        told = [folded(name) for name in names if name]
        if all(any(word in name for name in told) for word in asked):
            first = 0 if any(name.startswith(folded(text)) for name in told) else 1
            found.append((choice, first))
    return sorted(found, key=lambda one: one[1])


def _search(ask: Ask, table: Any, columns: tuple[ColumnElement[str], ...], text: str) -> list[Row[Any]]:
    given = [
        or_(*(func.lower(column).contains(word, autoescape=True) for column in columns))
        for word in text.lower().split()[:6]
    ]
    return list(ask.db.execute(select(table).where(*given).order_by(table.c.id.desc()).limit(MOST)))


def _source(row: Any) -> Choice:
    label = row.title or row.url or row.key
    by = " · ".join(
        part
        for part in (
            row.publisher or words.host(row.url),
            words.day_short(row.published_on) if row.published_on else "",
        )
        if part
    )
    return Choice(row.key, row.url or row.key, label, by)


def _pledge(ask: Ask, row: Any) -> Choice:
    return Choice(row.key, f"{row.id} · {row.title}", row.title, ask.reference.donors[row.lead_id].name)
