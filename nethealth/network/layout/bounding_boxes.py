"""Bounding boxes of components on the map, indexed by a grid, so that thousands aren't all compared with each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import floor

Point = tuple[float, float]

GAP = 1.6
"""The gap between neighboring components, in units."""
SQUARE = 8.0
"""The side of a grid square, in units."""
MAX_SQUARES = 4_096
"""A box that covers more squares than this isn't indexed but compared every time."""


class Box:
    """A rectangle, in units; y grows downward."""

    __slots__ = ("bottom", "left", "right", "top")

    def __init__(self, left: float, top: float, right: float, bottom: float) -> None:
        self.left, self.top, self.right, self.bottom = left, top, right, bottom

    @classmethod
    def around(cls, points: Iterable[Point]) -> Box:
        """Return the smallest box that contains the points."""
        across, down = zip(*points, strict=True)
        return cls(min(across), min(down), max(across), max(down))

    def meets(self, other: Box, *, gap: float = GAP / 2) -> bool:
        """True if the two are closer to each other than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )


class Boxes:
    """Boxes in the order in which they were added."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._boxes: list[Box] = []
        self._by_square: dict[tuple[int, int], list[Box]] = {}
        self._unindexed: list[Box] = []
        for box in boxes:
            self.add(box)

    def __iter__(self) -> Iterator[Box]:
        return iter(self._boxes)

    def __len__(self) -> int:
        return len(self._boxes)

    def __getitem__(self, at: int) -> Box:
        return self._boxes[at]

    def add(self, box: Box) -> None:
        """Add a box."""
        self._boxes.append(box)
        squares = _grid_squares(box)
        if squares is None:
            self._unindexed.append(box)
        else:
            for square in squares:
                self._by_square.setdefault(square, []).append(box)

    def near(self, box: Box, *, gap: float = GAP / 2) -> list[Box]:
        """Return the boxes that are closer to `box` than `gap`, each once."""
        squares = _grid_squares(Box(box.left - gap, box.top - gap, box.right + gap, box.bottom + gap))
        if squares is None:
            candidates: Iterable[Box] = self._boxes
        else:
            indexed = (other for square in squares for other in self._by_square.get(square, ()))
            candidates = {id(other): other for other in (*self._unindexed, *indexed)}.values()
        return [other for other in candidates if box.meets(other, gap=gap)]

    def cover(self, point: Point, *, gap: float = GAP / 2) -> bool:
        """True if a box is closer to the point than `gap`."""
        return bool(self.near(Box.around([point]), gap=gap))


def _grid_squares(box: Box) -> Iterator[tuple[int, int]] | None:
    """Return the squares that a box covers; None if there are too many."""
    across, down = (box.right - box.left) / SQUARE + 2, (box.bottom - box.top) / SQUARE + 2
    if across * down > MAX_SQUARES:
        return None
    left, top, right, bottom = (floor(side / SQUARE) for side in (box.left, box.top, box.right, box.bottom))
    return ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))
