"""How many: exact, up to, about, undisclosed; read and written as people do. Sums keep the doubt."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, Decimal

from app.domain.codes import N_
from app.domain.doubt import UNKNOWN, Qualifier, Statement, statement_from, statement_typed
from app.domain.numerals import LARGEST, TOO_LARGE, Nonsense, Unreadable, numeral
from app.domain.system import Unit

MILLION = 1_000_000
SMALLEST_STEP = Decimal("0.000001")
NOUNS = sorted({form for unit in Unit for form in (unit.title, unit.title.removesuffix("s"), unit.replace("_", " "))})
UNIT = re.compile(rf" (?:of )?(?:{'|'.join(NOUNS)})$", re.IGNORECASE)

NOT_UNDERSTOOD = N_("Not understood. Write “about 200”, “150 to 250” or “undisclosed”.")


class NotExact(ValueError):
    """A number that cannot be kept exactly: not finite, negative, too large or finer than six decimals."""


def checked(number: Decimal) -> Decimal:
    """The number itself. Raises NotExact with a sentence for the person who typed it."""
    if not number.is_finite():
        raise NotExact(f"{number} is not a number.")
    if number < 0:
        raise NotExact("A number cannot be negative.")
    if number > LARGEST:
        raise NotExact("The number is too large; the largest is 9,000,000,000,000.")
    if number != number.quantize(SMALLEST_STEP, rounding=ROUND_DOWN):
        raise NotExact(f"{number} has more than six decimals.")
    return number


@dataclass(frozen=True)
class Quantity:
    """What was said of a number. `low`, `point` and `high` follow from the qualifier; None is unknown,
    0 is stated to be zero. `words` are those of the source."""

    qualifier: Qualifier
    low: Decimal | None = None
    point: Decimal | None = None
    high: Decimal | None = None
    words: str = ""

    @property
    def numbered(self) -> bool:
        return not (self.low is None and self.point is None and self.high is None)

    @property
    def assumed(self) -> bool:
        """Whether the bounds are ours and not the source's."""
        return self.qualifier is Qualifier.ABOUT

    def differs_from(self, other: "Quantity") -> bool:
        """Whether the two cannot both be true: their intervals do not overlap. An end that is not given is open."""
        return _ends_before(self, other) or _ends_before(other, self)

    def part(self, weight: int) -> "Quantity":
        """`weight` millionths of it, rounded down to a millionth, as the database does it."""
        if weight == MILLION:
            return self
        return replace(
            self,
            low=portion_of(self.low, weight),
            point=portion_of(self.point, weight),
            high=portion_of(self.high, weight),
        )


def quantity(
    qualifier: Qualifier,
    number: Decimal | None = None,
    to: Decimal | None = None,
    *,
    firm: Decimal | None = None,
    words: str = "",
) -> Quantity:
    """Low, point and high by the rule of the qualifier. `to` ends a range, `firm` is the sure part of an `up_to`."""
    for given in (number, to, firm):
        if given is not None:
            checked(given)
    low = point = high = None
    match qualifier:
        case Qualifier.EXACT:
            low = point = high = number
        case Qualifier.AT_LEAST:
            low = number
        case Qualifier.UP_TO:
            low, high = firm or Decimal(0), number
        case Qualifier.ABOUT if number is not None:
            low, point, high = _outward(number)
        case Qualifier.RANGE:
            low, high = number, to
        case Qualifier.ESTIMATED:
            point = number
        case Qualifier.ORDER_OF_MAGNITUDE:
            low, high = number, to
    if low is not None and high is not None and low > high:
        raise NotExact("The lower number is above the higher one.")
    return Quantity(qualifier, low, point, high, words)


def exact(number: int | Decimal, words: str = "") -> Quantity:
    return quantity(Qualifier.EXACT, Decimal(number), words=words)


UNDISCLOSED = Quantity(Qualifier.UNDISCLOSED)


def quantity_from(text: str) -> Quantity:
    """What an editor wrote: “18”, “about 200”, “up to 1,000”, “hundreds (200 to 900)”, nothing for undisclosed.
    A unit after the number is passed over. Raises Unreadable."""
    try:
        return stated(statement_from(text, UNIT))
    except Nonsense:
        raise Unreadable(NOT_UNDERSTOOD) from None


def quantity_typed(one: Quantity) -> str:
    """What an editor would write. It reads back as the same quantity; words come back only where they tell more
    than the numbers. A qualifier without its number is undisclosed."""
    return statement_typed(statement(one), UNIT, numeral, _span)


def stated(said: Statement) -> Quantity:
    """Raises Unreadable where the bounds of “about” are too large to be kept."""
    one = quantity(said.qualifier, said.number, said.to, firm=said.firm, words=said.words)
    if one.high is not None and one.high > LARGEST:
        raise Unreadable(TOO_LARGE)
    return one


def statement(one: Quantity) -> Statement:
    """The numbers as they are said, not as they follow."""
    if one.qualifier is Qualifier.UP_TO:
        return Statement(one.qualifier, one.high, firm=one.low or None, words=one.words)
    number = one.low if one.point is None else one.point
    return Statement(one.qualifier, number, one.high, words=one.words)


@dataclass(frozen=True)
class Sum:
    """Quantities of one unit added up. Donors say "18", "up to 1,000" or nothing, and the sum keeps the doubt."""

    low: Decimal = Decimal(0)
    point: Decimal = Decimal(0)  # of the `known` members only
    high: Decimal | None = Decimal(0)  # None: no upper end was given
    known: int = 0  # members with a point
    numbered: int = 0  # members with any number
    members: int = 0
    assumed: bool = False  # a bound is ours: one of the members says "about"

    def plus(self, one: Quantity) -> "Sum":
        return Sum(
            low=self.low + (one.low or 0),
            point=self.point + (one.point or 0),
            high=None if self.high is None or one.high is None else self.high + one.high,
            known=self.known + (one.point is not None),
            numbered=self.numbered + one.numbered,
            members=self.members + 1,
            assumed=self.assumed or one.assumed,
        )

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(
            low=self.low + other.low,
            point=self.point + other.point,
            high=None if self.high is None or other.high is None else self.high + other.high,
            known=self.known + other.known,
            numbered=self.numbered + other.numbered,
            members=self.members + other.members,
            assumed=self.assumed or other.assumed,
        )

    @property
    def sure(self) -> bool:
        """Whether low, point and high are one number, given by every member."""
        return self.known == self.members and self.low == self.point == self.high

    @property
    def whole(self) -> bool:
        """Whether every member gives a point: only then may it be drawn."""
        return self.known == self.members


def summed(quantities: Iterable[Quantity]) -> Sum:
    total = Sum()
    for one in quantities:
        total = total.plus(one)
    return total


def portion_of(number: Decimal | None, weight: int) -> Decimal | None:
    """`weight` millionths of a number, rounded down to a millionth: the integer arithmetic of the database."""
    if number is None or weight == MILLION:
        return number
    units = int(number * MILLION)
    return Decimal(units // MILLION * weight + units % MILLION * weight // MILLION) / MILLION


def _span(low: Decimal | None, high: Decimal | None) -> str:
    return " to ".join(UNKNOWN if end is None else numeral(end) for end in (low, high))


def _ends_before(one: Quantity, other: Quantity) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low


def _outward(number: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Ten per cent either way: whole things outward to whole numbers, the rest to six decimals."""
    step = Decimal(1) if number == number.to_integral_value() else SMALLEST_STEP
    low = (number * 9 / 10).quantize(step, rounding=ROUND_FLOOR)
    high = (number * 11 / 10).quantize(step, rounding=ROUND_CEILING)
    return low, number, high
