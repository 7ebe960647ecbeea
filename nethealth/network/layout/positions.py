"""Positions on the map: the largest component, the others to its right, and isolates in a block beyond them.

Together, all but isolates fill a frame of the screen's shape.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from itertools import count
from math import ceil, inf, isfinite, sqrt

from nethealth.network.graph import Network, Pair
from nethealth.network.layout.bounding_boxes import GAP, Box, Boxes, Point
from nethealth.network.layout.component_layout import ASPECT, are_crowded, can_be_separated, layout_component
from nethealth.network.metrics.communities import are_communities_clear, find_communities
from nethealth.network.metrics.topology import Topology
from nethealth.workbook.records import PersonKey

MIN_GAP = 0.3
"""How close components and people with earlier positions may be before one has to move."""
CELL = 1.2
"""The distance between isolates."""
CELL_TOLERANCE = 1e-4
"""A position this close to a cell's center was placed there: no one is so close by chance."""
BLOCK_SHAPE = 1.5
"""The ratio of a block's width to its height if no large component sets the height."""


def layout(
    network: Network,
    *,
    start: Mapping[PersonKey, Point] | None = None,
    earlier_ties: frozenset[Pair] | None = None,
    groups: Mapping[PersonKey, Hashable] | None = None,
) -> dict[PersonKey, Point]:
    """Return everyone's position by key: x to the right, y downward; empty for an empty network.

    Tied people are about one unit apart, and no two people closer than about half a unit. The largest component is
    centered on (0, 0), smaller ones are to its right, and isolates are in a block beyond them. The order of rows
    changes nothing.

    `groups` lie apart, such as the people of a region, and those of smaller components are with their group; people who
    aren't in it are between them. Without groups, those are the communities, if they are clear.

    `start` has earlier positions, from another wave or reading. People stay close to them (within a twentieth of the
    layout's size), newcomers go next to their ties, and people who lost or gained all their ties move. Positions that
    aren't finite numbers are ignored. `earlier_ties` are the ties behind those positions if it's the same wave, read
    again. Then, if two components merge, the smaller one moves.
    """
    topology = network.topology
    keys = network.members
    earlier_positions = {
        network.index[key]: (float(x), float(y))
        for key, (x, y) in (start or {}).items()
        if key in network.index and isfinite(x) and isfinite(y)
    }
    # People who were in the block of isolates and now have a tie move to their ties.
    earlier_positions = {
        number: place
        for number, place in earlier_positions.items()
        if not topology.degrees[number] or not _is_on_grid(place)
    }
    components = [component for component in topology.components if len(component) > 1]
    if earlier_ties is not None:
        earlier_positions = _drop_outsiders(earlier_positions, components, network, earlier_ties)
    isolates = [component[0] for component in topology.components if len(component) == 1]
    positions: dict[int, Point] = {}
    # No two components share space.
    boxes = Boxes()
    unplaced: dict[int, dict[int, Point]] = {}
    is_new = not components or not _is_mostly_known(components[0], earlier_positions)
    components = _join_components(network, components, groups or {}, earlier_positions, is_new=is_new)
    ties_by_component = _ties_by_component(topology, components)
    groups_by_component = _groups_by_component(network, components, groups, is_new=is_new)
    largest_share = len(components[0]) / sum(map(len, components)) if components else 1.0
    # After the largest come components without newcomers, so that components that grew can't take their space.
    for rank in sorted(
        range(len(components)),
        key=lambda rank: rank > 0 and any(one not in earlier_positions for one in components[rank]),
    ):
        component, ties = components[rank], ties_by_component[rank]
        at = {number: place for place, number in enumerate(component)}
        found = layout_component(
            Topology(len(component), edges=[(at[a], at[b]) for a, b in ties]),
            start={at[number]: earlier_positions[number] for number in component if number in earlier_positions},
            groups=[[at[number] for number in group] for group in groups_by_component[component[0]]],
            # The others are to the right of the largest.
            aspect=ASPECT if rank else ASPECT * largest_share,
        )
        component_positions = {number: (float(found[place, 0]), float(found[place, 1])) for number, place in at.items()}
        box = Box.around(component_positions.values())
        is_in_place = _is_mostly_known(component, earlier_positions) and not boxes.near(box, gap=MIN_GAP)
        if not boxes or is_in_place:
            positions.update(component_positions)
            boxes.add(box)
        else:
            unplaced[rank] = component_positions
    isolates_in_place = [
        earlier_positions[number]
        for number in isolates
        if number in earlier_positions and _is_on_grid(earlier_positions[number])
    ]
    pack_components(
        [unplaced[rank] for rank in sorted(unplaced)], positions, boxes, isolates_in_place=isolates_in_place
    )
    _place_isolates(isolates, earlier_positions, positions, boxes)
    return {key: positions[number] for number, key in enumerate(keys)}


def _join_components(
    network: Network,
    components: list[list[int]],
    groups: Mapping[PersonKey, Hashable],
    earlier_positions: Mapping[int, Point],
    *,
    is_new: bool,
) -> list[list[int]]:
    """Return components with those joined that are laid out together: the first of the result.

    Those are the ones whose people mostly have an earlier position, so that they stay. In a new layout, they are the
    largest and those whose people belong to the same groups, so that each group is in one place.
    """
    if not components:
        return []
    if not is_new:
        joined = [at for at, component in enumerate(components) if _is_mostly_known(component, earlier_positions)]
    else:
        keys = network.members
        values = Counter(groups[keys[number]] for number in components[0] if keys[number] in groups)
        if not can_be_separated(values.values()):
            return components
        joined = [0]
        joined += [
            at
            for at, component in enumerate(components)
            if at and all(keys[number] in groups and groups[keys[number]] in values for number in component)
        ]
    together = sorted(number for at in joined for number in components[at])
    return [together, *(component for at, component in enumerate(components) if at not in joined)]


def _is_mostly_known(component: Sequence[int], earlier_positions: Mapping[int, Point]) -> bool:
    """True if at least half have earlier positions that can be used."""
    known = {number: earlier_positions[number] for number in component if number in earlier_positions}
    return 2 * len(known) >= len(component) and not are_crowded(known)


def _drop_outsiders(
    earlier_positions: dict[int, Point], components: list[list[int]], network: Network, earlier_ties: frozenset[Pair]
) -> dict[int, Point]:
    """Return earlier positions without people who were in another component than most of their current one."""
    earlier = Topology(
        len(network.members),
        edges=[
            (network.index[a], network.index[b]) for a, b in earlier_ties if a in network.index and b in network.index
        ],
    )
    earlier_component = {number: at for at, component in enumerate(earlier.components) for number in component}
    found = dict(earlier_positions)
    for component in components:
        counts = Counter(earlier_component[number] for number in component if number in earlier_positions)
        if len(counts) > 1:
            most = min(counts, key=lambda at: (-counts[at], at))
            for number in component:
                if number in found and earlier_component[number] != most:
                    del found[number]
    return found


def _ties_by_component(topology: Topology, components: list[list[int]]) -> list[list[tuple[int, int]]]:
    component_of = {number: at for at, component in enumerate(components) for number in component}
    found: list[list[tuple[int, int]]] = [[] for _ in components]
    for a, b in topology.edges:
        found[component_of[a]].append((a, b))
    return found


def _groups_by_component(
    network: Network, components: list[list[int]], groups: Mapping[PersonKey, Hashable] | None, *, is_new: bool
) -> dict[int, list[list[int]]]:
    """Return the groups in each component, by the component's first number; none if nothing divides the network.

    Communities are searched only for a new layout.
    """
    found: dict[int, list[list[int]]] = {component[0]: [] for component in components}
    divided: Sequence[Sequence[int]] = ()
    if groups:
        by_value: dict[Hashable, list[int]] = {}
        for number, key in enumerate(network.members):
            by_value.setdefault((groups[key],) if key in groups else number, []).append(number)
        divided = list(by_value.values())
    elif is_new and are_communities_clear(network.topology):
        divided = find_communities(network.topology)
    first = {number: component[0] for component in components for number in component}
    for group in divided:
        parts: dict[int, list[int]] = {}
        for number in group:
            if number in first:
                parts.setdefault(first[number], []).append(number)
        for component_number, part in parts.items():
            found[component_number].append(part)
    return found


def pack_components(
    unplaced: list[dict[int, Point]], positions: dict[int, Point], boxes: Boxes, *, isolates_in_place: list[Point]
) -> None:
    """Place smaller components to the right of the largest, in columns of its height.

    If all are small, the columns are tall enough to make a block. Adds to `positions` and `boxes`.
    """
    if not unplaced:
        return
    sizes = [Box.around(component_positions.values()) for component_positions in unplaced]
    area = sum((box.right - box.left + GAP) * (box.bottom - box.top + GAP) for box in sizes)
    middle = (boxes[0].top + boxes[0].bottom) / 2
    tall = max(boxes[0].bottom - boxes[0].top, sqrt(area / BLOCK_SHAPE))
    top, bottom = middle - tall / 2, middle + tall / 2
    left = boxes[0].right + GAP
    # The largest is left of the columns.
    occupied = Boxes([*list(boxes)[1:], *(Box.around([point]) for point in isolates_in_place)])
    down, widest = top, 0.0
    for component_positions, box in zip(unplaced, sizes, strict=True):
        width, height = box.right - box.left, box.bottom - box.top
        while True:
            if down > top and down + height > bottom:
                left, down, widest = left + max(widest, CELL) + GAP, top, 0.0
            room = Box(left, down, left + width, down + height)
            obstacles = occupied.near(room)
            if not obstacles:
                break
            down = max(other.bottom for other in obstacles) + GAP
        for number, (x, y) in component_positions.items():
            positions[number] = (x - box.left + left, y - box.top + down)
        boxes.add(room)
        down, widest = down + height + GAP, max(widest, width)


def _place_isolates(
    isolates: list[int], earlier_positions: Mapping[int, Point], positions: dict[int, Point], boxes: Boxes
) -> None:
    """Place isolates in a block to the right of everything; those who were in a block stay."""
    if not isolates:
        return
    columns = ceil(sqrt(len(isolates) * (BLOCK_SHAPE if not boxes else 1 / BLOCK_SHAPE)))
    rows = ceil(len(isolates) / columns)
    if boxes:
        left = max(box.right for box in boxes) + GAP
        middle = (boxes[0].top + boxes[0].bottom) / 2
    else:
        left, middle = -(columns - 1) * CELL / 2, 0.0
    # All layouts share one grid of cells, so that a later one can see who was in the block.
    left = ceil(left / CELL) * CELL
    top = round((middle - (rows - 1) * CELL / 2) / CELL) * CELL
    right_of = boxes[0].right + MIN_GAP if boxes else -inf
    staying = {
        number: earlier_positions[number]
        for number in isolates
        if number in earlier_positions
        and earlier_positions[number][0] >= right_of
        and not boxes.cover(earlier_positions[number], gap=MIN_GAP)
    }
    if staying:
        # Continue the earlier block's grid, so that new isolates take free cells of it.
        left, top = min(x for x, _ in staying.values()), min(y for _, y in staying.values())
    occupied: set[tuple[int, int]] = set()
    for number, (x, y) in sorted(staying.items()):
        cell = (round((x - left) / CELL), round((y - top) / CELL))
        if cell not in occupied:
            occupied.add(cell)
            positions[number] = (x, y)
    cells = ((at % columns, at // columns) for at in count())
    for number in isolates:
        if number not in positions:
            column, row = next(
                cell
                for cell in cells
                if cell not in occupied and not boxes.cover((left + cell[0] * CELL, top + cell[1] * CELL))
            )
            positions[number] = (left + column * CELL, top + row * CELL)


def _is_on_grid(point: Point) -> bool:
    # (0, 0) is a cell, too, but a person there is the center of a symmetric layout.
    cell = tuple(round(along / CELL) for along in point)
    return any(cell) and all(abs(along - at * CELL) < CELL_TOLERANCE for along, at in zip(point, cell, strict=True))
