"""One change of many pledges, whole or not at all: no question is asked for each of them."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from app.domain.filter import PledgeFilter
from app.domain.pledge import Pledge
from app.domain.revision import Merge
from app.store import changes, editing, history, pledges, saving
from app.store.columns import core
from app.store.editing import Change, Clashing, Gone, Written
from app.store.history import Act
from app.store.reference import Reference
from app.store.tables import Pledge as PledgeTable

MOST = 1_000
_PLEDGE = core(PledgeTable)


class AllClashing(Exception):
    """Every record on which somebody has changed the same meanwhile. Nothing is written."""

    def __init__(self, clashes: list[Clashing]) -> None:
        super().__init__(len(clashes))
        self.clashes = clashes


def matching(db: Connection, wanted: PledgeFilter, reference: Reference) -> list[int]:
    """The pledges of a filter; one more than MOST tells that there are too many."""
    found = pledges.matching_ids(db, wanted, reference).order_by(_PLEDGE.c.id).limit(MOST + 1)
    return [row.id for row in db.execute(found)]


def versions(db: Connection, numbers: Iterable[int]) -> dict[int, int]:
    """The version at which each of them stands; what is no record is left out."""
    asked = select(_PLEDGE.c.id, _PLEDGE.c.version).where(_PLEDGE.c.id.in_(list(numbers))).order_by(_PLEDGE.c.id)
    return {row.id: row.version for row in db.execute(asked)}


def at(db: Connection, seen: Mapping[int, int]) -> dict[int, Pledge]:
    """Each record as it was at its version. Raises Gone."""
    found = {
        number: pledge for number, (pledge, version) in saving.current(db, seen).items() if version == seen[number]
    }
    found |= _bases(db, {number: version for number, version in seen.items() if number not in found})
    if len(found) < len(seen):
        raise Gone
    return {number: found[number] for number in seen}


def put(
    db: Connection,
    seen: Mapping[int, int],
    change: Change,
    act: Act,
    reference: Reference | None = None,
    effects: Sequence[history.Effect] = (),
) -> list[Written]:
    """The same change of each pledge, which was looked at as of its version. What others changed since merges; raises
    AllClashing where it cannot, and Gone."""
    held = editing.hold(db, seen)
    bases = _bases(db, {number: version for number, version in seen.items() if version != held[number][1]})
    merged: dict[int, Merge[Pledge]] = {}
    clashes = []
    for number, (theirs, latest) in held.items():
        base = theirs if seen[number] == latest else bases[number]
        try:
            merged[number] = editing.merged_with(number, latest, base, theirs, change(base))
        except Clashing as clash:
            clashes.append(clash)
    if clashes:
        raise AllClashing(clashes)
    changed = {number: one.record for number, one in merged.items() if one.record != held[number][0]}
    return editing.write(db, changed, act, reference, effects)


def _bases(db: Connection, seen: Mapping[int, int]) -> dict[int, Pledge]:
    """Raises Gone."""
    found = changes.bodies(db, set(seen.items()))
    if len(found) < len(seen):
        raise Gone
    return {number: pledge for (number, _), pledge in found.items()}
