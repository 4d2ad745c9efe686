"""A chart as a file that stands alone: title, measure, key, marks, what was left out, and where it came from."""

from xml.etree.ElementTree import Element

from app.charts import columns, map
from app.charts.chart import Chart, Map, Months, Ranking
from app.charts.paper import DARK, LIGHT, MARGIN, Sheet
from app.charts.svg_rows import ranking


def svg(chart: Chart, *, width: int = 800, dark: bool = False) -> str:
    """An SVG file of that width in px, as high as it needs to be."""
    sheet = Sheet(width, DARK if dark else LIGHT)
    sheet.begin(chart.title, " ".join(part for part in (chart.measure_line, chart.note) if part))
    _head(sheet, chart)
    if isinstance(chart, Ranking):
        ranking(sheet, chart)
    elif isinstance(chart, Months):
        _months(sheet, chart)
    elif isinstance(chart, Map):
        _map(sheet, chart)
    _foot(sheet, chart)
    return sheet.end()


def _head(sheet: Sheet, chart: Chart) -> None:
    room = sheet.width - 2 * MARGIN
    sheet.y = MARGIN - 6
    sheet.lines(MARGIN, chart.title, room, 20, bold=True, lead=1.25)
    sheet.y += 4
    sheet.lines(MARGIN, chart.measure_line, room, 13, colour=sheet.colours.ink_2)
    sheet.y += 14


def _foot(sheet: Sheet, chart: Chart) -> None:
    room, grey = sheet.width - 2 * MARGIN, sheet.colours.ink_2
    sheet.y += 8
    if chart.left_out:
        what = "; ".join(one.text.rstrip(".") for one in chart.left_out) + "."
        sheet.lines(MARGIN, chart.words.left_out.format(what=what), room, 12, colour=grey)
    if chart.note:
        sheet.lines(MARGIN, chart.note, room, 12, colour=grey)
    sheet.y += 12
    sheet.rule(MARGIN, sheet.width - MARGIN, sheet.y, sheet.colours.strong)
    sheet.y += 2
    where = " · ".join(part for part in (chart.source, chart.address, chart.day) if part)
    sheet.lines(MARGIN, where, room, 12, colour=grey)
    sheet.y += MARGIN


def _months(sheet: Sheet, chart: Months) -> None:
    drawn = columns.draw(chart)
    sheet.key(drawn.key)
    left, room = MARGIN, sheet.width - 2 * MARGIN
    for panel in drawn.panels:
        if panel.title:
            sheet.y += 18
            sheet.text(left, sheet.y, panel.title, 13, bold=True)
        top = sheet.y
        for level in panel.levels:
            sheet.rule(left, left + room, top + level.y)
            sheet.text(left + room, top + level.y - 3, level.text, 12, colour=sheet.colours.ink_2, anchor="end")
        for column in panel.columns:
            mark = sheet.link(column.column.href, column.name)
            for block in column.blocks:
                x, width = left + block.at / 100 * room, block.width / 100 * room
                sheet.block(
                    block.kind,
                    x,
                    top + block.y,
                    width,
                    block.height,
                    mark,
                    edge=not panel.steps and block.kind != "open",
                )
        for step in panel.steps:
            x1, x2 = (left + at / 100 * room for at in (step.from_at, step.to_at))
            sheet.add("line", x1=x1, x2=x2, y1=top + step.y1, y2=top + step.y2, stroke=sheet.colours.pledged_edge)
        sheet.rule(left, left + room, top + panel.base, sheet.colours.strong)
        for tick in panel.ticks:
            x = left + tick.at / 100 * room
            sheet.upright(x, top + panel.base, top + panel.base + 5, sheet.colours.strong)
            colour = sheet.colours.ink if tick.year else sheet.colours.ink_2
            sheet.text(x, top + panel.base + 19, tick.text, 12, bold=tick.year, colour=colour)
        sheet.y = top + panel.height + 8


def _map(sheet: Sheet, chart: Map) -> None:
    drawn = map.draw(chart)
    sheet.key(drawn.key)
    scale = (sheet.width - 2 * MARGIN) / drawn.width
    attributes = {"x": str(MARGIN), "y": f"{sheet.y:.1f}", "viewBox": f"0 0 {drawn.width} {drawn.height}"}
    frame = sheet.add("svg", width=drawn.width * scale, height=drawn.height * scale)
    for name, value in attributes.items():
        frame.set(name, value)
    sheet.add("path", frame, d=drawn.land, **sheet.paints["land"])
    for place in drawn.places:
        mark = sheet.link(place.donor.href, place.name)
        sheet.root.remove(mark)
        frame.append(mark)
        _place(sheet, place, drawn.radius, mark)
    sheet.add("path", frame, d=drawn.recipient, **sheet.paints["recipient"])
    sheet.y += drawn.height * scale + 4
    sheet.lines(MARGIN, drawn.outside, sheet.width - 2 * MARGIN, 12, colour=sheet.colours.ink_2)


def _place(sheet: Sheet, place: map.Place, radius: float, mark: Element) -> None:
    paint = sheet.paints[f"c{place.step}"]
    if place.path:
        sheet.add("path", mark, d=place.path, **paint)
    if place.dot:
        sheet.add("circle", mark, cx=place.dot[0], cy=place.dot[1], r=radius, **paint)
