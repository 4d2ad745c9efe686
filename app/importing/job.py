"""The work on a reading, done by a process of its own: read and compare, write, or take back. How far it has come is
kept in the database, so that any process can show it."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.domain.codes import N_
from app.domain.import_run import ImportState
from app.formats.row import Unreadable
from app.importing import staging
from app.importing.examining import Examined, examine
from app.importing.undoing import undo
from app.importing.writing import Outdated, write
from app.store import history, import_runs
from app.store.database import Busy, Database, Full
from app.store.history import Act
from app.store.reverting import NotWhole

BEAT = 0.5  # seconds between two signs of life
STOPPED = N_("The work on this file was stopped in the middle. Nothing was stored; try again.")
EDITED_SINCE = N_("%(count)s records have been edited since this import, so that it cannot be taken back whole.")
BUSY = N_("Others were writing all the time. Nothing was stored; try again.")
NO_ROOM = N_("There is no room left on the disk of the database. Nothing was stored; try again when there is.")
AGAIN = N_("The records have changed since this was looked at. It was compared anew; please look again.")


def run(database: Database, seed: Path, number: int) -> None:
    """Goes on with a reading from where it stands. Whatever goes wrong stands in its row."""
    with database.reading() as db:
        found = import_runs.find(db, number)
    if found is None:
        return
    try:
        match found.state:
            case ImportState.WAITING:
                _read(database, seed, found)
            case ImportState.APPLYING:
                _write(database, seed, found)
            case ImportState.UNDOING:
                _undo(database, found)
    except Busy:
        fall_back(database, number, BUSY)
    except Full:
        fall_back(database, number, NO_ROOM)


def fall_back(database: Database, number: int, sentence: str) -> None:
    """To where it stood before the work began."""
    back = {
        ImportState.WAITING: ImportState.REFUSED,
        ImportState.READING: ImportState.REFUSED,
        ImportState.APPLYING: ImportState.READY,
        ImportState.UNDOING: ImportState.APPLIED,
    }
    with database.writing() as db:
        found = import_runs.find(db, number)
        if found is not None and found.state in back:
            import_runs.move(db, number, [found.state], back[found.state], sentence=_sentence(sentence))


def _read(database: Database, seed: Path, found: Any) -> None:
    try:
        with database.writing() as db:
            import_runs.move(db, found.id, [ImportState.WAITING], ImportState.READING)
    except import_runs.Elsewhere:
        return
    with database.reading() as db:
        body = import_runs.content(db, found.id) or b""
    try:
        examined = examine(database, seed, body, found.importer, found.release, _beat(database, found.id))
    except Unreadable as error:
        _end(database, found.id, ImportState.REFUSED, error.sentence, **error.told)
        return
    _stage(database, found.id, [ImportState.READING], examined)


def _stage(database: Database, number: int, states: list[ImportState], examined: Examined, sentence: str = "") -> None:
    label = examined.plan.label
    with database.writing() as db:
        staging.keep(db, number, examined.plan, staging.summary(examined))
        values = {
            "dataset": label.dataset,
            "release": label.release,
            "until": label.until,
            "known": examined.known,
        }
        import_runs.move(db, number, states, ImportState.READY, sentence=_sentence(sentence), **values)


def _write(database: Database, seed: Path, found: Any) -> None:
    with database.reading() as db:
        plan = staging.take(db, found)
    act = _act(found)
    try:
        write(database, plan, found.id, act, set_aside=found.set_aside)
    except Outdated:
        with database.reading() as db:
            body = import_runs.content(db, found.id) or b""
        examined = examine(database, seed, body, found.importer, found.release, _beat(database, found.id))
        _stage(database, found.id, [ImportState.APPLYING], examined, AGAIN)


def _undo(database: Database, found: Any) -> None:
    act = _act(found, reverts=found.change_id)
    try:
        undo(database, found.id, found.change_id, act)
    except NotWhole as error:
        stuck = len(error.stuck) + len(error.others)
        _end(database, found.id, ImportState.APPLIED, EDITED_SINCE, count=str(stuck))


def _act(found: Any, reverts: int | None = None) -> Act:
    """Of whoever had it done."""
    author, account = (found.doer, found.doer_id) if found.doer else (found.author, found.account_id)
    return Act(author=author, account=account, comment=import_runs.comment(found), origin="import", reverts=reverts)


def _end(database: Database, number: int, state: ImportState, sentence: str, **told: str) -> None:
    with database.writing() as db:
        import_runs.put(db, number, state=state, sentence=_sentence(sentence, **told))


def _sentence(text: str, **told: str) -> str:
    return json.dumps([text, told]) if text else ""


def _beat(database: Database, number: int) -> Callable[[int, int], None]:
    """Writes down how far the work has come, now and then. Who has no time to write it down goes on."""
    last = 0.0

    def told(done: int, whole: int) -> None:
        nonlocal last
        if time.monotonic() - last < BEAT and done < whole:
            return
        last = time.monotonic()
        with suppress(Busy), database.writing(within=0.2) as db:
            import_runs.put(db, number, done=done, whole=whole, beat_at=history.now())

    return told
