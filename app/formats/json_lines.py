"""Whole records as JSON Lines: one record a line in the form of `formats.record`, with all that it refers to and an
installation without it would lack: sources, package and meeting. Donors and systems stand by their names."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from app.domain.event import Event
from app.domain.package import Package
from app.domain.pledge import Pledge
from app.domain.source import Source
from app.domain.table import Origin, Rows
from app.formats.record import told

REFERRED = {"sources": Source, "packages": Package, "events": Event}
_pledge = TypeAdapter(Pledge)
_encoded = json.JSONEncoder(ensure_ascii=False).encode


def file(_: Origin, rows: Sequence[Rows]) -> Iterator[bytes]:
    """Of tables with a name and a snapshot a row: `sources`, `packages` and `events`, and `records` in their order."""
    by_name = {one.table.name: one for one in rows}
    referred = {name: _known(by_name[name], kind) for name, kind in REFERRED.items()}
    for batch in by_name["records"].batches:
        pledges = (_pledge.validate_python(json.loads(body)["pledge"]) for _, body in batch)
        yield "".join(f"{_encoded(line(pledge, referred))}\n" for pledge in pledges).encode("utf-8", "replace")


def line(pledge: Pledge, referred: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The record, and under `refers_to` each thing it names, whole."""
    keys = dict.fromkeys(claim.source for claim in pledge.claims)
    keys |= dict.fromkeys(one.source for one in pledge.milestones if one.source)
    package = referred["packages"].get(pledge.package) if pledge.package else None
    event = referred["events"].get(pledge.event or (package or {}).get("event") or "")
    for one in (package, event):
        keys |= dict.fromkeys((one or {}).get("sources", ()))
    found = {
        "sources": [referred["sources"][key] for key in keys if key in referred["sources"]],
        "package": package,
        "event": event,
    }
    return told(pledge) | {"refers_to": {name: one for name, one in found.items() if one}}


def _known(rows: Rows, kind: type[Any]) -> dict[str, dict[str, Any]]:
    read: Callable[[Any], Any] = TypeAdapter(kind).validate_json
    return {key: told(read(body)) for batch in rows.batches for key, body in _pairs(batch)}


def _pairs(batch: Iterable[Sequence[Any]]) -> Iterator[tuple[str, bytes]]:
    return ((key, bytes(body)) for key, body in batch)
