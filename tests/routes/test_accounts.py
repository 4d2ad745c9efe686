"""One's own account, everybody's, and the links that make them."""

import re

import pyotp
import pytest

from app.domain.account import Role
from app.main import create_app
from app.settings import Settings
from app.store import accounts, invitations, second_steps
from tests import people
from tests.conftest import Guest, signed_in
from tests.owed import Page
from tests.routes.reading import words

OURS = "https://pledges.test"
NEW = "seven quiet lanterns drift"


@pytest.fixture
def own_app(own_database):
    return create_app(Settings(_env_file=None, database_url=own_database.url, writes_a_minute=0), own_database)


@pytest.fixture
def cast(own_app):
    """The people of the cast, each in a browser of their own, by https."""
    return {person: signed_in(own_app, person) for person in ("anna", "clara", "ada")}


@pytest.fixture
def number(own_database):
    return lambda person: people.account_of(own_database, person)


def accepted(client, key, **more):
    fields = {"email": "", "name": "New", "password": NEW, "password_again": NEW} | more
    return client.post(f"/invitations/{key}", data=fields, follow_redirects=False)


def link_in(answer) -> str:
    return re.search(r"https?://[^/\s]+(/invitations/[\w-]+)", words(answer.text))[1]


def test_the_first_admin_is_made_by_a_link_that_works_once(own_app, own_database):
    key = invitations.first_admin(own_database)
    first = Guest(own_app, base_url="http://127.0.0.1")
    for _ in range(2):  # to look at it changes nothing
        assert "You will be the first admin" in words(first.get(f"/invitations/{key}").text)
    answer = accepted(first, key, email="Ada@Example.org", name="Ada")

    assert answer.status_code == 303 and answer.headers["location"] == "/"
    assert first.get("/accounts").status_code == 200
    assert accepted(Guest(own_app, base_url=OURS), key, email="eve@x.org").status_code == 404


def test_outside_of_this_machine_an_admin_sets_up_the_second_step_before_anything(own_app, own_database):
    ada = Guest(own_app, base_url=OURS)
    answer = accepted(ada, invitations.first_admin(own_database), email="ada@example.org")
    assert answer.headers["location"] == "/account/second-step"
    assert [ada.get(path).status_code for path in ("/account", "/accounts", "/confirm")] == [403] * 3
    assert "Edit mode" not in ada.get("/").text and 'href="/accounts"' not in ada.get("/").text

    old = ada.cookies["__Host-session"]
    secret = set_up(ada)
    assert ada.cookies["__Host-session"] != old
    assert ada.get("/accounts").status_code == 200
    assert secret not in ada.get("/account/second-step").text


def set_up(client) -> str:
    """Sets the second step up as a person would; the secret."""
    client.post("/account/second-step")
    shown = client.get("/account/second-step").text
    picture = next(one for one in Page(shown).all("img"))
    assert picture["src"].startswith("data:image/svg+xml") and picture["alt"]
    secret = re.search(r"((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})", words(shown))[1].replace(" ", "")
    assert client.post("/account/second-step/confirmation", data={"one_time_code": "12"}).status_code == 422
    told = client.post("/account/second-step/confirmation", data={"one_time_code": pyotp.TOTP(secret).now()})
    assert len(set(re.findall(r"\b(?:[a-z2-9]{4}-){3}[a-z2-9]{4}\b", words(told.text)))) == 10
    return secret


def test_with_a_second_step_the_password_alone_does_not_get_in(own_app, cast, own_database, number, monkeypatch):
    secret = set_up(cast["anna"])
    stranger = Guest(own_app, base_url=OURS)
    fields = {"email": people.email_of("anna"), "password": people.PASSWORD}
    later = pyotp.TOTP(secret).at(10**9)
    monkeypatch.setattr("app.store.second_steps.time.time", lambda: 10**9)
    with own_database.writing() as db:
        db.exec_driver_sql("UPDATE account SET totp_step = 0")

    told = [
        stranger.post("/sign-in", data=fields | {"one_time_code": code}, follow_redirects=False).status_code
        for code in ("", "123", later, later)
    ]
    assert told == [422, 422, 303, 422]


def test_the_second_step_is_taken_away_and_its_codes_with_it(cast, own_database, number):
    set_up(cast["anna"])
    answer = cast["anna"].post("/account/second-step/removal", follow_redirects=False)

    assert answer.status_code == 303
    assert accounts.find(own_database, number("anna")).totp_secret == ""
    assert second_steps.left(own_database, number("anna")) == 0


def test_a_changed_password_ends_the_other_sign_ins_and_not_this_one(own_app, cast, number):
    elsewhere = signed_in(own_app, "anna")
    fields = {"password": people.PASSWORD, "new_password": NEW, "new_password_again": NEW}
    assert cast["anna"].post("/account/password", data=fields).status_code == 200

    assert elsewhere.get("/account").status_code == 401
    assert "Your password is changed" in words(cast["anna"].get("/account?done=password").text)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("password", "wrong", "The password or the code is not right."),
        ("new_password", "short", "at least 12 characters"),
        ("new_password", "Anna Lind 2024", "easily guessed"),
        ("new_password_again", "another", "not the same"),
    ],
)
def test_a_password_that_is_not_changed_says_why_at_its_field(cast, field, typed, sentence):
    fields = {"password": people.PASSWORD, "new_password": NEW, "new_password_again": NEW} | {field: typed}
    answer = cast["anna"].post("/account/password", data=fields)
    error = next(one for one in Page(answer.text).elements if one["id"] == f"a-{field}-error")

    assert answer.status_code == 422 and sentence in error.text
    assert NEW not in answer.text and people.PASSWORD not in answer.text


@pytest.mark.parametrize("typed", ["", "a\x07b", "\u202eannA", "a" * 200])
def test_a_name_that_cannot_be_read_is_refused_and_shown_again(cast, typed):
    answer = cast["anna"].post("/account/name", data={"name": typed})

    assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text


def test_nobody_gives_themselves_more_than_there_is_a_field_for(cast, own_database, number):
    answer = cast["clara"].post("/account/name", data={"name": "Clara", "role": "admin", "id": number("ada")})

    assert answer.status_code == 422 and "no field “id”" in words(answer.text)
    assert accounts.find(own_database, number("clara")).role is Role.CONTRIBUTOR


def test_an_editor_is_invited_by_a_link_and_gets_in_by_it(own_app, cast, own_database):
    made = cast["ada"].post("/accounts/invitations", data={"email": "Emil@Example.org", "role": "editor"})
    emil = Guest(own_app, base_url=OURS)
    assert "You are invited as emil@example.org. Your role: Editor." in words(emil.get(link_in(made)).text)
    assert "emil@example.org" in words(cast["ada"].get("/accounts").text)
    answer = accepted(emil, link_in(made).rpartition("/")[2], email="eve@x.org")  # the link says whose it is

    assert answer.headers["location"] == "/"
    assert "emil@example.org, Editor" in words(emil.get("/account").text)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": "nobody", "role": "editor"}, "not an e-mail address"),
        ({"email": "new@x.org", "role": "emperor"}, "choose one of the roles"),
        ({"email": "anna@pledges.test", "role": "editor"}, "an account of this address already"),
    ],
)
def test_an_invitation_that_is_not_made_says_why(cast, fields, sentence):
    answer = cast["ada"].post("/accounts/invitations", data=fields)

    assert answer.status_code == 422 and sentence in words(answer.text, "<main")
    assert f'value="{fields["email"]}"' in answer.text


def test_an_invitation_is_withdrawn(own_app, cast, own_database):
    made = cast["ada"].post("/accounts/invitations", data={"email": "new@x.org", "role": "editor"})
    (one,) = invitations.waiting(own_database)
    cast["ada"].post(f"/accounts/invitations/{one.id}/withdrawal")

    assert Guest(own_app, base_url=OURS).get(link_in(made)).status_code == 404


def test_another_role_signs_out_at_once(cast, number):
    answer = cast["ada"].post(f"/accounts/{number('anna')}/role", data={"role": "contributor"}, follow_redirects=False)

    assert answer.status_code == 303
    assert cast["anna"].get("/account").status_code == 401


def test_a_closed_account_is_out_and_comes_back_when_opened(own_app, cast, number):
    ada, address = cast["ada"], f"/accounts/{number('anna')}"
    ada.post(f"{address}/closing")
    assert cast["anna"].get("/account").status_code == 401
    assert "closed since" in words(ada.get(address).text)
    assert ada.post(f"{address}/reset-link").status_code == 422
    ada.post(f"{address}/reopening")

    fields = {"email": people.email_of("anna"), "password": people.PASSWORD}
    assert Guest(own_app, base_url=OURS).post("/sign-in", data=fields, follow_redirects=False).status_code == 303


@pytest.mark.parametrize(("act", "fields"), [("role", {"role": "editor"}), ("closing", {})])
def test_the_last_admin_is_neither_demoted_nor_closed(cast, number, act, fields):
    answer = cast["ada"].post(f"/accounts/{number('ada')}/{act}", data=fields)

    assert answer.status_code == 422 and "This is the last admin" in words(answer.text)
    assert cast["ada"].get("/accounts").status_code == 200


def test_a_reset_link_gives_a_new_password_and_ends_the_old_sign_ins(own_app, cast, number):
    made = cast["ada"].post(f"/accounts/{number('anna')}/reset-link")
    answer = accepted(Guest(own_app, base_url=OURS), link_in(made).rpartition("/")[2])

    assert answer.headers["location"] == "/sign-in?done=password" and "set-cookie" not in answer.headers
    assert cast["anna"].get("/account").status_code == 401
    fields = {"email": people.email_of("anna"), "password": NEW}
    assert Guest(own_app, base_url=OURS).post("/sign-in", data=fields, follow_redirects=False).status_code == 303


def test_a_token_is_shown_once_and_ends_when_told(own_app, cast):
    made = cast["anna"].post("/account/tokens", data={"token_name": "nightly import", "scope": "write", "days": "30"})
    key = re.search(r"ap_[\w-]{43}", words(made.text))[0]
    listed = cast["anna"].get("/account").text
    assert "nightly import" in listed and key not in listed
    program = Guest(own_app, base_url=OURS)
    program.headers["Authorization"] = f"Bearer {key}"
    assert "Anna Lind" in program.get("/").text

    cast["anna"].post(re.search(r"/account/tokens/\d+/end", listed)[0])
    assert "Anna Lind" not in program.get("/").text


@pytest.mark.parametrize(
    ("field", "typed"),
    [("token_name", ""), ("scope", "all"), ("days", "0"), ("days", "366"), ("days", "١٢"), ("days", "1e2")],
)
def test_a_token_that_is_not_made_says_why_at_its_field(cast, field, typed):
    answer = cast["anna"].post(
        "/account/tokens", data={"token_name": "x", "scope": "read", "days": "3"} | {field: typed}
    )

    assert answer.status_code == 422 and f'id="a-{field}-error"' in answer.text


def test_other_sign_ins_are_seen_and_ended(own_app, cast):
    elsewhere = signed_in(own_app, "anna")
    page = cast["anna"].get("/account").text
    assert page.count("Firefox, Linux") == 2 and "this browser" in words(page)
    cast["anna"].post(re.search(r"/account/sessions/\d+/end", page)[0])

    assert elsewhere.get("/account").status_code == 401
    again = signed_in(own_app, "anna")
    cast["anna"].post("/account/sessions/end")
    assert again.get("/account").status_code == 401 and cast["anna"].get("/account").status_code == 200
