"""A file read into the records: how far it has come, and what becomes of each of its rows."""

from app.domain.codes import N_, Code


class ImportState(Code):
    WAITING = "waiting", N_("waiting")
    READING = "reading", N_("being read")
    READY = "ready", N_("to be looked at")
    APPLYING = "applying", N_("being written")
    APPLIED = "applied", N_("written")
    UNDOING = "undoing", N_("being taken back")
    UNDONE = "undone", N_("taken back")
    REFUSED = "refused", N_("could not be read")
    DROPPED = "dropped", N_("left alone")

    @property
    def working(self) -> bool:
        """Whether something goes on that a page has to wait for."""
        return self in (ImportState.WAITING, ImportState.READING, ImportState.APPLYING, ImportState.UNDOING)


class Outcome(Code):
    ADDED = "added", N_("new")
    CHANGED = "changed", N_("changed")
    UNCHANGED = "unchanged", N_("unchanged")
    KEPT = "kept", N_("kept as edited here")
    REFUSED = "refused", N_("refused")
    GONE = "gone", N_("no longer in the file")
