from datetime import date

import pytest

from app.domain.donor import DonorGroup
from tests.builders import a_donor

NATO, EU, NORDIC, G7 = DonorGroup.NATO, DonorGroup.EU, DonorGroup.NORDIC, DonorGroup.G7
SWEDEN = a_donor("SE", (NATO, "2024-03-07", ""), (EU, "1995-01-01", ""), (NORDIC, "", ""))
BRITAIN = a_donor("GB", (EU, "1973-01-01", "2020-01-31"), (NATO, "", ""))


@pytest.mark.parametrize(
    ("donor", "day", "groups"),
    [
        (SWEDEN, "2024-01-10", [EU, NORDIC]),
        (SWEDEN, "2024-03-06", [EU, NORDIC]),
        (SWEDEN, "2024-03-07", [NATO, EU, NORDIC]),
        (SWEDEN, "1990-01-01", [NORDIC]),
        (BRITAIN, "2020-01-31", [NATO, EU]),
        (BRITAIN, "2020-02-01", [NATO]),
    ],
)
def test_membership_goes_by_the_day(donor, day, groups):
    assert donor.groups(date.fromisoformat(day)) == groups


def test_without_a_day_the_memberships_that_never_ended_hold():
    assert SWEDEN.groups(None) == [NATO, EU, NORDIC]
    assert BRITAIN.groups(None) == [NATO]


@pytest.mark.parametrize(
    ("code", "day", "member"),
    [
        ("SE", "2024-01-10", False),
        ("SE", "2024-03-07", True),
        ("FI", "2023-04-03", False),
        ("FI", "2023-04-04", True),
        ("DE", "2024-01-10", True),
        ("IE", "2024-01-10", False),
    ],
)
def test_the_seed_knows_who_was_in_nato_when(seed, code, day, member):
    donor = next(one for one in seed.donors if one.code == code)

    assert (NATO in donor.groups(date.fromisoformat(day))) is member
