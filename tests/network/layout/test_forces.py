"""Forces between people."""

from __future__ import annotations

import numpy as np

from nethealth.network.layout.forces import apply_forces, separate
from nethealth.network.layout.stress import MIN_DISTANCE
from nethealth.network.metrics.topology import Topology

SQUARE = np.array([(0.0, 0.0), (3.0, 0.0), (3.0, 3.0), (0.0, 3.0)])


def test_no_one_leaves_their_bounds() -> None:
    bounds = (SQUARE - 0.1, SQUARE + 0.1)
    chain = Topology(4, edges=[(0, 1), (1, 2), (2, 3)])
    moved = apply_forces(chain, SQUARE, rounds=20, heat=1.0, bounds=bounds)
    assert np.abs(moved - SQUARE).max() <= 0.1 + 1e-9
    assert np.abs(moved - SQUARE).max() > 0.01


def test_ties_between_groups_pull_less() -> None:
    ties = Topology(4, edges=[(0, 1), (2, 3), (1, 2)])
    together = apply_forces(ties, SQUARE, rounds=100, heat=1.0)
    apart = apply_forces(ties, SQUARE, rounds=100, heat=1.0, group_of=np.array([0, 0, 1, 1]))
    assert np.hypot(*(apart[1] - apart[2])) > 1.3 * np.hypot(*(together[1] - together[2]))


def test_people_on_one_spot_are_moved_apart() -> None:
    spread = separate(np.zeros((6, 2)))
    near = np.hypot(*(spread[:, None] - spread[None]).transpose(2, 0, 1)) + np.eye(6)
    assert near.min() > 0.9 * MIN_DISTANCE
