"""What stands in a donor, a system, a source, a meeting or a package, in words: for its history, and for the choice
after a conflict."""

from datetime import date
from typing import Any

from app.domain.codes import N_, Code
from app.domain.donor import Membership
from app.domain.field import Field, Kind
from app.domain.money import Amount, Value
from app.domain.when import When
from app.web import picks, words
from app.web.ask import Ask
from app.web.telling import Names

MEMBERSHIPS = Field(name="memberships", title=N_("Memberships"))


def told(ask: Ask, field: Field, value: Any) -> str:
    match value:
        case None | "" | ():
            return words.gettext("nothing")
        case bool():
            return words.gettext("yes") if value else words.gettext("no")
        case tuple():
            return words.listed(told(ask, field, one) for one in value)
        case Membership():
            return membership(value)
        case date():
            return words.day(value)
        case Value():
            return words.euros_full(value) if value.known else words.gettext("nothing")
        case Amount():
            return words.money_full(value)
        case When():
            return words.when_read(value) if value else words.gettext("nothing")
        case Code():
            return words.word(value)
    return _named(ask, field.kind, str(value))


def membership(held: Membership) -> str:
    """NATO from 7 March 2024"""
    group = words.word(held.group)
    if held.since and held.until:
        told = words.gettext("%(group)s from %(since)s to %(until)s")
    elif held.since:
        told = words.gettext("%(group)s from %(since)s")
    else:
        told = words.gettext("%(group)s until %(until)s") if held.until else "%(group)s"
    days = {name: words.day(day) for name in ("since", "until") if (day := getattr(held, name))}
    return told % ({"group": group} | days)


def _named(ask: Ask, kind: Kind, name: str) -> str:
    match kind:
        case Kind.DONOR:
            return Names(ask.reference).donor(name)
        case Kind.EVENT:
            return Names(ask.reference).event(name)
        case Kind.SOURCES:
            return picks.text_of(ask, Kind.SOURCE, name)
    return name
