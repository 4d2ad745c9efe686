"""What pledges refer to, small enough to be held whole: donors, the system tree, events, coverage."""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row, func, select

from app.domain import donor as donors
from app.domain import system as systems
from app.domain.import_run import ImportState
from app.domain.when import When
from app.store.columns import core
from app.store.tables import (
    Change,
    Coverage,
    DatasetState,
    Donor,
    Event,
    ImportRun,
    Membership,
    Pledge,
    System,
    Tally,
)
from app.store.tally import ALONE, NUMBERED

_d, _m, _s, _e = (core(table).c for table in (Donor, Membership, System, Event))


@dataclass(frozen=True)
class EventName:
    slug: str
    title: str
    dates: When


@dataclass(frozen=True)
class Reach:
    """Records of one part of the tree, complete up to a day as a dataset tells them."""

    system: str  # slug; "" for all of it, and aid that is no goods
    until: date
    dataset: str
    release: str


@dataclass
class Reference:
    """As it stood at one count of committed changes. By id, and by the name used in addresses."""

    epoch: str
    counter: int
    changed_at: datetime | None
    named: tuple[str, int]  # epoch, and the count of those changes that touched any of these
    records: int
    giving: int  # donors with at least one pledge
    donors: dict[int, donors.Donor]
    systems: dict[int, systems.System]
    events: dict[int, EventName]
    coverage: list[Reach]
    whole: list[Reach]  # every kind of aid: datasets that were read in whole

    @cached_property
    def donor_ids(self) -> dict[str, int]:
        return {donor.code: number for number, donor in self.donors.items()}

    @cached_property
    def system_ids(self) -> dict[str, int]:
        return {system.slug: number for number, system in self.systems.items()}

    @cached_property
    def system_codes(self) -> dict[str, int]:
        return {system.code: number for number, system in self.systems.items()}

    @cached_property
    def event_ids(self) -> dict[str, int]:
        return {event.slug: number for number, event in self.events.items()}

    def donor(self, code: str) -> donors.Donor | None:
        number = self.donor_ids.get(code)
        return None if number is None else self.donors[number]

    def system(self, slug: str) -> systems.System | None:
        number = self.system_ids.get(slug)
        return None if number is None else self.systems[number]

    def line(self, system: systems.System) -> list[systems.System]:
        """The nodes from the category down to this one."""
        return [self.systems[self.system_codes[code]] for code in systems.path(system.code)]

    @cached_property
    def children(self) -> dict[str, list[systems.System]]:
        """Code of a node to the nodes right below it, in the order of their codes; "" for the categories."""
        found: dict[str, list[systems.System]] = defaultdict(list)
        for one in sorted(self.systems.values(), key=lambda system: system.code):
            found[one.parent or ""].append(one)
        return found

    def moved_on(self, changed: dict[str, Any]) -> "Reference":
        """The same names at a later count; what was worked out from them goes along."""
        later = copy(self)
        vars(later).update(changed)
        return later

    @property
    def until(self) -> date | None:
        return max((reach.until for reach in self.reaches), default=None)

    @property
    def reaches(self) -> list[Reach]:
        """What is covered in part and whole; a dataset that was read in whole as that reading has it."""
        whole = {reach.dataset for reach in self.whole}
        return [reach for reach in self.coverage if reach.dataset not in whole] + self.whole


def load(db: Connection) -> Reference:
    """All of it, read anew."""
    return Reference(**_changing(db, _state(db)), **_lasting(db))


def state(db: Connection) -> tuple[str, int, datetime | None]:
    """Epoch, count of committed changes, time of the last one."""
    row = _state(db)
    return (row.epoch, row.counter, row.changed_at) if row else ("", 0, None)


class Remembered:
    """The reference as last loaded. When the count of committed changes has moved, what a save changes is asked for
    anew; the names only when their own count has moved too.

    A transaction that writes is told what it would see, and nobody else is: it may be taken back. One that has
    written a donor, a system, an event or the coverage itself has to `load`."""

    def __init__(self) -> None:
        self._last: Reference | None = None  # never changed, only replaced: threads may share it

    def __call__(self, db: Connection) -> Reference:
        now, last = _state(db), self._last
        if last is None or now is None or last.named != _named(now):
            found = Reference(**_changing(db, now), **_lasting(db))
        elif last.counter != now.counter:
            found = last.moved_on(_changing(db, now))
        else:
            return last
        if not db.get_execution_options().get("writes"):
            self._last = found
        return found


def _state(db: Connection) -> Row[Any] | None:
    return db.execute(select(core(DatasetState))).one_or_none()


def _named(state: Row[Any]) -> tuple[str, int]:
    return state.epoch, state.names


def _changing(db: Connection, state: Row[Any] | None) -> dict[str, Any]:
    """What every save may change. No pledge is read to count them: their number is kept, and a donor gives when one
    is found in the index."""
    tally, pledge = core(Tally).c, core(Pledge).c
    records = select(func.coalesce(func.sum(tally.number), 0)).where(
        tally.facet == ALONE, tally.value == "", tally.other == NUMBERED
    )
    one = select(pledge.id).where(pledge.lead_id == _d.id, pledge.visible).limit(1).scalar_subquery()
    giving = select(func.count()).select_from(core(Donor)).where(one.is_not(None))
    return {
        "epoch": state.epoch if state else "",
        "counter": state.counter if state else 0,
        "changed_at": state.changed_at if state else None,
        "named": _named(state) if state else ("", 0),
        "records": int(db.execute(records).scalar_one()),
        "giving": db.execute(giving).scalar_one(),
    }


def _lasting(db: Connection) -> dict[str, Any]:
    """What changes with a donor, a system, an event or the coverage."""
    memberships: dict[int, list[donors.Membership]] = defaultdict(list)
    for row in db.execute(select(_m.donor_id, _m.group, _m.since, _m.until)):
        memberships[row.donor_id].append(donors.Membership(group=row.group, since=row.since, until=row.until))
    slugs = {row.id: row.slug for row in db.execute(select(_s.id, _s.slug))}
    cover = core(Coverage).c
    return {
        "donors": {
            row.id: donors.Donor(
                code=row.code,
                slug=row.slug,
                name=row.name,
                name_de=row.name_de,
                name_uk=row.name_uk,
                kind=row.kind,
                aliases=_divided(row.aliases),
                memberships=tuple(memberships[row.id]),
            )
            for row in db.execute(select(core(Donor)).order_by(_d.name))
        },
        "systems": {
            row.id: systems.System(
                code=row.code,
                slug=row.slug,
                name=row.name,
                name_de=row.name_de,
                name_uk=row.name_uk,
                aliases=_divided(row.aliases),
                range_band=row.range_band,
                effector=row.effector,
                default_role=row.default_role,
                default_unit=row.default_unit,
                maker=row.maker,
                origin=row.origin,
                note=row.note,
                source_url=row.source_url,
            )
            for row in db.execute(select(core(System)).order_by(_s.code))
        },
        "events": {
            row.id: EventName(row.slug, row.title, When(row.earliest, row.latest, row.dates_words))
            for row in db.execute(
                select(_e.id, _e.slug, _e.title, _e.earliest, _e.latest, _e.dates_words).order_by(
                    _e.latest.desc(), _e.id
                )
            )
        },
        "coverage": [
            Reach(slugs[row.system_id], row.until, row.dataset, row.release)
            for row in db.execute(select(cover.system_id, cover.until, cover.dataset, cover.release).order_by(cover.id))
        ],
        "whole": _whole(db),
    }


def _whole(db: Connection) -> list[Reach]:
    """Of each dataset that was read in whole, the newest reading that stands."""
    run, change = core(ImportRun).c, core(Change).c
    taken_back = select(change.reverts_id).where(change.reverts_id.is_not(None))
    question = (
        select(run.dataset, run.release, run.until)
        .where(run.state == ImportState.APPLIED, run.until.is_not(None))
        .where(run.change_id.is_(None) | run.change_id.not_in(taken_back))
        .order_by(run.id)
    )
    newest = {row.dataset: Reach("", row.until, row.dataset, row.release) for row in db.execute(question)}
    return list(newest.values())


def _divided(aliases: str) -> tuple[str, ...]:
    return tuple(alias for alias in aliases.split("|") if alias)
