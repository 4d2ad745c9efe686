"""What a dataset states that its lines add up to, beside what they do add up to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.domain.codes import N_, Code
from app.domain.pledge import AidType

CLOSE = Decimal(500_000)  # euros: half of the last digit that is published, in billions with three decimals


class Measure(Code):
    ALLOCATION = "allocation", N_("allocated")
    COMMITMENT = "commitment", N_("committed")
    DELIVERY = "delivery", N_("delivered")


# donor, kind of aid, measure
Cell = tuple[str, AidType, str]


@dataclass(frozen=True)
class Note:
    """Why a published figure is another than the sum of its lines. An empty measure or kind of aid holds for all.
    `including`: a further donor whose lines are in the figure."""

    measure: str
    donor: str
    aid: str
    including: str
    told: str

    def holds(self, cell: Cell) -> bool:
        donor, aid, measure = cell
        return self.donor == donor and self.aid in ("", aid) and self.measure in ("", measure)


@dataclass(frozen=True)
class Held:
    """One published figure beside the sum of its lines."""

    donor: str
    aid: AidType
    measure: str
    published: Decimal
    lines: Decimal
    notes: tuple[str, ...] = ()

    @property
    def apart(self) -> Decimal:
        """How much more the lines add up to."""
        return self.lines - self.published

    @property
    def equal(self) -> bool:
        return abs(self.apart) <= CLOSE


def held_beside(published: Mapping[Cell, Decimal], lines: Mapping[Cell, Decimal], notes: Sequence[Note]) -> list[Held]:
    """Every published figure, by donor. A donor whose lines are in another's figure has none of its own."""
    return [_held(cell, published[cell], lines, notes) for cell in sorted(published)]


def _held(cell: Cell, euros: Decimal, lines: Mapping[Cell, Decimal], notes: Iterable[Note]) -> Held:
    donor, aid, measure = cell
    mine = [note for note in notes if note.holds(cell)]
    both = [donor, *(note.including for note in mine if note.including)]
    added = sum((lines.get((one, aid, measure), Decimal(0)) for one in both), Decimal(0))
    return Held(donor, aid, measure, euros, added, tuple(note.told for note in mine))
