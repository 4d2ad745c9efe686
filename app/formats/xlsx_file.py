"""Pledges as a workbook: the records, what the columns mean, and where they come from."""

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from app.domain.dictionary import Holds
from app.domain.table import Column, Origin, Rows, Table
from app.formats.csv_file import safe_text
from app.formats.table_rows import Batch, columns, kept

MOST_ROWS = 1_048_575  # of a sheet, below its head
MOST_LINKS = 65_530  # of a sheet
LONGEST_LINK = 2_079
LONGEST = 32_767  # signs of a cell, as UTF-16 counts them
MOST_DIGITS = 15  # that a spreadsheet keeps of a number
DAY_ONE = date(1900, 3, 1)  # before it spreadsheets count a day that never was
ZERO = date(1899, 12, 30).toordinal()
PIECE = 1 << 16
# What XML takes for its own or cannot hold; and what the format would read as the number of a sign.
ODD = re.compile("[\x00-\x08\x0b-\x1f&<>\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "_": "_x005F_"}
WIDTHS = {Holds.NUMBER: 14, Holds.WHOLE: 9, Holds.DAY: 12, Holds.MOMENT: 18, Holds.ADDRESS: 34, Holds.ADDRESSES: 34}

PLEDGES, DICTIONARY, ABOUT = "Pledges", "Dictionary", "About"
HEADS = ("Column", "What it holds", "Codes", "Empty means")
TRAITS = (
    "A number of more than 15 digits stands as text: a spreadsheet would round it.",
    "A text of more than 32,767 signs is cut and ends in “…”: a cell holds no more. CSV and JSON have all of it.",
    "A text that a spreadsheet might run has an apostrophe in front, which an import takes away.",
    "A click on sources opens the first of them.",
)
ORIGINS = {
    "address": "Filter",
    "made": "Made, in UTC",
    "covers": "Covers",
    "until": "Until",
    "changed": "Records last changed, in UTC",
    "sources": "Figures by",
    "licence": "Licence",
    "counter": "Changes so far",
    "epoch": "Epoch of the history",
    "head": "Digest of the history",
}


class _Sheet(Worksheet):
    """Rows are written as they come: through the cells of the library it takes three times as long, and a text that
    looks like its own mark-up would be written as such."""

    row_data_fh: TextIO  # in constant memory

    def put(self, row: int, cells: Iterable[str]) -> None:
        self.row_data_fh.write(f'<row r="{row + 1}">{"".join(cells)}</row>')

    def reaches(self, rows: int, width: int) -> None:
        self.dim_rowmin, self.dim_colmin, self.dim_rowmax, self.dim_colmax = 0, 0, rows, width - 1


def file(origin: Origin, rows: Sequence[Rows]) -> Iterator[bytes]:
    """The file in pieces, once the whole of it is there."""
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "whole").open("w+b") as whole:
        _write(whole, folder, origin, rows[0])
        whole.seek(0)
        while piece := whole.read(PIECE):
            yield piece


def _write(whole: BinaryIO, folder: str, origin: Origin, rows: Rows) -> None:
    told = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "tmpdir": folder}
    book = Workbook(whole, told)
    try:
        records = _Records(book, rows.table)
        for batch in rows.batches:
            records.add(batch)
        records.finish()
        _dictionary(book, rows.table.columns)
        _about(book, origin)
    except BaseException:
        for sheet in book.worksheets():
            sheet._opt_close()
        raise
    book.close()


class _Records:
    """The sheet of the records; a further one where it is full."""

    def __init__(self, book: Workbook, table: Table) -> None:
        self.book, self.table = book, table
        self.texts, self.days = kept(), _Days()
        self.head = _index(book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}))
        self.link = _index(book.add_format({"underline": 1}))
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self.whole = book.add_format({"num_format": "#,##0.######"})
        self.styles = {Holds.DAY: _index(self.day), Holds.MOMENT: _index(self.moment), Holds.NUMBER: _index(self.whole)}
        self.letters = [xl_col_to_name(place) for place in range(len(table.columns))]
        self.numbers = count(2)
        self._begin(PLEDGES)

    def add(self, batch: Batch) -> None:
        while batch:
            room = MOST_ROWS - self.row
            if not room:
                self.finish()
                self._begin(f"{PLEDGES} {next(self.numbers)}")
                continue
            self._put(batch[:room])
            batch = batch[room:]

    def finish(self) -> None:
        self.sheet.reaches(self.row, len(self.letters))
        self.sheet.autofilter(0, 0, self.row, len(self.letters) - 1)

    def _begin(self, title: str) -> None:
        self.sheet = _added(self.book, title)
        self.sheet.ignore_write_string = True  # the text of a link stands there already
        self.row, self.links = 0, 0
        for place, column in enumerate(self.table.columns):
            self.sheet.set_column(
                place, place, 60 if column.name in ("title", "summary") else WIDTHS.get(column.holds, 16)
            )
        self.sheet.freeze_panes(1, 1)
        heads = (_text(letter, 1, name, self.head) for letter, name in zip(self.letters, self.table.names, strict=True))
        self.sheet.put(0, heads)

    def _put(self, batch: Batch) -> None:
        first = self.row + 1
        found = columns(batch, self.table.holds, self.texts)
        cells = []
        for place, (column, letter) in enumerate(zip(found, self.letters, strict=True)):
            holds = self.table.columns[place].holds
            cells.append(self._column(holds, letter, first, list(column), place))
        for offset, row in enumerate(zip(*cells, strict=True)):
            self.sheet.put(first + offset, row)
        self.row += len(batch)

    def _column(self, holds: Holds, letter: str, first: int, column: list[Any], place: int) -> list[str]:
        """The cells of a column; the first row of a sheet is 1 in its mark-up."""
        rows = range(first + 1, first + 1 + len(column))
        cells: Iterable[tuple[int, Any]] = zip(rows, column, strict=True)
        match holds:
            case Holds.NUMBER:
                style = self.styles[holds]
                return ["" if cell is None else _number(letter, row, cell, style) for row, cell in cells]
            case Holds.WHOLE:
                return ["" if cell is None else f'<c r="{letter}{row}"><v>{cell}</v></c>' for row, cell in cells]
            case Holds.DAY | Holds.MOMENT:
                style, days = self.styles[holds], self.days
                return ["" if not cell else _dated(letter, row, cell, days[cell], style) for row, cell in cells]
            case Holds.ADDRESS | Holds.ADDRESSES:
                return ["" if not cell else self._linked(letter, row, place, cell) for row, cell in cells]
        return ["" if not cell else _text(letter, row, safe_text(cell)) for row, cell in cells]

    def _linked(self, letter: str, row: int, place: int, text: str) -> str:
        address = text.partition(" ")[0]
        fits = len(address) <= LONGEST_LINK and address.startswith(("http://", "https://"))
        if not fits or self.links == MOST_LINKS:
            return _text(letter, row, safe_text(text))
        self.links += 1
        self.sheet.write_url(row - 1, place, address)
        return _text(letter, row, text, self.link)


class _Days(dict[str, str]):
    """Days and moments to the number that stands for them; "" where there is none."""

    def __missing__(self, text: str) -> str:
        day = date.fromisoformat(text[:10])
        clock = sum(int(part) * unit for part, unit in zip(text[11:19].split(":"), (3600, 60, 1), strict=False) if part)
        number = "" if day < DAY_ONE else f"{day.toordinal() - ZERO + clock / 86_400:.15g}"
        if len(self) > PIECE:
            self.clear()
        self[text] = number
        return number


def _added(book: Workbook, title: str) -> _Sheet:
    sheet = book.add_worksheet(title, worksheet_class=_Sheet)
    assert isinstance(sheet, _Sheet)
    return sheet


def _index(style: Format) -> int:
    return style._get_xf_index()


def _number(letter: str, row: int, text: str, style: int) -> str:
    if len(text) > MOST_DIGITS and len(text.replace(".", "").strip("0")) > MOST_DIGITS:
        return _text(letter, row, text)
    return f'<c r="{letter}{row}" s="{style}"><v>{text}</v></c>'


def _dated(letter: str, row: int, text: str, number: str, style: int) -> str:
    return f'<c r="{letter}{row}" s="{style}"><v>{number}</v></c>' if number else _text(letter, row, text)


def _text(letter: str, row: int, text: str, style: int = 0) -> str:
    text = _cut(text)
    told = ODD.sub(_named, text) if ODD.search(text) else text
    kept = "" if text == text.strip() and "\n" not in text else ' xml:space="preserve"'
    styled = f' s="{style}"' if style else ""
    return f'<c r="{letter}{row}"{styled} t="inlineStr"><is><t{kept}>{told}</t></is></c>'


def _named(found: re.Match[str]) -> str:
    sign = found[0]
    if sign >= "\ud800":
        return "\ufffd"
    return NAMED.get(sign) or f"_x{ord(sign):04X}_"


def _cut(text: str) -> str:
    if len(text) * 2 <= LONGEST or len(units := text.encode("utf-16-le", "replace")) <= LONGEST * 2:
        return text
    return units[: (LONGEST - 1) * 2].decode("utf-16-le", "ignore") + "…"


def _dictionary(book: Workbook, told: Sequence[Column]) -> None:
    rows = [list(HEADS)]
    for column in told:
        codes = "\n".join(f"{code}: {word}" for code, word in column.codes)
        rows.append([column.name, column.told, codes, column.empty])
    rows += [[], *([trait] for trait in TRAITS)]
    _sheet(book, DICTIONARY, rows, (26, 70, 46, 34))


def _about(book: Workbook, origin: Origin) -> None:
    rows = [[title, str(getattr(origin, name))] for name, title in ORIGINS.items() if getattr(origin, name)]
    _sheet(book, ABOUT, rows, (34, 100))


def _sheet(book: Workbook, title: str, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    sheet = _added(book, title)
    wrapped = _index(book.add_format({"text_wrap": True, "valign": "top"}))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    for number, row in enumerate(rows):
        cells = ((xl_col_to_name(place), safe_text(text)) for place, text in enumerate(row) if text)
        sheet.put(number, [_text(letter, number + 1, text, wrapped) for letter, text in cells])
    sheet.reaches(len(rows) - 1, len(widths))
