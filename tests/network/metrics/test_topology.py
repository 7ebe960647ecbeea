"""The bare structure of a network."""

from __future__ import annotations

from nethealth.network.metrics.topology import Topology

# A chain 0-1-2, a pair 4-5, and 3 alone.
PARTS = Topology(6, edges=[(0, 1), (1, 2), (4, 5)])


def test_degrees_count_ties() -> None:
    assert PARTS.degrees.tolist() == [1, 2, 1, 0, 1, 1]


def test_components_are_largest_first() -> None:
    assert PARTS.components == [[0, 1, 2], [4, 5], [3]]


def test_neighbors_of_each_person() -> None:
    ends, neighbors = PARTS.neighbors
    found = [neighbors[ends[at] : ends[at + 1]].tolist() for at in range(PARTS.size)]
    assert found == [[1], [0, 2], [1], [], [5], [4]]


def test_no_people() -> None:
    empty = Topology(0, edges=[])
    assert (empty.degrees.tolist(), empty.components, empty.pairs.shape) == ([], [], (0, 2))
