"""What is refused in a donor, a system, a source, a meeting or a package, whoever says so."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from app.domain.codes import N_
from app.domain.donor import Donor, Membership
from app.domain.event import Event
from app.domain.field import NAMING, Field, Kind
from app.domain.lint import FIRST_DAY
from app.domain.package import Package
from app.domain.source import Source
from app.domain.when import When

MOST_NAMES = 60
EMPTY = N_("This must not be empty.")
NO_ALIAS = N_("One name a line, each with at most 300 characters and without the sign “|”.")
TOO_MANY = N_("That is too many: at most 60 are kept.")
NOTHING_TOLD = N_("A source needs an address or a title.")
AHEAD = N_("This day lies ahead.")
IMPOSSIBLE = N_("That is before 2014 or more than a year ahead.")
FALLING = N_("It ends before it begins.")
OVERLAPPING = N_("Two memberships of the same group overlap.")


def faults(fields: Iterable[Field], value: Any, today: date) -> dict[str, str]:
    """By field, the first sentence on each."""
    found = [*_own(value, today), *_empty(fields, value), *_names(fields, value)]
    return dict(reversed(found))


def faults_of_memberships(held: Iterable[Membership]) -> str:
    """What is wrong with them taken together."""
    for one, other in combinations(held, 2):
        if one.group is other.group and _begins(one) <= _ends(other) and _begins(other) <= _ends(one):
            return OVERLAPPING
    return ""


def _own(value: Any, today: date) -> Iterator[tuple[str, str]]:
    match value:
        case Source():
            if not value.url and not value.title:
                yield "url", NOTHING_TOLD
            for name in ("published_on", "accessed_on"):
                day = getattr(value, name)
                if day and day > today + timedelta(days=1):
                    yield name, AHEAD
        case Event():
            if _outside(value.dates, today):
                yield "dates", IMPOSSIBLE
        case Package():
            if _outside(value.announced, today):
                yield "announced", IMPOSSIBLE
        case Donor():
            if sentence := faults_of_memberships(value.memberships):
                yield "memberships", sentence


def _empty(fields: Iterable[Field], value: Any) -> Iterator[tuple[str, str]]:
    for field in fields:
        if (field.kind is Kind.TEXT or field.kind in NAMING) and not field.optional and not field.of(value):
            yield field.name, EMPTY


def _names(fields: Iterable[Field], value: Any) -> Iterator[tuple[str, str]]:
    for field in fields:
        if field.kind in (Kind.NAMES, Kind.SOURCES) and len(field.of(value)) > MOST_NAMES:
            yield field.name, TOO_MANY
        if field.kind is Kind.NAMES and any(len(one) > field.longest or "|" in one for one in field.of(value)):
            yield field.name, NO_ALIAS


def _outside(when: When, today: date) -> bool:
    latest = today + timedelta(days=366)
    return any(day is not None and not FIRST_DAY <= day <= latest for day in (when.earliest, when.latest))


def _begins(one: Membership) -> date:
    return one.since or date.min


def _ends(one: Membership) -> date:
    return one.until or date.max
