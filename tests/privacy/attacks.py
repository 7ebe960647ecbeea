"""Attacks on small groups: what two views of the same people reveal together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

People = frozenset[int]


def unions(blocks: list[People]) -> Iterator[People]:
    """Yield every union of blocks, the empty one included."""
    for size in range(len(blocks) + 1):
        for chosen in combinations(blocks, size):
            yield frozenset().union(*chosen)


def too_few(one: list[People], other: list[People], smallest: int) -> list[People]:
    """Return differences between unions of two views that are about fewer people than the minimum group size."""
    others = set(unions(other))
    return [first ^ second for first in unions(one) for second in others if 0 < len(first ^ second) < smallest]
