from collections import Counter

import pytest
from sqlalchemy import func, select

from app.domain.claim import Confidence
from app.domain.milestone import Status
from app.domain.pledge import AidType, Counting, LinkKind, PartyRole
from app.domain.quantity import Qualifier
from app.store import demo, verifying
from app.store.columns import core
from app.store.tables import Link, Party, Pledge

PLEDGE = core(Pledge)
ROWS = 2_400


@pytest.fixture(scope="module")
def made(database):
    assert demo.make(database, ROWS) == ROWS
    with database.reading() as db:
        return db.execute(select(PLEDGE).where(PLEDGE.c.key.startswith("demo-"))).all()


def test_all_that_can_be_said_of_a_pledge_is_said_of_some(made, database):
    assert {row.counting for row in made} == set(Counting)
    assert {row.quantity_qualifier for row in made} == set(Qualifier)
    assert {row.status for row in made} == set(Status)
    assert {row.confidence for row in made} == set(Confidence)
    assert {row.aid for row in made} == set(AidType)
    with database.reading() as db:
        assert set(db.execute(select(core(Link).c.kind)).scalars()) == set(LinkKind)
        assert set(db.execute(select(core(Party).c.role)).scalars()) == set(PartyRole)


@pytest.mark.parametrize(
    "name", ["announced_latest", "system_id", "value_point", "quantity_point", "package_id", "event_id"]
)
def test_what_may_be_unknown_is_unknown_of_some_and_known_of_others(name, made):
    unknown = sum(getattr(row, name) is None for row in made)

    assert 20 < unknown < ROWS - 20


def test_some_have_no_source_and_some_have_many(made):
    assert {0, 1, 2, 3} <= {row.sources for row in made}


def test_few_donors_give_most_and_most_give_something(made):
    numbers = Counter(row.lead_id for row in made)

    assert numbers.most_common(1)[0][1] > ROWS / 20
    assert len(numbers) > 40


def test_every_one_of_them_says_that_it_is_made_up(made):
    assert all(row.dataset == "Demonstration" and "Made up" in row.summary for row in made)


def test_made_up_records_hold_to_the_rules(made, database):
    assert list(verifying.differences(database)) == []


def test_asking_for_as_many_again_adds_nothing_and_for_more_goes_on(made, database):
    assert demo.make(database, ROWS) == 0
    assert demo.make(database, ROWS + 100) == 100


def test_each_number_makes_the_same_record_every_time(made, database):
    from app.store.reference import load

    with database.reading() as db:
        cast = demo._Cast.of(load(db))
        known = dict(db.execute(select(PLEDGE.c.key, PLEDGE.c.title)).all())
    again = [demo._pledge(number, cast) for number in (1, 77, ROWS)]

    assert [known[one.key] for one in again] == [one.title for one in again]
    assert again == [demo._pledge(number, cast) for number in (1, 77, ROWS)]


def test_made_up_records_stand_beside_the_real_ones(made, database, seed):
    with database.reading() as db:
        real = select(func.count()).select_from(PLEDGE).where(~PLEDGE.c.key.startswith("demo-"))
        assert db.execute(real).scalar_one() == len(seed.pledges)
