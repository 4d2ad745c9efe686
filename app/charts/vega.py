"""A chart as a Vega-Lite 5 specification with its numbers inside, for those who go on in their own tools."""

from decimal import Decimal

from app.charts.chart import Chart, Measure, Months, Ranking
from app.charts.paper import LIGHT
from app.charts.table import Cell, table

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


def vega(chart: Chart) -> dict:
    """Ready for `json.dumps`. Numbers are floats here; the exact ones are in the CSV."""
    values = values_of(chart)
    spec = {
        "$schema": SCHEMA,
        "title": {"text": chart.title, "subtitle": chart.measure_line, "anchor": "start"},
        "description": " ".join(part for part in (chart.measure_line, chart.source, chart.address, chart.day) if part),
        "data": {"values": values},
        "usermeta": {
            "name": chart.name,
            "measure": chart.measure.value,
            "note": chart.note,
            "left_out": [one.text for one in chart.left_out],
        },
    }
    return spec | (_columns(chart) if isinstance(chart, Months) else _ranking(chart))


def values_of(chart: Chart) -> list[dict[str, object]]:
    """A value a mark: what its bar is drawn from, its link, and all columns of the table."""
    found = table(chart)
    records = chart.measure is Measure.RECORDS
    values = []
    for row in found.rows:
        value = {name: _number(cell) for name, cell in zip(found.header, row, strict=True)}
        low, high = ("pledged_numbered", "pledged_members") if records else ("pledged_low", "pledged_high")
        whole = not records and value["pledged_known"] == value["pledged_members"]
        value |= {
            "low": value[low],
            "point": value["pledged_point"] if whole else None,
            "high": value[high],
            "delivered": value["delivered_numbered" if records else "delivered_low"],
            "href": value["address"],
        }
        values.append(value)
    return values


def _ranking(chart: Chart) -> dict:
    y = {"field": "key", "type": "nominal", "sort": None, "axis": {"title": None, "labelExpr": _label_of(chart)}}
    layers = {
        "layer": [
            {"mark": _bar(LIGHT.pledged), "encoding": {"x": _x("low")}},
            {
                "mark": _bar(LIGHT.pledged, fillOpacity=0.35, strokeDash=[2, 2]),
                "encoding": {"x": _x("low"), "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "bar", "color": LIGHT.delivered, "height": {"band": 0.3}},
                "encoding": {"x": _x("delivered")},
            },
            {"mark": {"type": "tick", "color": LIGHT.ink, "thickness": 2}, "encoding": {"x": _x("point")}},
        ],
        "encoding": {"y": y, "href": {"field": "href"}, "tooltip": _tooltip()},
    }
    groups = chart.groups if isinstance(chart, Ranking) else ()
    if len(groups) < 2:
        return {"width": 480, **layers}
    return {
        "vconcat": [
            {
                "title": group.title,
                "width": 480,
                "transform": [{"filter": {"field": "group", "equal": group.title}}],
                **layers,
            }
            for group in groups
        ]
    }


def _columns(chart: Chart) -> dict:
    x = {"field": "key", "type": "temporal", "timeUnit": "yearmonth", "title": None}
    return {
        "width": 640,
        "layer": [
            {"mark": _bar(LIGHT.pledged), "encoding": {"y": _x("low")}},
            {
                "mark": _bar(LIGHT.pledged, fillOpacity=0.35, strokeDash=[2, 2]),
                "encoding": {"y": _x("low"), "y2": {"field": "high"}},
            },
        ],
        "encoding": {"x": x, "href": {"field": "href"}, "tooltip": _tooltip()},
    }


def _x(field: str) -> dict:
    return {"field": field, "type": "quantitative", "title": None, "scale": {"zero": True}}


def _bar(colour: str, **more: object) -> dict:
    return {"type": "bar", "color": colour, "stroke": LIGHT.pledged_edge, **more}


def _tooltip() -> list[dict]:
    return [{"field": field} for field in ("label", "low", "point", "high", "delivered", "state", "reason")]


def _label_of(chart: Chart) -> str:
    """Labels may repeat, keys do not: the axis goes by keys and prints labels."""
    names = {str(row[0]): ", ".join(str(part) for part in row[1:3] if part) for row in table(chart).rows}
    pairs = ", ".join(f"{_quoted(key)}: {_quoted(name)}" for key, name in names.items())
    return "{" + pairs + "}[datum.value]"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", " ") + "'"


def _number(cell: Cell) -> object:
    return float(cell) if isinstance(cell, Decimal) else cell
