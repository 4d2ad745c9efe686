"""Links taken together."""

import pytest

from app.domain.link import in_circle

CASES = [
    ({}, set()),
    ({1: {2}, 2: {3}, 3: set()}, set()),
    ({1: {2}, 2: {1}}, {1, 2}),
    ({1: {1}}, {1}),
    ({1: {2}, 2: {3}, 3: {1}, 4: {1}, 3.5: {9}}, {1, 2, 3}),
    ({1: {2, 3}, 2: {4}, 3: {4}, 4: {5}}, set()),
]


@pytest.mark.parametrize(("out", "circular"), CASES)
def test_only_what_leads_back_to_itself_is_in_a_circle(out, circular):
    assert in_circle(out) == circular
