"""One connected part of a network, drawn: people near those they are tied with.

A fresh drawing begins with distances in steps, laid flat (classical scaling: Torgerson 1952; by pivots in large parts:
Brandes & Pich 2007), straightened by stress majorization (Gansner, Koren & North 2005), and is then let go by
Fruchterman and Reingold's forces (1991). Ties within a circle of shared acquaintances pull harder, so that the circle
shows. A large part with clear communities is drawn by `layout_communities`. An earlier drawing is kept: people move a
little from where they stood, and newcomers find their place.
"""

from __future__ import annotations

from collections.abc import Mapping

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

Places = npt.NDArray[np.float64]

SEED = 7
STRESS_UP_TO = 400
"""Beyond so many people, stress majorization costs more than it shows."""
EXACT_FORCES_UP_TO = 1_500
PIVOTS = 40
CROSS_COMMUNITY_PULL = 0.1
"""How strongly ties between islands pull, against those inside: at full strength they would make one heap of all."""
MAX_MOVE = 0.02
"""How far somebody who stood somewhere may move, as a share of the drawing's larger side."""
FEW_NEWCOMERS = 0.1
"""Up to this share of newcomers a drawing stays as large as it is."""
SMALL_COMPONENT = 20
"""Up to so many people a drawing has no middle to take newcomers in: they stand outside."""
STRESS_ROUNDS, SPREAD_ROUNDS = 40, 12
"""Rounds after which no eye sees a difference any more."""
LARGEST_PILE = 50
"""So many who are alike to the last step, as all around one person are, would take forces long to part."""
MIN_DISTANCE = 0.45
"""How near two people may stand, in units; tied people are about one unit apart."""
FAR_AWAY = 0.3
"""Who stands farther than this share of the drawing from all whom they are tied with came from elsewhere."""


def layout_component(part: Topology, *, start: Mapping[int, tuple[float, float]], still: bool = False) -> Places:
    """Places for a connected part, one row a person, `start` being earlier places of some of them.

    Without earlier places the drawing lies around (0, 0), its longer side across. With them nobody who had a place
    moves farther than `MAX_MOVE` of its size, save where many have joined, and whoever stood apart from all their ties.
    With `still`, people in large parts do not even do that: they make room for newcomers and no more.
    """
    if part.size == 1:
        return np.array([start.get(0, (0.0, 0.0))])
    settled = _reusable_positions(part, start)
    if len(settled) < max(2, part.size // 4):
        return _new_layout(part)
    return _update_layout(part, settled, still=still and part.size > STRESS_UP_TO)


def _new_layout(part: Topology) -> Places:
    if part.size == 2:
        return np.array([(-0.5, 0.0), (0.5, 0.0)])
    if part.size > STRESS_UP_TO and has_clear_communities(part):
        places = layout_communities(
            part, draw=_layout_community, straighten=lambda at, steps: stress_majorization(at, steps=steps)
        )
        return _separate(_align(apply_forces(part, places, rounds=15, heat=0.5)))
    places = _starting_positions(part)
    if part.size <= STRESS_UP_TO:
        places = stress_majorization(places, steps=_steps(part, range(part.size)))
    places = apply_forces(part, places, rounds=300 if part.size <= STRESS_UP_TO else 60, heat=2.0)
    return _separate(_align(places))


def _layout_community(group: Topology) -> Places:
    """One island by itself."""
    if group.size < 3:
        return np.array([(-0.5, 0.0), (0.5, 0.0)])[: group.size]
    return apply_forces(group, _starting_positions(group, whole_up_to=PIVOTS), rounds=60, heat=1.0)


def _update_layout(part: Topology, settled: Mapping[int, tuple[float, float]], *, still: bool) -> Places:
    known = np.array(list(settled))
    places = np.zeros((part.size, 2))
    places[known] = [settled[number] for number in known]
    few_are_new = part.size - len(known) <= max(FEW_NEWCOMERS * part.size, 2)
    # Where many join, the whole drawing grows from its middle, and there is more room to move.
    growth = 1.0 if few_are_new else float(np.sqrt(part.size / len(known)))
    middle = (places[known].max(axis=0) + places[known].min(axis=0)) / 2
    places[known] = middle + (places[known] - middle) * growth
    _place_newcomers(part, places, set(settled))
    side = max(float(np.ptp(places[known], axis=0).max()), 1.0)
    slack = MAX_MOVE * side / 2 * (1 + 10 * (growth - 1))
    lowest, highest = np.full(places.shape, -np.inf), np.full(places.shape, np.inf)
    if few_are_new and len(known) > SMALL_COMPONENT:
        # A few newcomers keep within the drawing as it is, so that nothing beside it has to make room.
        lowest[:], highest[:] = places[known].min(axis=0), places[known].max(axis=0)
        places = np.clip(places, lowest, highest)
    lowest[known], highest[known] = places[known] - slack, places[known] + slack
    if still and few_are_new:
        lowest[known], highest[known] = places[known] - MIN_DISTANCE, places[known] + MIN_DISTANCE
        return np.clip(_separate(places), lowest, highest)
    moved = apply_forces(part, places, rounds=40, heat=side / 20, bounds=(lowest, highest))
    return np.clip(_separate(moved), lowest - slack, highest + slack)


def _reusable_positions(part: Topology, start: Mapping[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    """Earlier places of those who stood near somebody they are tied with: none where they stood on one heap."""
    if not start:
        return {}
    known = np.array(sorted(start))
    places = np.array([start[number] for number in known])
    reach = FAR_AWAY * float(np.ptp(places, axis=0).max()) + 2
    short = [
        (a, b)
        for a, b in part.edges
        if a in start and b in start and np.hypot(start[a][0] - start[b][0], start[a][1] - start[b][1]) <= reach
    ]
    # Of those who stood together the most count: a pair that was apart and is now tied to the others moves over.
    together = [number for number in Topology(part.size, edges=short).components[0] if number in start]
    room = MIN_DISTANCE * np.sqrt(len(together)) / 2
    if not together or np.ptp(np.array([start[number] for number in together]), axis=0).max() < room:
        return {}
    return {number: start[number] for number in together}


def _place_newcomers(part: Topology, places: Places, standing: set[int]) -> None:
    """Newcomers go beside those they are tied with, outwards where it is one person alone, nearest to others first."""
    ends, others = part.neighbors
    center = places[sorted(standing)].mean(axis=0)
    waiting = [number for number in range(part.size) if number not in standing]
    while waiting:
        still: list[int] = []
        placed: list[int] = []
        for number in waiting:
            beside = [other for other in others[ends[number] : ends[number + 1]] if other in standing]
            if not beside:
                still.append(number)
                continue
            middle = places[beside].mean(axis=0)
            outwards = middle - center
            length = float(np.hypot(*outwards)) or 1.0
            # Newcomers of one person fan out, each by an angle of their own.
            turn = GOLDEN_ANGLE * number if length == 1.0 else 0.35 * ((number * 7) % 5 - 2)
            cos, sin = np.cos(turn), np.sin(turn)
            away = np.array([outwards[0] * cos - outwards[1] * sin, outwards[0] * sin + outwards[1] * cos])
            if not away.any():
                away = np.array([cos, sin])
            places[number] = middle + away / length * (0.9 if len(beside) == 1 else 0.3)
            placed.append(number)
        standing |= set(placed)
        waiting = still


def _steps(part: Topology, sources: range | list[int]) -> Places:
    steps: Places = np.array(part.graph.distances(source=list(sources)), dtype=np.float64)
    return steps


def _starting_positions(part: Topology, *, whole_up_to: int = STRESS_UP_TO) -> Places:
    """Distances in steps laid flat, by eigenvectors in small parts and by pivots in large ones."""
    if part.size <= whole_up_to:
        places = classical_mds(_steps(part, range(part.size)))
    else:
        pivots = [int(np.argmax(part.degrees))]
        nearest = _steps(part, pivots)[0]
        columns = [nearest]
        for _ in range(PIVOTS - 1):
            pivots.append(int(np.argmax(nearest)))
            columns.append(_steps(part, pivots[-1:])[0])
            nearest = np.minimum(nearest, columns[-1])
        near_pivots = double_center(np.array(columns).T)
        _, vectors = np.linalg.eigh(near_pivots.T @ near_pivots)
        places = near_pivots @ vectors[:, [-1, -2]]
        # A few long chains must not make a speck of all others.
        radius = np.hypot(places[:, 0], places[:, 1])
        usual = max(float(np.median(radius)), 1e-9)
        places *= (np.minimum(1.0, 2.5 * usual / np.maximum(radius, 1e-9)) * np.sqrt(part.size) / (2 * usual))[:, None]
        places = _fan_out(places)
    return jitter(places)


def _fan_out(places: Places) -> Places:
    """Whoever stands on one spot with more than `LARGEST_PILE` others set around it like the seeds of a sunflower."""
    _, spot, sizes = np.unique(places.round(6), axis=0, return_inverse=True, return_counts=True)
    spot = spot.ravel()
    order = np.argsort(spot, kind="stable")
    number = np.empty(len(places))
    number[order] = np.arange(len(places)) - (np.cumsum(sizes) - sizes)[spot[order]]
    out = np.where(sizes[spot] > LARGEST_PILE, MIN_DISTANCE * np.sqrt(number), 0.0)
    turn = GOLDEN_ANGLE * number
    fanned: Places = places + out[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    return fanned


def stress_majorization(places: Places, *, steps: Places) -> Places:
    """Distances on paper brought near to the steps between people, near ones first."""
    weights = np.zeros_like(steps)
    np.power(steps, -2, out=weights, where=steps > 0)
    total = weights.sum(axis=1)[:, None]
    wanted = weights * steps
    for _ in range(STRESS_ROUNDS):
        apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
        ratio = np.divide(wanted, apart, out=np.zeros_like(wanted), where=apart > 1e-6)
        places = (weights @ places + ratio.sum(axis=1)[:, None] * places - ratio @ places) / total
    return places


def apply_forces(
    part: Topology, places: Places, *, rounds: int, heat: float, bounds: tuple[Places, Places] | None = None
) -> Places:
    """Ties pull and people push each other apart for so many rounds, cooling from `heat`, the longest first move."""
    around = [set[int]() for _ in range(part.size)]
    for a, b in part.edges:
        around[a].add(b)
        around[b].add(a)
    # Who hangs on one or two ties is held closer, or would be pushed far out into empty paper.
    pull = [
        (1.0 + min(len(around[a] & around[b]), 3) / 2) * (1 + 3 / min(len(around[a]), len(around[b])) ** 2)
        for a, b in part.edges
    ]
    if part.size > STRESS_UP_TO and has_clear_communities(part):
        group_of = {number: at for at, group in enumerate(find_communities(part)) for number in group}
        pull = [
            strength if group_of[a] == group_of[b] else CROSS_COMMUNITY_PULL * strength
            for strength, (a, b) in zip(pull, part.edges, strict=True)
        ]
    limits = {}
    if bounds is not None:
        (left, top), (right, bottom) = bounds[0].T.tolist(), bounds[1].T.tolist()
        limits = {"minx": left, "maxx": right, "miny": top, "maxy": bottom}
    with seeded_igraph(SEED):
        found = part.graph.layout_fruchterman_reingold(
            weights=pull,
            niter=rounds,
            seed=places.tolist(),
            start_temp=heat,
            grid=part.size > EXACT_FORCES_UP_TO,
            **limits,
        )
    return np.array(found.coords, dtype=np.float64)


def _align(places: Places) -> Places:
    """The drawing moved to (0, 0) and turned so that its longer side lies across."""
    places = places - (places.max(axis=0) + places.min(axis=0)) / 2
    _, axes = np.linalg.eigh(np.cov(places.T))
    turned: Places = places @ axes[:, ::-1]
    for axis in range(2):
        if turned[np.abs(turned[:, axis]).argmax(), axis] < 0:
            turned[:, axis] *= -1
    turned -= (turned.max(axis=0) + turned.min(axis=0)) / 2
    return turned


def _separate(places: Places) -> Places:
    """People who stand nearer than `MIN_DISTANCE` moved apart, as far as a few rounds go."""
    places = places.copy()
    for _ in range(SPREAD_ROUNDS):
        one, other = _close_pairs(places)
        if not len(one):
            break
        away = places[one] - places[other]
        length = np.hypot(away[:, 0], away[:, 1])
        on_one_spot = length < 1e-6
        turn = GOLDEN_ANGLE * one[on_one_spot]
        away[on_one_spot] = np.column_stack([np.cos(turn), np.sin(turn)])
        missing = (MIN_DISTANCE - length) / 2
        move = away / np.where(on_one_spot, 1.0, length)[:, None] * missing[:, None]
        np.add.at(places, one, move)
        np.add.at(places, other, -move)
    return places


def _close_pairs(places: Places) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Pairs nearer than `MIN_DISTANCE`: each compared with those next to it from left to right, while they are near."""
    order = np.argsort(places[:, 0], kind="stable")
    across, down = places[order].T
    ones, others = [], []
    for further in range(1, len(order)):
        gap = across[further:] - across[:-further]
        if gap.min() >= MIN_DISTANCE:
            break
        near = np.flatnonzero(np.hypot(gap, down[further:] - down[:-further]) < MIN_DISTANCE)
        ones.append(order[near])
        others.append(order[near + further])
    nobody = np.zeros(0, dtype=np.int64)
    return np.concatenate([nobody, *ones]), np.concatenate([nobody, *others])
