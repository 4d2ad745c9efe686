"""Texts of the tracker: blanks, signs that nobody can see, and Cyrillic letters in names that are Latin."""

import re

from app.formats.row import Cell

# Signs that turn the order of letters round, control signs, halves of a sign. Ends of lines and tabs are blanks.
HIDDEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
WIDTHLESS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
LONGEST_NAME = 40
NOTHING = re.compile(r"[.\s\-–]*")  # a lone dot stands where nothing is said
LOOK_ALIKE = str.maketrans("АВЕІЈКМНОРСТУХЅ", "ABEIJKMHOPCTYXS")


def text_of(cell: Cell) -> str:
    """One line with single blanks; "" where the cell says nothing."""
    if cell is None:
        return ""
    text = visible(str(cell))
    return "" if NOTHING.fullmatch(text) else text


def visible(text: str) -> str:
    """One line with single blanks, without the signs that nobody can see."""
    return " ".join(HIDDEN.sub(" ", text.translate(WIDTHLESS)).split())


def holds_hidden(cell: Cell) -> bool:
    return isinstance(cell, str) and HIDDEN.search(cell) is not None


def identifier(cell: Cell) -> str:
    """The name of an activity in Latin capitals and digits: one of release 17 is typed with a Cyrillic letter. They
    have five or six signs; two overlong ones that begin alike are one, whose lines are still told apart by number."""
    return re.sub(r"[^A-Z0-9]", "", text_of(cell).upper().translate(LOOK_ALIKE))[:LONGEST_NAME]
