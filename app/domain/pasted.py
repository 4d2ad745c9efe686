"""A table as it is pasted, from a spreadsheet or a press release: one item a line, its cells told apart by what stands
in them. What is not understood stays in the title."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.announcement import NOUNS
from app.domain.money import amount_from
from app.domain.numerals import Unreadable
from app.domain.quantity import NotExact, quantity_from
from app.domain.system import Role, Unit

BULLET = re.compile(r"^(?:[-–—•*·▪]|\(?\d{1,2}[.)])\s+")
QUOTED = re.compile(r"[“„\"'‘](.+)[”“\"'’]")
LONGEST_NUMBER = 8  # words
Known = Callable[[str], bool]


@dataclass(frozen=True)
class Pasted:
    """A line of the form, as texts."""

    title: str = ""
    system: str = ""
    role: str = ""
    unit: str = ""
    quantity: str = ""
    amount: str = ""
    quote: str = ""


def lines_from(text: str, known: Known) -> list[Pasted]:
    """`known` tells whether a text names one system of the tree."""
    rows = (BULLET.sub("", line.strip()) for line in text.splitlines())
    return [_line(row, known) for row in rows if row]


def _line(row: str, known: Known) -> Pasted:
    cells = [cell.strip() for cell in re.split("\t" if "\t" in row else ";", row)]
    told: dict[str, str] = {}
    rest = []
    for cell in filter(None, cells):
        name = _kind(cell, known)
        if name and name not in told:
            told[name] = QUOTED.sub(r"\1", cell) if name == "quote" else cell
        else:
            rest.append(cell)
    if rest and "quantity" not in told and "amount" not in told:
        told["quantity"], rest[0] = _headed(rest[0])
    elif not rest and len(told) == 1 and "quantity" in told:  # “200 missiles” alone
        number, *rest = _headed(told["quantity"])
        told["quantity"] = number or told["quantity"]
    title = ", ".join(filter(None, rest)) or told.get("system") or told.get("unit") or row
    told.setdefault("system", _system(title, known))
    return Pasted(**told | {"title": title, "role": _code(Role, told), "unit": _code(Unit, told)})


def _kind(cell: str, known: Known) -> str:
    """Which cell of a line it is; nothing where that is not told by itself."""
    lower = cell.lower()
    if lower in NOUNS:
        return "unit"
    if known(cell):
        return "system"
    if lower in {*Role} | {role.title for role in Role}:
        return "role"
    if _is_quantity(cell):
        return "quantity"
    if _is_amount(cell):
        return "amount"
    return "quote" if QUOTED.fullmatch(cell) else ""


def _is_quantity(text: str) -> bool:
    try:
        quantity_from(text)
    except (Unreadable, NotExact):
        return False
    return not QUOTED.fullmatch(text)


def _is_amount(text: str) -> bool:
    try:
        return amount_from(text) is not None
    except (Unreadable, NotExact):
        return False


def _headed(text: str) -> tuple[str, str]:
    """A number at the beginning, and what follows it: “about 200 | air-defence missiles”. Of two ways to read one
    number the shorter: the unit stays in the title."""
    words = text.split()
    for length in range(min(LONGEST_NUMBER, len(words) - 1), 0, -1):
        head = " ".join(words[:length])
        if re.search(r"\d", head) and _is_quantity(head):
            while length > 1 and _same(" ".join(words[: length - 1]), head):
                length -= 1
                head = " ".join(words[:length])
            return head, re.sub(r"^(?:x|×|of)\s+", "", " ".join(words[length:]))
    return "", text


def _same(one: str, other: str) -> bool:
    return _is_quantity(one) and quantity_from(one) == quantity_from(other)


def _system(title: str, known: Known) -> str:
    """The longest run of words in a title that names a system; a unit alone names none."""
    words = title.split()
    for length in range(min(len(words), 6), 0, -1):
        for start in range(len(words) - length + 1):
            text = " ".join(words[start : start + length]).strip(",.:;()")
            if text.lower() not in NOUNS and known(text):
                return text
    return ""


def _code(codes: type[Role] | type[Unit], told: dict[str, str]) -> str:
    """The code of a word that was found."""
    if codes is Unit:
        unit = NOUNS.get(told.get("unit", "").lower())
        return str(unit) if unit else ""
    text = told.get("role", "").lower()
    return next((str(role) for role in Role if text in (role, role.title)), "")
