from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.milestone import (
    CountBasis,
    Delivered,
    DeliveryPoint,
    Milestone,
    Status,
    standing,
    standings,
)
from app.domain.quantity import UNDISCLOSED, exact
from tests.builders import a_delivery, a_status, said

TOTAL, ALL = CountBasis.RUNNING_TOTAL, CountBasis.COMPLETE
LEFT, OVER, SEEN = DeliveryPoint.LEFT_ORIGIN, DeliveryPoint.HANDED_OVER, DeliveryPoint.SEEN_IN_SERVICE
EIGHTEEN = exact(18)


def arrived(*milestones, pledged=EIGHTEEN):
    told = standing(list(milestones), pledged).delivered
    return told.low, told.point, told.high, told.reports


@pytest.mark.parametrize(
    ("milestones", "low", "point", "high", "reports"),
    [
        ([], 0, None, None, 0),
        ([a_delivery(4), a_delivery(5, "2023-04-01")], 9, 9, 9, 2),
        ([a_delivery(4), a_delivery(5, "2023-04-01", basis=TOTAL)], 5, 5, 5, 2),
        ([a_delivery(4, basis=TOTAL), a_delivery(5, "2023-04-01")], 9, 9, 9, 2),
        ([a_delivery(4), a_delivery(None, "2023-04-01", basis=ALL)], 18, 18, 18, 2),
        ([a_delivery(None)], 0, None, None, 1),
        ([a_delivery(4), a_delivery(None, "2023-04-01")], 4, None, None, 2),
        ([a_delivery(4), a_delivery(said("up_to", 3), "2023-04-01")], 4, None, 7, 2),
        ([a_delivery(5, "2023-04-01", basis=TOTAL), a_delivery(4, "2023-03-01")], 5, 5, 5, 2),  # by day, not by id
        ([a_delivery(5, "2023-04-01", basis=TOTAL), a_delivery(4, "2023-04-01")], 9, 9, 9, 2),  # a tie goes by id
        ([a_delivery(4, "2023-03-01"), a_delivery(7, "", basis=TOTAL)], 11, 11, 11, 2),  # undated ones come first
        ([a_delivery(0, basis=TOTAL)], 0, 0, 0, 1),
    ],
)
def test_deliveries_of_one_point_are_folded_in_the_order_of_their_days(milestones, low, point, high, reports):
    assert arrived(*milestones) == (low, point, high, reports)


def test_delivery_points_are_folded_apart_and_the_greatest_is_the_headline():
    told = standing([a_delivery(4), a_delivery(6, point=SEEN), a_delivery(12, point=LEFT)], EIGHTEEN)

    assert (told.delivered.point, told.on_its_way.point) == (6, 12)


def test_what_has_left_the_donor_has_not_arrived():
    told = standing([a_delivery(18, point=LEFT)], EIGHTEEN)

    assert (told.delivered.reports, told.on_its_way.point, told.status) == (0, 18, Status.IN_DELIVERY)


def test_a_point_without_a_report_does_not_hide_a_stated_zero():
    assert arrived(a_delivery(0, basis=TOTAL)) == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("milestones", "pledged", "status"),
    [
        ([], EIGHTEEN, "announced"),
        ([a_status(Status.CONTRACTED)], EIGHTEEN, "contracted"),
        ([a_status(Status.CONTRACTED), a_status(Status.COMMITTED, "2023-05-01")], EIGHTEEN, "contracted"),
        ([a_delivery(4)], EIGHTEEN, "in_delivery"),
        ([a_delivery(18)], EIGHTEEN, "delivered"),
        ([a_delivery(20)], EIGHTEEN, "delivered"),
        ([a_delivery(None)], EIGHTEEN, "in_delivery"),
        ([a_delivery(None, basis=ALL)], UNDISCLOSED, "delivered"),
        ([a_delivery(None)], UNDISCLOSED, "in_delivery"),
        ([a_delivery(500)], said("up_to", 1000), "in_delivery"),
        ([a_delivery(1000)], said("up_to", 1000), "delivered"),
        ([a_delivery(190)], said("about", 200), "in_delivery"),
        ([a_delivery(300)], said("at_least", 300), "in_delivery"),
        ([a_delivery(said("at_least", 18))], EIGHTEEN, "delivered"),
        ([a_delivery(0, basis=TOTAL)], EIGHTEEN, "announced"),
        ([a_delivery(0, basis=TOTAL)], exact(0), "announced"),
        ([a_delivery(None, basis=ALL), a_delivery(4, "2023-09-01", basis=TOTAL)], EIGHTEEN, "in_delivery"),
        ([a_status(Status.DELIVERED)], EIGHTEEN, "delivered"),
        ([a_delivery(18), a_status(Status.CANCELLED, "2023-09-01")], EIGHTEEN, "cancelled"),
        ([a_status(Status.ON_HOLD, "2023-02-01"), a_status(Status.LAPSED, "2023-09-01")], EIGHTEEN, "lapsed"),
        ([a_status(Status.LAPSED, "2023-09-01"), a_status(Status.ON_HOLD, "2023-02-01")], EIGHTEEN, "lapsed"),
        ([a_status(Status.ON_HOLD, "2023-02-01"), a_status(Status.LAPSED, "2023-02-01")], EIGHTEEN, "lapsed"),
        ([a_status(Status.ON_HOLD, "2023-02-01"), a_status(Status.LAPSED, "")], EIGHTEEN, "on_hold"),
    ],
)
def test_status_follows_from_the_milestones(milestones, pledged, status):
    assert standing(milestones, pledged).status is Status(status)


def test_a_pledge_that_was_only_signalled_says_so():
    assert standing([a_status(Status.SIGNALLED)], EIGHTEEN).status is Status.SIGNALLED


def test_a_signal_that_was_followed_by_an_announcement_is_announced():
    told = [a_status(Status.SIGNALLED), a_status(Status.ANNOUNCED, "2023-03-01")]

    assert standing(told, EIGHTEEN).status is Status.ANNOUNCED


def test_the_pledge_stands_from_day_to_day_as_it_was_then_known():
    told = [a_status(Status.COMMITTED, "2023-02-01"), a_delivery(4, "2023-03-27"), a_delivery(14, "2023-06-01")]

    days = [(day, stood.status.value, stood.delivered.point) for day, stood in standings(told, EIGHTEEN)]

    assert days == [
        (date.min, "announced", None),
        (date(2023, 2, 1), "committed", None),
        (date(2023, 3, 27), "in_delivery", 4),
        (date(2023, 6, 1), "delivered", 18),
    ]


def test_a_milestone_that_changes_nothing_begins_no_new_standing():
    told = [a_status(Status.CONTRACTED, "2023-02-01"), a_status(Status.COMMITTED, "2023-03-01")]

    assert [day for day, _ in standings(told, EIGHTEEN)] == [date.min, date(2023, 2, 1)]


def test_undated_milestones_stand_in_no_day_but_in_the_whole():
    assert standings([a_delivery(18, "")], EIGHTEEN) == [(date.min, standing([], EIGHTEEN))]
    assert standing([a_delivery(18, "")], EIGHTEEN).status is Status.DELIVERED


DELIVERIES = st.builds(
    lambda number, day, basis, point: a_delivery(number, f"2023-03-{day:02}", basis=basis, point=point),
    st.none() | st.integers(0, 30),
    st.integers(1, 9),
    st.sampled_from(CountBasis),
    st.sampled_from(DeliveryPoint),
)


@given(st.lists(DELIVERIES, max_size=6))
def test_the_last_standing_is_the_standing_of_all_dated_milestones(milestones):
    days = standings(milestones, EIGHTEEN)

    assert days[-1][1] == standing(milestones, EIGHTEEN)
    assert [day for day, _ in days] == sorted({day for day, _ in days})


@given(st.lists(DELIVERIES, max_size=6))
def test_whatever_has_come_its_low_is_never_above_its_high(milestones):
    come = standing(milestones, EIGHTEEN).delivered

    assert come.high is None or come.low <= come.high


def test_reaching_needs_a_report_and_an_aim():
    assert not Delivered().reaches(EIGHTEEN)
    assert not Delivered(Decimal(5), Decimal(5), Decimal(5), 1).reaches(UNDISCLOSED)
    assert Delivered(Decimal(5), None, None, 1, complete=True).reaches(UNDISCLOSED)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"status": Status.DELIVERED, "basis": ALL, "point": OVER},
        {"basis": ALL},
        {"point": OVER, "status": Status.LAPSED},
    ],
)
def test_a_milestone_is_a_status_or_a_delivery_and_never_both(told):
    with pytest.raises(ValueError, match="milestone"):
        Milestone(**told)
