"""Layout of one component, new or from earlier positions."""

from __future__ import annotations

import numpy as np

from nethealth.network.layout.component_layout import layout_component
from nethealth.network.layout.stress import MIN_DISTANCE
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


def test_layout_without_groups_fills_a_wide_frame() -> None:
    star = Topology(41, edges=[(0, at) for at in range(1, 41)])
    width, height = np.ptp(layout_component(star, start={}, aspect=2.0), axis=0)
    assert 1.9 < width / height < 2.1


def test_newcomer_goes_to_their_own_group() -> None:
    square = [(0, 1), (1, 2), (2, 3), (3, 0), (0, 2), (1, 3)]
    ties = [*square, *((a + 4, b + 4) for a, b in square), (0, 4)]
    groups = [[0, 1, 2, 3], [4, 5, 6, 7]]
    before = layout_component(Topology(8, edges=ties), start={}, groups=groups)
    start = {at: (float(x), float(y)) for at, (x, y) in enumerate(before)}
    grown = Topology(9, edges=[*ties, (1, 8), (4, 8), (5, 8), (6, 8)])
    after = layout_component(grown, start=start, groups=[[0, 1, 2, 3, 8], groups[1]])
    centers = [after[group].mean(axis=0) for group in groups]
    assert np.hypot(*(after[8] - centers[0])) < np.hypot(*(after[8] - centers[1]))
