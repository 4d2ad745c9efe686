"""What the API says no to: each a problem as RFC 9457 has it, whatever was sent, and never a failure of ours."""

import pytest
from structlog.testing import capture_logs

from app.main import create_app
from app.store.database import Busy, Full
from app.web.api import body
from app.web.api.problems import STATUSES, Refused
from tests.conftest import _copy, settings_of, signed_in
from tests.routes import programs
from tests.routes.programs import JSON, Program

DEEP = b"[" * 100_000 + b"]" * 100_000
UNREADABLE = {
    "nothing": b"",
    "blanks": b" \n",
    "no JSON": b"{title: 1}",
    "a piece": b'{"title": "x"',
    "two documents": b'{"a": 1} {"b": 2}',
    "NaN": b'{"title": NaN}',
    "Infinity": b'{"title": -Infinity}',
    "the same attribute twice": b'{"title": "a", "title": "b"}',
    "the same deep within": b'{"claims": [{"quantity": {"low": 1, "low": 2}}]}',
    "nested a hundred thousand deep": DEEP,
    "nested a little too deep": b"[" * 21 + b"]" * 21,
    "no UTF-8": b'{"title": "\xff\xfe"}',
    "UTF-16": '{"title": "x"}'.encode("utf-16"),
    "half of a sign": b'{"title": "\\ud800"}',
    "half of a sign as a name": b'{"\\udc00": 1}',
    "a number of ten thousand digits": b'{"title": ' + b"9" * 10_000 + b"}",
    "an exponent beyond all": b'{"title": 1e' + b"9" * 30 + b"}",
}


@pytest.fixture(scope="module")
def database(request, tmp_path_factory):
    """What cannot be read never comes to the database."""
    yield from _copy("sqlite", request, tmp_path_factory)


@pytest.fixture(scope="module")
def anna(app, guest) -> Program:
    return programs.of(app, "anna")


def ensure_problem(answer, status: int) -> dict:
    told = answer.json()
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert (told["status"], told["type"]) == (status, f"/api/docs#status-{status}")
    assert told["title"] and told["detail"]
    return told


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=list(UNREADABLE))
@pytest.mark.parametrize(("method", "address"), [("POST", "/pledges"), ("PUT", "/pledges"), ("PATCH", "/sources/1")])
def test_a_body_that_cannot_be_read_is_refused(anna, method, address, content):
    answer = anna.request(method, address, content=content, headers={"Content-Type": JSON, "If-Match": "*"})

    ensure_problem(answer, 400)


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "application/xml", "json"])
def test_a_body_of_another_kind_is_refused(anna, kind):
    answer = anna.post("/pledges", content=b'{"title": "x"}', headers={"Content-Type": kind})

    ensure_problem(answer, 415)
    assert JSON in answer.headers["accept"]


def test_a_body_that_comes_compressed_is_refused(anna):
    headers = {"Content-Type": JSON, "Content-Encoding": "gzip"}

    ensure_problem(anna.post("/pledges", content=b"\x1f\x8b", headers=headers), 415)


@pytest.mark.parametrize(
    "kind", [JSON, "application/json; charset=utf-8", "Application/JSON", "application/merge-patch+json"]
)
def test_json_is_read_by_any_of_its_names(anna, kind):
    answer = anna.post("/pledges", content=b"{}", headers={"Content-Type": kind})

    assert ensure_problem(answer, 422)["errors"]


def test_a_body_that_is_too_large_is_refused_and_a_batch_may_be_larger(anna):
    rows = b"[" + b'{"key": "k", "title": "' + b"x" * 2_000_000 + b'"}]'
    headers = {"Content-Type": JSON}

    ensure_problem(anna.post("/pledges", content=b" " * 1_100_000, headers=headers), 413)
    assert ensure_problem(anna.put("/pledges", content=rows, headers=headers), 422)["results"][0]["errors"]
    ensure_problem(anna.put("/pledges", content=b" " * 8_500_000, headers=headers), 413)


def test_numbers_of_json_keep_every_digit():
    assert str(body.read(b'{"a": 0.1000000000000000055}')["a"]) == "0.1000000000000000055"
    with pytest.raises(Refused):
        body.read(b"")


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("DELETE", "/pledges", "GET, POST, PUT"),
        ("POST", "/pledges/1", "DELETE, GET, PATCH, PUT"),
        ("POST", "/claims", "GET"),
        ("DELETE", "/donors/SE", "GET, PATCH, PUT"),
    ],
)
def test_an_address_says_what_it_takes(anna, method, address, allowed):
    answer = anna.request(method, address)

    ensure_problem(answer, 405)
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/pledges/999999",
        "/pledges/x",
        "/pledges/-1",
        "/donors/XX",
        "/sources/x",
        "/systems/no",
        "/api/v2/pledges",
    ],
)
def test_what_is_not_there_is_a_problem_too(anna, address):
    ensure_problem(anna.get(address), 404)


def test_an_address_that_is_too_long_is_a_problem_too(anna):
    ensure_problem(anna.get("/pledges?q=" + "x" * 9_000), 414)


def test_a_page_of_another_site_cannot_write_with_the_cookie_of_a_reader(app, anna):
    answer = signed_in(app, "anna").post(
        "/api/v1/pledges", json={"lead": "DE", "title": "x"}, headers={"Origin": "https://evil.example"}
    )

    ensure_problem(answer, 403)


@pytest.mark.parametrize(("error", "status"), [(Busy("x"), 503), (Full("x"), 507), (RuntimeError("x"), 500)])
def test_a_failure_is_told_as_a_problem_and_tells_nothing_of_us(database, monkeypatch, error, status):
    from app.routes.api import pledges

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(pledges.saving, "create", fail)
    app = create_app(settings_of(database), database)
    with capture_logs(), programs.of(app, "anna") as anna:
        answer = anna.post("/pledges", json={})

    told = ensure_problem(answer, status)
    assert ("retry-after" in answer.headers) == (status == 503)
    assert "Traceback" not in str(told) and "RuntimeError" not in str(told)


def test_every_status_is_explained(guest):
    page = guest.get("/api/docs").text

    assert all(says in page.replace("&#39;", "'") for says, _ in STATUSES.values())
