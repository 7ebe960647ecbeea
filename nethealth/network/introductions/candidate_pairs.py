"""Pairs of people who share a trait, found trait by trait, so that a large network never needs all its pairs.

People are numbers here, 0 to `size` - 1, and a pair is one number too (its code): the smaller of the two times `size`,
plus the larger. A trait is an interest, an acquaintance, or a gathering.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from nethealth.network.metrics.topology import Decimals, Numbers

MOST_PAIRS = 500_000
"""Pairs to consider, those of the smallest traits first: what many people share says least about two of them."""

Label = TypeVar("Label")


@dataclass(frozen=True, slots=True)
class SharedTrait(Generic[Label]):
    """People who have one thing in common."""

    label: Label
    people: Numbers
    """Sorted, each once."""
    weight: float
    """How much it says about two people that they share this."""

    @property
    def pairs(self) -> int:
        """The number of pairs among these people."""
        return len(self.people) * (len(self.people) - 1) // 2


@dataclass(frozen=True, slots=True)
class CandidatePairs(Generic[Label]):
    """The pairs that share a trait, as two arrays of people, and how much they share by label."""

    first: Numbers
    second: Numbers
    shared: dict[Label, Decimals]
    """By label, the total weight of the traits that both people have; 0 if none."""


def pair_codes(one: Numbers, other: Numbers, *, size: int) -> Numbers:
    """Return the codes of pairs."""
    return np.minimum(one, other) * size + np.maximum(one, other)


def find_candidates(
    traits: Sequence[SharedTrait[Label]],
    *,
    labels: Iterable[Label],
    size: int,
    without: Numbers,
) -> CandidatePairs[Label]:
    """Return all pairs that share a trait, each once, except those `without` (codes of pairs).

    Traits too large for `MOST_PAIRS` yield no pairs of their own, but count for pairs that share another trait.
    """
    listed: dict[Label, list[SharedTrait[Label]]] = {label: [] for label in labels}
    too_large: list[SharedTrait[Label]] = []
    available = MOST_PAIRS
    for trait in sorted(traits, key=lambda trait: trait.pairs):
        if trait.pairs <= available:
            listed[trait.label].append(trait)
            available -= trait.pairs
        else:
            too_large.append(trait)
    by_label = {label: _trait_pairs(some, size=size) for label, some in listed.items()}
    codes = np.sort(np.concatenate([codes for codes, _ in by_label.values()]))
    # As np.unique would, which hashes and takes several times as long.
    codes = codes[np.concatenate([[True], codes[1:] != codes[:-1]])] if len(codes) else codes
    codes = codes[~np.isin(codes, without)]
    first, second = np.divmod(codes, max(size, 1))
    shared = {label: _sums(codes, at=at, weight=weight) for label, (at, weight) in by_label.items()}
    for trait in too_large:
        inside = np.zeros(size, dtype=bool)
        inside[trait.people] = True
        shared[trait.label] += trait.weight * (inside[first] & inside[second])
    return CandidatePairs(first, second, shared)


def _trait_pairs(traits: Sequence[SharedTrait[Label]], *, size: int) -> tuple[Numbers, Decimals]:
    """Return the codes of all traits' pairs, and the weight of each."""
    codes, weights = [np.empty(0, dtype=np.int64)], [np.empty(0)]
    for trait in traits:
        at, to = np.triu_indices(len(trait.people), k=1)
        codes.append(trait.people[at] * size + trait.people[to])
        weights.append(np.full(len(at), trait.weight))
    return np.concatenate(codes), np.concatenate(weights)


def _sums(codes: Numbers, *, at: Numbers, weight: Decimals) -> Decimals:
    """Return the total weight for each of `codes` (sorted)."""
    if not len(codes):
        return np.zeros(0)
    place = np.minimum(np.searchsorted(codes, at), len(codes) - 1)
    counts = codes[place] == at
    return np.bincount(place[counts], weights=weight[counts], minlength=len(codes)).astype(np.float64)


def pick_pairs(
    order: Numbers, *, first: Numbers, second: Numbers, remaining: Numbers, number: int, already_chosen: list[int]
) -> list[int]:
    """Return the first `number` pairs in `order`, skipping people who have none `remaining`.

    `remaining` is how many more pairs each person may be in, and is counted down here.
    """
    chosen: list[int] = []
    is_chosen = np.zeros(len(first), dtype=bool)
    is_chosen[already_chosen] = True
    order = order[~is_chosen[order]]
    while len(chosen) < number:
        order = order[(remaining[first[order]] > 0) & (remaining[second[order]] > 0)]
        if not len(order):
            break
        best = int(order[0])
        chosen.append(best)
        remaining[first[best]] -= 1
        remaining[second[best]] -= 1
        order = order[1:]
    return chosen
