"""Codes with the words a reader sees for them."""

from enum import StrEnum


def N_(text: str) -> str:
    """Marks a text for the message catalogue; the page that shows it translates it."""
    return text


class Code(StrEnum):
    """A code as it is stored, and its title: the English text that the catalogue translates."""

    title: str  # ty: ignore[incompatible-attribute-override]

    def __new__(cls, code: str, title: str) -> "Code":
        member = str.__new__(cls, code)
        member._value_ = code
        member.title = title
        return member
