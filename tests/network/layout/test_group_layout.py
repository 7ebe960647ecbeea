"""Layouts by group: apart, in a frame, near those they share ties with."""

from __future__ import annotations

import itertools

import networkx as nx
import numpy as np
import pytest

from nethealth.network.layout.group_layout import layout_groups
from nethealth.network.metrics.topology import Topology

WIDE = 16 / 9


def circles(*sizes: int, ties: list[tuple[int, int]]) -> tuple[Topology, list[list[int]]]:
    """Return complete circles of these sizes with ties between them, and who is in each."""
    ends = list(itertools.accumulate(sizes))
    groups = [list(range(end - size, end)) for size, end in zip(sizes, ends, strict=True)]
    inside = [pair for group in groups for pair in itertools.combinations(group, 2)]
    return Topology(ends[-1], edges=[*inside, *ties]), groups


def spans(positions: np.ndarray, groups: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Return the centers of groups, and how far their people are from them."""
    centers = np.array([positions[group].mean(axis=0) for group in groups])
    reach = np.array(
        [np.hypot(*(positions[group] - center).T).max() for group, center in zip(groups, centers, strict=True)]
    )
    return centers, reach


@pytest.mark.parametrize("sizes", [(6, 6), (9, 7, 5), (30, 20, 12, 10, 8, 6, 5), tuple(range(4, 24))])
def test_groups_lie_apart_and_fill_the_frame(sizes: tuple[int, ...]) -> None:
    starts = [0, *itertools.accumulate(sizes[:-1])]
    component, groups = circles(*sizes, ties=list(itertools.pairwise(starts)))
    positions = layout_groups(component, groups, aspect=WIDE)
    centers, reach = spans(positions, groups)
    for one, other in itertools.combinations(range(len(groups)), 2):
        assert np.hypot(*(centers[one] - centers[other])) > 0.95 * (reach[one] + reach[other])
    width, height = np.ptp(positions, axis=0)
    assert 1.2 < width / height < 3


def test_groups_that_share_ties_are_closer() -> None:
    component, groups = circles(
        8, 8, 8, 8, ties=[*((at, 8 + at) for at in range(6)), (8, 16), *((16 + at, 24 + at) for at in range(6))]
    )
    centers, _ = spans(layout_groups(component, groups, aspect=WIDE), groups)
    apart = np.hypot(*(centers[:, None] - centers[None]).transpose(2, 0, 1))
    assert apart[0, 1] < apart[0, 3]
    assert apart[2, 3] < apart[0, 3]


def test_people_with_ties_elsewhere_are_on_that_side() -> None:
    component, groups = circles(10, 10, ties=[(0, 10), (0, 11), (10, 1)])
    positions = layout_groups(component, groups, aspect=WIDE)
    centers, _ = spans(positions, groups)
    toward = centers[1] - centers[0]
    along = (positions[groups[0]] - centers[0]) @ toward
    assert along[0] == along.max()


def test_group_without_ties_inside_has_room() -> None:
    # Everyone in the second group is tied to the first only.
    component, groups = circles(8, ties=[(at, 8 + at) for at in range(8)])
    component = Topology(16, edges=component.edges)
    positions = layout_groups(component, [*groups, list(range(8, 16))], aspect=WIDE)
    assert np.isfinite(positions).all()
    assert min(np.hypot(*(one - other)) for one, other in itertools.combinations(positions, 2)) > 0.4


def test_large_groups_keep_apart() -> None:
    graph = nx.planted_partition_graph(3, 200, 0.04, 0.0005, seed=2)
    groups = [list(range(start, start + 200)) for start in (0, 200, 400)]
    positions = layout_groups(Topology(600, edges=[tuple(sorted(edge)) for edge in graph.edges]), groups, aspect=WIDE)
    centers, _ = spans(positions, groups)
    nearest = np.hypot(*(positions[:, None] - centers[None]).transpose(2, 0, 1)).argmin(axis=1)
    assert (nearest == np.repeat([0, 1, 2], 200)).mean() > 0.97
