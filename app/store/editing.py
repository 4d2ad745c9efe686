"""Pledges changed by people: put on what stands now, merged or refused whole, in one transaction with the history."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from app.domain.figure import FIGURES, settled
from app.domain.pledge import Pledge, State
from app.domain.revision import Clash, Difference, Merge, differences, merge
from app.store import history, records, saving
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
    held = _held(db, wanted)
    merged: dict[int, Merge[Pledge]] = {}
    for number, (version, change) in wanted.items():
        theirs, latest = held[number]
        base = theirs if version == latest else _at(db, number, version)
        merged[number] = _merged(number, latest, base, theirs, change(base))
    changed = {n: one.record for n, one in merged.items() if one.record != held[n][0]}
    _ensure_no_circle(
        db, {number: record for number, record in changed.items() if record.links != held[number][0].links}
    )
    written = [*effects, *(saving.save(db, list(changed.values()), reference) if changed else ())]
    recorded = history.record(db, act, written)
    return [
        Written(
            number,
            held[number][1] + (number in changed),
            one.record,
            one.theirs,
            recorded if number in changed else None,
        )
        for number, one in merged.items()
    ]


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


def deleted(pledge: Pledge) -> Pledge:
    return replace(pledge, state=State.DELETED)


def restored(pledge: Pledge) -> Pledge:
    return replace(pledge, state=State.PUBLISHED)


def _merged(number: int, latest: int, base: Pledge, theirs: Pledge, mine: Pledge) -> Merge[Pledge]:
    found = merge(base, theirs, mine)
    if found.clashes:
        raise Clashing(number, latest, theirs, found.clashes)
    touched = {one.field for one in differences(theirs, found.record)} & {str(name) for name in FIGURES}
    figures = [name for name in FIGURES if name in touched]
    return replace(found, record=settled(found.record, *figures)) if found.theirs else found


def _held(db: Connection, numbers: Mapping[int, Any]) -> dict[int, tuple[Pledge, int]]:
    """The records as they stand, kept from other writers until the end of the transaction. Raises Gone."""
    for start in range(0, len(numbers), saving.AT_ONCE):
        some = sorted(numbers)[start : start + saving.AT_ONCE]
        # FOR NO KEY UPDATE: links from other pledges may still be checked meanwhile.
        held = select(_PLEDGE.c.id).where(_PLEDGE.c.id.in_(some)).order_by(_PLEDGE.c.id)
        db.execute(held.with_for_update(key_share=True)).all()
    found = saving.current(db, numbers)
    if len(found) < len(numbers):
        raise Gone
    return found


def _at(db: Connection, number: int, version: int) -> Pledge:
    found = records.versions(db, number, {version}).get(version)
    if found is None:
        raise Gone
    return found


def _ensure_no_circle(db: Connection, changed: Mapping[int, Pledge]) -> None:
    """Links never lead back, whatever their kinds."""
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
