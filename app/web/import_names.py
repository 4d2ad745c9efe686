"""A name of a dataset as its form shows and takes it."""

from dataclasses import dataclass
from typing import Any

from app.domain.codes import N_
from app.domain.field import Kind, Wrong
from app.domain.mapping import Mapping, Named, folded, mapping_key
from app.domain.system import Role, Unit
from app.formats.row import Item, Known, Unmapped
from app.importing import known
from app.web import picks
from app.web.ask import Ask
from app.web.forms import Form

LONGEST = 300
MOST = 50


@dataclass(frozen=True)
class Meaning:
    """A name with what it means: the donor, or the system with role and unit."""

    kind: Named
    name: str
    target: str
    role: Role | None = None
    unit: Unit | None = None


def mapping_from(ask: Ask, form: Form) -> Mapping:
    """Raises Wrong."""
    kind, name = form.text("kind"), form.text("name")
    if kind not in set(Named):
        raise Wrong("kind", N_("A name is that of a donor or of an item."))
    if not name or len(name) > LONGEST:
        raise Wrong("name", N_("Write the name as the dataset has it."))
    named, key = Named(kind), mapping_key(Named(kind), name)
    if named is Named.DONOR:
        code = picks.name_of(ask, Kind.DONOR, form.text("target"), "target")
        if code is None:
            raise Wrong("target", N_("Say which donor this is."))
        return Mapping(key=key, kind=named, name=name, target=code)
    slug = picks.name_of(ask, Kind.SYSTEM, form.text("target"), "target")
    system = ask.reference.system(slug) if slug else None
    role = form.text("role") or (system.default_role if system else None) or Role.FUNDING
    unit = form.text("unit") or (system.default_unit if system else None) or Unit.OTHER
    if role not in set(Role):
        raise Wrong("role", N_("Choose one of the values of the list."))
    if unit not in set(Unit):
        raise Wrong("unit", N_("Choose one of the values of the list."))
    return Mapping(key=key, kind=named, name=name, target=slug or "", role=Role(role), unit=Unit(unit))


def typed(ask: Ask, form: Form) -> dict[str, str]:
    """What stands in the form; of a name that has a meaning already, that meaning."""
    told = {name: form.raw(name) for name in ("kind", "name", "target", "role", "unit", "comment")}
    kind = told["kind"] if told["kind"] in set(Named) else Named.ITEM
    if told["name"] and not form.has("target"):
        meaning = _meaning(ask, _known(ask), Named(kind), told["name"])
        if meaning:
            told |= {"target": meaning.target, "role": meaning.role or "", "unit": meaning.unit or ""}
    return told | {"kind": kind}


def still_unmapped(ask: Ask, unmapped: list[Unmapped]) -> list[Unmapped]:
    names = _known(ask)
    return [one for one in unmapped if folded(one.name) not in (names.donors if one.kind == "donor" else names.items)]


def search(ask: Ask, q: str) -> list[Meaning]:
    """Names that hold all of these words, with their meanings."""
    names, asked = _known(ask), folded(q).split()
    donors = [(Named.DONOR, name) for name in names.donors if all(word in name for word in asked)]
    items = [(Named.ITEM, name) for name in names.items if all(word in name for word in asked)]
    found = [_meaning(ask, names, kind, name) for kind, name in [*donors, *items][:MOST]]
    return [one for one in found if one]


def meaning_of(ask: Ask, row: Any) -> Meaning:
    if row.kind == Named.DONOR:
        return Meaning(Named.DONOR, row.name, picks.text_of(ask, Kind.DONOR, row.target))
    return _item(ask, row.name, Item(row.target or None, row.role or Role.FUNDING, row.unit or Unit.OTHER))


def _meaning(ask: Ask, names: Known, kind: Named, name: str) -> Meaning | None:
    if kind is Named.DONOR:
        code = names.donors.get(folded(name))
        return Meaning(kind, name, picks.text_of(ask, Kind.DONOR, code)) if code else None
    item = names.items.get(folded(name))
    return _item(ask, name, item) if item else None


def _item(ask: Ask, name: str, item: Item) -> Meaning:
    return Meaning(Named.ITEM, name, picks.text_of(ask, Kind.SYSTEM, item.system), item.role, item.unit)


def _known(ask: Ask) -> Known:
    return known.known(ask.db, ask.reference, ask.settings.seed)
