from datetime import date
from decimal import Decimal

import pytest

from app.formats.support_tracker.numbers import NO_NUMBER, TOO_LARGE, number_of, rounded


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (Decimal("35000000"), "35000000"),
        (Decimal("13.333333333333334"), "13.333333"),
        ("395,88", "395.88"),
        ("0.95", "0.95"),
        ("1,234", "1234"),
        ("1,234,567.5", "1234567.5"),
        ("1.234.567,5", "1234567.5"),
        ("1 234 567", "1234567"),
        ("1\u00a0234", "1234"),
        ("-51902216.22463279", "-51902216.224633"),
        ("1e6", "1000000"),
        ("0", "0"),
    ],
)
def test_numbers_are_read_as_they_are_written(cell, number):
    read = number_of(cell)

    assert read.number == Decimal(number)
    assert not read.fault


@pytest.mark.parametrize(
    "cell",
    [None, "", ".", " . ", "\u00a0", "..", "-", "undisclosed", "Undisclosed", "No price", "Not given", "Not Given"],
)
def test_a_cell_that_gives_no_number_is_no_fault(cell):
    assert number_of(cell).number is None
    assert not number_of(cell).fault


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("a lot", NO_NUMBER),
        ("1,2,3", NO_NUMBER),
        ("12.5.7", NO_NUMBER),
        (True, NO_NUMBER),
        (date(2022, 1, 1), NO_NUMBER),
        ("9" * 61, NO_NUMBER),
        ("nan", NO_NUMBER),
        (Decimal("1e300"), TOO_LARGE),
        (Decimal("-1e13"), TOO_LARGE),
        ("1e99", TOO_LARGE),
        (Decimal("Infinity"), TOO_LARGE),
    ],
)
def test_what_is_no_number_is_told(cell, sentence):
    assert number_of(cell).number is None
    assert number_of(cell).fault == sentence


def test_six_decimals_are_kept_half_even():
    assert rounded(Decimal("0.0000005")) == 0
    assert rounded(Decimal("0.0000015")) == Decimal("0.000002")
