"""What an importer has to know beforehand: donors and their other names, what the items of a dataset are, publishers.
What an editor has said of a name goes before what comes with the program."""

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

from pydantic import TypeAdapter
from sqlalchemy import Connection

from app.domain.mapping import Named, folded
from app.domain.system import Role, Unit
from app.formats.row import Item, Known, Publisher
from app.store import mappings
from app.store.reference import Reference

ITEMS, PUBLISHERS = "item_map.csv", "publishers.csv"
_json = TypeAdapter(Known)


def known(db: Connection, reference: Reference, seed: Path, release: str = "") -> Known:
    donors = {
        folded(name): donor.code
        for donor in reference.donors.values()
        for name in (donor.name, *donor.aliases, donor.code)
        if name
    }
    items = items_of(seed)
    for row in mappings.every(db):
        if row.kind == Named.DONOR:
            donors[folded(row.name)] = row.target
        else:
            items[folded(row.name)] = Item(row.target or None, row.role or Role.FUNDING, row.unit or Unit.OTHER)
    return Known(
        donors=donors,
        donor_names={donor.code: donor.name for donor in reference.donors.values()},
        items={
            name: item for name, item in items.items() if item.system is None or item.system in reference.system_ids
        },
        publishers=publishers_of(seed),
        release=release,
    )


def digest(names: Known) -> str:
    """The same for the same names."""
    return hashlib.sha256(_json.dump_json(names)).hexdigest()


def items_of(seed: Path) -> dict[str, Item]:
    """What comes with the program, by folded name."""
    return {
        folded(row["item"]): Item(row["system"] or None, Role(row["role"]), Unit(row["unit"]))
        for row in _table(seed / ITEMS)
    }


def publishers_of(seed: Path) -> dict[str, Publisher]:
    return {row["host"]: Publisher(row["publisher"], row["kind"], row["language"]) for row in _table(seed / PUBLISHERS)}


def _table(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            yield {name: (value or "").strip() for name, value in row.items()}
