import json
import random
from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

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
    "the time": (CHANGE, "at", datetime(2020, 1, 1, tzinfo=UTC)),
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


@pytest.fixture
def written(database):
    """A transaction of somebody who has the file in hand and can take the triggers away: nothing of it stays."""
    with database.writer.connect() as db:
        for table in ("change", "revision", "snapshot"):
            if db.dialect.name == "sqlite":
                for verb in ("update", "delete"):
                    db.exec_driver_sql(f"DROP TRIGGER {table}_keeps_on_{verb}")
            else:
                db.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        yield db
        db.rollback()


@pytest.mark.parametrize("table", [CHANGE, REVISION, SNAPSHOT], ids=lambda one: one.name)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_itself_refuses_to_write_the_history_again(table, verb, database):
    column = next(iter(table.primary_key))
    statement = update(table).values({column.name: 999_999}) if verb == "update" else delete(table)
    with database.writer.connect() as db, pytest.raises(DBAPIError, match="only ever added to"):
        db.execute(statement)


def test_a_hundred_random_tamperings_are_all_found(database):
    chance, missed = random.Random(27), []
    with database.writer.connect() as db:
        tables = {"sqlite": "DROP TRIGGER {0}_keeps_on_update"}.get(
            db.dialect.name, "ALTER TABLE {0} DISABLE TRIGGER ALL"
        )
        for table in ("change", "revision", "snapshot"):
            db.exec_driver_sql(tables.format(table))
        for _ in range(100):
            what = chance.choice(sorted(TAMPERINGS))
            table, name, value = TAMPERINGS[what]
            column = next(iter(table.primary_key))
            number = chance.choice(db.execute(select(column)).scalars().all())
            with db.begin_nested() as step:
                db.execute(update(table).where(column == number).values({name: value}))
                if not any(True for _ in verifying.breaks(db)):
                    missed.append((what, number))
                step.rollback()
        db.rollback()

    assert missed == []


def one_of(db, table):
    """A row in the middle, the same in every run."""
    column = next(iter(table.primary_key))
    return column == random.Random(3).choice(db.execute(select(column).order_by(column)).scalars().all())


def test_the_history_of_the_seed_is_unbroken(database):
    assert list(verifying.differences(database)) == []


@pytest.mark.parametrize("what", TAMPERINGS)
def test_whatever_is_tampered_with_in_the_history_is_found(what, written):
    table, name, value = TAMPERINGS[what]
    written.execute(update(table).where(one_of(written, table)).values({name: value}))

    assert list(verifying.breaks(written)), what


def test_a_revision_that_was_taken_out_is_found(written):
    number = written.execute(select(REVISION.c.id).where(one_of(written, REVISION))).scalar_one()
    written.execute(delete(SNAPSHOT).where(SNAPSHOT.c.revision_id == number))
    written.execute(delete(REVISION).where(REVISION.c.id == number))

    assert list(verifying.breaks(written))


def test_a_last_revision_that_was_cut_off_is_found(written):
    last = written.execute(select(func.max(REVISION.c.id))).scalar_one()
    written.execute(delete(SNAPSHOT).where(SNAPSHOT.c.revision_id == last))
    written.execute(delete(REVISION).where(REVISION.c.id == last))

    assert list(verifying.breaks(written)) == ["The head of the history is not the latest revision."]


def test_a_forged_head_is_found(written):
    written.execute(update(STATE).values(head="00"))

    assert list(verifying.breaks(written))


@pytest.mark.parametrize(
    ("table", "name", "value"),
    [
        (core(PledgeTable), "title", "Another title"),
        (core(PledgeTable), "quantity_point", 123_456),
        (core(PledgeTable), "status", "lapsed"),
        (core(PledgeTable), "confidence", "unsourced"),
        (core(PledgeTable), "year", 1999),
        (core(PledgeTable), "system_code", "ZZ"),
        (core(Portion), "of_items", 17),
        (core(Portion), "value_low", 1),
        (core(Standing), "status", "lapsed"),
    ],
    ids=lambda one: getattr(one, "name", str(one)),
)
def test_a_figure_that_its_record_does_not_give_is_found(table, name, value, written):
    written.execute(update(table).where(one_of(written, table)).values({name: value}))

    assert any(f"{table.name} is not what its record gives" in line for line in verifying.within(written))


def test_a_count_that_the_records_do_not_give_is_found(written):
    written.exec_driver_sql("UPDATE tally SET number = number + 1 WHERE facet = '' AND other = 'aid'")

    assert [line for line in verifying.within(written) if line.startswith("The count of aid")]


def test_words_that_the_search_does_not_know_are_found(written):
    column = "rowid" if written.dialect.name == "sqlite" else "pledge_id"
    written.exec_driver_sql(f"DELETE FROM pledge_search WHERE {column} = 7")

    assert [line for line in verifying.within(written) if "search" in line]


def test_every_snapshot_reads_back_into_the_very_pledge(database, seed):
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

    assert abs((datetime.now(UTC) - at.astimezone(UTC)).total_seconds()) < 3600
