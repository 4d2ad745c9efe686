"""What `as_of` reads equals the fold of what was known on that day."""

from datetime import date, timedelta

from sqlalchemy import func, select

from app.domain.filter import PledgeFilter
from app.store.columns import core
from app.store.matching import FOLDED, PLEDGE, scope
from app.store.tables import Standing
from tests.brute import every

STANDING = core(Standing)


def stands(db, reference, day):
    """Key to what the store reads as of a day."""
    wanted = PledgeFilter(as_of=day)
    columns = [PLEDGE.c.key, *(scope(wanted).column(name) for name in FOLDED)]
    return {row.key: row for row in every(db, wanted, reference, columns)}


def test_on_any_day_the_store_reads_what_the_domain_gives(db, reference, brute):
    days = {one.dates.latest for told in brute.told for one in told.pledge.milestones if one.dates.latest}
    days |= {day - timedelta(days=1) for day in days} | {date(2022, 1, 1), date(2024, 1, 10), date(2030, 1, 1)}
    for day in sorted(days)[::4]:
        for key, row in stands(db, reference, day).items():
            told = brute.by_key[key].standing(day)
            come, way = told.delivered, told.on_its_way

            assert (row.status, row.delivered_reports, row.way_reports) == (told.status, come.reports, way.reports), key
            assert (row.delivered_point, row.delivered_high) == (come.point, come.high), (key, day)
            assert row.delivered_complete == come.complete
            assert (row.delivered_low or 0) == come.low


def test_each_pledge_stands_in_exactly_one_way_on_each_day(db, reference):
    for day in (date(2022, 2, 24), date(2023, 6, 30), date(2024, 1, 10), date(2026, 1, 1)):
        on_day = (STANDING.c.since <= day) & (STANDING.c.until.is_(None) | (STANDING.c.until > day))
        number = select(func.count(), func.count(STANDING.c.pledge_id.distinct())).where(on_day)

        assert tuple(db.execute(number).one()) == (reference.records, reference.records)


def test_as_of_leaves_out_what_was_announced_later_or_without_a_date(db, reference, brute):
    day = date(2023, 6, 30)

    assert set(stands(db, reference, day)) == {
        one.pledge.key for one in brute.told if one.pledge.announced.latest and one.pledge.announced.latest <= day
    }


def test_as_of_far_in_the_future_all_dated_deliveries_are_known(db, reference, brute):
    for key, row in stands(db, reference, date(2100, 1, 1)).items():
        pledge = brute.by_key[key].pledge
        if all(one.dates.latest for one in pledge.milestones) and not pledge.status_pin:
            assert row.status == brute.by_key[key].standing(None).status, key
