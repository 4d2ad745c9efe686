"""A part of a workbook, looked through while it is unpacked: its XML is sound, and its cells are not too far away.

The reader of workbooks keeps room for every cell between the first and the last one, so that two cells can ask for
any memory. What the sheet says of its own size is not believed."""

import re
from collections.abc import Callable
from xml.parsers import expat

from app.domain.codes import N_
from app.formats.cells import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, TOO_MANY, TOO_WIDE
from app.formats.row import Unreadable

REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
LONGEST_MARK = 1_000_000  # bytes of one tag with its attributes
MOST_ELEMENTS = 10_000_000
FILLED = ("v", "is", "f")  # what a cell holds that is not empty

NOT_SOUND = N_("The workbook is damaged: one of its parts is no sound XML.")
DOCTYPE = N_("The workbook declares entities of its own, which no spreadsheet does. It is not read.")
TOO_FAR = N_("A cell of the workbook lies outside of any sheet.")


def looked_through() -> Callable[[bytes], None]:
    """A function that takes the part step by step, and at its end nothing. It raises Unreadable."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse

    def root(name: str, attributes: dict[str, str]) -> None:
        parser.StartElementHandler = _Cells().element if _local(name) == "worksheet" else None

    fed = 0

    def step(content: bytes) -> None:
        nonlocal fed
        fed += len(content)
        try:
            parser.Parse(content, not content)
        except expat.ExpatError:
            raise Unreadable(NOT_SOUND) from None
        if fed - parser.CurrentByteIndex > LONGEST_MARK:  # it begins anew with each step: the time grows by the square
            raise Unreadable(NOT_SOUND)

    parser.StartElementHandler = root
    return step


class _Cells:
    """How far the cells of a sheet reach. Rows and columns count from 0; those that are not named follow the last."""

    def __init__(self) -> None:
        self.row, self.column = -1, -1
        self.last_row, self.first_column, self.last_column = 0, MOST_COLUMNS, 0
        self.elements = self.filled = 0

    def element(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise Unreadable(TOO_MANY)
        if ":" in name:
            name = _local(name)
        if name == "c":
            self._cell(attributes.get("r"))
        elif name == "row":
            number = attributes.get("r")
            self.row = self.row + 1 if number is None else _number(number) - 1
            self.column = -1
        elif name in FILLED:
            self._fill()

    def _cell(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
            return
        found = REFERENCE.fullmatch(reference)
        if found is None:
            raise Unreadable(TOO_FAR)
        self.column, self.row = _column(found[1]), int(found[2]) - 1

    def _fill(self) -> None:
        self.filled += 1
        if self.column >= MOST_COLUMNS:
            raise Unreadable(TOO_WIDE)
        if not 0 <= self.row < MOST_ROWS or self.column < 0:
            raise Unreadable(TOO_FAR)
        if self.row <= self.last_row and self.first_column <= self.column <= self.last_column:
            return  # it lies between others, as nearly all do
        self.last_row = max(self.last_row, self.row)
        self.first_column, self.last_column = min(self.first_column, self.column), max(self.last_column, self.column)
        room = (self.last_row + 1) * (self.last_column - self.first_column + 1)
        if room > MOST_CELLS:
            raise Unreadable(TOO_MANY)


def _refuse(*_declaration: object) -> None:
    raise Unreadable(DOCTYPE)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _number(text: str) -> int:
    if not re.fullmatch("[0-9]{1,7}", text):
        raise Unreadable(TOO_FAR)
    return int(text)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
