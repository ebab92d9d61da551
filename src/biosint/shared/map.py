"""Europe as an outline, and where a place stands on it.

The projection is Lambert's conformal cone, the usual one for maps of Europe. The build writes the
outline together with the constants of the projection, so that points and coast always agree.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from biosint.shared.charts.pen import width_of
from biosint.shared.icons import built_file
from biosint.shared.verdicts import Sentence


@dataclass(frozen=True)
class Outline:
    """The coast as an SVG path, in a box of ``width`` by ``height``."""

    width: float
    height: float
    longitude: float
    latitude: float
    parallels: tuple[float, float]
    scale: float
    outline: str

    @cached_property
    def cone(self) -> float:
        """The share of a full turn that the unrolled cone covers."""
        south, north = (math.radians(parallel) for parallel in self.parallels)
        return math.log(math.cos(south) / math.cos(north)) / math.log(_widening(north) / _widening(south))

    def distance(self, latitude: float) -> float:
        """Return how far a circle of latitude lies from the tip of the cone, in units of the map."""
        south = math.radians(self.parallels[0])
        stretch = math.cos(south) * _widening(south) ** self.cone / self.cone
        return float(self.scale * stretch / _widening(math.radians(latitude)) ** self.cone)

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return the point (x, y) of a place, in units of the map."""
        turn = self.cone * math.radians(longitude - self.longitude)
        radius = self.distance(latitude)
        x = self.width / 2 + radius * math.sin(turn)
        y = self.height / 2 + radius * math.cos(turn) - self.distance(self.latitude)
        return round(x, 1), round(y, 1)


def _widening(latitude: float) -> float:
    return math.tan(math.pi / 4 + latitude / 2)


@lru_cache(maxsize=1)
def europe() -> Outline:
    """Return the outline that the build wrote."""
    read = json.loads(built_file("europe.json").read_text("utf-8"))
    return Outline(**{**read, "parallels": tuple(read["parallels"])})


def place(latitude: float, longitude: float) -> tuple[float, float]:
    """Return where a place stands on the map of Europe."""
    return europe().place(float(latitude), float(longitude))


@dataclass(frozen=True, slots=True)
class Point:
    """One institution on the map."""

    label: Sentence
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the map that is shown."""

    x: float
    y: float
    width: float
    height: float

    @property
    def unit(self) -> float:
        """One pixel of a map about 640 pixels wide, in units of the map."""
        return self.width / 640


@dataclass(frozen=True, slots=True)
class Dot:
    """A point in its place, with its label where no other label or point is; else without one."""

    label: str
    x: float
    y: float
    label_x: float | None = None
    label_y: float | None = None
    anchor: str = "start"


Box = tuple[float, float, float, float]


def framed(places: Iterable[tuple[float, float]], *, air: float = 36, shape: float = 1.55) -> Frame:
    """Return the frame around the places, about ``shape`` times as wide as high."""
    whole = europe()
    placed = list(places)
    if not placed:
        return Frame(0, 0, whole.width, whole.height)
    left, right = min(x for x, _y in placed) - air, max(x for x, _y in placed) + air
    top, bottom = min(y for _x, y in placed) - air, max(y for _x, y in placed) + air
    width = min(max(right - left, (bottom - top) * shape, 200.0), whole.width)
    height = min(max(bottom - top, width / shape), whole.height)
    x = min(max((left + right - width) / 2, 0), whole.width - width)
    y = min(max((top + bottom - height) / 2, 0), whole.height - height)
    return Frame(round(x, 1), round(y, 1), round(width, 1), round(height, 1))


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def labelled(points: Sequence[Point], frame: Frame) -> list[Dot]:
    """Place every point, and its label right, left, above or below, wherever there is room."""
    unit = frame.unit
    size = 14 * unit
    places = [place(point.latitude, point.longitude) for point in points]
    taken: list[Box] = [(x - 6 * unit, y - 6 * unit, x + 6 * unit, y + 6 * unit) for x, y in places]
    dots = []
    for point, (x, y) in zip(points, places, strict=True):
        label = str(point.label)
        wide = width_of(label, size)
        tries = (
            (x + 9 * unit, y + 4.5 * unit, "start", x + 9 * unit),
            (x - 9 * unit, y + 4.5 * unit, "end", x - 9 * unit - wide),
            (x, y - 11 * unit, "middle", x - wide / 2),
            (x, y + 21 * unit, "middle", x - wide / 2),
        )
        dot = Dot(label, x, y)
        for label_x, label_y, anchor, left in tries:
            box = (left, label_y - size * 0.8, left + wide, label_y + size * 0.25)
            inside = left >= frame.x and box[2] <= frame.x + frame.width
            if inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                dot = Dot(label, x, y, round(label_x, 1), round(label_y, 1), anchor)
                break
        dots.append(dot)
    return dots
