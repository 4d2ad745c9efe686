"""What is to stand in a file that goes out, and where it comes from."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from app.domain.filter import PledgeFilter
from app.domain.table import Origin
from app.exporting import Order
from app.formats import EXPORTERS
from app.formats.data_package import SNAPSHOTS
from app.store import everything
from app.store.database import Database
from app.store.plain import AT_ONCE, Place, Question
from app.store.reference import Reference
from app.web.render import coverage, source_line


def order(db: Connection, form: str, wanted: PledgeFilter, reference: Reference, base: str) -> Order:
    """`base` is the address of this installation."""
    match EXPORTERS[form].holds:
        case "table":
            tables = everything.table(db, wanted, reference, base)
        case "records":
            tables = everything.records(db, wanted, reference)
        case _:
            tables = everything.everything(db, reference, base, SNAPSHOTS)
    return Order(form, origin(wanted, reference, base), everything.state(db), tuple(tables))


def origin(wanted: PledgeFilter, reference: Reference, base: str) -> Origin:
    return Origin(
        address=base + wanted.narrowing().address(),
        base=base,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        covers=coverage(reference),
        until=reference.until.isoformat() if reference.until else "",
        sources=source_line(reference),
        datasets=tuple(sorted({(reach.dataset, reach.release) for reach in reference.reaches})),
    )


def place(database: Database) -> Place:
    """Where a process of its own finds the records."""
    url = database.reader.url
    if url.get_backend_name() == "sqlite":
        return Place("sqlite", url.database or "")
    return Place("postgresql", url.set(drivername="postgresql").render_as_string(hide_password=False))


def answers(db: Connection, question: Question) -> Iterator[Any]:
    """The rows as this connection answers, some at a time."""
    found = db.execution_options(yield_per=AT_ONCE).exec_driver_sql(question.sql, question.parameters)
    for rows in found.partitions():
        yield [tuple(row) for row in rows]
