"""A CSV file: exact numbers, nothing that a spreadsheet runs, read again as it was written."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dictionary import Holds
from app.domain.pledge import Counting
from app.domain.table import Column, Origin, Rows, Table
from app.formats.csv_file import LIVE_SIGNS, as_it_was, file, safe, safe_text, written

TITLES = Table(name="pledges", columns=(Column(name="title"),))


def read(pieces):
    return list(csv.reader(io.StringIO(b"".join(pieces).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (None, ""),
        (0, 0),
        (Decimal("1E+3"), "1000"),
        (Decimal("48.333333"), "48.333333"),
        (Counting.COUNTS, "counts"),
        (date(2024, 1, 10), date(2024, 1, 10)),
        (datetime(2024, 1, 10, 9, 30, tzinfo=UTC), datetime(2024, 1, 10, 9, 30, tzinfo=UTC)),
        ("Patriot", "Patriot"),
        ("", ""),
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-1", "'-1"),
        ("@here", "'@here"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'twas", "'twas"),
        (" =1", " =1"),
    ],
)
def test_a_cell_is_told_exactly_and_never_runs(cell, told):
    assert safe(cell) == told


@given(st.text() | st.text("'=+-@\t\ra", max_size=5))
def test_what_keeps_a_text_from_running_is_taken_away_again(text):
    assert as_it_was(safe_text(text)) == text
    assert not safe_text(text).startswith(LIVE_SIGNS)


@pytest.mark.parametrize("text", ["a,b", 'say "yes"', "two\nlines", "two\r\nlines", "Петріот", "’–€", ";", "a\u2028b"])
def test_a_text_is_read_as_it_was_written(text):
    assert read(written(TITLES, [[(text,)]])) == [["title"], [text]]


@pytest.mark.parametrize(
    ("holds", "kept", "told"),
    [
        (Holds.NUMBER, 0, "0"),
        (Holds.NUMBER, 1_000_000_000, "1000"),
        (Holds.NUMBER, 48_333_333, "48.333333"),
        (Holds.NUMBER, 1, "0.000001"),
        (Holds.NUMBER, Decimal(1_500_000), "1.5"),
        (Holds.NUMBER, 9_000_000_000_000_000_000, "9000000000000"),
        (Holds.NUMBER, None, ""),
        (Holds.WHOLE, 7, "7"),
        (Holds.DAY, "2024-01-10", "2024-01-10"),
        (Holds.DAY, date(2024, 1, 10), "2024-01-10"),
        (Holds.DAY, None, ""),
        (Holds.MOMENT, "2024-01-10 09:30:00.000000", "2024-01-10T09:30:00"),
        (Holds.MOMENT, datetime(2024, 1, 10, 9, 30), "2024-01-10T09:30:00"),
    ],
)
def test_both_databases_are_told_alike(holds, kept, told):
    table = Table(name="pledges", columns=(Column(name="cell", holds=holds), Column(name="key")))

    assert read(written(table, [[(kept, "leopards")]]))[1] == [told, "leopards"]


def test_a_number_that_begins_with_a_live_sign_is_no_text():
    """Nothing of ours is negative; an apostrophe would make a text of it."""
    table = Table(name="pledges", columns=(Column(name="low", holds=Holds.NUMBER),))

    assert read(written(table, [[(-1_500_000,)]]))[1] == ["-1.5"]


@pytest.mark.parametrize("sizes", [[], [1], [500], [500, 1], [500, 500, 3]])
def test_all_rows_arrive_whatever_their_number(sizes):
    batches = [[(str(place),) for place in range(size)] for size in sizes]
    pieces = list(file(Origin(), [Rows(TITLES, batches)]))

    assert read(pieces) == [["title"], *([str(place)] for size in sizes for place in range(size))]
    assert pieces[0].startswith(b"\xef\xbb\xbftitle\r\n")


def test_rows_are_asked_for_only_as_they_are_written():
    asked = []
    pieces = written(TITLES, ((asked.append(place) or [("x",)]) for place in range(10)))
    next(pieces)

    assert asked == [0]


def test_a_text_that_utf_8_cannot_hold_does_not_end_the_file():
    assert read(written(TITLES, [[("half \ud800",), ("whole",)]])) == [["title"], ["half ?"], ["whole"]]
