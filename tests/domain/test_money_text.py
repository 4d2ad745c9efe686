"""Amounts as editors write them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from babel.numbers import list_currencies
from hypothesis import given
from hypothesis import strategies as st

from app.domain.currency import CURRENCIES, NAMED
from app.domain.money import Amount, AmountBasis, amount_from, amount_typed
from app.domain.numerals import Unreadable
from app.domain.quantity import Qualifier, quantity
from tests.builders import an_amount, said


def amount(code, qualifier, *numbers, firm=None, words=""):
    one = said(qualifier, *numbers, firm=firm)
    return Amount(one.qualifier, one.low, one.point, one.high, words, currency=code)


@pytest.mark.parametrize(
    ("text", "code", "number"),
    [
        ("£2.5bn", "GBP", 2_500_000_000),
        ("5,1 Mrd. EUR", "EUR", 5_100_000_000),
        ("182 Mio. €", "EUR", 182_000_000),
        ("EUR 182m", "EUR", 182_000_000),
        ("eur182m", "EUR", 182_000_000),
        ("USD 5.5 billion", "USD", 5_500_000_000),
        ("5.5 billion US dollars", "USD", 5_500_000_000),
        ("$250 million", "USD", 250_000_000),
        ("US$57,600,000", "USD", 57_600_000),
        ("C$5m", "CAD", 5_000_000),
        ("A$ 20m", "AUD", 20_000_000),
        ("€1.09bn", "EUR", 1_090_000_000),
        ("NOK\u00a0335,000,000", "NOK", 335_000_000),
        ("335 000 000 Norwegian kroner", "NOK", 335_000_000),
        ("SEK 7,1 miljarder", "SEK", 7_100_000_000),
        ("NOK 7.1bn kr", "NOK", 7_100_000_000),
        ("TWD 5m", "TWD", 5_000_000),
        ("EUR 0", "EUR", 0),
    ],
)
def test_an_amount_is_read_with_its_currency(text, code, number):
    assert amount_from(text) == an_amount(number, code)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("up to EUR 8 billion", amount("EUR", "up_to", 8_000_000_000)),
        ("up to €500m, €100m firm", amount("EUR", "up_to", 500_000_000, firm=100_000_000)),
        ("about £200m", amount("GBP", "about", 200_000_000)),
        ("at least €5 million", amount("EUR", "at_least", 5_000_000)),
        ("EUR 5.1-5.6bn", amount("EUR", "range", 5_100_000_000, 5_600_000_000)),
        ("between EUR 5bn and EUR 6bn", amount("EUR", "range", 5_000_000_000, 6_000_000_000)),
        ("EUR 500 to 5bn", amount("EUR", "range", 500, 5_000_000_000)),
        ("billions of euros", amount("EUR", "order_of_magnitude", words="billions of euros")),
        ("EUR “Milliarden”", amount("EUR", "order_of_magnitude", words="Milliarden")),
        ("“billions of dollars” (5bn to 6bn)",
         amount("USD", "order_of_magnitude", 5_000_000_000, 6_000_000_000, words="billions of dollars")),
        ("undisclosed EUR", amount("EUR", "undisclosed")),
    ],
)  # fmt: skip
def test_the_doubt_of_an_amount_is_that_of_any_number(text, told):
    assert amount_from(text) == told


@pytest.mark.parametrize("text", ["", " ", "not stated", "None", "undisclosed"])
def test_an_amount_that_is_not_stated_is_none(text):
    assert amount_from(text) is None
    assert amount_from(text, currency="EUR") is None


def test_a_currency_given_beside_the_text_is_meant_where_the_text_names_none():
    assert amount_from("2.5 bn", currency="usd") == an_amount(2_500_000_000, "USD")
    assert amount_from("7.1bn kr", currency="SEK") == an_amount(7_100_000_000, "SEK")
    assert amount_from("EUR 5m", currency="USD") == an_amount(5_000_000, "EUR")


def test_the_basis_is_taken_as_given():
    assert amount_from("EUR 5m", basis=AmountBasis.BOOK_VALUE) == an_amount(5_000_000, basis=AmountBasis.BOOK_VALUE)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("7,1 miljarder kr", "“SEK 7.1bn”"),
        ("7.1bn kr", "“SEK 7.1bn”"),
        ("EUR 7.1bn kr", "Two currencies"),
        ("€5m to $6m", "Two currencies"),
        ("2.5 bn", "currency is missing"),
        ("HK$5m", "Not understood"),
        ("¥5m", "Not understood"),
        ("EUR", "Not understood"),
        ("1 EUR 000", "Not understood"),
        ("bananas", "Not understood"),
        ("1e30 EUR", "Not understood"),
        ("-€5m", "negative"),
        ("€-5m", "negative"),
        ("€1,5m", "“1,500” or “1.5”"),
        ("EUR 1.000", "“1,500”"),
        ("EUR 10tn", "too large"),
        ("EUR 6bn to 5bn", "lower number comes first"),
        ("EUR 0.0000001", "six decimals"),
        ("EUR 5\x00", "cannot be seen"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence_that_shows_how(text, told):
    with pytest.raises(Unreadable, match=r"\.$") as refused:
        amount_from(text)
    assert told in str(refused.value)


def test_a_currency_that_nobody_knows_is_missing():
    with pytest.raises(Unreadable, match="missing"):
        amount_from("5m", currency="XYZ")


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (an_amount(5_100_000_000), "EUR 5.1bn"),
        (an_amount(94_039_642), "EUR 94,039,642"),
        (amount("GBP", "about", 200_000_000), "about GBP 200m"),
        (amount("USD", "up_to", 500_000_000, firm=100_000_000), "up to USD 500m, USD 100m firm"),
        (amount("EUR", "range", 5_100_000_000, 5_600_000_000), "EUR 5.1bn to 5.6bn"),
        (amount("EUR", "range", 500, 5_000_000_000), "EUR 500 to 5,000,000,000"),
        (amount("EUR", "order_of_magnitude", words="billions of euros"), "billions of euros"),
        (amount("EUR", "undisclosed"), "EUR undisclosed"),
        (None, ""),
    ],
)
def test_an_amount_is_typed_short_where_that_loses_nothing(told, text):
    assert amount_typed(told) == text
    assert amount_from(text) == told


def test_every_currency_is_one_that_babel_can_name():
    assert {*CURRENCIES} <= list_currencies() and {*NAMED.values()} <= {*CURRENCIES}


NUMBERS = st.decimals(min_value=0, max_value=8 * 10**12, places=6) | st.integers(0, 8000).map(
    lambda one: Decimal(one) * 10**9 / 1000
)
WORDS = st.text(max_size=200) | st.sampled_from(["billions of euros", "miljarder kronor", "billions of dollars", "$5"])


@st.composite
def held(draw):
    """Every amount that the rule of its qualifier makes."""
    qualifier, low, high = draw(st.sampled_from(Qualifier)), *sorted([draw(NUMBERS), draw(NUMBERS)])
    firm = low if qualifier is Qualifier.UP_TO else None
    span = qualifier in (Qualifier.RANGE, Qualifier.ORDER_OF_MAGNITUDE)
    one = quantity(qualifier, low if span else high, high if span else None, firm=firm)
    code = draw(st.sampled_from(["EUR", "USD", "SEK", "UAH", "ALL"]))
    return Amount(one.qualifier, one.low, one.point, one.high, draw(WORDS), currency=code)


@given(held())
def test_what_is_typed_reads_back_as_the_same_amount(one):
    assert replace(amount_from(amount_typed(one)), words="") == replace(one, words="")


@given(st.text() | st.lists(st.sampled_from(["EUR", "$", "kr", "5", "-", "bn", "to", "“", "”", "(", ")"])).map("".join))
def test_whatever_is_written_is_read_or_refused(text):
    try:
        one = amount_from(text)
    except Unreadable as refused:
        assert str(refused).endswith(".")
    else:
        assert one is None or one.currency in CURRENCIES


def test_every_amount_of_the_seed_can_be_typed_and_read_back(seed):
    for pledge in seed.pledges.values():
        for one in [pledge.amount, *(claim.amount for claim in pledge.claims)]:
            again = one and amount_from(amount_typed(one), basis=one.basis)
            assert again == one or replace(again, words="") == replace(one, words="")
