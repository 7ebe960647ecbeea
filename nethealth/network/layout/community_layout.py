"""The layout of a large component by its communities: each is a disc, near those it has the most ties with.

Forces alone pull thousands of people into one heap. So we lay out each community by itself and place it as a disc. Two
discs are closer the more ties they share compared with chance. We rotate each so that people face their ties in other
communities, and apply forces only briefly at the end.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from nethealth.network.metrics.communities import community_modularity, find_communities
from nethealth.network.metrics.topology import Topology

Positions = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
Draw = Callable[[Topology], Positions]

GOLDEN_ANGLE = 2.399963
"""In radians; multiples of it all point in different directions."""
PERSON_RADIUS = 0.55
"""The radius of a community of one, in units; it grows with the square root of its people."""
DISC_GAP = 1.12
"""The distance between discs; at 1 they would touch."""
CHANCE_DISTANCE = 0.5
"""The extra distance, as a share, between two communities with as many ties as expected by chance."""
MODULARITY_MARGIN = 0.1
"""How far modularity must exceed what a random network has."""
MOST_COMMUNITIES = 400
"""With more communities, placing the discs would take too long."""


def double_center(distances: Positions) -> Positions:
    """Return -1/2 times the squared distances, centered by row and column (Torgerson 1952)."""
    squared = distances**2
    found: Positions = -0.5 * (squared - squared.mean(0) - squared.mean(1)[:, None] + squared.mean())
    return found


def classical_mds(distances: Positions) -> Positions:
    """Return positions from all distances by classical multidimensional scaling (Torgerson 1952)."""
    values, vectors = np.linalg.eigh(double_center(distances))
    flat: Positions = vectors[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 0))
    return flat


def jitter(positions: Positions) -> Positions:
    """Return positions moved slightly, each in its own direction, because forces can't separate people on one spot."""
    turn = GOLDEN_ANGLE * np.arange(len(positions))
    return positions + 0.05 * np.column_stack([np.cos(turn), np.sin(turn)])


def has_clear_communities(component: Topology) -> bool:
    """True if the communities are clearer than in a random network.

    With random ties, d per person, the best division has a modularity near the square root of 1 / d (Reichardt &
    Bornholdt 2006, When are networks truly modular?).
    """
    expected = np.sqrt(component.size / (2 * len(component.edges)))
    return 1 < len(find_communities(component)) <= MOST_COMMUNITIES and bool(
        (community_modularity(component) or 0.0) > expected + MODULARITY_MARGIN
    )


def layout_communities(
    component: Topology, *, draw: Draw, refine: Callable[[Positions, Positions], Positions]
) -> Positions:
    """Return positions for everyone in the component, one row per person.

    `draw` lays out one community around its center. `refine` moves positions (its first argument) toward given
    distances (its second).
    """
    communities = find_communities(component)
    community_of = np.zeros(component.size, dtype=np.int64)
    at = np.zeros(component.size, dtype=np.int64)
    for number, community in enumerate(communities):
        community_of[community] = number
        at[community] = np.arange(len(community))
    ties = np.array(component.edges, dtype=np.int64)
    own, others = community_of[ties[:, 0]], community_of[ties[:, 1]]
    radii = PERSON_RADIUS * np.sqrt([len(community) for community in communities])
    centers = _place_discs(radii, _disc_distances(own, others, radii), refine)
    positions = np.zeros((component.size, 2))
    outward = _outward_directions(component, community_of, centers, ties[own != others])
    within = [np.zeros((0, 2), dtype=np.int64) for _ in communities]
    order = np.argsort(own[own == others], kind="stable")
    inside = ties[own == others][order]
    ends = np.cumsum(np.bincount(own[own == others], minlength=len(radii)))
    for number, edges in enumerate(np.split(inside, ends[:-1])):
        within[number] = at[edges]
    for number, community in enumerate(communities):
        local = _fill_disc(draw(Topology(len(community), edges=[(a, b) for a, b in within[number].tolist()])))
        local = _rotate_toward(local, outward[community]) * radii[number]
        positions[community] = centers[number] + local
    return positions


def _disc_distances(own: Numbers, others: Numbers, radii: npt.NDArray[np.float64]) -> Positions:
    """Return the target distances between the centers of communities, through the communities between them."""
    import igraph

    count = len(radii)
    between = np.zeros((count, count))
    np.add.at(between, (own, others), 1)
    between += between.T
    ends = between.sum(axis=1)
    np.fill_diagonal(between, 0)
    vs_chance = between * ends.sum() / np.maximum(np.outer(ends, ends), 1)
    one, other = np.nonzero(np.triu(between))
    contact_distances = (radii[one] + radii[other]) * DISC_GAP
    lengths = contact_distances * (1 + CHANCE_DISTANCE / np.maximum(vs_chance[one, other], 0.05))
    graph = igraph.Graph(n=count, edges=np.column_stack([one, other]).tolist())
    found: Positions = np.array(graph.distances(weights=lengths.tolist()))
    return found


def _place_discs(
    radii: npt.NDArray[np.float64], distances: Positions, refine: Callable[[Positions, Positions], Positions]
) -> Positions:
    """Return the centers of the discs: scaled from their distances, then pushed apart if they overlap."""
    centers = refine(jitter(classical_mds(distances)), distances)
    # Fill an area twice as large as all discs, then push apart those that overlap.
    extent = float(np.sqrt(2 * (radii**2).sum())) * DISC_GAP
    centers = _fill_disc(centers) * extent
    min_distances = (radii[:, None] + radii) * DISC_GAP
    for _ in range(300):
        away = centers[:, None] - centers[None]
        apart = np.hypot(away[..., 0], away[..., 1])
        np.fill_diagonal(apart, np.inf)
        missing = np.maximum(min_distances - apart, 0)
        if missing.max() < 0.05:
            break
        centers += (away / np.maximum(apart, 1e-9)[..., None] * missing[..., None] / 4).sum(axis=1)
    return centers


def _outward_directions(component: Topology, community_of: Numbers, centers: Positions, across: Numbers) -> Positions:
    """Return the summed direction of each person's ties to other communities; zero if they have none."""
    away = np.zeros((component.size, 2))
    for one, other in ((across[:, 0], across[:, 1]), (across[:, 1], across[:, 0])):
        step = centers[community_of[other]] - centers[community_of[one]]
        np.add.at(away, one, step / np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-9)[:, None])
    return away


def _fill_disc(positions: Positions) -> Positions:
    """Return positions moved along their radius to fill a disc of radius 1 about evenly, in the same order."""
    if len(positions) < 2:
        return np.zeros((len(positions), 2))
    positions = positions - positions.mean(axis=0)
    radius = np.hypot(positions[:, 0], positions[:, 1])
    rank = np.argsort(np.argsort(radius, kind="stable"), kind="stable")
    even = np.sqrt((rank + 0.5) / len(positions))
    # The mean of its own and the even distance keeps the shape without a crowd in the middle.
    scaled = np.minimum(radius / max(float(np.quantile(radius, 0.9)), 1e-9), 1.2)
    filled: Positions = positions * ((scaled + even) / 2 / np.maximum(radius, 1e-9))[:, None]
    return filled


def _rotate_toward(local: Positions, outward: Positions) -> Positions:
    """Return positions rotated, and mirrored if that fits better, so that people face their ties elsewhere."""
    found, best = local, -np.inf
    for mirrored in (local, local * (1, -1)):
        along = float((mirrored * outward).sum())
        across = float((mirrored[:, 0] * outward[:, 1] - mirrored[:, 1] * outward[:, 0]).sum())
        if (fit := float(np.hypot(along, across))) > best + 1e-9:
            cos, sin = (along / fit, across / fit) if fit > 1e-9 else (1.0, 0.0)
            found, best = mirrored @ np.array([(cos, sin), (-sin, cos)]), fit
    return found
