"""Accounts, sign-ins, tokens, links and counted tries, on each kind of database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select, text, update

from app.domain.account import Purpose, Role, Scope
from app.store import accounts, attempts, history, invitations, keys, passwords, schema, second_steps, sessions, tokens
from app.store.columns import core
from app.store.tables import Account, Attempt, Invitation, RecoveryCode, Session, Token
from tests import people


@pytest.fixture
def anna(own_database):
    return people.account_of(own_database, "anna")


@pytest.fixture
def ada(own_database):
    return people.account_of(own_database, "ada")


def earlier(database, model, **by):
    """Puts times of all rows of a table back."""
    table = core(model)
    with database.writing() as db:
        for row in db.execute(select(table)).all():
            back = {name: getattr(row, name) - span for name, span in by.items()}
            db.execute(update(table).where(table.c.id == row.id).values(back))


def test_one_address_has_one_account(own_database, anna):
    with pytest.raises(accounts.Taken):
        accounts.open_account(
            own_database, email=people.email_of("anna"), name="Another", role=Role.EDITOR, password_hash=""
        )
    assert accounts.of_email(own_database, people.email_of("anna")).name == "Anna Lind"


def test_nothing_that_is_kept_lets_anybody_in(own_database, anna):
    handed_out = [
        sessions.begin(own_database, anna, ""),
        tokens.make(own_database, anna, name="t", scope=Scope.READ, days=1),
        invitations.reset(own_database, anna),
    ]
    with own_database.reading() as db:
        kept = [db.execute(select(core(model).c.token)).scalar_one() for model in (Session, Token, Invitation)]

    assert kept == [keys.kept(key) for key in handed_out]
    assert all(len(key.removeprefix(tokens.PREFIX)) == 43 for key in handed_out)  # 256 bits
    assert not set(kept) & set(handed_out)


def test_a_sign_in_lasts_eight_idle_hours(own_database, anna):
    key = sessions.begin(own_database, anna, "Firefox, Linux")
    earlier(own_database, Session, seen_at=timedelta(hours=7, minutes=59))
    assert sessions.find(own_database, key).id == anna

    earlier(own_database, Session, seen_at=timedelta(minutes=2))
    assert sessions.find(own_database, key) is None


def test_a_sign_in_lasts_seven_days_however_busy(own_database, anna):
    key = sessions.begin(own_database, anna, "")
    earlier(own_database, Session, created_at=timedelta(days=7, seconds=1))

    assert sessions.find(own_database, key) is None
    assert sessions.of(own_database, anna) == []


def test_a_sign_in_that_goes_on_under_a_new_key_leaves_the_old_one_dead(own_database, anna):
    old = sessions.begin(own_database, anna, "")
    new = sessions.renew(own_database, sessions.find(own_database, old).session_id)

    assert sessions.find(own_database, old) is None
    assert sessions.find(own_database, new).id == anna


@pytest.mark.parametrize(
    "act",
    [
        lambda database, number: accounts.change_password(database, number, "x"),
        lambda database, number: accounts.set_role(database, number, Role.CONTRIBUTOR),
        accounts.close,
    ],
)
def test_another_password_another_role_and_closing_end_every_sign_in(own_database, ada, anna, act):
    key = sessions.begin(own_database, anna, "")
    act(own_database, anna)

    assert sessions.find(own_database, key) is None


def test_another_role_ends_tokens_and_a_closed_account_has_none(own_database, ada, anna):
    key = tokens.make(own_database, anna, name="t", scope=Scope.WRITE, days=1)
    accounts.set_role(own_database, anna, Role.CONTRIBUTOR)

    assert tokens.find(own_database, key) is None


def test_a_token_ends_with_its_day(own_database, anna):
    key = tokens.make(own_database, anna, name="t", scope=Scope.WRITE, days=1)
    assert tokens.find(own_database, key).scope is Scope.WRITE

    earlier(own_database, Token, expires_at=timedelta(days=1))
    assert tokens.find(own_database, key) is None


def test_nobody_ends_what_belongs_to_another(own_database, anna, ada):
    theirs = sessions.find(own_database, sessions.begin(own_database, ada, "")).session_id
    tokens.make(own_database, ada, name="t", scope=Scope.READ, days=1)

    assert not sessions.end(own_database, anna, theirs)
    assert not tokens.end(own_database, anna, tokens.of(own_database, ada)[0].id)
    assert len(sessions.of(own_database, ada)) == len(tokens.of(own_database, ada)) == 1


def test_the_last_admin_stays(own_database, ada):
    for act in (lambda: accounts.close(own_database, ada), lambda: accounts.set_role(own_database, ada, Role.EDITOR)):
        with pytest.raises(accounts.LastAdmin):
            act()
    assert [one.id for one in accounts.admins(own_database)] == [ada]


def test_two_admins_who_demote_each_other_at_once_are_not_both_demoted(own_database, ada):
    other = accounts.open_account(own_database, email="o@x.org", name="O", role=Role.ADMIN, password_hash="")

    def demote(number):
        try:
            accounts.set_role(own_database, number, Role.EDITOR)
        except accounts.LastAdmin:
            return "kept"

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(demote, (ada, other)))

    assert sorted(map(str, told)) == ["None", "kept"]
    assert len(accounts.admins(own_database)) == 1


def test_a_link_works_once_even_when_followed_by_many_at_once(own_database):
    key = invitations.invite(own_database, email="new@x.org", role=Role.EDITOR)

    def follow(_):
        try:
            return invitations.accept(own_database, key, email="", name="New", password_hash="x")
        except invitations.Spent:
            return None

    with ThreadPoolExecutor(4) as pool:
        made = [one for one in pool.map(follow, range(4)) if one]

    assert len(made) == 1
    assert accounts.find(own_database, made[0]).role is Role.EDITOR
    assert invitations.find(own_database, key) is None


def test_a_link_runs_out(own_database, anna):
    key = invitations.reset(own_database, anna)
    assert invitations.find(own_database, key).known_as == people.email_of("anna")
    earlier(own_database, Invitation, expires_at=timedelta(hours=24))

    assert invitations.find(own_database, key) is None


def test_a_newer_link_ends_the_older(own_database, anna):
    for make in (
        lambda: invitations.first_admin(own_database),
        lambda: invitations.reset(own_database, anna),
        lambda: invitations.invite(own_database, email="new@x.org", role=Role.EDITOR),
    ):
        older, newer = make(), make()
        assert invitations.find(own_database, older) is None and invitations.find(own_database, newer)


def test_the_link_for_the_first_admin_is_dead_once_there_is_one(own_database):
    key = invitations.first_admin(own_database)
    assert invitations.find(own_database, key).purpose is Purpose.FIRST_ADMIN
    people.account_of(own_database, "ada")

    assert invitations.find(own_database, key) is None
    assert invitations.first_admin(own_database) is None


def test_a_code_is_taken_once_and_only_in_its_time(own_database, anna, monkeypatch):
    second_steps.begin(own_database, anna)
    clock = pyotp.TOTP(accounts.find(own_database, anna).totp_secret)
    monkeypatch.setattr("app.store.second_steps.time.time", lambda: 1_700_000_000)
    assert second_steps.confirm(own_database, anna, "000000" if clock.at(1_700_000_000) != "000000" else "1") is None
    codes = second_steps.confirm(own_database, anna, clock.at(1_700_000_000))

    assert len(set(codes)) == 10
    assert not second_steps.passes(own_database, anna, clock.at(1_700_000_000))
    assert not second_steps.passes(own_database, anna, clock.at(1_700_000_000 + 90))
    assert second_steps.passes(own_database, anna, f" {clock.at(1_700_000_030)[:3]} {clock.at(1_700_000_030)[3:]}")
    assert not second_steps.passes(own_database, anna, clock.at(1_700_000_030))


def test_a_recovery_code_stands_in_once(own_database, anna):
    second_steps.begin(own_database, anna)
    codes = second_steps.confirm(own_database, anna, pyotp.TOTP(accounts.find(own_database, anna).totp_secret).now())
    with own_database.reading() as db:
        kept = set(db.execute(select(core(RecoveryCode).c.code)).scalars())

    assert not kept & set(codes)
    assert second_steps.passes(own_database, anna, codes[3].upper().replace("-", " "))
    assert not second_steps.passes(own_database, anna, codes[3])
    assert second_steps.left(own_database, anna) == 9
    assert not second_steps.passes(own_database, anna, "") and not second_steps.passes(own_database, anna, "é" * 6)


def test_twenty_tries_an_hour_are_taken_and_those_that_succeed_do_not_count(own_database):
    for number in range(20):
        attempts.succeeded(own_database, attempts.begin(own_database, "anna@x.org", f"192.0.2.{number}"))
        attempts.begin(own_database, "anna@x.org", f"198.51.100.{number}")
    with pytest.raises(attempts.TooOften) as refused:
        attempts.begin(own_database, "anna@x.org", "203.0.113.1")

    assert 3590 <= refused.value.wait <= 3600
    attempts.begin(own_database, "ben@x.org", "203.0.113.1")
    earlier(own_database, Attempt, at=timedelta(hours=1))
    attempts.begin(own_database, "anna@x.org", "203.0.113.1")


@pytest.mark.parametrize("own_network", ["192.0.2.7", "2001:db8:1:2:{}::1"])
def test_an_address_is_counted_whatever_accounts_it_tries(own_database, own_network):
    for number in range(20):
        attempts.begin(own_database, f"{number}@x.org", own_network.format(number))
    with pytest.raises(attempts.TooOften):
        attempts.begin(own_database, "other@x.org", own_network.format("ff"))


def test_forty_tries_at_once_are_no_more_than_twenty(own_database):
    def attempt(number):
        try:
            return attempts.begin(own_database, "anna@x.org", f"192.0.2.{number}")
        except attempts.TooOften:
            return None

    with ThreadPoolExecutor(8) as pool:
        assert sum(one is not None for one in pool.map(attempt, range(40))) == 20


def test_a_password_is_kept_as_argon2id_of_the_promised_cost():
    kept = passwords.hashed(people.PASSWORD)

    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$") and passwords.NOBODY.startswith(kept[:31])
    assert passwords.fits(people.PASSWORD, kept)
    assert not passwords.fits(people.PASSWORD + " ", kept)
    assert not passwords.fits(people.PASSWORD, None)


def test_a_step_down_that_would_lose_accounts_is_refused(empty_database):
    schema.upgrade(empty_database, "0002")
    with empty_database.writing() as db:
        db.execute(
            core(Account).insert(),
            {
                "email": "a@x.org",
                "name": "A",
                "role": Role.EDITOR,
                "password_hash": "",
                "totp_secret": "",
                "totp_step": 0,
                "created_at": history.now(),
            },
        )
    with pytest.raises(RuntimeError, match="accounts.*backup"):
        schema.downgrade(empty_database, "0001")

    with empty_database.writing() as db:
        db.execute(text("DELETE FROM account"))
    schema.downgrade(empty_database, "0001")
    schema.upgrade(empty_database)
