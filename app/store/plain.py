"""Questions in the words of the database itself, and their answers as plain rows.

A process that only reads needs nothing but its driver: it starts at once and stays small."""

import importlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

AT_ONCE = 500  # rows
PATIENCE = 60_000  # milliseconds that one statement of PostgreSQL may take
PRAGMAS = ("query_only=ON", "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "cache_size=-8000")


@dataclass(frozen=True)
class Place:
    """Where the records are: a file of SQLite, or an address that the driver of PostgreSQL reads."""

    dialect: str
    name: str


@dataclass(frozen=True)
class Question:
    """`parameters` hold nothing that JSON could not carry."""

    sql: str
    parameters: dict[str, Any]


def parameter(value: Any) -> Any:
    """A value of a question as both drivers take it: codes and days as texts."""
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value


@contextmanager
def connected(place: Place) -> Iterator[Any]:
    """A connection within one transaction that sees one state and cannot write."""
    opened = _sqlite(place.name) if place.dialect == "sqlite" else _postgresql(place.name)
    with closing(opened) as connection:
        yield connection


def answers(connection: Any, question: Question, most: int = AT_ONCE) -> Iterator[list[tuple[Any, ...]]]:
    """The rows, some at a time."""
    named = type(connection).__module__.startswith("psycopg")
    # A cursor with a name stays at the server; any other of PostgreSQL would hold the whole answer here.
    cursor = connection.cursor("told") if named else connection.cursor()
    try:
        cursor.execute(question.sql, question.parameters)
        while rows := cursor.fetchmany(most):
            yield rows
    finally:
        with suppress(connection.ProgrammingError):  # the connection is closed, for whoever did not read to the end
            cursor.close()


def errors(place: Place) -> type[Exception]:
    """What its driver raises where the database cannot answer."""
    driver = sqlite_module() if place.dialect == "sqlite" else importlib.import_module("psycopg")
    found: type[Exception] = driver.OperationalError
    return found


def sqlite_module() -> Any:
    """The SQLite that comes as a package where there is one, else that of this Python."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3")


def _sqlite(file: str) -> Any:
    connection = sqlite_module().connect(file, timeout=5.0, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    return connection


def _postgresql(address: str) -> Any:
    psycopg = importlib.import_module("psycopg")
    options = f"-c statement_timeout={PATIENCE} -c timezone=UTC"
    connection = psycopg.connect(address, options=options)
    connection.read_only = True
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    return connection
