import pytest

from app.charts import bars, units
from app.charts.chart import Group, Ranking
from app.domain.quantity import UNDISCLOSED, exact
from tests.charts import cast


def kinds(row) -> str:
    return " ".join(square.kind for square in units.squares(row))


@pytest.mark.parametrize(
    ("pledged", "delivered", "expected"),
    [
        (cast.total(exact(3)), cast.total(exact(2)), "deliv deliv pledge"),
        (cast.at_least(2), None, "pledge pledge open"),
        (cast.between(1, 3), cast.total(exact(1)), "deliv doubt doubt"),
        (cast.total(UNDISCLOSED), None, "open"),
        (cast.total(exact(1)), cast.total(exact(2)), "deliv deliv"),
    ],
)
def test_one_square_is_one(pledged, delivered, expected):
    assert kinds(cast.row("any", pledged, delivered)) == expected


def test_a_disputed_square_is_plum():
    assert kinds(cast.skynexes) == "deliv disp"


def test_squares_stand_in_fives():
    places = [square.x for square in units.squares(cast.row("any", cast.total(exact(6))))]

    assert places[4] - places[3] == 12 and places[5] - places[4] == 16


@pytest.mark.parametrize(
    ("pledged", "fits"),
    [
        (cast.total(exact(25)), True),
        (cast.total(exact(26)), False),
        (cast.at_least(24), True),
        (cast.at_least(25), False),
        (cast.total(UNDISCLOSED), False),
    ],
)
def test_squares_are_for_up_to_25(pledged, fits):
    assert units.fits(Group((cast.row("any", pledged),))) is fits


def test_hundreds_of_thousands_are_never_drawn_one_by_one():
    rounds = Group((cast.row("35 mm", cast.total(exact(399680))),))
    drawn = bars.draw(Ranking(name="by-system", title="", groups=(rounds,)), squares=True)

    assert drawn.groups[0].squares == ()
