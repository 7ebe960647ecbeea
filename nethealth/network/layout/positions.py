"""Where everybody stands on the map: the largest part first, the others beside it, people without a tie in a block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import count
from math import ceil, inf, isfinite, sqrt

from nethealth.network.graph import Network, Pair
from nethealth.network.layout.bounding_boxes import GAP, Box, Boxes, Point
from nethealth.network.layout.component_layout import layout_component
from nethealth.network.metrics.communities import find_communities
from nethealth.network.metrics.topology import Topology
from nethealth.workbook.records import PersonKey

MIN_GAP = 0.3
"""How near parts and people who stood already may come to each other before somebody has to move."""
CELL = 1.2
"""From one person without a tie to the next."""
CELL_TOLERANCE = 1e-4
"""How near to a cell's middle a place counts as one: nobody stands so exactly there by chance."""
BLOCK_SHAPE = 1.5
"""How much wider than high a block is where there is no large part to give its height."""


def layout(
    network: Network, *, start: Mapping[PersonKey, Point] | None = None, stood_by: frozenset[Pair] | None = None
) -> dict[PersonKey, Point]:
    """A place for everybody in the network, by key: x to the right, y downwards.

    Tied people stand about one unit apart, nobody nearer than about half of one; the largest part lies around (0, 0),
    smaller parts to its right, and people without a tie beyond them, together in a tidy block. The same network has
    the same picture, whatever the order of the rows; an empty one has an empty one.

    `start` holds earlier places, of another wave or reading: people stay near them (within a twentieth of the
    drawing's size), newcomers go beside those they are tied with, and whoever has lost or found all their ties moves.
    Places that are no finite numbers are passed over. `stood_by` holds the ties by which they stood there, where it is
    the same wave, read again: then people in large parts stay where they are, newcomers fit in, and of two parts that
    have found each other the smaller one goes over to the other.
    """
    topology = network.topology
    keys = network.members
    known = {
        network.index[key]: (float(x), float(y))
        for key, (x, y) in (start or {}).items()
        if key in network.index and isfinite(x) and isfinite(y)
    }
    # Who stood in the block of those without a tie, and has one now, comes over to the others.
    known = {number: place for number, place in known.items() if not topology.degrees[number] or not _is_on_grid(place)}
    parts = [part for part in topology.components if len(part) > 1]
    if stood_by is not None:
        known = _drop_outsiders(known, parts, network, stood_by)
    alone = [part[0] for part in topology.components if len(part) == 1]
    places: dict[int, Point] = {}
    # Each part keeps to a box of its own: left, top, right, bottom.
    boxes = Boxes()
    waiting: dict[int, dict[int, Point]] = {}
    ties_of = _ties_by_component(topology, parts)
    groups_of = _communities_by_component(topology, parts)
    # After the largest come those that stand as they stood: no other part that has grown takes their room.
    for turn in sorted(range(len(parts)), key=lambda turn: turn > 0 and any(one not in known for one in parts[turn])):
        part, ties = parts[turn], ties_of[turn]
        at = {number: place for place, number in enumerate(part)}
        bare = Topology(
            len(part),
            edges=[(at[a], at[b]) for a, b in ties],
            communities=[[at[number] for number in group] for group in groups_of[part[0]]],
        )
        found = layout_component(
            bare, start={at[number]: known[number] for number in part if number in known}, still=stood_by is not None
        )
        drawing = {number: (float(found[place, 0]), float(found[place, 1])) for number, place in at.items()}
        box = Box.around(drawing.values())
        is_mostly_known = 2 * sum(number in known for number in part) >= len(part)
        if not boxes or (is_mostly_known and not boxes.near(box, gap=MIN_GAP)):
            places.update(drawing)
            boxes.add(box)
        else:
            waiting[turn] = drawing
    isolates_in_place = [known[number] for number in alone if number in known and _is_on_grid(known[number])]
    pack_components([waiting[turn] for turn in sorted(waiting)], places, boxes, isolates_in_place=isolates_in_place)
    _place_isolates(alone, known, places, boxes)
    return {key: places[number] for number, key in enumerate(keys)}


def _drop_outsiders(
    known: dict[int, Point], parts: list[list[int]], network: Network, stood_by: frozenset[Pair]
) -> dict[int, Point]:
    """Earlier places without those of people who stood in another part than most of the part that they are in now."""
    earlier = Topology(
        len(network.members),
        edges=[(network.index[a], network.index[b]) for a, b in stood_by if a in network.index and b in network.index],
    )
    stood_in = {number: at for at, part in enumerate(earlier.components) for number in part}
    found = dict(known)
    for part in parts:
        counts = Counter(stood_in[number] for number in part if number in known)
        if len(counts) > 1:
            most = min(counts, key=lambda at: (-counts[at], at))
            for number in part:
                if number in found and stood_in[number] != most:
                    del found[number]
    return found


def _ties_by_component(topology: Topology, parts: list[list[int]]) -> list[list[tuple[int, int]]]:
    part_of = {number: at for at, part in enumerate(parts) for number in part}
    found: list[list[tuple[int, int]]] = [[] for _ in parts]
    for a, b in topology.edges:
        found[part_of[a]].append((a, b))
    return found


def _communities_by_component(topology: Topology, parts: list[list[int]]) -> dict[int, list[list[int]]]:
    """The groups found in each part, by the part's first number: no group reaches from one part into another."""
    first = {number: part[0] for part in parts for number in part}
    found: dict[int, list[list[int]]] = {part[0]: [] for part in parts}
    for group in find_communities(topology):
        if group[0] in first:
            found[first[group[0]]].append(group)
    return found


def pack_components(
    waiting: list[dict[int, Point]], places: dict[int, Point], boxes: Boxes, *, isolates_in_place: list[Point]
) -> None:
    """Smaller parts set to the right of the largest, in columns as high as it is, where nothing stands yet; as high as
    makes a block of them where all parts are small, or they would stand in one line."""
    if not waiting:
        return
    sizes = [Box.around(drawing.values()) for drawing in waiting]
    area = sum((box.right - box.left + GAP) * (box.bottom - box.top + GAP) for box in sizes)
    middle = (boxes[0].top + boxes[0].bottom) / 2
    tall = max(boxes[0].bottom - boxes[0].top, sqrt(area / BLOCK_SHAPE))
    top, bottom = middle - tall / 2, middle + tall / 2
    left = boxes[0].right + GAP
    # The largest lies left of where they begin.
    taken = Boxes([*list(boxes)[1:], *(Box.around([point]) for point in isolates_in_place)])
    down, widest = top, 0.0
    for drawing, box in zip(waiting, sizes, strict=True):
        width, height = box.right - box.left, box.bottom - box.top
        while True:
            if down > top and down + height > bottom:
                left, down, widest = left + max(widest, CELL) + GAP, top, 0.0
            room = Box(left, down, left + width, down + height)
            in_the_way = taken.near(room)
            if not in_the_way:
                break
            down = max(other.bottom for other in in_the_way) + GAP
        for number, (x, y) in drawing.items():
            places[number] = (x - box.left + left, y - box.top + down)
        boxes.add(room)
        down, widest = down + height + GAP, max(widest, width)


def _place_isolates(alone: list[int], known: Mapping[int, Point], places: dict[int, Point], boxes: Boxes) -> None:
    """People without a tie set in a block to the right of everything; those who stood in one keep their place."""
    if not alone:
        return
    columns = ceil(sqrt(len(alone) * (BLOCK_SHAPE if not boxes else 1 / BLOCK_SHAPE)))
    rows = ceil(len(alone) / columns)
    if boxes:
        left = max(box.right for box in boxes) + GAP
        middle = (boxes[0].top + boxes[0].bottom) / 2
    else:
        left, middle = -(columns - 1) * CELL / 2, 0.0
    # Cells lie on one lattice for all drawings, so that a later one can tell who stood in the block.
    left = ceil(left / CELL) * CELL
    top = round((middle - (rows - 1) * CELL / 2) / CELL) * CELL
    beside = boxes[0].right + MIN_GAP if boxes else -inf
    stay = {
        number: known[number]
        for number in alone
        if number in known and known[number][0] >= beside and not boxes.cover(known[number], gap=MIN_GAP)
    }
    if stay:
        # The old block's lattice goes on, so that whoever joins it takes a free cell of the same grid.
        left, top = min(x for x, _ in stay.values()), min(y for _, y in stay.values())
    taken: set[tuple[int, int]] = set()
    for number, (x, y) in sorted(stay.items()):
        cell = (round((x - left) / CELL), round((y - top) / CELL))
        if cell not in taken:
            taken.add(cell)
            places[number] = (x, y)
    cells = ((at % columns, at // columns) for at in count())
    for number in alone:
        if number not in places:
            column, row = next(
                cell
                for cell in cells
                if cell not in taken and not boxes.cover((left + cell[0] * CELL, top + cell[1] * CELL))
            )
            places[number] = (left + column * CELL, top + row * CELL)


def _is_on_grid(point: Point) -> bool:
    # The very middle is a cell, too, but who stands there is the middle of a drawing that is alike on both sides.
    cell = tuple(round(along / CELL) for along in point)
    return any(cell) and all(abs(along - at * CELL) < CELL_TOLERANCE for along, at in zip(point, cell, strict=True))
