"""What would hold if the hub (the ESO, its staff) stepped back: is it the hub, or one of many nodes?

Everything is counted for the others, the people who are not the hub, once with the hub's ties in place and once without
them; so both columns speak of the same people, and nothing changes merely since fewer are counted.

Of the pairs of others who reach each other now, some would be as near as before, some would reach each other by a
longer way, some no more. The last are what Krackhardt (1994) counts as lost connectedness; the first two together are
those who lie in one part still. That a pair's shortest ways all run through the hub is group betweenness at its
strictest (Everett & Borgatti 1999, The centrality of groups and classes: pairs of which every shortest way is taken).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from nethealth.network.graph import Network
from nethealth.network.metrics.topology import Numbers
from nethealth.workbook.records import PersonKey

NEARLY_ALL_SHARE = 0.95
"""Where so many pairs still reach each other, what is lost is lost at the edge."""
MOST_SHARE = 0.75
"""Where so many pairs are as near as before, the hub's ways are a quarter of all ways at most: one of many."""
HALF_SHARE = 0.5
"""Where fewer pairs than this are as near as before, most ways between others depend on the hub."""
SEED = 20
EXACT_UP_TO = 6_144
SAMPLE = 2_048
"""Of more people than the first, ways are followed from so many drawn by lot, instead of from everybody."""
BATCH_SIZE = 2_048


class HubRole(StrEnum):
    """What the hub is to the others."""

    HUB = "the hub"
    """Most ways between others depend on it."""
    STRONG_NODE = "a strong node"
    """Much would hold without it, and much would not."""
    ONE_OF_MANY = "one of many nodes"
    """Nearly everybody would still reach each other, most as fast as before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalState:
    """How the others stand, with the hub's ties or without them."""

    average_ties: float
    """Ties per person among the others, those with the hub counted only where it is there."""
    isolates: int
    """Others without a tie."""
    components: int
    """Parts of which somebody is among the others; one of them alone is a part, too."""
    largest_component: int
    """Others in the part that holds most of them."""
    largest_share: float
    """The same as a share of the others, 0 to 1."""
    connectedness: float | None
    """The share of all pairs of others who reach each other along ties; None with fewer than two others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HubRemoval:
    """The network with its hub and without it."""

    hub: int
    """People (or organizations) of the hub in this wave."""
    others: int
    with_hub: RemovalState
    without_hub: RemovalState
    hub_ties: int
    """Ties that the hub has, those among its own people once."""
    hub_tie_share: float | None
    """The same as a share of all ties, 0 to 1; None where nobody is tied."""
    hub_average_ties: float
    """Ties per person of the hub."""
    still_connected: float | None
    """Of the pairs of others who reach each other now, the share who still would, 0 to 1; None where no pair does."""
    same_distance: float | None
    """Of the same pairs, the share for whom the shortest way would be no longer."""
    sample: int | None
    """From how many people ways were followed to tell `as_near`; None where from all of them."""

    @property
    def longer_path(self) -> float | None:
        """Of the same pairs, the share who would still reach each other, by a longer way."""
        return (
            None
            if self.still_connected is None or self.same_distance is None
            else self.still_connected - self.same_distance
        )

    @property
    def disconnected(self) -> float | None:
        """Of the same pairs, the share who would no longer reach each other."""
        return None if self.still_connected is None else 1 - self.still_connected

    @property
    def new_isolates(self) -> int:
        """Others who would have no tie and have one now."""
        return self.without_hub.isolates - self.with_hub.isolates

    @property
    def role(self) -> HubRole | None:
        """What the hub is to the others; None where no two others reach each other now."""
        if self.still_connected is None or self.same_distance is None:
            return None
        if self.same_distance < HALF_SHARE:
            return HubRole.HUB
        if self.still_connected >= NEARLY_ALL_SHARE and self.same_distance >= MOST_SHARE:
            return HubRole.ONE_OF_MANY
        return HubRole.STRONG_NODE


def analyze_hub_removal(network: Network, hub: frozenset[PersonKey]) -> HubRemoval | None:
    """How the others stand with the hub and without it.

    None where nobody of the hub is in the network, or nobody else is.
    """
    inside = hub & network.people.keys()
    others = len(network.people) - len(inside)
    if not inside or not others:
        return None
    is_other = np.array([key not in inside for key in network.people])
    pairs = np.array([(network.index[tie.a], network.index[tie.b]) for tie in network.ties], dtype=np.int64)
    pairs = pairs.reshape(-1, 2)
    left = pairs[is_other[pairs].all(axis=1)]
    now, reaching = _removal_state(pairs, is_other)
    without, still_reaching = _removal_state(left, is_other)
    sources = np.flatnonzero(is_other)
    followed = None
    if len(sources) > EXACT_UP_TO:
        followed = SAMPLE
        sources = np.sort(np.random.default_rng(SEED).choice(sources, SAMPLE, replace=False))
    still = still_reaching / reaching if reaching else None
    as_near = _as_near(pairs, left, is_other, sources) if reaching else None
    return HubRemoval(
        hub=len(inside),
        others=others,
        with_hub=now,
        without_hub=without,
        hub_ties=len(pairs) - len(left),
        hub_tie_share=(len(pairs) - len(left)) / len(pairs) if len(pairs) else None,
        hub_average_ties=float((~is_other[pairs]).sum()) / len(inside),
        still_connected=still,
        # Drawn by lot it could be a hair above what still reaches at all.
        same_distance=min(as_near, still) if as_near is not None and still is not None else None,
        sample=followed,
    )


def _removal_state(pairs: Numbers, is_other: np.typing.NDArray[np.bool_]) -> tuple[RemovalState, int]:
    """How the others stand with these ties, and how many pairs of them reach each other."""
    import igraph

    others = int(is_other.sum())
    part_of = igraph.Graph(n=len(is_other), edges=pairs).connected_components().membership
    sizes = Counter(np.array(part_of)[is_other].tolist())
    reaching = sum(size * (size - 1) // 2 for size in sizes.values())
    degrees = np.bincount(pairs.ravel(), minlength=len(is_other))[is_other]
    largest = max(sizes.values())
    state = RemovalState(
        average_ties=float(degrees.mean()),
        isolates=int((degrees == 0).sum()),
        components=len(sizes),
        largest_component=largest,
        largest_share=largest / others,
        connectedness=reaching / (others * (others - 1) / 2) if others > 1 else None,
    )
    return state, reaching


def _as_near(pairs: Numbers, left: Numbers, is_other: np.typing.NDArray[np.bool_], sources: Numbers) -> float | None:
    """Of the others whom the sources reach with all ties, the share whom they reach in as many steps with those left.

    Both networks are swept breadth-first side by side: whoever is met at the same step in both is as near.
    """
    near = reached = 0
    whole, thinned = _Neighbors(pairs), _Neighbors(left)
    for first in range(0, len(sources), BATCH_SIZE):
        some = sources[first : first + BATCH_SIZE]
        with_hub = np.zeros((len(is_other), -(-len(some) // 64)), dtype=np.uint64)
        at = np.arange(len(some))
        with_hub[some, at // 64] = np.uint64(1) << (at % 64).astype(np.uint64)
        without_hub = with_hub.copy()
        while True:
            met, met_without = whole.step(with_hub), thinned.step(without_hub)
            if not met.any():
                break
            reached += int(np.bitwise_count(met[is_other]).sum())
            near += int(np.bitwise_count((met & met_without)[is_other]).sum())
    return near / reached if reached else None


class _Neighbors:
    """Who is next to whom, for a sweep in which everybody holds a bit for each source that has reached them."""

    def __init__(self, pairs: Numbers) -> None:
        both = np.concatenate([pairs, pairs[:, ::-1]])
        both = both[np.argsort(both[:, 0], kind="stable")]
        self.tied, self._starts = np.unique(both[:, 0], return_index=True)
        self._others = both[:, 1]

    def step(self, seen: np.typing.NDArray[np.uint64]) -> np.typing.NDArray[np.uint64]:
        """Take one step: adds to `seen` what neighbours hold, and returns what is new in it."""
        new = np.zeros_like(seen)
        if len(self.tied):
            gained = np.bitwise_or.reduceat(seen[self._others], self._starts, axis=0)
            new[self.tied] = gained & ~seen[self.tied]
            seen |= new
        return new
