"""The numbers of a chart as rows, for CSV, JSON and the table under the drawing. None: nobody said."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from app.charts.chart import Chart, Map, Measure, Months, Ranking, State
from app.domain.quantity import Sum

Cell = str | int | Decimal | None

SUM_COLUMNS = ("low", "point", "high", "numbered", "known", "members")
HEADER = (
    "key",
    "label",
    "sub",
    "code",
    "group",
    "unit",
    *(f"pledged_{name}" for name in SUM_COLUMNS),
    *(f"delivered_{name}" for name in SUM_COLUMNS),
    "state",
    "reason",
    "disputed",
    "address",
)

NUMERIC = frozenset(name for name in HEADER if name.startswith(("pledged_", "delivered_")))
EXACT = frozenset(name for name in NUMERIC if name.endswith(("_low", "_point", "_high")))


@dataclass(frozen=True)
class Table:
    """`point` adds the `known` members only; `low` counts a number that nobody gave as 0; `high` None has no end."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def records(self) -> tuple[dict[str, Cell], ...]:
        return tuple(dict(zip(self.header, row, strict=True)) for row in self.rows)

    @property
    def filled(self) -> tuple[str, ...]:
        """The columns that hold anything: no page needs an empty one."""
        return tuple(
            name for place, name in enumerate(self.header) if any(row[place] not in ("", None) for row in self.rows)
        )

    @property
    def numeric(self) -> frozenset[str]:
        return NUMERIC

    @property
    def exact(self) -> frozenset[str]:
        """Columns of amounts, written with the chart's own words; the other numbers count records."""
        return EXACT


def table(chart: Chart) -> Table:
    return Table(HEADER, tuple(_rows(chart)))


def _rows(chart: Chart) -> Iterable[tuple[Cell, ...]]:
    nothing, counted = _cells(None, False), State.COUNTED.value
    records = chart.measure is Measure.RECORDS
    if isinstance(chart, Ranking):
        for group in chart.groups:
            for row in group.rows:
                named = (row.key, row.label, row.sub, row.code, group.title, group.unit)
                stands = (row.standing(chart.measure).value, row.reason, "yes" if row.disputed else "no", row.href)
                yield (*named, *_cells(row.pledged, records), *_cells(row.delivered, records), *stands)
    elif isinstance(chart, Months):
        for column in chart.columns:
            named = (f"{column.month:%Y-%m}", column.label, "", "", "", chart.unit)
            yield (*named, *_cells(column.pledged, records), *nothing, counted, "", "no", column.href)
    elif isinstance(chart, Map):
        for donor in chart.donors:
            named = (donor.code, donor.name, "", donor.code, "", chart.unit)
            yield (*named, *_cells(donor.pledged, records), *nothing, counted, "", "no", donor.href)


def _cells(total: Sum | None, records: bool) -> tuple[Cell, ...]:
    """A sum without any number has none of low, point and high; 0 would be a statement. Where records are counted,
    there are no such numbers at all."""
    if total is None:
        return (None,) * len(SUM_COLUMNS)
    if records or not total.numbered:
        return (None, None, None, total.numbered, total.known, total.members)
    return (total.low, total.point if total.known else None, total.high, total.numbered, total.known, total.members)
