from datetime import date
from decimal import Decimal

import pytest

from app.domain.pledge import AidType
from app.formats import handed_over
from app.formats.row import Fault, Label, Place, Row, Sum, Unmapped
from tests.formats import tracker

PLACE = Place(sheet="Main", row=3, column="Items")
FAULT = Fault(place=PLACE, sentence="“%(value)s” is odd.", value="\u202e \ud83d", values=(("column", "a"),))
READS = [
    Label(),
    Label(dataset="Ukraine Support Tracker", release="17", until=date(2024, 6, 28), rows=3737),
    Row(place=PLACE, faults=(FAULT, FAULT)),
    Row(place=Place(), record="source", given={"key": "a", "title": "“ü”\n"}, whole=False, group="AUM1"),
    Row(place=PLACE, given={"quantity": {"low": "1"}, "claims": [{"field": "quantity"}]}),
    Sum(donor="", aid=AidType.MILITARY, measure="delivery", euros=Decimal("1.000001"), lines=2, published=True),
    Unmapped(kind="item", name="x", lines=1, first=PLACE),
]


@pytest.mark.parametrize("read", READS)
def test_what_is_read_comes_back_the_same(read):
    line = handed_over.line(read)

    assert line.count(b"\n") == 1
    assert handed_over.value(line) == read


def test_numbers_and_days_of_a_record_come_as_texts():
    line = handed_over.line(Row(place=PLACE, given={"low": Decimal("1E+3"), "on": date(2024, 1, 2)}))

    assert handed_over.value(line) == Row(place=PLACE, given={"low": "1000", "on": "2024-01-02"})


@pytest.mark.parametrize(
    "line",
    [b"", b"{}", b"[]", b'["row"]', b'["row", 1]', b'["else", {}]', b'["row", {"given": 1}]', b'["label", {"x": 1}]'],
)
def test_what_is_no_such_line_is_refused(line):
    with pytest.raises((ValueError, TypeError, LookupError, AttributeError)):
        handed_over.value(line)


def test_what_an_importer_knows_comes_back_the_same():
    known = tracker.known()

    assert handed_over.known_from(handed_over.known_as_json(known)) == known
