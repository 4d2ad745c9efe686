"""A suggestion field by field: what the record said then, what it says now, what is proposed."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.pledge import Pledge
from app.domain.pledge_fields import PLEDGE
from app.store import records
from app.store.suggestions import Told
from app.web import entry, telling, words
from app.web.ask import Ask
from app.web.forms import Form
from app.web.suggesting import BLANK
from app.web.telling import Names


@dataclass(frozen=True, kw_only=True)
class Line:
    """`clash`: somebody has changed it since, to something else than is proposed. `error`: why it cannot be read any
    more. `ticked`; and of a clash what was `chosen`: "mine", "theirs" or nothing yet."""

    name: str
    title: str
    was: str
    now: str
    proposed: str
    same: bool  # the record says so already
    clash: bool
    error: str = ""
    ticked: bool = True
    chosen: str = ""


def then(ask: Ask, told: Told) -> Pledge:
    """The record that it was typed against."""
    if told.pledge is None or told.new:
        return BLANK
    return records.versions(ask.db, told.pledge, {told.seen}).get(told.seen, BLANK)


def lines(
    ask: Ask, told: Told, now: Pledge | None = None, names: Names | None = None, chosen: Mapping[str, str] | None = None
) -> list[Line]:
    """`now` is the record as it stands, where there is one; `chosen` by field, where somebody has chosen already."""
    was = then(ask, told)
    now = was if now is None or told.new else now
    names = names or Names(ask.reference)
    some = [field for name, field in PLEDGE.items() if name in told.texts]
    proposed, problems = entry.taken(ask, some, now, Form(told.texts.items()))
    found = []
    for field in some:
        before, present, wanted = (field.of(one) for one in (was, now, proposed))
        error = problems.get(field.name, "")
        clash = not error and present not in (before, wanted)
        found.append(
            Line(
                name=field.name,
                title=words.gettext(field.title),
                was=telling.value(names, was, field.name, before),
                now=telling.value(names, now, field.name, present),
                proposed=told.texts[field.name] if error else telling.value(names, proposed, field.name, wanted),
                same=not error and present == wanted,
                clash=clash,
                error=error,
                ticked=not error and (chosen is None or field.name in chosen),
                chosen=(chosen or {}).get(field.name, ""),
            )
        )
    return found
