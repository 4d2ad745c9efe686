from datetime import date
from decimal import Decimal

from app.domain.filter import Facet, PledgeFilter
from app.domain.quantity import Sum
from app.store import totals
from tests.brute import random_filters


def test_sums_of_items_equal_those_of_the_domain_for_random_filters(db, reference, brute):
    for wanted in random_filters(brute, 80, seed=3):
        found = totals.items(db, wanted, reference)
        told = {kind: (total.pledged, total.delivered, total.records) for (_, kind), total in found.items()}

        assert told == brute.items(wanted), wanted.query()


def test_sums_of_euros_equal_those_of_the_domain_for_random_filters(db, reference, brute):
    for wanted in random_filters(brute, 80, seed=4):
        assert totals.euros(db, wanted, reference).get(None, Sum()) == brute.euros(wanted), wanted.query()


def test_what_is_added_by_donor_adds_up_to_the_whole_where_no_upper_end_is_open(db, reference):
    whole = totals.euros(db, PledgeFilter(), reference)[None]
    parts = totals.euros(db, PledgeFilter(), reference, by="donor").values()

    assert sum(part.low for part in parts) == whole.low
    assert sum(part.point for part in parts) == whole.point


def test_what_is_added_by_month_year_system_and_family_adds_up_to_the_whole(db, reference):
    for by in ("month", "year", "system", "family"):
        whole = {kind: total.pledged for (_, kind), total in totals.items(db, PledgeFilter(), reference).items()}
        parts: dict = {}
        for (_, kind), total in totals.items(db, PledgeFilter(), reference, by=by).items():
            parts[kind] = parts.get(kind, Sum()) + total.pledged

        assert parts == whole, by


def test_the_sum_of_a_donor_is_its_share(db, reference, brute):
    for code in brute.donors:
        wanted = PledgeFilter().only(Facet.DONOR, code)
        apart = totals.euros(db, PledgeFilter(), reference, by="donor").get(reference.donor_ids[code], Sum())

        assert totals.euros(db, wanted, reference).get(None, Sum()) == apart, code


def test_the_view_of_10_january_2024_sums_to_about_200_missiles_of_the_united_kingdom(db, reference):
    wanted = PledgeFilter(as_of=date(2024, 1, 10)).only(Facet.EVENT, "nuc-2024-01-10").but(as_of=date(2024, 1, 10))
    missiles = {
        (kind.family, total.pledged.low, total.pledged.point, total.pledged.high, total.pledged.assumed)
        for (_, kind), total in totals.items(db, wanted, reference).items()
        if kind.unit == "missile"
    }

    assert ("AD", Decimal(180), Decimal(200), Decimal(220), True) in missiles
