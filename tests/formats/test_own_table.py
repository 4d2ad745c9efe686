"""A table of ours goes out, is changed elsewhere, and comes back: what was not changed is as it was."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings

from app.domain.dictionary import COLUMNS
from app.domain.quantity import exact
from app.domain.table import Origin
from app.formats import book, csv_file, json_file, own_json, own_table, xlsx_file
from app.formats.record import amended, value_from
from app.formats.row import Known, Label, Row, Sheet, Unreadable
from tests.builders import a_pledge, an_amount
from tests.formats import outgoing
from tests.formats.records import RECORDS, TODAY

KNOWN = Known(donors={"germany": "DE", "de": "DE"})
HOSTILE = [
    "=1+1",
    "'=1",
    "+49",
    "-",
    "@x",
    "_x0041_",
    "<r>x</r>",
    "&amp;",
    "]]>",
    " edge ",
    "’Ґ„",
    "1e5",
    "007",
    "TRUE",
    "a\nb",
]


def through_csv(*pledges):
    content = b"".join(csv_file.file(Origin(), [outgoing.rows(*pledges)]))
    return list(own_table.rows(book.sheets(content), KNOWN))


def through_xlsx(*pledges):
    content = b"".join(xlsx_file.file(Origin(base="https://pledges.example"), [outgoing.rows(*pledges)]))
    return list(own_table.rows(book.sheets(content), KNOWN))


def through_json(*pledges):
    content = b"".join(json_file.file(Origin(), [outgoing.rows(*pledges)]))
    return list(own_json.rows(content, KNOWN))


WAYS = {"csv": through_csv, "xlsx": through_xlsx, "json": through_json}


def table(*lines, name=""):
    return list(own_table.rows([Sheet(name, iter([list(line) for line in lines]))], KNOWN))[1:]


def only(*lines):
    (row,) = table(*lines)
    return row


@pytest.mark.parametrize("way", WAYS)
def test_what_comes_back_unchanged_changes_nothing(way):
    @settings(max_examples=60 if way != "xlsx" else 30, deadline=None, derandomize=True)
    @given(RECORDS["pledge"].map(outgoing.plain))
    def same(pledge):
        label, row = WAYS[way](pledge)

        assert isinstance(label, Label) and row.faults == ()
        assert not row.whole and "claims" not in row.given
        assert amended(pledge, row.given, today=TODAY) == pledge

    same()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("text", HOSTILE)
def test_texts_that_mean_something_elsewhere_come_back_as_they_were(way, text):
    pledge = a_pledge(title=text, supplier=text, note=text) if "\n" not in text else a_pledge(note=text)
    _, row = WAYS[way](pledge)

    assert row.faults == ()
    assert amended(pledge, row.given) == pledge


def test_columns_stand_in_any_order_and_any_writing():
    row = only(["Title", " KEY ", "Announced  Latest", "announced earliest", "announced words"],
               ["Tanks", "leopards", date(2023, 1, 25), datetime(2023, 1, 25), None])  # fmt: skip

    assert row.given == {
        "key": "leopards",
        "title": "Tanks",
        "announced": {"earliest": "2023-01-25", "latest": "2023-01-25"},
    }
    assert not row.whole


def test_a_table_of_a_few_columns_changes_only_those():
    row = only(["key", "title"], ["leopards", "Leopard 2A6 tanks"])
    pledge = a_pledge(note="kept", amount=an_amount(5))

    assert amended(pledge, row.given) == a_pledge(note="kept", amount=an_amount(5), title="Leopard 2A6 tanks")


def test_an_empty_cell_is_empty():
    row = only(["key", "note", "system", "package_key"], ["leopards", None, "", None])

    assert row.given == {"key": "leopards", "note": None, "system": None, "package": None}
    assert amended(a_pledge(note="gone"), row.given) == a_pledge(system=None)


def test_what_follows_from_others_is_passed_over():
    derived = ["status", "delivered_low", "counted_low", "confidence", "address", "id", "version", "updated_at"]
    row = only(["key", *derived], ["leopards", *derived])

    assert row.given == {"key": "leopards"} and row.faults == ()


def test_a_column_of_no_meaning_is_a_remark_said_once():
    first, second = table(["key", "note", "colour"], ["leopards", "", "green"], ["patriots", "", "grey"])

    assert [(one.place.column, one.sentence) for one in first.faults] == [("colour", own_table.own_columns.UNKNOWN)]
    assert first.given and second.faults == ()


def test_a_figure_without_all_its_columns_is_passed_over_and_said():
    row = only(["key", "quantity_qualifier", "quantity_point"], ["leopards", "exact", "20"])

    assert row.given == {"key": "leopards"}
    assert "quantity_low" in row.faults[0].value and row.faults[0].sentence == own_table.own_columns.APART


def test_a_new_record_needs_donor_and_title_and_no_key():
    made, nameless = table(
        ["key", "donor", "title", "quantity_qualifier", "quantity_point"],
        [None, "Germany", "Leopard 2 tanks", "exact", Decimal(18)],
        [None, None, "Tanks", None, None],
    )

    assert made.whole
    assert value_from("pledge", {**made.given, "key": "k"}) == a_pledge(
        key="k", system=None, role="complete_system", unit="other", quantity=exact(18), announced=a_pledge().expected
    )
    assert nameless.given is None and nameless.faults[0].sentence == own_table.own_columns.NAMELESS


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("aid", "medical"),
        ("status_pin", "gone"),
        ("currency", "EURO"),
        ("title", "two\u202eways"),
        ("title", "nul\x00"),
        ("title", " "),
        ("system", "No Slug!"),
        ("dataset_key", "\x1b"),
    ],
)
def test_a_fault_names_sheet_row_column_and_value(column, value):
    columns = ["key", column]
    if column == "currency":
        columns += [f"amount_{end}" for end in ("qualifier", "low", "point", "high", "words", "basis")]
    rest = {"amount_qualifier": "exact", "amount_point": "5"}
    (row,) = table([], columns, ["leopards", value, *(rest.get(name) for name in columns[2:])], name="Tabelle 1")
    fault = row.faults[-1]

    assert row.given is None
    assert (fault.place.sheet, fault.place.row, fault.place.column) == ("Tabelle 1", 3, column)
    assert fault.sentence and fault.value.isprintable()


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("1,000", None),
        ("NaN", None),
        (Decimal("1E+30"), None),
        (Decimal("1E+999999"), None),
        (True, None),
        (Decimal("1E+3"), "1000"),
        (Decimal("48.333333"), "48.333333"),
    ],
)
def test_a_number_is_exact_or_a_fault_of_its_column(cell, told):
    ends = [f"quantity_{end}" for end in ("low", "point", "high", "words")]
    row = only(["key", "quantity_qualifier", *ends], ["leopards", "exact", None, cell, None, None])

    if told:
        assert row.given["quantity"] == {"qualifier": "exact", "point": told}
    else:
        assert row.given is None and row.faults[0].place.column == "quantity_point"


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ({"value_from": "amount", "value_set_by": "ecb"}, False),
        ({"value_from": "stated", "value_set_by": "dataset"}, True),
        ({"value_set_by": "ecb"}, False),
        ({"value_set_by": "stated", "currency": "EUR", "amount_point": "5"}, False),
        ({"value_set_by": "stated", "currency": "EUR", "amount_point": "6"}, True),
        ({"value_set_by": "stated", "currency": "USD", "amount_point": "5"}, True),
    ],
)
def test_a_worth_is_read_where_it_does_not_follow_from_the_amount(told, read):
    cells = {"key": "k", "value_low_eur": "", "value_point_eur": "5", "value_high_eur": ""} | told
    row = only(list(cells), list(cells.values()))

    assert ("value" in row.given) == read
    assert not read or row.given["value"] == {"point": "5", "set_by": told["value_set_by"]}


def test_blank_rows_and_other_sheets_are_passed_over():
    sheets = [
        Sheet("About", iter([["Filter", "all"]])),
        Sheet("Pledges", iter([[None], ["key", "note"], [None, ""], ["leopards"], []])),
        Sheet("Dictionary", iter([["Column", "What it holds"], ["key", "the key"]])),
    ]
    rows = [read for read in own_table.rows(sheets, KNOWN) if isinstance(read, Row)]

    assert [(row.given["key"], row.place.row) for row in rows] == [("leopards", 4)]


@pytest.mark.parametrize("lines", [[], [["a", "b"]], [["Column"], ["key"]], [[1, None, True]] * 30])
def test_a_file_without_such_a_table_is_unreadable(lines):
    with pytest.raises(Unreadable) as error:
        table(*[[cell if cell != "key" else "keys" for cell in line] for line in lines])

    assert error.value.sentence == own_table.NO_HEADING


def test_a_column_that_stands_twice_is_unreadable():
    with pytest.raises(Unreadable) as error:
        table(["key", "title", "Title"], ["k", "a", "b"])

    assert error.value.told == {"column": "title"}


def test_every_attribute_of_a_pledge_but_its_parts_and_state_has_its_columns():
    told = {one.at.partition(".")[0] for one in COLUMNS if one.at}

    assert told == set(a_pledge().__dataclass_fields__) - {"state", "parties", "milestones", "claims", "links"}
