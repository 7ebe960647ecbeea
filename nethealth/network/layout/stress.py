"""Positions from distances: classical scaling, and stress majorization, which makes them more exact.

Classical multidimensional scaling: Torgerson (1952), with pivots in large components: Brandes & Pich (2007). Stress
majorization: Gansner, Koren & North (2005).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from nethealth.network.metrics.topology import Topology

Positions = npt.NDArray[np.float64]

GOLDEN_ANGLE = 2.399963
"""In radians; multiples of it all point in different directions."""
STRESS_ROUNDS = 40
"""After so many rounds no difference is visible."""
PIVOTS = 40
"""How many people path lengths are measured from in large components."""
LARGEST_PILE = 50
"""Forces would take too long to separate more people on one spot, such as everyone around one person."""
MIN_DISTANCE = 0.45
"""The minimum distance between two people, in units; tied people are about one unit apart."""


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


def path_lengths(topology: Topology, sources: Sequence[int]) -> Positions:
    """Return the path lengths from these people to everyone; one more than the longest where no path leads."""
    steps: Positions = np.array(topology.graph.distances(source=list(sources)), dtype=np.float64)
    is_finite = np.isfinite(steps)
    return np.where(is_finite, steps, steps[is_finite].max() + 1)


def starting_positions(component: Topology, *, whole_up_to: int) -> Positions:
    """Return positions from path lengths: by eigenvectors in small components, by pivots in large ones."""
    if component.size <= whole_up_to:
        positions = classical_mds(path_lengths(component, range(component.size)))
    else:
        pivots = [int(np.argmax(component.degrees))]
        nearest = path_lengths(component, pivots)[0]
        columns = [nearest]
        for _ in range(PIVOTS - 1):
            pivots.append(int(np.argmax(nearest)))
            columns.append(path_lengths(component, pivots[-1:])[0])
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


def stress_majorization(
    positions: Positions,
    *,
    steps: Positions,
    pulls: tuple[Positions, Positions] | None = None,
    rounds: int = STRESS_ROUNDS,
) -> Positions:
    """Return positions whose distances are closer to the path lengths `steps`; short paths weigh more.

    `pulls` are fixed points, and how strongly each pulls each person (one row per person).
    """
    weights = np.zeros_like(steps)
    np.power(steps, -2, out=weights, where=steps > 0)
    total = weights.sum(axis=1)[:, None]
    pulled: Positions | float = 0.0
    if pulls is not None:
        points, strengths = pulls
        pulled, total = strengths @ points, total + strengths.sum(axis=1)[:, None]
    weighted_steps = weights * steps
    for _ in range(rounds):
        apart = np.hypot(*(positions[:, None] - positions[None]).transpose(2, 0, 1))
        ratio = np.divide(weighted_steps, apart, out=np.zeros_like(weighted_steps), where=apart > 1e-6)
        moved = weights @ positions + ratio.sum(axis=1)[:, None] * positions - ratio @ positions
        positions = (moved + pulled) / total
    return positions


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
