"""What falls apart without one person, or without one tie: how many would be cut off from the rest.

Found in one walk through the network, in depth (Tarjan 1972; Hopcroft & Tarjan 1973), so that five thousand people take
no longer than a moment. Definitions: Wasserman & Faust (1994), 4.2.6, cutpoints and bridges.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nethealth.network.graph import Network, Tie
from nethealth.network.metrics.topology import Topology
from nethealth.workbook.records import PersonKey


@dataclass(frozen=True, slots=True, kw_only=True)
class CutMember:
    """Somebody without whom their part of the network falls apart."""

    key: PersonKey
    parts: tuple[int, ...]
    """How many people would be in each part that is left, largest first: two numbers or more."""

    def as_json(self) -> dict[str, Any]:
        """The figure in the form that scripts read."""
        return {"id": self.key, "cut_off": self.cut_off, "parts": list(self.parts)}

    @property
    def cut_off(self) -> int:
        """How many people would no longer reach the largest of those parts."""
        return sum(self.parts[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class CutTie:
    """A tie without which its part of the network falls into two."""

    tie: Tie
    parts: tuple[int, int]
    """How many people would be on each side, the larger first."""


@dataclass(frozen=True, slots=True)
class CutPoints:
    """What one walk in depth through everybody found, by number."""

    sizes_without_person: dict[int, tuple[int, ...]]
    """For each cut person the sizes of the parts that are left, largest first."""
    sizes_without_tie: dict[tuple[int, int], tuple[int, int]]
    """For each cut tie (the smaller number first) the sizes of its two sides, the larger first."""


def cut_members(network: Network) -> tuple[CutMember, ...]:
    """Everybody whose absence would split their part, those first who would cut off the most; empty where nobody would.

    People who are not to be named are among them: whoever lists them leaves those out.
    """
    keys = network.members
    found = (
        CutMember(key=keys[number], parts=parts)
        for number, parts in find_cut_points(network.topology).sizes_without_person.items()
    )
    return tuple(sorted(found, key=lambda one: (-one.cut_off, one.key)))


def cut_ties(network: Network) -> tuple[CutTie, ...]:
    """Every tie whose loss would split its part, the most even split first; empty where none would."""
    sides = find_cut_points(network.topology).sizes_without_tie
    found = []
    for tie in network.ties:
        a, b = sorted((network.index[tie.a], network.index[tie.b]))
        if (a, b) in sides:
            found.append(CutTie(tie=tie, parts=sides[a, b]))
    return tuple(sorted(found, key=lambda one: (-one.parts[1], one.tie.a, one.tie.b)))


def people_cut_off_by(network: Network, key: PersonKey) -> tuple[PersonKey, ...]:
    """Who would no longer reach the largest part that is left of this person's own, sorted; empty where nobody is."""
    met: set[PersonKey] = {key}
    parts: list[list[PersonKey]] = []
    for first in network.neighbors[key]:
        if first in met:
            continue
        part, edge = {first}, [first]
        while edge:
            around = (other for one in edge for other in network.neighbors[one])
            edge = [other for other in dict.fromkeys(around) if other not in part and other != key]
            part.update(edge)
        met |= part
        parts.append(sorted(part))
    # Of several largest parts the first by key is the one that stays, whatever the order of rows.
    parts.sort(key=lambda part: (-len(part), part))
    return tuple(sorted(person for part in parts[1:] for person in part))


def find_cut_points(topology: Topology) -> CutPoints:
    """Which people and ties hold a topology together, with the sizes of what would be left."""
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
        _read_off(order, parent, reached_at, lowest, below, found)
    return found


def _read_off(
    order: list[int], parent: list[int], reached_at: list[int], lowest: list[int], below: list[int], found: CutPoints
) -> None:
    """From one component's walk: whose branches reach no higher than themselves, and how many people are on those."""
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
