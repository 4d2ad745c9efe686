"""JSON Lines of ours: one whole record a line. A line that cannot be read does not keep the others from being read."""

from collections.abc import Iterator

from app.formats import json_text, whole_records
from app.formats.own_json import NO_RECORD
from app.formats.row import Fault, Known, Label, Place, Read, Row, Unreadable


def rows(content: bytes, _: Known) -> Iterator[Read]:
    """Raises Unreadable."""
    lines = json_text.text(content).split("\n")
    yield Label(rows=len(lines))
    records = whole_records.Records()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = Place(row=number)
        try:
            found = json_text.value(line)
        except Unreadable as error:
            yield _refused(place, error.sentence, tuple(error.told.items()))
            continue
        if isinstance(found, dict):
            yield from records.rows(found, place)
        else:
            yield _refused(place, NO_RECORD)


def _refused(place: Place, sentence: str, values: tuple[tuple[str, str], ...] = ()) -> Row:
    return Row(place=place, faults=(Fault(place=place, sentence=sentence, values=values),))
