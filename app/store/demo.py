"""Made-up records, marked as such, to see how the pages do with many: the same for everybody who makes them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from random import Random

from sqlalchemy import func, select

from app.domain.claim import Claim, ClaimField, Rank, Reason
from app.domain.donor import Donor, DonorKind
from app.domain.event import Event
from app.domain.milestone import CountBasis, DeliveryPoint, Milestone, Status
from app.domain.money import Amount, AmountBasis, Value, ValueSetBy
from app.domain.package import Package
from app.domain.pledge import (
    AidType,
    Beneficiary,
    Counting,
    Link,
    LinkKind,
    Party,
    PartyRole,
    Pledge,
    ShareKind,
)
from app.domain.quantity import UNDISCLOSED, Qualifier, Quantity, exact, quantity
from app.domain.source import Source, SourceKind
from app.domain.system import Role, System, Unit
from app.domain.when import When, month, on
from app.formats.seed_folder import Seed
from app.store import history, saving, seeding
from app.store.columns import core
from app.store.database import Database
from app.store.reference import Reference, load
from app.store.tables import Pledge as PledgeTable

DATASET, RELEASE = "Demonstration", "made up"
SUMMARY = "Made up for demonstration: no such pledge exists."
ORIGIN = "demo"
AT_ONCE = 4_000
SOURCES, PACKAGES, EVENTS = 1_500, 600, 6
FIRST_DAY, DAYS = date(2022, 2, 24), 1_700

# Every so many rows, with the remainder below: such rows can be found again without being kept.
ENVELOPE, UMBRELLA = (97, 5), (83, 7)
OTHER_COUNTING = {
    11: Counting.FUNDING,
    23: Counting.BACKFILL,
    37: Counting.REPLENISHMENT,
    53: Counting.REIMBURSEMENT,
    71: Counting.DUPLICATE,
}
LINK_OF = {
    Counting.BACKFILL: LinkKind.BACKFILLS,
    Counting.REPLENISHMENT: LinkKind.REPLENISHES,
    Counting.REIMBURSEMENT: LinkKind.REIMBURSES,
    Counting.DUPLICATE: LinkKind.RESTATES,
    Counting.FUNDING: LinkKind.FUNDS,
}
CURRENCIES = {"US": "USD", "GB": "GBP", "NO": "NOK", "SE": "SEK", "DK": "DKK", "PL": "PLN", "CA": "CAD", "JP": "JPY"}
CURRENCIES |= {"CZ": "CZK", "CH": "CHF", "AU": "AUD", "RO": "RON", "UA": "UAH", "TW": "TWD", "NATO": "USD"}
TYPICAL = {  # the largest number that is usual in one pledge
    Unit.MISSILE: 400,
    Unit.ROUND: 120_000,
    Unit.PERSON_TRAINED: 6_000,
    Unit.TONNE: 900,
    Unit.UAV: 2_000,
    Unit.VEHICLE: 150,
    Unit.OTHER: 5_000,
    Unit.SET: 300,
}
STAGES = [Status.COMMITTED, Status.ALLOCATED, Status.CONTRACTED]
WORDS = {
    Qualifier.AT_LEAST: "at least {}",
    Qualifier.UP_TO: "up to {}",
    Qualifier.ABOUT: "about {}",
    Qualifier.ESTIMATED: "{} by estimate",
    Qualifier.ORDER_OF_MAGNITUDE: "hundreds",
    Qualifier.SOME: "some",
    Qualifier.UNDISCLOSED: "undisclosed",
}
QUALIFIERS = list(Qualifier)
QUALIFIER_WEIGHTS = [52, 6, 8, 9, 3, 5, 2, 6, 9]


def make(database: Database, rows: int, told: Callable[[int], None] = lambda written: None) -> int:
    """Adds made-up pledges until there are `rows` of them, and returns how many that took. The database holds the
    seed already: its donors, systems and meetings are referred to. `told` hears how many are written so far."""
    seeding.plant(database, _references(), comment="Made-up sources, packages and meetings.", origin=ORIGIN)
    with database.reading() as db:
        cast = _Cast.of(load(db))
        there = select(func.count()).where(core(PledgeTable).c.key.startswith("demo-", autoescape=True))
        first = db.execute(there).scalar_one() + 1
    for start in range(first, rows + 1, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, rows + 1))
        with database.writing() as db:
            act = history.Act(author=seeding.AUTHOR, comment=f"Made-up records from {numbers[0]}.", origin=ORIGIN)
            history.record(db, act, saving.save(db, [_pledge(number, cast) for number in numbers]))
        told(numbers[-1])
    return max(0, rows - first + 1)


@dataclass(frozen=True)
class _Cast:
    """Who gives what, the frequent ones first; the weights add up from one to the next."""

    donors: list[Donor]
    donor_weights: list[float]
    systems: list[System]
    system_weights: list[float]
    events: list[str]

    @classmethod
    def of(cls, reference: Reference) -> "_Cast":
        shuffled = Random(2022)
        states_first = sorted(reference.donors.values(), key=lambda one: (one.kind is not DonorKind.STATE, one.code))
        known = sorted(reference.systems.values(), key=lambda one: one.code)
        shuffled.shuffle(known)
        return cls(
            states_first,
            list(accumulate(1 / (place + 2) ** 0.8 for place in range(len(states_first)))),
            known,
            list(accumulate(1 / (place + 4) ** 0.7 for place in range(len(known)))),
            sorted(event.slug for event in reference.events.values()),
        )


def _references() -> Seed:
    kinds = list(SourceKind)
    languages = ["en", "en", "de", "uk", "fr", "pl"]
    seed = Seed()
    for number in range(1, SOURCES + 1):
        key = f"demo-source-{number:04}"
        seed.sources[key] = Source(
            key=key,
            url=f"https://demonstration.example/{number}",
            title=f"Made-up report {number}",
            publisher=f"Demonstration {number % 40 + 1}",
            kind=kinds[number % len(kinds)],
            language=languages[number % len(languages)],
            published_on=_day(number * 7) if number % 9 else None,
        )
    for number in range(1, EVENTS + 1):
        event = Event(slug=f"demo-meeting-{number}", title=f"Made-up meeting {number}", dates=on(_day(number * 200)))
        seed.events[event.slug] = event
    for number in range(1, PACKAGES + 1):
        key = f"demo-package-{number:04}"
        seed.packages[key] = Package(
            key=key,
            donor=("US", "DE", "GB", "FR", "DK")[number % 5],
            title=f"Made-up package {number}",
            announced=on(_day(number * 3)),
            total=_money(Random(number), ("USD", "EUR", "GBP", "EUR", "DKK")[number % 5], 2_000),
            dataset=DATASET,
            release=RELEASE,
        )
    return seed


def _pledge(number: int, cast: _Cast) -> Pledge:
    chance = Random(number * 7_919)
    counting = _counting(number)
    lead = _lead(number, cast)
    system = None if chance.random() < 0.07 else chance.choices(cast.systems, cum_weights=cast.system_weights)[0]
    role, unit = _kind(chance, system)
    announced = _announced(chance)
    how_many = _quantity(chance, unit)
    aid = AidType.MILITARY
    if counting in (Counting.ENVELOPE, Counting.FUNDING):
        system, role, unit, how_many = None, Role.FUNDING, Unit.OTHER, UNDISCLOSED
    elif system is None:
        aid = chance.choices(list(AidType), [2, 3, 4])[0]
    elif system.code.startswith("HU"):
        aid = AidType.HUMANITARIAN
    amount, value = _worth(chance, lead, counting)
    made = Pledge(
        key=_key(number),
        lead=lead.code,
        title=_title(chance, system, lead, how_many, role),
        aid=aid,
        system=system.slug if system else None,
        role=role,
        unit=unit,
        quantity=how_many,
        amount=amount,
        value=value,
        announced=announced,
        expected=_expected(chance, announced),
        counting=counting,
        beneficiary=_beneficiary(chance, counting),
        supplier=chance.choice(["", "", "", "Demonstration Works", "Made-up Industries"]),
        package=f"demo-package-{chance.randint(1, PACKAGES):04}" if chance.random() < 0.25 else None,
        event=chance.choice(cast.events) if chance.random() < 0.2 else None,
        summary=SUMMARY,
        note=chance.choice(["", "", "", "Aus Beständen der Streitkräfte.", "З наявних запасів.", "From stocks."]),
        dataset=DATASET,
        release=RELEASE,
        dataset_key=f"{number}",
        links=_links(chance, number, counting),
    )
    made = replace(made, parties=_parties(chance, cast, made))
    made = replace(made, milestones=_milestones(chance, made), claims=_claims(chance, made, cast))
    if chance.random() < 0.01:
        made = replace(made, status_pin=Status.ON_HOLD, status_pin_reason="Made up: waits for a decision.")
    return made


def _counting(number: int) -> Counting:
    for (every, rest), counting in ((ENVELOPE, Counting.ENVELOPE), (UMBRELLA, Counting.UMBRELLA)):
        if number % every == rest:
            return counting
    return OTHER_COUNTING.get(number % 101, Counting.COUNTS)


def _lead(number: int, cast: _Cast) -> Donor:
    """Apart from the rest, so that a part can be given the donor of its envelope."""
    return Random(number).choices(cast.donors, cum_weights=cast.donor_weights)[0]


def _kind(chance: Random, system: System | None) -> tuple[Role, Unit]:
    if system is None:
        return Role.COMPLETE_SYSTEM, Unit.OTHER
    role, unit = system.default_role or Role.COMPLETE_SYSTEM, system.default_unit or Unit.OTHER
    if role in (Role.COMPLETE_SYSTEM, Role.LAUNCHER) and system.code.startswith("AD") and chance.random() < 0.4:
        return (Role.INTERCEPTOR, Unit.MISSILE) if system.effector == "missile" else (Role.GUN_AMMUNITION, Unit.ROUND)
    dice = chance.random()
    if dice < 0.05:
        return Role.SPARES_SUPPORT, Unit.SET
    if dice < 0.08:
        return Role.TRAINING, Unit.PERSON_TRAINED
    return role, unit


def _quantity(chance: Random, unit: Unit) -> Quantity:
    qualifier = chance.choices(QUALIFIERS, QUALIFIER_WEIGHTS)[0]
    number = Decimal(max(1, int(TYPICAL.get(unit, 40) ** chance.random())))
    words = WORDS.get(qualifier, "{}").format(f"{number:,}")
    match qualifier:
        case Qualifier.SOME | Qualifier.UNDISCLOSED:
            return quantity(qualifier, words=words)
        case Qualifier.RANGE:
            return quantity(qualifier, number, number * 2, words=f"{number:,} to {number * 2:,}")
        case Qualifier.UP_TO:
            return quantity(qualifier, number, firm=number // 4 if chance.random() < 0.3 else None, words=words)
        case Qualifier.ORDER_OF_MAGNITUDE if chance.random() < 0.5:
            return quantity(qualifier, Decimal(100), Decimal(900), words=words)
        case Qualifier.ORDER_OF_MAGNITUDE:
            return quantity(qualifier, words=words)
        case _:
            return quantity(qualifier, number, words=words)


def _worth(chance: Random, lead: Donor, counting: Counting) -> tuple[Amount | None, Value]:
    dice = chance.random()
    if counting is Counting.ENVELOPE:
        return _money(chance, CURRENCIES.get(lead.code, "EUR"), 8_000), Value()
    if counting is not Counting.FUNDING and dice < 0.45:
        return None, Value()
    if dice < 0.6:
        euros = Decimal(chance.randint(1, 40_000)) * 10_000
        return None, Value(low=euros, point=euros, high=euros, set_by=ValueSetBy.DATASET)
    return _money(chance, CURRENCIES.get(lead.code, "EUR"), 400), Value()


def _money(chance: Random, currency: str, most: int) -> Amount:
    """In whole hundred thousands, up to so many millions."""
    number = Decimal(max(1, int((most * 10) ** chance.random()))) * 100_000
    qualifier = chance.choices([Qualifier.EXACT, Qualifier.UP_TO, Qualifier.ABOUT, Qualifier.AT_LEAST], [7, 1, 2, 1])[0]
    told = quantity(qualifier, number)
    words = f"{currency} {number / 1_000_000:,} million"
    basis = chance.choice(list(AmountBasis))
    return Amount(qualifier, told.low, told.point, told.high, words, currency=currency, basis=basis)


def _announced(chance: Random) -> When:
    dice, day = chance.random(), _day(int(DAYS * chance.random() ** 1.2))
    if dice < 0.04:
        return When()
    if dice < 0.12:
        return month(day.year, day.month)
    if dice < 0.15:
        return When(None, day, f"by {day:%B %Y}")
    return on(day)


def _expected(chance: Random, announced: When) -> When:
    if announced.latest is None or chance.random() < 0.6:
        return When()
    day = announced.latest + timedelta(days=chance.randint(20, 900))
    return on(day) if chance.random() < 0.5 else When(None, date(day.year, 12, 31), f"by the end of {day.year}")


def _beneficiary(chance: Random, counting: Counting) -> Beneficiary:
    if counting is Counting.REPLENISHMENT:
        return Beneficiary.DONOR_STOCK
    if counting is Counting.BACKFILL:
        return Beneficiary.THIRD_PARTY
    return chance.choices([Beneficiary.UKRAINE, Beneficiary.MIXED, Beneficiary.UNCLEAR], [95, 2, 3])[0]


def _title(chance: Random, system: System | None, lead: Donor, how_many: Quantity, role: Role) -> str:
    name, count = (system.name if system else role.title), how_many.words
    match chance.randint(0, 19):
        case 0 | 1 if system and system.name_uk:
            return f"{system.name_uk} для України: {lead.name_uk or lead.name}"
        case 2 | 3 if system and system.name_de:
            return f"{system.name_de} für die Ukraine"
        case 4 | 5 | 6:
            return f"{lead.name}: {name}"
        case 7 | 8:
            return f"{name}, further delivery"
        case _:
            return f"{name} ({count})" if role is not Role.FUNDING else f"{lead.name}: support for Ukraine"


def _links(chance: Random, number: int, counting: Counting) -> tuple[Link, ...]:
    """To earlier records only, so that no circle can come about."""
    found = []
    if number > 200 and counting is Counting.COUNTS:
        dice = chance.random()
        if dice < 0.06:
            found.append(Link(kind=LinkKind.DRAWN_FROM, to=_key(_before(chance, number, ENVELOPE))))
        elif dice < 0.1:
            found.append(Link(kind=LinkKind.PART_OF, to=_key(_before(chance, number, UMBRELLA))))
        elif dice < 0.13:
            kind = chance.choice([LinkKind.AMMUNITION_FOR, LinkKind.RELATED, LinkKind.SUPERSEDES])
            found.append(Link(kind=kind, to=_key(chance.randint(max(1, number - 400), number - 1)), note="Made up."))
    elif number > 1 and counting in LINK_OF:
        found.append(Link(kind=LINK_OF[counting], to=_key(chance.randint(max(1, number - 60), number - 1))))
    return tuple(found)


def _before(chance: Random, number: int, of: tuple[int, int]) -> int:
    """An earlier row of that kind; the remainders never fall on the same row within one cycle."""
    every, rest = of
    place = (number - 1 - rest) // every
    return max(0, place - chance.randint(0, min(place, 3))) * every + rest


def _parties(chance: Random, cast: _Cast, made: Pledge) -> tuple[Party, ...]:
    if chance.random() > 0.09 and made.counting is not Counting.UMBRELLA:
        return ()
    others = [one.code for one in chance.sample(cast.donors[:25], 3) if one.code != made.lead]
    found = []
    for place, code in enumerate(others[: chance.randint(1, 2)]):
        role = chance.choices(list(PartyRole), [5, 3, 1, 1])[0]
        kind = chance.choice([None, ShareKind.PERCENT, ShareKind.PERCENT, ShareKind.QUANTITY, ShareKind.AMOUNT])
        top = made.quantity.point or made.quantity.high
        if kind is ShareKind.PERCENT:
            share, currency = Decimal(chance.choice([10, 20, 25, 40])) / (place + 1), ""
        elif kind is ShareKind.QUANTITY and top:
            share, currency = Decimal(int(top) // 3), ""
        elif kind is ShareKind.AMOUNT and made.amount and made.amount.point:
            share, currency = Decimal(int(made.amount.point) // 4), made.amount.currency
        else:
            kind, share, currency = None, None, ""
        found.append(Party(donor=code, role=role, share_kind=kind, share=share, currency=currency))
    return tuple(found)


def _milestones(chance: Random, made: Pledge) -> tuple[Milestone, ...]:
    day = made.announced.latest or _day(chance.randint(0, DAYS))
    found = []
    if chance.random() < 0.02:
        found.append(Milestone(status=Status.SIGNALLED, dates=When(None, day)))
    for stage in STAGES[: chance.choices([0, 1, 2, 3], [5, 2, 2, 1])[0]]:
        day += timedelta(days=chance.randint(1, 60))
        found.append(Milestone(status=stage, dates=on(day), source=_source(chance)))
    if made.counting in (Counting.COUNTS, Counting.BACKFILL) and made.role is not Role.FUNDING:
        found += _deliveries(chance, made, day)
    if chance.random() < 0.04:
        side = chance.choice([Status.ON_HOLD, Status.CANCELLED, Status.LAPSED, Status.SUPERSEDED])
        found.append(Milestone(status=side, dates=on(day + timedelta(days=200)), source=_source(chance)))
    return tuple(found)


def _deliveries(chance: Random, made: Pledge, day: date) -> Iterator[Milestone]:
    if chance.random() < 0.35:
        return
    whole = made.quantity.point or made.quantity.high
    point = chance.choices(list(DeliveryPoint), [1, 3, 2, 1, 3])[0]
    come = Decimal(0)
    for _ in range(chance.choices([1, 2, 3], [6, 3, 1])[0]):
        day += timedelta(days=chance.randint(10, 150))
        basis = chance.choices(list(CountBasis), [4, 4, 2])[0]
        some = Decimal(max(1, int((whole or 10) * Decimal(chance.choice([1, 2, 3, 4])) / 4)))
        come = come + some if basis is CountBasis.INCREMENT else some
        told = exact(some) if whole and chance.random() < 0.85 else quantity(Qualifier.SOME)
        dates = When() if chance.random() < 0.03 else on(day)
        yield Milestone(basis=basis, point=point, quantity=told, dates=dates, source=_source(chance))


def _claims(chance: Random, made: Pledge, cast: _Cast) -> tuple[Claim, ...]:
    if chance.random() < 0.12:
        return ()
    first = _source(chance)
    found = [
        Claim(
            field=ClaimField.QUANTITY,
            source=first,
            words=made.quantity.words,
            quantity=made.quantity,
            rank=Rank.PREFERRED,
            quote="Made up." if chance.random() < 0.3 else "",
        )
    ]
    if made.amount is not None:
        words = made.amount.words
        found.append(Claim(field=ClaimField.AMOUNT, source=first, words=words, amount=made.amount, rank=Rank.PREFERRED))
    if made.announced and chance.random() < 0.3:
        found.append(Claim(field=ClaimField.ANNOUNCED, source=_source(chance), dates=made.announced))
    if chance.random() < 0.3:
        found.append(_rival(chance, made, cast))
    return tuple(found)


def _rival(chance: Random, made: Pledge, cast: _Cast) -> Claim:
    """A second source: it agrees, differs, or is set aside."""
    source, most = _source(chance), made.quantity.point or made.quantity.high
    match chance.randint(0, 5):
        case 0 if most:
            other = exact(most * 2 + 1)
            return Claim(field=ClaimField.QUANTITY, source=source, words=f"{most * 2 + 1:,}", quantity=other)
        case 1 if most:
            return Claim(
                field=ClaimField.QUANTITY,
                source=source,
                words=f"{most * 10:,}",
                quantity=exact(most * 10),
                rank=Rank.DEPRECATED,
                reason=chance.choice(list(Reason)),
            )
        case 2:
            return Claim(field=ClaimField.BENEFICIARY, source=source, code=Beneficiary.UKRAINE, words="for Ukraine")
        case 3 if made.system:
            return Claim(field=ClaimField.SYSTEM, source=source, code=made.system, words=made.system)
        case _:
            return Claim(field=ClaimField.QUANTITY, source=source, words=made.quantity.words, quantity=made.quantity)


def _source(chance: Random) -> str:
    """Few sources stand behind many records."""
    return f"demo-source-{int(SOURCES * chance.random() ** 2) + 1:04}"


def _key(number: int) -> str:
    return f"demo-{number:06}"


def _day(offset: int) -> date:
    return FIRST_DAY + timedelta(days=offset % DAYS)
