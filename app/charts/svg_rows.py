"""The rows of a ranking in a file: label, bar or squares, value."""

from dataclasses import dataclass

from app.charts import bars, letters, units
from app.charts.chart import Group, Ranking, Row
from app.charts.marks import BAR_HEIGHT
from app.charts.paper import MARGIN, Sheet
from app.charts.scales import Tick

LABEL = 208
VALUE = 190
GAP = 16
ROW = 36
LINE = 14


@dataclass(frozen=True)
class Text:
    """A line of a cell. `beside`: px after the start of the line before, on the same line; 0: on its own."""

    text: str
    size: int
    colour: str
    bold: bool = False
    beside: float = 0


def ranking(sheet: Sheet, chart: Ranking) -> None:
    drawn = bars.draw(chart)
    sheet.key(drawn.key)
    for group in drawn.groups:
        if group.squares:
            _squares(sheet, group, chart)
        else:
            _bars(sheet, group, chart)


def _bars(sheet: Sheet, group: bars.DrawnGroup, chart: Ranking) -> None:
    left, right = MARGIN + LABEL + GAP, sheet.width - MARGIN - VALUE - GAP
    end = sheet.width - MARGIN
    _group_title(sheet, group.group)
    sheet.y += 16
    _axis(sheet, group.ticks, left, right - left)
    sheet.text(end, sheet.y, group.group.unit, 12, colour=sheet.colours.ink_2, anchor="end")
    sheet.y += 6
    for section in group.sections:
        if section.title:
            sheet.y += 24
            sheet.text(MARGIN, sheet.y, section.title, 13, bold=True)
            sheet.y += 8
            sheet.rule(MARGIN, end, sheet.y, sheet.colours.strong)
        for line in section.lines:
            label = _label_lines(sheet, line.row, LABEL)
            value = [Text(str(line.said), 13, sheet.colours.ink, not line.said.absent)]
            value += _small(sheet, (*line.small, line.row.disputed and chart.words.disputed), VALUE)
            row = _row_height(label, value)
            for tick in group.ticks or (Tick("0%", ""),):
                x = left + tick.at / 100 * (right - left)
                sheet.upright(x, sheet.y, sheet.y + row, sheet.colours.hairline if tick.at else sheet.colours.strong)
            mark = sheet.link(line.row.href, line.name)
            for piece in line.pieces:
                sheet.piece(piece, left, sheet.y + (row - BAR_HEIGHT) / 2, right - left, mark)
            _label(sheet, line.row, label, row)
            _value(sheet, value, row)
            sheet.y += row
            sheet.rule(MARGIN, end, sheet.y)
    sheet.y += 14


def _squares(sheet: Sheet, group: bars.DrawnGroup, chart: Ranking) -> None:
    left, end = MARGIN + LABEL + GAP, sheet.width - MARGIN
    _group_title(sheet, group.group)
    sheet.y += 4
    for line in group.squares:
        row = line.row
        label = _label_lines(sheet, row, LABEL)
        pledged = str(line.pledged) if line.pledged.absent else chart.words.pledged.format(quantity=line.pledged)
        value = [Text(pledged, 13, sheet.colours.ink, not line.pledged.absent)]
        room = end - left - units.width_of(max(len(line.squares), 1)) - GAP
        value += _small(sheet, (line.delivered, row.reason, row.disputed and chart.words.disputed), room)
        height = _row_height(label, value)
        mark = sheet.link(row.href, line.name)
        for square in line.squares:
            y = sheet.y + height / 2 - 6 + square.y
            sheet.block(square.kind, left + square.x, y, square.side, square.side, mark)
            if square.inner:
                sheet.block(square.inner, left + square.x, y, square.side, square.side, mark)
        _label(sheet, row, label, height)
        _value(sheet, value, height)
        sheet.y += height
        sheet.rule(MARGIN, end, sheet.y)
    sheet.y += 14


def _group_title(sheet: Sheet, group: Group) -> None:
    if group.title:
        sheet.y += 18
        sheet.text(MARGIN, sheet.y, group.title, 13, bold=True)
        sheet.y += 8
        sheet.rule(MARGIN, sheet.width - MARGIN, sheet.y, sheet.colours.strong)


def _axis(sheet: Sheet, ticks: tuple[Tick, ...], left: float, room: float) -> None:
    for tick in ticks:
        x = left + tick.at / 100 * room
        sheet.text(x, sheet.y, tick.text, 12, colour=sheet.colours.ink_2, anchor=tick.anchor)


def _label_lines(sheet: Sheet, row: Row, room: float) -> list[Text]:
    """Label and what is said of it, in one line if they fit."""
    room -= _code_width(row)
    grey = sheet.colours.ink_2
    label = letters.width(row.label + " ", 13)
    if row.sub and label + letters.width(row.sub, 12) <= room:
        return [Text(row.label, 13, sheet.colours.ink), Text(row.sub, 12, grey, beside=label)]
    found = [Text(line, 13, sheet.colours.ink) for line in letters.wrap(row.label, room, 13)]
    return found + [Text(line, 12, grey) for line in letters.wrap(row.sub, room, 12)]


def _small(sheet: Sheet, parts: tuple[str | bool, ...], room: float) -> list[Text]:
    together = ", ".join(part for part in parts if isinstance(part, str) and part)
    return [Text(line, 11, sheet.colours.ink_2) for line in letters.wrap(together, room, 11)]


def _row_height(*columns: list[Text]) -> float:
    return max(ROW, *(LINE * _line_count(lines) + 8 for lines in columns))


def _line_count(lines: list[Text]) -> int:
    return sum(not line.beside for line in lines)


def _label(sheet: Sheet, row: Row, lines: list[Text], height: float) -> None:
    first = sheet.y + (height - LINE * _line_count(lines)) / 2
    x = MARGIN + _code_width(row)
    if row.code:
        colours, top = sheet.colours, first - 1.5
        sheet.add(
            "rect",
            x=MARGIN,
            y=top,
            width=x - MARGIN - 6,
            height=17,
            rx=2,
            fill=colours.surface,
            stroke=colours.hairline,
        )
        sheet.text(MARGIN + 5, top + 12, row.code, 10, bold=True, colour=colours.ink_2)
    y = first - 4
    for line in lines:
        y += 0 if line.beside else LINE
        sheet.text(x + line.beside, y, line.text, line.size, colour=line.colour)


def _code_width(row: Row) -> float:
    return letters.width(row.code, 10, bold=True) + 16 if row.code else 0


def _value(sheet: Sheet, lines: list[Text], height: float) -> None:
    y = sheet.y + (height - LINE * len(lines)) / 2 - 4
    for line in lines:
        y += LINE
        sheet.text(sheet.width - MARGIN, y, line.text, line.size, bold=line.bold, colour=line.colour, anchor="end")
