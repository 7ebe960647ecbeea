"""The room that parts of a drawing take, found again by where it lies: thousands of parts are not held against all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import floor

Point = tuple[float, float]

GAP = 1.6
"""Between parts that stand beside each other, in units."""
SQUARE = 8.0
"""The side of the squares by which boxes are found, in units."""
MAX_SQUARES = 4_096
"""A box that lies in more squares than this is looked at every time instead."""


class Box:
    """The room that a drawing takes."""

    __slots__ = ("bottom", "left", "right", "top")

    def __init__(self, left: float, top: float, right: float, bottom: float) -> None:
        self.left, self.top, self.right, self.bottom = left, top, right, bottom

    @classmethod
    def around(cls, points: Iterable[Point]) -> Box:
        """The smallest box that holds the points."""
        across, down = zip(*points, strict=True)
        return cls(min(across), min(down), max(across), max(down))

    def meets(self, other: Box, *, gap: float = GAP / 2) -> bool:
        """Whether the two come nearer to each other than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )


class Boxes:
    """Boxes in the order in which they came."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._held: list[Box] = []
        self._by_square: dict[tuple[int, int], list[Box]] = {}
        self._wide: list[Box] = []
        for box in boxes:
            self.add(box)

    def __iter__(self) -> Iterator[Box]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __getitem__(self, at: int) -> Box:
        return self._held[at]

    def add(self, box: Box) -> None:
        """Let this one be found, too."""
        self._held.append(box)
        squares = _grid_squares(box)
        if squares is None:
            self._wide.append(box)
        else:
            for square in squares:
                self._by_square.setdefault(square, []).append(box)

    def near(self, box: Box, *, gap: float = GAP / 2) -> list[Box]:
        """Those that come nearer to `box` than `gap`, each once."""
        squares = _grid_squares(Box(box.left - gap, box.top - gap, box.right + gap, box.bottom + gap))
        if squares is None:
            looked_at: Iterable[Box] = self._held
        else:
            there = (other for square in squares for other in self._by_square.get(square, ()))
            looked_at = {id(other): other for other in (*self._wide, *there)}.values()
        return [other for other in looked_at if box.meets(other, gap=gap)]

    def cover(self, point: Point, *, gap: float = GAP / 2) -> bool:
        """Whether one of them comes nearer to a point than `gap`."""
        return bool(self.near(Box.around([point]), gap=gap))


def _grid_squares(box: Box) -> Iterator[tuple[int, int]] | None:
    """The squares in which a box lies; None where they are too many."""
    across, down = (box.right - box.left) / SQUARE + 2, (box.bottom - box.top) / SQUARE + 2
    if across * down > MAX_SQUARES:
        return None
    left, top, right, bottom = (floor(side / SQUARE) for side in (box.left, box.top, box.right, box.bottom))
    return ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))
