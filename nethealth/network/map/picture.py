"""Pictures of a network as SVG: two waves side by side, and files to save or print. Nothing in them runs or loads.

A picture is drawn in pixels of its own width; shown smaller, everything in it shrinks alike. Texts are escaped. Names
cover no other name, and the best connected people come first.
"""

from __future__ import annotations

import html
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nethealth.network.map.network_map import NetworkMap
from nethealth.network.map.picture_regions import (
    RegionArea,
    draw_areas,
    reach_around,
    region_areas,
    region_names,
    region_numbers,
)
from nethealth.presentation import palette
from nethealth.presentation.formatting import single_line
from nethealth.presentation.palette import Palette

Position = tuple[float, float]

WIDTH, WIDE = 640.0, 1280.0
"""The width of one of two pictures side by side, and of one to save."""
EDGE = 26.0
"""Room around the people, in pixels: half a mark and a margin."""
MIN_ASPECT, MAX_ASPECT = 0.5, 1.15
"""The smallest and largest height of a picture, as a share of its width."""
LONGEST_LABEL = 22
"""Characters after which names are cut, because a picture is small."""
MOST_IN_FULL_SIZE = 200
"""With more people, marks in a picture to save are smaller."""
MOST_LABELS = 80
"""Names in a picture to save."""
BEND, MOST_BEND = 0.7, 0.32
"""How far ties between regions bend: a share of the way to the middle between them, and at most of their length."""
LETTER_WIDTH = 0.56
"""An average letter's width as a share of the font size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A person in the picture."""

    at: Position
    """Their position, in map units."""
    radius: float
    """In pixels of the picture."""
    color: str
    shape: str = palette.OTHER_SHAPE
    is_hollow: bool = False
    is_ringed: bool = False
    label: str = ""
    """The name to show; empty for none."""
    weight: float = 0.0
    """Names of more weight are placed first."""

    @property
    def reach(self) -> float:
        """How far from its middle nothing else may be, in pixels."""
        return self.radius + (5.0 if self.is_ringed else 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A tie in the picture."""

    start: Position
    end: Position
    color: str
    width: float = 1.0
    """In pixels of the picture."""
    dash: str = ""
    """Lengths of strokes and gaps, as in SVG; empty for a solid line."""
    opacity: float = 1.0
    bend: Position | None = None
    """The point that it bends toward; None for a straight line."""


@dataclass(frozen=True, slots=True)
class LegendItem:
    """An entry of the legend below a picture."""

    shape: str
    color: str
    text: str
    is_ringed: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the map that a picture shows."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, positions: Iterable[Position]) -> Frame:
        """Return the smallest frame around all finite positions; a unit square if there are none."""
        finite = [position for position in positions if all(map(math.isfinite, position))]
        if not finite:
            return cls(0.0, 0.0, 1.0, 1.0)
        across, down = zip(*finite, strict=True)
        return cls(min(across), min(down), max(across), max(down))

    def grown(self, share: float) -> Frame:
        """Return a frame that is wider and higher by a share of its longer side at each edge."""
        room = share * max(self.right - self.left, self.bottom - self.top)
        return Frame(self.left - room, self.top - room, self.right + room, self.bottom + room)


def map_picture(
    marks: Sequence[Mark],
    lines: Sequence[Line] = (),
    *,
    description: str,
    frame: Frame | None = None,
    colors: Palette = palette.LIGHT,
    most_labels: int = 40,
    text_size: float = 12.5,
    width: float = WIDTH,
    legend: Sequence[LegendItem] = (),
    named_from: int = 0,
    title: str = "",
    subtitle: str = "",
    source: str = "",
    regions: Sequence[RegionArea] = (),
) -> str:
    """Return people and ties as an SVG picture, with a `description` for people who can't see it.

    `frame` is the part of the map to show, the same for pictures to be compared (all marks unless given). Lines that
    look alike are drawn as one path, so that thousands stay small. Marks and lines whose position is not finite are
    left out. A `legend` goes below, in as many rows as it takes. Shown narrower than `named_from` pixels, the picture
    leaves out its names, because no one could read them. A `title` and a `subtitle` go above, a `source`
    at the bottom, and `regions` behind everything.
    """
    # Regions reach beyond their people.
    frame = frame or Frame.around(mark.at for mark in marks).grown(0.04 if regions else 0.0)
    scale, height = _scale(frame, width)
    heading, top = _heading(title, subtitle, size=text_size, colors=colors)
    middle = ((frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2)

    def to_pixels(position: Position) -> Position:
        x, y = position
        return (width / 2 + (x - middle[0]) * scale, top + height / 2 + (y - middle[1]) * scale)

    drawn = [replace(mark, at=to_pixels(mark.at)) for mark in marks if all(map(math.isfinite, mark.at))]
    paths: dict[tuple[str, float, str, float], list[str]] = {}
    for line in lines:
        if all(map(math.isfinite, (*line.start, *line.end))):
            (x, y), (to_x, to_y) = to_pixels(line.start), to_pixels(line.end)
            look = (line.color, line.width, line.dash, line.opacity)
            bend = "Q{:.4g} {:.4g} ".format(*to_pixels(line.bend)) if line.bend else "L"
            paths.setdefault(look, []).append(f"M{x:.4g} {y:.4g}{bend}{to_x:.4g} {to_y:.4g}")
    areas = [replace(area, people=tuple(map(to_pixels, area.people))) for area in regions]
    reach = reach_around([spot for area in areas for spot in area.people])
    taken = _BoxIndex()
    for mark in drawn:
        taken.add(_box(mark.at, mark.reach, mark.reach))
    room = _Room(taken=taken, width=width, top=top, bottom=top + height)
    # People with a ring come before everything, so that a crowd does not cost them their names.
    ringed = [mark for mark in drawn if mark.is_ringed]
    labels = _labels(ringed, room, most=most_labels, size=text_size, colors=colors)
    names = region_names(areas, reach=reach, size=1.5 * text_size, colors=colors, claim=room.claim)
    others = [mark for mark in drawn if not mark.is_ringed]
    labels += _labels(others, room, most=most_labels - len(labels), size=text_size, colors=colors)
    body = [_path("".join(parts), *look) for look, parts in paths.items()]
    items, below = _legend(legend, top=top + height, size=text_size, width=width, colors=colors)
    origin, below = _source(source, top=below, size=text_size, colors=colors)
    narrow = f"@media (max-width: {named_from - 1}px) {{ .names {{ display: none }} }}"
    style = f"<style>{narrow}</style>" if named_from else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {below:.0f}" width="{width:g}" '
        f'height="{below:.0f}" role="img"><title>{_escape(description)}</title>'
        f'{style}<rect width="100%" height="100%" fill="{colors.paper}"/>'
        f"{draw_areas(areas, reach=reach)}"
        f'<g fill="none" stroke-linecap="round">{"".join(body)}</g>'
        f"<g>{''.join(_mark(mark, colors) for mark in drawn)}</g>"
        f'<g class="names" font-family="{_escape(palette.TEXT_FONTS)}" font-size="{text_size:g}" fill="{colors.ink}" '
        f'stroke="{colors.paper}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">'
        f"{''.join(labels)}</g>"
        f'<g font-family="{_escape(palette.TITLE_FONTS)}" font-size="{1.5 * text_size:g}" '
        f'stroke="{colors.paper}" stroke-width="4" stroke-linejoin="round" paint-order="stroke">{names}</g>'
        f'<g font-family="{_escape(palette.TEXT_FONTS)}" font-size="{text_size:g}" fill="{colors.ink}">'
        f"{heading}{items}{origin}</g>"
        "</svg>"
    )


def picture_of_map(
    drawn: NetworkMap, *, names_unconnected: bool = False, names_connected: bool = True, text_size: float = 14
) -> str:
    """Return the map as it is on the page as a picture to save: its people, ties, colors, shapes, and names.

    A picture goes to people who see no page. So it has a title, the wave, and a legend, and counts people with no
    connections but does not show them, unless `names_unconnected` says so. Unconfirmed ties are left out: they show who
    did not answer. Without `names_connected` no one is named. `text_size` is in pixels of a picture that is `WIDE`.
    """
    colors = palette.LIGHT
    room = drawn.room
    spots = [(float(node["x"]), float(node["y"])) for node in drawn.nodes]
    brokers = frozenset(drawn.regions.brokers)
    # Many people are drawn smaller, so that they don't cover each other.
    size = max(0.45, min(1.0, math.sqrt(MOST_IN_FULL_SIZE / max(len(spots), 1))))
    marks = [
        Mark(
            at=spot,
            radius=size * (3.4 + 0.75 * math.sqrt(min(ties, 60))),
            color=str(node["color"]) if node["color"] in colors.categories else colors.faint,
            shape="square" if node["is_organization"] else palette.OTHER_SHAPE,
            is_ringed=place in brokers,
            label=single_line(str(node["name"]), longest=LONGEST_LABEL) if names_connected else "",
            weight=ties,
        )
        for place, (node, spot, ties) in enumerate(zip(drawn.nodes, spots, room.ties_of, strict=True))
        if ties or names_unconnected
    ]
    areas = region_areas(drawn, spots, room.ties_of)
    lines = _tie_lines(drawn, spots, areas, colors)
    items = [
        LegendItem(
            palette.OTHER_SHAPE,
            colors.categories[entry.group] if entry.group >= 0 else colors.faint,
            f"{entry.label} {entry.count:,}",
        )
        for entry in (drawn.legend if names_unconnected else drawn.legend_for_room)
    ]
    if any(mark.is_ringed for mark in marks):
        text = f"Key link to another {drawn.region_noun}"
        items.append(LegendItem(palette.OTHER_SHAPE, colors.ink, text, is_ringed=True))
    return map_picture(
        marks,
        lines,
        legend=items,
        description=f"{drawn.description} {drawn.description_names}".strip() or "A map of connections",
        colors=colors,
        most_labels=MOST_LABELS,
        text_size=text_size,
        width=WIDE,
        title=" · ".join(filter(None, (drawn.title, drawn.wave))),
        subtitle=room.counts_text,
        source=drawn.source,
        regions=areas,
    )


def _tie_lines(
    drawn: NetworkMap, spots: Sequence[Position], areas: Sequence[RegionArea], colors: Palette
) -> list[Line]:
    """Ties inside a region in its color, and over them those between two regions, which bend and stand out."""
    numbers = region_numbers(drawn)
    by_name = {area.name: area for area in areas}
    area_of = {number: by_name.get(name) for number, name in drawn.regions.names.items()}
    outside = Counter(
        number
        for pair, edge in zip(drawn.drawing.places, drawn.edges, strict=True)
        if not edge["is_unconfirmed"] and len(found := {numbers[place] for place in pair}) == 2
        for number in found
    )
    inside, between = [], []
    for (start, end), edge in zip(drawn.drawing.places, drawn.edges, strict=True):
        if edge["is_unconfirmed"]:
            continue
        one, other = area_of.get(numbers[start]), area_of.get(numbers[end])
        line = Line(
            start=spots[start],
            end=spots[end],
            color=colors.muted,
            width=round(0.4 + 0.35 * min(max(float(edge.get("strength", 1.0)), 0.0), 7.0), 1),
            opacity=0.35,
        )
        if one and other and one is not other:
            bend = _bend(line, _middle(one.people), _middle(other.people))
            # In the color of the region with fewer such ties, so that these can be followed.
            color = one.color if outside[numbers[start]] <= outside[numbers[end]] else other.color
            between.append(replace(line, color=color, bend=bend))
        else:
            inside.append(replace(line, color=one.color) if one and one is other else line)
    opacity = max(0.2, min(0.7, 7 / math.sqrt(max(len(between), 1))))
    return inside + [replace(line, opacity=round(opacity, 2)) for line in between]


def _middle(people: Sequence[Position]) -> Position:
    across, down = zip(*people, strict=True)
    return sum(across) / len(across), sum(down) / len(down)


def _bend(line: Line, one: Position, other: Position) -> Position:
    """The point that a tie between two regions bends toward: the middle between them, if that is not far off."""
    (x, y), (to_x, to_y) = line.start, line.end
    across, down = (one[0] + other[0] - x - to_x) / 2, (one[1] + other[1] - y - to_y) / 2
    share = min(BEND, MOST_BEND * math.dist(line.start, line.end) / (math.hypot(across, down) or 1.0))
    return (x + to_x) / 2 + share * across, (y + to_y) / 2 + share * down


def _scale(frame: Frame, width: float) -> tuple[float, float]:
    """Pixels per map unit, and the picture's height."""
    across, down = max(frame.right - frame.left, 1e-9), max(frame.bottom - frame.top, 0.0)
    wide = width - 2 * EDGE
    height = min(max(wide * down / across + 2 * EDGE, width * MIN_ASPECT), width * MAX_ASPECT)
    return min(wide / across, (height - 2 * EDGE) / down if down else math.inf), height


def _legend(
    items: Sequence[LegendItem], *, top: float, size: float, width: float, colors: Palette
) -> tuple[str, float]:
    """The legend's icons and texts, and how far down they reach."""
    if not items:
        return "", top
    row, x, y, parts = size * 1.9, EDGE, top + size * 0.6, []
    for item in items:
        radius, start = 0.36 * size, 0.36 * size + (9 if item.is_ringed else 6)
        wide = start + 9 + LETTER_WIDTH * size * len(item.text)
        if x > EDGE and x + wide > width - EDGE:
            x, y = EDGE, y + row
        icon = Mark(at=(x, y), radius=radius, color=item.color, shape=item.shape, is_ringed=item.is_ringed)
        parts.append(_mark(icon, colors))
        parts.append(f'<text x="{x + start:.1f}" y="{y + size * 0.35:.1f}">{_escape(item.text)}</text>')
        x += wide + size
    return "".join(parts), y + row * 0.8


def _source(source: str, *, top: float, size: float, colors: Palette) -> tuple[str, float]:
    """Where the picture comes from, and how far down that reaches."""
    if not source:
        return "", top
    text = f'<text x="{EDGE:g}" y="{top + size:.1f}" fill="{colors.muted}">{_escape(source)}</text>'
    return text, top + size * 1.8


def _heading(title: str, subtitle: str, *, size: float, colors: Palette) -> tuple[str, float]:
    """The title with the subtitle below it, and how far down they reach."""
    if not title and not subtitle:
        return "", 0.0
    below = size * 4.6
    return (
        f'<text x="{EDGE:g}" y="{size * 2.5:.1f}" font-family="{_escape(palette.TITLE_FONTS)}" '
        f'font-size="{size * 1.7:g}">{_escape(title)}</text>'
        f'<text x="{EDGE:g}" y="{below:.1f}" fill="{colors.muted}">{_escape(subtitle)}</text>',
        below + size,
    )


def _path(data: str, color: str, width: float, dash: str, opacity: float) -> str:
    strokes = f' stroke-dasharray="{_escape(dash)}"' if dash else ""
    return f'<path d="{data}" stroke="{_escape(color)}" stroke-width="{width:g}"{strokes} opacity="{opacity:g}"/>'


def _mark(mark: Mark, colors: Palette) -> str:
    x, y = mark.at
    look = (
        f'fill="{colors.paper}" stroke="{_escape(mark.color)}" stroke-width="1.8"'
        if mark.is_hollow
        else f'fill="{_escape(mark.color)}" stroke="{colors.paper}" stroke-width="1"'
    )
    ring = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{mark.radius + 3:.1f}" fill="none" stroke="{colors.ink}" '
        'stroke-width="1.6"/>'
        if mark.is_ringed
        else ""
    )
    if mark.shape not in _CORNERS:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{mark.radius:.1f}" {look}/>{ring}'
    points = " ".join(f"{x + mark.radius * a:.1f},{y + mark.radius * b:.1f}" for a, b in _CORNERS[mark.shape])
    return f'<polygon points="{points}" {look}/>{ring}'


def _polygon(corners: int, *, turn: float = 0.0, inner: float | None = None) -> tuple[Position, ...]:
    """Corners of a regular polygon around (0, 0); with `inner`, of a star."""
    steps = corners * (2 if inner else 1)
    points = []
    for step in range(steps):
        angle = math.tau * step / steps - math.pi / 2 + turn
        reach = inner if inner and step % 2 else 1.25
        points.append((reach * math.cos(angle), reach * math.sin(angle)))
    return tuple(points)


_ARM = 0.42
_CORNERS: Mapping[str, tuple[Position, ...]] = {
    "diamond": _polygon(4),
    "square": _polygon(4, turn=math.pi / 4),
    "triangle": _polygon(3),
    "triangleDown": _polygon(3, turn=math.pi),
    "hexagon": _polygon(6),
    "star": _polygon(5, inner=0.6),
    "cross": (
        *((-_ARM, -1.15), (_ARM, -1.15), (_ARM, -_ARM), (1.15, -_ARM), (1.15, _ARM), (_ARM, _ARM)),
        *((_ARM, 1.15), (-_ARM, 1.15), (-_ARM, _ARM), (-1.15, _ARM), (-1.15, -_ARM), (-_ARM, -_ARM)),
    ),
}
"""The corners of each shape within a circle of radius 1 or a little more; a shape that is not here is a dot."""


def _labels(marks: Sequence[Mark], room: _Room, *, most: int, size: float, colors: Palette) -> list[str]:
    """Names that cover neither each other nor a mark: next to their person, or farther off with a line."""
    named = sorted((mark for mark in marks if mark.label), key=lambda mark: (-mark.weight, mark.label))
    labels: list[str] = []
    count = 0
    for mark in named[: 12 * most + 60]:
        if count == most:
            break
        wide = LETTER_WIDTH * size * len(mark.label)
        for anchor, x, y, left in _places(mark, wide, size):
            if not room.claim(left, y - size * 0.6, left + wide, y + size * 0.6):
                continue
            count += 1
            if abs(left + wide / 2 - mark.at[0]) + abs(y - mark.at[1]) > mark.reach + wide / 2 + size:
                to_x, to_y = min(max(mark.at[0], left), left + wide), y - math.copysign(size * 0.5, y - mark.at[1])
                (from_x, from_y) = mark.at
                labels.append(_path(f"M{from_x:.1f} {from_y:.1f}L{to_x:.1f} {to_y:.1f}", colors.ink, 1, "", 1))
            weight = ' font-weight="600"' if mark.is_ringed else ""
            position = f'x="{x:.1f}" y="{y + size * 0.35:.1f}" text-anchor="{anchor}"{weight}'
            labels.append(f"<text {position}>{_escape(mark.label)}</text>")
            break
    return labels


def _places(mark: Mark, wide: float, size: float) -> Iterator[tuple[str, float, float, float]]:
    """Where a name may be, the best first: its anchor, that anchor's position, and its left end.

    Those of people with a ring may be farther off.
    """
    (x, y), gap = mark.at, mark.reach + 3
    yield "start", x + gap, y, x + gap
    yield "end", x - gap, y, x - gap - wide
    yield "middle", x, y - gap - size / 2, x - wide / 2
    yield "middle", x, y + gap + size / 2, x - wide / 2
    if not mark.is_ringed:
        return
    for far in range(12, 110, 10):
        for step in range(16):
            across, down = math.cos(step * math.pi / 8), math.sin(step * math.pi / 8)
            middle = x + across * (gap + far + wide / 2)
            yield "middle", middle, y + down * (gap + far + size / 2), middle - wide / 2


Box = tuple[float, float, float, float]


class _BoxIndex:
    """Boxes that are taken, looked up by the squares of a coarse grid."""

    _SIDE = 48.0

    def __init__(self) -> None:
        self._squares: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        """Mark this box as taken."""
        for square in self._squares_under(box):
            self._squares.setdefault(square, []).append(box)

    def is_free(self, box: Box) -> bool:
        """True if nothing overlaps this box."""
        return not any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for square in self._squares_under(box)
            for other in self._squares.get(square, ())
        )

    def _squares_under(self, box: Box) -> Iterable[tuple[int, int]]:
        left, top, right, bottom = (int(side // self._SIDE) for side in box)
        return ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """What is free between a picture's edges."""

    taken: _BoxIndex
    width: float
    top: float
    bottom: float

    def claim(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Take a box if it is free and inside; False if it is not."""
        box = (left, top, right, bottom)
        is_inside = left >= 2 and right <= self.width - 2 and top >= self.top + 2 and bottom <= self.bottom - 2
        if not is_inside or not self.taken.is_free(box):
            return False
        self.taken.add(box)
        return True


def _box(at: Position, across: float, down: float) -> Box:
    return (at[0] - across, at[1] - down, at[0] + across, at[1] + down)


def _escape(text: str) -> str:
    return html.escape(single_line(text, longest=2_000), quote=True)
