from datetime import date, datetime

import pytest

from app.domain.when import When
from app.formats.support_tracker.dates import FAR_OFF, NO_DAY, NO_SUCH_DAY, TURNED, month_after, when_of


def day(year: int, month: int, number: int) -> date:
    return date(year, month, number)


DATES = [
    # cell, earliest, latest, whether the words are kept
    (day(2022, 3, 20), day(2022, 3, 20), day(2022, 3, 20), False),
    (datetime(2022, 3, 20, 12), day(2022, 3, 20), day(2022, 3, 20), False),
    ("2022-03-01", day(2022, 3, 1), day(2022, 3, 1), False),
    ("16/02/2023", day(2023, 2, 16), day(2023, 2, 16), False),
    ("02/16/2023", day(2023, 2, 16), day(2023, 2, 16), False),
    ("06/02/2024", day(2024, 6, 2), day(2024, 6, 2), False),
    ("06.02.2024", day(2024, 2, 6), day(2024, 2, 6), False),
    ("29 December 2023", day(2023, 12, 29), day(2023, 12, 29), False),
    ("Dec 2023", day(2023, 12, 1), day(2023, 12, 31), True),
    ("until 12/31/2022", None, day(2022, 12, 31), True),
    ("Until  3/10/2022 ", None, day(2022, 3, 10), True),
    ("until 6/2022", None, day(2022, 6, 30), True),
    ("until 06.02.2024", None, day(2024, 2, 6), True),
    ("until 06/02/2024", None, day(2024, 6, 2), True),
    ("until 2/29/24", None, day(2024, 2, 29), True),
    ("until\u00a011/2022", None, day(2022, 11, 30), True),
    ("by end of 2024", None, day(2024, 12, 31), True),
    ("unclear, 10/2022", day(2022, 10, 1), day(2022, 10, 31), True),
    ("unclear 3/2023", day(2023, 3, 1), day(2023, 3, 31), True),
    ("not specified, 03/22", day(2022, 3, 1), day(2022, 3, 31), True),
    ("not specified, 8/2022", day(2022, 8, 1), day(2022, 8, 31), True),
    ("unclear 02/2024", day(2024, 2, 1), day(2024, 2, 29), True),
    ("from 01/01/2024 until 05/01/2024", day(2024, 1, 1), day(2024, 5, 1), True),
    ("from 01/01/2023 until 12/31/2023", day(2023, 1, 1), day(2023, 12, 31), True),
    ("from 01/2023 to 03/2023", day(2023, 1, 1), day(2023, 3, 31), True),
    ("between 3/20/2022 and 7/1/2022", day(2022, 3, 20), day(2022, 7, 1), True),
    ("unclear ", None, None, True),
    ("Undisclosed", None, None, True),
    (".", None, None, False),
    ("", None, None, False),
    (None, None, None, False),
]


@pytest.mark.parametrize(("cell", "earliest", "latest", "kept"), DATES)
def test_days_are_read_in_every_spelling(cell, earliest, latest, kept):
    words = " ".join(str(cell).split()) if kept else ""

    assert when_of(cell).when == When(earliest, latest, words)
    assert not when_of(cell).fault


@pytest.mark.parametrize(
    ("cell", "latest"), [("until 06/31/2022", day(2022, 6, 30)), ("until 6/31/2023", day(2023, 6, 30))]
)
def test_a_day_that_is_not_in_the_calendar_is_the_last_of_its_month_and_told(cell, latest):
    read = when_of(cell)

    assert (read.when.latest, read.when.words, read.fault) == (latest, cell, NO_SUCH_DAY)


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("soon", NO_DAY),
        ("13/13/2022", NO_DAY),
        ("until 45/45/2022", NO_DAY),
        ("6/40/2022", NO_DAY),
        ("1/1/1022", NO_DAY),
        (date(1900, 1, 1), FAR_OFF),
        (datetime(2099, 1, 1), FAR_OFF),
        ("until 6/2013", FAR_OFF),
        ("2090-01-01", FAR_OFF),
        ("x" * 5000, NO_DAY),
        ("from 05/01/2024 until 01/01/2024", TURNED),
    ],
)
def test_what_is_no_day_keeps_its_words_and_is_told(cell, sentence):
    read = when_of(cell)

    assert (read.when.earliest, read.when.latest, read.fault) == (None, None, sentence)
    assert read.when.words


def test_months_count_from_the_one_before_the_war():
    assert month_after(day(2021, 12, 1), 3) == When(day(2022, 3, 1), day(2022, 3, 31))
    assert month_after(day(2021, 12, 1), 46) == When(day(2025, 10, 1), day(2025, 10, 31))
    assert month_after(day(2021, 12, 1), 12) == When(day(2022, 12, 1), day(2022, 12, 31))
