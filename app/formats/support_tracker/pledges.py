"""A line of the tracker as a pledge."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.claim import Claim, ClaimField, Rank
from app.domain.mapping import folded
from app.domain.milestone import CountBasis, DeliveryPoint, Milestone, Status
from app.domain.money import Amount
from app.domain.numerals import Unreadable
from app.domain.pledge import AidType, Counting, Pledge
from app.domain.quantity import UNDISCLOSED, Qualifier, Quantity, quantity_from
from app.domain.source import Source
from app.domain.system import Role, Unit
from app.domain.when import When
from app.formats.row import Item, Known
from app.formats.support_tracker.corrections import Corrections
from app.formats.support_tracker.dataset import DATASET
from app.formats.support_tracker.lines import Line
from app.formats.support_tracker.money import AT_ODDS, amount_of, at_odds, owner_of, value_of
from app.formats.support_tracker.numbers import Read
from app.formats.support_tracker.packages import Packages
from app.formats.support_tracker.sources import Sources
from app.formats.support_tracker.titles import title_of

LOCATOR = "as recorded in the dataset named"
TAKEN_BACK = "The dataset takes EUR {euros:,.2f} back here from what it booked before: {lines} counts for less by that."
LOWERED = "Worth EUR {euros:,.2f} less than on this line of the dataset, which takes that back: {lines}."
DELIVERED = "Delivered so far, as the dataset values it: EUR {euros:,.2f}."
COUNTED = "The dataset counts {units:,f} of something on this line, and does not say of what."
MONEY = Item(None, Role.FUNDING, Unit.OTHER)
GOODS = Item(None, Role.COMPLETE_SYSTEM, Unit.OTHER)
OF_GOODS = ("equipment", "medic", "weapons")


@dataclass(frozen=True)
class Release:
    """What is needed to make a pledge of a line. `until`: the last day that the release tells of."""

    known: Known
    until: date | None
    packages: Packages
    sources: Sources
    corrections: Corrections

    def pledge(self, line: Line) -> Pledge:
        group = self.packages.groups[line.group]
        owner = owner_of(line, group, self.packages.dollars) if line.named else "only line"
        amount = amount_of(line, owner)
        package = self.packages.of.get(line.group)
        told, arrived = self.sources.told(line), self.sources.arrived(line)
        kind = item_of(line, self.known) or GOODS
        counted = kind.role != Role.FUNDING  # money has no number of items, whatever the dataset counts there
        quantity = _quantity(line.units) if counted and (line.item or line.units.number is not None) else None
        key = self._key(line)
        return Pledge(
            key=f"kiel-{self.known.release.lower()}/{key}",
            lead=line.donor,
            title=title_of(line),
            aid=line.aid or AidType.MILITARY,
            system=kind.system,
            role=kind.role,
            unit=kind.unit,
            quantity=quantity or UNDISCLOSED,
            amount=amount,
            value=value_of(self._worth(line)),
            announced=line.when,
            counting=_counting(line),
            package=package.key if package else None,
            note=self._note(line, amount, counted),
            dataset=DATASET,
            release=self.known.release,
            dataset_key=key,
            milestones=tuple(self._milestones(line, counted, told, arrived)),
            claims=tuple(_claims(line, quantity, amount, told, arrived if counted else [])),
        )

    def _key(self, line: Line) -> str:
        return f"KIEL{self.known.release.upper()}-{line.activity}-{line.number:03}"

    def _worth(self, line: Line) -> Decimal | None:
        """None where the dataset has nothing, or nothing is left of it; 0 stands there for what is booked elsewhere."""
        euros = (line.euros or Decimal(0)) - self.corrections.lowered.get(line.place.row, Decimal(0))
        return euros if euros > 0 else None

    def _note(self, line: Line, amount: Amount | None, counted: bool) -> str:
        """Of this line alone: what others say must not change it."""
        notes = []
        if line.initiative:
            notes.append(f"Initiative: {line.initiative}.")
        if at_odds(line, amount, self.packages.dollars):
            notes.append(AT_ODDS)
        if beside := self.corrections.beside.get(line.place.row):
            lowered = self.corrections.lowered.get(line.place.row)
            note, euros = (LOWERED, lowered) if lowered else (TAKEN_BACK, abs(line.euros or Decimal(0)))
            notes.append(note.format(euros=euros, lines=", ".join(map(self._key, beside))))
        if line.units.number is not None and not counted:
            notes.append(COUNTED.format(units=line.units.number.normalize()))
        if line.delivered_euros:
            notes.append(DELIVERED.format(euros=line.delivered_euros))
        return " ".join(notes)

    def _milestones(self, line: Line, counted: bool, told: list[Source], arrived: list[Source]) -> list[Milestone]:
        """The dataset does not say when something was delivered: by its last day."""
        status = Status.ALLOCATED if line.measure == "allocation" else Status.COMMITTED
        found = [Milestone(status=status, dates=line.when, source=told[0].key)]
        if counted and line.delivered.number is not None and line.delivered.number >= 0:
            found.append(
                Milestone(
                    basis=CountBasis.RUNNING_TOTAL,
                    point=DeliveryPoint.UNSTATED,
                    quantity=_quantity(line.delivered),
                    dates=self._by_last_day(line.when),
                    source=(arrived or told)[0].key,
                )
            )
        return found

    def _by_last_day(self, when: When) -> When:
        if self.until is None:
            return When()
        earliest = when.earliest if when.earliest and when.earliest <= self.until else None
        return When(earliest, self.until, f"by {_in_words(self.until)}")


def item_of(line: Line, known: Known) -> Item | None:
    """What is given; None where nobody has said yet what the item is. No item is an item of military lines only."""
    if line.item:
        return known.items.get(folded(line.item))
    if line.aid is AidType.MILITARY:
        return known.items.get("", MONEY) if line.item_heading else MONEY
    goods = line.aid is AidType.HUMANITARIAN and any(word in line.specific.casefold() for word in OF_GOODS)
    return GOODS if goods else MONEY


def _counting(line: Line) -> Counting:
    """A line that takes money back is no pledge: it tells of others."""
    if line.euros and line.euros < 0:
        return Counting.DUPLICATE
    return Counting.COUNTS if line.measure == "allocation" else Counting.ENVELOPE


def _quantity(units: Read) -> Quantity:
    """A number is exact. A lone dot stands where nothing is counted; other words may still tell something."""
    number = units.number
    if number is not None and number >= 0:
        return Quantity(Qualifier.EXACT, number, number, number, units.words)
    if units.words in ("", "."):
        return Quantity(Qualifier.UNDISCLOSED, words="not given")
    try:
        told = quantity_from(units.words)
    except Unreadable:
        told = UNDISCLOSED
    return Quantity(told.qualifier, told.low, told.point, told.high, units.words[:200])


def _claims(
    line: Line, quantity: Quantity | None, amount: Amount | None, told: list[Source], arrived: list[Source]
) -> list[Claim]:
    """On the number of things of each source; else on the money, or on the day."""
    preferred = next((source for source in told if source.kind.official), told[0])
    bare = Amount(amount.qualifier, amount.low, amount.point, amount.high, currency=amount.currency) if amount else None
    found = []
    for source in told:
        rank = Rank.PREFERRED if source is preferred else Rank.NORMAL
        if quantity:
            found.append(_claim(ClaimField.QUANTITY, source, rank, words=quantity.words, quantity=quantity))
        elif bare:
            found.append(_claim(ClaimField.AMOUNT, source, rank, amount=bare))
        elif line.when:
            known_day = line.when.latest is not None
            rank = rank if known_day else Rank.NORMAL
            found.append(_claim(ClaimField.ANNOUNCED, source, rank, words=line.when.words, dates=line.when))
    if bare and found and found[0].field is ClaimField.QUANTITY:
        found.append(_claim(ClaimField.AMOUNT, preferred, Rank.PREFERRED, amount=bare))
    if arrived and line.delivered.number is not None and line.delivered.number >= 0:
        delivered = _quantity(line.delivered)
        found += [
            _claim(
                ClaimField.DELIVERED,
                source,
                Rank.PREFERRED if source is arrived[0] else Rank.NORMAL,
                words=delivered.words,
                quantity=delivered,
            )
            for source in arrived
        ]
    return found


def _claim(field: ClaimField, source: Source, rank: Rank, **said: object) -> Claim:
    return Claim(field=field, source=source.key, rank=rank, locator=LOCATOR, **said)  # ty: ignore[invalid-argument-type]


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
