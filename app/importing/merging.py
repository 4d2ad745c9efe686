"""What a dataset has changed of a line since it was last read, put on the record as it stands now."""

from dataclasses import replace
from typing import Any

from app.domain.claim import ClaimField
from app.domain.codes import N_
from app.domain.figure import settled
from app.domain.lines import content
from app.domain.pledge import Pledge, State
from app.domain.pledge_fields import PARTS, PLEDGE
from app.domain.record_fields import PACKAGE
from app.domain.revision import differences, merge
from app.formats.row import Fault, Row

EDITED = N_("Changed in the file and here since: %(value)s. What was edited here stays.")


def merged(row: Row, base: Any, now: Any, mine: Any) -> tuple[Any, tuple[Fault, ...]]:
    found = merge(base, now, mine)
    value = found.record
    if found.theirs and isinstance(value, Pledge):
        touched = {one.field for one in differences(now, value)}
        value = settled(value, *(name for name in ClaimField if name in touched and name != ClaimField.DELIVERED))
    if not found.clashes:
        return value, ()
    fields = ", ".join(sorted({_called(clash.field) for clash in found.clashes}))
    return value, (Fault(place=row.place, value=fields, sentence=EDITED),)


def _called(field: str) -> str:
    """The title of a field, as the forms have it."""
    part, whole = PARTS.get(field), PLEDGE.get(field) or PACKAGE.get(field)
    return part.title.lower() if part else whole.title.lower() if whole else field


def filled(now: Any, said: Any) -> Any:
    """A record that was here before the dataset was first read: it stays, and what it did not know is filled in. One
    that was taken back comes again as the dataset has it."""
    if isinstance(now, Pledge) and now.state is State.DELETED:
        return replace(said, key=now.key)
    names = ("value", "package") if isinstance(now, Pledge) else ("total", "value")
    blank = {
        name: getattr(said, name) for name in names if not _told(getattr(now, name)) and _told(getattr(said, name))
    }
    return replace(now, **blank)


def _told(value: Any) -> bool:
    return bool(getattr(value, "known", value is not None))


def says(one: Any) -> Any:
    """What a line says, without the names that a release gives it."""
    return content(one) if isinstance(one, Pledge) else replace(one, key="", release="", dataset_key="")
