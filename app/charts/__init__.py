"""Totals into shapes on a page. Pure: words come in translated, geometry goes out. CHARTS: what readers can choose."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.charts import bars, columns, gauges, lifeline, map
from app.charts.chart import Measure
from app.charts.table import table
from app.domain.codes import N_


@dataclass(frozen=True)
class Choice:
    """A chart by its name in the address. `shape`: ranking, months or map. The first measure is the usual one."""

    name: str
    title: str
    shape: str
    measures: tuple[Measure, ...]


ALL_MEASURES = (Measure.RECORDS, Measure.VALUE, Measure.ITEMS)

CHARTS = {
    choice.name: choice
    for choice in (
        Choice("by-donor", N_("By donor"), "ranking", ALL_MEASURES),
        Choice("by-system", N_("By system"), "ranking", ALL_MEASURES),
        Choice("over-time", N_("Over time"), "months", ALL_MEASURES),
        Choice("pledged-delivered", N_("Pledged and delivered"), "ranking", (Measure.ITEMS, Measure.RECORDS)),
        Choice("map", N_("Map"), "map", (Measure.RECORDS, Measure.VALUE)),
    )
}

# What templates/macros/charts.html calls: the template environment takes these as globals.
DRAWING: dict[str, Callable[..., Any]] = {
    "draw_ranking": bars.draw,
    "draw_months": columns.draw,
    "draw_map": map.draw,
    "draw_life": lifeline.draw,
    "draw_gauge": gauges.gauge,
    "draw_quantity": gauges.quantity_bar,
    "chart_table": table,
}
