"""What an importer yields as lines of JSON, from one process to another. Never pickle: whoever writes such a file could
run anything in the process that reads it."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.domain.codes import N_
from app.domain.pledge import AidType
from app.domain.system import Role, Unit
from app.formats.row import Fault, Item, Known, Label, Place, Publisher, Read, Row, Sum, Unmapped

KINDS: dict[str, type[Any]] = {"label": Label, "row": Row, "sum": Sum, "unmapped": Unmapped}
NAMES = {kind: name for name, kind in KINDS.items()}
# Said by the process that reads, or by the other one for it.
TOO_HEAVY = N_("Reading the file takes too much memory. Divide it and send the parts.")


def line(read: Read) -> bytes:
    """In letters of ASCII: what a file holds need be no sound text."""
    return json.dumps([NAMES[type(read)], _plain(read)], default=_text).encode("ascii") + b"\n"


def value(text: bytes) -> Read:
    """Raises ValueError, TypeError or LookupError where the text is no such line."""
    kind, told = json.loads(text)
    return _READERS[kind](told)


def known_as_json(known: Known) -> dict[str, Any]:
    plain = _plain(known)
    plain["items"] = {name: _plain(item) for name, item in known.items.items()}
    plain["publishers"] = {host: _plain(publisher) for host, publisher in known.publishers.items()}
    return plain


def known_from(told: dict[str, Any]) -> Known:
    items = {
        name: Item(item["system"], Role(item["role"]), Unit(item["unit"]))  # type: ignore[call-arg]
        for name, item in told["items"].items()
    }
    publishers = {host: Publisher(**publisher) for host, publisher in told["publishers"].items()}
    return Known(told.get("donors", {}), told.get("donor_names", {}), items, publishers, told.get("release", ""))


def _plain(value: Any) -> Any:
    """A dataclass as what JSON has; what is at its default is left out."""
    if not is_dataclass(value):
        return [_plain(one) for one in value] if isinstance(value, tuple) else value
    return {one.name: _plain(held) for one in fields(value) if (held := getattr(value, one.name)) != one.default}


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _label(told: dict[str, Any]) -> Label:
    until = told.pop("until", None)
    return Label(**told, until=date.fromisoformat(until) if until else None)


def _row(told: dict[str, Any]) -> Row:
    place, faults = Place(**told.pop("place", {})), tuple(map(_fault, told.pop("faults", ())))
    if not isinstance(told.get("given"), Mapping | None):
        raise TypeError("A record is told by its attributes.")
    return Row(**told, place=place, faults=faults)


def _fault(told: dict[str, Any]) -> Fault:
    place, values = Place(**told.pop("place", {})), told.pop("values", ())
    return Fault(**told, place=place, values=tuple((name, text) for name, text in values))


def _sum(told: dict[str, Any]) -> Sum:
    aid, euros = AidType(told.pop("aid")), Decimal(told.pop("euros"))  # type: ignore[call-arg]
    return Sum(**told, aid=aid, euros=euros)


def _unmapped(told: dict[str, Any]) -> Unmapped:
    first = Place(**told.pop("first", {}))
    return Unmapped(**told, first=first)


_READERS = {"label": _label, "row": _row, "sum": _sum, "unmapped": _unmapped}
