"""Pledges changed by people: put on what stands now, merged or refused whole, in one transaction with the history."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from app.domain.figure import FIGURES, settled
from app.domain.pledge import Pledge, State
from app.domain.revision import Clash, Difference, Merge, differences, merge
from app.store import history, names, records, saving
from app.store.columns import core
from app.store.history import Act
from app.store.reference import Reference
from app.store.tables import Link
from app.store.tables import Pledge as PledgeTable

_PLEDGE = core(PledgeTable)
_LINK = core(Link).c
Change = Callable[[Pledge], Pledge]


class Gone(Exception):
    """There is no record of this number, or no such version of it."""


class Circle(Exception):
    """A link would lead back to its own pledge, by way of others."""


@dataclass(frozen=True)
class Written:
    """`version` as it stands now. `theirs` came in between and merged by itself; `change` is None where there was
    nothing to change."""

    id: int
    version: int
    pledge: Pledge
    theirs: tuple[Difference, ...] = ()
    change: int | None = None


class Clashing(Exception):
    """Both changed the same: nothing is written. `theirs` is the record as it stands, at `version`."""

    def __init__(self, number: int, version: int, theirs: Pledge, clashes: tuple[Clash, ...]) -> None:
        super().__init__(number, version)
        self.number, self.version, self.theirs, self.clashes = number, version, theirs, clashes


def edit(
    db: Connection, number: int, seen: int, act: Act, change: Change, reference: Reference | None = None
) -> Written:
    """Changes the pledge that was typed against version `seen`. Raises Gone, Clashing, Circle."""
    return edit_all(db, {number: seen}, act, change, reference)[0]


def edit_all(
    db: Connection, seen: Mapping[int, int], act: Act, change: Change, reference: Reference | None = None
) -> list[Written]:
    """The same change of several pledges in one act, whole or not at all."""
    return put(db, {number: (version, change) for number, version in seen.items()}, act, reference)


def put(
    db: Connection,
    wanted: Mapping[int, tuple[int, Change]],
    act: Act,
    reference: Reference | None = None,
    effects: Sequence[history.Effect] = (),
) -> list[Written]:
    """Each pledge changed in its own way, typed against its own version, in one act with the other `effects`."""
    held = hold(db, wanted)
    merged: dict[int, Merge[Pledge]] = {}
    for number, (version, change) in wanted.items():
        theirs, latest = held[number]
        base = theirs if version == latest else _at(db, number, version)
        merged[number] = merged_with(number, latest, base, theirs, change(base))
    changed = {number: one.record for number, one in merged.items() if one.record != held[number][0]}
    done = {one.id: one for one in write(db, changed, act, reference, effects)}
    return [
        replace(done[number], theirs=one.theirs)
        if number in done
        else Written(number, held[number][1], one.record, one.theirs)
        for number, one in merged.items()
    ]


def write(
    db: Connection,
    changed: Mapping[int, Pledge],
    act: Act,
    reference: Reference | None = None,
    effects: Sequence[history.Effect] = (),
) -> list[Written]:
    """New versions of pledges that are held already, in one act with other `effects`. Raises Circle."""
    ensure_no_circle(db, changed)
    if any(effect.record in history.NAMING for effect in effects):
        reference = None  # it was known before these names were written
    told = saving.save(db, list(changed.values()), reference) if changed else []
    recorded = history.record(db, act, [*effects, *told])
    versions = {effect.record_id: effect.version for effect in told}
    return [Written(number, versions[number], pledge, (), recorded) for number, pledge in changed.items()]


def create(
    db: Connection,
    pledges: Sequence[Pledge],
    act: Act,
    reference: Reference | None = None,
    effects: Sequence[history.Effect] = (),
) -> list[Written]:
    """New pledges in one act with other `effects`; a pledge without a key is given one."""
    named = [pledge if pledge.key else replace(pledge, key=new_key()) for pledge in pledges]
    told = saving.save(db, named, reference)
    recorded = history.record(db, act, [*effects, *told])
    return [
        Written(effect.record_id, effect.version, pledge, (), recorded)
        for effect, pledge in zip(told, named, strict=True)
    ]


def new_key() -> str:
    """A name that no other record of any installation has."""
    return f"p-{secrets.token_hex(8)}"


def with_state(pledge: Pledge, state: State) -> Pledge:
    return replace(pledge, state=state)


def merged_with(number: int, latest: int, base: Pledge, theirs: Pledge, mine: Pledge) -> Merge[Pledge]:
    """Mine on what stands at version `latest`. Raises Clashing."""
    found = merge(base, theirs, mine)
    if found.clashes:
        raise Clashing(number, latest, theirs, found.clashes)
    touched = {one.field for one in differences(theirs, found.record)} & {str(name) for name in FIGURES}
    figures = [name for name in FIGURES if name in touched]
    return replace(found, record=settled(found.record, *figures)) if found.theirs else found


def hold(db: Connection, numbers: Iterable[int]) -> dict[int, tuple[Pledge, int]]:
    """The records as they stand, each with its version, kept from other writers until the end of the transaction.
    Raises Gone."""
    ids = sorted(numbers)
    for start in range(0, len(ids), names.AT_ONCE):
        # FOR NO KEY UPDATE: links from other pledges may still be checked meanwhile.
        held = select(_PLEDGE.c.id).where(_PLEDGE.c.id.in_(ids[start : start + names.AT_ONCE])).order_by(_PLEDGE.c.id)
        db.execute(held.with_for_update(key_share=True)).all()
    return standing_now(db, ids)


def standing_now(db: Connection, numbers: Iterable[int]) -> dict[int, tuple[Pledge, int]]:
    """The records as they stand, each with its version. Raises Gone."""
    ids = list(numbers)
    found = saving.current(db, ids)
    if len(found) < len(ids):
        raise Gone
    return found


def _at(db: Connection, number: int, version: int) -> Pledge:
    found = records.versions(db, number, {version}).get(version)
    if found is None:
        raise Gone
    return found


def ensure_no_circle(db: Connection, changed: Mapping[int, Pledge]) -> None:
    """Links never lead back, whatever their kinds. Raises Circle."""
    changed = {number: pledge for number, pledge in changed.items() if pledge.links}
    if not changed:
        return
    keys = {link.to for pledge in changed.values() for link in pledge.links}
    ids = {row.key: row.id for row in db.execute(select(_PLEDGE.c.key, _PLEDGE.c.id).where(_PLEDGE.c.key.in_(keys)))}
    out = {number: {ids[link.to] for link in pledge.links if link.to in ids} for number, pledge in changed.items()}
    for number in changed:
        seen: set[int] = set()
        ahead = set(out[number])
        while ahead:
            if number in ahead:
                raise Circle
            seen |= ahead
            known = {to for one in ahead & set(out) for to in out[one]}
            asked = ahead - set(out)
            found = db.execute(select(_LINK.to_id).where(_LINK.pledge_id.in_(asked))).scalars() if asked else ()
            ahead = ({*found} | known) - seen
