"""What a reader is told when something breaks: that, and a code; never how it looks inside."""

import re

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.store.database import Database
from app.web import render

PAGES = ["/", "/pledges", "/donors/DE", "/pledges/1", "/charts/by-donor", "/pledges.csv", "/sources"]
INSIDE = re.compile(r"Traceback|File \"|sqlalchemy|psycopg|sqlite|SELECT|/app/|\.py", re.IGNORECASE)


@pytest.fixture
def nobody_home(tmp_path):
    """A reader of a database whose file cannot be opened."""
    database = Database(f"sqlite:///{tmp_path}/missing/none.sqlite")
    (tmp_path / "missing").rmdir()
    app = create_app(Settings(_env_file=None, database_url=database.url), database)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_a_database_that_does_not_answer_is_told_in_a_sentence_with_a_time_to_come_back(nobody_home, path):
    answer = nobody_home.get(path)

    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert answer.text.startswith("The records cannot be read just now. Nothing is lost.")
    assert not INSIDE.search(answer.text)


def test_without_its_database_the_app_lives_and_is_not_ready(nobody_home):
    assert nobody_home.get("/healthz").status_code == 200
    ready = nobody_home.get("/readyz")

    assert ready.status_code == 503 and ready.json() == {"ready": False}
    assert ready.headers["retry-after"]


def test_what_needs_no_records_is_still_served(nobody_home):
    assert nobody_home.get("/static/img/mark.svg").status_code == 200
    assert nobody_home.get("/robots.txt").status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_a_failure_is_told_with_a_code_and_without_its_inside(unlucky, monkeypatch, path):
    def broken(*_, **__):
        raise RuntimeError("SELECT secret FROM /app/web/render.py")

    monkeypatch.setattr(render.Environment, "get_template", broken)
    monkeypatch.setattr("app.web.orders.order", broken)
    answer = unlucky.get(path)

    assert answer.status_code == 500
    assert re.search(r"under the code [0-9a-f]{8}\.", answer.text)
    assert not INSIDE.search(answer.text)
    assert "content-security-policy" in answer.headers


def test_a_database_without_its_tables_is_no_crash(unlucky):
    with unlucky.database.writing() as db:
        db.execute(text("ALTER TABLE pledge RENAME TO gone"))

    answer = unlucky.get("/pledges")
    assert answer.status_code in (500, 503)
    assert not INSIDE.search(answer.text)
    assert unlucky.get("/healthz").status_code == 200


def test_after_the_database_has_come_back_pages_are_served_again(tmp_path, seeded_file):
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "pledges.sqlite").write_bytes(seeded_file.read_bytes())
    database = Database(f"sqlite:///{folder}/pledges.sqlite")
    app = create_app(Settings(_env_file=None, database_url=database.url), database)
    with TestClient(app, raise_server_exceptions=False) as client:
        assert client.get("/pledges").status_code == 200
        database.close()
        folder.rename(tmp_path / "away")
        assert client.get("/pledges").status_code == 503
        (tmp_path / "away").rename(folder)
        assert client.get("/pledges").status_code == 200


def test_health_and_readiness(guest):
    assert guest.get("/healthz").status_code == 200
    ready = guest.get("/readyz")

    assert ready.status_code == 200 and ready.json()["ready"] is True and ready.json()["changes"] >= 1
    assert ready.headers["cache-control"] == "no-store"


def test_robots_are_asked_to_read_records_and_not_combinations(guest):
    told = guest.get("/robots.txt")

    assert told.headers["content-type"].startswith("text/plain")
    assert told.text.splitlines()[0] == "User-agent: *"
    assert "Disallow: /pledges?" in told.text and "Disallow: /\n" not in told.text
    assert '<meta name="robots" content="noindex, nofollow">' in guest.get("/pledges?donor=DE").text
    assert 'name="robots"' not in guest.get("/pledges").text
