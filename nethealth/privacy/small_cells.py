"""Complementary suppression: which of several counts with a known sum to hide, so that no small one can be computed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeAlias

from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.proportions import Interval

HiddenCount: TypeAlias = int | TooFew
"""A count of people, or `TooFew` if it describes too few people or would reveal another that does."""


def cells_to_hide(counts: Sequence[int], *, smallest_group: int) -> frozenset[int]:
    """Return the positions of the counts to hide if their sum is known.

    Hide each count below the minimum group size; 0 describes no one. Then, while the hidden counts add up to less than
    the minimum group size (so that the sum minus the others would reveal them), hide the smallest of the others, too.

    Source: Willenborg & de Waal, Elements of Statistical Disclosure Control, 2001, ch. 6 (complementary suppression).
    """
    # The rule of `is_too_small`, inlined since there can be thousands of counts.
    hidden = {place for place, count in enumerate(counts) if 0 < count < smallest_group}
    while 0 < sum(counts[place] for place in hidden) < smallest_group:
        others = [place for place, count in enumerate(counts) if count and place not in hidden]
        if not others:
            break
        hidden.add(min(others, key=lambda place: (counts[place], place)))
    return frozenset(hidden)


def parts_to_hide(parts: Sequence[int], wholes: Sequence[int], *, smallest_group: int) -> frozenset[int]:
    """Return the positions of the parts to hide, such as how many of each group came: neither a part nor the rest of
    its whole may describe too few people.

    `parts[n]` is at most `wholes[n]`. A part is also hidden if its whole is.
    """
    rests = [whole - part for part, whole in zip(parts, wholes, strict=True)]
    return (
        cells_to_hide(parts, smallest_group=smallest_group)
        | cells_to_hide(rests, smallest_group=smallest_group)
        | cells_to_hide(wholes, smallest_group=smallest_group)
    )


def share_bounds(part: int, whole: int, *, smallest_group: int) -> Interval | None:
    """Return bounds for a share that is hidden because few people are in the part, or few are not.

    They reveal no more than "fewer than 5" does. None if neither is the case, or the whole itself is too small.
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
    parts: Sequence[int], wholes: Sequence[int], hidden: Collection[int], *, smallest_group: int
) -> bool:
    """True if the `share_bounds` of the hidden parts reveal nothing more together with their known sum.

    Four of one group and four of another are eight: with "fewer than 5" for both, each is known. So each value within a
    part's bounds must be possible with some values of the others within theirs. Parts without bounds are known to be
    neither few nor all but few.
    """
    lowest = highest = total = widest = 0
    for place in hidden:
        part, whole = parts[place], wholes[place]
        bounds = share_bounds(part, whole, smallest_group=smallest_group)
        if bounds is not None:
            low, high = (round(share * whole) for share in bounds)
            widest = max(widest, high - low)
        elif part in (0, whole) or whole < smallest_group:
            low = high = part
        else:
            low, high = smallest_group, whole - smallest_group
        lowest, highest, total = lowest + low, highest + high, total + part
    return total - lowest >= widest and highest - total >= widest


def hide_counts(counts: Sequence[int], hidden: Collection[int], *, smallest_group: int) -> tuple[HiddenCount, ...]:
    """Return the counts, with `TooFew` in the hidden positions."""
    too_few = TooFew(smallest_group)
    return tuple(too_few if place in hidden else count for place, count in enumerate(counts))
