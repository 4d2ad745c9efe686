"""What pledges refer to, changed by people: put on what stands now, merged or refused whole, in one transaction with
the history."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select
from sqlalchemy.exc import IntegrityError

from app.domain.revision import Difference, merge
from app.store import history, referred
from app.store.columns import core
from app.store.editing import Clashing, Gone
from app.store.history import Act

UNIQUE = {
    "donor": ("code", "slug"),
    "system": ("code", "slug"),
    "source": ("key",),
    "event": ("slug",),
    "package": ("key",),
}


class Taken(Exception):
    """Another record of the kind has the name that stands in this field."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True)
class Amended:
    """`theirs` came in between and merged by itself; `change` is None where there was nothing to change."""

    id: int
    version: int
    value: Any
    theirs: tuple[Difference, ...] = ()
    change: int | None = None


def create(db: Connection, record: str, value: Any, act: Act) -> Amended:
    """Raises Taken."""
    if field := taken(db, record, value):
        raise Taken(field)
    try:
        effects = referred.save(db, record, [value])
    except IntegrityError:  # somebody else wrote the same name in the very moment
        raise Taken(UNIQUE[record][0]) from None
    return Amended(effects[0].record_id, 1, value, (), history.record(db, act, effects))


def edit(db: Connection, record: str, number: int, seen: int, act: Act, mine: Any) -> Amended:
    """Puts the record that was typed against version `seen` on what stands now. Raises Gone and Clashing."""
    theirs = referred.find(db, record, number=number, held=True)
    base = theirs if theirs and theirs.latest == seen else referred.find(db, record, number=number, seen=seen)
    if theirs is None or base is None:
        raise Gone
    merged = merge(base.value, theirs.value, mine)
    if merged.clashes:
        raise Clashing(number, theirs.latest, theirs.value, merged.clashes)
    if merged.record == theirs.value:
        return Amended(number, theirs.latest, theirs.value, merged.theirs)
    effects = referred.save(db, record, [merged.record])
    change = history.record(db, act, effects)
    return Amended(number, theirs.latest + 1, merged.record, merged.theirs, change)


def taken(db: Connection, record: str, value: Any) -> str:
    """The field of a new record whose name another one has; nothing where all are free."""
    table, names = core(referred.KINDS[record].table), UNIQUE[record]
    same = or_(*(table.c[name] == getattr(value, name) for name in names))
    for row in db.execute(select(*(table.c[name] for name in names)).where(same)):
        return next(name for name in names if row._mapping[name] == getattr(value, name))
    return ""
