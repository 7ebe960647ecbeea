"""Forces between people: ties pull and people push (Fruchterman & Reingold 1991), and no two stand on one spot.

Ties between people with shared contacts pull harder, so that tight circles show.
"""

from __future__ import annotations

from itertools import islice

import numpy as np
import numpy.typing as npt

from nethealth.network.layout.stress import GOLDEN_ANGLE, MIN_DISTANCE, Positions
from nethealth.network.metrics.igraph_rng import seeded_igraph
from nethealth.network.metrics.topology import Topology

Numbers = npt.NDArray[np.int64]

SEED = 7
EXACT_FORCES_UP_TO = 1_500
"""With more people, forces are approximated on a grid."""
ACROSS_PULL = 0.1
"""The pull of ties between groups, compared with 1 inside. At full strength all would end in one heap."""
SPREAD_ROUNDS = 12
"""After so many rounds no difference is visible."""


def apply_forces(
    component: Topology,
    positions: Positions,
    *,
    rounds: int,
    heat: float,
    group_of: Numbers | None = None,
    bounds: tuple[Positions, Positions] | None = None,
) -> Positions:
    """Apply forces: ties pull, people push. `heat` is the longest move, and it cools.

    With each person's group in `group_of`, ties between groups hardly pull.
    """
    neighbors = [set[int]() for _ in range(component.size)]
    for a, b in component.edges:
        neighbors[a].add(b)
        neighbors[b].add(a)
    # People with one or two ties are pulled closer, or they would be pushed far out into empty space.
    pull = [
        (1.0 + _shared(neighbors[a], neighbors[b], most=3) / 2)
        * (1 + 3 / min(len(neighbors[a]), len(neighbors[b])) ** 2)
        for a, b in component.edges
    ]
    if group_of is not None:
        pull = [
            strength if group_of[a] == group_of[b] else ACROSS_PULL * strength
            for strength, (a, b) in zip(pull, component.edges, strict=True)
        ]
    limits = {}
    if bounds is not None:
        (left, top), (right, bottom) = bounds[0].T.tolist(), bounds[1].T.tolist()
        limits = {"minx": left, "maxx": right, "miny": top, "maxy": bottom}
    with seeded_igraph(SEED):
        found = component.graph.layout_fruchterman_reingold(
            weights=pull,
            niter=rounds,
            seed=positions.tolist(),
            start_temp=heat,
            grid=component.size > EXACT_FORCES_UP_TO,
            **limits,
        )
    return np.array(found.coords, dtype=np.float64)


def separate(positions: Positions) -> Positions:
    """Return positions with people closer than `MIN_DISTANCE` moved apart, within a few rounds."""
    positions = positions.copy()
    for _ in range(SPREAD_ROUNDS):
        one, other = _close_pairs(positions)
        if not len(one):
            break
        away = positions[one] - positions[other]
        length = np.hypot(away[:, 0], away[:, 1])
        on_one_spot = length < 1e-6
        turn = GOLDEN_ANGLE * one[on_one_spot]
        away[on_one_spot] = np.column_stack([np.cos(turn), np.sin(turn)])
        missing = (MIN_DISTANCE - length) / 2
        move = away / np.where(on_one_spot, 1.0, length)[:, None] * missing[:, None]
        np.add.at(positions, one, move)
        np.add.at(positions, other, -move)
    return positions


def _shared(one: set[int], other: set[int], *, most: int) -> int:
    """Return how many the two have in common; looks no further than `most`, which is soon reached in dense networks."""
    few, many = sorted((one, other), key=len)
    return len(tuple(islice(filter(many.__contains__, few), most)))


def _close_pairs(positions: Positions) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return pairs closer than `MIN_DISTANCE`, by comparing each person with the next ones from left to right."""
    order = np.argsort(positions[:, 0], kind="stable")
    across, down = positions[order].T
    ones, others = [], []
    for further in range(1, len(order)):
        gap = across[further:] - across[:-further]
        if gap.min() >= MIN_DISTANCE:
            break
        near = np.flatnonzero(np.hypot(gap, down[further:] - down[:-further]) < MIN_DISTANCE)
        ones.append(order[near])
        others.append(order[near + further])
    no_one = np.zeros(0, dtype=np.int64)
    return np.concatenate([no_one, *ones]), np.concatenate([no_one, *others])
