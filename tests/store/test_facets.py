import pytest

from app.domain.filter import Facet, PledgeFilter
from app.store import facets
from tests.brute import random_filters


def test_counts_equal_a_plain_count_for_random_filters(db, reference, brute):
    for wanted in random_filters(brute, 50, seed=11):
        counts = facets.count(db, wanted, reference)
        assert counts.size.count == len(brute.matching(wanted)), wanted.query()
        for facet, found in counts.by.items():
            assert found == brute.facet_counts(wanted, facet), (wanted.query(), facet)


def test_every_facet_of_the_panel_is_counted_once(db, reference):
    assert {*facets.count(db, PledgeFilter(), reference).by} == {*facets.COUNTED}


@pytest.mark.parametrize("facet", facets.COUNTED)
def test_the_counts_of_a_facet_ignore_that_facet(facet, db, reference):
    everything = facets.count(db, PledgeFilter(), reference).by[facet]
    value = min(everything)

    assert facets.count(db, PledgeFilter().only(facet, value), reference).by[facet] == everything


@pytest.mark.parametrize("facet", facets.COUNTED)
def test_one_facet_in_use_is_counted_as_plainly_as_none(facet, db, reference, brute):
    for value in sorted({value for one in brute.told[::11] for value in one.values(facet, None)}):
        wanted = PledgeFilter().only(facet, value)
        counts = facets.count(db, wanted, reference)

        assert counts.size.count == len(brute.matching(wanted))
        assert counts.by == {other: brute.facet_counts(wanted, other) for other in facets.COUNTED}, value


def test_months_are_counted_within_the_years_asked_for(db, reference, brute):
    wanted = PledgeFilter().only(Facet.YEAR, "2023")

    months = facets.count(db, wanted, reference).by[Facet.MONTH]

    assert months and all(month.startswith("2023-") for month in months)
    assert months == brute.facet_counts(wanted, Facet.MONTH)


def test_a_filter_that_matches_nothing_still_counts_what_its_own_facet_offers(db, reference):
    wanted = PledgeFilter().only(Facet.DONOR, "DE").only(Facet.STATUS, "lapsed")

    counts = facets.count(db, wanted, reference).by

    assert counts[Facet.AID] == {}
    assert counts[Facet.STATUS]


def test_each_counted_number_is_what_a_click_on_it_finds(db, reference):
    from app.store import pledges

    wanted = PledgeFilter().only(Facet.SYSTEM, "air-defence")
    for facet, found in facets.count(db, wanted, reference).by.items():
        for value, number in found.items():
            assert pledges.count(db, wanted.only(facet, value), reference) == number, (facet, value)
