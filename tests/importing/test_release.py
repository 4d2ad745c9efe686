"""A release of the Support Tracker, from the file to the records and back: the real one where it is at hand, and a
made-up one always."""

import re
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from app.importing import at_once
from app.settings import Settings
from app.store.columns import core
from app.store.tables import Pledge, Revision
from tests.importing.made_up import REAL, a_release

SEED = Settings(_env_file=None).seed
DATASET = "Ukraine Support Tracker, Kiel Institute"


def read_in(database, file, **how):
    options = {"dry_run": False, "set_aside": False, "told": lambda *_: None} | how
    return "\n".join(at_once.take(database, SEED, file, "", "", **options))


def count(database, table=Pledge):
    with database.reading() as db:
        return db.execute(select(func.count()).select_from(core(table))).scalar_one()


def value_of(database):
    pledge = core(Pledge).c
    with database.reading() as db:
        question = select(func.sum(pledge.value_point)).where(pledge.dataset == DATASET, pledge.key.like("kiel-99/%"))
        return db.execute(question).scalar_one()


@pytest.fixture
def release(tmp_path):
    """Puts a release into a file of release 99: no line of the seed is one of it."""

    def put(one, name="tracker_r99.csv"):
        file = tmp_path / name
        file.write_bytes(one.file)
        return file

    return put


def test_a_dry_run_tells_all_and_writes_nothing(own_database, release):
    before = count(own_database, Revision)
    said = read_in(own_database, release(a_release()), dry_run=True)

    assert "Pledges: 120 new, 217 no longer in the file." in said and "Nothing was written." in said
    assert f"{a_release().allocated:,.6f}" in said
    assert count(own_database, Revision) == before


def test_a_release_is_read_in_and_adds_up_to_what_its_file_does(own_database, release):
    before = count(own_database)
    read_in(own_database, release(a_release()))

    assert count(own_database) == before + 120
    assert value_of(own_database) == a_release().allocated


def test_the_same_file_again_is_known_without_reading_it(own_database, release):
    file = release(a_release())
    read_in(own_database, file)
    before = count(own_database, Revision)

    assert "0 rows, 0 revisions" in read_in(own_database, file)
    assert count(own_database, Revision) == before


def test_a_copy_with_changed_cells_revises_exactly_their_lines(own_database, release):
    read_in(own_database, release(a_release()))
    said = read_in(own_database, release(a_release(units=10), "edited_r99.csv"))

    assert "Pledges: 10 changed, 110 unchanged, 217 no longer" in said


def test_a_file_that_is_none_is_refused_in_one_line(own_database, tmp_path):
    file = tmp_path / "r99.xlsx"
    file.write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(at_once.CannotImport) as told:
        read_in(own_database, file)

    assert re.fullmatch(r"[A-Z][^\n]+\.", str(told.value))


def test_a_release_that_does_not_say_which_it_is_is_asked_for(own_database, release):
    with pytest.raises(at_once.CannotImport) as told:
        read_in(own_database, release(a_release(), "tracker.csv"))

    assert "release" in str(told.value)


def test_release_17_adds_no_double_of_the_seed_and_adds_up_to_the_cent(seed, own_database, release):
    """Where the real workbook is not at hand, a made-up one stands for it, with lines that the seed has too."""
    if own_database.is_sqlite and REAL.exists():
        said = read_in(own_database, REAL)
        assert "3,505 new" in said and " refused" not in said and "for 44 donors" in said
        for euros in ("203,100,979,501.10", "310,088,339,455.59", "31,163,828,967.21"):
            assert euros in said
        assert count(own_database) == 44 + 3_737
        return
    one = next(pledge for pledge in seed.pledges.values() if pledge.dataset_key.endswith("-001") and pledge.value.known)
    activity, donor = one.dataset_key.split("-")[1], next(d for d in seed.donors if d.code == one.lead).name
    day, euros = one.announced.latest.isoformat(), f"{one.value.point:f}"
    line = (activity, donor, day, "Military", "Allocation", "Stinger missile", "18", euros, euros, "https://a.example")
    before = count(own_database)
    said = read_in(own_database, release(type(a_release())((line,)), "made_up_r17.csv"))

    assert count(own_database) == before and " new" not in said.splitlines()[1]
    assert f"{Decimal(euros):,.6f}" in said
