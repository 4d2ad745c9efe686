from dataclasses import replace

from sqlalchemy import func, select

from app.domain.quantity import exact
from app.formats.seed_folder import Seed
from app.store import history, saving, seeding, verifying
from app.store.columns import core
from app.store.reference import state
from app.store.tables import Change, Pledge, Revision

PLEDGE = core(Pledge)
KEY = "jan24-patriot-system-germany"


def row_of(database, key=KEY):
    with database.reading() as db:
        return db.execute(select(PLEDGE).where(PLEDGE.c.key == key)).one()


def changed(seed, **changes):
    """The seed with one pledge told otherwise."""
    return replace(seed, pledges=seed.pledges | {KEY: replace(seed.pledges[KEY], **changes)})


def edited(database, pledge):
    with database.writing() as db:
        history.record(db, history.Act(author="anna", comment="They are two."), saving.save(db, [pledge]))


def test_everything_in_the_seed_is_in_the_database(own_database, seed):
    with own_database.reading() as db:
        assert set(db.execute(select(PLEDGE.c.key)).scalars()) == set(seed.pledges)
        assert state(db)[1] == 1


def test_seeding_again_changes_nothing_and_leaves_no_trace(own_database, seed):
    with own_database.reading() as db:
        before = state(db), db.execute(select(func.count()).select_from(core(Change))).scalar_one()

    assert seeding.plant(own_database, seed) == 0

    with own_database.reading() as db:
        assert (state(db), db.execute(select(func.count()).select_from(core(Change))).scalar_one()) == before


def test_a_later_seed_changes_only_what_reads_otherwise(own_database, seed):
    assert seeding.plant(own_database, changed(seed, quantity=exact(2))) == 1

    row = row_of(own_database)
    assert (row.version, row.quantity_point) == (2, 2)
    assert row_of(own_database, "jan24-patriot-missiles-germany").version == 1
    assert list(verifying.differences(own_database)) == []


def test_a_record_that_somebody_has_edited_is_left_alone(own_database, seed):
    edited(own_database, replace(seed.pledges[KEY], quantity=exact(7)))

    assert seeding.plant(own_database, changed(seed, quantity=exact(2))) == 0
    assert (row_of(own_database).version, row_of(own_database).quantity_point) == (2, 7)


def test_a_field_that_a_later_seed_takes_away_is_taken_away(own_database, seed):
    assert seed.pledges[KEY].claims

    assert seeding.plant(own_database, changed(seed, claims=())) == 1
    assert list(verifying.differences(own_database)) == []


def test_reference_records_are_revised_too(own_database, seed):
    donors = [replace(one, name="Deutschland") if one.code == "DE" else one for one in seed.donors]

    assert seeding.plant(own_database, replace(seed, donors=donors)) == 1
    assert seeding.plant(own_database, replace(seed, donors=donors)) == 0


def test_every_record_of_the_seed_has_a_revision_by_the_seed(own_database, seed):
    with own_database.reading() as db:
        told = select(core(Revision).c.record, func.count()).group_by(core(Revision).c.record)
        numbers = {row[0]: row[1] for row in db.execute(told)}

    assert numbers == {
        "donor": len(seed.donors),
        "system": len(seed.systems),
        "source": len(seed.sources),
        "event": len(seed.events),
        "package": len(seed.packages),
        "pledge": len(seed.pledges),
    }


def test_an_empty_seed_writes_nothing(own_database):
    assert seeding.plant(own_database, Seed()) == 0
