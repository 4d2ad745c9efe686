"""Engine and transactions. Readers cannot write; a write is one transaction from its first statement on."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool

# Older libraries can corrupt a database in WAL mode when a checkpoint meets a reset.
WAL_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


class CannotOpen(Exception):
    """The database cannot be opened; the message is one line for whoever started the program."""


class Database:
    """Where the records are kept. `reading()` and `writing()` give connections inside a transaction."""

    def __init__(self, url: str, *, read_url: str = "", pool: int = 8) -> None:
        self.url = _with_driver(url)
        try:
            self.writer = _engine(self.url, pool=2, writes=True)
            self.reader = _engine(_with_driver(read_url) if read_url else self.url, pool=pool, writes=False)
        except CannotOpen:
            raise
        except Exception as error:
            raise CannotOpen(f"DATABASE_URL is not an address of a database: {error}") from error

    @property
    def is_sqlite(self) -> bool:
        return self.writer.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self.reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Commits at the end of the block; an exception takes everything back."""
        with self.writer.begin() as connection:
            yield connection

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
    options = "-c statement_timeout=5000 -c lock_timeout=3000 -c timezone=UTC" + (
        "" if writes else " -c default_transaction_read_only=on"
    )
    return create_engine(url, pool_size=pool, max_overflow=4, pool_pre_ping=True, connect_args={"options": options})


def _sqlite(url: str, pool: int, writes: bool) -> Engine:
    module = _sqlite_module()
    file = make_url(url).database
    if writes and file:
        try:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotOpen(f"The folder of the database cannot be made: {error}") from error
    arguments = {"check_same_thread": False, "timeout": 5.0}
    engine = create_engine(url, module=module, poolclass=QueuePool, pool_size=pool, connect_args=arguments)
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
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _sqlite_module() -> Any:
    """The SQLite that comes as a package where there is one, else that of this Python."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3")


__all__ = ["CannotOpen", "Database", "OperationalError"]
