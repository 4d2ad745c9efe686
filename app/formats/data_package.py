"""Everything published as one archive: a data package (datapackage.org, version 2) of CSV tables with their schemas,
the whole records as JSON Lines, and what a reader has to know.

Nothing in it tells when it was asked for: of one state of the records there is one file."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from app.domain.dictionary import Holds
from app.domain.table import Column, Origin, Rows, Table
from app.formats import csv_file, json_lines

PROFILES = "https://datapackage.org/profiles/2.0"
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}
LICENCE_TEXT = Path(__file__).with_name("cc-by-4.0.txt")
TYPES: dict[Holds, dict[str, Any]] = {
    Holds.TEXT: {"type": "string"},
    Holds.NUMBER: {"type": "number"},
    Holds.WHOLE: {"type": "integer"},
    Holds.DAY: {"type": "date"},
    Holds.MOMENT: {"type": "datetime", "format": "%Y-%m-%dT%H:%M:%S"},
    Holds.ADDRESS: {"type": "string"},  # no "uri": it may hold letters of any script
    Holds.ADDRESSES: {"type": "string"},
}
RECORDS = "records"
SNAPSHOTS = "snapshots_of_"


def file(origin: Origin, rows: Sequence[Rows]) -> Iterator[bytes]:
    """The archive a piece at a time. Tables whose names begin with `snapshots_of_` hold a name and a snapshot a row:
    they are told as whole records."""
    tables = [one for one in rows if not one.table.name.startswith(SNAPSHOTS)]
    snapshots = [
        Rows(Table(name=one.table.name.removeprefix(SNAPSHOTS), columns=()), one.batches)
        for one in rows
        if one.table.name.startswith(SNAPSHOTS)
    ]
    out = _Out()
    resources = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for one in tables:
            content = _Content(f"{one.table.name}.csv", csv_file.written(one.table, one.batches))
            yield from content.into(archive, out, origin)
            resources.append(_table(one.table, content))
        content = _Content(f"{RECORDS}.jsonl", json_lines.file(origin, snapshots))
        yield from content.into(archive, out, origin)
        resources.append(_lines(content))
        described = json.dumps(_package(origin, resources), ensure_ascii=False, indent=2) + "\n"
        for name, text in (
            ("datapackage.json", described),
            ("README.md", readme(origin, [one.table for one in tables])),
            ("LICENSE", LICENCE_TEXT.read_text(encoding="utf-8")),
        ):
            yield from _Content(name, [text.encode()]).into(archive, out, origin)
    yield out.taken()


class _Out(io.RawIOBase):
    """What an archive is written to, and taken from a piece at a time. It cannot be gone back in."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        told = b"".join(self.pieces)
        self.pieces.clear()
        return told


class _Content:
    """A file of the archive, its size and digest known once it is written."""

    def __init__(self, name: str, pieces: Iterable[bytes]) -> None:
        self.name, self.pieces = name, pieces
        self.size, self.digest = 0, hashlib.sha256()

    def into(self, archive: zipfile.ZipFile, out: _Out, origin: Origin) -> Iterator[bytes]:
        entry = zipfile.ZipInfo(self.name, _clock(origin.changed))
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        with archive.open(entry, "w", force_zip64=True) as entered:
            for piece in self.pieces:
                entered.write(piece)
                self.size += len(piece)
                self.digest.update(piece)
                yield out.taken()


def _clock(moment: str) -> tuple[int, int, int, int, int, int]:
    """When the records were last changed; archives know no day before 1980."""
    digits = [
        int(part) for part in moment[:19].replace("T", "-").replace(":", "-").replace(" ", "-").split("-") if part
    ]
    year, month, day, *clock = (*digits, 0, 0, 0) if len(digits) >= 3 else (1980, 1, 1, 0, 0, 0)
    hour, minute, second = (*clock, 0, 0, 0)[:3]
    return max(year, 1980), month, day, hour, minute, second


def _package(origin: Origin, resources: list[dict[str, Any]]) -> dict[str, Any]:
    package = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "allied-pledges",
        "title": "Allied Pledges: aid pledged to Ukraine",
        "description": "Who pledged what, when, how many, worth how much, how much arrived, and which source says so.",
        "id": f"{origin.epoch}-{origin.counter}",
        "version": f"{origin.counter}.0.0",
        "created": f"{origin.changed[:19].replace(' ', 'T')}Z",
        "keywords": ["Ukraine", "military aid", "pledges", "deliveries"],
        "licenses": [LICENCE],
        "contributors": [{"title": "Allied Pledges", "roles": ["publisher"]}],
        "sources": [{"title": name, "version": release} for name, release in origin.datasets],
        "history": {"head": origin.head, "counter": origin.counter, "epoch": origin.epoch},
        "resources": resources,
    }
    if origin.base:
        package["homepage"] = origin.base
    return {name: value for name, value in package.items() if value}


def _described(content: _Content) -> dict[str, Any]:
    return {
        "path": content.name,
        "encoding": "utf-8",
        "bytes": content.size,
        "hash": f"sha256:{content.digest.hexdigest()}",
    }


def _table(table: Table, content: _Content) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(column, table) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    keys = [_foreign_key(column) for column in table.columns if column.refers_to]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table.name.replace("_", "-"),
        "type": "table",
        "title": table.told,
        **_described(content),
        "format": "csv",
        "mediatype": "text/csv",
        "dialect": {
            "$schema": f"{PROFILES}/tabledialect.json",
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
        },
        "schema": schema,
    }


def _field(column: Column, table: Table) -> dict[str, Any]:
    told: dict[str, Any] = {"name": column.name, **TYPES[column.holds]}
    if column.told:
        means = "" if column.needed or not column.empty else f" Empty: {column.empty}."
        told["description"] = column.told + means
    constraints: dict[str, Any] = {}
    if column.needed:
        constraints["required"] = True
    if table.key == (column.name,):
        constraints["unique"] = True
    if column.codes:
        constraints["enum"] = [code for code, _ in column.codes]
        told["categories"] = [{"value": code, "label": word} for code, word in column.codes]
    return told | ({"constraints": constraints} if constraints else {})


def _foreign_key(column: Column) -> dict[str, Any]:
    """To the first column of the other table, or of this one."""
    resource, _, field = column.refers_to.partition(".")
    return {"fields": [column.name], "reference": {"resource": resource.replace("_", "-"), "fields": [field]}}


def _lines(content: _Content) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": RECORDS,
        "title": "Every pledge as a whole record, with its claims, milestones, parties and links and what it refers to",
        **_described(content),
        "format": "jsonl",
        "mediatype": "application/jsonl",
    }


def readme(origin: Origin, tables: Sequence[Table]) -> str:
    lines = [
        "# Allied Pledges",
        "",
        f"The records as they stood on {origin.changed[:10]}, after {origin.counter} changes: one state, in all files.",
    ]
    if origin.covers:
        until = f", to {origin.until}" if origin.until else ""
        lines += ["", f"They cover {origin.covers}{until}. A gap is no zero."]
    lines += [
        "",
        *([origin.sources, ""] if origin.sources else []),
        "## Files",
        "",
        *(f"- `{table.name}.csv`: {table.told}." for table in tables),
        f"- `{RECORDS}.jsonl`: every pledge as a whole record, with what it refers to. It can be imported as it is.",
        "- `datapackage.json`: what every column holds, as a data package (https://datapackage.org).",
        "",
        "## Reading them",
        "",
        "- UTF-8, commas, a point in numbers and no other signs. An empty cell is unknown, and never zero.",
        "- Every number of a pledge has a low end, a point and a high end: “up to 1,000” has no point, “at least 14”",
        "  no upper end. Where a qualifier says `about`, the ends are our assumption of a tenth either way.",
        "- Add up only what `counting` says counts, within one family, role and unit. The columns `counted_…` hold",
        "  what our own sums add.",
        "- A text that a spreadsheet might run as a formula has an apostrophe in front.",
        "",
        "## Licence and citation",
        "",
        "CC BY 4.0, see LICENSE. Facts carry their sources, which remain those of their publishers.",
        "",
    ]
    where = f" {origin.base}" if origin.base else ""
    lines += [
        f"Allied Pledges, state of {origin.changed[:10]}, change {origin.counter}.{where}",
        "",
        f"Digest of the history: `{origin.head}` (epoch `{origin.epoch}`).",
        "",
    ]
    return "\n".join(lines)
