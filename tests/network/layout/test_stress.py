"""Positions from distances."""

from __future__ import annotations

import numpy as np
import pytest

from nethealth.network.layout.stress import path_lengths, stress_majorization
from nethealth.network.metrics.topology import Topology

STEPS = np.array([[0, 1, 2], [1, 0, 1], [2, 1, 0]], dtype=float)
BENT = np.array([(0.0, 0.0), (0.3, 0.4), (0.6, 0.0)])


def distances(positions: np.ndarray) -> np.ndarray:
    apart: np.ndarray = np.hypot(*(positions[:, None] - positions[None]).transpose(2, 0, 1))
    return apart


def test_stress_majorization_approaches_path_lengths() -> None:
    assert distances(stress_majorization(BENT, steps=STEPS)) == pytest.approx(STEPS, abs=0.15)


def test_pull_moves_one_person() -> None:
    pulls = (np.array([(50.0, 0.0)]), np.array([[0.0], [0.0], [0.1]]))
    free, pulled = stress_majorization(BENT, steps=STEPS), stress_majorization(BENT, steps=STEPS, pulls=pulls)
    assert pulled[2, 0] - pulled[0, 0] > free[2, 0] - free[0, 0] + 0.1


def test_no_path_is_longer_than_the_longest() -> None:
    topology = Topology(4, edges=[(0, 1), (1, 2)])
    assert path_lengths(topology, range(4))[0].tolist() == [0, 1, 2, 3]
