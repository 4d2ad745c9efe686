"""Files of tables as sheets of rows, and the sentence for what is none."""

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter

from app.formats import book, cells
from app.formats.row import Unreadable
from tests.formats import hostile
from tests.formats.hostile import table, workbook

ROWS = [["Country", "Said", "Value"], ["Türkiye", "first;\nthen, “so”", "1,5"], ["Україна", None, "2"]]


def read(content: bytes) -> list[list[object]]:
    [sheet] = book.sheets(content)
    return list(sheet.rows)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_text_is_read_in_every_usual_shape(separator, encoding, end):
    text = end.join(separator.join(f'"{cell or ""}"' for cell in row) for row in ROWS)

    assert read(text.encode(encoding)) == ROWS


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("a;b,c\n1;2\n3;4\n", ["a", "b,c"]),  # a comma in one row only
        ("name,note\nx,a;b;c;d\ny,e\n", ["name", "note"]),
        ('"a;b;c",d\n"e;f;g",h\n', ["a;b;c", "d"]),
        ("sep=|\na|b,c,d\n", ["sep=", None]),  # what the first line says decides
        ("alone\nin a column\n", ["alone"]),
        ("a,b\n\n1,2\n", ["a", "b"]),
    ],
)
def test_the_separator_is_the_one_that_divides_alike(text, row):
    assert read(text.encode())[0] == row


def test_rows_of_different_width_stay_so():
    assert read(b"a,b,c\n1\n\n2,3\n") == [["a", "b", "c"], ["1"], [], ["2", "3"]]


def test_a_text_that_is_neither_utf8_nor_utf16_is_told():
    with pytest.raises(Unreadable):
        read("Country,Value\nTürkiye,1\n".encode("cp1252"))


def test_a_quotation_mark_left_open_is_told_with_its_row():
    with pytest.raises(Unreadable) as problem:
        read(b'a,b\n1,2\n3,"4\n5,6\n')
    assert problem.value.told == {"row": "3"}


def a_workbook(**sheets: list[list[object]]) -> bytes:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, column, cell)
    made.close()
    return out.getvalue()


def test_a_workbook_is_read_sheet_by_sheet():
    content = a_workbook(One=[["a", 1], [None, True]], Two=[[None], [None, None, "far"]])

    assert [(sheet.name, list(sheet.rows)) for sheet in book.sheets(content)] == [
        ("One", [["a", Decimal(1)], [None, True]]),
        ("Two", [[None], ["far"]]),
    ]


def test_numbers_are_the_shortest_decimals_that_mean_them():
    texts = ["0.1", "21596939.405158583", "1e22", "70000.0", "-0.5", "12", "0.30000000000000004"]
    sheet = "<sheetData><row>" + "".join(f"<c><v>{text}</v></c>" for text in texts) + "</row></sheetData>"

    assert read(workbook(sheet)) == [[Decimal(text) for text in texts]]


def test_days_are_days():
    assert read(a_workbook(One=[[date(2022, 3, 1), datetime(2022, 3, 1, 12, 30)]])) == [
        [date(2022, 3, 1), datetime(2022, 3, 1, 12, 30)]
    ]


def test_a_formula_is_its_value_and_links_are_not_followed():
    sheet = (
        "<sheetData><row><c><f>[1]Other!A1*2</f><v>7.5</v></c>"
        '<c t="str"><f>HYPERLINK("https://a.example")</f><v>shown</v></c><c><f>1+1</f></c></row></sheetData>'
    )
    link = '<externalLink xmlns="a"><externalBook r:id="rId1" xmlns:r="b"/></externalLink>'

    assert read(workbook(sheet, **{"xl__externalLinks__externalLink1-xml": link})) == [
        [Decimal("7.5"), "shown"],
    ]


def test_a_cell_names_its_place_by_itself_or_follows_the_last():
    sheet = '<sheetData><row r="2"><c r="B2"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>'

    assert read(workbook(sheet))[1:] == [[None, Decimal(1), Decimal(2)], [Decimal(3), None, None]]


def test_what_the_sheet_says_of_its_size_is_not_believed():
    assert read(workbook('<dimension ref="A1:XFD1048576"/>' + hostile.rows(("a", "b")))) == [["a", "b"]]


def test_empty_cells_far_away_are_no_cells():
    """Whole columns that were given a colour reach to the end of the sheet."""
    sheet = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576"/></sheetData>'

    assert read(workbook(sheet)) == [[Decimal(1)]]


@pytest.mark.parametrize("signs", ["\u202e", "\u2066", "\x85", "\x7f"])
def test_signs_that_nobody_sees_reach_the_importer(signs):
    assert read(workbook(hostile.rows((f"a{signs}b",)))) == [[f"a{signs}b"]]
    assert read(table((f"a{signs}b", "c"))) == [[f"a{signs}b", "c"]]


def test_the_longest_cell_of_a_spreadsheet_is_read():
    assert read(table(("a" * cells.LONGEST_CELL, "b")))[0][1] == "b"
    with pytest.raises(Unreadable):
        read(table(("a" * (cells.LONGEST_CELL + 1), "b")))


def test_one_text_in_too_many_cells_is_told(monkeypatch):
    monkeypatch.setattr(cells, "MOST_SIGNS", 1000)
    with pytest.raises(Unreadable) as problem:
        read(table(*[("a" * 300, "b")] * 4))
    assert problem.value.sentence == cells.TOO_MUCH


@pytest.mark.parametrize("place", range(8, 1300, 37))
def test_a_workbook_cut_anywhere_is_told(place):
    with pytest.raises(Unreadable):
        [list(sheet.rows) for sheet in book.sheets(workbook(hostile.rows(hostile.HEADINGS))[:place])]
