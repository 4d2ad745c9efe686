from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.quantity import (
    LARGEST,
    MILLION,
    SMALLEST_STEP,
    NotExact,
    Qualifier,
    Quantity,
    Sum,
    checked,
    exact,
    portion_of,
    quantity,
    summed,
)
from tests.builders import said

D = Decimal
NUMBERS = st.decimals(min_value=0, max_value=10**9, places=6)
ENDS = st.none() | NUMBERS
QUANTITIES = st.builds(Quantity, st.sampled_from(Qualifier), ENDS, ENDS, ENDS)
WEIGHTS = st.integers(min_value=0, max_value=MILLION)


@pytest.mark.parametrize(
    ("told", "low", "point", "high"),
    [
        (said("exact", 18), 18, 18, 18),
        (said("exact", 0), 0, 0, 0),
        (said("exact", "48.333333"), "48.333333", "48.333333", "48.333333"),
        (said("exact"), None, None, None),
        (said("at_least", 300), 300, None, None),
        (said("up_to", 1000), 0, None, 1000),
        (said("up_to", 500, firm=100), 100, None, 500),
        (said("about", 200), 180, 200, 220),
        (said("about"), None, None, None),
        (said("range", 3, 5), 3, None, 5),
        (said("range", 3), 3, None, None),
        (said("estimated", 40), None, 40, None),
        (said("order_of_magnitude"), None, None, None),
        (said("order_of_magnitude", 100, 900), 100, None, 900),
        (said("some"), None, None, None),
        (said("some", 7), None, None, None),
        (said("undisclosed"), None, None, None),
    ],
)
def test_low_point_and_high_follow_from_the_qualifier(told, low, point, high):
    assert (told.low, told.point, told.high) == tuple(None if end is None else D(end) for end in (low, point, high))


@pytest.mark.parametrize(
    ("number", "low", "high"),
    [(200, 180, 220), (18, 16, 20), (15, 13, 17), (1, 0, 2), (0, 0, 0), (9, 8, 10), ("0.5", "0.45", "0.55")],
)
def test_about_is_ten_per_cent_rounded_outward_and_marked_as_assumed(number, low, high):
    told = said("about", number)

    assert (told.low, told.high, told.assumed) == (D(low), D(high), True)


def test_about_never_cuts_a_part_of_a_millionth_off():
    told = said("about", "0.000001")

    assert (told.low, told.high) == (D(0), D("0.000002"))


def test_only_about_is_assumed():
    assert [one for one in Qualifier if Quantity(one).assumed] == [Qualifier.ABOUT]


@pytest.mark.parametrize(
    "number", ["NaN", "sNaN", "Infinity", "-Infinity", "-1", "1E18", "9000000000000.000001", "0.0000001"]
)
def test_a_number_that_cannot_be_kept_exactly_is_refused_with_a_sentence(number):
    with pytest.raises(NotExact, match=r"\.$"):
        checked(D(number))


@pytest.mark.parametrize("number", [LARGEST, D(0), D("1.005"), D("2.675"), SMALLEST_STEP, D("1E3")])
def test_a_number_that_can_be_kept_exactly_is_left_as_it_is(number):
    assert checked(number) == number


def test_a_range_that_falls_is_refused():
    with pytest.raises(NotExact):
        said("range", 5, 3)


def test_a_firm_part_above_the_whole_is_refused():
    with pytest.raises(NotExact):
        said("up_to", 100, firm=200)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (exact(200), exact(200), False),
        (exact(200), exact(201), True),
        (said("about", 200), exact(219), False),
        (said("about", 200), exact(221), True),
        (said("up_to", 1000), exact(500), False),
        (said("up_to", 1000), exact(1001), True),
        (said("at_least", 300), exact(200), True),
        (said("at_least", 300), exact(300), False),
        (said("undisclosed"), exact(200), False),
        (said("estimated", 40), exact(200), False),  # an estimate has no ends
        (said("range", 3, 5), said("range", 5, 8), False),
        (said("range", 3, 5), said("range", 6, 8), True),
    ],
)
def test_two_quantities_differ_when_their_intervals_do_not_meet(one, other, differ):
    assert one.differs_from(other) is other.differs_from(one) is differ


def test_the_united_kingdom_s_missiles_sum_to_about_200():
    total = summed([said("about", 200)])

    assert (total.low, total.point, total.high, total.assumed, total.whole, total.sure) == (
        180,
        200,
        220,
        True,
        True,
        False,
    )


def test_a_sum_says_how_many_of_its_members_gave_a_number():
    total = summed([exact(18), said("up_to", 1000), said("undisclosed"), said("estimated", 4), said("at_least", 3)])

    assert (total.low, total.point, total.high) == (21, 22, None)
    assert (total.known, total.numbered, total.members) == (2, 4, 5)
    assert not total.whole and not total.sure and not total.assumed


def test_a_sum_of_exact_numbers_is_sure():
    total = summed([exact(2), exact(3)])

    assert total.sure and (total.low, total.high) == (5, 5)


def test_one_open_end_opens_the_sum():
    assert summed([exact(2), said("at_least", 3)]).high is None
    assert summed([exact(2), said("up_to", 3)]).high == 5


def test_a_stated_zero_is_a_number_and_nothing_stated_is_none():
    assert summed([exact(0)]).numbered == 1
    assert summed([said("undisclosed")]).numbered == 0


@given(st.lists(QUANTITIES), st.randoms(use_true_random=False))
def test_sums_are_the_same_in_any_order(quantities, chance):
    shuffled = list(quantities)
    chance.shuffle(shuffled)

    assert summed(shuffled) == summed(quantities)


@given(st.lists(QUANTITIES), st.lists(QUANTITIES))
def test_the_sum_of_two_lists_is_the_sum_of_their_sums(some, others):
    assert summed([*some, *others]) == summed(some) + summed(others)


@given(QUANTITIES)
def test_nothing_is_the_zero_of_sums(one):
    assert Sum() + summed([one]) == summed([one]) + Sum() == summed([one])


@given(NUMBERS, st.lists(WEIGHTS, max_size=6))
def test_parts_never_exceed_the_whole(number, weights):
    while sum(weights) > MILLION:
        weights.pop()

    parts = sum((portion_of(number, weight) for weight in weights), D(0))

    assert 0 <= parts <= number
    if sum(weights) == MILLION:
        assert number - parts < len(weights) * SMALLEST_STEP


@given(NUMBERS, WEIGHTS)
def test_a_part_is_rounded_down_to_a_millionth(number, weight):
    fair = number * weight / MILLION

    assert fair - SMALLEST_STEP < portion_of(number, weight) <= fair


def test_the_part_of_an_unknown_number_is_unknown():
    assert portion_of(None, 500_000) is None
    assert said("up_to", 10).part(500_000) == replace(said("up_to", 10), low=D(0), high=D(5))


def test_a_quantity_keeps_its_words():
    assert quantity(Qualifier.UP_TO, D(1000), words="up to a thousand").words == "up to a thousand"
