"""Engine and transactions. Readers cannot write; a write is one transaction from its first statement on."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from threading import get_ident
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.pool import QueuePool

from app.store.turns import Turns

# Older libraries can corrupt a database in WAL mode when a checkpoint meets a reset.
WAL_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
PATIENCE = 5.0  # seconds that a write waits for others, of this program and of all the rest together
LOCK_WAIT = 3_000  # milliseconds that a statement waits for a lock of PostgreSQL
# What is left of it where a request has waited already.
patience: ContextVar[float | None] = ContextVar("patience", default=None)

SQLITE_ERROR, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL = 1, 5, 6, 13
# A lock not got in time, a deadlock, two that cannot both be, a statement that took too long.
POSTGRESQL_BUSY = {"55P03", "40P01", "40001", "57014"}
POSTGRESQL_FULL = {"53100"}


class CannotOpen(Exception):
    """The database cannot be opened; the message is one line for whoever started the program."""


class Busy(CannotOpen):
    """Others held the database for longer than a write waits. Nothing of it was kept; a later try may do better."""


class Full(CannotOpen):
    """There is no room left to write. Nothing of the write was kept; reading goes on."""


class Database:
    """Where the records are kept. `reading()` and `writing()` give connections inside a transaction."""

    def __init__(self, url: str, *, read_url: str = "", pool: int = 8) -> None:
        self.url = _with_driver(url)
        try:
            self.writer = _engine(self.url, pool=pool, writes=True)
            self.reader = _engine(_with_driver(read_url) if read_url else self.url, pool=pool, writes=False)
        except CannotOpen:
            raise
        except Exception as error:
            raise CannotOpen(f"DATABASE_URL is not an address of a database: {error}") from error
        self.turns = Turns()
        self._writing: set[int] = set()  # threads

    @property
    def is_sqlite(self) -> bool:
        return self.writer.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self.reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, *, within: float | None = None) -> Iterator[Connection]:
        """Commits at the end of the block; an exception takes everything back. On SQLite writes go in the order in
        which they came. Raises Busy when others leave it no time, Full when there is no room. `within`: seconds to
        wait, for what is not worth more."""
        left = patience.get()
        until = monotonic() + min(one for one in (PATIENCE, left, within) if one is not None)
        with self._once(), self._in_turn(until), self.writer.connect() as connection:
            connection.execution_options(until=until)
            with connection.begin():
                yield connection

    @contextmanager
    def _once(self) -> Iterator[None]:
        me = get_ident()
        if me in self._writing:
            raise RuntimeError("A write within a write of the same thread would wait for itself.")
        self._writing.add(me)
        try:
            yield
        finally:
            self._writing.discard(me)

    @contextmanager
    def _in_turn(self, until: float) -> Iterator[None]:
        """SQLite has one writer. Those of this program queue here: its own way of waiting is to try again and again,
        so that the last to come may be the first to get in."""
        if not self.is_sqlite:
            yield
            return
        if not self.turns.take(until):
            raise _busy(self.writer)
        try:
            yield
        finally:
            self.turns.pass_on()

    def check(self) -> None:
        """Raises CannotOpen when the database does not answer."""
        try:
            with self.reader.connect() as connection:
                connection.exec_driver_sql("SELECT 1")
        except (DBAPIError, OSError) as error:
            reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
            raise CannotOpen(f"The database at {self.shown} cannot be opened: {reason}") from error

    @property
    def shown(self) -> str:
        return make_url(self.url).render_as_string(hide_password=True)

    def close(self) -> None:
        self.reader.dispose()
        self.writer.dispose()


def _with_driver(url: str) -> str:
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _engine(url: str, *, pool: int, writes: bool) -> Engine:
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url, pool, writes)
    # The limits stand in the address of the session: no statement of ours may run longer.
    options = f"-c statement_timeout=5000 -c lock_timeout={LOCK_WAIT} -c timezone=UTC" + (
        "" if writes else " -c default_transaction_read_only=on"
    )
    engine = create_engine(
        url,
        pool_size=2 if writes else pool,
        max_overflow=pool if writes else 4,
        pool_timeout=PATIENCE,
        pool_pre_ping=True,
        connect_args={"options": options},
        execution_options={"writes": writes},
    )
    event.listen(engine, "handle_error", _told)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        left = _left(connection)
        if writes and left < PATIENCE * 950:  # has waited already, and waits the rest
            # A row in demand is waited for twice, for the turn and for whoever has it. 0 would be no limit.
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, left // 2)}")

    return engine


def _sqlite(url: str, pool: int, writes: bool) -> Engine:
    module = _sqlite_module()
    file = make_url(url).database
    if writes and file:
        try:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotOpen(f"The folder of the database cannot be made: {error}") from error
    arguments = {"check_same_thread": False, "timeout": PATIENCE}
    engine = create_engine(
        url,
        module=module,
        poolclass=QueuePool,
        pool_size=2 if writes else pool,
        pool_timeout=PATIENCE,
        connect_args=arguments,
        execution_options={"writes": writes},
    )
    fixed = module.sqlite_version_info >= WAL_FIXED[0] or any(
        module.sqlite_version_info[:2] == good[:2] and module.sqlite_version_info >= good for good in WAL_FIXED
    )
    pragmas = [
        f"journal_mode={'WAL' if fixed else 'DELETE'}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "mmap_size=0",
        "temp_store=MEMORY",
        "cache_size=-32000",
    ]

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in pragmas if writes else [*pragmas[1:], "query_only=ON"]:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if writes:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={_left(connection)}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "handle_error", _told)
    return engine


def _left(connection: Connection) -> int:
    """Milliseconds that the transaction which begins here may wait for others."""
    until = connection.get_execution_options().get("until")
    return round((PATIENCE if until is None else max(0.0, until - monotonic())) * 1000)


def _told(context: ExceptionContext) -> Exception | None:
    """What to raise in place of an error of the database; None leaves it."""
    error = context.original_exception
    # The low byte is the kind of an error of SQLite, the rest says more of it.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    state = getattr(error, "sqlstate", None)
    if code in (SQLITE_BUSY, SQLITE_LOCKED) or state in POSTGRESQL_BUSY:
        return _busy(context.engine)
    if code == SQLITE_FULL or state in POSTGRESQL_FULL:
        return Full(f"There is no room left for the database at {_shown(context.engine)}.")
    if code == SQLITE_ERROR:  # a missing table, say: PostgreSQL does not take this for a fault of its surroundings
        return ProgrammingError(context.statement, context.parameters, error)
    return None


def _busy(engine: Engine | None) -> Busy:
    return Busy(f"The database at {_shown(engine)} is busy; try again in a few seconds.")


def _shown(engine: Engine | None) -> str:
    return engine.url.render_as_string(hide_password=True) if engine else "this address"


def _sqlite_module() -> Any:
    """The SQLite that comes as a package where there is one, else that of this Python."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3")
