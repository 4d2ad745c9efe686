"""An import taken back whole, as one act."""

from sqlalchemy import Connection

from app.domain.import_run import ImportState
from app.domain.pledge import State
from app.store import editing, import_runs, reverting
from app.store.database import Database
from app.store.history import Act
from app.store.reference import state
from app.store.reverting import NotWhole, Stuck


def undo(database: Database, run: int, change: int | None, act: Act) -> int | None:
    """What the import made new is deleted, what it changed is as it was. Returns the number of the change. What the
    records will be is worked out beforehand, so that the write lock is held for the writing alone. Raises NotWhole."""
    if change is None:
        with database.writing() as db:
            import_runs.move(db, run, [ImportState.UNDOING], ImportState.UNDONE)
        return None
    with database.reading() as db:
        counter = state(db)[1]
        _ensure_unedited(db, change)
        found = reverting.outcome(db, reverting.revisions_of_change(db, change))
    with database.writing() as db:
        if found.stuck or state(db)[1] != counter:
            _ensure_unedited(db, change)
            written = reverting.revert_change(db, change, act)
        else:
            back = reverting.referred_back(db, change)
            written = editing.write(db, found.after, act, effects=back)
        undone = next((one.change for one in written if one.change), None)
        import_runs.move(db, run, [ImportState.UNDOING], ImportState.UNDONE, undo_id=undone)
    return undone


def _ensure_unedited(db: Connection, change: int) -> None:
    """What the import made new would be deleted with all that others have made of it since: then it is not. Raises
    NotWhole."""
    written = reverting.revisions_of_change(db, change)
    made = {number: max(versions) for number, versions in written.items() if 1 in versions}
    now = editing.standing_now(db, made)
    edited = [
        Stuck(number, pledge, ())
        for number, (pledge, latest) in now.items()
        if latest > made[number] and pledge.state is not State.DELETED
    ]
    if edited:
        raise NotWhole(edited)
