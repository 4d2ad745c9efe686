"""What a row of our own table tells: cells under the names of the dictionary, as attributes of a record.

A figure has several columns that belong together. Where a table brings some of them only, what stands would be lost
with the rest, so that they are passed over; a new record takes what there is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.domain.codes import N_
from app.domain.dictionary import COLUMNS, Holds, Worth
from app.domain.mapping import folded
from app.domain.money import ValueSetBy
from app.formats.record import SHAPES
from app.formats.row import Cell, Fault, Known, Place, Row
from app.formats.shape import Faults, shown

ENTRIES = {entry.name: entry for entry in COLUMNS}
READ = {name: entry.at for name, entry in ENTRIES.items() if entry.at}
NAMES_OF = {at: name for name, at in READ.items()}
VALUE_FROM = "value_from"
MOST_DIGITS = 40

NAMELESS = N_("A row needs a key; a new record needs donor and title.")
APART = N_("%(value)s is missing; what belongs together is changed together. These columns were passed over.")
UNKNOWN = N_("There is no column of this name. It was passed over.")


def _groups() -> dict[str, list[str]]:
    """Attribute to the columns that tell it."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, at in READ.items():
        found[at.partition(".")[0]].append(name)
    return dict(found)


GROUPS = _groups()


def named(cell: Cell) -> str:
    """The column that a heading means: capitals and blanks do not matter."""
    return folded(cell).replace(" ", "_") if isinstance(cell, str) else ""


def unknown(names: Iterable[str], place: Place) -> Iterator[Fault]:
    for name in names:
        if name and name not in ENTRIES:
            yield Fault(place=replace(place, column=shown(name)), sentence=UNKNOWN, value=shown(name))


def row(cells: Mapping[str, Cell], place: Place, known: Known) -> Row:
    """`cells` are by the names of the columns that the table has."""
    texts = {name: text_of(cell, ENTRIES[name].holds) for name, cell in cells.items() if name in ENTRIES}
    if "donor" in texts:
        texts["donor"] = known.donors.get(folded(texts["donor"]), texts["donor"])
    new = not texts.get("key")
    if new and not (texts.get("donor") and texts.get("title")):
        return Row(place=place, faults=(Fault(place=replace(place, column="key"), sentence=NAMELESS),))
    given, remarks = _given(texts, place, new=new)
    faults = Faults()
    for name, value in given.items():
        if value is not None:
            SHAPES["pledge"].shapes[name].read(value, name, faults)
    wrong = [
        Fault(
            place=replace(place, column=NAMES_OF.get(one.path, one.path)),
            value=one.value,
            sentence=one.sentence,
            values=one.values,
        )
        for one in faults
    ]
    if wrong:
        return Row(place=place, faults=(*remarks, *wrong), whole=new)
    version = texts.get("version", "")
    seen = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    return Row(place=place, given=given, whole=new, seen=seen, faults=tuple(remarks))


def text_of(cell: Cell, holds: Holds) -> str:
    """The cell as our own files have it; "" where it is empty."""
    match cell:
        case None:
            return ""
        case str():
            return cell if holds is Holds.TEXT else cell.strip()
        case bool():
            return str(cell).lower()
        case Decimal():
            return decimal_text(cell)
        case datetime() if holds is Holds.DAY:
            return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def decimal_text(number: Decimal) -> str:
    """Written out, unless that would fill pages."""
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
        return str(number)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _given(texts: Mapping[str, str], place: Place, *, new: bool) -> tuple[dict[str, Any], list[Fault]]:
    given: dict[str, Any] = {}
    remarks = []
    for attribute, columns in GROUPS.items():
        there = [name for name in columns if name in texts]
        if not there or (attribute == "key" and new) or (attribute == "value" and _follows(texts)):
            continue
        missing = [name for name in columns if name not in texts]
        if missing and not new:
            if any(texts[name] for name in there):
                said = Fault(place=replace(place, column=there[0]), value=", ".join(missing), sentence=APART)
                remarks.append(said)
            continue
        given[attribute] = _value(attribute, {READ[name]: texts[name] for name in there})
    if given.get("value") and texts.get("rate"):
        rate = {"currency": texts.get("currency"), "day": texts.get("rate_day"), "per_euro": texts["rate"]}
        given["value"]["rate"] = {name: text for name, text in rate.items() if text}
    return given, remarks


def _value(attribute: str, told: Mapping[str, str]) -> Any:
    """A text, or an object of those that are not empty; None where nothing is told."""
    if attribute in told:
        return told[attribute] or None
    found = {path.partition(".")[2]: text for path, text in told.items() if text}
    return found or None


def _follows(texts: Mapping[str, str]) -> bool:
    """Whether the worth in euros follows from the amount, so that it is worked out and not read. A table without the
    column that says so is asked who set it, and whether an amount in euros is its own worth."""
    if VALUE_FROM in texts:
        return texts[VALUE_FROM] == Worth.AMOUNT
    set_by = texts.get("value_set_by")
    if set_by == ValueSetBy.ECB:
        return True
    ends = [(texts.get(f"value_{end}_eur", ""), texts.get(f"amount_{end}", "")) for end in ("low", "point", "high")]
    same = all(value == amount for value, amount in ends)
    return set_by == ValueSetBy.STATED and texts.get("currency") == "EUR" and same
