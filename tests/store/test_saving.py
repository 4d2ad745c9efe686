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
from app.store.tables import Pledge, Portion
from tests.builders import a_claim, a_delivery, a_link, a_party, a_pledge, a_status, an_amount

PLEDGE, PORTION = core(Pledge), core(Portion)
ENVELOPE = a_pledge(
    key="envelope", counting=Counting.ENVELOPE, amount=an_amount(1000), role="funding", unit="other", system=None
)
NUMBERS = ("pledge", *(model.__tablename__ for model in saving.PARTS))


@pytest.fixture
def write(own_database):
    """Saves pledges as one change, and checks that the database is then whole."""

    def saved(*pledges):
        with own_database.writing() as db:
            change = history.begin(db, author="anna", comment="", origin="browser")
            history.record(db, change, saving.save(db, change, pledges))
        assert list(verifying.differences(own_database)) == []

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


def row_of(database, key="leopards"):
    with database.reading() as db:
        return db.execute(select(PLEDGE).where(PLEDGE.c.key == key)).one()


def rest_of(database, key="envelope"):
    """What is left of an envelope, by donor."""
    with database.reading() as db:
        found = select(PORTION.c.value_low, PORTION.c.value_high).join_from(
            PORTION, PLEDGE, PLEDGE.c.id == PORTION.c.pledge_id
        )
        return [(int(row[0]), int(row[1])) for row in db.execute(found.where(PLEDGE.c.key == key))]


def parts_of(database, number):
    with database.reading() as db:
        return {
            model.__tablename__: db.execute(
                select(func.count()).select_from(core(model)).where(core(model).c.pledge_id == number)
            ).scalar_one()
            for model in saving.PARTS
        }


def test_a_record_reads_back_as_it_was_written(own_database, write, full):
    write(full)

    with own_database.reading() as db:
        record = records.find(db, row_of(own_database).id)
    assert record.pledge == full
    assert (record.version, record.status) == (1, Status.IN_DELIVERY)
    assert record.names["donors"] == {"DE": "Germany", "NL": "Netherlands", "DK": "Denmark"}


def test_a_new_version_takes_the_place_of_the_old_one_with_all_its_parts(own_database, write, full):
    write(full)
    before = row_of(own_database)
    write(replace(full, title="Twenty Leopards", quantity=exact(20), parties=(), milestones=(), claims=(), links=()))

    row = row_of(own_database)
    parts = parts_of(own_database, row.id)
    assert (row.id, row.version, row.title, row.quantity_point) == (before.id, 2, "Twenty Leopards", 20)
    assert (row.status, row.confidence, row.sources, row.delivered_reports) == ("announced", "unsourced", 0, 0)
    assert {name: parts[name] for name in ("party", "milestone", "claim", "link", "pledge_source")} == dict.fromkeys(
        ("party", "milestone", "claim", "link", "pledge_source"), 0
    )
    assert (parts["portion"], parts["standing"]) == (1, 1)


def test_every_version_can_still_be_read(own_database, write, full):
    write(full)
    write(replace(full, title="Changed"))
    number = row_of(own_database).id

    with own_database.reading() as db:
        assert records.find(db, number, 1).pledge == full
        assert records.find(db, number).pledge.title == "Changed"
        assert records.find(db, number, 3) is None
        assert [told.version for told in records.history(db, number)] == [2, 1]


def test_the_search_forgets_old_words_and_knows_new_ones(own_database, write, full):
    write(replace(full, title="Zebra"))
    write(replace(full, title="Giraffe"))

    with own_database.reading() as db:
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
def test_a_name_that_nobody_knows_is_told_and_nothing_is_written(own_database, changes, what):
    with pytest.raises(saving.Unresolved, match=f"leopards names the {what}"), own_database.writing() as db:
        saving.save(db, history.begin(db, author="anna", comment="", origin="browser"), [a_pledge(**changes)])

    assert list(verifying.differences(own_database)) == []


def drawn(key="part", amount=300, **changes):
    return a_pledge(key=key, amount=an_amount(amount), links=(a_link(LinkKind.DRAWN_FROM, "envelope"),), **changes)


def test_an_envelope_counts_with_what_is_left_of_it(own_database, write):
    write(ENVELOPE, drawn(), drawn("other", 200))

    assert rest_of(own_database) == [(500, 500)]


def test_a_part_that_is_cancelled_goes_back_into_its_envelope(own_database, write):
    write(ENVELOPE)
    write(drawn())
    write(drawn(milestones=(a_status(Status.CANCELLED),)))

    assert rest_of(own_database) == [(1000, 1000)]


def test_a_part_that_is_no_longer_drawn_goes_back_into_its_envelope(own_database, write):
    write(ENVELOPE, drawn())
    write(replace(drawn(), links=()))

    assert rest_of(own_database) == [(1000, 1000)]


def test_a_part_that_costs_more_now_leaves_less(own_database, write):
    write(ENVELOPE, drawn())
    write(drawn(amount=400))

    assert rest_of(own_database) == [(600, 600)]


def test_an_envelope_that_is_written_again_keeps_what_was_drawn(own_database, write):
    write(ENVELOPE, drawn())
    write(replace(ENVELOPE, title="Renamed"))

    assert rest_of(own_database) == [(700, 700)]


def test_an_envelope_may_be_written_after_its_parts_are_linked_in_one_batch(own_database, write):
    write(drawn(), ENVELOPE)

    assert rest_of(own_database) == [(700, 700)]


def test_the_parts_of_a_pledge_go_to_its_donors(own_database, write, full):
    write(full)
    with own_database.reading() as db:
        found = db.execute(
            select(PORTION).where(PORTION.c.pledge_id == row_of(own_database).id).order_by(PORTION.c.low)
        )
        parts = [(row.of_items, row.point) for row in found]

    assert parts == [(250_000, Decimal("4.5")), (750_000, Decimal("13.5"))]


def test_a_pinned_status_is_shown_and_the_fold_is_kept_beside_it(own_database, write, full):
    write(replace(full, status_pin=Status.ON_HOLD, status_pin_reason="Waits for a licence."))

    row = row_of(own_database)
    assert (row.status, row.delivered_point) == ("on_hold", 4)


def test_saving_the_same_twice_in_one_batch_of_many_numbers_each_part_once(own_database, write):
    write(*(a_pledge(key=f"many-{place}", milestones=(a_delivery(1),)) for place in range(900)))

    with own_database.reading() as db:
        assert db.execute(select(func.count()).where(PLEDGE.c.key.like("many-%"))).scalar_one() == 900
