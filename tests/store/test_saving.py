from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from app.domain.claim import ClaimField
from app.domain.milestone import Status
from app.domain.pledge import Counting, LinkKind, PartyRole, ShareKind
from app.domain.quantity import exact
from app.store import history, records, saving, search, verifying
from app.store.columns import core
from app.store.names import Unresolved
from app.store.tables import Pledge, Portion
from tests.builders import a_claim, a_delivery, a_link, a_party, a_pledge, a_status, an_amount

PLEDGE, PORTION = core(Pledge), core(Portion)
ENVELOPE = a_pledge(
    key="envelope", counting=Counting.ENVELOPE, amount=an_amount(1000), role="funding", unit="other", system=None
)


@pytest.fixture
def db(database):
    """A transaction for one test that writes: nothing of it stays."""
    with database.writer.connect() as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def write(db):
    def saved(*pledges):
        history.record(db, history.Act(author="anna"), saving.save(db, pledges))

    return saved


@pytest.fixture
def full(seed):
    """A pledge with a part of every kind."""
    key = next(iter(seed.sources))
    return a_pledge(
        parties=(a_party("NL", ShareKind.PERCENT, 25), a_party("DK", role=PartyRole.PROCURER)),
        milestones=(a_status(Status.CONTRACTED, source=key), a_delivery(4, source=key)),
        claims=(a_claim(source=key, quantity=exact(18)), a_claim(ClaimField.BENEFICIARY, key, code="ukraine")),
        links=(a_link(LinkKind.RELATED, "jan24-patriot-system-germany"),),
        amount=an_amount(100, "USD"),
    )


def row_of(db, key="leopards"):
    return db.execute(select(PLEDGE).where(PLEDGE.c.key == key)).one()


def rest_of(db, key="envelope"):
    """What is left of an envelope, by donor."""
    ends = select(PORTION.c.value_low, PORTION.c.value_high)
    found = ends.join_from(PORTION, PLEDGE, PLEDGE.c.id == PORTION.c.pledge_id).where(PLEDGE.c.key == key)
    return [(int(low), int(high)) for low, high in db.execute(found)]


def parts_of(db, number):
    return {
        model.__tablename__: db.execute(
            select(func.count()).select_from(core(model)).where(core(model).c.pledge_id == number)
        ).scalar_one()
        for model in saving.PARTS
    }


def test_a_record_reads_back_as_it_was_written(db, write, full):
    write(full)

    record = records.find(db, row_of(db).id)
    assert record.pledge == full
    assert (record.version, record.status) == (1, Status.IN_DELIVERY)
    assert record.names["donors"] == {"DE": "Germany", "NL": "Netherlands", "DK": "Denmark"}


def test_a_new_version_takes_the_place_of_the_old_one_with_all_its_parts(db, write, full):
    write(full)
    before = row_of(db)
    write(replace(full, title="Twenty Leopards", quantity=exact(20), parties=(), milestones=(), claims=(), links=()))

    row = row_of(db)
    parts = parts_of(db, row.id)
    assert (row.id, row.version, row.title, row.quantity_point) == (before.id, 2, "Twenty Leopards", 20)
    assert (row.status, row.confidence, row.sources, row.delivered_reports) == ("announced", "unsourced", 0, 0)
    assert {name: parts[name] for name in ("party", "milestone", "claim", "link", "pledge_source")} == dict.fromkeys(
        ("party", "milestone", "claim", "link", "pledge_source"), 0
    )
    assert (parts["portion"], parts["standing"]) == (1, 1)


def test_every_version_can_still_be_read(db, write, full):
    write(full)
    write(replace(full, title="Changed"))
    number = row_of(db).id

    assert records.find(db, number, 1).pledge == full
    assert records.find(db, number).pledge.title == "Changed"
    assert records.find(db, number, 3) is None
    assert [told.version for told in records.history(db, number)] == [2, 1]


def test_the_search_forgets_old_words_and_knows_new_ones(db, write, full):
    write(replace(full, title="Zebra"))
    write(replace(full, title="Giraffe"))

    dialect = db.dialect.name
    assert db.execute(search.matching("zebra", dialect)).all() == []
    assert len(db.execute(search.matching("giraffe", dialect)).all()) == 1


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"lead": "XX"}, "donor XX"),
        ({"system": "catapult"}, "system catapult"),
        ({"event": "tea"}, "event tea"),
        ({"package": "parcel"}, "package parcel"),
        ({"parties": (a_party("XX"),)}, "donor XX"),
        ({"claims": (a_claim(source="rumour"),)}, "source rumour"),
        ({"milestones": (a_delivery(1, source="rumour"),)}, "source rumour"),
        ({"links": (a_link(LinkKind.PART_OF, "nothing"),)}, "pledge nothing"),
    ],
)
def test_a_name_that_nobody_knows_is_told(write, changes, what):
    with pytest.raises(Unresolved, match=f"leopards names the {what}"):
        write(a_pledge(**changes))


def test_a_save_that_fails_leaves_nothing_behind(own_database):
    with pytest.raises(Unresolved), own_database.writing() as db:
        history.record(db, history.Act(author="anna"), saving.save(db, [a_pledge()]))
        saving.save(db, [a_pledge(key="other", lead="XX")])

    assert list(verifying.differences(own_database)) == []


def test_whatever_was_written_the_whole_is_as_the_rules_give_it(db, write, full):
    write(full, ENVELOPE, drawn(), drawn("other", 200))
    write(replace(full, title="Twenty Leopards", parties=(), claims=(), links=()), drawn("other", 900))
    write(replace(drawn(), links=()), replace(ENVELOPE, amount=an_amount(2000)))

    assert verifying.within(db) == []


def drawn(key="part", amount=300, **changes):
    return a_pledge(key=key, amount=an_amount(amount), links=(a_link(LinkKind.DRAWN_FROM, "envelope"),), **changes)


def test_an_envelope_counts_with_what_is_left_of_it(db, write):
    write(ENVELOPE, drawn(), drawn("other", 200))

    assert rest_of(db) == [(500, 500)]


def test_a_part_that_is_cancelled_goes_back_into_its_envelope(db, write):
    write(ENVELOPE)
    write(drawn())
    write(drawn(milestones=(a_status(Status.CANCELLED),)))

    assert rest_of(db) == [(1000, 1000)]


def test_a_part_that_is_no_longer_drawn_goes_back_into_its_envelope(db, write):
    write(ENVELOPE, drawn())
    write(replace(drawn(), links=()))

    assert rest_of(db) == [(1000, 1000)]


def test_a_part_that_costs_more_now_leaves_less(db, write):
    write(ENVELOPE, drawn())
    write(drawn(amount=400))

    assert rest_of(db) == [(600, 600)]


def test_an_envelope_that_is_written_again_keeps_what_was_drawn(db, write):
    write(ENVELOPE, drawn())
    write(replace(ENVELOPE, title="Renamed"))

    assert rest_of(db) == [(700, 700)]


def test_an_envelope_may_be_written_after_its_parts_are_linked_in_one_batch(db, write):
    write(drawn(), ENVELOPE)

    assert rest_of(db) == [(700, 700)]


def test_the_parts_of_a_pledge_go_to_its_donors(db, write, full):
    write(full)
    found = db.execute(select(PORTION).where(PORTION.c.pledge_id == row_of(db).id).order_by(PORTION.c.low))
    parts = [(row.of_items, row.point) for row in found]

    assert parts == [(250_000, Decimal("4.5")), (750_000, Decimal("13.5"))]


def test_a_pinned_status_is_shown_and_the_fold_is_kept_beside_it(db, write, full):
    write(replace(full, status_pin=Status.ON_HOLD, status_pin_reason="Waits for a licence."))

    row = row_of(db)
    assert (row.status, row.delivered_point) == ("on_hold", 4)


def test_saving_the_same_twice_in_one_batch_of_many_numbers_each_part_once(db, write):
    write(*(a_pledge(key=f"many-{place}", milestones=(a_delivery(1),)) for place in range(900)))

    assert db.execute(select(func.count()).where(PLEDGE.c.key.like("many-%"))).scalar_one() == 900
