"""Many pledges put at once by their keys: new ones made, known ones changed, each told apart; what is written is one
act."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from app.domain.codes import N_
from app.domain.link import in_circle
from app.domain.pledge import Pledge, State
from app.formats import record
from app.formats.record import Faulty, Wrong, with_figures
from app.store import editing, lines, resolving, saving
from app.store.history import Act
from app.store.matching import PLEDGE
from app.store.names import by_keys
from app.web import changing
from app.web.api.answers import Told
from app.web.api.asking import Asking, about_a_change
from app.web.api.problems import Refused, errors_of
from app.web.api.saving import NOT_DELETED, ROUND, in_one_piece, stripped
from app.web.ask import Ask

MOST = 1_000
NO_LIST = N_("A list of at most 1,000 records is asked for.")
KEY_MISSING = N_("A record that is put by its key needs one.")
KEY_TWICE = N_("This key stands in the list before.")
DELETED = N_("This record was deleted. Say its state to put it all the same: “published” restores it.")
MOVED = N_("The record has changed since it was read.")
NOTHING = N_("Some records are wrong. None was saved.")


@dataclass
class Row:
    """One record of the batch. `number` and `version` are those that stand now, 0 for a new one."""

    place: int
    key: str = ""
    number: int = 0
    version: int = 0
    was: Pledge | None = None
    pledge: Pledge | None = None
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def result(self) -> str:
        if self.wrong:
            return "refused"
        if self.was is None:
            return "created"
        return "unchanged" if self.pledge == self.was else "updated"

    def told(self, *, written: bool) -> Told:
        result = self.result if written or self.result in ("refused", "unchanged") else "not_saved"
        found = {"place": self.place, "key": self.key or None, "result": result}
        found |= {"id": self.number or None, "version": self.version or None}
        return found | ({"errors": errors_of(self.wrong)} if self.wrong else {})


def put(ask: Ask, given: Any) -> list[Told]:
    """What became of each row, in their order. Raises Refused; with `mode=all`, the usual one, for any row that is."""
    asking = Asking(ask)
    whole = asking.one_of("mode", ("all", "each"), "all") == "all"
    beside = about_a_change(asking)
    asking.ensure_sound()
    if not isinstance(given, list) or len(given) > MOST:
        raise Refused(422, NO_LIST, [{"path": "", "detail": NO_LIST}])
    rows = _read(ask, given)
    _refuse_unknown(ask, rows)
    if not whole:
        _refuse_circles(ask, rows)
    _ensure(rows, whole)
    act = changing.act(ask, beside["comment"], origin="api")
    try:
        with in_one_piece(), ask.writing() as db:
            _hold(db, rows)
            _ensure(rows, whole)
            _write(ask, db, rows, act)
    except IntegrityError:  # somebody else wrote one of the keys in the very moment
        raise Refused(409, MOVED) from None
    return [row.told(written=True) for row in rows]


def _read(ask: Ask, given: list[Any]) -> list[Row]:
    """Each row as a record, in place of the one that has its key."""
    rows = [_row(place, one) for place, one in enumerate(given)]
    now = standing(ask.db, {row.key for row in rows if row.key})
    seen: set[str] = set()
    for row, one in zip(rows, given, strict=True):
        if row.key in now:
            row.number, row.version, row.was = now[row.key]
        if row.key and row.key in seen:
            row.wrong.append(Wrong("key", row.key, KEY_TWICE))
        seen.add(row.key)
        if not row.wrong:
            _take(row, one)
    return rows


def _row(place: int, given: Any) -> Row:
    key = given.get("key") if isinstance(given, Mapping) else None
    if isinstance(given, Mapping) and not key:
        return Row(place, wrong=[Wrong("key", "", KEY_MISSING)])
    return Row(place, key[:200] if isinstance(key, str) else "")


def _take(row: Row, given: Any) -> None:
    told = stripped(given)
    if row.was and isinstance(told, dict) and told.get("state") is None:
        if row.was.state is State.DELETED:
            row.wrong.append(Wrong("state", "", DELETED))
            return
        told["state"] = str(row.was.state)
    if isinstance(given, Mapping) and row.was and given.get("version") not in (None, row.version):
        row.wrong.append(Wrong("version", str(given["version"])[:20], MOVED))
        return
    try:
        row.pledge = with_figures(record.value_from("pledge", told, was=row.was), row.was)
    except Faulty as faulty:
        row.wrong = faulty.wrong
        return
    if row.was is None and row.pledge.state is State.DELETED:
        row.wrong.append(Wrong("state", "deleted", NOT_DELETED))


def _refuse_unknown(ask: Ask, rows: list[Row]) -> None:
    """Those that name what is not there, and whoever links to these."""
    sound = _sound(rows)
    for row, missing in zip(sound, resolving.unknown(ask.db, [*sound.values()], ask.reference), strict=True):
        rows[row].wrong += [Wrong(*one) for one in missing]


def _refuse_circles(ask: Ask, rows: list[Row]) -> None:
    """Those whose links lead back to themselves. A known record that is refused keeps the links that it has, and these
    may close another circle."""
    now = lines.links(ask.db) if any(pledge.links for pledge in _sound(rows).values()) else {}
    while True:
        sound = _sound(rows)
        out = now | {pledge.key: {link.to for link in pledge.links} for pledge in sound.values()}
        circular = in_circle(out)
        refused = [rows[place] for place, pledge in sound.items() if pledge.key in circular]
        for row in refused:
            row.wrong.append(Wrong("links", "", ROUND))
        if not refused:
            return
        _refuse_unknown(ask, rows)


def _sound(rows: list[Row]) -> dict[int, Pledge]:
    """The pledges in which nothing is wrong, by their place."""
    return {row.place: row.pledge for row in rows if row.pledge is not None and not row.wrong}


def standing(db: Connection, keys: set[str]) -> dict[str, tuple[int, int, Pledge]]:
    """Number, version and record of the pledges of these keys."""
    question = select(PLEDGE.c.id, PLEDGE.c.key)
    numbers = {row.id: row.key for row in by_keys(db, question, PLEDGE.c.key, keys)}
    found = saving.current(db, numbers)
    return {numbers[number]: (number, version, pledge) for number, (pledge, version) in found.items()}


def _ensure(rows: list[Row], whole: bool) -> None:
    """Raises Refused where nothing can be saved."""
    if any(row.wrong for row in rows) and (whole or all(row.wrong for row in rows)):
        raise Refused(422, NOTHING, results=[row.told(written=False) for row in rows])


def _hold(db: Connection, rows: list[Row]) -> None:
    """Keeps others away from the records; what they have changed since it was read is refused."""
    known = {row.number: row for row in rows if row.number and not row.wrong}
    for number, (_, version) in editing.hold(db, known).items():
        if version != known[number].version:
            known[number].wrong.append(Wrong("", "", MOVED))
    fresh = {row.key: row for row in rows if not row.number and not row.wrong}
    for one in by_keys(db, select(PLEDGE.c.key), PLEDGE.c.key, fresh):
        fresh[one.key].wrong.append(Wrong("", one.key, MOVED))


def _write(ask: Ask, db: Connection, rows: list[Row], act: Act) -> None:
    """New records first, so that known ones may link to them; all of it is one act."""
    reference = ask.request.app.state.remembered(db)
    fresh = [row for row in rows if row.result == "created"]
    changed = {row.number: row for row in rows if row.result == "updated"}
    told = saving.save(db, [row.pledge for row in fresh if row.pledge], reference) if fresh else []
    for row, effect in zip(fresh, told, strict=True):
        row.number, row.version = effect.record_id, effect.version
    pledges = {row.number: row.pledge for row in (*fresh, *changed.values()) if row.pledge}
    editing.ensure_no_circle(db, pledges)
    kept = {number: pledge for number, pledge in pledges.items() if number in changed}
    for one in editing.write(db, kept, act, reference, told) if kept or told else []:
        changed[one.id].version = one.version
