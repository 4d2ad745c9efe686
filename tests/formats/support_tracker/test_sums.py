from decimal import Decimal

import pytest

from app.domain.pledge import AidType
from app.formats.row import Sheet, Sum
from app.formats.support_tracker import rows
from tests.formats.tracker import known, sheet, told

MILITARY, FINANCIAL, HUMANITARIAN = AidType.MILITARY, AidType.FINANCIAL, AidType.HUMANITARIAN


def sums(read, *, published=False):
    return {
        (one.donor, one.aid, one.measure): (one.euros, one.lines)
        for one in read
        if isinstance(one, Sum) and one.published is published
    }


def test_lines_are_added_up_by_donor_kind_and_measure():
    read = told(
        {"line_euros": 5, "activity_euros": 50},
        {"line_euros": "6,5", "activity_euros": ".", "delivered_euros": 2},
        {"line_euros": 7, "activity_euros": 70, "measure": "Commitment"},
        {"line_euros": 8, "activity_euros": 80, "aid": "Financial"},
    )

    assert sums(read) == {
        ("AU", MILITARY, "allocation"): (Decimal("11.5"), 2),
        ("AU", MILITARY, "commitment"): (Decimal(120), 2),
        ("AU", MILITARY, "delivery"): (Decimal(2), 1),
        ("AU", FINANCIAL, "allocation"): (Decimal(8), 1),
        ("AU", FINANCIAL, "commitment"): (Decimal(80), 1),
        ("AU", FINANCIAL, "delivery"): (Decimal(0), 0),
    }


def test_lines_of_unknown_donors_stand_under_no_name():
    read = told({"donor": "Atlantis", "line_euros": 5}, {"line_euros": 1})

    assert sums(read)["", MILITARY, "allocation"] == (Decimal(5), 1)


HEADER = ["Country", "EU member", "Financial allocations (€ bn)", "Humanitarian allocations", "Military allocations"]
NARROW = ["Country", "Financial", "Military", "Total", "Financial", "Military"]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            [HEADER, ["Australia", 1, Decimal("0.5"), 0, "1.25"], ["Total", 1, 9, 9, 9], ["Note: as of today"]],
            {FINANCIAL: "500000000", HUMANITARIAN: "0", MILITARY: "1250000000"},
        ),
        (
            [["Table 1"], [], [None, *HEADER], [None, "Australia", 0, Decimal("0.1"), None, Decimal(2)]],
            {FINANCIAL: "100000000", MILITARY: "2000000000"},
        ),
        (
            [["Bilateral"], ["", "Allocations", "", "", "Commitments"], NARROW, ["Australia", 1, 2, 3, 4, 5]],
            {FINANCIAL: "1000000000", MILITARY: "2000000000"},
        ),
    ],
)
def test_totals_that_the_workbook_states_are_told_as_published(table, expected):
    summary = Sheet("Country Summary (EUR sign)", iter(table))
    others = [Sheet("Country Summary (USD sign)", iter([HEADER, ["Australia", 1, 7, 7, 7]])), Sheet("Notes", iter([]))]

    read = rows([summary, *others, sheet({"line_euros": 5})], known())

    found = {
        aid: euros
        for (donor, aid, measure), (euros, _) in sums(read, published=True).items()
        if measure == "allocation"
    }
    assert found == {aid: Decimal(euros) for aid, euros in expected.items()}


def test_measures_that_stand_above_several_columns_are_told_apart():
    table = [["", "Allocations", "", "", "Commitments"], NARROW, ["Australia", 1, 2, 3, 4, 5]]

    read = rows([Sheet("Country Summary (€)", iter(table)), sheet({})], known())

    assert {key[1:]: euros / 10**9 for key, (euros, _) in sums(read, published=True).items()} == {
        (FINANCIAL, "allocation"): 1,
        (MILITARY, "allocation"): 2,
        (FINANCIAL, "commitment"): 4,
        (MILITARY, "commitment"): 5,
    }


def test_a_sheet_without_headings_states_nothing():
    read = rows([Sheet("Country Summary (EUR)", iter([["Australia", 1]])), sheet({})], known())

    assert sums(read, published=True) == {}
