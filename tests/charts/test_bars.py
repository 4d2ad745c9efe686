from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts import bars
from app.charts.chart import Group, Measure, Ranking, State
from app.charts.marks import BAR_HEIGHT, bar
from app.charts.scales import Scale
from app.domain.quantity import UNDISCLOSED, Qualifier, Quantity, Sum, exact, quantity, summed
from tests.charts import cast

HUNDRED = Scale(Decimal(100), (Decimal(0), Decimal(100)))
numbers = st.decimals(min_value=0, max_value=10**9, places=2)


@st.composite
def quantities(draw) -> Quantity:
    low, high = sorted((draw(numbers), draw(numbers)))
    kinds = [
        exact(high),
        quantity(Qualifier.AT_LEAST, low),
        quantity(Qualifier.UP_TO, high, firm=low),
        quantity(Qualifier.ABOUT, high),
        quantity(Qualifier.RANGE, low, high),
        quantity(Qualifier.ESTIMATED, high),
        UNDISCLOSED,
    ]
    return draw(st.sampled_from(kinds))


sums = st.lists(quantities(), min_size=1, max_size=5).map(summed)


def drawn(pledged: Sum, delivered: Sum | None = None, **more: bool) -> list[tuple]:
    return [(one.kind, one.at, one.px or one.width) for one in bar(pledged, delivered, HUNDRED, **more)]


@pytest.mark.parametrize(
    ("pledged", "expected"),
    [
        (cast.total(exact(40)), [("pledge", 0, 40)]),
        (cast.about(50), [("pledge", 0, 45), ("doubt", 45, 10), ("point", 50, 0)]),
        (cast.between(20, 60), [("pledge", 0, 20), ("doubt", 20, 40)]),
        (cast.up_to(60), [("doubt", 0, 60)]),
        (cast.at_least(30), [("pledge", 0, 30), ("open", 30, 22)]),
        (
            cast.total(quantity(Qualifier.ESTIMATED, Decimal(30))),
            [("doubt", 0, 30), ("open", 30, 22), ("point", 30, 0)],
        ),
        (cast.total(exact(30), UNDISCLOSED), [("pledge", 0, 30), ("open", 30, 22)]),
        (cast.total(UNDISCLOSED), [("none", 0, 26)]),
    ],
)
def test_each_kind_of_doubt_has_its_drawing(pledged, expected):
    assert drawn(pledged) == expected


@pytest.mark.parametrize(
    ("delivered", "expected"),
    [
        (cast.total(exact(10)), [("deliv", 0, 10)]),
        (cast.at_least(10), [("deliv", 0, 10), ("delopen", 10, 12)]),
        (cast.between(10, 20), [("deliv", 0, 10), ("delopen", 10, 10)]),
        (cast.total(UNDISCLOSED), [("delopen", 0, 12)]),
        (None, []),
    ],
)
def test_what_arrived_is_solid_inside(delivered, expected):
    assert drawn(cast.total(exact(40)), delivered)[1:] == expected


def test_a_disputed_span_is_plum_where_the_sources_differ():
    assert drawn(cast.total(exact(2)), cast.between(1, 2), disputed=True)[-1] == ("disp", 1, 1)
    assert drawn(cast.between(20, 60), disputed=True)[-1] == ("disp", 20, 40)


def test_what_is_not_counted_is_grey():
    assert [kind for kind, _, _ in drawn(cast.up_to(100), counted=False)] == ["unc"]


def test_a_ranking_keeps_apart_what_has_no_number_and_what_is_not_counted():
    group = bars.draw(cast.ranking).groups[0]

    assert [section.title for section in group.sections] == ["", "Pledged without a number", "Known, but not counted"]
    assert [line.row for line in group.sections[1].lines] == [cast.iris]
    assert [line.row for line in group.sections[2].lines] == [cast.patriots]


def test_records_are_counted_with_and_without_a_number():
    line = bars.draw(cast.by_records).groups[0].sections[0].lines[0]

    assert str(line.said) == "22 of 96"
    assert [(one.kind, one.at, one.width) for one in line.pieces] == [("pledge", 0, 22), ("doubt", 22, 74)]


def test_a_mark_says_itself():
    lines = list(bars.draw(cast.ranking).groups[0].lines)

    assert lines[0].name == "Stinger, Germany <b>: at least 2,800 missiles; at least 423 delivered"
    assert lines[2].name == "type not named, United Kingdom: about 200 missiles; 180–220, assumed"


def test_records_that_do_not_count_are_grey_too():
    row = cast.row("United States", cast.records(2, 5), state=State.NOT_COUNTED)
    chart = Ranking(name="by-donor", title="", measure=Measure.RECORDS, groups=(Group((row,)),))
    drawn = bars.draw(chart)

    assert [one.kind for one in next(iter(drawn.groups[0].lines)).pieces] == ["uncfirm", "unc"]
    assert [entry.text for entry in drawn.key] == ["shown, not counted"]


def test_the_key_holds_only_what_is_drawn():
    chart = Ranking(name="by-donor", title="", groups=(Group((cast.strelas,)),))

    assert [entry.kind for entry in bars.draw(chart).key] == ["deliv", "pledge"]


def test_the_largest_firm_number_leads():
    rows = (cast.britons, cast.iris, cast.stingers, cast.strelas)

    assert bars.ranked(rows, Measure.ITEMS) == (cast.stingers, cast.strelas, cast.britons, cast.iris)


@given(sums, st.none() | sums, st.booleans(), st.booleans())
def test_bars_stay_between_nothing_and_all(pledged, delivered, disputed, counted):
    row = cast.row("any", pledged, delivered)
    axis = bars.axis_of([row], Measure.ITEMS)

    for one in bar(pledged, delivered, axis, disputed=disputed, counted=counted):
        assert 0 <= one.at <= 100 and one.width >= 0 and one.at + one.width <= 100.0001
        assert bool(one.width or one.px) != (one.kind == "point")
        assert one.y >= 0 and one.y + one.height <= BAR_HEIGHT


@given(sums)
def test_low_comes_before_point_and_point_before_high(pledged):
    found = {one.kind: one for one in bar(pledged, None, bars.axis_of([cast.row("any", pledged)], Measure.ITEMS))}
    ends = [found["pledge"].width if "pledge" in found else 0]
    ends += [found[kind].at for kind in ("point",) if kind in found]
    ends += [found[kind].at + found[kind].width for kind in ("doubt", "open") if kind in found]

    assert all(before <= after + 0.0001 for before, after in pairwise(ends))
