"""What pledges refer to, changed by people: pledges follow at once, nothing that follows from them is forgotten."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.domain.donor import Donor, DonorGroup, DonorKind
from app.domain.filter import Facet, PledgeFilter
from app.domain.source import SourceKind
from app.domain.when import When
from app.store import amending, announcing, history, pledges, referred, saving, verifying
from app.store.amending import Taken
from app.store.columns import core
from app.store.editing import Clashing, Gone
from app.store.reference import load
from app.store.tables import Change, Package, Pledge, PledgeSource
from tests.builders import a_pledge, a_source

ANNA = history.Act(author="anna", comment="They renamed it.")
PLEDGE, RESTS = core(Pledge), core(PledgeSource)


@pytest.fixture
def db(own_database):
    """A transaction that writes; at its end all that follows from the records is as the rules give it."""
    with own_database.writing() as connection:
        yield connection
    assert list(verifying.differences(own_database)) == []


def changed(db, record: str, name: str, /, **changes):
    """The record as it stands, with changes, saved by anna."""
    found = referred.find(db, record, name=name)
    return amending.edit(db, record, found.id, found.version, ANNA, replace(found.value, **changes))


def count(db, **wanted) -> int:
    reference = load(db)
    return pledges.find(db, replace(PledgeFilter(), **wanted), reference).size.count


def test_a_renamed_donor_is_found_by_the_new_name(db):
    before = count(db, q="Deutschland")
    assert before and not count(db, q="Teutonia")
    changed(db, "donor", "DE", name="Teutonia")

    assert count(db, q="Teutonia") == count(db, q="Deutschland") == before


def test_changed_memberships_move_the_pledges_of_the_donor(db):
    nato = PledgeFilter().only(Facet.GROUP, "NATO")
    before = pledges.find(db, nato, load(db)).size.count
    held = referred.find(db, "donor", name="DE").value.memberships
    changed(db, "donor", "DE", memberships=tuple(one for one in held if one.group is not DonorGroup.NATO))

    assert pledges.find(db, nato, load(db)).size.count < before


def test_a_changed_kind_of_a_source_changes_how_far_its_pledges_are_trusted(db):
    official = PledgeFilter().only(Facet.CONFIDENCE, "probable")
    rows = db.execute(
        select(PLEDGE.c.id).where(PLEDGE.c.confidence == "probable", PLEDGE.c.visible).order_by(PLEDGE.c.id)
    ).scalars()
    pledge = rows.first()
    number = db.execute(select(RESTS.c.source_id).where(RESTS.c.pledge_id == pledge)).scalars().first()
    before = pledges.find(db, official, load(db)).size.count
    source = referred.find(db, "source", number=number)
    amending.edit(db, "source", number, source.version, ANNA, replace(source.value, kind=SourceKind.PRESS))

    assert pledges.find(db, official, load(db)).size.count < before
    assert db.execute(select(PLEDGE.c.confidence).where(PLEDGE.c.id == pledge)).scalar_one() == "reported"


def test_a_renamed_meeting_is_found_by_the_new_name(db):
    changed(db, "event", "nuc-2024-01-10", title="Xylophone conference")

    assert count(db, q="Xylophone") == 6


def test_a_renamed_system_is_found_by_the_new_name_with_all_below_it(db):
    changed(db, "system", "AD.LR.PATRIOT", name="Xylophone launcher", aliases=("Zither",))

    reference = load(db)
    below = pledges.find(db, PledgeFilter().only(Facet.SYSTEM, "patriot"), reference).size.count
    assert count(db, q="Xylophone") == count(db, q="Zither") == below > 5


def test_a_package_keeps_its_pledges_when_it_changes(db):
    table = core(Package)
    package = db.execute(select(table).order_by(table.c.id)).first()
    changed(db, "package", package.key, title="Another package", announced=When(date(2024, 1, 1), date(2024, 1, 1)))

    assert referred.find(db, "package", name=package.key).value.title == "Another package"


def test_what_two_change_apart_is_merged_and_what_both_change_is_refused_whole(db):
    found = referred.find(db, "donor", name="SE")
    changed(db, "donor", "SE", name="Svea")
    merged = amending.edit(db, "donor", found.id, found.version, ANNA, replace(found.value, name_de="Sverige"))

    assert (merged.value.name, merged.value.name_de, merged.version) == ("Svea", "Sverige", 3)
    assert [one.field for one in merged.theirs] == ["name"]
    with pytest.raises(Clashing) as clash:
        amending.edit(db, "donor", found.id, found.version, ANNA, replace(found.value, name="Sweden again"))
    assert (clash.value.version, clash.value.theirs.name) == (3, "Svea")
    assert referred.find(db, "donor", name="SE").version == 3


def test_a_save_that_changes_nothing_is_no_version(db):
    same = changed(db, "donor", "SE")

    assert (same.version, same.change) == (1, None)


def test_a_version_that_never_was_is_gone(db):
    found = referred.find(db, "donor", name="SE")
    for number, seen in ((found.id, 9), (999_999, 1)):
        with pytest.raises(Gone):
            amending.edit(db, "donor", number, seen, ANNA, found.value)


def test_a_name_is_given_once(db):
    made = amending.create(db, "donor", Donor(code="XY", slug="xy", name="Xylophone", kind=DonorKind.COALITION), ANNA)

    assert referred.find(db, "donor", name="XY").id == made.id
    for code, slug, field in (("XY", "other", "code"), ("OTHER", "xy", "slug")):
        with pytest.raises(Taken) as taken:
            amending.create(db, "donor", Donor(code=code, slug=slug, name="Another"), ANNA)
        assert taken.value.field == field


def test_the_history_tells_every_version_newest_first(db):
    changed(db, "donor", "SE", name="Svea")
    number = changed(db, "donor", "SE", name="Sverige").id

    assert [(one.version, one.operation, one.author) for one in referred.happened(db, "donor", number)][:2] == [
        (3, "update", "anna"),
        (2, "update", "anna"),
    ]
    assert [one.version for one in referred.happened(db, "donor", number, before=3, most=1)] == [2]
    names = {version: one.name for version, one in referred.versions(db, "donor", number, {1, 2, 9}).items()}
    assert names == {1: "Sweden", 2: "Svea"}


def test_what_was_announced_as_one_is_written_as_one_change_and_once(db):
    changes = core(Change)
    before = len(db.execute(select(changes.c.id)).all())
    source = a_source(key="p-1")
    package = referred.KINDS["package"].value(key="p-2", donor="DE", title="A package", sources=("p-1",))
    some = [a_pledge(key="", package="p-2", title=title) for title in ("One", "Two")]
    number = announcing.announce(db, package, some, ANNA, source=source)

    assert announcing.announce(db, package, some, ANNA, source=source) == number
    assert len(db.execute(select(changes.c.id)).all()) == before + 1
    held = list(db.execute(select(PLEDGE.c.id).where(PLEDGE.c.package_id == number)).scalars())
    assert sorted(pledge.title for pledge, _ in saving.current(db, held).values()) == ["One", "Two"]
