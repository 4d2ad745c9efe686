from datetime import date
from decimal import Decimal

import pytest

from app.domain.money import UNVALUED, Amount, Rate, Value, ValueSetBy, in_euros
from app.domain.quantity import Qualifier, exact
from app.domain.when import When, month
from app.store.rates import rate_for
from app.store.saving import euros
from tests.builders import a_day, a_pledge, an_amount

D = Decimal
DOLLARS = Rate(currency="USD", day=date(2024, 1, 10), per_euro=D("1.0946"))


def test_an_amount_in_euros_is_its_own_worth():
    value = in_euros(an_amount("1100000000"), None)

    assert (value.point, value.set_by, value.rate) == (D(1_100_000_000), ValueSetBy.STATED, None)


def test_another_currency_is_divided_by_the_rate_and_rounded_to_six_decimals():
    value = in_euros(an_amount(100, "USD"), DOLLARS)

    assert (value.low, value.point, value.high) == (D("91.357574"),) * 3
    assert (value.set_by, value.rate) == (ValueSetBy.ECB, DOLLARS)


def test_the_doubt_of_an_amount_survives_the_exchange():
    told = Amount(Qualifier.UP_TO, D(0), None, D("109.46"), currency="USD")

    assert in_euros(told, DOLLARS) == Value(low=D(0), high=D(100), set_by=ValueSetBy.ECB, rate=DOLLARS)


def test_without_a_rate_there_is_no_worth():
    assert in_euros(an_amount(100, "UAH"), None) == UNVALUED
    assert not UNVALUED.known


def test_an_amount_without_a_number_has_no_worth():
    assert not in_euros(Amount(Qualifier.UNDISCLOSED, currency="USD"), DOLLARS).known


@pytest.mark.parametrize(
    ("announced", "day"),
    [
        (a_day("2024-01-10"), date(2024, 1, 10)),
        (a_day("2024-01-13"), date(2024, 1, 12)),  # a Saturday: the last business day before
        (a_day("2024-01-01"), date(2023, 12, 29)),  # a holiday after a weekend
        (month(2023, 12), date(2023, 12, 29)),  # a month: its last day, a Sunday
        (When(date(2023, 1, 1), date(2023, 12, 31)), date(2023, 12, 29)),  # a year
        (When(None, date(2024, 1, 4), "by 4 January"), date(2024, 1, 4)),
    ],
)
def test_the_rate_is_that_of_the_last_day_announced_or_of_the_business_day_before(announced, day):
    rate = rate_for("USD", announced)

    assert (rate.currency, rate.day) == ("USD", day)


def test_the_rate_of_10_january_2024_is_that_of_the_ecb():
    assert rate_for("USD", a_day("2024-01-10")).per_euro == D("1.0946")


@pytest.mark.parametrize("currency", ["UAH", "TWD", "XXX", ""])
def test_a_currency_that_the_ecb_does_not_quote_has_no_rate(currency):
    assert rate_for(currency, a_day("2024-01-10")) is None
    assert not euros(a_pledge(amount=an_amount(100, currency or "UAH"))).known


def test_an_undated_amount_has_no_rate_and_euros_need_none():
    assert rate_for("USD", When()) is None
    assert rate_for("USD", When(date(2024, 1, 1))) is None
    assert rate_for("EUR", a_day("2024-01-10")) is None


def test_a_day_long_before_the_first_rates_has_none():
    assert rate_for("USD", a_day("1990-01-10")) is None


def test_a_worth_that_a_dataset_states_is_kept_over_the_rate():
    stated = Value(low=D(5), point=D(5), high=D(5), set_by=ValueSetBy.DATASET)

    assert euros(a_pledge(amount=an_amount(100, "USD"), value=stated)) == stated


def test_amounts_differ_only_within_one_currency():
    assert an_amount(100, "USD").differs_from(an_amount(110, "USD"))
    assert not an_amount(100, "USD").differs_from(an_amount(110, "EUR"))
    assert not an_amount(100, "USD").differs_from(exact(110))
