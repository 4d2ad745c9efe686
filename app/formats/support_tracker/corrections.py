"""Lines with which the tracker takes money back that it booked on others. Release 28 has two of them.

A pledge cannot be worth less than nothing, and the totals have to stay those that are published. So a correction is no
pledge that counts: it lowers other lines of the same donor, kind and measure, and all of them say so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.formats.support_tracker.lines import Line


@dataclass
class Corrections:
    """By row of the sheet: how much a line is lowered, and which lines belong together by that."""

    lowered: dict[int, Decimal] = field(default_factory=dict)
    beside: dict[int, list[Line]] = field(default_factory=dict)
    left: dict[int, Decimal] = field(default_factory=dict)  # of a correction: what no other line could bear


def corrections_in(lines: Sequence[Line]) -> Corrections:
    """The dataset does not say what it corrects: of the same activity first, then the latest line before it."""
    found = Corrections()
    for line in lines:
        if not line.refused and line.euros and line.euros < 0:
            _set_off(line, lines, found)
    return found


def _set_off(correction: Line, lines: Iterable[Line], found: Corrections) -> None:
    left = -(correction.euros or Decimal(0))
    kind = correction.donor, correction.aid, correction.measure
    others = [one for one in lines if (one.donor, one.aid, one.measure) == kind and (one.euros or 0) > 0]
    for one in sorted(others, key=lambda one: _nearness(one, correction), reverse=True):
        bears = min(left, (one.euros or Decimal(0)) - found.lowered.get(one.place.row, Decimal(0)))
        if bears > 0:
            left -= bears
            found.lowered[one.place.row] = found.lowered.get(one.place.row, Decimal(0)) + bears
            found.beside.setdefault(one.place.row, []).append(correction)
            found.beside.setdefault(correction.place.row, []).append(one)
        if not left:
            return
    found.left[correction.place.row] = left


def _nearness(one: Line, correction: Line) -> tuple[bool, bool, bool, date, int]:
    """A line that can bear all of it goes before one that cannot."""
    day, end = one.when.latest or date.min, correction.when.latest or date.max
    enough = (one.euros or 0) >= -(correction.euros or 0)
    return one.named and one.activity == correction.activity, enough, day <= end, day, -one.place.row
