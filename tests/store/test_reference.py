"""What pledges refer to is read once and kept: a save costs three short questions, a new name is seen at once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import event, func, select, update

from app.store import schema, tally
from app.store.columns import core
from app.store.reference import Remembered, load
from app.store.tables import DatasetState, Donor, Pledge

STATE, DONOR, PLEDGE = core(DatasetState), core(Donor), core(Pledge)
SAVED = {"counter": STATE.c.counter + 1}
NAMED = SAVED | {"names": STATE.c.names + 1}


@contextmanager
def asked(engine):
    """The questions put to the database within the block."""
    told = []
    listener = lambda *args: told.append(args[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", listener)
    yield told
    event.remove(engine, "before_cursor_execute", listener)


def changed(database, *statements, counts=SAVED) -> None:
    with database.writing() as db:
        for statement in statements:
            db.execute(statement)
        db.execute(update(STATE).values(counts))


def test_while_nothing_changes_one_question_is_asked(own_database):
    remembered = Remembered()
    with own_database.reading() as db:
        first = remembered(db)
        with asked(own_database.reader) as questions:
            assert remembered(db) is first
        assert len(questions) == 1


def test_after_a_save_the_names_are_not_read_again(own_database):
    remembered = Remembered()
    with own_database.reading() as db:
        first = remembered(db)
        assert first.donor("DE") and first.system("patriot")  # worked out from the names
    changed(own_database)
    with own_database.reading() as db, asked(own_database.reader) as questions:
        second = remembered(db)
        assert second.donor_ids is first.donor_ids and second.system_ids is first.system_ids

    assert second.counter == first.counter + 1
    assert len([question for question in questions if question != "BEGIN"]) == 3
    assert first.counter == second.counter - 1  # who still holds the first is not told another thing


def test_a_new_name_is_seen_at_once(own_database):
    remembered = Remembered()
    with own_database.reading() as db:
        assert remembered(db).donor("DE").name == "Germany"
    renamed = update(DONOR).where(DONOR.c.code == "DE").values(name="Deutschland")
    changed(own_database, renamed, counts=NAMED)
    with own_database.reading() as db:
        assert remembered(db).donor("DE").name == "Deutschland"


def test_after_a_restore_all_is_read_anew(own_database):
    remembered = Remembered()
    with own_database.reading() as db:
        first = remembered(db)
    changed(own_database, counts={"epoch": "another"})
    with own_database.reading() as db:
        second = remembered(db)

    assert second.epoch == "another" and second.donors is not first.donors


def test_records_and_donors_that_give_are_those_that_are_visible(own_database):
    hidden = update(PLEDGE).where(PLEDGE.c.lead_id == _number(own_database, "GB")).values(visible=False)
    with own_database.reading() as db:
        before = load(db)
        assert (before.records, before.giving) == _counted(db)
    with own_database.writing() as db:
        db.execute(hidden)
        tally.rebuild(db)
        inside = load(db)
        assert (inside.records, inside.giving) == _counted(db)

    assert inside.giving == before.giving - 1 and inside.records < before.records


def test_a_write_sees_itself_and_nobody_else_does_until_it_is_kept(own_database):
    remembered = Remembered()
    with own_database.reading() as db:
        first = remembered(db)
    with pytest.raises(ZeroDivisionError), own_database.writing() as db:
        db.execute(update(STATE).values(NAMED))
        db.execute(update(DONOR).where(DONOR.c.code == "DE").values(name="Deutschland"))
        assert remembered(db).counter == first.counter + 1
        assert remembered(db).donor("DE").name == "Deutschland"
        raise ZeroDivisionError
    changed(own_database, update(DONOR).where(DONOR.c.code == "DE").values(name="Allemagne"), counts=NAMED)
    with own_database.reading() as db:  # at the count at which the one that was taken back had stood
        assert remembered(db).donor("DE").name == "Allemagne"


def test_no_thread_is_told_what_was_before_it_asked(own_database):
    remembered = Remembered()

    def ask(_):
        with own_database.reading() as db:
            there = db.execute(select(STATE.c.counter)).scalar_one()
            return remembered(db).counter >= there

    with ThreadPoolExecutor(8) as threads:
        answers = threads.map(ask, range(200))
        for number in range(20):
            changed(own_database, counts=NAMED if number % 5 == 0 else SAVED)
        assert all(answers)


def test_nothing_is_known_of_an_empty_database(empty_database):
    schema.upgrade(empty_database)
    with empty_database.reading() as db:
        found = Remembered()(db)

    assert (found.epoch, found.counter, found.records, found.giving, found.donors) == ("", 0, 0, 0, {})


def _number(database, code) -> int:
    with database.reading() as db:
        return db.execute(select(DONOR.c.id).where(DONOR.c.code == code)).scalar_one()


def _counted(db) -> tuple[int, int]:
    """By reading every pledge."""
    question = select(func.count(), func.count(PLEDGE.c.lead_id.distinct())).where(PLEDGE.c.visible)
    return tuple(db.execute(question).one())
