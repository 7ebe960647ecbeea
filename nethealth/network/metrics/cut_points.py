"""People and ties whose loss would disconnect others, and how many people that would cut off.

One depth-first search finds them all (Tarjan 1972; Hopcroft & Tarjan 1973), which is fast even for 5,000 people.
Definitions: Wasserman & Faust (1994), 4.2.6, cutpoints and bridges.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nethealth.network.graph import Network, Tie
from nethealth.network.metrics.topology import Topology
from nethealth.workbook.records import PersonKey


@dataclass(frozen=True, slots=True, kw_only=True)
class CutMember:
    """A person whose component would split without them (a cutpoint)."""

    key: PersonKey
    parts: tuple[int, ...]
    """How many people would be in each remaining part, largest first: two numbers or more."""

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON-ready values."""
        return {"id": self.key, "cut_off": self.cut_off, "parts": list(self.parts)}

    @property
    def cut_off(self) -> int:
        """How many people would no longer be connected to the largest of those parts."""
        return sum(self.parts[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class CutTie:
    """A tie whose component would split in two without it (a bridge)."""

    tie: Tie
    parts: tuple[int, int]
    """How many people would be on each side, the larger first."""


@dataclass(frozen=True, slots=True)
class CutPoints:
    """Cutpoints and bridges of a topology, by number."""

    sizes_without_person: dict[int, tuple[int, ...]]
    """The sizes of the remaining parts without each cutpoint, largest first."""
    sizes_without_tie: dict[tuple[int, int], tuple[int, int]]
    """The sizes of both sides of each bridge, the larger first. In a key, the smaller number is first."""


def cut_members(network: Network) -> tuple[CutMember, ...]:
    """Return the cutpoints, those who would cut off the most people first.

    This includes people who must not be named; the caller excludes them.
    """
    keys = network.members
    found = (
        CutMember(key=keys[number], parts=parts)
        for number, parts in find_cut_points(network.topology).sizes_without_person.items()
    )
    return tuple(sorted(found, key=lambda one: (-one.cut_off, one.key)))


def cut_ties(network: Network) -> tuple[CutTie, ...]:
    """Return the bridges, those that split their component most evenly first."""
    sides = find_cut_points(network.topology).sizes_without_tie
    found = []
    for tie in network.ties:
        a, b = sorted((network.index[tie.a], network.index[tie.b]))
        if (a, b) in sides:
            found.append(CutTie(tie=tie, parts=sides[a, b]))
    return tuple(sorted(found, key=lambda one: (-one.parts[1], one.tie.a, one.tie.b)))


def people_cut_off_by(network: Network, key: PersonKey) -> tuple[PersonKey, ...]:
    """Return the people who would no longer be connected to the largest remaining part without this person, sorted."""
    seen: set[PersonKey] = {key}
    parts: list[list[PersonKey]] = []
    for first in network.neighbors[key]:
        if first in seen:
            continue
        part, frontier = {first}, [first]
        while frontier:
            neighbors = (other for one in frontier for other in network.neighbors[one])
            frontier = [other for other in dict.fromkeys(neighbors) if other not in part and other != key]
            part.update(frontier)
        seen |= part
        parts.append(sorted(part))
    # If several parts are largest, the first by key is the one that stays, so the order of rows changes nothing.
    parts.sort(key=lambda part: (-len(part), part))
    return tuple(sorted(person for part in parts[1:] for person in part))


def find_cut_points(topology: Topology) -> CutPoints:
    """Return the cutpoints and bridges of a topology, with the sizes of the parts that would remain."""
    ends, others = (array.tolist() for array in topology.neighbors)
    size = topology.size
    reached_at, lowest = [-1] * size, [0] * size
    parent, below = [-1] * size, [1] * size
    found = CutPoints({}, {})
    clock = 0
    for root in range(size):
        if reached_at[root] >= 0 or ends[root] == ends[root + 1]:
            continue
        order: list[int] = []
        next_of: dict[int, int] = {}
        path = [root]
        while path:
            here = path[-1]
            if here not in next_of:
                next_of[here] = ends[here]
                reached_at[here] = lowest[here] = clock
                clock += 1
                order.append(here)
            if next_of[here] == ends[here + 1]:
                path.pop()
                continue
            other = others[next_of[here]]
            next_of[here] += 1
            if reached_at[other] < 0:
                parent[other] = here
                path.append(other)
            elif other != parent[here]:
                lowest[here] = min(lowest[here], reached_at[other])
        _add_cut_points(order, parent, reached_at, lowest, below, found)
    return found


def _add_cut_points(
    order: list[int], parent: list[int], reached_at: list[int], lowest: list[int], below: list[int], found: CutPoints
) -> None:
    """Add the cutpoints and bridges of one component to `found`.

    `order` has its people in the order of the search. A person is a cutpoint if a branch below them has no tie to
    anyone above them.
    """
    branches: dict[int, list[int]] = {}
    whole, root = len(order), order[0]
    for here in reversed(order):
        above = parent[here]
        parts = branches.get(here, [])
        rest = whole - 1 - sum(parts)
        left = sorted((*parts, *([rest] if rest else [])), reverse=True)
        if parts and len(left) > 1:
            found.sizes_without_person[here] = tuple(left)
        if here == root:
            break
        below[above] += below[here]
        lowest[above] = min(lowest[above], lowest[here])
        if lowest[here] >= reached_at[above]:
            branches.setdefault(above, []).append(below[here])
        if lowest[here] > reached_at[above]:
            sides = sorted((below[here], whole - below[here]), reverse=True)
            found.sizes_without_tie[min(here, above), max(here, above)] = (sides[0], sides[1])
