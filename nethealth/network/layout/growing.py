"""Positions in a network that grows while people watch: no one who is there moves, and new people find a free place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import cos, dist, floor, pi, sin

from nethealth.network.layout.bounding_boxes import Point
from nethealth.workbook.records import PersonKey

APART: float = 0.8
"""How far new people stand from everyone else at least, in units."""
_TURNS = 16
"""Directions in which a place is looked for."""
_STEP = 0.4
"""The distance between the circles on which it is looked for, in units."""
_GOLDEN = pi * (3 - 5**0.5)
_MOST_CIRCLES = 200


def growing_positions(
    ties: Sequence[tuple[PersonKey, PersonKey]], *, reserved: Mapping[PersonKey, Point]
) -> dict[PersonKey, Point]:
    """Return positions of everyone who is tied. `ties` are in the order in which they appeared.

    People with a `reserved` position stand there, such as on a map that the room knows. Others get the free place
    nearest to whom they were first tied to; two who are both new, the free place nearest to the middle of all. So what
    is added to the end of `ties` moves no one.
    """
    taken = _Places(reserved.values())
    positions: dict[PersonKey, Point] = {}
    for one, other in ties:
        for person, neighbor in ((one, other), (other, one)):
            if person in positions:
                continue
            if person in reserved:
                positions[person] = reserved[person]
                continue
            near = positions.get(neighbor) or reserved.get(neighbor) or taken.middle
            positions[person] = taken.claim(near, turn=len(positions) * _GOLDEN)
    return positions


class _Places:
    """Places that are taken, looked up by the squares of a grid as wide as people stand apart."""

    def __init__(self, points: Iterable[Point]) -> None:
        self._squares: dict[tuple[int, int], list[Point]] = defaultdict(list)
        self._count = 0
        self._sum = (0.0, 0.0)
        for point in points:
            self._add(point)

    @property
    def middle(self) -> Point:
        """The middle of all places."""
        return (self._sum[0] / self._count, self._sum[1] / self._count) if self._count else (0.0, 0.0)

    def claim(self, near: Point, *, turn: float) -> Point:
        """Take the free place nearest to a point, beginning in the direction `turn` (radians)."""
        if self._is_free(near):
            self._add(near)
            return near
        for circle in range(1, _MOST_CIRCLES):
            for step in range(_TURNS):
                angle = turn + step * 2 * pi / _TURNS
                reach = APART + circle * _STEP
                point = (near[0] + reach * cos(angle), near[1] + reach * sin(angle))
                if self._is_free(point):
                    self._add(point)
                    return point
        return near

    def _add(self, point: Point) -> None:
        self._squares[self._square(point)].append(point)
        self._sum = (self._sum[0] + point[0], self._sum[1] + point[1])
        self._count += 1

    def _is_free(self, point: Point) -> bool:
        across, down = self._square(point)
        return all(
            dist(point, other) >= APART
            for x in (across - 1, across, across + 1)
            for y in (down - 1, down, down + 1)
            for other in self._squares.get((x, y), ())
        )

    def _square(self, point: Point) -> tuple[int, int]:
        return (floor(point[0] / APART), floor(point[1] / APART))
