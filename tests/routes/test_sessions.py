"""Signing in and out: who gets in, for how long, and that nothing typed is lost on the way."""

import re
from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest
from sqlalchemy import select, update

from app.domain.account import Scope
from app.main import create_app
from app.settings import Settings
from app.store import accounts, sessions, tokens
from app.store.columns import core
from app.store.tables import Attempt, Session
from tests import people
from tests.conftest import Guest, signed_in
from tests.owed import Page
from tests.routes.reading import words

OURS = "https://pledges.test"


@pytest.fixture
def own_app(own_database):
    return create_app(Settings(_env_file=None, database_url=own_database.url, writes_a_minute=0), own_database)


@pytest.fixture
def stranger(own_app):
    """Somebody by https who has not signed in yet; anna and ada have accounts."""
    for person in ("anna", "ada"):
        people.account_of(own_app.state.database, person)
    return Guest(own_app, base_url=OURS)


def enter(client, person="anna", password=people.PASSWORD, **more):
    fields = {"email": people.email_of(person), "password": password} | more
    return client.post("/sign-in", data=fields, follow_redirects=False)


def fields_of(html: str, action: str) -> dict[str, str]:
    """The hidden fields of a form."""
    form = next(one for one in Page(html).all("form") if one["action"] == action)
    return {one["name"]: one["value"] for one in form.walk() if one["type"] == "hidden"}


def test_who_knows_the_password_gets_in_under_a_cookie_that_others_cannot_read(stranger):
    answer = enter(stranger)
    cookie = answer.headers["set-cookie"]

    assert answer.status_code == 303 and answer.headers["location"] == "/"
    assert re.match(r"__Host-session=[\w-]{43}; ", cookie)
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax", "Max-Age=604800"} == set(cookie.split("; ")[1:])
    assert "Anna Lind" in stranger.get("/account").text


def test_on_this_machine_alone_plain_http_will_do(own_app, stranger):
    here = Guest(own_app, base_url="http://127.0.0.1:8000")
    cookie = enter(here).headers["set-cookie"]

    assert cookie.startswith("session=") and "Secure" not in cookie and "HttpOnly" in cookie
    assert here.get("/account").status_code == 200


def test_elsewhere_nobody_signs_in_by_plain_http(own_app, stranger):
    outside = Guest(own_app, base_url="http://pledges.test")

    assert enter(outside).status_code == 403
    assert "others could read the password" in enter(outside).text
    assert "Nobody can sign in at this address" in outside.get("/sign-in").text
    outside.cookies.set("session", people.key_of(own_app.state.database, "anna"), domain="pledges.test")
    assert outside.get("/account").status_code == 401


@pytest.mark.parametrize(
    ("person", "password"),
    [("anna", "wrong"), ("nobody", people.PASSWORD), ("anna", ""), ("anna", "x" * 5000), ("ada", people.PASSWORD)],
)
def test_known_and_unknown_differ_by_no_word(stranger, person, password):
    """Of ada the password is right, and the second step is missing."""
    answer = enter(stranger, person, password)
    told = words(answer.text, "<main").replace(people.email_of(person), "")

    assert answer.status_code == 422 and "set-cookie" not in answer.headers
    assert told.startswith("Sign in You are not signed in The e-mail address, the password or the code is not right.")
    assert told == words(enter(stranger, "nobody", "other").text, "<main")


def test_a_closed_account_is_one_that_is_not_there(stranger, own_database):
    accounts.close(own_database, people.account_of(own_database, "anna"))

    assert enter(stranger).status_code == 422


def test_known_and_unknown_take_the_same_time(stranger, own_database):
    def taken(person):
        begun = perf_counter()
        enter(stranger, person, "not the password")
        return perf_counter() - begun

    times = {"anna": [], "nobody": []}
    for _ in range(9):
        for person in times:
            times[person].append(taken(person))
        with own_database.writing() as db:
            db.execute(core(Attempt).delete())
    known, unknown = (median(one) for one in times.values())

    assert abs(known - unknown) < max(0.010, 0.25 * max(known, unknown)), (known, unknown)


def test_the_twenty_first_try_is_refused_whoever_asks_and_anna_stays_signed_in(own_app, stranger):
    anna = signed_in(own_app, "anna")
    for number in range(20):
        assert enter(stranger, password=f"guess {number}").status_code == 422
    forged = {"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    for headers in ({}, forged):
        fields = {"email": people.email_of("anna"), "password": people.PASSWORD}
        answer = stranger.post("/sign-in", data=fields, headers=headers)

        assert answer.status_code == 429 and 3500 < int(answer.headers["retry-after"]) <= 3600
    assert anna.get("/account").status_code == 200
    assert enter(stranger, "nobody", "x").status_code == 429  # the address is counted too


def test_signing_in_leaves_the_old_key_dead(stranger):
    enter(stranger)
    old = dict(stranger.cookies)
    enter(stranger)

    assert dict(stranger.cookies) != old
    assert (
        Guest(stranger.app, base_url=OURS)
        .get("/account", headers={"Cookie": f"__Host-session={old['__Host-session']}"})
        .status_code
        == 401
    )


def test_sign_out_ends_it_at_once_and_is_no_link(stranger):
    enter(stranger)
    key = stranger.cookies["__Host-session"]
    assert stranger.get("/sign-out").status_code == 405
    answer = stranger.post("/sign-out", follow_redirects=False)

    assert answer.headers["location"] == "/" and "Max-Age=0" in answer.headers["set-cookie"]
    assert stranger.get("/account", headers={"Cookie": f"__Host-session={key}"}).status_code == 401


@pytest.mark.parametrize(("column", "span"), [("seen_at", timedelta(hours=8)), ("created_at", timedelta(days=7))])
def test_a_sign_in_ends_by_itself(own_app, stranger, own_database, column, span):
    anna = signed_in(own_app, "anna")
    assert anna.get("/account").status_code == 200
    with own_database.writing() as db:
        table = core(Session)
        at = db.execute(select(table.c[column])).scalars().first()
        db.execute(update(table).values({column: at - span}))

    assert anna.get("/account").status_code == 401


def test_that_somebody_was_seen_is_written_once_in_minutes(own_app, stranger, own_database):
    anna, table = signed_in(own_app, "anna"), core(Session)

    def seen():
        with own_database.reading() as db:
            return db.execute(select(table.c.seen_at)).scalar_one()

    at = seen()
    with own_database.writing() as db:
        db.execute(update(table).values(seen_at=at - timedelta(minutes=4)))
    anna.get("/account")
    assert seen() == at - timedelta(minutes=4)
    with own_database.writing() as db:
        db.execute(update(table).values(seen_at=at - timedelta(minutes=6)))
    anna.get("/account")
    assert seen() >= at


@pytest.mark.parametrize("onward", ["/pledges?donor=DE&q=a%20b", "/account", "/"])
def test_after_signing_in_one_is_where_one_wanted_to_be(stranger, onward):
    assert enter(stranger, next=onward).headers["location"] == onward


@pytest.mark.parametrize(
    "onward",
    [
        "//evil.test",
        "https://evil.test/",
        "/\\evil.test",
        "\\\\evil.test",
        "/\t/evil.test",
        "javascript:alert(1)",
        "evil.test",
    ]
    + [
        "///evil.test",
        "http:evil.test",
        "/ /evil.test",
        "",
        "/%0d%0aSet-Cookie:x\r\nSet-Cookie: x=1",
        "\u2028//evil.test",
    ],
)
def test_nobody_is_sent_to_another_site(stranger, onward):
    assert enter(stranger, next=onward).headers["location"] == "/"
    back = stranger.post("/edit-mode", data={"on": "yes", "back": onward}, follow_redirects=False)
    assert back.headers["location"] == "/"


def test_no_answer_repeats_a_forged_host(stranger):
    for path in ("/sign-in", "/account", "/sign-in?next=//evil.test"):
        answer = stranger.get(path, headers={"Host": "evil.test"}, follow_redirects=False)
        links = Page(answer.text).all("a", "form")
        assert not any("evil.test" in one["href"] + one["action"] for one in links)
        assert "evil" not in answer.headers.get("location", "")


def test_what_was_typed_survives_a_sign_in_that_has_ended(stranger):
    typed = {"name": 'Anna "Ä" <b>Lind</b>', "password": "never", "new_password": "never", "one_time_code": "never"}
    asked = stranger.post("/account/name?x=1", data=typed)
    kept = fields_of(asked.text, "/sign-in")

    assert asked.status_code == 401 and "never" not in asked.text
    assert kept == {"next": "/", "kept_to": "/account/name?x=1", "kept.name": typed["name"]}
    missed = enter(stranger, password="wrong", **kept)
    assert fields_of(missed.text, "/sign-in") == kept
    resumed = enter(stranger, **kept)
    assert "You are signed in again" in words(resumed.text) and typed["name"] in words(resumed.text)
    sent = fields_of(resumed.text, "/account/name?x=1")
    assert sent == {"name": typed["name"]}
    stranger.post("/account/name", data=sent)
    assert typed["name"] in words(stranger.get("/account").text)


def test_htmx_is_given_the_same_form_alone(stranger):
    answer = stranger.post("/account/name", data={"name": "Anna"}, headers={"HX-Request-Type": "partial"})

    assert answer.status_code == 401 and "<html" not in answer.text
    assert fields_of(answer.text, "/sign-in")["kept.name"] == "Anna"
    assert "hx-" not in answer.text


@pytest.mark.parametrize("to", ["//evil.test", "https://evil.test", "/\\evil.test"])
def test_what_was_kept_is_never_sent_to_another_site(stranger, to):
    answer = enter(stranger, kept_to=to, **{"kept.name": "x"})

    assert answer.status_code == 303 and answer.headers["location"] == "/"


def test_what_cannot_be_taken_back_asks_for_the_password_again(own_app, stranger, own_database):
    anna = signed_in(own_app, "anna")
    with own_database.writing() as db:
        at = db.execute(select(core(Session).c.confirmed_at)).scalars().first()
        db.execute(update(core(Session)).values(confirmed_at=at - timedelta(minutes=11)))
    asked = anna.post("/account/tokens", data={"token_name": "night", "scope": "read", "days": "9"})
    kept = fields_of(asked.text, "/confirm")

    assert asked.status_code == 403 and kept["kept.token_name"] == "night"
    assert anna.post("/confirm", data=kept | {"password": "wrong"}).status_code == 422
    old = anna.cookies["__Host-session"]
    resumed = anna.post("/confirm", data=kept | {"password": people.PASSWORD})
    assert anna.cookies["__Host-session"] != old
    made = anna.post("/account/tokens", data=fields_of(resumed.text, "/account/tokens"))
    assert "ap_" in words(made.text)


@pytest.mark.parametrize(
    "path", ["/", "/pledges", "/pledges.csv", "/account", "/healthz", "/nowhere", "/charts/by-donor.svg"]
)
def test_what_somebody_signed_in_is_shown_is_stored_nowhere(anna, path):
    assert anna.get(path).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/sign-in", "/account", "/accounts", "/invitations/x"])
def test_pages_on_people_are_stored_nowhere(guest, path):
    assert guest.get(path).headers["cache-control"] == "no-store"


def test_static_files_are_stored_by_everybody(anna):
    assert "no-store" not in anna.get("/static/img/mark.svg").headers["cache-control"]


def test_a_token_counts_as_its_account_within_its_scope(own_app, stranger, own_database):
    number = people.account_of(own_database, "ada")
    status = {}
    for scope in Scope:
        key = tokens.make(own_database, number, name="t", scope=scope, days=1)
        program = Guest(own_app, base_url="http://pledges.test")
        program.headers["Authorization"] = f"Bearer {key}"
        withdrawal = program.post("/accounts/invitations/999999/withdrawal", follow_redirects=False)
        status[scope] = [program.get("/accounts").status_code, withdrawal.status_code]
        assert program.post("/account/tokens").status_code == 403
        assert program.post("/edit-mode").status_code == 403

    assert status == {Scope.READ: [200, 403], Scope.WRITE: [200, 303]}
    assert program.get("/accounts", headers={"Authorization": "Bearer ap_wrong"}).status_code == 401


def test_edit_mode_belongs_to_the_sign_in(anna, ben):
    answer = anna.post("/edit-mode", data={"on": "yes", "back": "/pledges?donor=DE"}, follow_redirects=False)

    assert answer.status_code == 303 and answer.headers["location"] == "/pledges?donor=DE"
    assert "Leave edit mode" in anna.get("/method").text and "Leave edit mode" not in ben.get("/pledges").text
    anna.post("/edit-mode", data={"on": "no", "back": "/"})
    assert "Leave edit mode" not in anna.get("/method").text


def test_a_reader_without_a_cookie_costs_no_question_about_people(guest, monkeypatch):
    def asked(*_):
        raise AssertionError("The database was asked who this is.")

    monkeypatch.setattr(sessions, "find", asked)
    monkeypatch.setattr(tokens, "find", asked)

    assert guest.get("/pledges").status_code == 200


def test_more_than_so_many_writes_a_minute_are_told_to_wait(own_database):
    app = create_app(Settings(_env_file=None, database_url=own_database.url, writes_a_minute=3), own_database)
    anna, ben = signed_in(app, "anna"), signed_in(app, "ben")
    told = [anna.post("/account/name", data={"name": f"Anna {number}"}, follow_redirects=False) for number in range(4)]

    assert [one.status_code for one in told] == [303, 303, 303, 429]
    assert 0 < int(told[-1].headers["retry-after"]) <= 60 and "in one minute" in words(told[-1].text)
    assert ben.post("/account/name", data={"name": "Ben"}, follow_redirects=False).status_code == 303
    assert anna.get("/account").status_code == 200
