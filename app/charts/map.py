"""Donors on a map in five steps. The classes are round numbers, the same for every set of donors of that size."""

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import floor, log10
from pathlib import Path

from app.charts.chart import Donor, Map, Measure
from app.charts.keys import KeyEntry
from app.charts.scales import plain
from app.charts.words import Words, say

LAND = Path(__file__).parent / "land"
STEPS = 5
DOTS = {"europe": 4, "world": 2.5}  # radius in px of the sheet
# Lower bounds within one power of ten, from fine to coarse: the first that reaches the smallest donor is taken.
SERIES = (("5", "2", "1"), ("5", "1"), ("1",))


@dataclass(frozen=True)
class Outline:
    """Paths and dots by country code, in px of a sheet of that size. Dots mark countries too small to see."""

    width: int
    height: int
    countries: dict[str, str]
    dots: dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Place:
    """A donor on the map. `step` 1 to 5; 0: pledges, but none with a number. `dot` None: large enough without."""

    donor: Donor
    step: int
    path: str
    dot: tuple[float, float] | None
    name: str


@dataclass(frozen=True)
class DrawnMap:
    width: int
    height: int
    radius: float  # of the dots
    land: str  # one path: land without pledges
    recipient: str
    places: tuple[Place, ...]
    key: tuple[KeyEntry, ...]
    outside: str  # a sentence; empty when all are on the map


@cache
def outline(land: str) -> Outline:
    """Raises KeyError for a land that is not there."""
    file = {"europe": "europe.json", "world": "world.json"}[land]
    read = json.loads((LAND / file).read_text(encoding="utf-8"))
    dots = {code: (x, y) for code, (x, y) in read["dots"].items()}
    return Outline(read["width"], read["height"], read["countries"], dots)


def draw(chart: Map) -> DrawnMap:
    sheet = outline(chart.land)
    bounds = classes(
        [number_of(donor, chart.measure) for donor in chart.donors], whole=chart.measure is Measure.RECORDS
    )
    seen = [donor for donor in chart.donors if donor.code in sheet.countries or donor.code in sheet.dots]
    donors = {donor.code for donor in seen} | {chart.recipient}
    places = tuple(
        Place(
            donor,
            step_of(number_of(donor, chart.measure), bounds),
            sheet.countries.get(donor.code, ""),
            sheet.dots.get(donor.code),
            name_of(donor, chart),
        )
        for donor in seen
        if donor.code != chart.recipient
    )
    return DrawnMap(
        sheet.width,
        sheet.height,
        DOTS[chart.land],
        "".join(path for code, path in sheet.countries.items() if code not in donors),
        sheet.countries[chart.recipient],
        places,
        key_of_map(bounds, places, chart),
        sentence_of([donor for donor in chart.donors if donor not in seen], chart),
    )


def number_of(donor: Donor, measure: Measure) -> Decimal | None:
    """What the step goes by: pledges, or the firm part of the euros. None: no number is given."""
    if measure is Measure.RECORDS:
        return Decimal(donor.pledged.members)
    return max(donor.pledged.low, donor.pledged.point) if donor.pledged.numbered else None


def classes(numbers: list[Decimal | None], *, whole: bool = False) -> tuple[Decimal, ...]:
    """Lower bounds of up to five classes, ascending. With `whole` none lies under 1."""
    known = [number for number in numbers if number]
    if not known:
        return ()
    found: list[Decimal] = []
    for series in SERIES:
        found = _bounds(max(known), series)
        if found[-1] <= min(known):
            break
    kept = sorted(bound for bound in found if not whole or bound >= 1)
    above_least = [bound for bound in kept if bound > min(known)]
    return tuple(kept[-len(above_least) - 1 :])


def step_of(number: Decimal | None, bounds: tuple[Decimal, ...]) -> int:
    """1 to 5, the uppermost class always the darkest. None: 0."""
    if number is None:
        return 0
    above = sum(number >= bound for bound in bounds)
    return STEPS - len(bounds) + max(above, 1) if bounds else 1


def name_of(donor: Donor, chart: Map) -> str:
    said = say(donor.pledged, chart.words, records=False) if chart.measure is not Measure.RECORDS else None
    amount = chart.words.pledges(donor.pledged.members) if said is None else str(said)
    return f"{donor.name}: {amount}"


def key_of_map(bounds: tuple[Decimal, ...], places: tuple[Place, ...], chart: Map) -> tuple[KeyEntry, ...]:
    entries = [
        KeyEntry(f"c{STEPS - len(bounds) + number}", _class_words(bounds, number, chart.words, chart.measure))
        for number in range(1, len(bounds) + 1)
    ]
    if any(place.step == 0 for place in places):
        entries.append(KeyEntry("c0", chart.words.key_no_value))
    return (*entries, KeyEntry("land", chart.words.key_land))


def sentence_of(donors: list[Donor], chart: Map) -> str:
    if not donors:
        return ""
    records = chart.measure is Measure.RECORDS
    amounts = (
        chart.words.number(Decimal(donor.pledged.members)) if records else str(say(donor.pledged, chart.words))
        for donor in donors
    )
    told = (f"{donor.name} {amount}" for donor, amount in zip(donors, amounts, strict=True))
    return chart.words.outside.format(donors=", ".join(told))


def _bounds(highest: Decimal, series: tuple[str, ...]) -> list[Decimal]:
    """From the largest round number that is not above the highest, downwards."""
    power = Decimal(10) ** (floor(log10(highest)) + 1)
    found: list[Decimal] = []
    while len(found) < STEPS:
        power /= 10
        found += [bound for digits in series if (bound := Decimal(digits) * power) <= highest]
    return [plain(bound) for bound in found[:STEPS]]


def _class_words(bounds: tuple[Decimal, ...], number: int, words: Words, measure: Measure) -> str:
    low, high = bounds[number - 1], bounds[number] if number < len(bounds) else None
    if high is None:
        return words.or_more.format(low=words.number(low))
    if measure is Measure.RECORDS:
        last = high - 1
        return (
            words.number(low) if low == last else words.interval.format(low=words.number(low), high=words.number(last))
        )
    if number == 1:
        return words.under.format(high=words.number(high))
    return words.to_under.format(low=words.number(low), high=words.number(high))
