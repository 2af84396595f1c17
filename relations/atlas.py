"""The outlines of today's countries, which `docs/map/shapes.py` made from Natural Earth."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

FILE = Path(__file__).with_name("shapes.json")
MARGIN = 0.06  # on each side of a frame, as a share of its width or height
LEAST_SIDE = 200  # units, which are ten degrees: the minimum width and height of a frame


@dataclass(frozen=True)
class Box:
    """A rectangle of the map, in its units."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def meets(self, other: Self) -> bool:
        """Whether the two rectangles intersect or touch."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )


@dataclass(frozen=True)
class Shape:
    """The outline of a country: an SVG path, its bounding box, and the middle of its largest part."""

    code: str
    box: Box
    at: tuple[float, float]
    path: str


@cache
def shapes() -> dict[str, Shape]:
    """All outlines, by the code of their country."""
    found = json.loads(FILE.read_bytes())["shapes"]
    return {code: Shape(code, Box(*each["box"]), tuple(each["at"]), each["d"]) for code, each in found.items()}


@cache
def land_without_code() -> str:
    """The SVG path of the land that belongs to no country with a code."""
    return str(json.loads(FILE.read_bytes())["land"])


def frame(boxes: Iterable[Box]) -> Box:
    """A box around all of these, with a margin; ValueError if there are none."""
    boxes = list(boxes)
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
    across = max(right - left, LEAST_SIDE) * (1 + 2 * MARGIN) / 2
    down = max(bottom - top, LEAST_SIDE) * (1 + 2 * MARGIN) / 2
    x, y = (left + right) / 2, (top + bottom) / 2
    return Box(round(x - across), round(y - down), round(x + across), round(y + down))
