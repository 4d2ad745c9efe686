"""Databases, clients and browsers. No fixture here skips: what is missing fails with a sentence."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from app.formats import seed_folder
from app.settings import Settings
from app.store import schema, seeding
from app.store.database import Database
from app.store.reference import load
from tests import chromium, owed, people, postgres

ROOT = Path(__file__).parents[1]
KINDS = ("sqlite", "postgresql")


def pytest_configure(config):
    """The settings of whoever runs the tests are none of theirs."""
    for name in Settings.model_fields:
        os.environ.pop(name.upper(), None)


# Of the tests over HTTP those that run on PostgreSQL even in a hurry; with EVERY_DATABASE=1 in the environment all do.
# What the store does is always tried on both.
BOTH = ("test_pages.py", "test_cells.py", "test_bulk.py", "test_api_writing.py", "test_changes.py", "test_downloads.py")


def pytest_collection_modifyitems(config, items):
    if os.environ.get("EVERY_DATABASE") == "1":
        return
    left = {one for one in items if _over_http(one) and "[postgresql" in one.name and one.path.name not in BOTH}
    items[:] = [one for one in items if one not in left]
    config.hook.pytest_deselected(items=list(left))


def _over_http(item) -> bool:
    return item.path.parent in (ROOT / "tests" / "routes", ROOT / "tests" / "web")


@pytest.fixture(scope="session")
def seed():
    """The records of the seed, as domain values."""
    return seed_folder.read(ROOT / "seed")


@pytest.fixture(scope="session")
def seeded_file(seed, tmp_path_factory) -> Path:
    """A SQLite file with the seed in it, to be copied."""
    file = tmp_path_factory.mktemp("seeded") / "seeded.sqlite"
    database = Database(f"sqlite:///{file}")
    schema.upgrade(database)
    seeding.plant(database, seed)
    database.close()  # the last to close brings all that was written into the one file
    assert not file.with_name(f"{file.name}-wal").exists()
    return file


@pytest.fixture
def seeded_copy(seeded_file, tmp_path) -> Path:
    """A SQLite file with the seed in it, for one test."""
    return Path(shutil.copy(seeded_file, tmp_path / "pledges.sqlite"))


@pytest.fixture(scope="session")
def server_of_postgres() -> Iterator[str]:
    with postgres.running() as address:
        yield address


@pytest.fixture(scope="session")
def seeded_template(seed, server_of_postgres) -> Iterator[str]:
    """The name of a PostgreSQL database with the seed in it, to be copied."""
    with _made_in_postgres(server_of_postgres) as database:
        schema.upgrade(database)
        seeding.plant(database, seed)
        database.close()
        yield database.writer.url.database


class _made_in_postgres:
    """A database for the time of a block, empty or a copy."""

    def __init__(self, server: str, template: str = "template0") -> None:
        self.server, self.template, self.name = server, template, f"pledges_{uuid4().hex[:12]}"

    def __enter__(self) -> Database:
        postgres.run(self.server, f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}" STRATEGY FILE_COPY')
        self.database = Database(postgres.at(self.server, self.name))
        return self.database

    def __exit__(self, *_: object) -> None:
        self.database.close()
        postgres.run(self.server, f'DROP DATABASE "{self.name}" WITH (FORCE)')


def _copy(kind: str, request, tmp_path_factory) -> Iterator[Database]:
    """A database of that kind with the seed in it."""
    if kind == "sqlite":
        file = tmp_path_factory.mktemp("copy") / "pledges.sqlite"
        shutil.copy(request.getfixturevalue("seeded_file"), file)
        database = Database(f"sqlite:///{file}")
        yield database
        database.close()
    else:
        server, template = (request.getfixturevalue(name) for name in ("server_of_postgres", "seeded_template"))
        with _made_in_postgres(server, template) as database:
            yield database


@pytest.fixture(scope="module", params=KINDS)
def database(request, tmp_path_factory) -> Iterator[Database]:
    """The seed on each kind of database, shared by the tests of a file: for those that only read."""
    yield from _copy(request.param, request, tmp_path_factory)


@pytest.fixture(params=KINDS)
def own_database(request, tmp_path_factory) -> Iterator[Database]:
    """The seed on each kind of database, for one test that writes."""
    yield from _copy(request.param, request, tmp_path_factory)


@pytest.fixture(params=KINDS)
def empty_database(request, tmp_path) -> Iterator[Database]:
    """Nothing, not even tables, on each kind of database."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path}/empty.sqlite")
        yield database
        database.close()
    else:
        with _made_in_postgres(request.getfixturevalue("server_of_postgres")) as database:
            yield database


@pytest.fixture(scope="module")
def reference(database):
    with database.reading() as db:
        return load(db)


@pytest.fixture
def db(database):
    with database.reading() as connection:
        yield connection


# ---- the app in this process


class Guest(TestClient):
    """A reader without an account. Every page it is shown must give what every page owes. Like a browser it says where
    a form comes from: ours, unless the test says otherwise."""

    def __init__(self, app, base_url="http://pledges.test") -> None:
        super().__init__(app, base_url=base_url)
        self.links: set[str] = set()

    def request(self, method, url, **options):
        headers = dict(options.pop("headers", None) or {})
        if method.upper() not in ("GET", "HEAD") and not {"origin", "sec-fetch-site"} & {
            one.lower() for one in headers
        }:
            headers["Origin"] = str(self.base_url).rstrip("/")
        answer = super().request(method, url, headers=headers, **options)
        if answer.headers.get("content-type", "").startswith("text/html"):
            fragment = answer.request.headers.get("hx-request-type") == "partial" and "<html" not in answer.text
            faults = owed.faults_of(answer.text, whole=not fragment)
            faults += owed.faults_of_headers(answer.headers, status=answer.status_code)
            assert not faults, f"{answer.request.method} {answer.request.url} owes: {'; '.join(faults)}"
            self.links |= owed.Page(answer.text).links(str(answer.request.url))
        return answer


def settings_of(database: Database, **more) -> Settings:
    """Without limits on how often somebody asks or saves."""
    return Settings(_env_file=None, database_url=database.url, writes_a_minute=0, api_reads_a_minute=0, **more)


@pytest.fixture(scope="module")
def app(database):
    from app.main import create_app

    return create_app(settings_of(database), database)


@pytest.fixture(scope="module")
def guest(app) -> Iterator[Guest]:
    with Guest(app) as client:
        yield client


def signed_in(app, person: str) -> Guest:
    """One of the cast, by https, in a browser that is signed in."""
    client = Guest(app, base_url="https://pledges.test")
    client.cookies.set("__Host-session", people.key_of(app.state.database, person), domain="pledges.test")
    return client


@pytest.fixture(scope="module")
def anna(app, guest) -> Guest:
    """An editor. `guest` keeps the app running."""
    return signed_in(app, "anna")


@pytest.fixture(scope="module")
def ben(app, guest) -> Guest:
    """Another editor."""
    return signed_in(app, "ben")


@pytest.fixture(scope="module")
def clara(app, guest) -> Guest:
    """A contributor."""
    return signed_in(app, "clara")


@pytest.fixture(scope="module")
def ada(app, guest) -> Guest:
    """An admin, with a second step."""
    return signed_in(app, "ada")


# ---- the app as it is run, and browsers


@dataclass(frozen=True)
class Served:
    """A real server: where it is, where its records are, and the link for the first admin."""

    address: str
    database_url: str
    link: str


@contextmanager
def serving(seeded_file: Path, folder: Path) -> Iterator[Served]:
    """A real server on a seeded SQLite file of its own."""
    shutil.copy(seeded_file, folder / "pledges.sqlite")
    url = f"sqlite:///{folder}/pledges.sqlite"
    settings = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(ROOT), "WRITES_A_MINUTE": "0"}
    settings["API_READS_A_MINUTE"] = "0"
    command = [sys.executable, "-m", "app", "serve", "--port", "0"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=settings, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        line = process.stdout.readline()
        assert "http://" in line, (folder / "log").read_text()
        yield Served(line.split()[-1], url, process.stdout.readline().split()[-1])
    finally:
        process.terminate()
        process.wait(15)
        process.stdout.close()


@pytest.fixture(scope="session")
def served(seeded_file, tmp_path_factory) -> Iterator[Served]:
    with serving(seeded_file, tmp_path_factory.mktemp("server")) as one:
        yield one


@pytest.fixture(scope="session")
def server(served) -> str:
    """The address of a real server on a seeded SQLite file of its own."""
    return served.address


@pytest.fixture
def enters(served):
    """Signs a page in: `enters(page, "anna")`."""

    def enter(page, person: str) -> None:
        database = Database(served.database_url)
        try:
            key = people.key_of(database, person)
        finally:
            database.close()
        page.context.add_cookies([{"name": "session", "value": key, "url": served.address, "sameSite": "Lax"}])

    return enter


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    place = chromium.found()
    assert place, chromium.MISSING
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=place, chromium_sandbox=False, args=chromium.FLAGS)
        yield launched
        launched.close()


def _page(browser, server, **settings):
    context = browser.new_context(base_url=server, viewport={"width": 1440, "height": 900}, locale="en-GB", **settings)
    context.set_default_timeout(10_000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: "Content Security Policy" in said.text and faults.append(said.text))
    page.on("request", lambda asked: asked.url.startswith(("http:", "https:")) and _ours(asked.url, server, faults))
    yield page
    context.close()
    assert not faults, faults


def _ours(url: str, server: str, faults: list[str]) -> None:
    if not url.startswith(server):
        faults.append(f"A page asked another host: {url}")


@pytest.fixture
def page(browser, server):
    """A browser of 1440 x 900. Errors of scripts, breaches of the policy and calls to other hosts fail the test."""
    yield from _page(browser, server)


@pytest.fixture
def page_without_scripts(browser, server):
    yield from _page(browser, server, java_script_enabled=False)
