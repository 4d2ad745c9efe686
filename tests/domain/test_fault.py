from datetime import date

import pytest

from app.domain import record_fields as f
from app.domain.donor import Donor, DonorGroup, Membership
from app.domain.event import Event
from app.domain.fault import AHEAD, EMPTY, IMPOSSIBLE, NO_ALIAS, NOTHING_TOLD, OVERLAPPING, TOO_MANY, faults
from app.domain.package import Package
from app.domain.source import Source
from app.domain.system import System
from app.domain.when import on

TODAY = date(2024, 6, 1)
NATO = DonorGroup.NATO


def a_donor(**changes):
    return Donor(**{"code": "SE", "slug": "sweden", "name": "Sweden"} | changes)


def held(*spans):
    return tuple(
        Membership(group=NATO, since=a and date.fromisoformat(a), until=b and date.fromisoformat(b)) for a, b in spans
    )


@pytest.mark.parametrize(
    ("fields", "value", "told"),
    [
        (f.SOURCE, Source(key="a", url="https://a.example"), {}),
        (f.SOURCE, Source(key="a", title="A"), {}),
        (f.SOURCE, Source(key="a"), {"url": NOTHING_TOLD}),
        (f.SOURCE, Source(key="a", title="A", published_on=date(2024, 6, 2)), {}),
        (f.SOURCE, Source(key="a", title="A", published_on=date(2024, 6, 3)), {"published_on": AHEAD}),
        (f.EVENT, Event(slug="a", title="A", dates=on(date(2024, 7, 1))), {}),
        (f.EVENT, Event(slug="a", title=""), {"title": EMPTY}),
        (f.EVENT, Event(slug="a", title="A", dates=on(date(2026, 1, 1))), {"dates": IMPOSSIBLE}),
        (f.PACKAGE, Package(key="a", donor="", title="A"), {"donor": EMPTY}),
        (f.PACKAGE, Package(key="a", donor="DE", title="A", announced=on(date(2013, 1, 1))), {"announced": IMPOSSIBLE}),
        (f.SYSTEM, System(code="A", slug="a", name=""), {"name": EMPTY}),
        (f.SYSTEM, System(code="A", slug="a", name="A", aliases=("a|b",)), {"aliases": NO_ALIAS}),
        (f.SYSTEM, System(code="A", slug="a", name="A", aliases=("a" * 301,)), {"aliases": NO_ALIAS}),
        (f.DONOR, a_donor(aliases=tuple(map(str, range(61)))), {"aliases": TOO_MANY}),
        (f.DONOR, a_donor(memberships=held((None, "2020-01-01"), ("2020-01-02", None))), {}),
        (f.DONOR, a_donor(memberships=held((None, "2020-01-01"), ("2020-01-01", None))), {"memberships": OVERLAPPING}),
        (f.DONOR, a_donor(memberships=held((None, None), (None, None))), {"memberships": OVERLAPPING}),
    ],
)
def test_what_is_refused(fields, value, told):
    assert faults(fields.values(), value, TODAY) == told
