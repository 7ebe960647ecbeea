"""How connected the network would be without the hub (the ESO and its staff).

Everything is counted for the others, the people who aren't the hub, with and without the hub's ties. So both columns
are about the same people, and nothing changes just because fewer people are counted.

Without the hub, pairs of others who are connected now would have a path of the same length, a longer path, or none.
The last are what Krackhardt (1994) counts as lost connectedness. If all shortest paths of a pair go through the hub,
that is group betweenness at its strictest (Everett & Borgatti 1999, The centrality of groups and classes).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from nethealth.network.graph import Network
from nethealth.network.metrics.topology import Numbers
from nethealth.workbook.records import PersonKey

NEARLY_ALL_SHARE = 0.95
"""If at least this share of pairs stays connected, only the edge is lost."""
MOST_SHARE = 0.75
"""If at least this share keeps its path length, the hub is one of many: it is on a quarter of paths at most."""
HALF_SHARE = 0.5
"""If a smaller share keeps its path length, most paths between others depend on the hub."""
SEED = 20
EXACT_UP_TO = 6_144
SAMPLE = 2_048
"""With more than `EXACT_UP_TO` people, paths start from this many random people instead of everyone."""
BATCH_SIZE = 2_048
"""People whose paths are searched at once, to limit memory."""


class HubRole(StrEnum):
    """How much the others depend on the hub."""

    HUB = "the hub"
    """Most paths between others depend on it."""
    STRONG_NODE = "a strong node"
    """Many paths depend on it, and many don't."""
    ONE_OF_MANY = "one of many nodes"
    """Nearly everyone would stay connected, most by paths of the same length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalState:
    """Metrics of the others, with or without the hub's ties."""

    average_ties: float
    """Mean ties per person among the others; ties with the hub count only if it is there."""
    isolates: int
    """Others without ties."""
    components: int
    """Components with at least one of the others, including isolates."""
    largest_component: int
    """Others in the component with the most of them."""
    largest_share: float
    """The same as a share of the others, 0 to 1."""
    connectedness: float | None
    """The share of pairs of others who are connected, 0 to 1; None with fewer than two others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HubRemoval:
    """The network with and without its hub."""

    hub: int
    """How many people or organizations of the hub are in this wave."""
    others: int
    with_hub: RemovalState
    without_hub: RemovalState
    hub_tie_share: float | None
    """Ties that involve the hub as a share of all ties, 0 to 1; None without ties."""
    hub_average_ties: float
    """Mean ties per person of the hub."""
    still_connected: float | None
    """The share of connected pairs of others who would stay connected, 0 to 1; None if no pair is connected."""
    same_distance: float | None
    """The share of the same pairs whose shortest path would be no longer."""
    sample: int | None
    """From how many people paths were searched for `same_distance`; None if from everyone."""
    distance_counts: Mapping[PersonKey, tuple[int, int]] = field(default_factory=dict, repr=False)
    """For each of the others, how many of them they reach as directly without the hub, and how many in all.

    Empty if paths were sampled."""

    @property
    def longer_path(self) -> float | None:
        """The share of the same pairs who would stay connected by a longer path."""
        return (
            None
            if self.still_connected is None or self.same_distance is None
            else self.still_connected - self.same_distance
        )

    @property
    def disconnected(self) -> float | None:
        """The share of the same pairs who would be disconnected."""
        return None if self.still_connected is None else 1 - self.still_connected

    @property
    def new_isolates(self) -> int:
        """Others who have ties now and wouldn't have any."""
        return self.without_hub.isolates - self.with_hub.isolates

    @property
    def role(self) -> HubRole | None:
        """How much the others depend on the hub; None if no two others are connected now."""
        if self.still_connected is None or self.same_distance is None:
            return None
        if self.same_distance < HALF_SHARE:
            return HubRole.HUB
        if self.still_connected >= NEARLY_ALL_SHARE and self.same_distance >= MOST_SHARE:
            return HubRole.ONE_OF_MANY
        return HubRole.STRONG_NODE


def analyze_hub_removal(network: Network, hub: frozenset[PersonKey]) -> HubRemoval | None:
    """Return how connected the others are with and without the hub.

    None if no one of the hub is in the network, or no one else is.
    """
    inside = hub & network.people.keys()
    others = len(network.people) - len(inside)
    if not inside or not others:
        return None
    is_other = np.array([key not in inside for key in network.people])
    pairs = np.array([(network.index[tie.a], network.index[tie.b]) for tie in network.ties], dtype=np.int64)
    pairs = pairs.reshape(-1, 2)
    left = pairs[is_other[pairs].all(axis=1)]
    now, connected_pairs = _removal_state(pairs, is_other)
    without, still_connected_pairs = _removal_state(left, is_other)
    sources = np.flatnonzero(is_other)
    sample = None
    if len(sources) > EXACT_UP_TO:
        sample = SAMPLE
        sources = np.sort(np.random.default_rng(SEED).choice(sources, SAMPLE, replace=False))
    still = still_connected_pairs / connected_pairs if connected_pairs else None
    counts = _count_same_distance(pairs, left, is_other, sources)
    near, reached = (int(count.sum()) for count in counts)
    same_distance_share = near / reached if reached else None
    return HubRemoval(
        hub=len(inside),
        others=others,
        with_hub=now,
        without_hub=without,
        hub_tie_share=(len(pairs) - len(left)) / len(pairs) if len(pairs) else None,
        hub_average_ties=float((~is_other[pairs]).sum()) / len(inside),
        still_connected=still,
        # In a sample, it could be slightly above the exact share that stays connected.
        same_distance=min(same_distance_share, still)
        if same_distance_share is not None and still is not None
        else None,
        sample=sample,
        distance_counts={
            key: (int(near_one), int(reached_one))
            for key, near_one, reached_one in zip(
                (key for key in network.people if key not in inside), *counts, strict=True
            )
        }
        if sample is None
        else {},
    )


def _removal_state(pairs: Numbers, is_other: np.typing.NDArray[np.bool_]) -> tuple[RemovalState, int]:
    """Return the others' metrics with these ties, and how many pairs of them are connected."""
    import igraph

    others = int(is_other.sum())
    component_of = igraph.Graph(n=len(is_other), edges=pairs).connected_components().membership
    sizes = Counter(np.array(component_of)[is_other].tolist())
    connected_pairs = sum(size * (size - 1) // 2 for size in sizes.values())
    degrees = np.bincount(pairs.ravel(), minlength=len(is_other))[is_other]
    largest = max(sizes.values())
    state = RemovalState(
        average_ties=float(degrees.mean()),
        isolates=int((degrees == 0).sum()),
        components=len(sizes),
        largest_component=largest,
        largest_share=largest / others,
        connectedness=connected_pairs / (others * (others - 1) / 2) if others > 1 else None,
    )
    return state, connected_pairs


def _count_same_distance(
    pairs: Numbers, left: Numbers, is_other: np.typing.NDArray[np.bool_], sources: Numbers
) -> tuple[Numbers, Numbers]:
    """Return, for each of the others, how many sources reach them, and how many at the same distance with `left`.

    The second comes first. Searches both networks breadth-first in parallel and counts people who are reached at the
    same step.
    """
    near, reached = (np.zeros(int(is_other.sum()), dtype=np.int64) for _ in range(2))
    whole, without_hub_neighbors = _Neighbors(pairs), _Neighbors(left)
    for first in range(0, len(sources), BATCH_SIZE):
        some = sources[first : first + BATCH_SIZE]
        with_hub = np.zeros((len(is_other), -(-len(some) // 64)), dtype=np.uint64)
        at = np.arange(len(some))
        with_hub[some, at // 64] = np.uint64(1) << (at % 64).astype(np.uint64)
        without_hub = with_hub.copy()
        while True:
            new_with, new_without = whole.step(with_hub), without_hub_neighbors.step(without_hub)
            if not new_with.any():
                break
            reached += np.bitwise_count(new_with[is_other]).sum(axis=1, dtype=np.int64)
            near += np.bitwise_count((new_with & new_without)[is_other]).sum(axis=1, dtype=np.int64)
    return near, reached


class _Neighbors:
    """Neighbors for a parallel breadth-first search. Each person has a bit for each source that reached them."""

    def __init__(self, pairs: Numbers) -> None:
        both = np.concatenate([pairs, pairs[:, ::-1]])
        both = both[np.argsort(both[:, 0], kind="stable")]
        self.tied, self._starts = np.unique(both[:, 0], return_index=True)
        self._others = both[:, 1]

    def step(self, seen: np.typing.NDArray[np.uint64]) -> np.typing.NDArray[np.uint64]:
        """Take one step: add the neighbors' bits to `seen`, and return the new ones."""
        new = np.zeros_like(seen)
        if len(self.tied):
            gained = np.bitwise_or.reduceat(seen[self._others], self._starts, axis=0)
            new[self.tied] = gained & ~seen[self.tied]
            seen |= new
        return new
