from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from app.charts import columns
from app.charts.chart import Column, Measure
from app.charts.dates import LETTER, index, month_of
from app.domain.quantity import UNDISCLOSED, exact
from tests.charts import cast


def test_undisclosed_stands_on_what_has_a_number():
    first = columns.draw(cast.months).panels[0].columns[0]

    assert [block.kind for block in first.blocks] == ["pledge", "doubt"]
    assert first.blocks[1].y + first.blocks[1].height == first.blocks[0].y
    assert first.name == "2023-01: 1 of 9 pledges"


def test_a_month_without_pledges_leaves_a_gap():
    places = [column.room.at for column in columns.draw(cast.months).panels[0].columns]
    room = places[1] - places[0]

    assert places[2] - places[1] == pytest.approx(2 * room)


def test_the_running_sum_has_a_scale_of_its_own_and_no_gaps():
    single, summed = columns.draw(cast.months).panels

    assert single.levels[-1].text == "10 pledges" and summed.levels[-1].text == "40 pledges"
    assert len(summed.columns) == 5
    assert summed.columns[-1].column.pledged == cast.records(12, 36)
    assert summed.columns[2].name == "to Mar 2023: 3 of 18 pledges"


def test_at_most_four_grid_lines():
    assert all(len(panel.levels) <= 4 for panel in columns.draw(cast.months).panels)


def test_an_open_end_of_a_month_has_a_fixed_height():
    month = Column(month=date(2024, 1, 1), label="January", pledged=cast.total(exact(5), UNDISCLOSED))
    drawn = columns.draw(replace(cast.months, measure=Measure.ITEMS, columns=(month,)))

    assert [(one.kind, one.height) for one in drawn.panels[0].columns[0].blocks][-1] == ("open", columns.STUB_PX)


def test_names_of_months_and_years_do_not_meet():
    chart = replace(
        cast.months,
        columns=tuple(
            Column(month=month_of(index(date(2023, 11, 1)) + number), label="", pledged=cast.records(1, 1))
            for number in range(12)
        ),
    )
    ticks = columns.draw(chart).panels[0].ticks

    assert [tick.text for tick in ticks if tick.year] == ["2024"]
    assert all(after.at - before.at >= LETTER * len(before.text) for before, after in pairwise(ticks))


def test_without_months_nothing_is_drawn():
    assert columns.draw(replace(cast.months, columns=())).panels == ()
