"""Every part of a filter has its condition, and all of them together find what a plain search finds."""

from datetime import date

import pytest
from sqlalchemy import select

from app.domain.filter import Facet, PledgeFilter, Unread
from app.store import pledges
from app.store.matching import PLEDGE, conditions
from tests.brute import every, random_filters


def keys(db, wanted, reference):
    return sorted(row.key for row in every(db, wanted, reference, [PLEDGE.c.key]))


def expected(brute, wanted):
    return sorted(one.pledge.key for one in brute.matching(wanted))


@pytest.mark.parametrize("facet", [facet for facet in Facet if facet is not Facet.PACKAGE])
def test_each_value_of_each_facet_finds_what_stands_under_it(facet, db, reference, brute):
    for value in sorted({value for one in brute.told for value in one.values(facet, None)}):
        wanted = PledgeFilter().only(facet, value)

        assert keys(db, wanted, reference) == expected(brute, wanted), value


def test_a_package_finds_what_was_announced_in_it(db, reference, brute):
    from app.store.columns import core
    from app.store.tables import Package

    for number, key in db.execute(select(core(Package).c.id, core(Package).c.key)).all():
        wanted = PledgeFilter().only(Facet.PACKAGE, str(number))

        assert keys(db, wanted, reference) == sorted(one.pledge.key for one in brute.told if one.pledge.package == key)


def test_two_values_of_one_facet_find_either_and_two_facets_find_both(db, reference, brute):
    for wanted in (
        PledgeFilter().only(Facet.DONOR, "DE", "GB"),
        PledgeFilter().only(Facet.DONOR, "DE").only(Facet.SYSTEM, "patriot"),
        PledgeFilter().only(Facet.GROUP, "NATO").only(Facet.YEAR, "2024", "2023"),
    ):
        assert keys(db, wanted, reference) == expected(brute, wanted) != []


def test_random_filters_find_what_a_plain_search_finds(db, reference, brute):
    found = 0
    for wanted in random_filters(brute, 150):
        assert keys(db, wanted, reference) == expected(brute, wanted), wanted.query()
        assert pledges.count(db, wanted, reference) == len(expected(brute, wanted)), wanted.query()
        found += bool(expected(brute, wanted))

    assert found > 50


@pytest.mark.parametrize("parameter", [*Facet, "from", "to", "as_of", "q"])
def test_a_part_that_could_not_be_read_leaves_nothing(parameter, db, reference):
    wanted = PledgeFilter(unread=(Unread(str(parameter), "???"),))

    assert set(conditions(wanted, reference, db.dialect.name)) == {"visible", str(parameter)}
    assert keys(db, wanted, reference) == []


def test_an_unread_value_beside_a_good_one_leaves_the_good_one(db, reference, brute):
    wanted = PledgeFilter(chosen={Facet.DONOR: ("DE",)}, unread=(Unread("donor", "XX"),))

    assert keys(db, wanted, reference) == expected(brute, PledgeFilter().only(Facet.DONOR, "DE"))


def test_sweden_is_no_member_of_nato_before_march_2024(db, reference, brute):
    before = PledgeFilter().only(Facet.DONOR, "SE").only(Facet.GROUP, "NATO").but(to=date(2024, 3, 6))

    assert keys(db, before, reference) == []


def test_a_system_finds_what_is_below_it_and_no_neighbour_of_a_similar_name(db, reference, brute):
    for slug, system in brute.systems.items():
        found = keys(db, PledgeFilter().only(Facet.SYSTEM, slug), reference)

        assert found == sorted(
            one.pledge.key for one in brute.told if one.code == system.code or one.code.startswith(f"{system.code}.")
        )
