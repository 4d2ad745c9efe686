"""What pledges refer to, small enough to be held whole: donors, the system tree, events, coverage."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import Connection, func, select

from app.domain import donor as donors
from app.domain import system as systems
from app.domain.when import When
from app.store.columns import core
from app.store.tables import Coverage, DatasetState, Donor, Event, Membership, Pledge, System

_d, _m, _s, _e = (core(table).c for table in (Donor, Membership, System, Event))


@dataclass(frozen=True)
class EventName:
    slug: str
    title: str
    dates: When


@dataclass(frozen=True)
class Reach:
    """Records of one part of the tree, complete up to a day as a dataset tells them."""

    system: str  # slug
    until: date
    dataset: str
    release: str


@dataclass
class Reference:
    """As it stood at one count of committed changes. By id, and by the name used in addresses."""

    epoch: str
    counter: int
    changed_at: datetime | None
    records: int
    giving: int  # donors with at least one pledge
    donors: dict[int, donors.Donor]
    systems: dict[int, systems.System]
    events: dict[int, EventName]
    coverage: list[Reach]

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

    @property
    def until(self) -> date | None:
        return max((reach.until for reach in self.coverage), default=None)


def load(db: Connection) -> Reference:
    epoch, counter, changed_at = state(db)
    memberships: dict[int, list[donors.Membership]] = defaultdict(list)
    for row in db.execute(select(_m.donor_id, _m.group, _m.since, _m.until)):
        memberships[row.donor_id].append(donors.Membership(group=row.group, since=row.since, until=row.until))
    pledge = core(Pledge).c
    records, giving = db.execute(
        select(func.count(), func.count(pledge.lead_id.distinct())).where(pledge.visible)
    ).one()
    slugs = {row.id: row.slug for row in db.execute(select(_s.id, _s.slug))}
    cover = core(Coverage).c
    return Reference(
        epoch=epoch,
        counter=counter,
        changed_at=changed_at,
        records=records,
        giving=giving,
        donors={
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
        systems={
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
        events={
            row.id: EventName(row.slug, row.title, When(row.earliest, row.latest, row.dates_words))
            for row in db.execute(
                select(_e.id, _e.slug, _e.title, _e.earliest, _e.latest, _e.dates_words).order_by(
                    _e.latest.desc(), _e.id
                )
            )
        },
        coverage=[
            Reach(slugs[row.system_id], row.until, row.dataset, row.release)
            for row in db.execute(select(cover.system_id, cover.until, cover.dataset, cover.release).order_by(cover.id))
        ],
    )


def state(db: Connection) -> tuple[str, int, datetime | None]:
    """Epoch, count of committed changes, time of the last one."""
    columns = core(DatasetState).c
    row = db.execute(select(columns.epoch, columns.counter, columns.changed_at)).one_or_none()
    return (row.epoch, row.counter, row.changed_at) if row else ("", 0, None)


class Remembered:
    """The reference as last loaded, loaded again when the count of committed changes has moved."""

    def __init__(self) -> None:
        self._last: Reference | None = None

    def __call__(self, db: Connection) -> Reference:
        epoch, counter, _ = state(db)
        last = self._last
        if last is None or (last.epoch, last.counter) != (epoch, counter):
            last = self._last = load(db)
        return last


def _divided(aliases: str) -> tuple[str, ...]:
    return tuple(alias for alias in aliases.split("|") if alias)
