"""Edits taken back: one, all of a change, or everything by an account since a time. Whole or not at all, and never over
what others have made of a record since: that is a clash."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from app.domain.pledge import Pledge, State
from app.domain.revision import Clash, merge
from app.store import changes, editing, history, referred
from app.store.columns import core
from app.store.editing import Written
from app.store.history import Act
from app.store.reference import Reference
from app.store.tables import Change, Revision

_CHANGE, _REVISION = core(Change), core(Revision)


@dataclass(frozen=True)
class Stuck:
    """A record on which the same was changed again since."""

    id: int
    pledge: Pledge
    clashes: tuple[Clash, ...]


class NotWhole(Exception):
    """Some of it cannot be taken back, so nothing was."""

    def __init__(self, stuck: list[Stuck], others: Iterable[str] = ()) -> None:
        super().__init__(len(stuck))
        self.stuck = stuck
        self.others = list(others)  # the keys of records of other kinds


@dataclass(frozen=True)
class Outcome:
    """`before` and `after` by the number of the pledge; what stays as it is does not stand here."""

    before: dict[int, Pledge]
    after: dict[int, Pledge]
    stuck: list[Stuck]


def revisions_of_change(db: Connection, number: int) -> dict[int, list[int]]:
    """The versions that a change wrote, by pledge."""
    return _versions(db, [_REVISION.c.change_id == number])


def revisions_of_account(db: Connection, account: int, since: datetime) -> dict[int, list[int]]:
    return _versions(db, [_CHANGE.c.account_id == account, _CHANGE.c.at >= since])


def outcome(db: Connection, written: dict[int, list[int]], *, held: bool = False) -> Outcome:
    """What the pledges would be without these versions. `held` keeps other writers away from them."""
    now = editing.hold(db, written) if held else editing.standing_now(db, written)
    wanted = {(n, v) for n, some in written.items() for v in some} | {
        (n, v - 1) for n, some in written.items() for v in some if v > 1
    }
    bodies = changes.bodies(db, wanted)
    before, after, stuck = {}, {}, []
    for number, versions in written.items():
        pledge = theirs = now[number][0]
        clashes: list[Clash] = []
        for first, last in reversed(_runs(versions)):
            was = bodies[number, last]
            found = merge(was, pledge, bodies.get((number, first - 1), _unmade(was)))
            pledge, clashes = found.record, [*clashes, *found.clashes]
        if clashes:
            stuck.append(Stuck(number, theirs, tuple(clashes)))
        elif pledge != theirs:
            before[number], after[number] = theirs, pledge
    return Outcome(before, after, stuck)


def revert(db: Connection, number: int, version: int, act: Act, reference: Reference | None = None) -> Written:
    """Takes one edit back. Raises NotWhole, and Gone where there is no such version."""
    return revert_all(db, {number: [version]}, act, reference)[0]


def revert_all(
    db: Connection, written: dict[int, list[int]], act: Act, reference: Reference | None = None
) -> list[Written]:
    """Takes all these versions back in one act. Raises NotWhole with what stands in the way."""
    return editing.write(db, _unstuck(outcome(db, written, held=True)).after, act, reference)


def revert_change(db: Connection, number: int, act: Act, reference: Reference | None = None) -> list[Written]:
    """Takes a whole change back: pledges, and what they refer to, as it was. What the change made new of the latter
    stays, since others may refer to it by now. Raises NotWhole."""
    found = _unstuck(outcome(db, revisions_of_change(db, number), held=True))
    return editing.write(db, found.after, act, reference, effects=_referred_back(db, _REVISION.c.change_id == number))


def revert_account(
    db: Connection, account: int, since: datetime, act: Act, reference: Reference | None = None
) -> list[Written]:
    """Takes all back that an account did since a time, in the same way."""
    found = _unstuck(outcome(db, revisions_of_account(db, account, since), held=True))
    theirs = (_CHANGE.c.account_id == account) & (_CHANGE.c.at >= since)
    return editing.write(db, found.after, act, reference, effects=_referred_back(db, theirs))


def referred_of_change(db: Connection, number: int) -> int:
    """How many records of other kinds go back with a change."""
    return _count(db, _REVISION.c.change_id == number)


def referred_of_account(db: Connection, account: int, since: datetime) -> int:
    return _count(db, (_CHANGE.c.account_id == account) & (_CHANGE.c.at >= since))


def _count(db: Connection, which: ColumnElement[bool]) -> int:
    records = (
        select(_REVISION.c.record, _REVISION.c.record_id)
        .join_from(_REVISION, _CHANGE, _CHANGE.c.id == _REVISION.c.change_id)
        .where(which, _REVISION.c.record != "pledge", _REVISION.c.version > 1)
        .distinct()
    )
    return db.execute(select(func.count()).select_from(records.subquery())).scalar_one()


def referred_back(db: Connection, number: int) -> list[history.Effect]:
    """What a change made of the records that pledges refer to, taken back."""
    return _referred_back(db, _REVISION.c.change_id == number)


def _unstuck(found: Outcome) -> Outcome:
    if found.stuck:
        raise NotWhole(found.stuck)
    return found


def _referred_back(db: Connection, which: ColumnElement[bool]) -> list[history.Effect]:
    """What these revisions made of the records that pledges refer to, taken back."""
    question = (
        select(_REVISION.c.record, _REVISION.c.record_id, _REVISION.c.key, _REVISION.c.version)
        .join_from(_REVISION, _CHANGE, _CHANGE.c.id == _REVISION.c.change_id)
        .where(which, _REVISION.c.record != "pledge", _REVISION.c.version > 1)
    )
    written: dict[tuple[str, int, str], list[int]] = defaultdict(list)
    for record, number, key, version in db.execute(question.order_by(_REVISION.c.id)).all():
        written[record, number, key].append(version)
    back: dict[str, list[object]] = defaultdict(list)
    stuck = []
    for (record, number, key), versions in written.items():
        now = referred.find(db, record, number=number, held=True)
        value, clashes = _without(db, record, number, now.value if now else None, versions)
        if clashes:
            stuck.append(key)
        elif now and value != now.value:
            back[record].append(value)
    if stuck:
        raise NotWhole([], stuck)
    return [effect for record, values in back.items() for effect in referred.save(db, record, values)]


def _without(db: Connection, record: str, number: int, value: Any, versions: list[int]) -> tuple[Any, bool]:
    """A record as it would be without these versions, and whether something stands in the way."""
    clashes = False
    for first, last in reversed(_runs(versions)):
        was, before = (referred.find(db, record, number=number, seen=seen) for seen in (last, first - 1))
        if was and before:
            found = merge(was.value, value, before.value)
            value, clashes = found.record, clashes or bool(found.clashes)
    return value, clashes


def _versions(db: Connection, given: Iterable[ColumnElement[bool]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    question = (
        select(_REVISION.c.record_id, _REVISION.c.version)
        .join_from(_REVISION, _CHANGE, _CHANGE.c.id == _REVISION.c.change_id)
        .where(_REVISION.c.record == "pledge", *given)
    )
    for number, version in db.execute(question):
        found[number].append(version)
    return dict(found)


def _runs(versions: list[int]) -> list[tuple[int, int]]:
    """Versions that follow one another, as first and last: they go back in one step, so that what was taken back
    before, or done and undone, is in nobody's way."""
    found: list[tuple[int, int]] = []
    for version in sorted(versions):
        if found and found[-1][1] == version - 1:
            found[-1] = found[-1][0], version
        else:
            found.append((version, version))
    return found


def _unmade(pledge: Pledge) -> Pledge:
    """What a record was before it was made: as good as deleted."""
    return editing.with_state(pledge, State.DELETED)
