from datetime import date

import pytest

from app.domain.filter import Facet, PledgeFilter, Sort
from app.store import pledges
from app.store.matching import PLEDGE
from app.store.saving import euros
from tests.brute import every, random_filters

ORDERS = [(sort, falling) for sort in Sort for falling in (False, True)]


def ids(db, wanted, reference):
    return [row.id for row in every(db, wanted, reference, [PLEDGE.c.id])]


def walked(db, wanted, reference, step):
    """Page after page by the links that each page gives."""
    seen, page = [], pledges.find(db, wanted, reference)
    for _ in range(100):
        seen = seen + [row.id for row in page.rows] if step == "after" else [row.id for row in page.rows] + seen
        onward = getattr(page, step)
        if onward is None:
            return seen
        page = pledges.find(db, wanted.but(per=wanted.per, **{step: onward}), reference)
    raise AssertionError("the pages never end")


@pytest.mark.parametrize(("sort", "falling"), ORDERS)
def test_going_on_from_page_to_page_shows_the_whole_list_once(sort, falling, db, reference):
    wanted = PledgeFilter(sort=sort, falling=falling, per=25)

    assert walked(db, wanted, reference, "after") == ids(db, wanted, reference)


@pytest.mark.parametrize(("sort", "falling"), ORDERS)
def test_going_back_from_the_end_shows_the_whole_list_once(sort, falling, db, reference):
    wanted = PledgeFilter(sort=sort, falling=falling, per=25)
    everything = ids(db, wanted, reference)

    back = walked(db, wanted.but(before=everything[-1]), reference, "before")

    assert [*back, everything[-1]] == everything


@pytest.mark.parametrize(("sort", "falling"), ORDERS)
def test_unknown_values_stand_last_in_both_orders(sort, falling, db, reference):
    wanted = PledgeFilter(sort=sort, falling=falling)
    over = pledges.scope(wanted)
    from sqlalchemy import select

    from app.store.pledges import _joined, _key

    question = _joined(select(PLEDGE.c.id, _key(sort, over)).select_from(over.tables), sort)
    value = dict(tuple(row) for row in db.execute(question))

    ordered = [value[number] for number in ids(db, wanted, reference)]
    known = [one for one in ordered if one is not None]

    assert ordered[len(known) :] == [None] * (len(ordered) - len(known))
    assert known == sorted(known, reverse=falling)


def test_names_are_in_the_same_order_on_every_database(db, reference):
    by_donor = [
        reference.donors[row.lead_id].name
        for row in every(db, PledgeFilter(sort=Sort.DONOR, falling=False), reference, [PLEDGE.c.lead_id])
    ]

    assert by_donor == sorted(by_donor)  # by code point, not by a locale


def test_pages_by_number_and_pages_by_place_agree(db, reference):
    wanted = PledgeFilter(per=25)
    second = pledges.find(db, PledgeFilter(per=25, page=2), reference)
    first = pledges.find(db, wanted, reference)

    assert [row.id for row in second.rows] == [
        row.id for row in pledges.find(db, PledgeFilter(per=25, after=first.after), reference).rows
    ]
    assert (first.first, second.first, first.before, second.before) == (1, 26, None, second.rows[0].id)


def test_a_page_after_the_last_one_is_empty_and_still_counts(db, reference):
    page = pledges.find(db, PledgeFilter(page=200), reference)

    assert (page.rows, page.size.count, page.after, page.before) == ([], reference.records, None, None)


@pytest.mark.parametrize("place", [0, 10**9, 2**53])
def test_going_on_from_a_pledge_that_is_not_there_never_fails(place, db, reference):
    for step in ("after", "before"):
        assert pledges.find(db, PledgeFilter(**{step: place}), reference).size.count == reference.records


def test_a_page_counts_those_with_a_number_and_those_in_sums(db, reference, brute):
    from app.domain.totals import left_out_because

    for wanted in random_filters(brute, 30, seed=5):
        found, page = brute.matching(wanted), pledges.find(db, wanted, reference)
        counted = [o for o in found if not left_out_because(o.pledge.counting, o.standing(wanted.as_of).status)]

        assert page.size.count == len(found)
        assert page.size.numbered == sum(one.pledge.quantity.numbered for one in found)
        assert page.size.counted == len(counted), wanted.query()


def test_the_newest_are_those_announced_last(db, reference, brute):
    days = sorted((one.pledge.announced.latest for one in brute.told if one.pledge.announced.latest), reverse=True)

    assert [row.announced_latest for row in pledges.newest(db, PledgeFilter(), reference, 8)] == days[:8]


def test_what_as_of_leaves_out_because_it_has_no_date_is_counted(db, reference, brute):
    wanted = PledgeFilter(as_of=date(2024, 1, 10))

    assert pledges.undated(db, wanted, reference) == sum(one.pledge.announced.latest is None for one in brute.told)
    assert pledges.undated(db, PledgeFilter(), reference) == 0


def test_the_worth_on_the_row_is_the_worth_by_the_rule(db, reference, brute):
    columns = [PLEDGE.c.key, PLEDGE.c.value_low, PLEDGE.c.value_point, PLEDGE.c.value_high]
    for row in every(db, PledgeFilter(), reference, columns):
        value = euros(brute.by_key[row.key].pledge)

        assert (row.value_low, row.value_point, row.value_high) == (value.low, value.point, value.high), row.key


def test_a_sort_by_quantity_of_germany_begins_with_its_largest(db, reference, brute):
    wanted = PledgeFilter(sort=Sort.QUANTITY).only(Facet.DONOR, "DE").but(sort=Sort.QUANTITY)
    largest = max(
        one.pledge.quantity.point or one.pledge.quantity.high or one.pledge.quantity.low or 0
        for one in brute.matching(wanted)
    )
    row = pledges.find(db, wanted, reference).rows[0]

    assert largest in (row.quantity_point, row.quantity_high, row.quantity_low)
