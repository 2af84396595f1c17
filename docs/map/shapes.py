"""Makes `relations/shapes.json`, the outlines that maps are drawn of, of Natural Earth as `world-atlas` packs it.

`make shapes` runs it: it takes the file `countries-50m.json` of that package, and writes an outline for each country
under its three letters of ISO 3166-1, in SVG's own words for a path. Borders are simplified once for both sides, so
that neighbours stay neighbours. Islands too small to be seen are left out, unless a country is nothing else.
"""

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path

import pycountry

UNITS = 20  # of the drawing to a degree of longitude
ROUND = 360 * UNITS
STRAIT = -169 * UNITS
TOLERANCE = 1.6  # units that a line may leave out
LEAST_ISLAND = 90  # square units
SOUTH = -60  # degrees: what lies below it, Antarctica, is nobody's
# What Natural Earth draws without a number of ISO: Kosovo has letters of this register; the rest is land of no code.
BY_NAME = {"Kosovo": "XKX"}
PROVENANCE = {
    "source": "Natural Earth, Admin 0 countries 1:50m, by the npm package world-atlas 2.0.2 (countries-50m.json)",
    "licence": "Public domain (naturalearthdata.com/about/terms-of-use); the package is ISC",
    "made": "docs/map/shapes.py: Miller's projection, 20 units to a degree, lines simplified to 1.6 units",
}

Point = tuple[float, float]


def projected(longitude: float, latitude: float) -> Point:
    """A place in Miller's cylindrical projection, in units, from the meridian of Greenwich and the equator."""
    phi = math.radians(max(latitude, SOUTH - 25))
    return longitude * UNITS, -math.degrees(1.25 * math.log(math.tan(math.pi / 4 + 0.4 * phi))) * UNITS


def simplified(points: list[Point]) -> list[Point]:
    """A line with those of its points only that it would leave by more than the tolerance (Douglas and Peucker)."""
    kept, waiting = {0, len(points) - 1}, [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        farthest, distance = 0, TOLERANCE
        for number in range(first + 1, last):
            if (away := off(points[number], points[first], points[last])) > distance:
                farthest, distance = number, away
        if farthest:
            kept.add(farthest)
            waiting += [(first, farthest), (farthest, last)]
    return [points[number] for number in sorted(kept)]


def off(point: Point, start: Point, end: Point) -> float:
    """How far a point is from the line between two others."""
    (x, y), (dx, dy) = (point[0] - start[0], point[1] - start[1]), (end[0] - start[0], end[1] - start[1])
    length = dx * dx + dy * dy
    share = max(0.0, min(1.0, (x * dx + y * dy) / length)) if length else 0.0
    return math.hypot(x - share * dx, y - share * dy)


def arcs_of(topology: dict) -> list[list[Point]]:
    """The lines that borders share, each simplified: those of rings that close upon themselves in two halves."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            place = projected(x * sx + tx, y * sy + ty)
            points.append(beside(place, points[-1]) if points else place)
        half = len(points) // 2
        is_ring = points[0] == points[-1] and half
        arcs.append(simplified(points[: half + 1])[:-1] + simplified(points[half:]) if is_ring else simplified(points))
    return arcs


def beside(point: Point, other: Point) -> Point:
    """A point on that side of the antimeridian on which another is, so that no line runs around the world."""
    return point[0] - round((point[0] - other[0]) / ROUND) * ROUND, point[1]


def rings_of(geometry: dict, arcs: list[list[Point]]) -> Iterator[list[Point]]:
    """The rings of a country, in whole units."""
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        return
    for polygon in [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]:
        for numbers in polygon:
            ring: list[Point] = []
            for number in numbers:
                line = arcs[number] if number >= 0 else arcs[~number][::-1]
                ring += [beside(point, ring[-1]) for point in line[1:]] if ring else line
            points = [(round(x), round(y)) for x, y in ring]
            # Nothing lies west of the strait between Asia and America.
            east = ROUND if max(x for x, _ in points) < STRAIT else 0
            yield [(x + east, y) for place, (x, y) in enumerate(points) if (x, y) != points[place - 1]]


def area_and_middle(ring: list[Point]) -> tuple[float, Point]:
    """How large a ring is, and the middle of it."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross / 2, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if not area:
        return 0.0, ring[0]
    return abs(area), (round(x / (6 * area)), round(y / (6 * area)))


def path(rings: list[list[Point]]) -> str:
    """The rings as a path that begins at its own place, each point by how far it is from the one before."""
    parts, at = [], (0.0, 0.0)
    for ring in rings:
        steps = [(x - px, y - py) for (x, y), (px, py) in zip(ring, [at, *ring], strict=False)]
        (x, y), *rest = steps
        lines = " ".join(f"{dx:g} {dy:g}" for dx, dy in rest)
        parts.append(f"{'m' if parts else 'M'}{x:g} {y:g}l{lines}z".replace(" -", "-").replace("l z", "z"))
        at = ring[0]  # where a closed ring leaves the pen
    return "".join(parts)


def main() -> None:
    """Reads the file that is named, and writes the outlines beside the code that draws them."""
    topology = json.loads(Path(sys.argv[1]).read_bytes())
    arcs = arcs_of(topology)
    shapes, land = {}, []
    for geometry in topology["objects"]["countries"]["geometries"]:
        rings = [ring for ring in rings_of(geometry, arcs) if ring]
        sized = sorted(((*area_and_middle(ring), ring) for ring in rings), key=lambda each: each[0], reverse=True)
        if not sized or projected(0, SOUTH)[1] < sized[0][1][1]:
            continue
        kept = [ring for area, _, ring in sized if len(ring) > 2 and area >= LEAST_ISLAND] or [sized[0][2]]
        number = pycountry.countries.get(numeric=geometry.get("id", ""))
        code = number.alpha_3 if number else BY_NAME.get(geometry["properties"]["name"], "")
        if not code:
            land += kept
            continue
        xs, ys = zip(*(point for ring in kept for point in ring), strict=True)
        box = [min(xs), min(ys), max(xs), max(ys)]
        shapes[code] = {"at": [round(part) for part in sized[0][1]], "box": box, "d": path(kept)}
    made = {**PROVENANCE, "land": path(land), "shapes": dict(sorted(shapes.items()))}
    lines = json.dumps(made, separators=(",", ":")).replace('},"', '},\n"')
    Path("relations/shapes.json").write_text(lines + "\n")


if __name__ == "__main__":
    main()
