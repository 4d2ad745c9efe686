"""Whether what records name is there: asked of a whole batch at once, each name with its path."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from app.domain.codes import N_
from app.domain.event import Event
from app.domain.package import Package
from app.domain.pledge import Pledge
from app.store.columns import core
from app.store.names import by_keys
from app.store.reference import Reference
from app.store.tables import Package as PackageTable
from app.store.tables import Pledge as PledgeTable
from app.store.tables import Source as SourceTable

NOT_THERE = {
    "donor": N_("There is no donor of this code."),
    "system": N_("There is no system of this name."),
    "event": N_("There is no meeting of this name."),
    "package": N_("There is no package of this key."),
    "source": N_("There is no source of this key."),
    "pledge": N_("There is no pledge of this key."),
}


class Missing(NamedTuple):
    """`sentence` is one of the catalogue."""

    path: str
    name: str
    sentence: str


TABLES = {"package": PackageTable, "source": SourceTable, "pledge": PledgeTable}


def unknown(
    db: Connection, values: Sequence[Any], reference: Reference, brought: Mapping[str, Set[str]] | None = None
) -> list[list[Missing]]:
    """For each value, what it names that is not there. Pledges may name one another within the batch: those of which
    nothing is missing, for the others will not be there either. `brought`: names by kind that come along with it."""
    named = [list(_names(value)) for value in values]
    held = {
        "donor": set(reference.donor_ids),
        "system": set(reference.system_ids),
        "event": set(reference.event_ids),
        **{kind: _there(db, kind, {name for some in named for k, _, name in some if k == kind}) for kind in TABLES},
    }
    for kind, names in (brought or {}).items():
        held[kind] |= names
    coming = Counter(value.key for value in values if isinstance(value, Pledge) and value.key not in held["pledge"])
    missing: list[list[Missing]] = [[] for _ in values]
    waiting: dict[str, list[tuple[int, Missing]]] = defaultdict(list)  # by the key that has to come
    for place, some in enumerate(named):
        for kind, path, name in some:
            if kind == "pledge" and name in coming:
                waiting[name].append((place, Missing(path, name, NOT_THERE[kind])))
            elif name not in held[kind]:
                missing[place].append(Missing(path, name, NOT_THERE[kind]))
    _fall(values, missing, coming, waiting)
    return missing


def _fall(
    values: Sequence[Any],
    missing: list[list[Missing]],
    coming: Counter[str],
    waiting: Mapping[str, list[tuple[int, Missing]]],
) -> None:
    """Whoever names a pledge that will not be there will not be there either."""
    fallen = [place for place, some in enumerate(missing) if some]
    while fallen:
        value = values[fallen.pop()]
        key = value.key if isinstance(value, Pledge) else ""
        if key not in coming:
            continue
        coming[key] -= 1
        if coming[key]:
            continue
        for place, one in waiting.get(key, ()):
            if not missing[place]:
                fallen.append(place)
            missing[place].append(one)


def _there(db: Connection, kind: str, names: Iterable[str]) -> set[str]:
    column = core(TABLES[kind]).c.key
    return {row.key for row in by_keys(db, select(column), column, names)}


def _names(value: Any) -> Iterator[tuple[str, str, str]]:
    """Kind, path and name of all that it refers to."""
    match value:
        case Pledge():
            yield "donor", "lead", value.lead
            single = (("system", value.system), ("package", value.package), ("event", value.event))
            yield from ((kind, kind, name) for kind, name in single if name)
            for place, party in enumerate(value.parties):
                yield "donor", f"parties[{place}].donor", party.donor
            for place, one in enumerate(value.milestones):
                if one.source:
                    yield "source", f"milestones[{place}].source", one.source
            for place, claim in enumerate(value.claims):
                yield "source", f"claims[{place}].source", claim.source
                if claim.field == "system" and claim.code:
                    yield "system", f"claims[{place}].code", claim.code
            for place, link in enumerate(value.links):
                yield "pledge", f"links[{place}].to", link.to
        case Package() | Event():
            if isinstance(value, Package):
                yield "donor", "donor", value.donor
                if value.event:
                    yield "event", "event", value.event
            for place, key in enumerate(value.sources):
                yield "source", f"sources[{place}]", key
