from app.domain.filter import Facet, PledgeFilter
from app.domain.totals import left_out_because
from app.store import known
from tests.brute import random_filters


def test_records_count_a_pledge_under_each_of_its_donors(db, reference, brute):
    found = known.records(db, PledgeFilter(), reference, by="donor")

    assert {reference.donors[number].code: total.records for number, total in found.items()} == brute.facet_counts(
        PledgeFilter(), Facet.DONOR
    )


def test_what_is_left_out_is_told_with_its_number(db, reference, brute):
    for wanted in random_filters(brute, 25, seed=6):
        rows = known.left_out(db, wanted, reference)
        left = [
            one
            for one in brute.matching(wanted)
            if left_out_because(one.pledge.counting, one.standing(wanted.as_of).status)
        ]

        assert sum(row.number for row in rows) == len(left), wanted.query()
        assert all(left_out_because(row.counting, row.status) for row in rows)


def test_gaps_equal_a_plain_count(db, reference, brute):
    for wanted in random_filters(brute, 25, seed=8):
        found, gaps = brute.matching(wanted), known.gaps(db, wanted, reference)

        assert gaps["all"] == len(found)
        assert gaps["numbered"] == sum(one.pledge.quantity.numbered for one in found)
        assert gaps["delivered"] == sum(one.standing(wanted.as_of).delivered.reports > 0 for one in found)
        assert gaps["valued"] == sum(one.value.known for one in found)
        assert gaps["dated"] == sum(one.pledge.announced.latest is not None for one in found)
        assert gaps["sourced"] == sum(bool(one.pledge.sources()) for one in found)
        assert gaps["disputed"] == sum(bool(one.disputed) for one in found)
        assert gaps["overdue"] == sum(bool(one.values(Facet.OVERDUE, wanted.as_of)) for one in found)


def test_kept_counts_tell_the_same_gaps_as_a_reading_of_the_pledges(db, reference, brute, monkeypatch):
    asked = [PledgeFilter()] + [
        PledgeFilter().only(facet, value)
        for facet in (Facet.DONOR, Facet.SYSTEM, Facet.STATUS, Facet.YEAR, Facet.CONFIDENCE, Facet.SOURCE)
        for value in brute.facet_counts(PledgeFilter(), facet)
    ]
    kept = [known.gaps(db, wanted, reference) for wanted in asked]
    monkeypatch.setattr("app.store.facets.kept", lambda *_: None)

    assert kept == [known.gaps(db, wanted, reference) for wanted in asked]


def test_kept_counts_tell_the_same_records_as_a_reading_of_the_pledges(db, reference):
    for by in ("donor", "system", "family", "month", "year"):
        everything = PledgeFilter().only(Facet.SOURCE, "yes", "no")

        assert known.records(db, PledgeFilter(), reference, by) == known.records(db, everything, reference, by), by
