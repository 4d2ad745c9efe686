"""Round ticks from 0 and places along an axis, in percent."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from math import floor, log10

STUB_ROOM = Decimal("0.93")  # an open end needs 22 px after the number, on a phone about 7 % of the bar


@dataclass(frozen=True)
class Scale:
    """From 0 to `top`. No ticks: there is no number to compare, and nothing to print on the axis."""

    top: Decimal
    ticks: tuple[Decimal, ...] = ()

    def percent(self, number: Decimal | None) -> float:
        """Where a number lies, 0 to 100. None, and what lies outside, stay on the axis."""
        if not number or not self.top:
            return 0.0
        return min(100.0, max(0.0, float(number / self.top * 100)))


@dataclass(frozen=True)
class Tick:
    """A place on an axis and what stands there; the first and last words stay within it."""

    x: str
    text: str
    at: float = 0

    @property
    def anchor(self) -> str:
        return "start" if self.at <= 0 else "end" if self.at > 97 else "middle"


def scale(numbers: Iterable[Decimal], *, opened: Iterable[Decimal] = (), most: int = 4) -> Scale:
    """A scale that holds all numbers, with at most `most` steps. After those in `opened` there is room for a stub, if
    need be beyond the last tick. Nothing above 0: no ticks."""
    with_stub = max(opened, default=Decimal(0))
    highest = max(*numbers, with_stub, Decimal(0), Decimal(0))
    if highest <= 0:
        return Scale(Decimal(1))
    step = round_step(highest / most)
    if highest >= 1 and step < 1:
        step = Decimal(1)
    steps = int((highest / step).to_integral_value(ROUND_CEILING))
    return Scale(max(step * steps, with_stub / STUB_ROOM), tuple(plain(step * count) for count in range(steps + 1)))


def round_step(least: Decimal) -> Decimal:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is not under `least`; 2.5 only where it stays whole."""
    power = Decimal(10) ** floor(log10(least))
    for digits in ("1", "2", "2.5", "5", "10", "20"):
        step = Decimal(digits) * power
        if step >= least and (digits != "2.5" or step >= 10):
            return plain(step)
    return plain(power * 50)


def place(percent: float) -> str:
    """A place as an attribute: "33.33%", without closing zeros."""
    return f"{percent:.2f}".rstrip("0").rstrip(".") + "%"


def plain(number: Decimal) -> Decimal:
    """Without an exponent, so that it prints as people write it."""
    return Decimal(f"{number.normalize():f}")
