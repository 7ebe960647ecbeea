"""Pairs of people who have something in common, found circle by circle: never all pairs of a network.

People are numbers here, 0 to `size` - 1, and a pair is one number as well: the smaller of the two times `size`, plus
the larger. A circle is a set of people who share one thing: an interest, an acquaintance, a gathering.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from nethealth.network.metrics.topology import Decimals, Numbers

MOST_PAIRS = 500_000
"""So many pairs are looked at, those of the smallest circles first: what many share says least of two of them."""

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class SharedTrait(Generic[Kind]):
    """People who have one thing in common."""

    kind: Kind
    people: Numbers
    """Sorted, each once."""
    worth: float
    """How much it says of two of them that they share this."""

    @property
    def pairs(self) -> int:
        """How many pairs it holds."""
        return len(self.people) * (len(self.people) - 1) // 2


@dataclass(frozen=True, slots=True)
class Found(Generic[Kind]):
    """The pairs that share something, as two rows of numbers, and how much they share of each kind."""

    first: Numbers
    second: Numbers
    shared: dict[Kind, Decimals]
    """By kind the sum of the worth of the circles that hold both; 0 where none does."""


def code_of(one: Numbers, other: Numbers, *, size: int) -> Numbers:
    """The numbers that stand for pairs."""
    return np.minimum(one, other) * size + np.maximum(one, other)


def pairs_in_common(
    circles: Sequence[SharedTrait[Kind]], *, kinds: Iterable[Kind], size: int, without: Numbers, most: int = MOST_PAIRS
) -> Found[Kind]:
    """All pairs that a circle holds, but for those `without` (codes of pairs), each once.

    Circles too large for `most` pairs find nobody, but count for whoever is found in another.
    """
    narrow: dict[Kind, list[SharedTrait[Kind]]] = {kind: [] for kind in kinds}
    wide: list[SharedTrait[Kind]] = []
    room = most
    for circle in sorted(circles, key=lambda circle: circle.pairs):
        if circle.pairs <= room:
            narrow[circle.kind].append(circle)
            room -= circle.pairs
        else:
            wide.append(circle)
    held = {kind: _held(some, size=size) for kind, some in narrow.items()}
    codes = np.sort(np.concatenate([codes for codes, _ in held.values()]))
    # As np.unique would, which hashes and takes several times as long.
    codes = codes[np.concatenate([[True], codes[1:] != codes[:-1]])] if len(codes) else codes
    codes = codes[~np.isin(codes, without)]
    first, second = np.divmod(codes, max(size, 1))
    shared = {kind: _sums(codes, at=at, worth=worth) for kind, (at, worth) in held.items()}
    for circle in wide:
        inside = np.zeros(size, dtype=bool)
        inside[circle.people] = True
        shared[circle.kind] += circle.worth * (inside[first] & inside[second])
    return Found(first, second, shared)


def _held(circles: Sequence[SharedTrait[Kind]], *, size: int) -> tuple[Numbers, Decimals]:
    """The pairs of all circles, one after the other, and the worth of each."""
    codes, worths = [np.empty(0, dtype=np.int64)], [np.empty(0)]
    for circle in circles:
        at, to = np.triu_indices(len(circle.people), k=1)
        codes.append(circle.people[at] * size + circle.people[to])
        worths.append(np.full(len(at), circle.worth))
    return np.concatenate(codes), np.concatenate(worths)


def _sums(codes: Numbers, *, at: Numbers, worth: Decimals) -> Decimals:
    """For each of `codes` (sorted) the sum of the worth that stands at it."""
    if not len(codes):
        return np.zeros(0)
    place = np.minimum(np.searchsorted(codes, at), len(codes) - 1)
    counts = codes[place] == at
    return np.bincount(place[counts], weights=worth[counts], minlength=len(codes)).astype(np.float64)


def best_of(
    order: Numbers, *, first: Numbers, second: Numbers, left: Numbers, number: int, taken: list[int]
) -> list[int]:
    """The first `number` of the pairs in `order`, whoever has none `left` being passed over.

    `left` says how many more pairs each person may be in, and is counted down; `taken` holds what was chosen before.
    """
    chosen: list[int] = []
    gone = np.zeros(len(first), dtype=bool)
    gone[taken] = True
    order = order[~gone[order]]
    while len(chosen) < number:
        order = order[(left[first[order]] > 0) & (left[second[order]] > 0)]
        if not len(order):
            break
        best = int(order[0])
        chosen.append(best)
        left[first[best]] -= 1
        left[second[best]] -= 1
        order = order[1:]
    return chosen
