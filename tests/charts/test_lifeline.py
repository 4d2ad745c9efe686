from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.charts.lifeline import Due, LifeLine, Step, draw
from app.domain.quantity import UNDISCLOSED, Qualifier, exact, quantity

ONE_OR_TWO = quantity(Qualifier.RANGE, Decimal(1), Decimal(2))
skynexes = LifeLine(
    first=date(2022, 11, 1),
    last=date(2024, 6, 13),
    pledged=(Step(date(2022, 12, 9), exact(2), "2 ordered"),),
    delivered=(
        Step(date(2024, 1, 4), exact(1), "1 arrived"),
        Step(date(2024, 4, 1), ONE_OR_TWO, "or 2?", disputed=True),
    ),
    due=Due(date(2024, 3, 31), "due by 31 Mar 2024"),
    summary="Promised: 2 systems. Delivered: 1 or 2.",
)


def test_what_arrived_is_solid_and_the_disputed_step_plum():
    assert [block.kind for block in draw(skynexes).blocks] == ["pledge", "deliv", "deliv", "disp"]


def test_steps_follow_each_other_to_the_last_day():
    pledged, first, second, _ = draw(skynexes).blocks

    assert round(pledged.at + pledged.width) == round(second.at + second.width) == 100
    assert round(first.at + first.width, 6) == round(second.at, 6)


def test_the_due_date_is_shown_while_it_lies_on_the_line():
    assert draw(skynexes).due.text == "due by 31 Mar 2024"


def test_undisclosed_has_no_height_of_its_own():
    life = LifeLine(
        first=date(2024, 1, 1), last=date(2024, 2, 1), pledged=(Step(date(2024, 1, 4), UNDISCLOSED),), summary=""
    )
    drawn = draw(life)

    assert [block.kind for block in drawn.blocks] == ["open"] and drawn.levels == ()


def test_the_numbers_of_the_axis_stand_clear_of_the_first_step():
    life = replace(skynexes, first=date(2022, 12, 9))

    assert draw(life).blocks[0].at > 6


def test_what_is_not_counted_is_grey():
    life = LifeLine(
        first=date(2023, 12, 1),
        last=date(2024, 6, 1),
        counted=False,
        pledged=(Step(date(2024, 1, 3), quantity(Qualifier.UP_TO, Decimal(1000)), "up to 1,000"),),
        summary="",
    )

    assert [block.kind for block in draw(life).blocks] == ["unc"]
