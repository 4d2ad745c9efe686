"""Signs in a text that nobody can see."""

import unicodedata

# They turn the order of letters round, so that a text reads other than it is.
TURNING = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
UNSEEN = ("Cc", "Zl", "Zp", "Cs")  # control signs, the ends of lines and paragraphs, halves of a sign
ENDS_OF_LINES = str.maketrans("\n\t", "  ")


def hidden(text: str, *, lines: bool = False) -> bool:
    """Whether one of its signs is not to be seen. A text of several `lines` may hold their ends, and tabs."""
    if lines:
        text = text.translate(ENDS_OF_LINES)
    return any(sign in TURNING or unicodedata.category(sign) in UNSEEN for sign in text)
