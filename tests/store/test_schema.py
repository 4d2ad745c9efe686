"""The tables come and go by steps, once, and never from a newer program."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from app.store import schema, seeding, verifying
from app.store.database import CannotOpen, Database

ROOT = Path(__file__).parents[2]


def tables(database):
    with database.reading() as db:
        return {name for name in inspect(db).get_table_names() if not name.startswith("pledge_search_")}


def test_up_down_and_up_again_leave_the_same_tables(empty_database):
    schema.upgrade(empty_database)
    before = tables(empty_database)
    schema.downgrade(empty_database, "base")

    assert tables(empty_database) == {"alembic_version"}
    assert not schema.is_current(empty_database)

    schema.upgrade(empty_database)
    assert tables(empty_database) == before > {"pledge", "donor", "pledge_search"}
    assert schema.is_current(empty_database)


def test_what_goes_up_again_takes_the_records_in(empty_database, seed):
    schema.upgrade(empty_database)
    schema.downgrade(empty_database, "base")
    schema.upgrade(empty_database)

    assert seeding.plant(empty_database, seed) > 1000
    assert list(verifying.differences(empty_database)) == []


def test_a_step_down_that_would_lose_records_is_refused_and_loses_none(own_database):
    with pytest.raises(RuntimeError, match="backup"):
        schema.downgrade(own_database, "base")

    assert schema.is_current(own_database)
    assert list(verifying.differences(own_database)) == []


def test_going_up_when_there_is_nothing_to_do_changes_nothing(own_database):
    schema.upgrade(own_database)

    assert list(verifying.differences(own_database)) == []


def test_the_tables_are_those_of_the_models(own_database):
    with own_database.writer.connect() as db:
        options = {"compare_type": True, "include_name": lambda name, kind, _: "pledge_search" not in (name or "")}
        differences = compare_metadata(MigrationContext.configure(db, opts=options), SQLModel.metadata)

    assert differences == []


def test_five_starts_at_once_migrate_and_seed_once(empty_database, seed):
    def start(_):
        database = Database(str(empty_database.url))
        try:
            schema.upgrade(database)
            return seeding.plant(database, seed)
        finally:
            database.close()

    with ThreadPoolExecutor(5) as pool:
        written = sorted(pool.map(start, range(5)))

    assert written[:4] == [0] * 4 and written[4] > 1000
    assert list(verifying.differences(empty_database)) == []


def test_tables_of_a_newer_program_are_refused_with_one_line(own_database):
    with own_database.writing() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    for asked in (schema.ensure_not_newer, schema.upgrade):
        with pytest.raises(CannotOpen, match=r"newer version.*9999") as refused:
            asked(own_database)
        assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mysql://x/y",
        "sqlite:////proc/nowhere/pledges.sqlite",
        "sqlite:////etc",
        "postgresql://nobody@127.0.0.1:1/nothing",
        "postgresql://tests@/?host=/nowhere",
    ],
)
def test_a_database_that_cannot_be_opened_is_told_in_one_line(url):
    with pytest.raises(CannotOpen) as refused:
        Database(url).check()

    assert "\n" not in str(refused.value)


def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path):
    file = tmp_path / "letter.sqlite"
    file.write_text("Dear reader, this is a letter and no database. " * 40)

    with pytest.raises(CannotOpen, match="not a database"):
        Database(f"sqlite:///{file}").check()


def test_the_password_of_an_address_is_never_shown():
    with pytest.raises(CannotOpen) as refused:
        Database("postgresql://anna:secret@127.0.0.1:1/pledges").check()

    assert "secret" not in str(refused.value)


def test_a_program_killed_while_it_migrates_leaves_nothing_half_done(empty_database):
    program = f"""
import os
from app.store import database, schema
made = database.Database({str(empty_database.url)!r})
from alembic import op
op_execute = op.execute
def stop(*_, **__): os._exit(9)
op.execute = stop
import alembic.operations.base as base
base.Operations.execute = stop
schema.upgrade(made)
"""
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 9

    assert tables(empty_database) <= {"alembic_version"}
    schema.upgrade(empty_database)
    assert schema.is_current(empty_database)
