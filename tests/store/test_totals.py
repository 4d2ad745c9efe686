from datetime import date
from decimal import Decimal

from app.domain.filter import Facet, PledgeFilter
from app.domain.quantity import Sum
from app.domain.totals import left_out_because
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


def test_records_count_a_pledge_under_each_of_its_donors(db, reference, brute):
    found = totals.records(db, PledgeFilter(), reference, by="donor")

    assert {reference.donors[number].code: total.records for number, total in found.items()} == brute.facet_counts(
        PledgeFilter(), Facet.DONOR
    )


def test_what_is_left_out_is_told_with_its_number(db, reference, brute):
    for wanted in random_filters(brute, 25, seed=6):
        rows = totals.left_out(db, wanted, reference)
        left = [
            one
            for one in brute.matching(wanted)
            if left_out_because(one.pledge.counting, one.standing(wanted.as_of).status)
        ]

        assert sum(row.number for row in rows) == len(left), wanted.query()
        assert all(left_out_because(row.counting, row.status) for row in rows)


def test_gaps_equal_a_plain_count(db, reference, brute):
    for wanted in random_filters(brute, 25, seed=8):
        found, gaps = brute.matching(wanted), totals.gaps(db, wanted, reference)

        assert gaps["all"] == len(found)
        assert gaps["numbered"] == sum(one.pledge.quantity.numbered for one in found)
        assert gaps["delivered"] == sum(one.standing(wanted.as_of).delivered.reports > 0 for one in found)
        assert gaps["valued"] == sum(one.value.known for one in found)
        assert gaps["dated"] == sum(one.pledge.announced.latest is not None for one in found)
        assert gaps["sourced"] == sum(bool(one.pledge.sources()) for one in found)
        assert gaps["disputed"] == sum(bool(one.disputed) for one in found)
        assert gaps["overdue"] == sum(bool(one.values(Facet.OVERDUE, wanted.as_of)) for one in found)


def test_the_view_of_10_january_2024_sums_to_about_200_missiles_of_the_united_kingdom(db, reference):
    wanted = PledgeFilter(as_of=date(2024, 1, 10)).only(Facet.EVENT, "nuc-2024-01-10").but(as_of=date(2024, 1, 10))
    missiles = {
        (kind.family, total.pledged.low, total.pledged.point, total.pledged.high, total.pledged.assumed)
        for (_, kind), total in totals.items(db, wanted, reference).items()
        if kind.unit == "missile"
    }

    assert ("AD", Decimal(180), Decimal(200), Decimal(220), True) in missiles
