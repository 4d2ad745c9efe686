"""Words as they are compared: without case, accents and signs, in any alphabet."""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Small letters without accents; for sorting and comparing."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    marks = [ord(sign) for sign in set(decomposed) if unicodedata.combining(sign)]
    return decomposed.translate(dict.fromkeys(marks)) if marks else decomposed


def words(text: str) -> list[str]:
    return WORD.findall(folded(text))
