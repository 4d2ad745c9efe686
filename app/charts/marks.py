"""The bar of a quantity or a sum: the firmer, the more ink. Lengths are percent of the scale, or px where a length
must claim nothing."""

from dataclasses import dataclass
from decimal import Decimal

from app.charts.scales import Scale, place
from app.domain.quantity import Quantity, Sum

BAR_HEIGHT = 16
OPEN_PX = 22  # hatched stub of a number without an upper end
NOTHING_PX = 26  # the stub alone: undisclosed
DELIVERED_OPEN_PX = 12
DELIVERED_SHARE = 0.38


@dataclass(frozen=True)
class Piece:
    """A rectangle, or a stroke when it has no width. `kind` is its class; `at` and `width` are percent, `px` is a fixed
    width."""

    kind: str
    at: float
    y: float
    height: float
    width: float = 0
    px: int = 0

    @property
    def x(self) -> str:
        return place(self.at)

    @property
    def across(self) -> str:
        return str(self.px) if self.px else place(self.width)


def bar(
    pledged: Sum,
    delivered: Sum | None,
    axis: Scale,
    height: int = BAR_HEIGHT,
    *,
    disputed: bool = False,
    counted: bool = True,
) -> tuple[Piece, ...]:
    """Pledged as tint and hatching, delivered solid inside it. `disputed` turns the span in question plum."""
    span_is_delivered = delivered is not None and delivered.high is not None and delivered.low < delivered.high
    drawn = _pledged(pledged, axis, height, counted, disputed=disputed and not span_is_delivered)
    if delivered is not None and delivered.members:
        drawn += _delivered(delivered, axis, height, disputed=disputed)
    return tuple(drawn)


def records_bar(
    pledged: Sum, delivered: Sum | None, axis: Scale, height: int = BAR_HEIGHT, *, counted: bool = True
) -> tuple[Piece, ...]:
    """Records that give a number as tint, the others hatched; solid are those that say how many arrived."""
    firm, doubt = ("pledge", "doubt") if counted else ("uncfirm", "unc")
    numbered, members = (axis.percent(Decimal(count)) for count in (pledged.numbered, pledged.members))
    drawn = [
        Piece(firm, 0, 1.5, height - 3, numbered),
        Piece(doubt, numbered, 1.5, height - 3, members - numbered),
    ]
    if delivered is not None and delivered.numbered:
        drawn.append(_solid(axis.percent(Decimal(delivered.numbered)), height))
    return tuple(piece for piece in drawn if piece.width)


def firm_end(total: Sum) -> Decimal:
    """Where the hatching without an end begins, if there is one."""
    return max(total.low, total.point) if total.whole else total.low


def as_sum(given: Quantity | Sum | None) -> Sum | None:
    return Sum().plus(given) if isinstance(given, Quantity) else given


def _pledged(total: Sum, axis: Scale, height: int, counted: bool, disputed: bool) -> list[Piece]:
    firm, doubt, opened, nothing = (
        ("pledge", "disp" if disputed else "doubt", "open", "none")
        if counted
        else ("uncfirm", "unc", "uncopen", "uncnone")
    )
    y, thick = 1.5, height - 3
    if not total.numbered:
        return [Piece(nothing, 0, y, thick, px=NOTHING_PX)] if total.members else []
    low = axis.percent(total.low)
    point = axis.percent(total.point) if total.whole else low
    end = max(low, point) if total.high is None else axis.percent(total.high)
    drawn = [Piece(firm, 0, y, thick, low), Piece(doubt, low, y, thick, end - low)]
    drawn = [piece for piece in drawn if piece.width > 0]
    if total.high is None:
        drawn.append(Piece(opened, end, y, thick, px=OPEN_PX))
    if total.whole and not total.sure:
        drawn.append(Piece("point", point, 0, height))
    return drawn


def _delivered(total: Sum, axis: Scale, height: int, *, disputed: bool) -> list[Piece]:
    thick = round(height * DELIVERED_SHARE, 2)
    y = round((height - thick) / 2, 2)
    low = axis.percent(total.low)
    drawn = [_solid(low, height)] if low else []
    if total.high is None:
        drawn.append(Piece("delopen", low, y, thick, px=DELIVERED_OPEN_PX))
    elif (span := axis.percent(total.high) - low) > 0:
        drawn.append(Piece("disp", low, 2.5, height - 5, span) if disputed else Piece("delopen", low, y, thick, span))
    return drawn


def _solid(width: float, height: int) -> Piece:
    thick = round(height * DELIVERED_SHARE, 2)
    return Piece("deliv", 0, round((height - thick) / 2, 2), thick, width)
