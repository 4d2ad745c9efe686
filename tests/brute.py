"""The questions of the store answered the slow way: over domain values, one by one, without a database."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from random import Random

from app.domain.claim import confidence, disputed
from app.domain.filter import CODES, Facet, PledgeFilter
from app.domain.milestone import Standing, Status, standing
from app.domain.pledge import Counting, LinkKind, Pledge
from app.domain.quantity import Qualifier, Quantity, Sum, summed
from app.domain.share import counted_value, part_of_value, shares
from app.domain.system import family, path
from app.domain.totals import COUNTS_AS_MONEY, NOTHING_COUNTS, Kind, left_out_because
from app.formats.seed_folder import Seed
from app.store import pledges
from app.store.folding import words
from app.store.saving import euros

CLOSED = (Status.DELIVERED, Status.CANCELLED, Status.LAPSED, Status.SUPERSEDED)


@dataclass
class Brute:
    seed: Seed
    today: date = field(default_factory=date.today)

    @cached_property
    def donors(self):
        return {donor.code: donor for donor in self.seed.donors}

    @cached_property
    def systems(self):
        return {system.slug: system for system in self.seed.systems}

    @cached_property
    def by_code(self):
        return {system.code: system for system in self.seed.systems}

    @cached_property
    def told(self) -> list["Told"]:
        return [Told(self, pledge) for pledge in self.seed.pledges.values()]

    @cached_property
    def by_key(self):
        return {one.pledge.key: one for one in self.told}

    def matching(self, wanted: PledgeFilter, but: Facet | None = None) -> list["Told"]:
        return [] if _impossible(wanted, but) else [one for one in self.told if one.fits(wanted, but)]

    def facet_counts(self, wanted: PledgeFilter, facet: Facet) -> dict[str, int]:
        found = self.matching(wanted, but=facet)
        return dict(Counter(value for one in found for value in one.values(facet, wanted.as_of)))

    def items(self, wanted: PledgeFilter) -> dict[Kind, tuple[Sum, Sum, int]]:
        """Pledged, delivered and records, by kind."""
        pledged: dict[Kind, list[Quantity]] = {}
        come: dict[Kind, list[Quantity]] = {}
        records: Counter[Kind] = Counter()
        for one in self.matching(wanted):
            if left_out_because(one.pledge.counting, one.standing(wanted.as_of).status):
                continue
            records[one.kind] += any(share.items for share in one.shares(wanted))
            for share in [share for share in one.shares(wanted) if share.items]:
                pledged.setdefault(one.kind, []).append(one.pledge.quantity.part(share.items))
                come.setdefault(one.kind, []).append(one.arrived(wanted.as_of).part(share.items))
        return {kind: (summed(pledged[kind]), summed(come[kind]), records[kind]) for kind in pledged}

    def euros(self, wanted: PledgeFilter) -> Sum:
        parts = []
        for one in self.matching(wanted):
            if one.pledge.counting in COUNTS_AS_MONEY and one.standing(wanted.as_of).status not in NOTHING_COUNTS:
                qualifier = one.pledge.amount.qualifier if one.pledge.amount else Qualifier.EXACT
                for share in [share for share in one.shares(wanted) if share.money]:
                    value = part_of_value(one.counted, share.money)
                    parts.append(Quantity(qualifier, value.low, value.point, value.high))
        return summed(parts)


@dataclass
class Told:
    """A pledge and what follows from it."""

    all: Brute
    pledge: Pledge

    @cached_property
    def code(self) -> str:
        return self.all.systems[self.pledge.system].code if self.pledge.system else ""

    @property
    def kind(self) -> Kind:
        return Kind(family(self.code), self.pledge.role, self.pledge.unit)

    @cached_property
    def value(self):
        return euros(self.pledge)

    @cached_property
    def counted(self):
        drawn = [
            one.value
            for one in self.all.told
            for link in one.pledge.links
            if link.kind is LinkKind.DRAWN_FROM
            and link.to == self.pledge.key
            and one.standing(None).status is not Status.CANCELLED
        ]
        return counted_value(self.pledge, self.value, drawn if self.pledge.counting is Counting.ENVELOPE else [])

    @cached_property
    def disputed(self):
        return disputed(self.pledge.claims)

    @cached_property
    def words(self) -> list[str]:
        one, seed = self.pledge, self.all.seed
        text = [one.title, one.summary, one.note, one.supplier]
        for code in {one.lead, *(party.donor for party in one.parties)}:
            donor = self.all.donors[code]
            text += [donor.code, donor.name, donor.name_de, donor.name_uk, *donor.aliases]
        for code in path(self.code) if self.code else []:
            system = self.all.by_code[code]
            text += [system.name, system.name_de, system.name_uk, *system.aliases]
        text += [seed.events[one.event].title] if one.event else []
        return words(" ".join(text))

    def standing(self, as_of: date | None) -> Standing:
        milestones = [one for one in self.pledge.milestones if as_of is None or one.dates.by(as_of)]
        told = standing(milestones, self.pledge.quantity)
        pin = self.pledge.status_pin if as_of is None else None
        return Standing(pin or told.status, told.delivered, told.on_its_way)

    def arrived(self, as_of: date | None) -> Quantity:
        """A pledge without a number adds nothing known and leaves the upper end open."""
        come = self.standing(as_of).delivered
        if not come.numbered:
            return Quantity(self.pledge.quantity.qualifier)
        return Quantity(self.pledge.quantity.qualifier, come.low, come.point, come.high)

    def shares(self, wanted: PledgeFilter):
        codes = wanted.values(Facet.DONOR)
        return [share for share in shares(self.pledge) if not codes or share.donor in codes]

    def values(self, facet: Facet, as_of: date | None) -> list[str]:
        """The values of a facet that this pledge stands under."""
        one, day = self.pledge, self.pledge.announced.latest
        match facet:
            case Facet.DONOR:
                return [share.donor for share in shares(one)]
            case Facet.GROUP:
                codes = [share.donor for share in shares(one)]
                return sorted({str(group) for code in codes for group in self.all.donors[code].groups(day)})
            case Facet.SYSTEM:
                return [self.all.by_code[code].slug for code in path(self.code)] if self.code else []
            case Facet.AT:
                return [one.system] if one.system else []
            case Facet.STATUS:
                return [str(self.standing(as_of).status)]
            case Facet.YEAR:
                return [str(day.year)] if day else []
            case Facet.MONTH:
                return [f"{day:%Y-%m}"] if day else []
            case Facet.QUALIFIER:
                return [str(one.quantity.qualifier)]
            case Facet.SOURCE:
                return ["yes" if one.sources() else "no"]
            case Facet.CONFIDENCE:
                kinds = {key: self.all.seed.sources[key].kind for key in one.sources()}
                return [str(confidence(kinds, self.disputed))]
            case Facet.LACKS:
                return self._lacks(as_of)
            case Facet.OVERDUE:
                due, status = one.expected.latest, self.standing(as_of).status
                return ["yes"] if due and due < (as_of or self.all.today) and status not in CLOSED else []
            case _:
                value = getattr(one, facet)
                return [str(value)] if value else []

    def _lacks(self, as_of: date | None) -> list[str]:
        one = self.pledge
        lacking = {
            "date": one.announced.latest is None,
            "quantity": not one.quantity.numbered,
            "delivered": not self.standing(as_of).delivered.reports,
            "value": not self.value.known,
            "system": self.code.count(".") < 2,
        }
        return [name for name, lacks in lacking.items() if lacks]

    def fits(self, wanted: PledgeFilter, but: Facet | None = None) -> bool:
        day = self.pledge.announced.latest
        if (wanted.since and (not day or day < wanted.since)) or (wanted.to and (not day or day > wanted.to)):
            return False
        if wanted.as_of and (not day or day > wanted.as_of):
            return False
        if wanted.q and not self.said(wanted.q):
            return False
        return all(
            facet == but or set(values) & set(self.values(facet, wanted.as_of))
            for facet, values in wanted.chosen.items()
        )

    def said(self, question: str) -> bool:
        asked = words(question)
        return bool(asked) and set(asked[:-1]) <= set(self.words) and any(w.startswith(asked[-1]) for w in self.words)


def _impossible(wanted: PledgeFilter, but: Facet | None) -> bool:
    return any(one.parameter != but for one in wanted.unread) and wanted.impossible


def every(db, wanted, reference, columns) -> list:
    """All rows of a filter in one list."""
    return [row for some in pledges.every(db, wanted, reference, columns) for row in some]


def random_filters(brute: Brute, number: int, seed: int = 7) -> list[PledgeFilter]:
    """Filters as readers make them: some facets with values that occur, some words, some days."""
    chance = Random(seed)
    facets = [facet for facet in Facet if facet is not Facet.PACKAGE]
    found = []
    for _ in range(number):
        wanted = PledgeFilter()
        for facet in chance.sample(facets, chance.choice([0, 1, 1, 2, 3])):
            for _ in range(chance.choice([1, 1, 2])):
                value = _value(chance, brute, facet)
                wanted = wanted.with_(facet, value) if value else wanted
        some = chance.choice(brute.told)
        if chance.random() < 0.2:
            wanted = wanted.but(q=" ".join(chance.sample(some.words, 2)))
        if chance.random() < 0.25 and some.pledge.announced.latest:
            wanted = wanted.but(as_of=some.pledge.announced.latest)
        if chance.random() < 0.1 and some.pledge.announced.latest:
            wanted = wanted.but(since=some.pledge.announced.latest)
        found.append(wanted)
    return found


def _value(chance: Random, brute: Brute, facet: Facet) -> str | None:
    if facet in CODES and chance.random() < 0.3:
        return str(chance.choice(list(CODES[facet])))
    values = chance.choice(brute.told).values(facet, None)
    return chance.choice(values) if values else None
