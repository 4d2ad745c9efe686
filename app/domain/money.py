"""Amounts in their own currency, and what they are worth in euros."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from app.domain.codes import N_, Code
from app.domain.currency import AT_AN_END, currency_of
from app.domain.doubt import UNKNOWN, statement_from, statement_typed
from app.domain.numerals import Nonsense, Unreadable, numeral, short_numeral, tidied
from app.domain.quantity import SMALLEST_STEP, Qualifier, Quantity, stated, statement

NOT_TOLD = ("", "none", "not stated", "undisclosed", "unknown")  # without a currency
NOT_UNDERSTOOD = N_("Not understood. Write “EUR 182m”, “up to £2.5bn”, “USD 5.5bn to 5.6bn” or “not stated”.")


class AmountBasis(Code):
    DONOR_STATED = "donor_stated", N_("stated by the donor")
    CONTRACT_PRICE = "contract_price", N_("contract price")
    TRACKER_ESTIMATE = "tracker_estimate", N_("dataset’s estimate")
    BOOK_VALUE = "book_value", N_("book value")
    REPLACEMENT_COST = "replacement_cost", N_("replacement cost")
    BUDGET_LINE = "budget_line", N_("budget line")
    NOT_STATED = "not_stated", N_("basis not stated")


class ValueSetBy(Code):
    ECB = "ecb", N_("ECB reference rate")
    DATASET = "dataset", N_("dataset")
    STATED = "stated", N_("stated in euros")


@dataclass(frozen=True, kw_only=True)
class Amount(Quantity):
    """Money as published, with the same doubt as any number. It only adds to its own currency."""

    currency: str
    basis: AmountBasis = AmountBasis.NOT_STATED

    def differs_from(self, other: Quantity) -> bool:
        return isinstance(other, Amount) and other.currency == self.currency and super().differs_from(other)


def amount_from(text: str, *, currency: str = "", basis: AmountBasis = AmountBasis.NOT_STATED) -> Amount | None:
    """What an editor wrote: “£2.5bn”, “up to EUR 8 billion”, “billions of euros”; None where no amount is stated.
    `currency` is meant where the text names none. Raises Unreadable."""
    text = tidied(text)
    if text.lower() in NOT_TOLD:
        return None
    try:
        one = stated(statement_from(text, AT_AN_END))
    except Nonsense:
        raise Unreadable(NOT_UNDERSTOOD) from None
    code = currency_of(text, currency)
    return Amount(one.qualifier, one.low, one.point, one.high, one.words, currency=code, basis=basis)


def amount_typed(amount: Amount | None) -> str:
    """What an editor would write, the currency by its code; it reads back as the same amount, but for its basis."""
    if amount is None:
        return ""
    code = amount.currency
    said = statement(amount if _speaks_of(amount.words, code) else without_words(amount))
    text = statement_typed(said, AT_AN_END, lambda one: f"{code} {short_numeral(one)}", lambda a, b: _span(code, a, b))
    return text if _names(text, code) else f"{code} {text}"


@dataclass(frozen=True, kw_only=True)
class Rate:
    """Units of the currency for one euro, on a day, by the ECB."""

    currency: str
    day: date
    per_euro: Decimal


@dataclass(frozen=True, kw_only=True)
class Value:
    """Worth in euros. `rate` is None when a dataset or a source stated it in euros itself."""

    low: Decimal | None = None
    point: Decimal | None = None
    high: Decimal | None = None
    set_by: ValueSetBy = ValueSetBy.STATED
    rate: Rate | None = None

    @property
    def known(self) -> bool:
        return not (self.low is None and self.point is None and self.high is None)


UNVALUED = Value()


def in_euros(amount: Amount, rate: Rate | None) -> Value:
    """The worth of an amount. An amount in euros needs no rate; without a rate there is no value."""
    if amount.currency == "EUR":
        return Value(low=amount.low, point=amount.point, high=amount.high, set_by=ValueSetBy.STATED)
    if rate is None or not amount.numbered:
        return UNVALUED
    return Value(
        low=_divided(amount.low, rate),
        point=_divided(amount.point, rate),
        high=_divided(amount.high, rate),
        set_by=ValueSetBy.ECB,
        rate=rate,
    )


def as_quantity(value: Value, qualifier: Qualifier = Qualifier.ESTIMATED) -> Quantity:
    return Quantity(qualifier, value.low, value.point, value.high)


def without_words(amount: Amount) -> Amount:
    return replace(amount, words="")


def _span(code: str, low: Decimal | None, high: Decimal | None) -> str:
    """Short only where both ends are: in “5 to 6bn” the magnitude is that of both."""
    ends = [UNKNOWN if end is None else short_numeral(end) for end in (low, high)]
    if low is not None and high is not None and ends[0][-1].isdigit():
        ends = [numeral(low), numeral(high)]
    return f"{code} {ends[0]} to {ends[1]}"


def _names(text: str, code: str) -> bool:
    try:
        return currency_of(text) == code
    except Unreadable:
        return False


def _speaks_of(words: str, code: str) -> bool:
    """Whether no other currency stands in the words than that of the code."""
    try:
        return currency_of(words, code) == code
    except Unreadable:
        return False


def _divided(number: Decimal | None, rate: Rate) -> Decimal | None:
    if number is None:
        return None
    return (number / rate.per_euro).quantize(SMALLEST_STEP, rounding=ROUND_HALF_EVEN)
