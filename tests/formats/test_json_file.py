"""A JSON file: valid at every length, numbers as texts so that none loses a digit, nothing for what is unknown."""

import json

import pytest

from app.domain.dictionary import Holds
from app.domain.table import Column, Origin, Rows, Table
from app.formats.json_file import file, written

TABLE = Table(
    name="pledges",
    columns=(Column(name="key"), Column(name="low", holds=Holds.NUMBER), Column(name="reports", holds=Holds.WHOLE)),
)


def read(*batches, head=None):
    return json.loads(b"".join(written(head or {}, TABLE, batches)))


@pytest.mark.parametrize("sizes", [[], [1], [2], [500], [500, 7]])
def test_it_is_valid_at_every_length(sizes):
    told = read(*([("leopards", None, place) for place in range(size)] for size in sizes), head={"licence": "CC BY"})

    assert told["licence"] == "CC BY"
    assert [one["reports"] for one in told["pledges"]] == [place for size in sizes for place in range(size)]


def test_without_a_head_it_holds_the_pledges_alone():
    assert read() == {"pledges": []}


def test_what_is_unknown_is_left_out_and_a_zero_is_not():
    assert read([("leopards", None, None), ("patriots", 0, 0)]) == {
        "pledges": [{"key": "leopards"}, {"key": "patriots", "low": "0", "reports": 0}]
    }


@pytest.mark.parametrize("number", ["48.333333", "9000000000000", "0.000001", "1000"])
def test_no_number_loses_a_digit(number):
    millionths = int(number.replace(".", "").lstrip("0")) * (1 if "." in number else 1_000_000)

    assert read([("leopards", millionths, None)])["pledges"][0]["low"] == number


def test_words_in_any_script_stay_readable():
    told = b"".join(written({}, TABLE, [[("Петріот “</script>”", None, None)]]))

    assert "Петріот" in told.decode()
    assert json.loads(told)["pledges"] == [{"key": "Петріот “</script>”"}]


def test_it_says_where_it_comes_from():
    origin = Origin(base="https://pledges.example", address="https://pledges.example/pledges?donor=DE", head="abc")
    told = json.loads(b"".join(file(origin, [Rows(TABLE, [])])))

    assert told["address"] == "https://pledges.example/pledges?donor=DE"
    assert (told["head"], told["licence"]) == ("abc", "CC BY 4.0")
    assert told["dictionary"] == "https://pledges.example/dictionary"
    assert "until" not in told
