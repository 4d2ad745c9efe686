"""Pledges written whole: the record, its parts, what follows from them, and the history, in one transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, insert, select, update

from app.domain.claim import confidence, disputed
from app.domain.milestone import Status, standing, standings
from app.domain.money import Value, in_euros
from app.domain.pledge import Counting, LinkKind, Pledge
from app.domain.share import counted_value, part_of_value, rest, shares
from app.domain.source import SourceKind
from app.domain.system import family
from app.store import history, rows, search, tally
from app.store.columns import core
from app.store.folding import folded
from app.store.ids import next_ids
from app.store.rates import rate_for
from app.store.reference import Reference, load
from app.store.tables import Claim, Event, Link, Milestone, Package, Party, PledgeGroup, PledgeSource, Portion, Source
from app.store.tables import Pledge as PledgeTable
from app.store.tables import Standing as StandingTable

PARTS = (Party, Milestone, Claim, Link, Portion, StandingTable, PledgeGroup, PledgeSource)
AT_ONCE = 400  # keys in one question
_pledge = core(PledgeTable)
_as_json = TypeAdapter(Pledge)


class Unresolved(ValueError):
    """A pledge refers to something that is not there; the message names both."""


def save(db: Connection, change: int, pledges: Sequence[Pledge]) -> list[history.Effect]:
    """Writes new pledges and, by their keys, new versions of known ones. Returns what history has to record."""
    names = Names.of(db, pledges)
    known = _known(db, [pledge.key for pledge in pledges])
    fresh = iter(next_ids(db, _pledge, sum(pledge.key not in known for pledge in pledges)))
    ids = {pledge.key: known[pledge.key][0] if pledge.key in known else next(fresh) for pledge in pledges}
    names.pledges |= ids
    written = _nothing_written()
    effects, found_by = [], []
    for pledge in pledges:
        number, version = ids[pledge.key], known.get(pledge.key, (0, 0))[1] + 1
        _add_rows(written, names, pledge, number, version)
        found_by.append((number, names.words(pledge)))
        operation = "update" if pledge.key in known else "create"
        effects.append(history.Effect("pledge", number, pledge.key, operation, version, names.snapshot(pledge)))
    touched = _envelopes(db, ids.values())
    old = [known[key][0] for key in known]
    gone = [values for some in _slices(old) for values in tally.held(db, some)]
    _replace(db, old, written)
    tally.add(db, _tallied(written), gone)
    search.write(db, found_by)
    _refresh_envelopes(db, touched | _envelopes(db, ids.values()))
    return effects


def worked_out(db: Connection, pledges: Mapping[int, tuple[Pledge, int]]) -> dict[Any, list[dict[str, Any]]]:
    """The rows, by their table, that pledges of these numbers and versions should have; to compare with those that
    are there."""
    told = [pledge for pledge, _ in pledges.values()]
    names = Names.of(db, told)
    names.pledges |= {pledge.key: number for number, (pledge, _) in pledges.items()}
    written = _nothing_written()
    for number, (pledge, version) in pledges.items():
        _add_rows(written, names, pledge, number, version)
    left = {number: rest(_value_of(row), parts) for number, row, parts in _drawn(db, list(pledges))}
    for portion in written[Portion]:
        if portion["pledge_id"] in left:
            part = part_of_value(left[portion["pledge_id"]], portion["of_money"])
            portion |= {"value_low": part.low, "value_point": part.point, "value_high": part.high}
    return written


def words_of(db: Connection, pledges: Mapping[int, Pledge]) -> dict[int, str]:
    """All that each pledge can be found by."""
    names = Names.of(db, list(pledges.values()))
    return {number: names.words(pledge) for number, pledge in pledges.items()}


def _nothing_written() -> dict[Any, list[dict[str, Any]]]:
    return {table: [] for table in (PledgeTable, *PARTS)}


class Names:
    """The natural names in a batch of pledges, and the rows they stand for."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.sources: dict[str, tuple[int, SourceKind, str]] = {}
        self.packages: dict[str, tuple[int, str]] = {}
        self.events: dict[str, tuple[int, str]] = {}
        self.pledges: dict[str, int] = {}

    @classmethod
    def of(cls, db: Connection, pledges: Sequence[Pledge]) -> "Names":
        names = cls(load(db))
        source, package, event = core(Source).c, core(Package).c, core(Event).c
        asked = {key for pledge in pledges for key in _source_keys(pledge)}
        for row in _by_keys(db, select(source.key, source.id, source.kind, source.url), source.key, asked):
            names.sources[row.key] = (row.id, row.kind, row.url)
        asked = {pledge.package for pledge in pledges if pledge.package}
        for row in _by_keys(db, select(package.key, package.id, package.title), package.key, asked):
            names.packages[row.key] = (row.id, row.title)
        for row in db.execute(select(event.slug, event.id, event.title)):
            names.events[row.slug] = (row.id, row.title)
        asked = {link.to for pledge in pledges for link in pledge.links}
        for row in _by_keys(db, select(_pledge.c.key, _pledge.c.id), _pledge.c.key, asked):
            names.pledges[row.key] = row.id
        return names

    def donor(self, code: str, pledge: Pledge) -> int:
        return self._found(self.reference.donor_ids.get(code), "donor", code, pledge)

    def system(self, slug: str | None, pledge: Pledge) -> int | None:
        return self._found(self.reference.system_ids.get(slug), "system", slug, pledge) if slug else None

    def event(self, slug: str | None, pledge: Pledge) -> int | None:
        return self._found(self.events.get(slug), "event", slug, pledge)[0] if slug else None

    def package(self, key: str | None, pledge: Pledge) -> int | None:
        return self._found(self.packages.get(key), "package", key, pledge)[0] if key else None

    def source(self, key: str | None, pledge: Pledge) -> int | None:
        return self._found(self.sources.get(key), "source", key, pledge)[0] if key else None

    def pledge(self, key: str, pledge: Pledge) -> int:
        return self._found(self.pledges.get(key), "pledge", key, pledge)

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
            told.append(self.events[pledge.event][1])
        return " ".join(told)

    def snapshot(self, pledge: Pledge) -> bytes:
        """The record as JSON with the names of what it refers to, so that it can be read when they have changed."""
        system = self.reference.system(pledge.system) if pledge.system else None
        codes = [pledge.lead, *(party.donor for party in pledge.parties)]
        named = {
            "donors": {code: donor.name for code in codes if (donor := self.reference.donor(code))},
            "system": [node.name for node in self.reference.line(system)] if system else [],
            "package": self.packages[pledge.package][1] if pledge.package else None,
            "event": self.events[pledge.event][1] if pledge.event else None,
            "sources": {key: self.sources[key][2] for key in sorted(_source_keys(pledge))},
        }
        body = _as_json.dump_json(pledge, exclude_defaults=True)
        return b'{"pledge":' + body + b',"names":' + _names_json.dump_json(named) + b"}"

    @staticmethod
    def _found(number: Any, kind: str, name: str, pledge: Pledge) -> Any:
        if number is None:
            raise Unresolved(f"The pledge {pledge.key} names the {kind} {name}, which is not known.")
        return number


_names_json = TypeAdapter(dict[str, Any])


def euros(pledge: Pledge) -> Value:
    """Worth in euros: as a dataset or source stated it, else by the rate of the day announced."""
    if pledge.value.known or pledge.amount is None:
        return pledge.value
    return in_euros(pledge.amount, rate_for(pledge.amount.currency, pledge.announced))


def _add_rows(
    written: dict[Any, list[dict[str, Any]]], names: Names, pledge: Pledge, number: int, version: int
) -> None:
    value = euros(pledge)
    kinds = {key: names.sources[key][1] for key in pledge.sources() if key in names.sources}
    told = disputed(pledge.claims)
    now = standing(list(pledge.milestones), pledge.quantity)
    system = names.system(pledge.system, pledge)
    code = names.reference.systems[system].code if system else ""
    written[PledgeTable].append(
        rows.pledge(pledge, value)
        | rows.standing(now)
        | {
            "id": number,
            "version": version,
            "visible": True,
            "lead_id": names.donor(pledge.lead, pledge),
            "system_id": system,
            "package_id": names.package(pledge.package, pledge),
            "event_id": names.event(pledge.event, pledge),
            "status": pledge.status_pin or now.status,
            "confidence": confidence(kinds, told),
            "disputed": " ".join(told),
            "sources": len(kinds),
            "system_code": code,
            "family_id": names.reference.system_codes[family(code)] if code else None,
            "title_folded": folded(pledge.title),
            "updated_at": history.now(),
        }
    )
    for party in pledge.parties:
        written[Party].append(rows.party(party) | {"pledge_id": number, "donor_id": names.donor(party.donor, pledge)})
    for one in pledge.milestones:
        written[Milestone].append(
            rows.milestone(one) | {"pledge_id": number, "source_id": names.source(one.source, pledge)}
        )
    for claim in pledge.claims:
        written[Claim].append(
            rows.claim(claim) | {"pledge_id": number, "source_id": names.source(claim.source, pledge)}
        )
    for link in pledge.links:
        written[Link].append(
            {"pledge_id": number, "to_id": names.pledge(link.to, pledge), "kind": link.kind, "note": link.note}
        )
    _add_summaries(written, names, pledge, number, value, kinds)


def _add_summaries(
    written: dict[Any, list[dict[str, Any]]],
    names: Names,
    pledge: Pledge,
    number: int,
    value: Value,
    kinds: dict[str, SourceKind],
) -> None:
    counted = counted_value(pledge, value, [])
    groups = set()
    for share in shares(pledge):
        donor = names.donor(share.donor, pledge)
        groups |= set(names.reference.donors[donor].groups(pledge.announced.latest))
        written[Portion].append(
            rows.portion(pledge.quantity, share, part_of_value(counted, share.money))
            | {"pledge_id": number, "donor_id": donor, "of_items": share.items, "of_money": share.money}
        )
    days = standings(list(pledge.milestones), pledge.quantity)
    for place, (since, stood) in enumerate(days):
        until = days[place + 1][0] if place + 1 < len(days) else None
        written[StandingTable].append(
            rows.standing(stood) | {"pledge_id": number, "since": since, "until": until, "status": stood.status}
        )
    written[PledgeGroup] += [{"pledge_id": number, "group": group} for group in sorted(groups)]
    written[PledgeSource] += [{"pledge_id": number, "source_id": names.sources[key][0]} for key in sorted(kinds)]


def _tallied(written: dict[Any, list[dict[str, Any]]]) -> list[tally.Values]:
    """What the written pledges are counted under."""
    donors: dict[int, list[int]] = {}
    groups: dict[int, list[str]] = {}
    for row in written[Portion]:
        donors.setdefault(row["pledge_id"], []).append(row["donor_id"])
    for row in written[PledgeGroup]:
        groups.setdefault(row["pledge_id"], []).append(row["group"])
    return [tally.values(row, donors.get(row["id"], []), groups.get(row["id"], [])) for row in written[PledgeTable]]


def _replace(db: Connection, known: list[int], written: dict[Any, list[dict[str, Any]]]) -> None:
    """Puts the rows in place. Parts of a known record are written anew; the record itself keeps its row, which
    others refer to."""
    for model in PARTS:
        for some in _slices(known):
            db.execute(delete(core(model)).where(core(model).c.pledge_id.in_(some)))
    old = set(known)
    fresh = [row for row in written[PledgeTable] if row["id"] not in old]
    if fresh:
        db.execute(insert(_pledge), fresh)
    for row in written[PledgeTable]:
        if row["id"] in old:
            db.execute(update(_pledge).where(_pledge.c.id == row["id"]).values(row))
    for model in PARTS:
        parts = written[model]
        if parts and "id" in core(model).c:
            for part, number in zip(parts, next_ids(db, core(model), len(parts)), strict=True):
                part["id"] = number
        if parts:
            db.execute(insert(core(model)), parts)


def _envelopes(db: Connection, pledges: Iterable[int]) -> set[int]:
    """The pledges themselves, where they are envelopes, and the envelopes that they are drawn from."""
    link, found = core(Link).c, set()
    for some in _slices(sorted(pledges)):
        itself = select(_pledge.c.id).where(_pledge.c.id.in_(some), _pledge.c.counting == Counting.ENVELOPE)
        drawn = select(link.to_id).where(link.pledge_id.in_(some), link.kind == LinkKind.DRAWN_FROM)
        found |= {*db.execute(itself).scalars(), *db.execute(drawn).scalars()}
    return found


def _refresh_envelopes(db: Connection, touched: set[int]) -> None:
    """What is left of each of these."""
    portion = core(Portion)
    for number, row, parts in _drawn(db, sorted(touched)):
        left = rest(_value_of(row), parts)
        for donor, money in db.execute(
            select(portion.c.donor_id, portion.c.of_money).where(portion.c.pledge_id == number)
        ).all():
            part = part_of_value(left, money)
            db.execute(
                update(portion)
                .where(portion.c.pledge_id == number, portion.c.donor_id == donor)
                .values(value_low=part.low, value_point=part.point, value_high=part.high)
            )


def _drawn(db: Connection, numbers: list[int]) -> Iterator[tuple[int, Any, list[Value]]]:
    """Those of the pledges that are envelopes, each with the values of its parts that are not cancelled."""
    link = core(Link).c
    ends = (_pledge.c.value_low, _pledge.c.value_point, _pledge.c.value_high)
    for some in _slices(numbers):
        envelopes = db.execute(
            select(_pledge.c.id, *ends).where(_pledge.c.id.in_(some), _pledge.c.counting == Counting.ENVELOPE)
        ).all()
        drawn: dict[int, list[Value]] = {row.id: [] for row in envelopes}
        parts = (
            select(link.to_id, *ends)
            .join_from(core(Link), _pledge, _pledge.c.id == link.pledge_id)
            .where(link.kind == LinkKind.DRAWN_FROM, link.to_id.in_(list(drawn)), _pledge.c.visible)
            .where(_pledge.c.status != Status.CANCELLED)
        )
        for row in db.execute(parts):
            drawn[row.to_id].append(_value_of(row))
        yield from ((row.id, row, drawn[row.id]) for row in envelopes)


def _value_of(row: Any) -> Value:
    return Value(low=row.value_low, point=row.value_point, high=row.value_high)


def _known(db: Connection, keys: list[str]) -> dict[str, tuple[int, int]]:
    found = _by_keys(db, select(_pledge.c.key, _pledge.c.id, _pledge.c.version), _pledge.c.key, set(keys))
    return {row.key: (row.id, row.version) for row in found}


def _source_keys(pledge: Pledge) -> set[str]:
    return {claim.source for claim in pledge.claims} | {one.source for one in pledge.milestones if one.source}


def _by_keys(db: Connection, question: Any, column: Any, keys: Iterable[str]) -> Iterable[Any]:
    for some in _slices(sorted(keys)):
        yield from db.execute(question.where(column.in_(some)))


def _slices(keys: list[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
