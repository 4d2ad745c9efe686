"""A CSV file: exact numbers, nothing that a spreadsheet runs, read again as it was written."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.domain.pledge import Counting
from app.formats.csv_file import AT_ONCE, safe, written


def read(pieces):
    return list(csv.reader(io.StringIO(b"".join(pieces).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (None, ""),
        (0, 0),
        (Decimal("0"), "0"),
        (Decimal("1000"), "1000"),
        (Decimal("1E+3"), "1000"),
        (Decimal("48.333333"), "48.333333"),
        (Decimal("0.000001"), "0.000001"),
        (Decimal("9000000000000"), "9000000000000"),
        (Counting.COUNTS, "counts"),
        (date(2024, 1, 10), date(2024, 1, 10)),
        (datetime(2024, 1, 10, 9, 30, tzinfo=UTC), "2024-01-10T09:30:00+00:00"),
        ("Patriot", "Patriot"),
        ("", ""),
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-1", "'-1"),
        ("@here", "'@here"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("'=1", "'=1"),
        (" =1", " =1"),
    ],
)
def test_a_cell_is_told_exactly_and_never_runs(cell, told):
    assert safe(cell) == told


@pytest.mark.parametrize("text", ["a,b", 'say "yes"', "two\nlines", "two\r\nlines", "Петріот", "’–€", ";", "a\u2028b"])
def test_a_text_is_read_as_it_was_written(text):
    assert read(written(["title"], [(text,)])) == [["title"], [text]]


@pytest.mark.parametrize("number", [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE])
def test_all_rows_arrive_whatever_their_number(number):
    pieces = list(written(["id"], ((place,) for place in range(number))))

    assert read(pieces) == [["id"], *([str(place)] for place in range(number))]
    assert pieces[0].startswith(b"\xef\xbb\xbfid\r\n")
    assert len(pieces) == number // AT_ONCE + 1


def test_rows_are_asked_for_only_as_they_are_written():
    asked = []
    pieces = written(["id"], ((asked.append(place) or place,) for place in range(10 * AT_ONCE)))
    next(pieces)

    assert len(asked) == AT_ONCE
