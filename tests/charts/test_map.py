import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from app.charts import map
from app.charts.chart import Measure
from app.charts.land.make import cut_at_antimeridian, equal_earth, lambert
from tests.charts import cast

SIMFEROPOL = (34.10, 44.95)
PROJECTIONS = {
    "europe": (lambert, (-0.315, -0.302, 0.348, 0.31)),
    "world": (equal_earth, (-2.71, -1.05, 2.71, 1.32)),
}


def rings(path: str) -> list[list[tuple[float, float]]]:
    """The points of a path of M, l and z."""
    found = []
    for ring in path.split("z")[:-1]:
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.\d+|\.\d+|\d+)", ring)]
        points = [(numbers[0], numbers[1])]
        for x, y in zip(numbers[2::2], numbers[3::2], strict=True):
            points.append((points[-1][0] + x, points[-1][1] + y))
        found.append(points)
    return found


def inside(point: tuple[float, float], path: str) -> bool:
    x, y = point
    crossings = 0
    for ring in rings(path):
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
            crossings += (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
    return crossings % 2 == 1


def on_sheet(point: tuple[float, float], land: str) -> tuple[float, float]:
    project, (left, _, right, top) = PROJECTIONS[land]
    x, y = project(point)
    scale = map.outline(land).width / (right - left)
    return (x - left) * scale, (top - y) * scale


@pytest.mark.parametrize("land", ["europe", "world"])
def test_simferopol_lies_in_ukraine(land):
    countries = map.outline(land).countries

    assert inside(on_sheet(SIMFEROPOL, land), countries["UA"])
    assert not inside(on_sheet(SIMFEROPOL, land), countries["RU"])


@pytest.mark.parametrize("land", ["europe", "world"])
def test_no_line_runs_across_the_sheet(land):
    sheet = map.outline(land)
    steps = [
        (code, after[0] - before[0])
        for code, path in sheet.countries.items()
        for ring in rings(path)
        for before, after in pairwise(ring)
    ]

    assert [code for code, step in steps if abs(step) > sheet.width / 2 and land == "world"] == []


def test_a_ring_over_the_antimeridian_is_cut_in_two():
    pieces = cut_at_antimeridian([(170, 10), (-170, 10), (-170, 0), (170, 0)])

    assert [(min(x for x, _ in piece), max(x for x, _ in piece)) for piece in pieces] == [(-180, -170), (170, 180)]


@pytest.mark.parametrize("code", ["LU", "MT", "CY", "XK", "IS", "EE", "ME", "LI"])
def test_small_donors_have_a_place(code):
    sheet = map.outline("europe")

    assert code in sheet.countries or code in sheet.dots
    assert code in map.outline("world").countries or code in map.outline("world").dots


@pytest.mark.parametrize("code", ["US", "CA", "AU", "NZ", "JP", "KR", "TW"])
def test_donors_far_away_are_on_the_world(code):
    assert code in map.outline("world").countries


def test_donors_outside_the_frame_are_told_in_a_sentence():
    assert map.draw(cast.europe).outside == "Outside this map: United States 96, European Union 6."


def test_land_with_pledges_is_not_drawn_twice():
    drawn = map.draw(cast.europe)

    assert map.outline("europe").countries["DE"] not in drawn.land
    assert [place.donor.code for place in drawn.places] == ["DE", "LU", "MT", "XK"]


@pytest.mark.parametrize(
    ("numbers", "whole", "bounds"),
    [
        ([96, 41, 13, 2, 1], True, [1, 5, 10, 50]),
        ([3, 2, 1], True, [1, 2]),
        ([1], True, [1]),
        ([5, 4, 1], True, [1, 2, 5]),
        ([30, 12, 9], True, [5, 10, 20]),
        ([25_000_000_000, 300_000_000, 1_200_000], False, [10**6, 10**7, 10**8, 10**9, 10**10]),
        ([], True, []),
    ],
)
def test_classes_are_round_numbers(numbers, whole, bounds):
    assert list(map.classes([Decimal(number) for number in numbers], whole=whole)) == bounds


def test_most_is_darkest_and_no_number_has_no_step():
    bounds = map.classes([Decimal(number) for number in (1, 3)], whole=True)

    assert [map.step_of(number, bounds) for number in (Decimal(3), Decimal(1), None)] == [5, 4, 0]


def test_the_key_says_the_classes():
    assert [entry.text for entry in map.draw(cast.europe).key] == ["1–4", "5–9", "10–49", "50 or more", "no pledges"]


def test_euros_go_by_the_firm_part_and_unvalued_donors_are_hatched():
    donors = tuple(replace(donor, pledged=cast.records(0, 2)) for donor in cast.europe.donors)
    drawn = map.draw(replace(cast.europe, measure=Measure.VALUE, donors=donors))

    assert {place.step for place in drawn.places} == {0}
    assert drawn.places[0].name == "Germany: undisclosed"
