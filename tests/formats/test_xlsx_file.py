"""A workbook: real numbers and days, links within the limits of spreadsheets, nothing that runs or breaks."""

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from app.domain.dictionary import Holds
from app.domain.table import Column, Origin, Rows, Table
from app.formats import xlsx_file

TABLE = Table(
    name="pledges",
    columns=(
        Column(name="key", told="Name.", codes=(("a", "first"), ("b", "second"))),
        Column(name="low", holds=Holds.NUMBER),
        Column(name="reports", holds=Holds.WHOLE),
        Column(name="latest", holds=Holds.DAY),
        Column(name="updated_at", holds=Holds.MOMENT),
        Column(name="address", holds=Holds.ADDRESS),
        Column(name="sources", holds=Holds.ADDRESSES),
    ),
)
ORIGIN = Origin(address="https://pledges.example/pledges?donor=DE", made="2024-01-10T09:30:00+00:00", head="ab12")


def made(*rows, origin=ORIGIN):
    return b"".join(xlsx_file.file(origin, [Rows(TABLE, [list(rows)] if rows else [])]))


def read(*rows):
    book = CalamineWorkbook.from_filelike(io.BytesIO(made(*rows)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def part(content, name):
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def a_row(key="leopards", low=None, reports=None, latest=None, updated=None, address=None, sources=None):
    return key, low, reports, latest, updated, address, sources


def test_numbers_days_and_moments_are_what_they_are():
    row = read(a_row(low=48_333_333, reports=3, latest="2024-01-10", updated="2024-01-10 09:30:15"))["Pledges"][1]

    assert row[1:5] == [48.333333, 3.0, date(2024, 1, 10), datetime(2024, 1, 10, 9, 30, 15)]


def test_both_databases_are_told_alike():
    sqlite = a_row(low=1_500_000, latest="2024-01-10", updated="2024-01-10 09:30:15.000000")
    postgresql = a_row(low=Decimal(1_500_000), latest=date(2024, 1, 10), updated=datetime(2024, 1, 10, 9, 30, 15))

    assert read(sqlite) == read(postgresql)


@pytest.mark.parametrize(
    ("millionths", "told"),
    [
        (9_000_000_000_000_123_456, "9000000000000.123456"),
        (1_234_567_890_123_456_000, "1234567890123.456"),
        (999_999_999_999_999_000, 999_999_999_999.999),
        (9_000_000_000_000_000_000, 9_000_000_000_000.0),
        (0, 0.0),
        (1, 0.000001),
    ],
)
def test_a_number_that_a_spreadsheet_would_round_stands_as_text(millionths, told):
    assert read(a_row(low=millionths))["Pledges"][1][1] == told


def test_a_day_before_spreadsheets_count_them_stands_as_text():
    assert read(a_row(latest="1900-02-28"))["Pledges"][1][3] == "1900-02-28"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("<r>x</r>", "<r>x</r>"),
        ("</t></is></c></row>", "</t></is></c></row>"),
        (" edge ", " edge "),
        ("a\nb", "a\nb"),
        ("Петріот & “Söhne”", "Петріот & “Söhne”"),
        ("half \ud800\uffff", "half \ufffd\ufffd"),
    ],
)
def test_no_text_runs_or_breaks_the_file(text, told):
    content = made(a_row(text))

    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1][0] == told
    assert "<f>" not in part(content, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(("text", "told"), [("bell\x07", "bell_x0007_"), ("_x0041_", "_x005F_x0041_")])
def test_control_signs_are_written_as_the_format_has_them(text, told):
    assert f"<t>{told}</t>" in part(made(a_row(text)), "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("sign", ["a", "ї", "\U0001f1fa"])
def test_a_text_longer_than_a_cell_is_cut_and_says_so(sign):
    (cell,) = [row[0] for row in read(a_row(sign * 40_000))["Pledges"][1:]]

    assert cell.endswith("…") and set(cell[:-1]) == {sign}
    assert 32_765 <= len(cell.encode("utf-16-le")) // 2 <= 32_767
    assert read(a_row(sign * 16_000))["Pledges"][1][0] == sign * 16_000


def test_addresses_are_links_and_other_words_are_not():
    content = made(
        a_row(address="https://pledges.example/pledges/7@3", sources="https://a.example/1?x=1&y=2 https://b.example/2"),
        a_row(address="javascript:alert(1)", sources="https://c.example/" + "x" * 2100),
    )
    targets = re.findall(r'Target="([^"]+)"', part(content, "xl/worksheets/_rels/sheet1.xml.rels"))

    assert targets == ["https://pledges.example/pledges/7@3", "https://a.example/1?x=1&amp;y=2"]


def test_links_stop_at_the_most_that_a_sheet_may_have(monkeypatch):
    monkeypatch.setattr(xlsx_file, "MOST_LINKS", 3)
    content = made(*(a_row(address=f"https://pledges.example/{place}") for place in range(5)))

    assert part(content, "xl/worksheets/_rels/sheet1.xml.rels").count("Target=") == 3
    assert "https://pledges.example/4" in part(content, "xl/worksheets/sheet1.xml")


def test_what_is_too_much_for_a_sheet_goes_on_in_the_next(monkeypatch):
    monkeypatch.setattr(xlsx_file, "MOST_ROWS", 4)
    sheets = read(*(a_row(f"k{place}") for place in range(10)))
    names = [name for name in sheets if name.startswith("Pledges")]

    assert names == ["Pledges", "Pledges 2", "Pledges 3"]
    assert [row[0] for name in names for row in sheets[name] if row[0] != "key"] == [f"k{place}" for place in range(10)]
    assert all(sheets[name][0] == TABLE.names for name in names)


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_the_head_stays_and_filters_whatever_the_number_of_rows(rows):
    xml = part(made(*(a_row() for _ in range(rows))), "xl/worksheets/sheet1.xml")

    assert '<pane xSplit="1" ySplit="1"' in xml and 'state="frozen"' in xml
    assert f'<autoFilter ref="A1:G{rows + 1}"/>' in xml


def test_it_explains_its_columns_and_says_where_it_comes_from():
    sheets = read(a_row())

    assert sheets["Dictionary"][1][:3] == ["key", "Name.", "a: first\nb: second"]
    assert any("15 digits" in str(row[0]) for row in sheets["Dictionary"])
    assert ["Filter", "https://pledges.example/pledges?donor=DE"] in sheets["About"]
    assert ["Digest of the history", "ab12"] in sheets["About"]


def test_nothing_is_left_behind_when_it_cannot_be_finished(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def broken():
        yield [a_row()]
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        list(xlsx_file.file(ORIGIN, [Rows(TABLE, broken())]))
    assert list(tmp_path.iterdir()) == []
