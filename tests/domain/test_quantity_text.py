"""Quantities as editors write them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.numerals import Unreadable
from app.domain.quantity import UNDISCLOSED, Qualifier, quantity, quantity_from, quantity_typed
from app.domain.system import Unit
from tests.builders import said

D = Decimal
EXACT = [
    *[("18", 18), ("1,000", 1000), ("1 000", 1000), ("1\u202f000", 1000), ("1000", 1000), ("0", 0), ("none", 0)],
    *[("48.333333", "48.333333"), ("one", 1), ("Twelve", 12), ("1.5k", 1500), ("2 thousand", 2000), ("a dozen", 12)],
    *[("3 million", 3_000_000), ("1,5 Mio.", 1_500_000), ("exactly 7", 7), ("200 missiles", 200), ("one battery", 1)],
]


@pytest.mark.parametrize(("text", "number"), EXACT)
def test_a_number_alone_is_exact(text, number):
    assert quantity_from(text) == said("exact", number)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("up to 1,000", said("up_to", 1000)),
        ("max 500", said("up_to", 500)),
        ("Max. 500", said("up_to", 500)),
        ("fewer than 500", said("up_to", 500)),
        ("up to 500, 100 firm", said("up_to", 500, firm=100)),
        ("up to 1,000, 100 firm", said("up_to", 1000, firm=100)),
        ("up to 500 (100 firm)", said("up_to", 500, firm=100)),
        ("up to 500 missiles, of which 100 firm", said("up_to", 500, firm=100)),
        ("about 200", said("about", 200)),
        ("ABOUT\u00a0200", said("about", 200)),
        ("~200", said("about", 200)),
        ("approximately 200", said("about", 200)),
        ("around 200", said("about", 200)),
        ("some 200", said("about", 200)),
        ("at least 14", said("at_least", 14)),
        ("14+", said("at_least", 14)),
        ("more than 14", said("at_least", 14)),
        ("14 or more", said("at_least", 14)),
        ("estimated 500", said("estimated", 500)),
    ],
)
def test_words_of_doubt_are_understood(text, quantity):
    assert quantity_from(text) == quantity


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("10-12", 10, 12),
        ("10–12", 10, 12),
        ("10 to 12", 10, 12),
        ("between 10 and 12", 10, 12),
        ("10 to 12 launchers", 10, 12),
        ("2-3 thousand", 2000, 3000),
        ("900 to 1.2k", 900, 1200),
        ("100,000 to 1 million", 100_000, 1_000_000),
        ("10 to 10", 10, 10),
    ],
)
def test_two_ends_make_a_range(text, low, high):
    assert quantity_from(text) == said("range", low, high)


def test_an_end_that_nobody_told_is_unknown():
    assert quantity_from("10 to unknown") == said("range", 10)
    assert quantity_from("unknown to 12").high == 12


@pytest.mark.parametrize(
    ("text", "words", "bounds"),
    [
        ("hundreds", "hundreds", ()),
        ("Dozens of missiles", "Dozens of missiles", ()),
        ("tens of thousands", "tens of thousands", ()),
        ("several hundred", "several hundred", ()),
        ("hundreds (200 to 900)", "hundreds", (200, 900)),
        ("hundreds (200–900)", "hundreds", (200, 900)),
        ("“Hunderte” (200 to 900)", "Hunderte", (200, 900)),
        ("order of magnitude (200 to 900)", "", (200, 900)),
    ],
)
def test_an_order_of_magnitude_keeps_its_words_and_takes_the_bounds_that_the_editor_accepts(text, words, bounds):
    assert quantity_from(text) == replace(said("order_of_magnitude", *bounds), words=words)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("some", said("some")),
        ("several", replace(said("some"), words="several")),
        ("a few", replace(said("some"), words="a few")),
        ("some two hundred", replace(said("about", 200), words="some two hundred")),
        ("two to three", replace(said("range", 2, 3), words="two to three")),
        ("up to a dozen", replace(said("up_to", 12), words="up to a dozen")),
    ],
)
def test_words_are_kept_where_they_say_more_than_the_numbers(text, quantity):
    assert quantity_from(text) == quantity


@pytest.mark.parametrize(
    "text", ["", "  ", "undisclosed", "Unknown", "not disclosed", "undisclosed number of missiles"]
)
def test_what_is_not_told_is_undisclosed_and_never_zero(text):
    assert quantity_from(text) == UNDISCLOSED


@pytest.mark.parametrize("unit", Unit)
def test_every_unit_may_stand_after_a_number(unit):
    for form in (unit.title, unit.replace("_", " ")):
        assert quantity_from(f"up to 3 {form}") == said("up_to", 3)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("-5", "negative"),
        ("−5 missiles", "negative"),
        ("5--3", "negative"),
        ("NaN", "undisclosed"),
        ("Infinity", "undisclosed"),
        ("10^30", "undisclosed"),
        ("1e30", "undisclosed"),
        ("9" * 40, "too large"),
        ("about 9,000,000,000,000", "too large"),
        ("0.1234567", "48.333333"),
        ("1.234,56", "“1,500” or “1.5”"),
        ("1,5", "“1,500” or “1.5”"),
        ("1.000", "“1,500”"),
        ("12-10", "10 to 12"),
        ("hundreds (900 to 200)", "10 to 12"),
        ("up to 100, 500 firm", "up to 500, 100 firm"),
        ("10 12", "150 to 250"),
        ("150 250", "150 to 250"),
        ("about", "about 200"),
        ("unknown to unknown", "about 200"),
        ("200 bananas", "about 200"),
        ("a lot", "about 200"),
        ("two\x00", "about 200"),
        ("9 " * 101, "about 200"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence_that_shows_how(text, told):
    with pytest.raises(Unreadable, match=r"\.$") as refused:
        quantity_from(text)
    assert told in str(refused.value)


NUMBERS = st.decimals(min_value=0, max_value=8 * 10**12, places=6) | st.integers(0, 10**6).map(D)
WORDS = st.text(max_size=300) | st.sampled_from(["hundreds", "Hunderte", "“hundreds”", "200", "some", "dozens (many)"])


def held():
    """Every quantity that the rule of its qualifier makes."""
    ends = st.tuples(NUMBERS, NUMBERS).map(sorted)
    alone = [Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.UP_TO, Qualifier.ABOUT, Qualifier.ESTIMATED]
    spans = [Qualifier.RANGE, Qualifier.ORDER_OF_MAGNITUDE]
    return st.one_of(
        st.builds(quantity, st.sampled_from(alone), NUMBERS, words=WORDS),
        ends.flatmap(lambda two: st.builds(quantity, st.just(Qualifier.UP_TO), st.just(two[1]), firm=st.just(two[0]))),
        ends.flatmap(lambda two: st.builds(quantity, st.sampled_from(spans), *map(st.just, two), words=WORDS)),
        st.builds(quantity, st.sampled_from(spans), NUMBERS, words=WORDS),
        st.builds(quantity, st.sampled_from(spans), st.none(), NUMBERS, words=WORDS),
        st.builds(quantity, st.sampled_from([*Qualifier][6:]), words=WORDS),
    )


@given(held())
def test_what_is_typed_reads_back_as_the_same_quantity(one):
    assert replace(quantity_from(quantity_typed(one)), words="") == replace(one, words="")


PIECES = ["up to", "about", "some", "10", "-", "12", "(", ")", "“", "”", "firm", ",", "and", "k", ".", "hundreds"]


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join))
def test_whatever_is_written_is_read_or_refused(text):
    try:
        one = quantity_from(text)
    except Unreadable as refused:
        assert str(refused).endswith(".")
    else:
        assert replace(quantity_from(quantity_typed(one)), words="") == replace(one, words="")


def test_every_quantity_of_the_seed_can_be_typed_and_read_back(seed):
    for pledge in seed.pledges.values():
        for one in [pledge.quantity, *(claim.quantity or UNDISCLOSED for claim in pledge.claims)]:
            assert replace(quantity_from(quantity_typed(one)), words="") == replace(one, words="")
