"""Who may ask for what: every route as every role. A route that is not in the table fails."""

import re

import pytest
from fastapi.routing import APIRoute

from tests.conftest import Guest, _copy, signed_in

GUEST, CONTRIBUTOR, EDITOR, ADMIN = range(4)
PEOPLE = {"guest": GUEST, "clara": CONTRIBUTOR, "anna": EDITOR, "ada": ADMIN}
# The least role that each route takes.
LEAST = {
    ("GET", "/"): GUEST,
    ("GET", "/charts/{name}"): GUEST,
    ("GET", "/charts/{name}.csv"): GUEST,
    ("GET", "/charts/{name}.json"): GUEST,
    ("GET", "/charts/{name}.png"): GUEST,
    ("GET", "/charts/{name}.svg"): GUEST,
    ("GET", "/dictionary"): GUEST,
    ("GET", "/donors"): GUEST,
    ("GET", "/donors/{code}"): GUEST,
    ("GET", "/events"): GUEST,
    ("GET", "/events/{slug}"): GUEST,
    ("GET", "/healthz"): GUEST,
    ("GET", "/method"): GUEST,
    ("GET", "/packages/{number}"): GUEST,
    ("GET", "/pledges"): GUEST,
    ("GET", "/pledges.csv"): GUEST,
    ("GET", "/pledges.xlsx"): GUEST,
    ("GET", "/pledges.json"): GUEST,
    ("GET", "/pledges.jsonl"): GUEST,
    ("GET", "/pledges.atom"): GUEST,
    ("GET", "/changes.atom"): GUEST,
    ("GET", "/dataset.zip"): GUEST,
    ("GET", "/pledges/{number}"): GUEST,
    ("GET", "/pledges/{number}/"): GUEST,
    ("GET", "/pledges/{number}@{version}"): GUEST,
    ("GET", "/pledges/{number}/cells/{name}"): GUEST,
    ("POST", "/pledges/{number}/cells/{name}"): EDITOR,
    ("GET", "/pledges/{number}/{kind}/new"): EDITOR,
    ("POST", "/pledges/{number}/{kind}"): EDITOR,
    ("GET", "/pledges/{number}/{kind}/{place}"): EDITOR,
    ("POST", "/pledges/{number}/{kind}/{place}"): EDITOR,
    **{
        (method, f"/{place}/{rest}"): EDITOR
        for place in ("sources", "events", "packages", "donors", "systems")
        for rest in ("new", "{name}/edit")
        for method in ("GET", "POST")
    },
    **{
        ("GET", f"/{place}/{{name}}/history"): GUEST for place in ("sources", "events", "packages", "donors", "systems")
    },
    ("GET", "/pledges/new"): EDITOR,
    ("POST", "/pledges"): EDITOR,
    ("GET", "/pledges/{number}/edit"): EDITOR,
    ("POST", "/pledges/{number}"): EDITOR,
    ("GET", "/pledges/{number}/history"): GUEST,
    ("POST", "/pledges/{number}/reverts"): EDITOR,
    ("GET", "/pledges/{number}/state"): EDITOR,
    ("POST", "/pledges/{number}/state"): EDITOR,
    ("GET", "/changes"): GUEST,
    ("GET", "/changes/{number}"): GUEST,
    ("POST", "/changes/{number}/patrol"): EDITOR,
    ("GET", "/changes/{number}/revert"): EDITOR,
    ("POST", "/changes/{number}/reverts"): EDITOR,
    ("GET", "/accounts/{number}/revert"): ADMIN,
    ("POST", "/accounts/{number}/reverts"): ADMIN,
    ("GET", "/choices/{kind}"): GUEST,
    ("GET", "/readings/{kind}"): GUEST,
    ("GET", "/pledges/{number}/suggest"): GUEST,
    ("POST", "/pledges/{number}/suggest"): GUEST,
    ("GET", "/suggestions/new"): GUEST,
    ("POST", "/suggestions/new"): GUEST,
    ("GET", "/suggestions/mine/{secret}"): GUEST,
    ("GET", "/suggestions"): CONTRIBUTOR,
    ("GET", "/suggestions/{number}"): CONTRIBUTOR,
    ("POST", "/suggestions/{number}"): EDITOR,
    ("GET", "/announcements/new"): EDITOR,
    ("POST", "/announcements/new"): EDITOR,
    ("GET", "/bulk"): EDITOR,
    ("POST", "/bulk"): EDITOR,
    ("GET", "/drafts"): EDITOR,
    ("GET", "/imports"): EDITOR,
    ("POST", "/imports"): ADMIN,
    ("GET", "/imports/names"): EDITOR,
    ("POST", "/imports/names"): EDITOR,
    ("GET", "/imports/{number}"): EDITOR,
    ("POST", "/imports/{number}/steps"): ADMIN,
    ("POST", "/imports/{number}/end"): ADMIN,
    **{("GET", f"/api/v1/{path}"): GUEST for path in ("claims", "milestones", "links", "totals", "changes")},
    ("GET", "/api/v1/pledges/{number}/history"): GUEST,
    ("GET", "/api/openapi.json"): GUEST,
    ("GET", "/api/docs"): GUEST,
    ("PUT", "/api/v1/pledges"): EDITOR,
    ("DELETE", "/api/v1/pledges/{number}"): EDITOR,
    **{
        (method, f"/api/v1/{path}"): GUEST if method == "GET" else EDITOR
        for place, by in (
            ("pledges", "number"),
            ("sources", "number"),
            ("packages", "number"),
            ("events", "slug"),
            ("systems", "slug"),
            ("donors", "code"),
        )
        for path, methods in ((place, ("GET", "POST")), (f"{place}/{{{by}}}", ("GET", "PUT", "PATCH")))
        for method in methods
    },
    ("GET", "/quality"): GUEST,
    ("GET", "/readyz"): GUEST,
    ("GET", "/robots.txt"): GUEST,
    ("GET", "/sources"): GUEST,
    ("GET", "/sources/{number}"): GUEST,
    ("GET", "/systems"): GUEST,
    ("GET", "/systems/{slug}"): GUEST,
    ("GET", "/sign-in"): GUEST,
    ("POST", "/sign-in"): GUEST,
    ("POST", "/sign-out"): GUEST,
    ("GET", "/invitations/{key}"): GUEST,
    ("POST", "/invitations/{key}"): GUEST,
    ("GET", "/confirm"): CONTRIBUTOR,
    ("POST", "/confirm"): CONTRIBUTOR,
    ("POST", "/edit-mode"): EDITOR,
    ("GET", "/account"): CONTRIBUTOR,
    ("POST", "/account/name"): CONTRIBUTOR,
    ("POST", "/account/password"): CONTRIBUTOR,
    ("POST", "/account/sessions/{number}/end"): CONTRIBUTOR,
    ("POST", "/account/sessions/end"): CONTRIBUTOR,
    ("GET", "/account/second-step"): CONTRIBUTOR,
    ("POST", "/account/second-step"): CONTRIBUTOR,
    ("POST", "/account/second-step/confirmation"): CONTRIBUTOR,
    ("POST", "/account/second-step/removal"): CONTRIBUTOR,
    ("POST", "/account/tokens"): CONTRIBUTOR,
    ("POST", "/account/tokens/{number}/end"): CONTRIBUTOR,
    ("GET", "/accounts"): ADMIN,
    ("GET", "/accounts/{number}"): ADMIN,
    ("POST", "/accounts/invitations"): ADMIN,
    ("POST", "/accounts/invitations/{number}/withdrawal"): ADMIN,
    ("POST", "/accounts/{number}/role"): ADMIN,
    ("POST", "/accounts/{number}/closing"): ADMIN,
    ("POST", "/accounts/{number}/reopening"): ADMIN,
    ("POST", "/accounts/{number}/reset-link"): ADMIN,
    ("POST", "/accounts/{number}/second-step/removal"): ADMIN,
}
# Nothing is at these, so that asking changes nothing of the cast.
NOWHERE = {"number": "999999", "version": "999999", "kind": "milestones", "name": "by-donor", "place": "1"}


@pytest.fixture(scope="module")
def database(request, tmp_path_factory):
    """What may be done does not depend on the database."""
    yield from _copy("sqlite", request, tmp_path_factory)


def routes(app) -> set[tuple[str, str]]:
    """Method and path of every route, those of included routers too."""
    found, waiting = set(), list(app.routes)
    while waiting:
        route = waiting.pop()
        if isinstance(route, APIRoute):
            found |= {(method, route.path) for method in route.methods - {"HEAD"}}
        waiting += getattr(getattr(route, "original_router", None), "routes", [])
    return found


def browser(app, person: str) -> Guest:
    """Signed in anew each time, since some of the routes end that."""
    return Guest(app, base_url="https://pledges.test") if person == "guest" else signed_in(app, person)


def address(path: str) -> str:
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda hole: NOWHERE.get(hole[1], "nowhere"), path)


def test_every_route_says_who_may_ask_for_it(app):
    assert routes(app) == set(LEAST)
    assert len(LEAST) > 40


@pytest.mark.parametrize(("person", "role"), PEOPLE.items())
@pytest.mark.parametrize(("method", "path"), LEAST, ids=lambda value: str(value))
def test_a_route_takes_those_who_may_and_nobody_else(app, guest, method, path, person, role):
    status = browser(app, person).request(method, address(path), follow_redirects=False).status_code

    if role >= LEAST[method, path]:
        assert status not in (401, 403, 405, 500)
    else:
        assert status == (401 if role == GUEST else 403)


@pytest.mark.parametrize(("method", "path"), [one for one in LEAST if LEAST[one] > GUEST], ids=lambda value: str(value))
@pytest.mark.parametrize("content", [b"\xff\x00", b"a=%00", b"{", b"unknown=1&id=1&role=admin&password_hash=x"])
def test_what_was_sent_is_read_only_from_those_who_may(guest, clara, method, path, content):
    told = {"Content-Type": "application/x-www-form-urlencoded"}
    refused = [guest.request(method, f"{address(path).replace('999999', 'x')}", content=content, headers=told)]
    if LEAST[method, path] > CONTRIBUTOR:
        refused.append(clara.request(method, address(path), content=content, headers=told))

    assert [one.status_code for one in refused] == [401, 403][: len(refused)]
