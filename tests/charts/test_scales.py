from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts.scales import Scale, place, scale

amounts = st.decimals(min_value="0.000001", max_value="90000000000000", places=6)


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        ("2", "0 1 2"),
        ("7", "0 2 4 6 8"),
        ("24.5", "0 10 20 30"),
        ("97", "0 25 50 75 100"),
        ("2700", "0 1000 2000 3000"),
        ("399680", "0 100000 200000 300000 400000"),
        ("0.0003", "0 0.0001 0.0002 0.0003"),
        ("9000000000000", "0 2500000000000 5000000000000 7500000000000 10000000000000"),
    ],
)
def test_ticks_are_round(highest, ticks):
    assert [f"{tick:f}" for tick in scale([Decimal(highest)]).ticks] == ticks.split()


def test_without_a_number_there_is_nothing_to_print_on_the_axis():
    assert scale([]).ticks == scale([Decimal(0)]).ticks == ()


def test_after_an_open_end_there_is_room_for_its_stub():
    assert scale([Decimal(2800)], opened=[Decimal(2800)]).percent(Decimal(2800)) <= 93.01


def test_unknown_stays_on_the_axis():
    assert Scale(Decimal(10)).percent(None) == 0


@pytest.mark.parametrize(("percent", "text"), [(0, "0%"), (100, "100%"), (100 / 3, "33.33%"), (12.5, "12.5%")])
def test_places_are_short(percent, text):
    assert place(percent) == text


@given(st.lists(amounts, min_size=1))
def test_ticks_cover_the_maximum_in_at_most_four_even_steps(numbers):
    drawn = scale(numbers)
    steps = {after - before for before, after in zip(drawn.ticks, drawn.ticks[1:], strict=False)}

    assert drawn.ticks[0] == 0 and drawn.ticks[-1] >= max(numbers)
    assert len(steps) == 1 and 1 <= len(drawn.ticks) - 1 <= 4
    assert steps.pop().normalize().as_tuple().digits in {(1,), (2,), (5,), (2, 5)}
