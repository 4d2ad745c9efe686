"""The natural names in a batch of pledges, and the rows they stand for."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, select

from app.domain.pledge import Pledge
from app.store.columns import core
from app.store.reference import Reference, load
from app.store.tables import Package, Source
from app.store.tables import Pledge as PledgeTable

AT_ONCE = 400  # keys in one question
_pledge = core(PledgeTable)
_as_json = TypeAdapter(Pledge)


class Unresolved(ValueError):
    """A pledge refers to something that is not there; the message names both."""


class Names:
    """The natural names in a batch of pledges, and the rows they stand for."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.sources: dict[str, Row[Any]] = {}
        self.packages: dict[str, tuple[int, str]] = {}
        self.pledges: dict[str, tuple[int, str]] = {}

    @classmethod
    def of(cls, db: Connection, pledges: Sequence[Pledge], reference: Reference | None = None) -> "Names":
        names = cls(reference or load(db))
        source, package = core(Source).c, core(Package).c
        asked = {key for pledge in pledges for key in _source_keys(pledge)}
        for row in by_keys(db, select(core(Source)), source.key, asked):
            names.sources[row.key] = row
        asked = {pledge.package for pledge in pledges if pledge.package}
        for row in by_keys(db, select(package.key, package.id, package.title), package.key, asked):
            names.packages[row.key] = (row.id, row.title)
        asked = {link.to for pledge in pledges for link in pledge.links}
        for row in by_keys(db, select(_pledge.c.key, _pledge.c.id, _pledge.c.title), _pledge.c.key, asked):
            names.pledges[row.key] = (row.id, row.title)
        return names

    def donor(self, code: str, pledge: Pledge) -> int:
        return self._found(self.reference.donor_ids.get(code), "donor", code, pledge)

    def system(self, slug: str | None, pledge: Pledge) -> int | None:
        return self._found(self.reference.system_ids.get(slug), "system", slug, pledge) if slug else None

    def event(self, slug: str | None, pledge: Pledge) -> int | None:
        return self._found(self.reference.event_ids.get(slug), "event", slug, pledge) if slug else None

    def package(self, key: str | None, pledge: Pledge) -> int | None:
        return self._found(self.packages.get(key), "package", key, pledge)[0] if key else None

    def source(self, key: str | None, pledge: Pledge) -> int | None:
        return self._found(self.sources.get(key), "source", key, pledge).id if key else None

    def pledge(self, key: str, pledge: Pledge) -> int:
        return self._found(self.pledges.get(key), "pledge", key, pledge)[0]

    def meeting(self, slug: str) -> str:
        """The title of an event."""
        return self.reference.events[self.reference.event_ids[slug]].title

    def words(self, pledge: Pledge) -> str:
        """All that the pledge can be found by."""
        told = [pledge.title, pledge.summary, pledge.note, pledge.supplier]
        for code in dict.fromkeys([pledge.lead, *(party.donor for party in pledge.parties)]):
            donor = self.reference.donor(code)
            if donor:
                told += [donor.code, donor.name, donor.name_de, donor.name_uk, *donor.aliases]
        system = self.reference.system(pledge.system) if pledge.system else None
        for node in self.reference.line(system) if system else []:
            told += [node.name, node.name_de, node.name_uk, *node.aliases]
        if pledge.event:
            told.append(self.meeting(pledge.event))
        return " ".join(told)

    def snapshot(self, pledge: Pledge) -> bytes:
        """The record as JSON with the names of what it refers to, so that it can be read when they have changed."""
        system = self.reference.system(pledge.system) if pledge.system else None
        codes = [pledge.lead, *(party.donor for party in pledge.parties)]
        named = {
            "donors": {code: donor.name for code in codes if (donor := self.reference.donor(code))},
            "system": [node.name for node in self.reference.line(system)] if system else [],
            "package": self.packages[pledge.package][1] if pledge.package else None,
            "event": self.meeting(pledge.event) if pledge.event else None,
            "sources": {key: _told(self.sources[key]) for key in sorted(_source_keys(pledge))},
            "links": {link.to: list(self.pledges[link.to]) for link in pledge.links},
        }
        body = _as_json.dump_json(pledge, exclude_defaults=True)
        return b'{"pledge":' + body + b',"names":' + _names_json.dump_json(named) + b"}"

    @staticmethod
    def _found(number: Any, kind: str, name: str, pledge: Pledge) -> Any:
        if number is None:
            raise Unresolved(f"The pledge {pledge.key} names the {kind} {name}, which is not known.")
        return number


def _told(source: Row[Any]) -> dict[str, Any]:
    """What a citation needs of a source."""
    names = ("url", "title", "publisher", "kind", "published_on", "archive_url")
    return {name: source._mapping[name] for name in names if source._mapping[name]}


_names_json = TypeAdapter(dict[str, Any])


def _source_keys(pledge: Pledge) -> set[str]:
    return {claim.source for claim in pledge.claims} | {one.source for one in pledge.milestones if one.source}


def by_keys(db: Connection, question: Any, column: Any, keys: Iterable[str]) -> Iterable[Any]:
    for some in slices(sorted(keys)):
        yield from db.execute(question.where(column.in_(some)))


def slices(keys: list[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
