"""Dates as editors write them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.numerals import Unreadable
from app.domain.when import When, when_from, when_typed


def days(first="", last="", words=""):
    return When(*(date.fromisoformat(day) if day else None for day in (first, last)), words)


@pytest.mark.parametrize(
    "text",
    [
        *["2023-12-29", "29 December 2023", "29 Dec 2023", "29 dec. 2023", "29th of December 2023", "Dec 29, 2023"],
        *["December 29 2023", "29.12.2023", "29. 12. 2023", "29/12/2023", "12/29/2023", "29\u00a0December\u00a02023"],
    ],
)
def test_a_day_may_be_written_in_many_ways_and_needs_no_words(text):
    assert when_from(text) == days("2023-12-29", "2023-12-29")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Dec 2023", "2023-12-01", "2023-12-31"),
        ("December 2023", "2023-12-01", "2023-12-31"),
        ("2023-12", "2023-12-01", "2023-12-31"),
        ("Q1 2024", "2024-01-01", "2024-03-31"),
        ("first quarter of 2024", "2024-01-01", "2024-03-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("between 20 March and 1 July 2022", "2022-03-20", "2022-07-01"),
        ("20 March to 1 July 2022", "2022-03-20", "2022-07-01"),
        ("2022-03-20 – 2022-07-01", "2022-03-20", "2022-07-01"),
        ("20–25 March 2022", "2022-03-20", "2022-03-25"),
        ("29 December 2023 to 3 January 2024", "2023-12-29", "2024-01-03"),
        ("March to May 2024", "2024-03-01", "2024-05-31"),
        ("2022-2023", "2022-01-01", "2023-12-31"),
        ("from 5 May 2024", "2024-05-05", ""),
        ("from 5 May to 6 June 2024", "2024-05-05", "2024-06-06"),
        ("by 31 March 2024", "", "2024-03-31"),
        ("until 12/31/2022", "", "2022-12-31"),
        ("5/5/2024", "2024-05-05", "2024-05-05"),
        ("undated", "", ""),
        ("", "", ""),
    ],
)
def test_periods_are_told_by_their_two_days(text, first, last):
    assert when_from(text) == days(first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("by end of 2024", "", "2024-12-31"),
        ("by the end of March 2024", "", "2024-03-31"),
        ("by March 2024", "", "2024-03-31"),
        ("by summer 2024", "", "2024-09-30"),
        ("by mid 2024", "", "2024-06-30"),
        ("by mid-March 2024", "", "2024-03-15"),
        ("since March 2024", "2024-03-01", ""),
        ("early 2024", "2024-01-01", "2024-03-31"),
        ("mid 2024", "2024-04-01", "2024-09-30"),
        ("Late 2024", "2024-10-01", "2024-12-31"),
        ("winter 2024", "2024-01-01", "2024-03-31"),
        ("spring 2024", "2024-04-01", "2024-06-30"),
        ("summer of 2024", "2024-07-01", "2024-09-30"),
        ("autumn 2024", "2024-10-01", "2024-12-31"),
        ("first half of 2024", "2024-01-01", "2024-06-30"),
        ("H2 2024", "2024-07-01", "2024-12-31"),
        ("early October 2023", "2023-10-01", "2023-10-10"),
        ("late February 2024", "2024-02-21", "2024-02-29"),
        ("early to mid 2024", "2024-01-01", "2024-09-30"),
    ],
)
def test_words_that_tell_more_than_the_days_are_kept(text, first, last):
    assert when_from(text) == days(first, last, text)
    assert when_typed(when_from(text)) == text


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (days("2023-12-29", "2023-12-29"), "29 December 2023"),
        (days("2023-12-01", "2023-12-31", "Dec 2023"), "December 2023"),
        (days("2024-01-01", "2024-03-31"), "Q1 2024"),
        (days("2024-01-01", "2024-03-31", "early 2024"), "early 2024"),
        (days("2024-01-01", "2024-12-31"), "2024"),
        (days("2022-03-20", "2022-07-01"), "20 March to 1 July 2022"),
        (days("2023-12-29", "2024-01-03"), "29 December 2023 to 3 January 2024"),
        (days("2024-03-01", "2024-05-31"), "March to May 2024"),
        (days("", "2024-03-31"), "by 31 March 2024"),
        (days("2024-05-05", ""), "from 5 May 2024"),
        (days("", "2022-04-06", "until 4/6/2022"), "by 6 April 2022 “until 4/6/2022”"),
        (days("", "", "“soon”"), "“soon”"),
        (days(), ""),
    ],
)
def test_a_date_is_typed_in_english_and_keeps_what_was_published(when, text):
    assert when_typed(when) == text
    assert (when_from(text).earliest, when_from(text).latest) == (when.earliest, when.latest)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2024-02-30", "no such day"),
        ("32 May 2024", "no such day"),
        ("29.13.2023", "no such day"),
        ("2024-13", "no such day"),
        ("4/6/2022", "month in letters"),
        ("until 03/04/2023", "month in letters"),
        ("1989", "between 1990 and 2100"),
        ("1 January 2101", "between 1990 and 2100"),
        ("0000-01-01", "between 1990 and 2100"),
        ("1 July to 20 March 2022", "20 March to 1 July 2022"),
        ("29.12.23", "29 December 2023"),
        ("20 March", "29 December 2023"),
        ("by", "by end of 2024"),
        ("by undated", "by end of 2024"),
        ("soon", "undated"),
        ("٢٠٢٤-٠١-١٠", "undated"),
        ("2024\x00", "cannot be seen"),
        ("2024 " * 50, "too long"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence_that_shows_how(text, told):
    with pytest.raises(Unreadable, match=r"\.$") as refused:
        when_from(text)
    assert told in str(refused.value)


DAYS = st.none() | st.dates(date(1990, 1, 1), date(2100, 12, 31))
WORDS = st.text(max_size=200) | st.sampled_from(["early 2024", "by end of 2024", "“soon”", "by 4/6/2022", "2024 “so”"])
PIECES = ["by", "from", "between", "and", "to", "-", "Q1", "early", "end of", "March", "2024", "20", "/", ".", "“", "”"]


@given(DAYS, DAYS, WORDS)
def test_what_is_typed_reads_back_as_the_same_days(one, other, words):
    ends = sorted([one, other]) if one and other else [one, other]
    when = When(*ends, words)

    assert replace(when_from(when_typed(when)), words="") == replace(when, words="")


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join))
def test_whatever_is_written_is_read_or_refused(text):
    try:
        assert isinstance(when_from(text), When)
    except Unreadable as refused:
        assert str(refused).endswith(".")


def test_every_date_of_the_seed_can_be_typed_and_read_back(seed):
    for pledge in seed.pledges.values():
        for when in (pledge.announced, pledge.expected, *(one.dates for one in (*pledge.claims, *pledge.milestones))):
            assert replace(when_from(when_typed(when)), words="") == replace(when, words="")
