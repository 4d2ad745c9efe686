"""One square is one: up to 25 of them, in fives. Best for systems and batteries."""

from dataclasses import dataclass
from decimal import Decimal

from app.charts.chart import Chart, Group, Measure, Row, State
from app.charts.words import Said, say, say_delivered

MOST = 25
SIDE = 9.5
STEP = 12
GAP = 4  # more after every five
TOP = 1


@dataclass(frozen=True)
class Square:
    """`kind` is its class; `inner` the class of a second square over it: parts of it may have arrived."""

    kind: str
    x: float
    inner: str = ""
    y: float = TOP
    side: float = SIDE


@dataclass(frozen=True)
class SquareLine:
    row: Row
    squares: tuple[Square, ...]
    pledged: Said
    delivered: str
    name: str


def fits(group: Group, measure: Measure = Measure.ITEMS) -> bool:
    """Whether all of it can be drawn as squares: whole things that count, 25 of them at most."""
    if measure is not Measure.ITEMS or not any(row.pledged.numbered for row in group.rows):
        return False
    return all(_countable(row) for row in group.rows)


def lines(group: Group, chart: Chart) -> tuple[SquareLine, ...]:
    """A line of squares for each row of a group that fits."""
    return tuple(line(row, group, chart) for row in group.rows)


def line(row: Row, group: Group, chart: Chart) -> SquareLine:
    pledged = say(row.pledged, chart.words)
    delivered = say_delivered(row.delivered, chart.words, disputed=row.disputed)
    amount = str(pledged) if pledged.absent else f"{pledged} {group.unit}".strip()
    told = [text for text in (amount, delivered, row.disputed and chart.words.disputed, row.reason) if text]
    label = ", ".join(text for text in (row.label, row.sub) if text)
    return SquareLine(row, squares(row), pledged, delivered, f"{label}: " + "; ".join(told))


def squares(row: Row) -> tuple[Square, ...]:
    """Arrived, perhaps arrived, promised, perhaps promised, and one with an open end where no upper number is given."""
    counted = row.state is not State.NOT_COUNTED
    firm, doubt, opened = ("pledge", "doubt", "open") if counted else ("uncfirm", "unc", "uncopen")
    pledged, delivered = row.pledged, row.delivered
    arrived = int(delivered.low) if delivered else 0
    perhaps = arrived
    if delivered and delivered.high is not None:
        perhaps = max(arrived, int(delivered.high))
    low, high = int(pledged.low), int(pledged.low if pledged.high is None else pledged.high)
    drawn = []
    for number in range(max(high, perhaps)):
        kind, inner = firm if number < low else doubt, ""
        if number < arrived:
            kind = "deliv"
        elif number < perhaps:
            kind, inner = ("disp", "") if row.disputed else (kind, "delopen")
        elif row.disputed and number >= low and perhaps == arrived:
            kind = "disp"
        drawn.append(Square(kind, place_of(number), inner))
    if pledged.members and pledged.high is None:
        drawn.append(Square(opened, place_of(len(drawn))))
    return tuple(drawn)


def place_of(number: int) -> float:
    return 0.5 + STEP * number + GAP * (number // 5)


def _countable(row: Row) -> bool:
    totals = [total for total in (row.pledged, row.delivered) if total is not None]
    ends = [end for total in totals for end in (total.low, total.high or Decimal(0))]
    squares_needed = max(ends) + (1 if row.pledged.high is None else 0)
    only_a_point = row.pledged.numbered > 0 and row.pledged.high is None and not row.pledged.low
    return squares_needed <= MOST and all(end == int(end) for end in ends) and not only_a_point


def width_of(count: int) -> float:
    return place_of(count - 1) + STEP if count else 0
