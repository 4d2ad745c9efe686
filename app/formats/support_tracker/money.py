"""Whose money it is: the tracker repeats a package's sum on its lines, and books its euros on the first or on all."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from app.domain.currency import CURRENCIES
from app.domain.doubt import Qualifier
from app.domain.money import UNVALUED, Amount, AmountBasis, Value, ValueSetBy
from app.formats.support_tracker.lines import Line
from app.formats.support_tracker.numbers import rounded

Owner = Literal["only line", "own sum", "price", "package"]
CLOSE = Decimal("0.02")
AT_ODDS = "The dataset's euros are not the stated sum converted."
DIFFERENT_SUMS = "The sums stated differ from line to line of the dataset."
ALONE = "The dataset books the euros of the whole package on one of its lines."
SPREAD = "The dataset spreads the euros of the whole package over its lines."
REPEATED = "The dataset has these euros on {lines} lines; they stand here once."


@dataclass(frozen=True)
class Total:
    """What a package is worth, and a note on how the dataset came to it."""

    stated: Amount | None = None
    value: Value = UNVALUED
    note: str = ""


def euros_per_dollar(lines: Iterable[Line]) -> Decimal | None:
    """The rate of the release: the one that most of its lines in dollars were turned at."""
    rates = Counter(
        round(line.activity_euros / line.stated, 9)
        for line in lines
        if line.currency == "USD" and line.stated and line.activity_euros
    )
    return rates.most_common(1)[0][0] if rates else None


def owner_of(line: Line, group: Sequence[Line], rate: Decimal | None) -> Owner:
    """Whose the line's money is: of the only line of its package, of the line by its own sum or its price, or of the
    package."""
    if len(group) == 1:
        return "only line"
    siblings = [other for other in group if other is not line]
    shared = line.stated is not None and any(other.stated == line.stated for other in siblings)
    if not line.line_euros or shared:
        return "package"
    if line.stated is not None and any(other.line_euros for other in siblings):
        return "own sum"
    alone, together = _estimate(line, rate), sum(_estimate(one, rate) for one in group)
    # Nearer to the price of the line than to that of all lines: else the package happens to cost what one line does.
    if (
        alone
        and abs(line.line_euros / alone - 1) <= CLOSE
        and abs(line.line_euros - alone) <= abs(line.line_euros - together)
    ):
        return "price"
    return "package"


def amount_of(line: Line, owner: Owner) -> Amount | None:
    """As the donor stated it, where it is the line's own. A sum with decimals is one that the dataset worked out."""
    return _stated(line, AmountBasis.DONOR_STATED) if owner in ("only line", "own sum") else None


def value_of(euros: Decimal | None) -> Value:
    return UNVALUED if euros is None else Value(low=euros, point=euros, high=euros, set_by=ValueSetBy.DATASET)


def total_of(group: Sequence[Line], rate: Decimal | None) -> Total:
    """The sum stated on every line, if it is one and whole, and the euros of all lines."""
    given = {(line.stated, line.currency if line.stated is not None else "") for line in group}
    sums = {_stated(line, AmountBasis.NOT_STATED) for line in group}
    stated = sums.pop() if len(given) == 1 else None
    note = DIFFERENT_SUMS if len(given) > 1 else ""
    each = [euros for line in group if (euros := line.line_euros)] or [
        euros for line in group if line.measure == "commitment" and (euros := line.activity_euros)
    ]
    euros = rounded(sum(each, Decimal(0)))
    if len(each) > 1 and len({*each}) == 1 and stated is not None and not _unlike(stated, each[0], rate):
        euros, note = each[0], REPEATED.format(lines=len(each))
    if _unlike(stated, euros, rate):
        note = AT_ODDS
    if stated is None and euros:
        stated = Amount(Qualifier.UNDISCLOSED, currency="EUR")
    return Total(stated, value_of(euros if euros > 0 else None), note)


def booked(group: Sequence[Line], rate: Decimal | None) -> str:
    """A note on where the dataset has the euros of a package that are no line's own."""
    holding = [line for line in group if line.measure == "allocation" and line.line_euros]
    if not any(owner_of(line, group, rate) == "package" for line in holding):
        return ""
    return SPREAD if len(holding) > 1 else ALONE


def at_odds(line: Line, amount: Amount | None, rate: Decimal | None) -> bool:
    return _unlike(amount, line.euros, rate)


def _stated(line: Line, basis: AmountBasis) -> Amount | None:
    number = line.stated
    if number is None or number < 0 or number != int(number) or line.currency not in CURRENCIES:
        return None
    number = Decimal(int(number))
    return Amount(
        Qualifier.EXACT,
        number,
        number,
        number,
        f"{line.currency} {number:,}",
        currency=line.currency,
        basis=basis,
    )


def _estimate(line: Line, rate: Decimal | None) -> Decimal:
    """Units times the dataset's price of one, in euros; 0 where either is unknown."""
    return (line.units.number or Decimal(0)) * (line.price or Decimal(0)) * (rate or Decimal(0))


def _unlike(stated: Amount | None, euros: Decimal | None, dollars: Decimal | None) -> bool:
    """Whether euros and a sum in euros or dollars are more than 2 per cent apart."""
    if stated is None or not stated.point or not euros:
        return False
    rate = {"EUR": Decimal(1), "USD": dollars}.get(stated.currency)
    return bool(rate) and abs(euros / (stated.point * (rate or 1)) - 1) > CLOSE
