"""Small bars for tables and figures: one pledge or one sum on a scale of its own."""

from decimal import Decimal

from app.charts.marks import Piece, as_sum, bar, firm_end
from app.charts.scales import Scale
from app.domain.quantity import Quantity, Sum

OPEN_ROOM = Decimal("0.875")  # where a number without an upper end stops, so that its stub is seen


def gauge(
    pledged: Quantity | Sum | None,
    delivered: Quantity | Sum | None,
    height: int = 8,
    *,
    disputed: bool = False,
    counted: bool = True,
) -> tuple[Piece, ...]:
    """How much of it arrived. None delivered: none was reported, an empty gauge; undisclosed: hatched all over."""
    promised, arrived = as_sum(pledged) or Sum(), as_sum(delivered)
    if arrived is not None and arrived.members and not arrived.numbered:
        return (Piece("doubt", 0, 1.5, height - 3, 100),)
    if arrived is not None and arrived.members and not promised.numbered:
        promised = Sum(low=arrived.low, high=None, numbered=1, members=1)  # what came is the least that was promised
    return bar(promised, arrived, own_scale(promised, arrived), height, disputed=disputed, counted=counted)


def quantity_bar(quantity: Quantity | Sum, height: int = 16, *, counted: bool = True) -> tuple[Piece, ...]:
    total = as_sum(quantity) or Sum()
    return bar(total, None, own_scale(total, None), height, counted=counted)


def own_scale(pledged: Sum, delivered: Sum | None) -> Scale:
    """Up to the highest number; a little further where an end is open."""
    ends = [_end(total) for total in (pledged, delivered) if total is not None]
    return Scale(max(ends, default=Decimal(0)) or Decimal(1))


def _end(total: Sum) -> Decimal:
    if total.high is not None:
        return total.high
    return firm_end(total) / OPEN_ROOM
