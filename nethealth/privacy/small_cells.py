"""Counts that add up to a sum which everybody knows: which of them must be held back so that none can be worked out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeAlias

from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.proportions import Interval

HiddenCount: TypeAlias = int | TooFew
"""A count of people, or `TooFew` where it speaks of too few or would give away a neighbour that does."""


def cells_to_hide(counts: Sequence[int], *, smallest_group: int) -> frozenset[int]:
    """The places of those counts that must not be shown where their sum is known.

    First each count of fewer people than the smallest group; nobody at all (0) says nothing about anyone. Then, while
    those held back add up to so few themselves (so that the sum less the others would tell them), the smallest of
    the others too.

    This is complementary suppression: Willenborg & de Waal, Elements of Statistical Disclosure Control, 2001, ch. 6.
    """
    # As `is_too_small` has it, without a call for each of thousands.
    held = {place for place, count in enumerate(counts) if 0 < count < smallest_group}
    while 0 < sum(counts[place] for place in held) < smallest_group:
        others = [place for place, count in enumerate(counts) if count and place not in held]
        if not others:
            break
        held.add(min(others, key=lambda place: (counts[place], place)))
    return frozenset(held)


def parts_to_hide(parts: Sequence[int], wholes: Sequence[int], *, smallest_group: int) -> frozenset[int]:
    """The same for parts of wholes, such as those of each group who came: neither who is in them nor who is not in
    them may be told where they are too few.

    `parts[n]` is at most `wholes[n]`; what is held back because a whole is too small is held back here too.
    """
    rests = [whole - part for part, whole in zip(parts, wholes, strict=True)]
    return (
        cells_to_hide(parts, smallest_group=smallest_group)
        | cells_to_hide(rests, smallest_group=smallest_group)
        | cells_to_hide(wholes, smallest_group=smallest_group)
    )


def share_bounds(part: int, whole: int, *, smallest_group: int) -> Interval | None:
    """What may be said of a share that is held back because few are in it or few are not: between which two it lies.

    It says no more than "fewer than 5" does. None where neither is so, or the whole itself is too small.
    """
    if is_too_small(whole, smallest_group=smallest_group):
        return None
    most = smallest_group - 1
    if is_too_small(whole - part, smallest_group=smallest_group):
        return max(0, whole - most) / whole, (whole - 1) / whole
    if is_too_small(part, smallest_group=smallest_group):
        return 1 / whole, min(whole, most) / whole
    return None


def are_bounds_wide_enough(
    parts: Sequence[int], wholes: Sequence[int], held: Collection[int], *, smallest_group: int
) -> bool:
    """Whether `share_bounds` each part held back says no more beside their sum, which everybody knows.

    Four of one group and four of another are eight: with "fewer than 5" beside both, each is known. So whatever lies
    within a part's bounds must be possible with some of the others within theirs; parts without bounds are known to be
    neither few nor all but few.
    """
    lowest = highest = told = widest = 0
    for place in held:
        part, whole = parts[place], wholes[place]
        bounds = share_bounds(part, whole, smallest_group=smallest_group)
        if bounds is not None:
            low, high = (round(share * whole) for share in bounds)
            widest = max(widest, high - low)
        elif part in (0, whole) or whole < smallest_group:
            low = high = part
        else:
            low, high = smallest_group, whole - smallest_group
        lowest, highest, told = lowest + low, highest + high, told + part
    return told - lowest >= widest and highest - told >= widest


def hide_counts(counts: Sequence[int], held: Collection[int], *, smallest_group: int) -> tuple[HiddenCount, ...]:
    """The counts, with `TooFew` in the places held back."""
    mark = TooFew(smallest_group)
    return tuple(mark if place in held else count for place, count in enumerate(counts))
