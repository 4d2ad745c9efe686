"""The real server on each kind of database, and an editor who is signed in. How much is done stands in the environment:
STRESS_ROUNDS (200 in earnest), STRESS_WRITERS (50), STRESS_SECONDS (60)."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.account import Role
from app.store import accounts, sessions
from app.store.database import Database
from tests.stress.writers import Writers

ROOT = Path(__file__).parents[2]
ROUNDS, WRITERS, SECONDS = (
    int(os.environ.get(name, few)) for name, few in (("STRESS_ROUNDS", 2), ("STRESS_WRITERS", 8), ("STRESS_SECONDS", 1))
)


@contextmanager
def served(database: Database, folder: Path) -> Iterator[str]:
    """The address of a server on that database, without a limit of how much one account may save."""
    settings = {**os.environ, "DATABASE_URL": database.url, "WRITES_A_MINUTE": "0", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "app", "serve", "--port", "0"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=settings, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        line = process.stdout.readline()
        assert "http://" in line, (folder / "log").read_text()
        yield line.split()[-1]
    finally:
        process.terminate()
        process.wait(15)
        process.stdout.close()
        assert "is locked" not in (folder / "log").read_text()


@pytest.fixture
def writers(own_database, tmp_path) -> Iterator[Writers]:
    """Editors who are signed in at a server on a seeded database of its own."""
    account = accounts.open_account(
        own_database, email="anna@pledges.example", name="Anna", role=Role.EDITOR, password_hash=""
    )
    key = sessions.begin(own_database, account, "stress")
    with served(own_database, tmp_path) as address:
        yield Writers(address, {"session": key})


@pytest.fixture
def scratch(empty_database) -> Iterator[Database]:
    """Five rows with a version, on a database that as many threads may use as there are writers."""
    database = Database(empty_database.url, pool=WRITERS)
    with database.writing() as db:
        db.execute(text("CREATE TABLE scratch (id INTEGER PRIMARY KEY, version INTEGER NOT NULL)"))
        db.execute(text("INSERT INTO scratch VALUES (1, 1), (2, 1), (3, 1), (4, 1), (5, 1)"))
    yield database
    database.close()
