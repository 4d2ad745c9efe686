"""The shape of the database: bringing it up to date, and knowing when it is newer than this program."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from app.store.database import CannotOpen, Database

PLACE = Path(__file__).parent / "migrations"
LOCK = 4_210_110  # of PostgreSQL: two programs that start at once migrate once


def upgrade(database: Database, to: str = "head") -> None:
    """Brings the tables up to date in one transaction. Raises CannotOpen when they are newer than this program."""
    ensure_not_newer(database)
    with database.writing() as db:
        one_at_a_time(db)
        command.upgrade(_config(db), to)


def downgrade(database: Database, to: str) -> None:
    with database.writing() as db:
        one_at_a_time(db)
        command.downgrade(_config(db), to)


def is_current(database: Database) -> bool:
    with database.reading() as db:
        return _there(db) == ScriptDirectory.from_config(_config(db)).get_current_head()


def ensure_not_newer(database: Database) -> None:
    database.check()
    with database.reading() as db:
        there = _there(db)
        known = {script.revision for script in ScriptDirectory.from_config(_config(db)).walk_revisions()}
    if there is not None and there not in known:
        raise CannotOpen(
            f"The database at {database.shown} was written by a newer version of Allied Pledges "
            f"(schema {there}). Start that version, or restore a backup made with this one."
        )


def _there(db: Connection) -> str | None:
    return MigrationContext.configure(db).get_current_revision()


def one_at_a_time(db: Connection) -> None:
    """Two programs that start on one database wait for each other. SQLite's writers do so anyway."""
    if db.dialect.name == "postgresql":
        db.execute(text("SET LOCAL statement_timeout = 0"))
        db.execute(text("SET LOCAL lock_timeout = 0"))  # it holds for this lock too
        db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _config(db: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(PLACE))
    config.attributes["connection"] = db
    return config
