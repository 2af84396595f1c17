"""The outlines of countries, as `docs/map/shapes.py` made them of Natural Earth: those of today, whatever the day."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

FILE = Path(__file__).with_name("shapes.json")
MARGIN = 0.06  # of what a frame holds, on each side
LEAST_SIDE = 200  # units, ten degrees: a frame is no narrower and no lower


@dataclass(frozen=True)
class Box:
    """A part of the drawing, in its units: its left, its top, its right and its bottom."""

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
        """Whether the two have anything in common."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )


@dataclass(frozen=True)
class Shape:
    """The outline of a country: a path of SVG, the box around it, and the middle of its largest part."""

    code: str
    box: Box
    at: tuple[float, float]
    path: str


@cache
def shapes() -> dict[str, Shape]:
    """Every outline by the code of its country."""
    found = json.loads(FILE.read_bytes())["shapes"]
    return {code: Shape(code, Box(*each["box"]), tuple(each["at"]), each["d"]) for code, each in found.items()}


@cache
def nobodys() -> str:
    """The path of the land that has no code."""
    return str(json.loads(FILE.read_bytes())["land"])


def frame(boxes: Iterable[Box]) -> Box:
    """The box that holds all of these, with a margin around them."""
    boxes = list(boxes)
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
    across = max(right - left, LEAST_SIDE) * (1 + 2 * MARGIN) / 2
    down = max(bottom - top, LEAST_SIDE) * (1 + 2 * MARGIN) / 2
    x, y = (left + right) / 2, (top + bottom) / 2
    return Box(round(x - across), round(y - down), round(x + across), round(y + down))
