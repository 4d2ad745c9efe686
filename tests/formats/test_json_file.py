"""A JSON file: valid at every length, numbers as texts so that none loses a digit, nothing for what is unknown."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.domain.pledge import Counting
from app.formats.json_file import plain, written


def read(*rows, head=None):
    return json.loads(b"".join(written(head or {}, ["key", "low", "at"], rows)))


@pytest.mark.parametrize("number", [0, 1, 2, 500])
def test_it_is_valid_at_every_length(number):
    told = read(*(("leopards", place, None) for place in range(number)), head={"licence": "CC BY 4.0"})

    assert told["licence"] == "CC BY 4.0"
    assert [one["low"] for one in told["pledges"]] == list(range(number))


def test_without_a_head_it_holds_the_pledges_alone():
    assert read() == {"pledges": []}


def test_what_is_unknown_is_left_out_and_a_zero_is_not():
    assert read(("leopards", None, ""), ("patriots", Decimal(0), 0)) == {
        "pledges": [{"key": "leopards"}, {"key": "patriots", "low": "0", "at": 0}]
    }


@pytest.mark.parametrize("number", ["48.333333", "9000000000000", "0.000001", "1000"])
def test_no_number_loses_a_digit(number):
    assert read(("leopards", Decimal(number), None))["pledges"][0]["low"] == number


def test_words_in_any_script_stay_readable():
    told = b"".join(written({}, ["key"], [("Петріот “</script>”",)]))

    assert "Петріот" in told.decode()
    assert json.loads(told)["pledges"] == [{"key": "Петріот “</script>”"}]


def test_days_codes_and_moments_are_texts():
    told = read((Counting.UMBRELLA, date(2024, 1, 10), datetime(2024, 1, 10, 9, 30, tzinfo=UTC)))

    assert told["pledges"] == [{"key": "umbrella", "low": "2024-01-10", "at": "2024-01-10T09:30:00+00:00"}]


def test_what_has_no_form_in_json_is_an_error_and_no_guess():
    with pytest.raises(TypeError, match="set has no form"):
        plain({1})
