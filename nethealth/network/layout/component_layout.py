"""The layout of one component: tied people are close to each other.

A new layout starts from path lengths by classical scaling (Torgerson 1952; with pivots in large components: Brandes &
Pich 2007), refined by stress majorization (Gansner, Koren & North 2005), and then by Fruchterman and Reingold's forces
(1991). Ties between people with shared contacts pull harder, so that tight circles show. A large component with clear
communities goes through `layout_communities`. With earlier positions, people move only slightly, and newcomers are
placed next to their ties.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

import numpy as np
import numpy.typing as npt

from nethealth.network.layout.community_layout import (
    GOLDEN_ANGLE,
    classical_mds,
    double_center,
    has_clear_communities,
    jitter,
    layout_communities,
)
from nethealth.network.metrics.communities import find_communities
from nethealth.network.metrics.igraph_rng import seeded_igraph
from nethealth.network.metrics.topology import Topology

Positions = npt.NDArray[np.float64]

SEED = 7
STRESS_UP_TO = 400
"""With more people, stress majorization takes too long for what it adds."""
EXACT_FORCES_UP_TO = 1_500
"""With more people, forces are approximated on a grid."""
PIVOTS = 40
"""How many people path lengths are measured from in large components."""
CROSS_COMMUNITY_PULL = 0.1
"""The pull of ties between communities, compared with 1 inside. At full strength all would end in one heap."""
MAX_MOVE = 0.02
"""How far people with an earlier position may move, as a share of the layout's longer side."""
FEW_NEWCOMERS = 0.1
"""Up to this share of newcomers, the layout doesn't grow."""
SMALL_COMPONENT = 20
"""Up to so many people, newcomers may be placed outside the layout, as there is no room inside."""
STRESS_ROUNDS, SPREAD_ROUNDS = 40, 12
"""Rounds after which no difference is visible."""
LARGEST_PILE = 50
"""Forces would take too long to separate more people on one spot, such as everyone around one person."""
MIN_DISTANCE = 0.45
"""The minimum distance between two people, in units; tied people are about one unit apart."""
FAR_AWAY = 0.3
"""People farther than this share of the layout from all their ties count as newcomers."""


def layout_component(
    component: Topology, *, start: Mapping[int, tuple[float, float]], still: bool = False
) -> Positions:
    """Return positions for a component, one row per person; `start` has earlier positions of some of them.

    Without earlier positions, the layout is centered on (0, 0), its longer side horizontal. With them, no one moves
    more than `MAX_MOVE` of its size, unless many people joined or someone is far from all their ties. With `still`,
    people in large components only make room for newcomers.
    """
    if component.size == 1:
        return np.array([start.get(0, (0.0, 0.0))])
    reusable = _reusable_positions(component, start)
    if len(reusable) < max(2, component.size // 4):
        return _new_layout(component)
    return _update_layout(component, reusable, still=still and component.size > STRESS_UP_TO)


def _new_layout(component: Topology) -> Positions:
    if component.size == 2:
        return np.array([(-0.5, 0.0), (0.5, 0.0)])
    if component.size > STRESS_UP_TO and has_clear_communities(component):
        positions = layout_communities(
            component, draw=_layout_community, refine=lambda at, steps: stress_majorization(at, steps=steps)
        )
        return _separate(_align(apply_forces(component, positions, rounds=15, heat=0.5)))
    positions = _starting_positions(component)
    if component.size <= STRESS_UP_TO:
        positions = stress_majorization(positions, steps=_steps(component, range(component.size)))
    positions = apply_forces(component, positions, rounds=300 if component.size <= STRESS_UP_TO else 60, heat=2.0)
    return _separate(_align(positions))


def _layout_community(group: Topology) -> Positions:
    """Return the layout of one community by itself."""
    if group.size < 3:
        return np.array([(-0.5, 0.0), (0.5, 0.0)])[: group.size]
    return apply_forces(group, _starting_positions(group, whole_up_to=PIVOTS), rounds=60, heat=1.0)


def _update_layout(component: Topology, reusable: Mapping[int, tuple[float, float]], *, still: bool) -> Positions:
    known = np.array(list(reusable))
    positions = np.zeros((component.size, 2))
    positions[known] = [reusable[person] for person in known]
    few_are_new = component.size - len(known) <= max(FEW_NEWCOMERS * component.size, 2)
    # If many people join, the whole layout grows from its center, and people may move farther.
    growth = 1.0 if few_are_new else float(np.sqrt(component.size / len(known)))
    center = (positions[known].max(axis=0) + positions[known].min(axis=0)) / 2
    positions[known] = center + (positions[known] - center) * growth
    _place_newcomers(component, positions, set(reusable))
    side = max(float(np.ptp(positions[known], axis=0).max()), 1.0)
    max_move = MAX_MOVE * side / 2 * (1 + 10 * (growth - 1))
    lower_bounds, upper_bounds = np.full(positions.shape, -np.inf), np.full(positions.shape, np.inf)
    if few_are_new and len(known) > SMALL_COMPONENT:
        # A few newcomers stay within the layout, so that nothing next to it has to make room.
        lower_bounds[:], upper_bounds[:] = positions[known].min(axis=0), positions[known].max(axis=0)
        positions = np.clip(positions, lower_bounds, upper_bounds)
    lower_bounds[known], upper_bounds[known] = positions[known] - max_move, positions[known] + max_move
    if still and few_are_new:
        lower_bounds[known], upper_bounds[known] = positions[known] - MIN_DISTANCE, positions[known] + MIN_DISTANCE
        return np.clip(_separate(positions), lower_bounds, upper_bounds)
    moved = apply_forces(component, positions, rounds=40, heat=side / 20, bounds=(lower_bounds, upper_bounds))
    return np.clip(_separate(moved), lower_bounds - max_move, upper_bounds + max_move)


def _reusable_positions(
    component: Topology, start: Mapping[int, tuple[float, float]]
) -> dict[int, tuple[float, float]]:
    """Return earlier positions of people near one of their ties; empty if all are in one heap."""
    if not start:
        return {}
    known = np.array(sorted(start))
    positions = np.array([start[person] for person in known])
    reach = FAR_AWAY * float(np.ptp(positions, axis=0).max()) + 2
    short = [
        (a, b)
        for a, b in component.edges
        if a in start and b in start and np.hypot(start[a][0] - start[b][0], start[a][1] - start[b][1]) <= reach
    ]
    # Only the largest connected set counts: a pair that was separate and is now tied to it moves over.
    together = [person for person in Topology(component.size, edges=short).components[0] if person in start]
    room = MIN_DISTANCE * np.sqrt(len(together)) / 2
    if not together or np.ptp(np.array([start[person] for person in together]), axis=0).max() < room:
        return {}
    return {person: start[person] for person in together}


def _place_newcomers(component: Topology, positions: Positions, placed_people: set[int]) -> None:
    """Place newcomers next to their ties, or outward of their only tie; those with placed ties come first."""
    ends, others = component.neighbors
    center = positions[sorted(placed_people)].mean(axis=0)
    waiting = [person for person in range(component.size) if person not in placed_people]
    while waiting:
        still: list[int] = []
        placed: list[int] = []
        for person in waiting:
            placed_ties = [other for other in others[ends[person] : ends[person + 1]] if other in placed_people]
            if not placed_ties:
                still.append(person)
                continue
            tie_center = positions[placed_ties].mean(axis=0)
            outward = tie_center - center
            length = float(np.hypot(*outward)) or 1.0
            # Newcomers around one person fan out, each at a different angle.
            turn = GOLDEN_ANGLE * person if length == 1.0 else 0.35 * ((person * 7) % 5 - 2)
            cos, sin = np.cos(turn), np.sin(turn)
            away = np.array([outward[0] * cos - outward[1] * sin, outward[0] * sin + outward[1] * cos])
            if not away.any():
                away = np.array([cos, sin])
            positions[person] = tie_center + away / length * (0.9 if len(placed_ties) == 1 else 0.3)
            placed.append(person)
        placed_people |= set(placed)
        waiting = still


def _steps(component: Topology, sources: range | list[int]) -> Positions:
    steps: Positions = np.array(component.graph.distances(source=list(sources)), dtype=np.float64)
    return steps


def _starting_positions(component: Topology, *, whole_up_to: int = STRESS_UP_TO) -> Positions:
    """Return positions from path lengths: by eigenvectors in small components, by pivots in large ones."""
    if component.size <= whole_up_to:
        positions = classical_mds(_steps(component, range(component.size)))
    else:
        pivots = [int(np.argmax(component.degrees))]
        nearest = _steps(component, pivots)[0]
        columns = [nearest]
        for _ in range(PIVOTS - 1):
            pivots.append(int(np.argmax(nearest)))
            columns.append(_steps(component, pivots[-1:])[0])
            nearest = np.minimum(nearest, columns[-1])
        centered = double_center(np.array(columns).T)
        _, vectors = np.linalg.eigh(centered.T @ centered)
        positions = centered @ vectors[:, [-1, -2]]
        # A few long chains must not shrink everyone else to a speck.
        radius = np.hypot(positions[:, 0], positions[:, 1])
        typical = max(float(np.median(radius)), 1e-9)
        positions *= (
            np.minimum(1.0, 2.5 * typical / np.maximum(radius, 1e-9)) * np.sqrt(component.size) / (2 * typical)
        )[:, None]
        positions = _fan_out(positions)
    return jitter(positions)


def _fan_out(positions: Positions) -> Positions:
    """Spread people who share a spot with more than `LARGEST_PILE` others in a sunflower spiral."""
    _, spot, sizes = np.unique(positions.round(6), axis=0, return_inverse=True, return_counts=True)
    spot = spot.ravel()
    order = np.argsort(spot, kind="stable")
    rank = np.empty(len(positions))
    rank[order] = np.arange(len(positions)) - (np.cumsum(sizes) - sizes)[spot[order]]
    out = np.where(sizes[spot] > LARGEST_PILE, MIN_DISTANCE * np.sqrt(rank), 0.0)
    turn = GOLDEN_ANGLE * rank
    fanned: Positions = positions + out[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    return fanned


def stress_majorization(positions: Positions, *, steps: Positions) -> Positions:
    """Return positions whose distances are closer to the path lengths `steps`; short paths weigh more."""
    weights = np.zeros_like(steps)
    np.power(steps, -2, out=weights, where=steps > 0)
    total = weights.sum(axis=1)[:, None]
    weighted_steps = weights * steps
    for _ in range(STRESS_ROUNDS):
        apart = np.hypot(*(positions[:, None] - positions[None]).transpose(2, 0, 1))
        ratio = np.divide(weighted_steps, apart, out=np.zeros_like(weighted_steps), where=apart > 1e-6)
        positions = (weights @ positions + ratio.sum(axis=1)[:, None] * positions - ratio @ positions) / total
    return positions


def apply_forces(
    component: Topology,
    positions: Positions,
    *,
    rounds: int,
    heat: float,
    bounds: tuple[Positions, Positions] | None = None,
) -> Positions:
    """Apply Fruchterman and Reingold's forces: ties pull, people push. `heat` is the longest move, and it cools."""
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
    if component.size > STRESS_UP_TO and has_clear_communities(component):
        community_of = {person: at for at, group in enumerate(find_communities(component)) for person in group}
        pull = [
            strength if community_of[a] == community_of[b] else CROSS_COMMUNITY_PULL * strength
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


def _shared(one: set[int], other: set[int], *, most: int) -> int:
    """Return how many the two have in common; looks no further than `most`, which is soon reached in dense networks."""
    few, many = sorted((one, other), key=len)
    return len(tuple(islice(filter(many.__contains__, few), most)))


def _align(positions: Positions) -> Positions:
    """Return positions centered on (0, 0) and rotated so that the longer side is horizontal."""
    positions = positions - (positions.max(axis=0) + positions.min(axis=0)) / 2
    _, axes = np.linalg.eigh(np.cov(positions.T))
    turned: Positions = positions @ axes[:, ::-1]
    for axis in range(2):
        if turned[np.abs(turned[:, axis]).argmax(), axis] < 0:
            turned[:, axis] *= -1
    turned -= (turned.max(axis=0) + turned.min(axis=0)) / 2
    return turned


def _separate(positions: Positions) -> Positions:
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
