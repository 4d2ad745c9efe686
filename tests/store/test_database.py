"""Writes wait for each other, in order and not for ever; one that fails leaves nothing behind; reading goes on."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic, sleep

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.store import database as module
from app.store.database import Busy, Database, Full, patience
from app.store.turns import Turns
from tests.conftest import _made_in_postgres

HOLDER = """
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def scratch(empty_database):
    """One row that says 0, on each kind of database."""
    return with_a_row(empty_database)


@pytest.fixture
def scratch_file(tmp_path):
    """The same on SQLite, which has one writer."""
    database = Database(f"sqlite:///{tmp_path}/scratch.sqlite")
    yield with_a_row(database)
    database.close()


@pytest.fixture
def scratch_of_many(server_of_postgres):
    """The same on PostgreSQL, which has many."""
    with _made_in_postgres(server_of_postgres) as database:
        yield with_a_row(database)


def with_a_row(database):
    with database.writing() as db:
        db.execute(text("CREATE TABLE scratch (id INTEGER PRIMARY KEY, number INTEGER, words TEXT)"))
        db.execute(text("INSERT INTO scratch VALUES (1, 0, '')"))
    return database


def number(database) -> int:
    with database.reading() as db:
        return db.execute(text("SELECT number FROM scratch WHERE id = 1")).scalar_one()


def add_one(database) -> None:
    with database.writing() as db:
        db.execute(text("UPDATE scratch SET number = number + 1 WHERE id = 1"))


@contextmanager
def held_by_another_program(database, rows="SELECT id FROM scratch FOR UPDATE"):
    """Another program writes, for as long as the block: on SQLite it has all, on PostgreSQL those rows."""
    if database.is_sqlite:
        command = [sys.executable, "-c", HOLDER, database.writer.url.database]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
            assert holder.stdout.readline() == "held\n"
            yield
            holder.stdin.close()
    else:
        other = Database(database.url)
        with other.writing() as db:
            db.execute(text(rows))
            yield
        other.close()


def test_a_write_is_kept_and_one_that_fails_is_taken_back_and_lets_the_next_in(scratch):
    with pytest.raises(ZeroDivisionError), scratch.writing() as db:
        db.execute(text("UPDATE scratch SET number = 100 WHERE id = 1"))
        raise ZeroDivisionError
    add_one(scratch)

    assert number(scratch) == 1


def test_no_write_of_eight_threads_is_lost(scratch):
    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(add_one, scratch) for _ in range(80)]:
            done.result()

    assert number(scratch) == 80


def test_writers_get_in_by_the_order_in_which_they_came(scratch_file):
    served = []

    def write(place):
        with scratch_file.writing():
            served.append(place)

    with scratch_file.writing():
        threads = [Thread(target=write, args=(place,)) for place in range(30)]
        for waiting, thread in enumerate(threads, 1):
            thread.start()
            _until(lambda waiting=waiting: scratch_file.turns.waiting == waiting)
    for thread in threads:
        thread.join()

    assert served == list(range(30))


def test_a_writer_gives_up_at_its_deadline_and_the_next_is_not_held_up(scratch_file, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.3)
    with scratch_file.writing(), ThreadPoolExecutor(3) as threads:
        start = monotonic()
        given_up = [threads.submit(add_one, scratch_file) for _ in range(3)]
        for one in given_up:
            with pytest.raises(Busy):
                one.result()
        assert 0.25 < monotonic() - start < 1
        assert scratch_file.turns.waiting == 0
    add_one(scratch_file)

    assert number(scratch_file) == 1


def test_the_wait_for_ours_and_the_wait_for_other_programs_share_one_deadline(scratch_file, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 1.0)
    with held_by_another_program(scratch_file), ThreadPoolExecutor(4) as threads:
        start = monotonic()
        for one in [threads.submit(add_one, scratch_file) for _ in range(4)]:
            with pytest.raises(Busy):
                one.result()
        assert 0.9 < monotonic() - start < 2

    add_one(scratch_file)
    assert number(scratch_file) == 1


def test_who_has_waited_already_waits_the_rest(scratch_file):
    with held_by_another_program(scratch_file):
        before = patience.set(0.2)
        start = monotonic()
        with pytest.raises(Busy):
            add_one(scratch_file)
        patience.reset(before)

    assert monotonic() - start < 2


def test_what_is_not_worth_a_wait_does_not_wait(scratch):
    with held_by_another_program(scratch):
        start = monotonic()
        with pytest.raises(Busy), scratch.writing(within=0.05) as db:
            db.execute(text("UPDATE scratch SET number = 1 WHERE id = 1"))

        assert monotonic() - start < 1


def test_while_another_program_writes_reading_goes_on_and_writing_is_refused_within_six_seconds(scratch):
    with held_by_another_program(scratch):
        start = monotonic()
        with ThreadPoolExecutor(1) as threads:
            refused = threads.submit(add_one, scratch)
            reads = 0
            while not refused.done():
                assert number(scratch) == 0
                reads += 1
                sleep(0.02)
        assert isinstance(refused.exception(), Busy)
        assert 2 < monotonic() - start < 6
        assert reads > 20
    add_one(scratch)

    assert number(scratch) == 1


def test_a_write_within_a_write_fails_at_once(scratch):
    start = monotonic()
    with pytest.raises(RuntimeError, match="within a write"), scratch.writing(), scratch.writing():
        pass
    assert monotonic() - start < 1
    add_one(scratch)

    assert number(scratch) == 1


def test_reading_and_writing_connections_of_one_thread_do_not_wait_for_each_other(scratch):
    with scratch.writing() as db:
        db.execute(text("UPDATE scratch SET number = 7 WHERE id = 1"))
        assert number(scratch) == 0

    assert number(scratch) == 7


def test_two_that_lock_each_other_out_are_told_as_busy(scratch_of_many):
    with scratch_of_many.writing() as db:
        db.execute(text("INSERT INTO scratch VALUES (2, 0, '')"))

    def write(first, second, mine, other):
        with scratch_of_many.writing() as db:
            db.execute(text(f"UPDATE scratch SET number = 1 WHERE id = {first}"))
            mine.set()
            other.wait(2)
            db.execute(text(f"UPDATE scratch SET number = 1 WHERE id = {second}"))

    one, two = Event(), Event()
    with ThreadPoolExecutor(2) as threads:
        told = [threads.submit(write, 1, 2, one, two), threads.submit(write, 2, 1, two, one)]
        faults = [done.exception() for done in told]

    assert sorted(type(fault).__name__ for fault in faults) == ["Busy", "NoneType"]


def test_a_statement_that_takes_too_long_is_told_as_busy(scratch_of_many):
    with pytest.raises(Busy), scratch_of_many.writing() as db:
        db.execute(text("SET LOCAL statement_timeout = 100"))
        db.execute(text("SELECT pg_sleep(1)"))


def test_a_full_disk_is_told_and_reading_goes_on_and_with_room_it_works_again(scratch_file):
    with scratch_file.writing() as db:
        pages = db.execute(text("PRAGMA page_count")).scalar_one()
        db.execute(text(f"PRAGMA max_page_count = {pages + 5}"))
    with pytest.raises(Full), scratch_file.writing() as db:
        db.execute(text("UPDATE scratch SET number = 100 WHERE id = 1"))
        db.execute(text("INSERT INTO scratch VALUES (2, 0, :words)"), {"words": "x" * 1_000_000})
    assert number(scratch_file) == 0
    add_one(scratch_file)  # what needs no new page still fits

    with scratch_file.writing() as db:
        db.execute(text("PRAGMA max_page_count = 100000"))
        db.execute(text("INSERT INTO scratch VALUES (2, 0, :words)"), {"words": "x" * 1_000_000})
    assert number(scratch_file) == 1


def test_a_disk_of_postgresql_that_is_full_is_told_alike(scratch_of_many):
    with pytest.raises(Full), scratch_of_many.writing() as db:
        db.execute(text("DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = 'disk_full'; END $$"))


def test_a_missing_table_is_no_fault_of_the_surroundings(scratch):
    for connection in (scratch.reading, scratch.writing):
        with pytest.raises(ProgrammingError), connection() as db:
            db.execute(text("SELECT 1 FROM nowhere"))


def test_a_database_out_of_reach_is_told_as_before(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/missing/none.sqlite")
    (tmp_path / "missing").rmdir()
    with pytest.raises(OperationalError), database.writing():
        pass
    with pytest.raises(OperationalError), database.reading() as db:
        db.execute(text("SELECT 1"))


def test_as_many_threads_as_there_are_may_hold_a_connection(empty_database):
    database = Database(empty_database.url, pool=12)
    for connect in [database.reading] if database.is_sqlite else [database.reading, database.writing]:
        with ThreadPoolExecutor(12) as threads:
            all_in, count = Event(), []

            def hold(connect=connect, all_in=all_in, count=count):
                with connect() as db:
                    db.execute(text("SELECT 1"))
                    count.append(1)
                    if len(count) == 12:
                        all_in.set()
                    return all_in.wait(4)

            assert all(done.result() for done in [threads.submit(hold) for _ in range(12)])
    database.close()


def test_a_turn_that_comes_at_the_last_moment_is_taken_or_passed_on():
    """Many who give up just when they are let in: in the end nobody holds the turn, and nobody waits."""
    turns, together = Turns(), []

    def come(place):
        for _ in range(200):
            if turns.take(monotonic() + place * 0.0001):
                together.append(1)
                assert len(together) == 1
                together.pop()
                turns.pass_on()

    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(come, place) for place in range(8)]:
            done.result()

    assert turns.waiting == 0 and turns.take(monotonic())


def test_the_wait_does_not_stay_on_the_connection_for_the_next(scratch_file):
    with scratch_file.writing(within=0):
        pass
    with scratch_file.writing() as db:
        assert db.execute(text("PRAGMA busy_timeout")).scalar_one() > 4_000
    with scratch_file.writer.connect() as db:
        assert db.execute(text("PRAGMA busy_timeout")).scalar_one() > 4_000


def _until(true) -> None:
    for _ in range(2_000):
        if true():
            return
        sleep(0.001)
    raise AssertionError("It did not come to that.")
