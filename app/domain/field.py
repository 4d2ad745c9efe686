"""A field of a record as it is typed and read back: its name, its title, and what may stand in it."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from app.domain.codes import N_, Code
from app.domain.money import UNVALUED, Amount, AmountBasis, Value, amount_from, amount_typed, in_euros
from app.domain.numerals import Unreadable
from app.domain.quantity import NotExact, Qualifier, checked, quantity_from, quantity_typed
from app.domain.when import When, when_from, when_typed

T = TypeVar("T")


class Kind(StrEnum):
    """What may stand in a field, and so which control takes it. The last seven name another record."""

    TEXT = "text"
    AREA = "area"
    QUANTITY = "quantity"
    AMOUNT = "amount"
    WORTH = "worth"  # an amount in euros
    DATES = "dates"
    DAY = "day"
    NUMBER = "number"
    CHOICE = "choice"
    YES = "yes"
    NAMES = "names"  # several, one a line
    ADDRESS = "address"
    DONOR = "donor"
    SYSTEM = "system"
    EVENT = "event"
    PACKAGE = "package"
    SOURCE = "source"
    SOURCES = "sources"
    PLEDGE = "pledge"


NAMING = (Kind.DONOR, Kind.SYSTEM, Kind.EVENT, Kind.PACKAGE, Kind.SOURCE, Kind.PLEDGE)


class Wrong(ValueError):
    """A field of a form that cannot be taken: its name, and a sentence for whoever typed it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


@dataclass(frozen=True, kw_only=True)
class Field:
    """`path` is the attribute of the record, where it is not the name; `codes` are what a choice offers, with
    `optional` nothing too. A field of a kind that names another record holds the name that is used in addresses."""

    name: str
    title: str
    kind: Kind = Kind.TEXT
    path: str = ""
    codes: type[Code] | None = None
    optional: bool = False
    hint: str = ""
    longest: int = 300

    def of(self, record: Any) -> Any:
        """What the record holds; an attribute of something that is not there is None."""
        for name in (self.path or self.name).split("."):
            record = getattr(record, name, None)
        return record

    def text(self, record: Any) -> str:
        """As an editor would type what the record holds."""
        return typed(self.kind, self.of(record))

    def put(self, record: T, value: Any) -> T:
        """The record with another value. What hangs on something that is not there stays away."""
        head, _, rest = (self.path or self.name).partition(".")
        whole: Any = record
        if not rest:
            return replace(whole, **{head: value})
        inner = getattr(record, head)
        return record if inner is None else replace(whole, **{head: replace(inner, **{rest: value})})

    def read(self, record: T, text: str) -> T:
        """The record with what was typed. Unchanged text leaves the value as it is, published words and all.
        Raises Unreadable with a sentence for whoever typed it."""
        if text == self.text(record):
            return record
        return self.put(record, self.value(text, self.of(record)))

    def value(self, text: str, present: Any = None) -> Any:
        match self.kind:
            case Kind.QUANTITY:
                return quantity_from(text)
            case Kind.AMOUNT:
                basis = present.basis if isinstance(present, Amount) else AmountBasis.NOT_STATED
                return amount_from(text, basis=basis)
            case Kind.WORTH:
                return _worth(text)
            case Kind.DATES:
                return when_from(text)
            case Kind.DAY:
                return _day(text)
            case Kind.NUMBER:
                return _number(text)
            case Kind.CHOICE:
                return self._code(text)
            case Kind.YES:
                return text == "yes"
            case Kind.NAMES | Kind.SOURCES:
                return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
            case Kind.ADDRESS:
                return _address(text)
            case Kind.TEXT | Kind.AREA:
                return self._words(text)
        if not text and not self.optional:
            raise Unreadable(N_("This must not be empty."))
        return text or None

    def _words(self, text: str) -> str:
        if len(text) > self.longest:
            raise Unreadable(N_("This is too long."))
        if not text and not self.optional:
            raise Unreadable(N_("This must not be empty."))
        return text

    def _code(self, text: str) -> Code | None:
        codes = self.codes or Code
        if not text and self.optional:
            return None
        if text not in {str(code) for code in codes}:
            raise Unreadable(N_("Choose one of the values of the list."))
        return codes(text)  # type: ignore[call-arg]


Fields = Mapping[str, Field]


def fields(*some: Field) -> Fields:
    return {field.name: field for field in some}


def typed(kind: Kind, value: Any) -> str:
    """A value as an editor would type it; nothing for what is not there."""
    if value is None:
        return ""
    match kind:
        case Kind.QUANTITY:
            return quantity_typed(value)
        case Kind.AMOUNT:
            return amount_typed(value)
        case Kind.WORTH:
            return amount_typed(_amount(value)) if value.known else ""
        case Kind.DATES:
            return when_typed(value)
        case Kind.DAY:
            return value.isoformat()
        case Kind.NUMBER:
            return f"{value.normalize():f}"
        case Kind.YES:
            return "yes" if value else ""
        case Kind.NAMES | Kind.SOURCES:
            return "\n".join(value)
    return str(value)


def _worth(text: str) -> Value:
    amount = amount_from(text, currency="EUR")
    if amount is None:
        return UNVALUED
    if amount.currency != "EUR":
        raise Unreadable(N_("The worth is told in euros, as in “€139.4m”; other currencies stand in the amount."))
    return in_euros(amount, None)


def _amount(value: Value) -> Amount:
    """The worth as the amount that reads back to it."""
    low, point, high = value.low, value.point, value.high
    if low == point == high:
        return Amount(Qualifier.EXACT, low, point, high, currency="EUR")
    if high is None and point is None:
        return Amount(Qualifier.AT_LEAST, low, None, None, currency="EUR")
    if point is not None and low is None:
        return Amount(Qualifier.ESTIMATED, None, point, None, currency="EUR")
    if point is not None:
        return Amount(Qualifier.ABOUT, low, point, high, currency="EUR")
    return Amount(Qualifier.RANGE if low else Qualifier.UP_TO, low or Decimal(0), None, high, currency="EUR")


def _day(text: str) -> date | None:
    if not text:
        return None
    if re.fullmatch(r"1[89]\d\d-\d\d-\d\d", text):  # memberships began before anything that is pledged
        with suppress(ValueError):
            return date.fromisoformat(text)
    when: When = when_from(text)
    if when.earliest is None or when.earliest != when.latest:
        raise Unreadable(N_("A single day is asked for, as in “29 December 2023”."))
    return when.latest


def _number(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        return checked(Decimal(text.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text) else text))
    except InvalidOperation:
        raise Unreadable(N_("Not understood. Write a number, as in “25” or “1,000”.")) from None
    except NotExact as error:
        raise Unreadable(str(error)) from None


def _address(text: str) -> str:
    if text and not re.fullmatch(r"https?://[^\s<>\"]{3,2000}", text):
        raise Unreadable(N_("An address begins with http:// or https://."))
    return text
