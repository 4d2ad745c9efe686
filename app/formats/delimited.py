"""Tables as text: UTF-8 or UTF-16, with commas, semicolons, tabs or bars between the cells."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from app.domain.codes import N_
from app.formats.cells import bounded, too_long
from app.formats.row import Cell, Sheet, Unreadable

SEPARATORS = (",", ";", "\t", "|")
LOOKED_AT = 50  # rows, to tell the separator

NO_TEXT = N_("The text of the file is neither UTF-8 nor UTF-16. Save it as “CSV UTF-8”.")
NOT_CLOSED = N_("The quotation marks around row %(row)s do not match, so that the rows after it cannot be told apart.")


def sheet(content: bytes) -> Sheet:
    encoding = _encoding(content)
    text = _Text(content, encoding)
    announced = re.match(r"\ufeff?sep=(.)\r?\n", text.start(), re.IGNORECASE)  # Excel's own first line
    separator = announced[1] if announced else max(SEPARATORS, key=lambda one: _fit(text, one))
    return Sheet("", bounded(text.rows(separator)))


class _Text:
    def __init__(self, content: bytes, encoding: str) -> None:
        self.content, self.encoding = content, encoding

    def start(self) -> str:
        """Raises Unreadable."""
        try:
            return self._opened().read(100)
        except UnicodeError:
            raise Unreadable(NO_TEXT) from None

    def rows(self, separator: str) -> Iterator[list[Cell]]:
        """Raises Unreadable. Strict: else one mark too many would swallow all rows up to the next one, unseen."""
        reader = csv.reader(self._opened(), delimiter=separator, strict=True)
        number = 0
        try:
            for row in reader:
                number += 1
                yield [cell or None for cell in row]
        except UnicodeError:
            raise Unreadable(NO_TEXT) from None
        except csv.Error as problem:
            if "field larger" in str(problem):
                raise too_long(number + 1) from None
            raise Unreadable(NOT_CLOSED, row=str(number + 1)) from None

    def _opened(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(io.BytesIO(self.content), encoding=self.encoding, newline="")


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = content[:4000]
    for encoding, high_bytes in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if len(start) > 3 and high_bytes.count(0) > 0.4 * len(high_bytes):  # Latin letters have a high byte of 0
            return encoding
    return "utf-8-sig"


def _fit(text: _Text, separator: str) -> tuple[float, int]:
    """How well a separator divides the first rows: the share of rows as wide as most of them, then their width. What
    the quotation marks hold together is not divided, whatever stands in it."""
    widths: Counter[int] = Counter()
    try:
        widths.update(len(row) for row in islice(text.rows(separator), LOOKED_AT) if row)
    except Unreadable as problem:
        if problem.sentence == NO_TEXT:
            raise
    if not widths:
        return 0, 0
    width, rows = max(widths.items(), key=lambda one: (one[1], one[0]))
    return (rows / widths.total(), width) if width > 1 else (0, 1)
