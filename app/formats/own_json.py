"""JSON of ours: what `/pledges.json` gives, with the meaning of a table; or whole records, one or a list."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from app.domain.codes import N_
from app.formats import json_text, own_columns, whole_records
from app.formats.row import Fault, Known, Label, Place, Read, Row, Unreadable

PLEDGES = "pledges"

NO_RECORDS = N_("This is no list of records, and no record.")
NO_RECORD = N_("A record is an object with attributes.")


def rows(content: bytes, known: Known) -> Iterator[Read]:
    """Raises Unreadable."""
    found = json_text.value(json_text.text(content))
    if isinstance(found, dict):
        found = found.get(PLEDGES, [found])
    if not isinstance(found, list):
        raise Unreadable(NO_RECORDS)
    yield Label(rows=len(found))
    columns = _columns(found)
    records = whole_records.Records()
    for number, one in enumerate(found, start=1):
        place = Place(row=number)
        if not isinstance(one, dict):
            yield Row(place=place, faults=(Fault(place=place, sentence=NO_RECORD),))
        elif _is_row(one):
            yield _row(one, columns, place, known)
        else:
            yield from records.rows(one, place)


def _is_row(one: Mapping[str, Any]) -> bool:
    """A record names its donor `lead` and has objects in it; a row has neither."""
    return "lead" not in one and not any(isinstance(value, (dict, list)) for value in one.values())


def _columns(found: list[Any]) -> list[str]:
    """An export leaves out what is empty: a column that one record has is a column of all, and so is every other that
    belongs to the same figure."""
    named = {name for one in found if isinstance(one, dict) and _is_row(one) for name in one}
    told = [name for columns in own_columns.GROUPS.values() if named & {*columns} for name in columns]
    return [*told, *(name for name in own_columns.ENTRIES if name in named and name not in told)]


def _row(one: Mapping[str, Any], columns: list[str], place: Place, known: Known) -> Row:
    cells = {name: one.get(name) for name in columns}
    row = own_columns.row(cells, place, known)
    remarks = tuple(own_columns.unknown(one, place))
    return replace(row, faults=(*remarks, *row.faults))
