import random
from datetime import datetime

import pytest
from pydantic import TypeAdapter
from sqlalchemy import delete, select, update

from app.domain.pledge import Pledge
from app.store import verifying
from app.store.columns import core
from app.store.tables import Change, DatasetState, Portion, Revision, Snapshot, Standing
from app.store.tables import Pledge as PledgeTable

REVISION, SNAPSHOT, CHANGE, STATE = (core(model) for model in (Revision, Snapshot, Change, DatasetState))
TAMPERINGS = {
    "the author": (CHANGE, "author", "mallory"),
    "the comment": (CHANGE, "comment", "nothing to see"),
    "the origin": (CHANGE, "origin", "browser"),
    "the time": (CHANGE, "at", datetime(2020, 1, 1)),
    "the key": (REVISION, "key", "another"),
    "the record": (REVISION, "record_id", 999_999),
    "the kind of record": (REVISION, "record", "nothing"),
    "the operation": (REVISION, "operation", "delete"),
    "the version": (REVISION, "version", 99),
    "the salt": (REVISION, "salt", "00"),
    "the digest of the snapshot": (REVISION, "content", "00"),
    "the digest": (REVISION, "digest", "00"),
    "the link to the one before": (REVISION, "previous", "00"),
    "the snapshot": (SNAPSHOT, "body", b'{"pledge":{}}'),
}


def breaks(database):
    with database.reading() as db:
        return list(verifying._breaks(db))


def one_of(database, table):
    """A row in the middle, the same in every run."""
    with database.reading() as db:
        column = next(iter(table.primary_key))
        return column, random.Random(3).choice(db.execute(select(column)).scalars().all())


def test_the_history_of_the_seed_is_unbroken(database):
    assert breaks(database) == []
    assert list(verifying.differences(database)) == []


@pytest.mark.parametrize("what", TAMPERINGS)
def test_whatever_is_tampered_with_in_the_history_is_found(what, own_database):
    table, name, value = TAMPERINGS[what]
    column, number = one_of(own_database, table)
    with own_database.writing() as db:
        db.execute(update(table).where(column == number).values({name: value}))

    assert breaks(own_database), what


def test_a_revision_that_was_taken_out_is_found(own_database):
    column, number = one_of(own_database, REVISION)
    with own_database.writing() as db:
        db.execute(delete(SNAPSHOT).where(SNAPSHOT.c.revision_id == number))
        db.execute(delete(REVISION).where(column == number))

    assert breaks(own_database)


def test_a_last_revision_that_was_cut_off_is_found(own_database):
    with own_database.writing() as db:
        last = db.execute(select(REVISION.c.id).order_by(REVISION.c.id.desc()).limit(1)).scalar_one()
        db.execute(delete(SNAPSHOT).where(SNAPSHOT.c.revision_id == last))
        db.execute(delete(REVISION).where(REVISION.c.id == last))

    assert breaks(own_database) == ["The head of the history is not the latest revision."]


def test_a_forged_head_is_found(own_database):
    with own_database.writing() as db:
        db.execute(update(STATE).values(head="00"))

    assert breaks(own_database)


@pytest.mark.parametrize(
    ("table", "name", "value"),
    [
        (core(PledgeTable), "title", "Another title"),
        (core(PledgeTable), "quantity_point", 123_456),
        (core(PledgeTable), "status", "lapsed"),
        (core(PledgeTable), "confidence", "confirmed"),
        (core(PledgeTable), "year", 1999),
        (core(PledgeTable), "system_code", "ZZ"),
        (core(Portion), "of_items", 17),
        (core(Portion), "value_low", 1),
        (core(Standing), "status", "lapsed"),
    ],
)
def test_a_figure_that_its_record_does_not_give_is_found(table, name, value, own_database):
    column, number = one_of(own_database, table)
    with own_database.writing() as db:
        db.execute(update(table).where(column == number).values({name: value}))

    assert any(f"{table.name} is not what its record gives" in line for line in verifying.differences(own_database))


def test_words_that_the_search_does_not_know_are_found(own_database):
    with own_database.writing() as db:
        column = "rowid" if own_database.is_sqlite else "pledge_id"
        db.exec_driver_sql(f"DELETE FROM pledge_search WHERE {column} = 7")

    assert [line for line in verifying.differences(own_database) if "search" in line]


def test_every_snapshot_reads_back_into_the_very_pledge(database, seed):
    import json

    with database.reading() as db:
        told = (
            select(REVISION.c.key, SNAPSHOT.c.body).join_from(REVISION, SNAPSHOT).where(REVISION.c.record == "pledge")
        )
        found = {row.key: json.loads(row.body) for row in db.execute(told)}

    assert {key: TypeAdapter(Pledge).validate_python(body["pledge"]) for key, body in found.items()} == seed.pledges
    assert all(body["names"]["donors"] for body in found.values())


def test_the_time_of_a_change_is_kept_in_utc_whatever_the_clock_of_the_server(database):
    with database.reading() as db:
        at = db.execute(select(CHANGE.c.at)).scalars().first()

    assert abs((datetime.utcnow() - at).total_seconds()) < 3600
