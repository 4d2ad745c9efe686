"""One change of many pledges, and the list of drafts, on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from app.domain.filter import PledgeFilter
from app.domain.pledge import State
from app.store import bulk, changes, drafts, editing, records, reverting, verifying
from app.store.bulk import AllClashing
from app.store.editing import Gone
from app.store.history import Act
from app.store.reference import load
from tests.builders import a_pledge

ANNA, BEN = Act(author="Anna"), Act(author="Ben")


def made_by(maker):
    return lambda pledge: replace(pledge, supplier=maker)


@pytest.fixture
def three(own_database):
    with own_database.writing() as db:
        written = editing.create(db, [a_pledge(key=key, title=key) for key in "abc"], ANNA)
    return [one.id for one in written]


def suppliers(db, numbers):
    return [records.find(db, number).pledge.supplier for number in numbers]


def test_many_are_changed_in_one_act_and_go_back_in_one(own_database, three):
    with own_database.writing() as db:
        written = bulk.put(db, dict.fromkeys(three, 1), made_by("KMW"), BEN)
    (number,) = {one.change for one in written}
    with own_database.writing() as db:
        assert suppliers(db, three) == ["KMW"] * 3
        assert changes.one(db, number).count == 3
        reverting.revert_change(db, number, ANNA)
    with own_database.reading() as db:
        assert suppliers(db, three) == [""] * 3

    assert list(verifying.differences(own_database)) == []


def test_what_says_so_already_gets_no_new_version(own_database, three):
    with own_database.writing() as db:
        editing.edit(db, three[0], 1, ANNA, made_by("KMW"))
        written = bulk.put(db, {three[0]: 2, three[1]: 1}, made_by("KMW"), BEN)

    assert [one.id for one in written] == [three[1]]


def test_other_fields_merge_and_every_clash_is_named(own_database, three):
    with own_database.writing() as db:
        editing.edit(db, three[1], 1, BEN, lambda pledge: replace(pledge, note="Seen."))
        bulk.put(db, dict.fromkeys(three, 1), made_by("KMW"), ANNA)
        assert records.find(db, three[1]).pledge.note == "Seen."
        assert suppliers(db, three) == ["KMW"] * 3

    with own_database.writing() as db, pytest.raises(AllClashing) as found:
        bulk.put(db, dict.fromkeys(three, 1), made_by("Rheinmetall"), BEN)
    assert [one.number for one in found.value.clashes] == three
    with own_database.reading() as db:
        assert suppliers(db, three) == ["KMW"] * 3


def test_no_question_is_asked_for_each(own_database, three):
    """Records that others have changed cost no more questions than those that stand still."""
    with own_database.writing() as db:
        more = [one.id for one in editing.create(db, [a_pledge(key=f"m{n}", title=f"m{n}") for n in range(30)], ANNA)]
        for number in more:
            editing.edit(db, number, 1, BEN, lambda pledge: replace(pledge, note="Seen."))

    with own_database.reading() as db:
        asked(db, {three[0]: 1})  # the first begins the transaction
        assert asked(db, dict.fromkeys(more[:2], 1)) == asked(db, dict.fromkeys(more, 1))


def asked(db, seen):
    statements = []

    def count(*told):
        statements.append(told[2])

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        bulk.at(db, seen)
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(statements)


def test_a_version_that_never_was_and_a_record_that_is_none_are_gone(own_database, three):
    with own_database.writing() as db:
        for seen in ({three[0]: 7}, {999_999: 1}):
            with pytest.raises(Gone):
                bulk.at(db, seen)
            with pytest.raises(Gone):
                bulk.put(db, seen, made_by("X"), ANNA)


def test_all_of_a_filter_are_named_up_to_one_too_many(own_database, monkeypatch):
    with own_database.reading() as db:
        reference = load(db)
        found = bulk.matching(db, PledgeFilter().only("donor", "DE"), reference)
        assert len(found) == len(set(found)) == 53 and found == sorted(found)
        monkeypatch.setattr(bulk, "MOST", 10)
        assert len(bulk.matching(db, PledgeFilter(), reference)) == 11


def test_drafts_are_told_with_who_saved_them_last(own_database, three):
    with own_database.writing() as db:
        some = [a_pledge(key=f"d{n}", title=f"Draft {n}", state=State.DRAFT) for n in range(3)]
        numbers = [one.id for one in editing.create(db, some, ANNA)]
        editing.edit(db, numbers[0], 1, BEN, made_by("KMW"))
        editing.edit(db, numbers[1], 1, BEN, lambda pledge: editing.with_state(pledge, State.PUBLISHED))
        found = drafts.find(db)

        assert [(one.title, one.author) for one in found] == [("Draft 2", "Anna"), ("Draft 0", "Ben")]
        assert [one.id for one in drafts.find(db, before=found[0].id)] == [numbers[0]]
