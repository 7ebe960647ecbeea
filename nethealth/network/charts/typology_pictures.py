"""The four network types as small SVG drawings in the colors of a theme."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass

from nethealth.network.analysis.typology_thresholds import NetworkType
from nethealth.presentation.palette import Palette

WIDTH, HEIGHT = 200, 128

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Diagram:
    hubs: tuple[Point, ...]
    people: tuple[Point, ...]
    ties: tuple[tuple[Point, Point], ...]


ALT_TEXTS = {
    NetworkType.SCATTERED: "small clusters of people, with no connections between them",
    NetworkType.HUB_AND_SPOKE: "one person in the middle; everyone else is connected to that person only",
    NetworkType.MULTI_HUB: "three people who are connected, each surrounded by others",
    NetworkType.CORE_AND_PERIPHERY: "a dense center of connected people, with others around it",
}
"""Each drawing as text for screen readers."""


def type_picture(network_type: NetworkType, *, palette: Palette, is_marked: bool) -> str:
    """Return the drawing of a network type, 200 by 128; in stronger colors if it `is_marked`."""
    diagram = _DIAGRAMS[network_type]
    line, person = (palette.muted, palette.muted) if is_marked else (palette.faint, palette.faint)
    hub = f'fill="{palette.accent}" stroke="{palette.ink}"' if is_marked else f'fill="{palette.muted}"'
    ties = "".join(f'<path d="M{_at(one)}L{_at(other)}"/>' for one, other in diagram.ties)
    people = "".join(f'<circle cx="{x:g}" cy="{y:g}" r="4"/>' for x, y in diagram.people)
    hubs = "".join(f'<circle cx="{x:g}" cy="{y:g}" r="7"/>' for x, y in diagram.hubs)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<g stroke="{line}" stroke-width="1.5">{ties}</g><g fill="{person}">{people}</g><g {hub}>{hubs}</g></svg>'
    )


def _at(point: Point) -> str:
    return f"{point[0]:g} {point[1]:g}"


def _around(middle: Point, many: int, *, wide: float, high: float, first: float = 0.0) -> tuple[Point, ...]:
    """Return evenly spaced points on an ellipse, the first at an angle given in turns."""
    turns = (first + at / many for at in range(many))
    return tuple(
        (
            round(middle[0] + wide * math.cos(2 * math.pi * turn), 1),
            round(middle[1] + high * math.sin(2 * math.pi * turn), 1),
        )
        for turn in turns
    )


def _all_pairs(points: Iterable[Point]) -> tuple[tuple[Point, Point], ...]:
    known = list(points)
    return tuple((one, other) for at, one in enumerate(known) for other in known[at + 1 :])


def _scattered() -> _Diagram:
    three = _around((38, 34), 3, wide=18, high=16, first=0.08)
    four = _around((150, 92), 4, wide=22, high=18, first=0.1)
    pairs = (((100, 20), (122, 30)), ((24, 98), (48, 108)))
    more = _around((92, 72), 3, wide=15, high=14, first=0.6)
    alone = ((172, 30), (88, 114))
    return _Diagram(
        hubs=(),
        people=(*three, *four, *(point for pair in pairs for point in pair), *more, *alone),
        ties=(*_all_pairs(three), *itertools.pairwise(four), *pairs, *itertools.pairwise(more)),
    )


def _hub_and_spoke() -> _Diagram:
    middle = (WIDTH / 2, HEIGHT / 2)
    spokes = _around(middle, 11, wide=78, high=50, first=0.02)
    return _Diagram(hubs=(middle,), people=spokes, ties=tuple((middle, spoke) for spoke in spokes))


def _multi_hub() -> _Diagram:
    hubs: tuple[Point, ...] = ((50, 40), (152, 36), (100, 92))
    around = (
        _around(hubs[0], 7, wide=36, high=30, first=0.2),
        _around(hubs[1], 7, wide=36, high=28, first=0.26),
        _around(hubs[2], 7, wide=42, high=28, first=-0.1),
    )
    spokes = tuple((hub, spoke) for hub, ring in zip(hubs, around, strict=True) for spoke in ring)
    people = tuple(spoke for ring in around for spoke in ring)
    return _Diagram(hubs=hubs, people=people, ties=(*_all_pairs(hubs), *spokes))


def _core_and_periphery() -> _Diagram:
    middle = (WIDTH / 2, HEIGHT / 2)
    core = _around(middle, 6, wide=32, high=24, first=0.04)
    edge = _around(middle, 12, wide=84, high=54, first=0.0)
    paths = tuple((one, other) for at, one in enumerate(edge) for other in _nearest(one, core)[: 1 + at % 2])
    return _Diagram(hubs=core, people=edge, ties=(*_all_pairs(core), *paths))


def _nearest(one: Point, others: Iterable[Point]) -> list[Point]:
    return sorted(others, key=lambda other: math.dist(one, other))


_DIAGRAMS = {
    NetworkType.SCATTERED: _scattered(),
    NetworkType.HUB_AND_SPOKE: _hub_and_spoke(),
    NetworkType.MULTI_HUB: _multi_hub(),
    NetworkType.CORE_AND_PERIPHERY: _core_and_periphery(),
}
