"""Layout of one component, new or from earlier positions."""

from __future__ import annotations

import numpy as np
import pytest

from nethealth.network.layout.component_layout import MIN_DISTANCE, layout_component, stress_majorization
from nethealth.network.metrics.topology import Topology


def distances(positions: np.ndarray) -> np.ndarray:
    apart: np.ndarray = np.hypot(*(positions[:, None] - positions[None]).transpose(2, 0, 1))
    return apart


def test_pair_is_level_and_one_unit_apart() -> None:
    assert layout_component(Topology(2, edges=[(0, 1)]), start={}).tolist() == [[-0.5, 0.0], [0.5, 0.0]]


def test_single_person_stays() -> None:
    assert layout_component(Topology(1, edges=[]), start={0: (3.0, 4.0)}).tolist() == [[3.0, 4.0]]


def test_chain_is_centered_and_horizontal() -> None:
    chain = Topology(9, edges=[(at, at + 1) for at in range(8)])
    positions = layout_component(chain, start={})
    width, height = np.ptp(positions, axis=0)
    assert width > height
    middle = (positions.min(axis=0) + positions.max(axis=0)) / 2
    assert np.abs(middle).max() < 0.1 * width


def test_no_two_people_are_too_close() -> None:
    star = Topology(41, edges=[(0, at) for at in range(1, 41)])
    apart = distances(layout_component(star, start={}))
    assert apart[~np.eye(41, dtype=bool)].min() > 0.9 * MIN_DISTANCE


def test_stress_majorization_approaches_path_lengths() -> None:
    steps = np.array([[0, 1, 2], [1, 0, 1], [2, 1, 0]], dtype=float)
    bent = np.array([(0.0, 0.0), (0.3, 0.4), (0.6, 0.0)])
    assert distances(stress_majorization(bent, steps=steps)) == pytest.approx(steps, abs=0.15)


def test_earlier_positions_hardly_change() -> None:
    ring = Topology(12, edges=[(at, (at + 1) % 12) for at in range(12)])
    first = layout_component(ring, start={})
    again = layout_component(ring, start={at: (float(x), float(y)) for at, (x, y) in enumerate(first)})
    assert np.abs(again - first).max() < 0.1 * np.ptp(first, axis=0).max()


def test_large_star_is_spread_out() -> None:
    # On one spot, people would push each other away in every round.
    star = Topology(2_000, edges=[(0, at) for at in range(1, 2_000)])
    _, crowds = np.unique(np.floor(layout_component(star, start={})), axis=0, return_counts=True)
    assert crowds.max() < 60
