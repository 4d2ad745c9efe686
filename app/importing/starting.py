"""A process of its own for the work on a reading, so that no reader waits for it."""

import os
import subprocess  # nosec B404
import sys
import threading
from contextlib import suppress

import structlog

from app.importing import job
from app.store.database import Busy, Database, Full

log = structlog.get_logger()
TRIES = 3


def start(database: Database, number: int) -> None:
    """Returns at once. When the process ends without having finished, that is written down."""
    command = [sys.executable, "-m", "app", "import-run", str(number)]
    surroundings = os.environ | {"DATABASE_URL": database.url, "DATABASE_READ_URL": ""}
    # No shell, and nothing that a person typed.
    process = subprocess.Popen(  # nosec B603
        command, env=surroundings, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    threading.Thread(target=_watch, args=(process, database, number), daemon=True).start()


def _watch(process: subprocess.Popen[bytes], database: Database, number: int) -> None:
    _, errors = process.communicate()
    if process.returncode == 0:
        return
    log.error("import stopped", run=number, exit=process.returncode, said=errors.decode(errors="replace")[-2000:])
    for _ in range(TRIES):
        with suppress(Busy, Full):
            job.fall_back(database, number, job.STOPPED)
            return
