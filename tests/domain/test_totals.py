import pytest

from app.domain.milestone import Status
from app.domain.pledge import COUNTING_REASONS, Counting
from app.domain.totals import STATUS_REASONS, left_out_because

OUT = (Status.SIGNALLED, Status.CANCELLED, Status.LAPSED, Status.SUPERSEDED)


@pytest.mark.parametrize("status", Status)
def test_of_signals_and_of_what_came_to_nothing_nothing_counts(status):
    reason = left_out_because(Counting.COUNTS, status)

    assert (reason == STATUS_REASONS[status]) if status in OUT else reason is None


@pytest.mark.parametrize("counting", [one for one in Counting if one is not Counting.COUNTS])
def test_whatever_does_not_count_says_why_before_its_status_does(counting):
    for status in Status:
        assert left_out_because(counting, status) == COUNTING_REASONS[counting]


def test_what_is_on_hold_counts():
    assert left_out_because(Counting.COUNTS, Status.ON_HOLD) is None


def test_every_reason_is_a_sentence():
    assert all(reason.endswith(".") for reason in [*COUNTING_REASONS.values(), *STATUS_REASONS.values()])
