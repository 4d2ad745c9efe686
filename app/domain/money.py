"""Amounts in their own currency, and what they are worth in euros."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from app.domain.codes import N_, Code
from app.domain.quantity import SMALLEST_STEP, Qualifier, Quantity


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


def _divided(number: Decimal | None, rate: Rate) -> Decimal | None:
    if number is None:
        return None
    return (number / rate.per_euro).quantize(SMALLEST_STEP, rounding=ROUND_HALF_EVEN)
