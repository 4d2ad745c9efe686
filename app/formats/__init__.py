"""The files that are read and written, by name. What knows a format is loaded when it is first used: a process that
writes a CSV file stays small."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal


@dataclass(frozen=True)
class Importer:
    """`rows` of the module yields what the file tells, of its sheets or of its bytes, and what is known beforehand."""

    module: str
    takes: Literal["sheets", "bytes"]

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
    "support_tracker": Importer("support_tracker", "sheets"),
    "csv": Importer("own_table", "sheets"),
    "xlsx": Importer("own_table", "sheets"),
    "json": Importer("own_json", "bytes"),
    "jsonl": Importer("own_lines", "bytes"),
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
