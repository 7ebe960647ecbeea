"""Regions on a picture: a soft area around their people, and their name above or beside it."""

from __future__ import annotations

import heapq
import html
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from nethealth.network.map.network_map import NetworkMap
from nethealth.presentation import palette
from nethealth.presentation.palette import Palette

Position = tuple[float, float]

FEWEST_IN_REGION = 3
REACH = 0.95
"""How far a region reaches around each of its people, in usual distances between neighbors."""
NEIGHBORS = 5
"""To so many neighbors goes a stroke."""
LEAST_REACH, MOST_REACH = 12.0, 40.0
"""The same in pixels, at least and at most."""
OPACITY = 0.11
TOWARD_INK = 0.4
"""How much ink the color of a region's name has, so that the palest category can be read."""
LETTER_WIDTH = 0.5
"""An average letter's width in the font of titles, as a share of its size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionArea:
    """A region in the picture."""

    name: str
    color: str
    people: tuple[Position, ...]
    """Where its people stand."""


def region_areas(drawn: NetworkMap, spots: Sequence[Position], ties: Sequence[int]) -> list[RegionArea]:
    """Return the regions of a map with the positions of their people; those who have no ties stand elsewhere."""
    numbers = region_numbers(drawn)
    colors = palette.LIGHT
    areas = []
    for number, name in drawn.regions.names.items():
        places = [at for at, each in enumerate(numbers) if each == number and ties[at]]
        if len(places) >= FEWEST_IN_REGION:
            color = _color(drawn, number, places, colors)
            areas.append(RegionArea(name=name, color=color, people=tuple(spots[at] for at in places)))
    return areas


def region_numbers(drawn: NetworkMap) -> list[int]:
    """Return the number of each person's region; negative for none."""
    if drawn.regions.kind == "category":
        return [group if group in drawn.regions.names else -1 for group in drawn.coloring.groups]
    return [int(node["cluster"]) if node["cluster"] in drawn.regions.names else -1 for node in drawn.nodes]


def _color(drawn: NetworkMap, number: int, places: Sequence[int], colors: Palette) -> str:
    """The category's color, or for a cluster that of the category of most of its people."""
    groups = [drawn.coloring.groups[at] for at in places]
    group = number if drawn.regions.kind == "category" else max(set(groups), key=groups.count)
    is_clear = drawn.regions.kind == "category" or 2 * groups.count(group) > len(groups)
    return colors.categories[group] if group >= 0 and is_clear else colors.muted


def draw_areas(areas: Iterable[RegionArea], *, reach: float) -> str:
    """Return the areas as SVG: thick round strokes between neighbors, which blend because they are one path."""
    return "".join(
        f'<path d="{_between_neighbors(area.people)}" fill="none" stroke="{area.color}" stroke-width="{2 * reach:.0f}" '
        f'stroke-linecap="round" opacity="{OPACITY:g}"/>'
        for area in areas
    )


def _between_neighbors(people: Sequence[Position]) -> str:
    parts = []
    for x, y in people:
        nearest = heapq.nsmallest(NEIGHBORS + 1, people, key=partial(math.dist, (x, y)))
        parts += [f"M{x:.0f} {y:.0f}L{to_x:.0f} {to_y:.0f}" for to_x, to_y in nearest]
    return "".join(parts)


def reach_around(positions: Sequence[Position]) -> float:
    """Return how far areas reach around people who stand at these positions, in pixels."""
    apart = sorted(
        min((math.dist(one, other) for at, other in enumerate(positions) if at != place), default=0.0)
        for place, one in enumerate(positions[:400])
    )
    usual = apart[len(apart) // 2] if apart else 0.0
    return min(max(REACH * usual, LEAST_REACH), MOST_REACH)


def region_names(
    areas: Iterable[RegionArea],
    *,
    reach: float,
    size: float,
    colors: Palette,
    claim: Callable[[float, float, float, float], bool],
) -> str:
    """Return the areas' names as SVG, each where `claim` of a box (left, top, right, bottom) says that it is free."""
    texts = []
    for area in areas:
        half = LETTER_WIDTH * size * len(area.name) / 2
        for x, y in _spots(area, reach=reach, half=half, size=size):
            if claim(x - half, y - size * 0.6, x + half, y + size * 0.6):
                texts.append(
                    f'<text x="{x:.1f}" y="{y + size * 0.33:.1f}" text-anchor="middle" '
                    f'fill="{mix(area.color, colors.ink, TOWARD_INK)}">{html.escape(area.name)}</text>'
                )
                break
    return "".join(texts)


def _spots(area: RegionArea, *, reach: float, half: float, size: float) -> Iterator[Position]:
    """Where the middle of a name may be: around the area's edge, above it first."""
    xs, ys = zip(*area.people, strict=True)
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    for gap in (0.2, 0.9):
        for step in range(24):
            turn = -math.pi / 2 + math.tau / 24 * ((step + 1) // 2) * (-1 if step % 2 else 1)
            across, down = math.cos(turn), math.sin(turn)
            edge = max((px - x) * across + (py - y) * down for px, py in area.people)
            distance = edge + reach * gap + abs(across) * half + abs(down) * size / 2
            yield x + across * distance, y + down * distance


def mix(color: str, other: str, share: float) -> str:
    """Return a color with a share (0 to 1) of another; all are like `#1a2b3c`.

    Examples:
        >>> mix("#000000", "#ffffff", 0.5)
        '#808080'
    """
    pairs = [(int(color[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(one + (two - one) * share + 1e-9):02x}" for one, two in pairs)
