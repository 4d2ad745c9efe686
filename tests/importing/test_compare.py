"""What becomes of each row of a file, held beside the records."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.domain.claim import ClaimField
from app.domain.import_run import Outcome
from app.domain.package import Package
from app.domain.pledge import Link, LinkKind, State
from app.domain.quantity import exact
from app.formats.record import told
from app.formats.row import Fault, Place, Row
from app.store import editing
from app.store.columns import core
from app.store.tables import Source
from tests.builders import a_claim, a_pledge
from tests.importing.cast import ANNA, LINES, REPORT, a_file, compared, edit, outcomes, written


def test_lines_that_nobody_has_seen_are_new_with_their_sources(own_database):
    plan = compared(own_database, a_file(LINES))

    assert outcomes(plan) == {Outcome.ADDED: 5}
    assert plan.counts("source") == {Outcome.ADDED: 1}


def test_the_same_file_again_changes_nothing(own_database):
    written(own_database, a_file(LINES))
    plan = compared(own_database, a_file(LINES))

    assert outcomes(plan) == {Outcome.UNCHANGED: 5}
    assert not any(one.line or one.value for one in plan.planned)


def test_the_lines_in_another_order_change_nothing(own_database):
    written(own_database, a_file(LINES))
    shuffled = [replace(LINES[old], key=LINES[new].key, dataset_key=LINES[new].dataset_key) for new, old in
                enumerate([3, 0, 4, 1, 2])]  # fmt: skip

    assert outcomes(compared(own_database, a_file(shuffled))) == {Outcome.UNCHANGED: 5}


def test_a_changed_cell_changes_its_record_and_no_other(own_database):
    written(own_database, a_file(LINES))
    lines = [replace(one, quantity=exact(99)) if n == 2 else one for n, one in enumerate(LINES)]
    plan = compared(own_database, a_file(lines))

    assert outcomes(plan) == {Outcome.UNCHANGED: 4, Outcome.CHANGED: 1}
    (changed,) = plan.values("pledge")
    assert changed.key == LINES[2].key and changed.quantity == exact(99)


def test_a_newer_release_leaves_unchanged_lines_at_theirs_and_names_itself_on_changed_ones(own_database):
    written(own_database, a_file(LINES))
    newer = [replace(one, key=f"t-2/T2-DEM1-{n:03d}", dataset_key=f"T2-DEM1-{n:03d}", release="2") for n, one in
             enumerate(LINES)]  # fmt: skip
    newer[1] = replace(newer[1], quantity=exact(50))
    plan = compared(own_database, a_file(newer, release="2"))

    assert outcomes(plan) == {Outcome.UNCHANGED: 4, Outcome.CHANGED: 1}
    (changed,) = plan.values("pledge")
    assert (changed.key, changed.release, changed.dataset_key) == (LINES[1].key, "2", "T2-DEM1-001")


def test_what_an_editor_has_made_of_a_line_stays(own_database):
    written(own_database, a_file(LINES))
    edit(own_database, LINES[0].key, lambda pledge: replace(pledge, note="Seen in Rzeszów."))
    lines = [replace(LINES[0], quantity=exact(40)), *LINES[1:]]
    (changed,) = compared(own_database, a_file(lines)).values("pledge")

    assert changed.note == "Seen in Rzeszów." and changed.quantity == exact(40)


def test_where_both_have_changed_the_same_the_editor_wins_and_the_row_says_so(own_database):
    written(own_database, a_file(LINES))
    edit(own_database, LINES[0].key, lambda pledge: replace(pledge, title="Tanks, as we say"))
    lines = [replace(LINES[0], title="Tanks, as they say now"), *LINES[1:]]
    plan = compared(own_database, a_file(lines))

    assert outcomes(plan) == {Outcome.UNCHANGED: 4, Outcome.KEPT: 1}
    (kept,) = [one for one in plan.planned if one.outcome is Outcome.KEPT]
    assert kept.faults[0].value == "title" and kept.value is None


def test_a_record_that_was_here_before_the_dataset_stays_and_gains_what_it_did_not_know(own_database):
    ours = replace(LINES[0], title="Our own words", value=type(LINES[0].value)(), claims=(), milestones=())
    with own_database.writing() as db:
        editing.create(db, [ours], ANNA)
    plan = compared(own_database, a_file(LINES))

    assert outcomes(plan) == {Outcome.ADDED: 4, Outcome.CHANGED: 1}
    (filled,) = [one.value for one in plan.planned if one.outcome is Outcome.CHANGED]
    assert filled.title == "Our own words" and filled.value == LINES[0].value


def test_a_deleted_record_stays_deleted(own_database):
    written(own_database, a_file(LINES))
    edit(own_database, LINES[0].key, lambda pledge: replace(pledge, state=State.DELETED))

    assert outcomes(compared(own_database, a_file(LINES))) == {Outcome.UNCHANGED: 5}


def test_a_line_that_the_file_no_longer_has_is_listed(own_database):
    written(own_database, a_file(LINES))
    plan = compared(own_database, a_file(LINES[:4]))

    assert outcomes(plan) == {Outcome.UNCHANGED: 4, Outcome.GONE: 1}


def test_a_line_that_was_taken_out_of_the_sums_is_not_missed_again(own_database):
    written(own_database, a_file(LINES))
    written(own_database, a_file(LINES[:4]), set_aside=True)

    assert outcomes(compared(own_database, a_file(LINES[:4]))) == {Outcome.UNCHANGED: 4}


def test_a_source_at_a_known_address_is_that_source(own_database):
    with own_database.reading() as db:
        known = db.execute(select(core(Source)).where(core(Source).c.url != "").limit(1)).one()
    theirs = replace(REPORT, url=known.url)
    plan = compared(own_database, a_file(LINES, sources=[theirs]))

    assert plan.counts("source") == {}
    assert all(claim.source == known.key for one in plan.values("pledge") for claim in one.claims)


def test_what_a_record_names_and_nobody_knows_refuses_it(own_database):
    lines = [replace(LINES[0], system="no-such-system"), *LINES[1:]]
    plan = compared(own_database, a_file(lines))

    assert outcomes(plan) == {Outcome.ADDED: 4, Outcome.REFUSED: 1}
    (refused,) = [one for one in plan.planned if one.outcome is Outcome.REFUSED]
    assert refused.faults[0].value == "no-such-system" and refused.place.row == 2


def test_a_package_of_a_donor_that_nobody_knows_is_refused_and_so_is_what_it_holds(own_database):
    package = Package(key="own-package", donor="XX", title="A package")
    content = a_file([a_pledge(key="own-1", package="own-package"), a_pledge(key="own-2")], dataset="")
    content.rows.insert(0, Row(place=Place(row=1), record="package", given=told(package)))
    plan = compared(own_database, content)

    assert plan.counts("package") == {Outcome.REFUSED: 1}
    assert outcomes(plan) == {Outcome.ADDED: 1, Outcome.REFUSED: 1}


def test_a_pledge_that_links_to_a_refused_one_is_refused_with_it(own_database):
    one = a_pledge(key="own-7", system="no-such-system")
    other = a_pledge(key="own-8", links=(Link(kind=LinkKind.RELATED, to="own-7"),))

    assert outcomes(compared(own_database, a_file([one, other], dataset=""))) == {Outcome.REFUSED: 2}


def test_a_claim_on_a_system_that_is_not_there_refuses_its_pledge(own_database):
    claim = a_claim(ClaimField.SYSTEM, REPORT.key, code="no-such-system")
    (refused,) = [
        one
        for one in compared(own_database, a_file([a_pledge(key="own-1", claims=(claim,))], dataset="")).planned
        if one.outcome is Outcome.REFUSED
    ]

    assert refused.faults[0].place.column == "claims[0].code"


def test_a_refused_row_keeps_the_reason_of_its_importer(own_database):
    fault = Fault(
        place=Place(sheet="MAIN", row=9, column="Donor"), value="Atlantis", sentence="Nobody knows %(value)s."
    )
    content = a_file(LINES)
    content.rows.append(Row(place=fault.place, given=None, faults=(fault,)))

    (refused,) = [one for one in compared(own_database, content).planned if one.outcome is Outcome.REFUSED]

    assert refused.faults == (fault,)


@pytest.fixture
def ours(own_database):
    """Two records in our own form, the first linked to the second."""
    first, second = a_pledge(key="own-1"), a_pledge(key="own-2", title="More tanks")
    with own_database.writing() as db:
        editing.create(db, [second, first], ANNA)
    return first, second


def test_a_record_of_ours_that_reads_otherwise_is_changed_and_a_new_one_added(own_database, ours):
    first, second = ours
    file = a_file([replace(first, note="New."), second, a_pledge(key="own-3")], dataset="")

    assert outcomes(compared(own_database, file)) == {Outcome.CHANGED: 1, Outcome.UNCHANGED: 1, Outcome.ADDED: 1}


def test_a_row_of_a_few_columns_changes_only_those(own_database, ours):
    first, _ = ours
    content = a_file([], dataset="")
    content.rows.append(Row(place=Place(row=2), given={"key": first.key, "note": "New."}, whole=False))

    assert compared(own_database, content).values("pledge") == [replace(first, note="New.")]


def test_a_row_taken_at_an_older_version_leaves_what_was_edited_since(own_database, ours):
    first, second = ours
    edit(own_database, first.key, lambda pledge: replace(pledge, note="Edited since."))
    content = a_file([], dataset="")
    for pledge, note in ((first, ""), (second, "From the file.")):
        content.rows.append(Row(place=Place(row=2), given={"key": pledge.key, "note": note}, whole=False, seen=1))

    assert compared(own_database, content).values("pledge") == [replace(second, note="From the file.")]


def test_a_name_that_stands_twice_with_different_contents_is_refused_the_second_time(own_database):
    file = a_file([a_pledge(key="own-9"), a_pledge(key="own-9", title="Other tanks")], dataset="")

    assert outcomes(compared(own_database, file)) == {Outcome.ADDED: 1, Outcome.REFUSED: 1}


def test_links_that_lead_back_are_refused(own_database):
    one = a_pledge(key="own-7", links=(Link(kind=LinkKind.RELATED, to="own-8"),))
    other = a_pledge(key="own-8", links=(Link(kind=LinkKind.RELATED, to="own-7"),))
    plan = compared(own_database, a_file([one, other, a_pledge(key="own-9")], dataset=""))

    assert outcomes(plan) == {Outcome.ADDED: 1, Outcome.REFUSED: 2}


def test_a_record_that_cannot_be_kept_is_refused_with_the_path_of_what_is_wrong(own_database):
    content = a_file([], dataset="")
    content.rows.append(Row(place=Place(row=2), given={"key": "own-5", "lead": "DE", "title": "Tanks", "aid": "magic"}))
    (refused,) = compared(own_database, content).planned[-1:]

    assert refused.outcome is Outcome.REFUSED
    assert refused.faults[0].place.column == "aid" and refused.faults[0].value == "magic"
