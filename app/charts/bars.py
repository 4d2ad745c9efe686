"""A ranking: rows with their bars (or squares), their words and one scale for each group."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from app.charts import units
from app.charts.chart import Chart, Group, Measure, Ranking, Row, State
from app.charts.keys import KeyEntry, key_of
from app.charts.marks import BAR_HEIGHT, Piece, bar, firm_end, records_bar
from app.charts.scales import Scale, Tick, place, scale
from app.charts.units import SquareLine
from app.charts.words import Said, Words, say, say_delivered


@dataclass(frozen=True)
class Line:
    """A row with its bar and its words. `name` is what a screen reader says of the mark."""

    row: Row
    pieces: tuple[Piece, ...]
    said: Said
    small: tuple[str, ...]  # under the value
    name: str


@dataclass(frozen=True)
class Section:
    title: str  # empty for what is counted
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class DrawnGroup:
    """`squares` instead of the rest where the group is drawn one by one."""

    group: Group
    ticks: tuple[Tick, ...] = ()
    sections: tuple[Section, ...] = ()
    squares: tuple[SquareLine, ...] = ()

    @property
    def lines(self) -> Iterable[Line]:
        return (line for section in self.sections for line in section.lines)

    @property
    def kinds(self) -> set[str]:
        bars = {piece.kind for line in self.lines for piece in line.pieces}
        return bars | {kind for line in self.squares for one in line.squares for kind in (one.kind, one.inner)}


@dataclass(frozen=True)
class DrawnRanking:
    groups: tuple[DrawnGroup, ...]
    key: tuple[KeyEntry, ...]


def draw(chart: Ranking, *, squares: bool = False) -> DrawnRanking:
    """Bars; with `squares`, here or in the chart, groups of few whole things one by one."""
    squares = squares or chart.squares
    groups = tuple(
        DrawnGroup(group, squares=units.lines(group, chart))
        if squares and units.fits(group, chart.measure)
        else draw_group(group, chart)
        for group in chart.groups
    )
    kinds = {kind for group in groups for kind in group.kinds}
    return DrawnRanking(groups, key_of(kinds, chart.words, records=chart.measure is Measure.RECORDS))


def draw_group(group: Group, chart: Chart) -> DrawnGroup:
    axis = axis_of(group.rows, chart.measure)
    titles = {
        State.COUNTED: "",
        State.NO_NUMBER: chart.words.without_number,
        State.NOT_COUNTED: chart.words.not_counted,
    }
    sections = (
        Section(
            title, tuple(line(row, group, chart, axis) for row in group.rows if row.standing(chart.measure) is state)
        )
        for state, title in titles.items()
    )
    return DrawnGroup(group, ticks_of(axis, chart.words), tuple(section for section in sections if section.lines))


def line(row: Row, group: Group, chart: Chart, axis: Scale) -> Line:
    words, records = chart.words, chart.measure is Measure.RECORDS
    said = say(row.pledged, words, records=records)
    arrived = "" if records else say_delivered(row.delivered, words, disputed=row.disputed)
    told = words.pledges(row.pledged.members) if said.absent and row.pledged.members else said.note
    small = tuple(text for text in (told, arrived, row.reason) if text)
    amount = str(said) if said.absent or records else " ".join((str(said), group.unit)).strip()
    label = ", ".join(text for text in (row.label, row.sub) if text)
    disputed = (words.disputed,) if row.disputed else ()
    return Line(
        row, pieces(row, chart.measure, axis), said, small, f"{label}: " + "; ".join((amount, *small, *disputed))
    )


def pieces(row: Row, measure: Measure, axis: Scale, height: int = BAR_HEIGHT) -> tuple[Piece, ...]:
    counted = row.state is not State.NOT_COUNTED
    if measure is Measure.RECORDS:
        return records_bar(row.pledged, row.delivered, axis, height, counted=counted)
    return bar(row.pledged, row.delivered, axis, height, disputed=row.disputed and counted, counted=counted)


def axis_of(rows: Iterable[Row], measure: Measure) -> Scale:
    """A scale for all numbers of the rows, promised or arrived."""
    totals = [total for row in rows for total in (row.pledged, row.delivered) if total is not None]
    if measure is Measure.RECORDS:
        return scale([Decimal(total.members) for total in totals])
    return scale(
        [end for total in totals for end in (firm_end(total), total.high) if end is not None],
        opened=[firm_end(total) for total in totals if total.high is None],
    )


def ranked(rows: Iterable[Row], measure: Measure) -> tuple[Row, ...]:
    """The largest firm number first, then the largest possible one; without numbers by how many records."""

    def weight(row: Row) -> tuple:
        total = row.pledged
        if measure is Measure.RECORDS:
            return -total.members, -total.numbered, row.label
        return -max(total.low, total.point), -(total.high or total.low), -total.members, row.label

    return tuple(sorted(rows, key=weight))


def ticks_of(axis: Scale, words: Words) -> tuple[Tick, ...]:
    return tuple(Tick(place(at), words.number(tick), at) for tick in axis.ticks for at in [axis.percent(tick)])
