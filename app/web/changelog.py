"""Changes as pages and feeds show them: which are asked for, and what each did in sentences."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from app.domain.filter import UNSEEN
from app.domain.pledge import State
from app.store import changes
from app.store.changes import Wanted
from app.store.referred import KINDS
from app.web.acts import Sentence, sentences
from app.web.ask import Ask
from app.web.telling import names_of

RECORDS = ("pledge", *KINDS)
ADDRESSES = {"pledge": "/pledges/", "package": "/packages/", "source": "/sources/"}
NAMED = {"donor": "/donors/", "event": "/events/"}
Told = dict[int, tuple[str, list[Sentence]]]


def leads(effect: Any) -> str:
    """The page of a record that a change touched; of a system, the tree."""
    if effect.record in ADDRESSES:
        return f"{ADDRESSES[effect.record]}{effect.record_id}"
    return f"{NAMED[effect.record]}{effect.key}" if effect.record in NAMED else "/systems"


def told(ask: Ask, effects: Iterable[Any], *, editor: bool) -> Told:
    """By the number of the revision: what the pledge is called, and what changed in it. Drafts are for editors."""
    pledges = [one for one in effects if one.record == "pledge"]
    wanted = {(one.record_id, version) for one in pledges for version in (one.version, one.version - 1) if version}
    bodies = changes.bodies(ask.db, wanted)
    names = names_of(ask, bodies.values())
    found = {}
    for one in pledges:
        after, before = bodies.get((one.record_id, one.version)), bodies.get((one.record_id, one.version - 1))
        if after is None or (after.state is State.DRAFT and not editor):
            continue
        plain = before is not None and one.operation in ("update", "restore")
        found[one.id] = after.title, sentences(names, before, after) if plain and before else []
    return found


def wanted(ask: Ask) -> Wanted:
    asked = ask.request.query_params
    day = asked.get("since", "")
    try:
        since = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    except ValueError:
        since = None
    record = asked.get("record", "")
    return Wanted(
        account=ask.whole("account"),
        author=UNSEEN.sub(" ", asked.get("author", ""))[:200].strip(),
        record=record if record in RECORDS else "",
        origin=UNSEEN.sub(" ", asked.get("origin", ""))[:40].strip(),
        looked=asked.get("looked", "") if asked.get("looked") in ("yes", "no") else "",
        since=since,
        before=ask.whole("before"),
    )


def asked(ask: Ask) -> list[tuple[str, str]]:
    """The parameters in use, without the place to go on from."""
    known = Wanted.__dataclass_fields__.keys() - {"before", "after"}
    return [(name, value) for name, value in ask.request.query_params.items() if name in known]
