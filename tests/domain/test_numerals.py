from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.numerals import LARGEST, Nonsense, Unreadable, number_from, numeral, short_numeral, tidied

D = Decimal
NUMBERS = st.decimals(min_value=0, max_value=LARGEST, places=6)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("18", 18),
        ("007", 7),
        ("1,000", 1000),
        ("1 000", 1000),
        ("1’000", 1000),
        ("335 000 000", 335_000_000),
        ("1,234.5", "1234.5"),
        ("48.333333", "48.333333"),
        ("0.125", "0.125"),
        ("1.5000", "1.5"),
        ("1.5k", 1500),
        ("1.234bn", 1_234_000_000),
        ("2 thousand", 2000),
        ("5,1 Mrd.", 5_100_000_000),
        ("5.1 mrd", 5_100_000_000),
        ("250 Millionen", 250_000_000),
        ("twelve", 12),
        ("Sixty", 60),
        ("a dozen", 12),
        ("two hundred", 200),
        ("one million", 1_000_000),
    ],
)
def test_numbers_are_read_as_people_write_them(text, number):
    assert number_from(text) == D(number)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("-5", "negative"),
        ("−5", "negative"),
        ("9,000,000,000,001", "too large"),
        ("9001 bn", "too large"),
        ("9" * 200, "too large"),
        ("0.0000001", "six decimals"),
        ("0." + "0" * 50 + "1", "six decimals"),
        ("1.0000000000001 bn", "six decimals"),
        ("1,5", "“1,500” or “1.5”"),
        ("1,50", "“1,500” or “1.5”"),
        ("0,500", "“1,500” or “1.5”"),
        ("1.234,56", "“1,500” or “1.5”"),
        ("1.234.567", "“1,500” or “1.5”"),
        ("1.000", "“1,500” for the thousands"),
        ("1,500 Mio.", "“1,500” for the thousands"),
        ("150 250", "one number or two"),
        ("12 500", "one number or two"),
    ],
)
def test_what_could_mean_two_things_or_cannot_be_kept_is_refused_and_says_how_to_write_it(text, told):
    with pytest.raises(Unreadable, match=r"\.$") as refused:
        number_from(text)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    "text", ["", "a", "x", "NaN", "Infinity", "1e30", "10^30", "0x10", "½", "10²", "١٢", "5.", ".5", "1 00", "10 12"]
)
def test_what_is_no_number_is_nonsense(text):
    with pytest.raises(Nonsense):
        number_from(text)


@given(NUMBERS)
def test_a_number_reads_back_from_both_of_its_numerals(number):
    assert number_from(numeral(number)) == number_from(short_numeral(number)) == number


@pytest.mark.parametrize(
    ("number", "text", "short"),
    [
        ("1E+3", "1,000", "1,000"),
        ("24.500000", "24.5", "24.5"),
        ("1.234", "1.2340", "1.2340"),
        ("5100000000", "5,100,000,000", "5.1bn"),
        ("182000000.000000", "182,000,000", "182m"),
        ("6724500000", "6,724,500,000", "6,724.5m"),
        ("94039642", "94,039,642", "94,039,642"),
    ],
)
def test_a_numeral_loses_nothing_and_cannot_be_misread(number, text, short):
    assert (numeral(D(number)), short_numeral(D(number))) == (text, short)


def test_a_text_is_tidied_to_one_line_with_plain_spaces():
    assert tidied("  about\u00a0 1\u2009000\n") == "about 1 000"


@pytest.mark.parametrize("text", ["a\x00b", "18\n20", "18\u200b", "\u202e18", "\ud800", "18\t20", "x" * 201])
def test_unseen_signs_and_long_texts_are_refused(text):
    with pytest.raises(Unreadable, match="about 200"):
        tidied(text)


@given(st.text() | st.text("0123456789.,' -mkbn"))
def test_whatever_is_written_is_read_or_refused(text):
    try:
        assert 0 <= number_from(tidied(text)) <= LARGEST
    except Unreadable as refused:
        assert str(refused).endswith(".")
