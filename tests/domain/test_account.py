"""Roles in their order, addresses as they are compared, and passwords that are refused."""

import pytest

from app.domain.account import NotAccepted, Role, checked_email, checked_name, checked_password, spelled


@pytest.mark.parametrize("higher", Role)
@pytest.mark.parametrize("lower", Role)
def test_each_role_may_do_what_the_ones_before_it_may(higher, lower):
    order = ["reader", "contributor", "editor", "admin"]

    assert higher.at_least(lower) == (order.index(higher) >= order.index(lower))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("anna@example.org", "anna@example.org"),
        ("  Anna@Example.ORG ", "anna@example.org"),
        ("STRASSE@example.org", "strasse@example.org"),
        ("ｆｕｌｌ@example.org", "full@example.org"),
        ("o'neil+a.b@mail.example.co.uk", "o'neil+a.b@mail.example.co.uk"),
    ],
)
def test_an_address_is_compared_without_case_and_outer_space(typed, kept):
    assert checked_email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "anna",
        "@example.org",
        "anna@",
        "anna@host",
        "an na@example.org",
        "a@b@c.org",
        "anna@example.org\0",
        "a" * 250 + "@x.org",
    ]
    + ["anna@example.org\nBcc: x@y.org", "\u202eanna@example.org", "<a@example.org>", "anna@example."],
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(NotAccepted, match="e-mail address"):
        checked_email(typed)


@pytest.mark.parametrize("typed", ["", "   ", "a" * 101, "An\u202ena", "An\0na"])
def test_a_name_is_there_and_can_be_seen(typed):
    with pytest.raises(NotAccepted):
        checked_name(typed)


def test_a_name_keeps_its_letters_and_loses_double_spaces():
    assert checked_name("  Олена   Зеленська ") == "Олена Зеленська"


@pytest.mark.parametrize(
    "typed",
    [
        "violet hammers sing at noon",
        "correct horse battery staple",
        "kJ8#mvQ2pL!x",
        "фіалковий молот співає",
        "zq" + "x7Kp" * 250,
    ],
)
def test_a_password_that_is_hard_to_guess_is_taken(typed):
    assert checked_password(typed, ("anna@example.org", "Anna Lind")) == typed


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("short", "at least 12"),
        ("kJ8#mvQ2pL!", "at least 12"),
        ("q" * 1025, "1,024"),
        ("password1234", "easily guessed"),
        ("123456789012", "easily guessed"),
        ("aaaaaaaaaaaaaaaa", "easily guessed"),
        ("qwertyuiop123", "easily guessed"),
        ("anna@example.org1", "easily guessed"),
        ("Anna Lind 2024", "easily guessed"),
        ("alliedpledges1", "easily guessed"),
        ("x7" * 500, "easily guessed"),
    ],
)
def test_a_password_that_is_short_common_or_made_of_the_name_is_refused(typed, sentence):
    with pytest.raises(NotAccepted, match=sentence):
        checked_password(typed, ("anna@example.org", "Anna Lind"))


def test_the_same_letters_from_another_keyboard_are_the_same_password():
    assert spelled("cafe\u0301 am Hafen, zwei") == spelled("caf\u00e9 am Hafen, zwei")
