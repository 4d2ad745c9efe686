"""The life of one pledge: what was promised as an area that steps, what arrived solid inside it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from app.charts.columns import Block, Level
from app.charts.dates import LETTER, index, month_of
from app.charts.keys import KeyEntry, key_of
from app.charts.letters import width
from app.charts.marks import as_sum
from app.charts.scales import Scale, Tick, place, scale
from app.charts.words import ENGLISH, Words
from app.domain.quantity import Quantity, Sum

TOP = 20
BASE = 124
BASE_WITHOUT = 58  # where nobody gave a number there is nothing to measure
UNDER = 28
STUB_PX = 14  # height of what has no number
AXIS_ROOM = 7  # percent before the first step
LINE = 22  # px that a line of words needs


@dataclass(frozen=True)
class Step:
    """From that day on. A number that sources dispute is `disputed`; `label` is written inside, if at all."""

    since: date
    quantity: Quantity | Sum
    label: str = ""
    disputed: bool = False


@dataclass(frozen=True)
class Due:
    day: date
    label: str


@dataclass(frozen=True)
class Happening:
    """An entry of the list under the drawing. `kind` is its mark: del (a delivery), said (only said again), late (the
    date passed), open (not stated); empty for a status reached."""

    when: str
    text: str
    kind: str = ""
    strong: str = ""
    sub: str = ""
    href: str = ""
    iso: str = ""  # the day for machines; empty when it is not exact


@dataclass(frozen=True, kw_only=True)
class LifeLine:
    """`first` and `last` bound the axis. Nothing in `delivered`: none was reported. `summary` says it in words."""

    first: date
    last: date
    pledged: tuple[Step, ...]
    summary: str
    delivered: tuple[Step, ...] = ()
    due: Due | None = None
    counted: bool = True
    happenings: tuple[Happening, ...] = ()
    words: Words = ENGLISH


@dataclass(frozen=True)
class Label:
    """Words inside the drawing. `ground` puts a plain ground under them where they lie on hatching."""

    x: str
    y: float
    text: str
    kind: str = ""
    ground: int = 0
    end: bool = False  # they end at x


@dataclass(frozen=True)
class DrawnLife:
    blocks: tuple[Block, ...]
    levels: tuple[Level, ...]
    labels: tuple[Label, ...]
    ticks: tuple[Tick, ...]
    due: Label | None
    key: tuple[KeyEntry, ...]
    height: int
    base: int


def draw(life: LifeLine) -> DrawnLife:
    life = replace(life, first=_first(life))
    axis = scale([end for step in life.pledged + life.delivered for end in _ends(step)], most=2)
    base = BASE if axis.ticks else BASE_WITHOUT
    blocks, labels = [], []
    for step, until in _spans(life.pledged, life.last):
        drawn = list(_area(step, until, life, axis, base, arrived=False))
        blocks += drawn
        labels += _label(step, drawn, life)
    for step, until in _spans(life.delivered, life.last):
        drawn = list(_area(step, until, life, axis, base, arrived=True))
        blocks += drawn
        labels += _label(step, drawn, life)
    return DrawnLife(
        tuple(blocks),
        tuple(Level(_height(tick, axis, base), life.words.number(tick)) for tick in axis.ticks[1:]),
        tuple(labels),
        dates(life),
        _due(life),
        key_of((block.kind for block in blocks), life.words),
        base + UNDER,
        base,
    )


def dates(life: LifeLine) -> tuple[Tick, ...]:
    """Months on the axis, a year where it begins; fewer the longer the line is."""
    months = index(life.last) - index(life.first) + 1
    every = next((step for step in (1, 2, 3, 6, 12, 24, 60) if months / step <= 7), 1200)
    found: list[Tick] = []
    for number in range(index(life.first), index(life.last) + 1):
        if number % every:
            continue
        day = max(month_of(number), life.first)
        text = str(day.year) if number % 12 == 0 else life.words.month(day)
        at = _share(day, life)
        if not found and (number % 12 or months < 3):
            text = f"{life.words.month(day)} {day.year}"
        if at > 92:
            break
        if found and at - found[-1].at < LETTER * len(found[-1].text) + 2:
            if number % 12 or found[-1].text.isdecimal():  # a year gives way to no other
                continue
            found.pop()
        found.append(Tick(place(at), text, at))
    return tuple(found)


def _area(step: Step, until: date, life: LifeLine, axis: Scale, base: int, *, arrived: bool) -> Iterable[Block]:
    total = as_sum(step.quantity) or Sum()
    at = _share(step.since, life)
    wide = _share(until, life) - at
    if wide <= 0:
        return
    firm, doubt, opened = _kinds(life.counted, arrived, step.disputed)
    low = _height(total.low, axis, base)
    end = _height(total.low if total.high is None else total.high, axis, base)
    if low < base:
        yield Block(firm, at, wide, low, base - low)
    if end < low:
        yield Block(doubt, at, wide, end, low - end)
    if total.high is None:
        yield Block(opened, at, wide, low - STUB_PX, STUB_PX)


def _kinds(counted: bool, arrived: bool, disputed: bool) -> tuple[str, str, str]:
    if arrived:
        return "deliv", "disp" if disputed else "delopen", "delopen"
    if not counted:
        return "uncfirm", "unc", "uncopen"
    return "pledge", "disp" if disputed else "doubt", "open"


def _label(step: Step, blocks: list[Block], life: LifeLine) -> Iterable[Label]:
    """In the hatching of the step, on a ground of its own; else in its firm part; else, where neither is high
    enough for a line, above it. Near the end it is turned round."""
    if not step.label or not blocks:
        return
    at = _share(step.since, life)
    near_end = at > 75
    x = "100%" if near_end else place(at)
    roomy = [block for block in blocks if block.height >= LINE]
    if not roomy:
        yield Label(x, min(block.y for block in blocks) - 4, step.label, "b", end=near_end)
        return
    hatched = [block for block in roomy if block.kind in ("doubt", "disp", "unc", "delopen")]
    block = (hatched or roomy)[0]
    ground = round(width(step.label, 12, bold=True)) + 10 if hatched else 0
    kind = "on-d" if block.kind == "deliv" else "b"
    yield Label(x, block.y + 17, step.label, kind, ground, near_end)


def _first(life: LifeLine) -> date:
    """The beginning of the axis: a little before the first step, so that the numbers of the axis stand clear of it."""
    earliest = min((step.since for step in life.pledged + life.delivered), default=life.first)
    return min(life.first, earliest - (life.last - earliest) * AXIS_ROOM // 100)


def _due(life: LifeLine) -> Label | None:
    if life.due is None or not life.first <= life.due.day <= life.last:
        return None
    at = _share(life.due.day, life)
    return Label(place(at), 14, life.due.label, "over", 0, at > 50)


def _spans(steps: tuple[Step, ...], last: date) -> Iterable[tuple[Step, date]]:
    ordered = sorted(steps, key=lambda step: step.since)
    ends = [step.since for step in ordered[1:]] + [last]
    return zip(ordered, ends, strict=True) if ordered else ()


def _ends(step: Step) -> Iterable[Decimal]:
    total = as_sum(step.quantity) or Sum()
    yield total.low
    if total.high is not None:
        yield total.high


def _height(number: Decimal, axis: Scale, base: int) -> float:
    return round(base - axis.percent(number) / 100 * (base - TOP), 1)


def _share(day: date, life: LifeLine) -> float:
    whole = (life.last - life.first) or timedelta(days=1)
    return min(100.0, max(0.0, (day - life.first) / whole * 100))
