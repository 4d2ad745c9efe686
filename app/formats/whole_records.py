"""Whole records of ours, each with what it refers to: every source, package and meeting is told once."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from app.formats.record import SHAPES
from app.formats.row import Fault, Place, Record, Row
from app.formats.shape import Faults, Wrong

REFERS_TO = "refers_to"
FOLLOWING = ("id", "version", "address", "updated_at")  # what a program may have been told beside a record
REFERRED: tuple[tuple[str, Record], ...] = (("sources", "source"), ("event", "event"), ("package", "package"))


class Records:
    """Remembers what has been told."""

    def __init__(self) -> None:
        self.told: set[tuple[str, str]] = set()

    def rows(self, given: Mapping[str, Any], place: Place) -> Iterator[Row]:
        """Those of what the record refers to, and then the record."""
        refers = given.get(REFERS_TO)
        named: Mapping[str, Any] = refers if isinstance(refers, dict) else {}
        for name, record in REFERRED:
            found = named.get(name) or []
            for one in found if isinstance(found, list) else [found]:
                if (record, repr(one)) not in self.told:
                    self.told.add((record, repr(one)))
                    yield _row(record, one, place, f"{REFERS_TO}.{name}")
        yield _row("pledge", {name: one for name, one in given.items() if name not in (REFERS_TO, *FOLLOWING)}, place)


def _row(record: Record, given: Any, place: Place, path: str = "") -> Row:
    faults = Faults()
    SHAPES[record].read(given, "", faults)
    if faults:
        return Row(place=place, record=record, faults=tuple(_fault(one, place, path) for one in faults))
    return Row(place=place, record=record, given=given)


def _fault(one: Wrong, place: Place, path: str) -> Fault:
    column = ".".join(part for part in (path, one.path) if part)
    return Fault(place=replace(place, column=column), value=one.value, sentence=one.sentence, values=one.values)
