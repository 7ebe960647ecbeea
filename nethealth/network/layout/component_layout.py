"""The layout of one component, new or from earlier positions.

A new layout goes by groups if the component has any (`group_layout`). Otherwise it starts from path lengths, is refined
by forces, and stretched to the shape of the screen. With earlier positions, people stay, and newcomers are placed next
to their ties.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from nethealth.network.layout.forces import apply_forces, separate
from nethealth.network.layout.group_layout import layout_groups
from nethealth.network.layout.stress import (
    GOLDEN_ANGLE,
    MIN_DISTANCE,
    path_lengths,
    starting_positions,
    stress_majorization,
)
from nethealth.network.metrics.topology import Topology

Positions = npt.NDArray[np.float64]
Groups = Sequence[Sequence[int]]

ASPECT = 16 / 9
"""The width of the frame that people should fill, divided by its height: the shape of most screens."""
MOST_STRETCH = 2.2
"""How far a layout is stretched to fill the frame; a chain stays a chain."""
STRESS_UP_TO = 400
"""With more people, stress majorization takes too long for what it adds."""
MOST_GROUPS = 200
"""With more groups, placing their discs would take too long."""
SMALLEST_GROUP = 3
MAX_MOVE = 0.02
"""How far people with an earlier position may move, as a share of the layout's longer side."""
FEW_NEWCOMERS = 0.1
"""Up to this share of newcomers, the layout doesn't grow."""
SMALL_COMPONENT = 20
"""Up to so many people, newcomers may be placed outside the layout, as there is no room inside."""


def layout_component(
    component: Topology,
    *,
    start: Mapping[int, tuple[float, float]],
    groups: Groups = (),
    aspect: float = ASPECT,
) -> Positions:
    """Return positions for a component, or for several in the same groups: one row per person.

    `start` has earlier positions of some people. Without them, the layout is centered on (0, 0) and fills a frame of
    this `aspect` (its width divided by its height). Each person is in one of the `groups`, which lie apart; without
    groups, forces alone decide. With earlier positions, no one moves more than `MAX_MOVE` of the layout's size, unless
    many people joined.
    """
    if component.size == 1:
        return np.array([start.get(0, (0.0, 0.0))])
    groups = groups if can_be_separated([len(group) for group in groups]) else ()
    if 2 * len(start) < component.size or are_crowded(start):
        return _new_layout(component, groups, aspect=aspect)
    return _update_layout(component, start, groups)


def _new_layout(component: Topology, groups: Groups, *, aspect: float) -> Positions:
    if component.size == 2:
        return np.array([(-0.5, 0.0), (0.5, 0.0)])
    if groups:
        return _center(layout_groups(component, groups, aspect=aspect))
    return _stretch(layout_by_forces(component), aspect=aspect)


def layout_by_forces(component: Topology) -> Positions:
    """Return the layout of a component without groups, centered on (0, 0), its longer side horizontal."""
    positions = starting_positions(component, whole_up_to=STRESS_UP_TO)
    if component.size <= STRESS_UP_TO:
        positions = stress_majorization(positions, steps=path_lengths(component, range(component.size)))
    rounds = 300 if component.size <= STRESS_UP_TO else 60
    return separate(_align(apply_forces(component, positions, rounds=rounds, heat=2.0)))


def can_be_separated(sizes: Collection[int]) -> bool:
    """True if groups of these sizes can have discs of their own."""
    return sum(size >= SMALLEST_GROUP for size in sizes) > 1 and len(sizes) <= MOST_GROUPS


def are_crowded(start: Mapping[int, tuple[float, float]]) -> bool:
    """True if earlier positions leave no room for their people."""
    return bool(start) and bool(
        np.ptp(np.array(list(start.values())), axis=0).max() < MIN_DISTANCE * np.sqrt(len(start)) / 2
    )


def _update_layout(component: Topology, start: Mapping[int, tuple[float, float]], groups: Groups) -> Positions:
    known = np.array(sorted(start))
    positions = np.zeros((component.size, 2))
    positions[known] = [start[person] for person in known.tolist()]
    few_are_new = component.size - len(known) <= max(FEW_NEWCOMERS * component.size, 2)
    # If many people join, the whole layout grows from its center, and people may move farther.
    growth = 1.0 if few_are_new else float(np.sqrt(component.size / len(known)))
    center = (positions[known].max(axis=0) + positions[known].min(axis=0)) / 2
    positions[known] = center + (positions[known] - center) * growth
    group_of = np.zeros(component.size, dtype=np.int64)
    for number, group in enumerate(groups):
        group_of[group] = number
    _place_newcomers(component, positions, set(start), group_of)
    max_move = MAX_MOVE * max(float(np.ptp(positions[known], axis=0).max()), 1.0) * growth
    lower_bounds, upper_bounds = np.full(positions.shape, -np.inf), np.full(positions.shape, np.inf)
    if few_are_new and len(known) > SMALL_COMPONENT:
        # A few newcomers stay within the layout, so that nothing next to it has to make room.
        lower_bounds[:], upper_bounds[:] = positions[known].min(axis=0), positions[known].max(axis=0)
        positions = np.clip(positions, lower_bounds, upper_bounds)
    lower_bounds[known], upper_bounds[known] = positions[known] - max_move, positions[known] + max_move
    if not few_are_new:
        # Newcomers stay within the layout, too, or those of another component would drift away.
        newcomers = np.setdiff1d(np.arange(component.size), known)
        lower_bounds[newcomers], upper_bounds[newcomers] = positions.min(axis=0), positions.max(axis=0)
        heat = float(np.ptp(positions, axis=0).max()) / 20
        bounds = (lower_bounds, upper_bounds)
        positions = apply_forces(component, positions, rounds=40, heat=heat, group_of=group_of, bounds=bounds)
    return np.clip(separate(positions), lower_bounds, upper_bounds)


def _place_newcomers(
    component: Topology, positions: Positions, placed_people: set[int], group_of: npt.NDArray[np.int64]
) -> None:
    """Place newcomers next to their ties, in their own group if possible; those with placed ties come first."""
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
            placed_ties = [other for other in placed_ties if group_of[other] == group_of[person]] or placed_ties
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


def _align(positions: Positions) -> Positions:
    """Return positions centered on (0, 0) and rotated so that the longer side is horizontal."""
    _, axes = np.linalg.eigh(np.cov(_center(positions).T))
    turned: Positions = _center(positions) @ axes[:, ::-1]
    for axis in range(2):
        if turned[np.abs(turned[:, axis]).argmax(), axis] < 0:
            turned[:, axis] *= -1
    return _center(turned)


def _center(positions: Positions) -> Positions:
    centered: Positions = positions - (positions.max(axis=0) + positions.min(axis=0)) / 2
    return centered


def _stretch(positions: Positions, *, aspect: float) -> Positions:
    """Return positions stretched along one side to fill a frame of this shape, up to `MOST_STRETCH`."""
    width, height = np.ptp(positions, axis=0)
    wider = aspect * height / width if width else 1.0
    stretch = np.clip((wider, 1 / wider if wider else MOST_STRETCH), 1.0, MOST_STRETCH)
    stretched: Positions = positions * stretch
    return stretched
