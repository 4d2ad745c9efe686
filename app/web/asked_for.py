"""A filter in words: the chips that drop one piece, and what could not be read."""

from dataclasses import dataclass
from datetime import date

from app.domain.filter import CODES, NOWHERE, Facet, PledgeFilter, Unread
from app.store.reference import Reference
from app.web import words


@dataclass(frozen=True)
class Chip:
    label: str
    value: str
    without: PledgeFilter


def chips(wanted: PledgeFilter, reference: Reference) -> list[Chip]:
    found = [
        Chip(words.word(facet), value_name(facet, value, reference), wanted.without(facet, value))
        for facet in Facet
        for value in wanted.values(facet)
    ]
    singles = (
        (words.gettext("Announced from"), words.day(wanted.since) if wanted.since else "", wanted.but(since=None)),
        (words.gettext("Announced to"), words.day(wanted.to) if wanted.to else "", wanted.but(to=None)),
        (words.gettext("Words"), wanted.q, wanted.but(q="")),
        (words.gettext("As of"), words.day(wanted.as_of) if wanted.as_of else "", wanted.but(as_of=None)),
    )
    return found + [Chip(title, value, left) for title, value, left in singles if value]


def value_name(facet: Facet, value: str, reference: Reference) -> str:
    """What a reader sees for a value of a facet."""
    codes = CODES.get(facet)
    if codes:
        return words.word(codes(value))
    match facet:
        case Facet.DONOR:
            donor = reference.donor(value)
            return donor.name if donor else value
        case Facet.AT if value == NOWHERE:
            return words.gettext("no system")
        case Facet.SYSTEM | Facet.AT:
            system = reference.system(value)
            return system.name if system else value
        case Facet.EVENT:
            return event_name(value, reference)
        case Facet.MONTH:
            return words.month_name(date(int(value[:4]), int(value[5:]), 1))
        case Facet.OVERDUE:
            return words.gettext("yes")
    return value


def event_name(slug: str, reference: Reference) -> str:
    number = reference.event_ids.get(slug)
    if number is None:
        return slug
    event = reference.events[number]
    return f"{event.title}, {words.when(event.dates)}" if event.dates else event.title


def unread_words(unread: tuple[Unread, ...]) -> list[str]:
    """A sentence for each piece of the address that nobody knows."""
    return [
        words.gettext("“%(value)s” is not known as a value of “%(name)s”.")
        % {"value": one.value, "name": one.parameter}
        for one in unread
    ]
