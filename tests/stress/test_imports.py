"""An import killed at any moment is whole or nothing, and can be begun again."""

import os
import subprocess
import sys
import time
from random import Random

from sqlalchemy import func, select

from app.domain.import_run import ImportState
from app.importing.undoing import undo
from app.store import import_runs, verifying
from app.store.columns import core
from app.store.history import Act
from app.store.tables import Change, ImportRun, Revision
from tests.importing.made_up import a_release
from tests.stress.conftest import ROOT

KILLS = int(os.environ.get("STRESS_KILLS", 1))  # 20 in earnest
LINES = 400 * KILLS if KILLS < 6 else 3_000
CHANGE, REVISION, RUN = core(Change), core(Revision), core(ImportRun)


def begun(database, file):
    command = [sys.executable, "-m", "app", "import", str(file)]
    surroundings = {**os.environ, "DATABASE_URL": database.url, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True)


def written(database):
    """How many pledges each import has written, by change."""
    question = (
        select(CHANGE.c.id, func.count())
        .join_from(CHANGE, REVISION, REVISION.c.change_id == CHANGE.c.id)
        .where(CHANGE.c.origin == "import", CHANGE.c.reverts_id.is_(None), REVISION.c.record == "pledge")
        .group_by(CHANGE.c.id)
    )
    with database.reading() as db:
        return dict(db.execute(question).all())


def taken_back(database):
    """The import that stands, so that the next one has all to write."""
    with database.writing() as db:
        applied = (RUN.c.state == ImportState.APPLIED) & RUN.c.change_id.is_not(None)
        run = db.execute(select(RUN.c.id, RUN.c.change_id).where(applied)).one()
        import_runs.move(db, run.id, [ImportState.APPLIED], ImportState.UNDOING)
    undo(database, run.id, run.change_id, Act(author="stress", origin="import", reverts=run.change_id))


def test_an_import_killed_at_any_moment_is_whole_or_nothing(own_database, tmp_path):
    random, file = Random(20), tmp_path / "made_up_r96.csv"
    file.write_bytes(a_release(LINES).file)
    start = time.monotonic()
    assert "written in" in begun(own_database, file).communicate()[0]
    whole, stands, killed = time.monotonic() - start, True, 0
    for _ in range(KILLS):
        if stands:
            taken_back(own_database)
        before = len(written(own_database))
        process = begun(own_database, file)
        time.sleep(random.uniform(0.3, 1.0) * whole)
        process.kill()
        process.communicate()
        killed += process.returncode != 0
        found = written(own_database)
        assert set(found.values()) == {LINES}
        stands = len(found) > before

    print(f"\n{killed} of {KILLS} killed before their end, each of {LINES} lines in {whole:.1f} s")
    assert list(verifying.differences(own_database, lambda _: None)) == []
