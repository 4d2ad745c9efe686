"""Pledges written whole: the record, its parts, what follows from them, and the history, in one transaction."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, delete, select, update

from app.domain.claim import confidence, disputed
from app.domain.milestone import Status, standing, standings
from app.domain.money import Value, in_euros
from app.domain.pledge import Counting, LinkKind, Pledge, State
from app.domain.share import counted_value, part_of_value, rest, shares
from app.domain.source import SourceKind
from app.domain.system import family
from app.store import history, rows, search, tally
from app.store.columns import core
from app.store.folding import folded
from app.store.ids import next_ids
from app.store.many import insert_many
from app.store.names import Names, by_keys, slices
from app.store.rates import rate_for
from app.store.reference import Reference
from app.store.tables import (
    Claim,
    Link,
    Milestone,
    Party,
    PledgeGroup,
    PledgeSource,
    Portion,
    Revision,
    Snapshot,
)
from app.store.tables import Pledge as PledgeTable
from app.store.tables import Standing as StandingTable

PARTS = (Party, Milestone, Claim, Link, Portion, StandingTable, PledgeGroup, PledgeSource)
_pledge = core(PledgeTable)
_as_json = TypeAdapter(Pledge)


class Moved(Exception):
    """A record was written by somebody else in the very moment; nothing of this write stays."""


def save(db: Connection, pledges: Sequence[Pledge], reference: Reference | None = None) -> list[history.Effect]:
    """Writes new pledges and, by their keys, new versions of known ones. Returns what history has to record.
    `reference` where it is known already, as of this transaction."""
    names = Names.of(db, pledges, reference)
    known = _known(db, [pledge.key for pledge in pledges])
    fresh = iter(next_ids(db, _pledge, sum(pledge.key not in known for pledge in pledges)))
    ids = {pledge.key: known[pledge.key].id if pledge.key in known else next(fresh) for pledge in pledges}
    names.pledges |= {pledge.key: (ids[pledge.key], pledge.title) for pledge in pledges}
    versions = {pledge.key: known[pledge.key].version + 1 if pledge.key in known else 1 for pledge in pledges}
    numbered = {ids[pledge.key]: (pledge, versions[pledge.key]) for pledge in pledges}
    _put(db, names, numbered, {row.id: row.version for row in known.values()})
    effects = []
    for pledge in pledges:
        key, before = pledge.key, known.get(pledge.key)
        operation = _operation(before.state if before else None, pledge.state)
        effects.append(history.Effect("pledge", ids[key], key, operation, versions[key], names.snapshot(pledge)))
    return effects


def refresh(db: Connection, numbers: Iterable[int]) -> None:
    """Works out anew what follows from records when what they refer to has changed. No version is written."""
    for some in slices(sorted(numbers)):
        pledges = current(db, some)
        names = Names.of(db, [pledge for pledge, _ in pledges.values()])
        names.pledges |= {pledge.key: (number, pledge.title) for number, (pledge, _) in pledges.items()}
        _put(db, names, pledges, {number: version for number, (_, version) in pledges.items()})


def current(db: Connection, numbers: Iterable[int]) -> dict[int, tuple[Pledge, int]]:
    """The records of these numbers as they stand, each with its version."""
    revision, snapshot, found = core(Revision), core(Snapshot), {}
    at_version = (
        (revision.c.record == "pledge")
        & (revision.c.record_id == _pledge.c.id)
        & (revision.c.version == _pledge.c.version)
    )
    question = (
        select(_pledge.c.id, _pledge.c.version, snapshot.c.body)
        .join_from(_pledge, revision, at_version)
        .join(snapshot, snapshot.c.revision_id == revision.c.id)
    )
    for some in slices(list(numbers)):
        for row in db.execute(question.where(_pledge.c.id.in_(some))):
            found[row.id] = read(row.body), row.version
    return found


def versions(db: Connection, keys: Iterable[str]) -> dict[str, int]:
    """Key to version of those that are there, whatever their state."""
    return {key: row.version for key, row in _known(db, list(keys)).items()}


def read(body: bytes) -> Pledge:
    """The pledge of a snapshot."""
    return _as_json.validate_python(json.loads(body)["pledge"])


def as_json(pledge: Pledge) -> bytes:
    """The pledge alone, without the names of a snapshot."""
    return _as_json.dump_json(pledge, exclude_defaults=True)


def of_json(body: bytes) -> Pledge:
    return _as_json.validate_json(body)


def _put(db: Connection, names: Names, pledges: Mapping[int, tuple[Pledge, int]], versions: Mapping[int, int]) -> None:
    """Puts the rows of these pledges in place, with all that follows. `versions` are those that stand now, of the
    records that are there already."""
    written = _nothing_written()
    for number, (pledge, version) in pledges.items():
        _add_rows(written, names, pledge, number, version)
    touched = _envelopes(db, pledges)
    gone = [values for some in slices(list(versions)) for values in tally.held(db, some)]
    _replace(db, versions, written)
    tally.add(db, _tallied(written), gone)
    search.write(db, [(number, names.words(pledge)) for number, (pledge, _) in pledges.items()])
    _refresh_envelopes(db, touched | _envelopes(db, pledges))


def _operation(before: State | None, now: State) -> str:
    """What a write does to a record, in a word of the history."""
    if now is State.DELETED:
        return "delete"
    if now is State.DRAFT:
        return "draft"
    if before is None:
        return "create"
    return {State.DRAFT: "publish", State.DELETED: "restore"}.get(before, "update")


def worked_out(db: Connection, pledges: Mapping[int, tuple[Pledge, int]]) -> dict[Any, list[dict[str, Any]]]:
    """The rows, by their table, that pledges of these numbers and versions should have; to compare with those that
    are there."""
    told = [pledge for pledge, _ in pledges.values()]
    names = Names.of(db, told)
    names.pledges |= {pledge.key: (number, pledge.title) for number, (pledge, _) in pledges.items()}
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


def euros(pledge: Pledge) -> Value:
    """Worth in euros: as a dataset or source stated it, else by the rate of the day announced."""
    if pledge.value.known or pledge.amount is None:
        return pledge.value
    return in_euros(pledge.amount, rate_for(pledge.amount.currency, pledge.announced))


def _add_rows(
    written: dict[Any, list[dict[str, Any]]], names: Names, pledge: Pledge, number: int, version: int
) -> None:
    value = euros(pledge)
    kinds = {key: names.sources[key].kind for key in pledge.sources() if key in names.sources}
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
            "state": pledge.state,
            "visible": pledge.state is State.PUBLISHED,
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
    written[PledgeSource] += [{"pledge_id": number, "source_id": names.sources[key].id} for key in sorted(kinds)]


def _tallied(written: dict[Any, list[dict[str, Any]]]) -> list[tally.Values]:
    """What the written pledges are counted under."""
    donors: dict[int, list[int]] = {}
    groups: dict[int, list[str]] = {}
    for row in written[Portion]:
        donors.setdefault(row["pledge_id"], []).append(row["donor_id"])
    for row in written[PledgeGroup]:
        groups.setdefault(row["pledge_id"], []).append(row["group"])
    return [tally.values(row, donors.get(row["id"], []), groups.get(row["id"], [])) for row in written[PledgeTable]]


def _replace(db: Connection, known: Mapping[int, int], written: dict[Any, list[dict[str, Any]]]) -> None:
    """Puts the rows in place. Parts of a known record are written anew; the record itself keeps its row, which
    others refer to. Raises Moved when it is not at the version it was known to be at."""
    fresh = [row for row in written[PledgeTable] if row["id"] not in known]
    insert_many(db, _pledge, fresh)
    for row in written[PledgeTable]:
        if row["id"] in known:
            this = (_pledge.c.id == row["id"]) & (_pledge.c.version == known[row["id"]])
            if db.execute(update(_pledge).where(this).values(row)).rowcount != 1:
                raise Moved
    for model in PARTS:
        for some in slices(list(known)):
            db.execute(delete(core(model)).where(core(model).c.pledge_id.in_(some)))
    for model in PARTS:
        parts = written[model]
        if parts and "id" in core(model).c:
            for part, number in zip(parts, next_ids(db, core(model), len(parts)), strict=True):
                part["id"] = number
        insert_many(db, core(model), parts)


def _envelopes(db: Connection, pledges: Iterable[int]) -> set[int]:
    """The pledges themselves, where they are envelopes, and the envelopes that they are drawn from."""
    link, found = core(Link).c, set()
    for some in slices(sorted(pledges)):
        itself = select(_pledge.c.id).where(_pledge.c.id.in_(some), _pledge.c.counting == Counting.ENVELOPE)
        drawn = select(link.to_id).where(link.pledge_id.in_(some), link.kind == LinkKind.DRAWN_FROM)
        found |= {*db.execute(itself).scalars(), *db.execute(drawn).scalars()}
    # Two writers that draw from one envelope work out its rest one after the other.
    held = select(_pledge.c.id).order_by(_pledge.c.id).with_for_update(key_share=True)
    for some in slices(sorted(found)):
        db.execute(held.where(_pledge.c.id.in_(some)))
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
    for some in slices(numbers):
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


def _known(db: Connection, keys: list[str]) -> dict[str, Row[Any]]:
    question = select(_pledge.c.key, _pledge.c.id, _pledge.c.version, _pledge.c.state)
    return {row.key: row for row in by_keys(db, question, _pledge.c.key, set(keys))}
