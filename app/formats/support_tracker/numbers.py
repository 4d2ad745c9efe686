"""Numbers as the tracker writes them: mostly real ones, some as text, and a dozen ways to say that there is none."""

import re
from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_HALF_EVEN, Context, Decimal

from app.domain.codes import N_
from app.domain.numerals import LARGEST
from app.domain.quantity import SMALLEST_STEP
from app.formats.row import Cell

NO_NUMBER = N_("“%(value)s” is no number that can be read; the line has none.")
TOO_LARGE = N_("The number %(value)s is too large to be right; the line has none.")

NONE = re.compile(
    r"undisclosed|not disclosed|unknown|unclear|not (?:given|available|specified|stated)"
    r"|no (?:price|value)(?: available)?|n/?a|none|[.\s\-–?]*"
)
PLAIN = re.compile(r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d{1,2})?")
ENGLISH = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
EUROPEAN = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?|[-+]?\d+,\d+")  # 1.234.567,5 and 395,88
BLANKS = re.compile(r"(?<=\d)[ '’](?=\d{3}(?!\d))")
LONGEST_NUMBER, LONGEST_WORDS = 60, 200
# A spreadsheet keeps 15 digits; what programs write beyond them differs from copy to copy of one file.
FIFTEEN = Context(prec=15)


@dataclass(frozen=True)
class Read:
    """`number` None: the cell gives none, in `words` as it stands there. `fault` is a sentence about the cell."""

    number: Decimal | None
    words: str = ""
    fault: str = ""


def number_of(cell: Cell) -> Read:
    if isinstance(cell, Decimal):
        return _kept(cell, f"{cell:f}")
    words = "" if cell is None else " ".join(str(cell).split())[:LONGEST_WORDS].strip()
    if isinstance(cell, (bool, date, time)):
        return Read(None, words, NO_NUMBER)
    text = words.casefold()
    if NONE.fullmatch(text):
        return Read(None, words)
    number = _read(BLANKS.sub("", text)) if len(text) <= LONGEST_NUMBER else None
    return Read(None, words, NO_NUMBER) if number is None else _kept(number, words)


def rounded(number: Decimal) -> Decimal:
    """To six decimals, half even."""
    return number.quantize(SMALLEST_STEP, rounding=ROUND_HALF_EVEN)


def _kept(number: Decimal, words: str) -> Read:
    if not number.is_finite() or abs(number) > LARGEST:
        return Read(None, words[:LONGEST_NUMBER], TOO_LARGE)
    as_kept = FIFTEEN.plus(number)
    return Read(rounded(as_kept), words if as_kept == number else f"{as_kept:f}")


def _read(text: str) -> Decimal | None:
    if PLAIN.fullmatch(text):
        return Decimal(text)
    if ENGLISH.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if EUROPEAN.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    return None
