"""Any value of a pledge in words: for the history, for differences, for the choice after a conflict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.claim import Claim
from app.domain.codes import Code
from app.domain.milestone import Milestone
from app.domain.money import Amount, Value
from app.domain.pledge import Link, Party, Pledge
from app.domain.quantity import Quantity
from app.domain.when import When
from app.store import records
from app.store.reference import Reference
from app.web import words
from app.web.ask import Ask
from app.web.said import field_title, value_words


@dataclass(frozen=True)
class Names:
    """What records are called: as a snapshot kept it, else as the reference knows it."""

    reference: Reference
    kept: Mapping[str, Any] = field(default_factory=dict)

    def donor(self, code: str) -> str:
        donor = self.reference.donor(code)
        return self.kept.get("donors", {}).get(code) or (donor.name if donor else code)

    def system(self, slug: str) -> str:
        system = self.reference.system(slug)
        return system.name if system else slug

    def event(self, slug: str) -> str:
        number = self.reference.event_ids.get(slug)
        return self.reference.events[number].title if number is not None else slug

    def source(self, key: str | None) -> str:
        """Who published it, or what it is called."""
        told = self.kept.get("sources", {}).get(key) or {}
        return told.get("publisher") or words.host(told.get("url")) or told.get("title") or key or ""

    def pledge(self, key: str) -> str:
        told = self.kept.get("links", {}).get(key)
        return words.quoted(told[1]) if told else key


def names_of(ask: Ask, pledges: Iterable[Pledge]) -> Names:
    """The names of all that these pledges refer to, as they are called now."""
    told = list(pledges)
    keys = {key for one in told for key in one.sources()} | {claim.source for one in told for claim in one.claims}
    sources = {
        key: {"url": row.url, "title": row.title, "publisher": row.publisher}
        for key, row in records.sources(ask.db, keys).items()
    }
    linked = records.titles(ask.db, {link.to for one in told for link in one.links})
    return Names(ask.reference, {"sources": sources, "links": linked})


def value(names: Names, pledge: Pledge, name: str, told: Any) -> str:
    """A value of a field, or a part; None and empty texts are an absence."""
    if told is None or told == "":
        return words.gettext("nothing")
    match told:
        case Claim():
            return claim(names, pledge, told)
        case Milestone():
            return milestone(pledge, told)
        case Party():
            return party(names, told)
        case Link():
            return f"{words.word(told.kind)} {names.pledge(told.to)}"
        case Amount():
            return f"{words.money_full(told)} ({words.word(told.basis)})"
        case Quantity():
            return words.quantity_words(told, pledge.unit)
        case Value():
            return words.euros_full(told)
        case When():
            return words.when_read(told)
        case Code():
            return words.unit_words(told) if name == "unit" else words.word(told)
    return _named(names, name, str(told))


def _named(names: Names, name: str, told: str) -> str:
    match name:
        case "lead":
            return names.donor(told)
        case "system":
            return names.system(told)
        case "event":
            return names.event(told)
        case "package":
            return names.kept.get("package") or told
    return told


def claim(names: Names, pledge: Pledge, told: Claim) -> str:
    """How many: about 200 (BBC)"""
    said = value_words(
        told.field,
        amount=told.amount,
        quantity=told.quantity,
        code=told.code,
        dates=told.dates,
        told=told.words,
        unit=pledge.unit,
        reference=names.reference,
    )
    return words.gettext("%(what)s: %(value)s (%(source)s)") % {
        "what": field_title(told.field),
        "value": said,
        "source": names.source(told.source),
    }


def milestone(pledge: Pledge, told: Milestone) -> str:
    """20 vehicles delivered, 27 March 2023; Contracted, May 2023"""
    what = happening(pledge, told)
    return f"{what}, {words.when(told.dates)}" if told.dates else what


def happening(pledge: Pledge, told: Milestone) -> str:
    """What was reached or delivered, without its day."""
    if told.status:
        name = words.word(told.status)
        return name[0].upper() + name[1:]
    if told.basis == "complete":
        said = words.gettext("All delivered")
    elif told.quantity.numbered:
        pattern = (
            words.gettext("%(number)s delivered")
            if told.basis == "increment"
            else words.gettext("%(number)s delivered so far")
        )
        said = pattern % {"number": words.quantity_words(told.quantity, pledge.unit)}
    else:
        said = words.gettext("Delivery, number not given")
    if told.point and told.point != "unstated":
        said += f" ({words.word(told.point)})"
    return said


def party(names: Names, told: Party) -> str:
    """Netherlands, funder (25 per cent)"""
    said = f"{names.donor(told.donor)}, {words.word(told.role)}"
    return said + share(told)


def share(told: Party) -> str:
    if told.share is None or told.share_kind is None:
        return ""
    return f" ({words.number(told.share)} {told.currency or words.word(told.share_kind)})"
