"""The files that are read and written, by name. What knows a format is loaded when it is first used: a process that
writes a CSV file stays small."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from app.domain.codes import N_


@dataclass(frozen=True)
class Importer:
    """`rows` of the module yields what the file tells, of its sheets or of its bytes, and what is known beforehand.
    `title` is a text of the catalogue."""

    module: str
    takes: Literal["sheets", "bytes"]
    title: str

    @property
    def rows(self) -> Callable[[Any, Any], Iterator[Any]]:
        found: Callable[[Any, Any], Iterator[Any]] = import_module(f"app.formats.{self.module}").rows
        return found


@dataclass(frozen=True)
class Exporter:
    """`file(origin, rows)` of the module yields the file in pieces. `holds`: the pledges of a filter in the columns of
    the dictionary, whole records, or every table there is."""

    module: str
    kind: str  # as HTTP names it
    holds: Literal["table", "records", "everything"]
    binary: bool = False

    @property
    def file(self) -> Callable[[Any, Any], Iterator[bytes]]:
        found: Callable[[Any, Any], Iterator[bytes]] = import_module(f"app.formats.{self.module}").file
        return found


IMPORTERS: dict[str, Importer] = {
    "support_tracker": Importer("support_tracker", "sheets", N_("Ukraine Support Tracker of the Kiel Institute")),
    "csv": Importer("own_table", "sheets", N_("a table of ours, as CSV")),
    "xlsx": Importer("own_table", "sheets", N_("a table of ours, as a workbook")),
    "json": Importer("own_json", "bytes", N_("records of ours, as JSON")),
    "jsonl": Importer("own_lines", "bytes", N_("records of ours, as JSON Lines")),
}
EXPORTERS: dict[str, Exporter] = {
    "csv": Exporter("csv_file", "text/csv; charset=utf-8", "table"),
    "xlsx": Exporter(
        "xlsx_file", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "table", binary=True
    ),
    "json": Exporter("json_file", "application/json", "table"),
    "jsonl": Exporter("json_lines", "application/jsonl", "records"),
    "zip": Exporter("data_package", "application/zip", "everything", binary=True),
}
