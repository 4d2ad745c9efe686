"""What is unsafe or missing in an installation, for whoever runs it."""

import os
from dataclasses import dataclass
from pathlib import Path

from app.settings import Settings
from app.store import accounts, schema
from app.store.database import WAL_FIXED, Database
from app.store.reference import Reference, load

LOOPBACK = ("127.0.0.1", "localhost", "::1")
ENOUGH = 256 * 1024 * 1024  # bytes free beside a SQLite file


@dataclass(frozen=True)
class Finding:
    well: bool
    line: str


def findings(database: Database, settings: Settings) -> list[Finding]:
    """The good ones too, so that it can be seen what was looked at."""
    found = _sqlite(database, settings) if database.is_sqlite else _postgres(database)
    found.append(_address(settings))
    if not schema.is_current(database):
        return [*found, Finding(False, "The tables are not up to date. Run: allied-pledges migrate")]
    with database.reading() as db:
        found += [Finding(True, "The tables are up to date."), *_records(load(db))]
    return [*found, *_admins(database, settings)]


def _sqlite(database: Database, settings: Settings) -> list[Finding]:
    with database.writer.connect() as db:
        version = db.exec_driver_sql("SELECT sqlite_version()").scalar_one()
        mode = db.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        broken = db.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        db.rollback()
    safe = ", ".join(".".join(map(str, one)) for one in WAL_FIXED)
    if mode == "wal":
        journal = Finding(True, f"SQLite {version} writes ahead to a log.")
    else:
        journal = Finding(False, f"SQLite {version} can lose data in WAL mode, so it runs without; safe are {safe}.")
    sound = Finding(broken == "ok", "The file is sound." if broken == "ok" else f"The file is damaged: {broken}")
    return [journal, sound, _folder((settings.sqlite_file or Path()).resolve().parent)]


def _folder(folder: Path) -> Finding:
    """SQLite keeps its log beside the file."""
    if not os.access(folder, os.W_OK):
        return Finding(False, f"The folder {folder} cannot be written.")
    state = os.statvfs(folder)
    free = state.f_bavail * state.f_frsize
    return Finding(free >= ENOUGH, f"The folder {folder} can be written; {free // 1024**2:,} MB are free.")


def _postgres(database: Database) -> list[Finding]:
    with database.writer.connect() as db:
        version = db.exec_driver_sql("SHOW server_version").scalar_one()
        encoding = db.exec_driver_sql("SHOW server_encoding").scalar_one()
        durable = db.exec_driver_sql("SELECT current_setting('fsync') || current_setting('synchronous_commit')")
        safe = durable.scalar_one() == "onon"
    return [
        Finding(int(version.split(".")[0]) >= 14, f"PostgreSQL {version}; 14 or later is asked for."),
        Finding(encoding == "UTF8", f"The encoding of the database is {encoding}."),
        Finding(safe, "Writes are synced to the disk." if safe else "fsync or synchronous_commit is off."),
    ]


def _address(settings: Settings) -> Finding:
    if settings.base_url:
        secure = settings.base_url.startswith("https://")
        return Finding(
            secure, f"BASE_URL is {settings.base_url}." + ("" if secure else " Readers should come by https.")
        )
    if settings.host in LOOPBACK:
        return Finding(True, "BASE_URL is not set; this machine alone is served.")
    return Finding(False, "BASE_URL is not set: citations and feeds carry whatever address a reader asked for.")


def _records(reference: Reference) -> list[Finding]:
    if not reference.records:
        return [Finding(False, "There are no pledges. Run: allied-pledges seed")]
    changed = f"{reference.changed_at:%Y-%m-%d %H:%M} UTC" if reference.changed_at else "never"
    return [Finding(True, f"{reference.records:,} pledges of {reference.giving:,} donors; last changed {changed}.")]


def _admins(database: Database, settings: Settings) -> list[Finding]:
    admins = accounts.admins(database)
    alone = not settings.base_url and settings.host in LOOPBACK
    if not admins:
        return [Finding(alone, "There is no admin. The start of serve prints a link for the first one.")]
    bare = [one.email for one in admins if one.totp_since is None]
    if bare and not alone:
        return [Finding(False, f"Admins without a second step: {', '.join(bare)}.")]
    return [Finding(True, f"Admins: {len(admins)}, {len(admins) - len(bare)} of them with a second step.")]
