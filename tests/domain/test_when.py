from datetime import date

import pytest

from app.domain.when import Precision, When, business_days_back, month, on


@pytest.mark.parametrize(
    ("first", "last", "precision"),
    [
        ("2024-01-10", "2024-01-10", "day"),
        ("2024-02-01", "2024-02-29", "month"),
        ("2023-02-01", "2023-02-28", "month"),
        ("2024-02-01", "2024-02-28", "period"),
        ("2024-04-01", "2024-06-30", "quarter"),
        ("2024-02-01", "2024-04-30", "period"),
        ("2024-01-01", "2024-12-31", "year"),
        ("2023-01-01", "2024-12-31", "period"),
        ("2022-03-20", "2022-07-01", "period"),
        ("2024-01-01", "2024-11-30", "period"),
        ("", "2024-12-31", "until"),
        ("2024-12-31", "", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_precision_follows_from_the_two_days(first, last, precision):
    told = When(*(date.fromisoformat(day) if day else None for day in (first, last)))

    assert told.precision is Precision(precision)


def test_a_period_that_falls_is_refused():
    with pytest.raises(ValueError, match="after"):
        When(date(2024, 1, 2), date(2024, 1, 1))


def test_what_is_not_over_by_a_day_is_not_by_that_day():
    december = month(2023, 12)

    assert not december.by(date(2023, 12, 30))
    assert december.by(date(2023, 12, 31))
    assert not When(date(2023, 1, 1)).by(date(2030, 1, 1))


def test_words_alone_are_something_and_nothing_is_nothing():
    assert When(words="soon")
    assert When(date(2024, 1, 1))
    assert not When()


def test_a_month_ends_on_its_last_day():
    assert month(2024, 2) == When(date(2024, 2, 1), date(2024, 2, 29))


def test_days_back_begin_with_the_day_itself():
    assert business_days_back(date(2024, 3, 1), 2) == [date(2024, 3, 1), date(2024, 2, 29), date(2024, 2, 28)]
    assert on(date(2024, 3, 1)).latest == date(2024, 3, 1)
