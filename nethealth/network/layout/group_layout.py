"""The layout of a component by its groups: each fills a disc of its own, near those it has the most ties with.

Forces alone pull everyone into one heap. So we give each group a disc whose area is its number of people, and place the
discs in a frame of the screen's shape: those that share more ties than expected by chance are closer. In its disc, a
group is laid out by path lengths, and people who have ties to another group are on that side.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from nethealth.network.layout.forces import apply_forces, separate
from nethealth.network.layout.stress import (
    classical_mds,
    jitter,
    path_lengths,
    starting_positions,
    stress_majorization,
)
from nethealth.network.metrics.topology import Topology

Positions = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

PERSON_RADIUS = 0.55
"""The radius of a group of one, in units; it grows with the square root of its people."""
DISC_GAP = 1.18
"""The distance between discs; at 1 they would touch. Names of groups go in between."""
COVERED, COVERED_BY_FEW = 0.42, 0.55
"""The share of the frame that discs cover; a few discs fit more closely."""
FEW_DISCS = 3
CHANCE_DISTANCE = 0.5
"""The extra distance, as a share, between two groups with as many ties as expected by chance."""
TURNS, FEW_TURNS = 12, 2
"""In how many directions we turn the discs to see which one fits the frame best; many discs fit in any direction."""
MANY_DISCS = 24
PUSH_ROUNDS = 150
OVERLAP_COST = 0.5
STRESS_UP_TO = 150
"""In larger groups, stress majorization takes too long for what it adds."""
OUTWARD_PULL = 0.25
"""How strongly a tie to another group pulls a person to that side, compared with 1 for a tie inside."""
OUTWARD_REACH = 2.0
"""How far outside people are pulled to, in radii of the group."""
EVENNESS = 0.5
"""How evenly people fill a disc: 0 keeps their distances from its center, 1 leaves no crowd in the middle."""


def layout_groups(component: Topology, groups: Sequence[Sequence[int]], *, aspect: float) -> Positions:
    """Return positions for everyone in the component, one row per person, in a frame centered on (0, 0).

    Each person is in one of the `groups`. `aspect` is the frame's width divided by its height.
    """
    group_of, at = np.zeros(component.size, dtype=np.int64), np.zeros(component.size, dtype=np.int64)
    for number, group in enumerate(groups):
        group_of[group] = number
        at[group] = np.arange(len(group))
    ends = group_of[component.pairs]
    radii = PERSON_RADIUS * np.sqrt([len(group) for group in groups])
    centers = _place_discs(radii, _ties_between(ends, len(groups)), aspect=aspect)
    across = component.pairs[ends[:, 0] != ends[:, 1]]
    ties_to = np.zeros((component.size, len(groups)))
    np.add.at(ties_to, (across[:, 0], group_of[across[:, 1]]), 1)
    np.add.at(ties_to, (across[:, 1], group_of[across[:, 0]]), 1)
    is_inside = ends[:, 0] == ends[:, 1]
    own = ends[is_inside, 0]
    inside = np.split(
        at[component.pairs[is_inside]][np.argsort(own, kind="stable")],
        np.cumsum(np.bincount(own, minlength=len(groups)))[:-1],
    )
    positions = np.zeros((component.size, 2))
    for number, group in enumerate(groups):
        topology = Topology(len(group), edges=[(a, b) for a, b in inside[number].tolist()])
        local = _layout_group(topology, directions=_directions(centers, number), ties_to=ties_to[group])
        positions[group] = centers[number] + _fill_disc(local) * radii[number]
    return separate(positions)


def _ties_between(ends: Numbers, count: int) -> Positions:
    """Return how many ties two groups share; within a group, each counts twice."""
    between = np.zeros((count, count))
    np.add.at(between, (ends[:, 0], ends[:, 1]), 1)
    return between + between.T


def _place_discs(radii: Positions, between: Positions, *, aspect: float) -> Positions:
    """Return the centers of the discs in the frame, turned so that the most ties are short."""
    distances = _disc_distances(between, radii)
    centers = stress_majorization(jitter(classical_mds(distances)), steps=distances)
    covered = COVERED_BY_FEW if len(radii) <= FEW_DISCS else COVERED
    area = np.pi * (radii**2).sum() / covered
    frame = np.array([np.sqrt(area * aspect), np.sqrt(area / aspect)])
    np.fill_diagonal(between, 0)
    best, lowest = centers, np.inf
    turns = TURNS if len(radii) <= MANY_DISCS else FEW_TURNS
    for turn in np.pi * np.arange(turns) / turns:
        turned = centers @ np.array([(np.cos(turn), -np.sin(turn)), (np.sin(turn), np.cos(turn))])
        placed, overlap = _fit_in_frame(turned, radii, frame)
        apart = np.hypot(*(placed[:, None] - placed[None]).transpose(2, 0, 1))
        cost = float((between * apart).sum() / max(between.sum(), 1) / frame[0] + OVERLAP_COST * (overlap - 1))
        if cost < lowest - 1e-9:
            # If discs don't fit, the frame grows.
            best, lowest = placed * overlap, cost
    return best


def _disc_distances(between: Positions, radii: Positions) -> Positions:
    """Return the target distances between the centers of groups, through the groups between them."""
    import igraph

    ends = between.sum(axis=1)
    vs_chance = between * ends.sum() / np.maximum(np.outer(ends, ends), 1)
    one, other = np.nonzero(np.triu(between, k=1))
    contact_distances = (radii[one] + radii[other]) * DISC_GAP
    lengths = contact_distances * (1 + CHANCE_DISTANCE / np.maximum(vs_chance[one, other], 0.05))
    graph = igraph.Graph(n=len(radii), edges=np.column_stack([one, other]).tolist())
    found: Positions = np.array(graph.distances(weights=lengths.tolist()))
    return found


def _fit_in_frame(centers: Positions, radii: Positions, frame: Positions) -> tuple[Positions, float]:
    """Return centers spread over the frame and pushed apart, and how far they still overlap: 1 for not at all."""
    limits = np.maximum(frame / 2 - radii[:, None], 0)
    centers = centers - (centers.max(axis=0) + centers.min(axis=0)) / 2
    centers = centers / np.maximum(np.abs(centers).max(axis=0), 1e-9) * limits.max(axis=0)
    min_distances = (radii[:, None] + radii) * DISC_GAP
    for _ in range(PUSH_ROUNDS):
        centers = np.clip(centers, -limits, limits)
        away = centers[:, None] - centers[None]
        apart = np.hypot(away[..., 0], away[..., 1])
        np.fill_diagonal(apart, np.inf)
        missing = np.maximum(min_distances - apart, 0)
        if missing.max() < 0.02 * radii.min():
            break
        centers = centers + (away / np.maximum(apart, 1e-9)[..., None] * missing[..., None] / 3).sum(axis=1)
    return np.clip(centers, -limits, limits), max(1.0, float((min_distances / np.maximum(apart, 0.1)).max()))


def _directions(centers: Positions, number: int) -> Positions:
    """Return the direction from one group to each of the others, of length 1."""
    away = centers - centers[number]
    directions: Positions = away / np.maximum(np.hypot(away[:, 0], away[:, 1]), 1e-9)[:, None]
    return directions


def _layout_group(topology: Topology, *, directions: Positions, ties_to: Positions) -> Positions:
    """Return the layout of one group around its center; people with ties to others are on their side."""
    if topology.size == 1:
        return np.zeros((1, 2))
    outward = ties_to @ directions
    if topology.size > STRESS_UP_TO:
        start = starting_positions(topology, whole_up_to=STRESS_UP_TO)
        return _rotate_toward(apply_forces(topology, start, rounds=60, heat=1.0), outward)
    steps = path_lengths(topology, range(topology.size))
    positions = _rotate_toward(stress_majorization(jitter(classical_mds(steps)), steps=steps, rounds=20), outward)
    reach = OUTWARD_REACH * _most_of(np.hypot(positions[:, 0], positions[:, 1]))
    return stress_majorization(positions, steps=steps, pulls=(directions * reach, OUTWARD_PULL * ties_to), rounds=20)


def _fill_disc(positions: Positions) -> Positions:
    """Return positions moved along their radius to fill a disc of radius 1 about evenly, in the same order."""
    if len(positions) < 2:
        return np.zeros((len(positions), 2))
    positions = positions - positions.mean(axis=0)
    radius = np.hypot(positions[:, 0], positions[:, 1])
    rank = np.argsort(np.argsort(radius, kind="stable"), kind="stable")
    even = np.sqrt((rank + 0.5) / len(positions))
    # The mean of its own and the even distance keeps the shape without a crowd in the middle.
    scaled = np.minimum(radius / max(_most_of(radius), 1e-9), 1.2)
    filled: Positions = positions * (((1 - EVENNESS) * scaled + EVENNESS * even) / np.maximum(radius, 1e-9))[:, None]
    return filled


def _most_of(values: npt.NDArray[np.float64]) -> float:
    """Return the value that nine in ten don't exceed. `numpy.quantile` would load a module that takes a while."""
    return float(np.sort(values)[int(0.9 * (len(values) - 1) + 0.5)])


def _rotate_toward(local: Positions, outward: Positions) -> Positions:
    """Return positions rotated, and mirrored if that fits better, so that people face their ties elsewhere."""
    local = local - local.mean(axis=0)
    found, best = local, -np.inf
    for mirrored in (local, local * (1, -1)):
        along = float((mirrored * outward).sum())
        across = float((mirrored[:, 0] * outward[:, 1] - mirrored[:, 1] * outward[:, 0]).sum())
        if (fit := float(np.hypot(along, across))) > best + 1e-9:
            cos, sin = (along / fit, across / fit) if fit > 1e-9 else (1.0, 0.0)
            found, best = mirrored @ np.array([(cos, sin), (-sin, cos)]), fit
    return found
