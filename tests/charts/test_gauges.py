from app.charts.gauges import gauge, quantity_bar
from app.domain.quantity import UNDISCLOSED, exact
from tests.charts import cast


def kinds(*arguments) -> list[str]:
    return [one.kind for one in gauge(*arguments)]


def test_none_reported_and_undisclosed_never_look_alike():
    assert kinds(exact(5), None) == ["pledge"]
    assert kinds(exact(5), UNDISCLOSED) == ["doubt"]


def test_an_open_end_leaves_room_for_its_stub():
    assert [round(one.at, 1) for one in gauge(cast.at_least(14), cast.at_least(8)) if one.px] == [87.5, 50.0]


def test_what_came_is_the_least_that_was_promised():
    assert kinds(UNDISCLOSED, cast.total(exact(3))) == ["pledge", "open", "deliv"]


def test_more_delivered_than_pledged_still_fits():
    assert [one.width for one in gauge(exact(2), cast.total(exact(4)))] == [50, 100]


def test_a_quantity_is_drawn_on_a_scale_of_its_own():
    assert [one.kind for one in quantity_bar(cast.about(200))] == ["pledge", "doubt", "point"]
