"""Pictures of a network as SVG: for two waves side by side, and to keep or print. Nothing in one can run or be fetched.

A picture is drawn in pixels of its own width; where it is shown smaller, everything in it shrinks alike. Texts are
escaped; names stand where they cover no other name, the best connected first.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from nethealth.network.map.network_map import NetworkMap
from nethealth.presentation import palette
from nethealth.presentation.formatting import single_line
from nethealth.presentation.palette import Palette

Place = tuple[float, float]

WIDTH, WIDE = 640.0, 1280.0
"""How wide a picture is: one of two side by side, and one to keep."""
EDGE = 26.0
"""Room around the people, in pixels: half a mark and a little air."""
FLATTEST, TALLEST = 0.5, 1.15
"""A picture's height as a share of its width, at least and at most."""
LONGEST_LABEL = 22
"""Names are cut here: a picture is small."""
LETTER = 0.56
"""An average letter's width as a share of its size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A person in the picture."""

    at: Place
    """Where they stand, in units of the map's own."""
    radius: float
    """In pixels of the picture."""
    color: str
    shape: str = palette.OTHER_SHAPE
    is_hollow: bool = False
    label: str = ""
    """A name; empty where none is to be read."""
    weight: float = 0.0
    """Names of more weight are placed first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A tie in the picture."""

    start: Place
    end: Place
    color: str
    width: float = 1.0
    """In pixels of the picture."""
    dash: str = ""
    """Lengths of strokes and gaps, as SVG has them; empty for a whole line."""
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Sign:
    """An entry of the legend beneath a picture."""

    shape: str
    color: str
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the map that a picture holds."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, places: Iterable[Place]) -> Frame:
        """The smallest frame that holds all finite places; a unit square where there is none."""
        finite = [place for place in places if all(map(math.isfinite, place))]
        if not finite:
            return cls(0.0, 0.0, 1.0, 1.0)
        across, down = zip(*finite, strict=True)
        return cls(min(across), min(down), max(across), max(down))


def map_picture(
    marks: Sequence[Mark],
    lines: Sequence[Line] = (),
    *,
    words: str,
    frame: Frame | None = None,
    colors: Palette = palette.LIGHT,
    most_labels: int = 40,
    text_size: float = 12.5,
    width: float = WIDTH,
    legend: Sequence[Sign] = (),
    named_from: int = 0,
) -> str:
    """The people and ties as an SVG picture, `words` being what it shows for those who do not see it.

    `frame` is what the picture holds, the same for pictures that are to be compared (all marks unless given). Lines of
    one look are drawn as one, so that thousands stay small. Marks and lines without a finite place are left out. A
    `legend` stands beneath, in as many rows as it takes. Where the picture is shown narrower than `named_from` pixels,
    its names are left out: nobody could read them.
    """
    frame = frame or Frame.around(mark.at for mark in marks)
    scale, height = _scale(frame, width)
    middle = ((frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2)

    def spot(place: Place) -> Place:
        return (width / 2 + (place[0] - middle[0]) * scale, height / 2 + (place[1] - middle[1]) * scale)

    drawn = [replace(mark, at=spot(mark.at)) for mark in marks if all(map(math.isfinite, mark.at))]
    paths: dict[tuple[str, float, str, float], list[str]] = {}
    for line in lines:
        if all(map(math.isfinite, (*line.start, *line.end))):
            (x, y), (to_x, to_y) = spot(line.start), spot(line.end)
            look = (line.color, line.width, line.dash, line.opacity)
            paths.setdefault(look, []).append(f"M{x:.4g} {y:.4g}L{to_x:.4g} {to_y:.4g}")
    body = [_path("".join(parts), *look) for look, parts in paths.items()]
    signs, below = _legend(legend, top=height, size=text_size, width=width, colors=colors)
    narrow = f"@media (max-width: {named_from - 1}px) {{ .names {{ display: none }} }}"
    unnamed = f"<style>{narrow}</style>" if named_from else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {below:.0f}" width="{width:g}" '
        f'height="{below:.0f}" role="img"><title>{_text(words)}</title>'
        f'{unnamed}<rect width="100%" height="100%" fill="{colors.paper}"/>'
        f'<g fill="none" stroke-linecap="round">{"".join(body)}</g>'
        f"<g>{''.join(_mark(mark, colors) for mark in drawn)}</g>"
        f'<g class="names" font-family="{_text(palette.TEXT_FONTS)}" font-size="{text_size:g}" fill="{colors.ink}" '
        f'stroke="{colors.paper}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">'
        f"{''.join(_labels(drawn, most=most_labels, size=text_size, width=width, height=height))}</g>"
        f'<g font-family="{_text(palette.TEXT_FONTS)}" font-size="{text_size:g}" fill="{colors.ink}">{signs}</g></svg>'
    )


def picture_of_map(drawn: NetworkMap, *, colors: Palette = palette.LIGHT, most_labels: int = 80) -> str:
    """The map as it stands on the page, as a picture to keep: its people, ties, colours, shapes and names."""
    places = {str(node["id"]): (float(node["x"]), float(node["y"])) for node in drawn.nodes}
    groups = dict(zip(palette.GROUPS, colors.groups, strict=True))
    marks = [
        Mark(
            at=places[str(node["id"])],
            radius=5 + 0.9 * math.sqrt(min(float(node["ties"]), 60)),
            color=groups.get(str(node["color"]), colors.quiet),
            shape=str(node["shape"]),
            label=single_line(str(node["name"]), longest=LONGEST_LABEL),
            weight=float(node["ties"]),
        )
        for node in drawn.nodes
    ]
    lines = [
        Line(
            start=places[str(edge["from"])],
            end=places[str(edge["to"])],
            color=colors.muted,
            width=round(0.5 + 0.4 * min(max(float(edge.get("strength", 1.0)), 0.0), 7.0), 1),
            dash="4 5" if "dashes" in edge else "",
            opacity=0.35,
        )
        for edge in drawn.edges
    ]
    signs = [
        Sign(
            entry.shape,
            colors.groups[entry.group] if entry.group >= 0 else colors.quiet,
            f"{entry.label} {entry.count:,}",
        )
        for entry in drawn.legend
    ]
    return map_picture(
        marks,
        lines,
        legend=signs,
        words=f"{drawn.words} {drawn.named}".strip() or "A map of who is tied to whom",
        colors=colors,
        most_labels=most_labels,
        text_size=14,
        width=WIDE,
    )


def _scale(frame: Frame, width: float) -> tuple[float, float]:
    """Pixels for a unit of the map, and the picture's height."""
    across, down = max(frame.right - frame.left, 1e-9), max(frame.bottom - frame.top, 0.0)
    wide = width - 2 * EDGE
    height = min(max(wide * down / across + 2 * EDGE, width * FLATTEST), width * TALLEST)
    return min(wide / across, (height - 2 * EDGE) / down if down else math.inf), height


def _legend(signs: Sequence[Sign], *, top: float, size: float, width: float, colors: Palette) -> tuple[str, float]:
    """The legend's signs and words, and how far down they reach."""
    if not signs:
        return "", top
    row, x, y, found = size * 1.9, EDGE, top + size * 0.6, []
    for sign in signs:
        wide = 20 + LETTER * size * len(sign.text)
        if x > EDGE and x + wide > width - EDGE:
            x, y = EDGE, y + row
        found.append(_mark(Mark(at=(x, y), radius=5, color=sign.color, shape=sign.shape), colors))
        found.append(f'<text x="{x + 11:.1f}" y="{y + size * 0.35:.1f}">{_text(sign.text)}</text>')
        x += wide + size
    return "".join(found), y + row * 0.8


def _path(data: str, color: str, width: float, dash: str, opacity: float) -> str:
    strokes = f' stroke-dasharray="{_text(dash)}"' if dash else ""
    return f'<path d="{data}" stroke="{_text(color)}" stroke-width="{width:g}"{strokes} opacity="{opacity:g}"/>'


def _mark(mark: Mark, colors: Palette) -> str:
    x, y = mark.at
    look = (
        f'fill="{colors.paper}" stroke="{_text(mark.color)}" stroke-width="1.8"'
        if mark.is_hollow
        else f'fill="{_text(mark.color)}" stroke="{colors.paper}" stroke-width="1"'
    )
    if mark.shape not in _CORNERS:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{mark.radius:.1f}" {look}/>'
    points = " ".join(f"{x + mark.radius * a:.1f},{y + mark.radius * b:.1f}" for a, b in _CORNERS[mark.shape])
    return f'<polygon points="{points}" {look}/>'


def _round(corners: int, *, turn: float = 0.0, inner: float | None = None) -> tuple[Place, ...]:
    """Corners of a figure around (0, 0); with `inner` a star's."""
    steps = corners * (2 if inner else 1)
    found = []
    for step in range(steps):
        angle = math.tau * step / steps - math.pi / 2 + turn
        away = inner if inner and step % 2 else 1.25
        found.append((away * math.cos(angle), away * math.sin(angle)))
    return tuple(found)


_ARM = 0.42
_CORNERS: Mapping[str, tuple[Place, ...]] = {
    "diamond": _round(4),
    "square": _round(4, turn=math.pi / 4),
    "triangle": _round(3),
    "triangleDown": _round(3, turn=math.pi),
    "hexagon": _round(6),
    "star": _round(5, inner=0.6),
    "cross": (
        *((-_ARM, -1.15), (_ARM, -1.15), (_ARM, -_ARM), (1.15, -_ARM), (1.15, _ARM), (_ARM, _ARM)),
        *((_ARM, 1.15), (-_ARM, 1.15), (-_ARM, _ARM), (-1.15, _ARM), (-1.15, -_ARM), (-_ARM, -_ARM)),
    ),
}
"""The map's shapes, drawn within a circle of radius 1 or a little more; a shape that is not here is a dot."""


def _labels(marks: Sequence[Mark], *, most: int, size: float, width: float, height: float) -> list[str]:
    """Names that cover neither one another nor a mark of more weight, to the right, the left, above or below."""
    named = sorted((mark for mark in marks if mark.label), key=lambda mark: (-mark.weight, mark.label))
    taken = _Taken()
    for mark in (*named[: 4 * most], *(mark for mark in marks if mark.is_hollow)):
        taken.add(_box(mark.at, mark.radius + 1, mark.radius + 1))
    written: list[str] = []
    for mark in named[: 4 * most]:
        if len(written) == most:
            break
        wide, (x, y) = LETTER * size * len(mark.label), mark.at
        away = mark.radius + 4
        for anchor, at_x, at_y, left in (
            ("start", x + away, y, x + away),
            ("end", x - away, y, x - away - wide),
            ("middle", x, y - away - size / 2, x - wide / 2),
            ("middle", x, y + away + size / 2, x - wide / 2),
        ):
            box = (left, at_y - size * 0.6, left + wide, at_y + size * 0.6)
            if box[0] >= 2 and box[2] <= width - 2 and box[1] >= 2 and box[3] <= height - 2 and taken.is_free(box):
                taken.add(box)
                spot = f'x="{at_x:.1f}" y="{at_y + size * 0.35:.1f}" text-anchor="{anchor}"'
                written.append(f"<text {spot}>{_text(mark.label)}</text>")
                break
    return written


Box = tuple[float, float, float, float]


class _Taken:
    """The room that is taken already, looked up by squares of a coarse grid."""

    _SIDE = 48.0

    def __init__(self) -> None:
        self._squares: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        """Take this room."""
        for square in self._under(box):
            self._squares.setdefault(square, []).append(box)

    def is_free(self, box: Box) -> bool:
        """Whether nothing lies there yet."""
        return not any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for square in self._under(box)
            for other in self._squares.get(square, ())
        )

    def _under(self, box: Box) -> Iterable[tuple[int, int]]:
        left, top, right, bottom = (int(side // self._SIDE) for side in box)
        return ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))


def _box(at: Place, across: float, down: float) -> Box:
    return (at[0] - across, at[1] - down, at[0] + across, at[1] + down)


def _text(text: str) -> str:
    return html.escape(single_line(text, longest=2_000), quote=True)
