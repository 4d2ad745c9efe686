"""Nothing changes because of a page that is not ours, whatever it sends."""

import pytest
from sqlalchemy import MetaData, func, select

from app.domain.account import Scope
from app.store import tokens
from tests import people
from tests.conftest import Guest, TestClient, _copy, signed_in
from tests.routes.test_rights import LEAST, address

OURS = "https://pledges.test"
ELSEWHERE = {
    "nothing at all": {},
    "another origin": {"Origin": "https://evil.test"},
    "no origin to speak of": {"Origin": "null"},
    "our name in theirs": {"Origin": "https://pledges.test.evil.test"},
    "our name without its scheme": {"Origin": "http://pledges.test"},
    "another port": {"Origin": "https://pledges.test:8443"},
    "cross-site": {"Sec-Fetch-Site": "cross-site"},
    "a sister site, with our origin": {"Sec-Fetch-Site": "same-site", "Origin": OURS},
    "cross-site, with our address": {"Sec-Fetch-Site": "cross-site", "Origin": OURS, "Referer": f"{OURS}/"},
}
CONTENT = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "application/json"]
UNSAFE = [one for one in LEAST if one[0] != "GET"]


@pytest.fixture(scope="module")
def database(request, tmp_path_factory):
    """What may be done does not depend on the database."""
    yield from _copy("sqlite", request, tmp_path_factory)


def everything(database):
    """How many rows each table has, and the counter of changes."""
    tables = MetaData()
    tables.reflect(database.reader)
    with database.reading() as db:
        return {
            name: db.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in tables.tables.items()
            if not name.startswith("pledge_search")
        }


@pytest.fixture
def browser_of(app, guest):
    """The browser of an admin, without the header that tests send by themselves."""
    client = TestClient(app, base_url=OURS)
    client.cookies.update(signed_in(app, "ada").cookies)
    return client


@pytest.mark.parametrize("headers", ELSEWHERE.values(), ids=ELSEWHERE)
def test_no_request_from_elsewhere_does_anything(browser_of, database, headers):
    before = everything(database)
    for (method, path), kind in ((one, kind) for one in UNSAFE for kind in CONTENT):
        answer = browser_of.request(method, address(path), content=b"name=x", headers={**headers, "Content-Type": kind})

        assert answer.status_code == 403, (method, path, kind)
        assert "not ours" in answer.text and "set-cookie" not in answer.headers
    assert everything(database) == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "QUERY", "post"])
def test_other_methods_are_looked_at_too(browser_of, method):
    assert browser_of.request(method, "/pledges/1", headers={"Origin": "https://evil.test"}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": OURS},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "HTTPS://pledges.test"},
    ],
)
def test_a_request_from_our_own_page_is_taken(browser_of, headers):
    answer = browser_of.post("/edit-mode", data={"on": "no", "back": "/"}, headers=headers, follow_redirects=False)

    assert answer.status_code == 303


def test_a_program_with_a_token_and_no_cookie_says_nothing_of_where_it_comes_from(app, guest, database):
    account = people.account_of(database, "anna")
    key = tokens.make(database, account, name="t", scope=Scope.WRITE, days=1)
    program = TestClient(app, base_url="http://pledges.test", headers={"Authorization": f"Bearer {key}"})

    assert "not ours" not in program.post("/edit-mode").text
    assert "not ours" in program.post("/edit-mode", headers={"Origin": "https://evil.test"}).text
    program.cookies.set("__Host-session", "anything")
    assert "not ours" in program.post("/edit-mode").text


def test_the_address_that_was_set_counts_and_not_the_one_that_was_asked_for(database):
    from app.main import create_app
    from app.settings import Settings

    settings = Settings(_env_file=None, database_url=database.url, base_url="https://pledges.example/")
    client = Guest(create_app(settings, database), base_url="http://10.0.0.7:8000")

    assert client.post("/sign-out", headers={"Origin": "http://10.0.0.7:8000"}).status_code == 403
    answer = client.post("/sign-out", headers={"Origin": "https://pledges.example"}, follow_redirects=False)
    assert answer.status_code == 303
