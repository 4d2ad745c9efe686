"""A file read in from the command line: looked at and written in one go."""

import getpass
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.domain.import_run import Outcome
from app.formats import IMPORTERS
from app.formats.book import LARGEST_FILE, TOO_LARGE
from app.formats.row import Unreadable
from app.importing import examining, printed, staging
from app.importing.job import BUSY
from app.importing.writing import Outdated, write
from app.store import import_runs
from app.store.database import Busy, Database, Full
from app.store.history import Act
from app.store.reference import load

TRIES = 3
REFUSED_ROWS = (
    "Rows of the file are refused, and each may be a line that seems to be missing. Mend them first; --dry-run says "
    "why each is refused. Without --set-aside the file can be read in as it is."
)


class CannotImport(Exception):
    """One line for whoever started it; nothing was stored."""


def take(
    database: Database,
    seed: Path,
    file: Path,
    importer: str,
    release: str,
    *,
    dry_run: bool,
    set_aside: bool,
    told: Callable[[int, int], None],
) -> list[str]:
    """What to say of it. Raises CannotImport."""
    try:
        if not file.is_file():
            raise CannotImport(f"{file} is no file.")
        if file.stat().st_size > LARGEST_FILE:
            raise Unreadable(TOO_LARGE)
        body = file.read_bytes()
        release = release or examining.release_of(file.name)
        if importer and importer not in IMPORTERS:
            raise CannotImport(f"There is no importer “{importer}”. There are: {', '.join(IMPORTERS)}.")
        with database.reading() as db:
            same = examining.read_before(db, load(db), seed, examining.digest(body), release)
        if same is not None:
            return [f"This very file was read before, as import {same}: 0 rows, 0 revisions."]
        return _taken(database, seed, file, body, importer, release, told, dry_run=dry_run, set_aside=set_aside)
    except OSError as error:
        raise CannotImport(f"Cannot read {file}: {error.strerror}.") from error
    except Unreadable as error:
        raise CannotImport(error.said(str)) from error
    except Busy as error:
        raise CannotImport(BUSY) from error
    except Full as error:
        raise CannotImport(f"{error} Nothing was stored.") from error


def _taken(
    database: Database,
    seed: Path,
    file: Path,
    body: bytes,
    importer: str,
    release: str,
    told: Callable[[int, int], None],
    *,
    dry_run: bool,
    set_aside: bool,
) -> list[str]:
    began = time.monotonic()
    for last in range(TRIES - 1, -1, -1):
        examined = examining.examine(database, seed, body, importer, release, told)
        looked = time.monotonic()
        lines = list(printed.lines(examined))
        if set_aside and examined.plan.counts()[Outcome.REFUSED]:
            raise CannotImport(REFUSED_ROWS)
        if dry_run:
            return [*lines, f"Looked at in {looked - began:.1f} s. Nothing was written."]
        with suppress(Outdated):
            upload = _upload(file, body, importer, examined)
            act = Act(author=upload.author, comment=upload.told, origin="import")
            change = write(database, examined.plan, upload, act, set_aside=set_aside)
            seconds = f"Looked at in {looked - began:.1f} s, written in {time.monotonic() - looked:.1f} s"
            return [*lines, f"{seconds}, as change {change}." if change else f"{seconds}: 0 rows, 0 revisions."]
        if not last:
            break
    raise CannotImport(BUSY)


def _upload(file: Path, body: bytes, importer: str, examined: examining.Examined) -> import_runs.Upload:
    label = examined.plan.label
    return import_runs.Upload(
        name=file.name,
        digest=examining.digest(body),
        body=body,
        importer=importer,
        dataset=label.dataset,
        release=label.release,
        until=label.until,
        known=examined.known,
        summary=staging.summary(examined),
        author=_author(),
    )


def _author() -> str:
    """Whoever started the command, as the machine knows them."""
    try:
        return f"{getpass.getuser()} (command line)"
    except (KeyError, OSError):
        return "command line"
