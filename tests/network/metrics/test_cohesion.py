"""Cores, closed triangles, and cut points of small graphs, by hand."""

from __future__ import annotations

import pytest

from nethealth.network.metrics.cohesion import average_clustering, core_numbers, cut_people, cut_ties, transitivity
from nethealth.network.metrics.topology import Topology

# A triangle 0-1-2 with a tail 2-3-4, and 5 alone.
KITE = Topology(6, edges=[(0, 1), (0, 2), (1, 2), (2, 3), (3, 4)])
EMPTY = Topology(0, edges=[])


def test_triangle_is_the_2_core() -> None:
    assert core_numbers(KITE).tolist() == [2, 2, 2, 1, 1, 0]


def test_tail_is_cut_at_two_people_and_two_ties() -> None:
    assert cut_people(KITE) == {2, 3}
    assert [KITE.edges[at] for at in cut_ties(KITE)] == [(2, 3), (3, 4)]


def test_transitivity_counts_triples() -> None:
    # Triples: one at 0, one at 1, three at 2, one at 3; three are closed.
    assert transitivity(KITE) == pytest.approx(3 / 6)


def test_clustering_is_a_mean_over_people() -> None:
    # 1 for 0 and 1, a third for 2, and 0 for the others.
    assert average_clustering(KITE) == pytest.approx((1 + 1 + 1 / 3) / 6)


def test_no_people() -> None:
    assert core_numbers(EMPTY).tolist() == []
    assert (cut_people(EMPTY), cut_ties(EMPTY)) == (frozenset(), ())
    assert (transitivity(EMPTY), average_clustering(EMPTY)) == (0.0, None)
