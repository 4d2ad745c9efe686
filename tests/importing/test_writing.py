"""A plan written as one act, taken back as one, and neither where something came in between."""

from contextlib import suppress
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from app.domain.import_run import ImportState, Outcome
from app.domain.pledge import Counting, State
from app.domain.quantity import exact
from app.importing import staging
from app.importing.totals import totals
from app.importing.undoing import undo
from app.importing.writing import Outdated, write
from app.store import editing, import_runs, verifying
from app.store.columns import core
from app.store.history import Act
from app.store.reference import load
from app.store.reverting import NotWhole
from app.store.tables import ImportLine, Revision
from tests.builders import a_pledge
from tests.importing.cast import ACT, LINES, a_file, a_line, begun, compared, edit, outcomes, standing, written

# What staging needs to know of a file beside its rows.
SUMMARY = '{"label": {"dataset": "Tracker", "release": "1"}}'


def revisions(database, record="pledge"):
    table = core(Revision)
    with database.reading() as db:
        return db.execute(select(func.count()).where(table.c.record == record)).scalar_one()


def test_an_import_is_one_change_with_a_revision_for_each_record(own_database):
    before = revisions(own_database)
    run, change = written(own_database, a_file(LINES))

    assert revisions(own_database) == before + 5
    with own_database.reading() as db:
        found = import_runs.find(db, run)
    assert (found.state, found.change_id) == (ImportState.APPLIED, change)
    assert list(verifying.differences(own_database, lambda _: None)) == []


def test_the_same_file_again_writes_no_revision(own_database):
    written(own_database, a_file(LINES))
    before = revisions(own_database)
    _, change = written(own_database, a_file(LINES))

    assert change is None and revisions(own_database) == before


def test_a_changed_file_writes_exactly_the_changed_rows(own_database):
    lines = [a_line(number) for number in range(30)]
    written(own_database, a_file(lines))
    before = revisions(own_database)
    written(
        own_database, a_file([replace(one, quantity=exact(500)) if n % 3 == 0 else one for n, one in enumerate(lines)])
    )

    assert revisions(own_database) == before + 10


def test_an_edit_in_between_outdates_the_plan_and_nothing_is_written(own_database):
    written(own_database, a_file(LINES))
    file = a_file([replace(LINES[0], quantity=exact(70)), *LINES[1:]])
    plan = compared(own_database, file)
    edit(own_database, LINES[0].key, lambda pledge: replace(pledge, note="Meanwhile."))
    before = revisions(own_database)
    with pytest.raises(Outdated):
        write(own_database, plan, begun(own_database, file), ACT)

    assert revisions(own_database) == before


def test_an_edit_of_another_record_in_between_is_in_nobodys_way(own_database):
    file = a_file(LINES)
    plan = compared(own_database, file)
    with own_database.writing() as db:
        editing.create(db, [a_pledge(key="own-1")], Act(author="anna"))

    assert write(own_database, plan, begun(own_database, file), ACT)


def test_two_imports_of_one_file_at_once_write_it_once(own_database):
    file = a_file(LINES)
    first, second = compared(own_database, file), compared(own_database, file)
    write(own_database, first, begun(own_database, file), ACT)
    before = revisions(own_database)
    with pytest.raises(Outdated):
        write(own_database, second, begun(own_database, file), ACT)

    assert revisions(own_database) == before


def test_lines_that_are_set_aside_stay_and_leave_the_sums(own_database):
    written(own_database, a_file(LINES))
    written(own_database, a_file(LINES[:4]), set_aside=True)

    assert standing(own_database, LINES[4].key)[1].counting is Counting.DUPLICATE


def test_an_edit_of_a_line_that_is_to_be_set_aside_outdates_the_plan(own_database):
    written(own_database, a_file(LINES))
    file = a_file(LINES[:4])
    plan = compared(own_database, file)
    edit(own_database, LINES[4].key, lambda pledge: replace(pledge, note="Meanwhile."))
    with pytest.raises(Outdated):
        write(own_database, plan, begun(own_database, file), ACT, set_aside=True)

    assert standing(own_database, LINES[4].key)[1].note == "Meanwhile."


def test_an_import_is_not_taken_back_over_what_others_made_of_its_new_records(own_database):
    run, change = written(own_database, a_file(LINES))
    edit(own_database, LINES[0].key, lambda pledge: replace(pledge, note="Worth keeping."))
    with own_database.writing() as db:
        import_runs.move(db, run, [ImportState.APPLIED], ImportState.UNDOING)
    with pytest.raises(NotWhole):
        undo(own_database, run, change, replace(ACT, reverts=change))

    assert standing(own_database, LINES[0].key)[1].state is State.PUBLISHED


def test_an_import_taken_back_leaves_what_was_before_and_comes_again_whole(own_database):
    written(own_database, a_file(LINES))
    changed = [replace(LINES[0], quantity=exact(70)), *LINES[1:], a_line(9)]
    run, change = written(own_database, a_file(changed))
    with own_database.writing() as db:
        import_runs.move(db, run, [ImportState.APPLIED], ImportState.UNDOING)
    undo(own_database, run, change, replace(ACT, reverts=change))

    assert standing(own_database, LINES[0].key)[1] == LINES[0]
    assert standing(own_database, a_line(9).key)[1].state is State.DELETED
    assert outcomes(compared(own_database, a_file(LINES))) == {Outcome.UNCHANGED: 5}
    again = compared(own_database, a_file(changed))
    assert outcomes(again) == {Outcome.UNCHANGED: 4, Outcome.CHANGED: 2}
    assert list(verifying.differences(own_database, lambda _: None)) == []


def test_an_import_whose_changes_were_changed_again_is_not_taken_back(own_database):
    written(own_database, a_file(LINES))
    run, change = written(own_database, a_file([replace(LINES[0], title="Other tanks"), *LINES[1:]]))
    edit(own_database, LINES[0].key, lambda pledge: replace(pledge, title="Tanks, as we say"))
    with own_database.writing() as db:
        import_runs.move(db, run, [ImportState.APPLIED], ImportState.UNDOING)
    before = revisions(own_database)
    with pytest.raises(NotWhole):
        undo(own_database, run, change, replace(ACT, reverts=change))

    assert revisions(own_database) == before


def test_a_plan_is_written_from_its_stage_as_it_was_looked_at(own_database):
    written(own_database, a_file(LINES))
    file = a_file([replace(LINES[0], quantity=exact(70)), *LINES[1:3], a_line(9)])
    plan, run = compared(own_database, file), begun(own_database, file)
    with own_database.writing() as db:
        staging.keep(db, run, plan, SUMMARY)
    with own_database.reading() as db:
        taken = staging.take(db, import_runs.find(db, run))
    write(own_database, taken, run, ACT, set_aside=True)

    with own_database.reading() as db:
        assert import_runs.rows(db, run, Outcome.CHANGED) == [] and import_runs.content(db, run) is None
        assert len(import_runs.rows(db, run, Outcome.GONE)) == 1
    assert standing(own_database, LINES[0].key)[1].quantity == exact(70)
    assert standing(own_database, LINES[4].key)[1].counting is Counting.DUPLICATE
    assert outcomes(compared(own_database, file))[Outcome.UNCHANGED] == 4


def test_totals_of_donors_before_and_after_are_those_of_the_records(own_database):
    plan = compared(own_database, a_file(LINES))
    with own_database.reading() as db:
        (germany,) = totals(db, plan, load(db))
    written(own_database, a_file(LINES))
    with own_database.reading() as db:
        (later,) = totals(db, compared(own_database, a_file([a_line(9), *LINES])), load(db))

    assert germany.after.records == germany.before.records + 5
    assert germany.after.euros - germany.before.euros == sum(one.value.point for one in LINES)
    assert later.before == germany.after


def test_a_write_that_fails_in_the_middle_leaves_nothing(own_database, monkeypatch):
    file = a_file(LINES)
    plan, run = compared(own_database, file), begun(own_database, file)
    before = revisions(own_database), revisions(own_database, "source")
    monkeypatch.setattr("app.store.lines.remember", lambda *_: 1 / 0)
    with suppress(ZeroDivisionError):
        write(own_database, plan, run, ACT)

    assert (revisions(own_database), revisions(own_database, "source")) == before
    with own_database.reading() as db:
        assert db.execute(select(func.count()).select_from(core(ImportLine))).scalar_one() == 0
