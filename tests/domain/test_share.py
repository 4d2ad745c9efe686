from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import Value
from app.domain.pledge import Counting, PartyRole, ShareKind
from app.domain.quantity import MILLION, exact
from app.domain.share import counted_value, part_of_value, rest, shares
from tests.builders import a_party, a_pledge, an_amount, said

D = Decimal
PERCENT, QUANTITY, AMOUNT = ShareKind.PERCENT, ShareKind.QUANTITY, ShareKind.AMOUNT


def weights(*parties, **changes):
    return {one.donor: (one.items, one.money) for one in shares(a_pledge(parties=parties, **changes))}


def worth(low, point, high):
    return Value(low=_number(low), point=_number(point), high=_number(high))


def _number(number):
    return None if number is None else D(number)


@pytest.mark.parametrize(
    ("party", "items", "money"),
    [
        (a_party("NL", PERCENT, 25), 250_000, 250_000),
        (a_party("NL", PERCENT, 100), 1_000_000, 1_000_000),
        (a_party("NL", PERCENT, 250), 1_000_000, 1_000_000),
        (a_party("NL", PERCENT, "33.333333"), 333_333, 333_333),
        (a_party("NL", QUANTITY, 9), 500_000, 0),
        (a_party("NL", QUANTITY, 40), 1_000_000, 0),
        (a_party("NL", AMOUNT, 10, currency="EUR"), 0, 100_000),
        (a_party("NL", AMOUNT, 10), 0, 100_000),
        (a_party("NL", AMOUNT, 10, currency="USD"), 0, 0),
        (a_party("NL"), 0, 0),
        (a_party("NL", PERCENT), 0, 0),
        (a_party("NL", PERCENT, 40, role=PartyRole.FUNDER), 400_000, 400_000),
    ],
)
def test_a_party_carries_its_share_and_the_lead_donor_the_rest(party, items, money):
    assert weights(party, amount=an_amount(100)) == {"DE": (MILLION - items, MILLION - money), "NL": (items, money)}


@pytest.mark.parametrize("role", [PartyRole.PROCURER, PartyRole.BENEFICIARY])
def test_who_buys_or_receives_gives_nothing(role):
    assert weights(a_party("NL", PERCENT, 50, role=role)) == {"DE": (MILLION, MILLION)}


def test_a_share_in_items_goes_by_the_high_end_where_there_is_no_point():
    assert weights(a_party("NL", QUANTITY, 250), quantity=said("up_to", 1000))["NL"] == (250_000, 0)
    assert weights(a_party("NL", QUANTITY, 250), quantity=said("undisclosed"))["NL"] == (0, 0)


def test_two_shares_of_one_donor_are_added_and_the_donor_stands_once():
    assert weights(a_party("NL", PERCENT, 10), a_party("NL", PERCENT, 15, role=PartyRole.FUNDER)) == {
        "DE": (750_000, 750_000),
        "NL": (250_000, 250_000),
    }


def test_a_share_of_the_lead_donor_itself_changes_nothing():
    assert weights(a_party("DE", PERCENT, 10)) == {"DE": (MILLION, MILLION)}


def test_shares_of_more_than_the_whole_leave_the_lead_donor_nothing():
    assert weights(a_party("NL", PERCENT, 80), a_party("GB", PERCENT, 80))["DE"] == (0, 0)


PARTIES = st.builds(
    a_party, st.sampled_from(["DE", "NL", "GB", "FR"]), st.sampled_from([*ShareKind]), st.integers(0, 120)
)


@given(st.lists(PARTIES, max_size=4))
def test_the_weights_of_a_pledge_add_up_to_the_whole(parties):
    told = shares(a_pledge(parties=tuple(parties), amount=an_amount(100)))

    if all(sum(getattr(one, name) for one in told[1:]) <= MILLION for name in ("items", "money")):
        assert sum(one.items for one in told) == sum(one.money for one in told) == MILLION
    assert len({one.donor for one in told}) == len(told)


@pytest.mark.parametrize(
    ("envelope", "parts", "left"),
    [
        (worth(100, 100, 100), [], worth(100, 100, 100)),
        (worth(100, 100, 100), [worth(30, 30, 30), worth(20, 20, 20)], worth(50, 50, 50)),
        (worth(100, 100, 100), [worth(30, 30, 40)], worth(60, None, 70)),
        (worth(100, 100, 100), [worth(80, 80, 80), worth(40, 40, 40)], worth(0, 0, 0)),
        (worth(100, 100, 100), [worth(None, None, None)], worth(0, None, 100)),  # it may have used all of it
        (worth(100, 100, 100), [worth(30, None, None)], worth(0, None, 70)),
        (worth(0, None, 100), [worth(30, 30, 30)], worth(0, None, 70)),
        (worth(100, None, None), [worth(30, 30, 30)], worth(70, None, None)),
        (worth(None, None, None), [worth(30, 30, 30)], worth(0, None, None)),
    ],
)
def test_the_rest_of_an_envelope_keeps_the_doubt_of_what_was_drawn(envelope, parts, left):
    assert rest(envelope, parts) == left


ENDS = st.integers(0, 200).map(D)
WORTHS = st.builds(lambda a, b: worth(min(a, b), None, max(a, b)), ENDS, ENDS)


@given(WORTHS, st.lists(WORTHS, max_size=4))
def test_no_rest_exceeds_its_envelope_or_falls_below_nothing(envelope, parts):
    left = rest(envelope, parts)

    assert 0 <= left.low <= left.high <= envelope.high
    assert left.low <= envelope.low


@pytest.mark.parametrize(
    ("counting", "counted"),
    [(one, one in (Counting.COUNTS, Counting.FUNDING, Counting.ENVELOPE)) for one in Counting],
)
def test_only_what_counts_funding_and_envelopes_are_worth_something_in_sums(counting, counted):
    value = worth(5, 5, 5)

    assert counted_value(a_pledge(counting=counting), value, []).known is counted


def test_an_envelope_counts_with_what_is_left_of_it():
    told = counted_value(a_pledge(counting=Counting.ENVELOPE), worth(9, 9, 9), [worth(4, 4, 4)])

    assert told == worth(5, 5, 5)


def test_the_parts_of_a_worth_are_rounded_down_and_the_unknown_stays_unknown():
    assert part_of_value(worth(1, None, 2), 333_333) == worth("0.333333", None, "0.666666")


def test_a_quantity_is_divided_like_a_worth():
    assert exact(3).part(500_000) == said("exact", "1.5")
