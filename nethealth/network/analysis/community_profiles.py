"""The groups found in the ties, and how far they follow what the sheet says of people.

What the columns of the map say is open to whoever sees the map. Yet nothing is told of a group of fewer people than the
smallest that may be shown; a value is named only where so many of the group have it; and where fewer do not, it is said
that nearly all do. Private columns are not asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nethealth.network.analysis.community_stability import adjusted_rand
from nethealth.network.graph import Network
from nethealth.network.metrics.communities import find_communities
from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.workbook.records import PersonKey, Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityProfile:
    """One of the groups found, large enough to be spoken of."""

    number: int
    """1 is the largest, as in `PersonFigures.group`."""
    people: tuple[PersonKey, ...]
    """Sorted by key; those who are not to be named too."""
    ties_inside: int
    ties_outside: int
    """Ties between somebody in it and somebody who is not."""
    common_value: str | None
    """The value that most of those who have one share, of the column asked; None where too few share any."""
    common_share: float | TooFew | None
    """The share of the group's people who have that value; held back where only so few do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityProfiles:
    """The groups found, and those too small to be spoken of, counted together."""

    profiles: tuple[CommunityProfile, ...]
    small_count: int
    """Groups of two people or more, and of fewer than the smallest group."""
    people_in_small: int


def profile_communities(network: Network, workbook: Workbook, *, column: str | None = None) -> CommunityProfiles:
    """The groups of `network.structure.groups` with two people or more, largest first.

    `column` is an attribute of the workbook, by which the groups are described; None describes them by their ties
    alone. Empty where nobody is tied.
    """
    smallest = workbook.settings.smallest_group
    keys = network.members
    found = [[keys[number] for number in group] for group in find_communities(network.topology) if len(group) > 1]
    group_of = {key: at for at, group in enumerate(found) for key in group}
    inside, outside = Counter[int](), Counter[int]()
    for tie in network.ties:
        one, other = group_of[tie.a], group_of[tie.b]
        if one == other:
            inside[one] += 1
        else:
            outside.update((one, other))
    values = _values(network, workbook, column)
    profiles = []
    for at, group in enumerate(found):
        if is_too_small(len(group), smallest_group=smallest):
            continue
        value, share = _commonest(group, values, smallest_group=smallest)
        profiles.append(
            CommunityProfile(
                number=at + 1,
                people=tuple(group),
                ties_inside=inside[at],
                ties_outside=outside[at],
                common_value=value,
                common_share=share,
            )
        )
    small = [group for group in found if is_too_small(len(group), smallest_group=smallest)]
    return CommunityProfiles(profiles=tuple(profiles), small_count=len(small), people_in_small=sum(map(len, small)))


def column_agreement(network: Network, workbook: Workbook, *, column: str) -> float | TooFew | None:
    """How far the groups found follow the values of a column: Hubert and Arabie's adjusted Rand index (1985).

    1 where each group is a value and each value a group, 0 as by chance, below 0 less than that. Compared are people
    who are in a group of two or more and have a value. None where those have one value alone or are in one group;
    held back where they are fewer than the smallest group, and for private columns.
    """
    if column in workbook.private_attributes:
        return TooFew(workbook.settings.smallest_group)
    values = _values(network, workbook, column)
    keys = network.members
    pairs = [
        (at, values[keys[number]])
        for at, group in enumerate(find_communities(network.topology))
        if len(group) > 1
        for number in group
        if keys[number] in values
    ]
    if is_too_small(len(pairs), smallest_group=workbook.settings.smallest_group):
        return TooFew(workbook.settings.smallest_group)
    return partition_agreement([group for group, _ in pairs], [value for _, value in pairs])


def partition_agreement(groups: Sequence[int], values: Sequence[str]) -> float | None:
    """How far one division of the same people follows another: each person's group and value, in one order.

    None where either division is one part alone, or both part everybody from everybody: there is nothing to follow.
    """
    if min(len(set(groups)), len(set(values))) < 2 or len(set(groups)) == len(set(values)) == len(groups):
        return None
    place = {value: at for at, value in enumerate(dict.fromkeys(values))}
    return adjusted_rand(np.array(groups, dtype=np.int64), np.array([place[value] for value in values], dtype=np.int64))


def _values(network: Network, workbook: Workbook, column: str | None) -> dict[PersonKey, str]:
    """Who has which value of a column that the map may show."""
    if column is None or column in workbook.private_attributes:
        return {}
    said = ((key, person.attributes.get(column, "").strip()) for key, person in network.people.items())
    return {key: value for key, value in said if value}


def _commonest(
    group: list[PersonKey], values: Mapping[PersonKey, str], *, smallest_group: int
) -> tuple[str | None, float | TooFew | None]:
    counts = Counter(values[key] for key in group if key in values)
    if not counts:
        return None, None
    value, people = min(counts.items(), key=lambda item: (-item[1], item[0]))
    if is_too_small(people, smallest_group=smallest_group):
        return None, None
    if is_too_small(people, whole=len(group), smallest_group=smallest_group):
        return value, TooFew(smallest_group)
    return value, people / len(group)
