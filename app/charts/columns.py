"""A column for each month, and the running sum as steps: x in percent, y in px."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from app.charts.chart import Column, Measure, Months
from app.charts.dates import LETTER, MonthTick, index, month_of, ticks
from app.charts.keys import KeyEntry, key_of
from app.charts.scales import Scale, place, scale
from app.charts.words import Words, say
from app.domain.quantity import Sum

TOP = 18
BASE = 158
HEIGHT = 184
STUB_PX = 9  # an end that is open, or a number that nobody gave
FILL = 0.72  # of a month's room
FEWEST = 6  # with fewer months columns do not grow wider


@dataclass(frozen=True)
class Block:
    """A rectangle of a column; `kind` is its class."""

    kind: str
    at: float
    width: float
    y: float
    height: float

    @property
    def x(self) -> str:
        return place(self.at)

    @property
    def across(self) -> str:
        return place(self.width)


@dataclass(frozen=True)
class DrawnColumn:
    """`room` is the whole place of the month, for the pointer."""

    column: Column
    blocks: tuple[Block, ...]
    room: Block
    name: str


@dataclass(frozen=True)
class Level:
    """A grid line: a height in px and its words."""

    y: float
    text: str


@dataclass(frozen=True)
class Stroke:
    """A line of the steps: x in percent, y in px."""

    x1: str
    x2: str
    y1: float
    y2: float
    from_at: float = 0
    to_at: float = 0


@dataclass(frozen=True)
class Panel:
    title: str
    columns: tuple[DrawnColumn, ...]
    levels: tuple[Level, ...]
    ticks: tuple[MonthTick, ...]
    steps: tuple[Stroke, ...] = ()  # of a running sum
    height: int = HEIGHT
    base: int = BASE


@dataclass(frozen=True)
class DrawnMonths:
    panels: tuple[Panel, ...]
    key: tuple[KeyEntry, ...]


def draw(chart: Months) -> DrawnMonths:
    """The months, and under them the running sum if the chart asks for it. No months: no panels."""
    if not chart.columns:
        return DrawnMonths((), ())
    series = [("", chart.columns, FILL)]
    if chart.cumulative:
        series.append((chart.words.added_up, added_up(chart.columns, chart.words), 1))
    axes = [scale([end for one in found for end in heights(one.pledged, chart.measure)]) for _, found, _ in series]
    room = room_of(chart, axes)
    panels = tuple(
        panel(chart, found, axis, room, title, fill) for (title, found, fill), axis in zip(series, axes, strict=True)
    )
    kinds = {block.kind for one in panels for column in one.columns for block in column.blocks}
    return DrawnMonths(panels, key_of(kinds, chart.words, records=chart.measure is Measure.RECORDS))


def panel(
    chart: Months, columns: tuple[Column, ...], axis: Scale, room: float, title: str = "", fill: float = FILL
) -> Panel:
    """`room` is the place of a month, in percent; columns that fill it all are drawn as steps."""
    first, last = index(columns[0].month), index(columns[-1].month)
    drawn = tuple(_column(one, chart, axis, (index(one.month) - first) * room, room, fill) for one in columns)
    steps = _steps(columns, chart.measure, axis, room) if fill == 1 else ()
    names = ticks(columns[0].month, last - first + 1, room, chart.words)
    return Panel(title, drawn, levels(axis, chart), names, steps)


def room_of(chart: Months, axes: Iterable[Scale]) -> float:
    """The place of a month, the same in both panels; the words of the grid lines stand clear of the columns."""
    count = index(chart.columns[-1].month) - index(chart.columns[0].month) + 1
    words = (level.text for axis in axes for level in levels(axis, chart)[:-1])
    return (97 - LETTER * max((len(text) for text in words), default=0)) / max(count, FEWEST)


def added_up(columns: tuple[Column, ...], words: Words) -> tuple[Column, ...]:
    """Each month with all before it, without gaps, so that the steps join."""
    filled = tuple(_filled(columns, words))
    sums = accumulate(column.pledged for column in filled)
    return tuple(
        Column(month=column.month, label=words.until.format(month=column.label), href=column.until, pledged=total)
        for column, total in zip(filled, sums, strict=True)
    )


def heights(total: Sum, measure: Measure) -> tuple[Decimal, Decimal]:
    """What is firm and where it ends, in the units of the chart."""
    if measure is Measure.RECORDS:
        return Decimal(total.numbered), Decimal(total.members)
    return total.low, total.low if total.high is None else total.high


def levels(axis: Scale, chart: Months) -> tuple[Level, ...]:
    """At most four grid lines; the uppermost carries the unit."""
    found = []
    for tick in axis.ticks[1:]:
        text = chart.words.number(tick)
        found.append(Level(height_of(tick, axis), f"{text} {chart.unit}".strip() if tick == axis.top else text))
    return tuple(found)


def height_of(number: Decimal, axis: Scale) -> float:
    return round(BASE - axis.percent(number) / 100 * (BASE - TOP), 1)


def _column(column: Column, chart: Months, axis: Scale, at: float, room: float, fill: float) -> DrawnColumn:
    firm, end = (height_of(number, axis) for number in heights(column.pledged, chart.measure))
    wide = room * fill
    blocks = [Block("pledge", at, wide, firm, BASE - firm), Block("doubt", at, wide, end, firm - end)]
    if chart.measure is not Measure.RECORDS and column.pledged.members and column.pledged.high is None:
        blocks.append(Block("open", at, wide, end - STUB_PX, STUB_PX))
    said = say(column.pledged, chart.words, records=chart.measure is Measure.RECORDS)
    name = f"{column.label}: {said}" + ("" if said.absent else f" {chart.unit}")
    return DrawnColumn(
        column,
        tuple(block for block in blocks if block.height > 0),
        Block("hit", at, room, TOP, BASE - TOP),
        name.strip(),
    )


def _steps(columns: tuple[Column, ...], measure: Measure, axis: Scale, room: float) -> tuple[Stroke, ...]:
    """The upper edges of a running sum, firm and highest, and the rises between them."""
    found = []
    for edge in zip(*(heights(column.pledged, measure) for column in columns), strict=True):
        before = BASE
        for number, height in enumerate(edge):
            y = height_of(height, axis)
            at, end = number * room, (number + 1) * room
            found.append(Stroke(place(at), place(at), before, y, at, at))
            found.append(Stroke(place(at), place(end), y, y, at, end))
            before = y
    return tuple(found)


def _filled(columns: tuple[Column, ...], words: Words) -> Iterable[Column]:
    by_month = {index(column.month): column for column in columns}
    for number in range(min(by_month), max(by_month) + 1):
        month = month_of(number)
        yield by_month.get(number) or Column(month=month, label=f"{words.month(month)} {month.year}", pledged=Sum())
