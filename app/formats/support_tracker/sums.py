"""What the lines add up to by donor, kind of aid and measure, refused ones among them."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal

from app.domain.pledge import AidType
from app.formats.row import Sum
from app.formats.support_tracker.lines import Line

Measured = Literal["allocation", "commitment", "delivery"]


def sums_of(lines: Iterable[Line]) -> Iterator[Sum]:
    """Allocated is what the lines of allocations add to it. Committed is what was allocated and what is still to be:
    the values of activities on lines of both measures. Doubled lines count twice, as with the Institute."""
    totals: dict[tuple[str, AidType, Measured], tuple[Decimal, int]] = {}
    for line in lines:
        if line.aid is None or line.measure is None:
            continue
        figures: list[tuple[Measured, Decimal | None]] = [
            ("allocation", line.line_euros if line.measure == "allocation" else None),
            ("commitment", line.activity_euros),
            ("delivery", line.delivered_euros),
        ]
        for measure, euros in figures:
            total, count = totals.get((line.donor, line.aid, measure), (Decimal(0), 0))
            totals[line.donor, line.aid, measure] = total + (euros or 0), count + bool(euros)
    for (donor, aid, measure), (euros, count) in sorted(totals.items()):
        yield Sum(donor=donor, aid=aid, measure=measure, euros=euros, lines=count)
