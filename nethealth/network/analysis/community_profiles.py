"""Clusters, and how well they match the categories of an attribute.

Clusters smaller than the minimum group size aren't profiled. A cluster's most common value is shown only if at least
that many people in it share it; if fewer than that don't share it, the exact share is hidden. Private columns aren't
used.
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
    """One cluster that is large enough to show."""

    number: int
    """1 is the largest, as in `PersonMetrics.group`."""
    people: tuple[PersonKey, ...]
    """Sorted by key, including people who must not be named."""
    ties_inside: int
    ties_outside: int
    """Ties between someone in it and someone outside."""
    common_value: str | None
    """The most common value of the column; None if too few people share it."""
    common_share: float | TooFew | None
    """The share of its people with that value, 0 to 1; hidden if too few people don't have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityProfiles:
    """The clusters that are large enough to show, and a count of the others."""

    profiles: tuple[CommunityProfile, ...]
    small_count: int
    """Clusters of two people or more, but fewer than the minimum group size."""
    people_in_small: int


def profile_communities(network: Network, workbook: Workbook, *, column: str | None = None) -> CommunityProfiles:
    """Return profiles of the clusters of two people or more, largest first; empty without ties.

    `column` is an attribute to describe them by; with None they are described by their ties only.
    """
    smallest = workbook.settings.smallest_group
    keys = network.members
    found = [[keys[number] for number in group] for group in find_communities(network.topology) if len(group) > 1]
    cluster_of = {key: at for at, group in enumerate(found) for key in group}
    inside, outside = Counter[int](), Counter[int]()
    for tie in network.ties:
        one, other = cluster_of[tie.a], cluster_of[tie.b]
        if one == other:
            inside[one] += 1
        else:
            outside.update((one, other))
    values = _values(network, workbook, column)
    profiles = []
    for at, group in enumerate(found):
        if is_too_small(len(group), smallest_group=smallest):
            continue
        value, share = _most_common(group, values, smallest_group=smallest)
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
    """Return how well clusters match the values of a column, by Hubert and Arabie's adjusted Rand index (1985).

    1 if clusters and values are the same division, 0 as expected by chance, negative if less. It compares people who
    have a value and are in a cluster of two or more. None if they all have one value or are in one cluster; hidden if
    they are fewer than the minimum group size, and for private columns.
    """
    if column not in workbook.attributes:
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
    """Return the adjusted Rand index of two divisions of the same people, given in the same order.

    None if either division has one part only, or if in both everyone is alone.
    """
    if min(len(set(groups)), len(set(values))) < 2 or len(set(groups)) == len(set(values)) == len(groups):
        return None
    index = {value: at for at, value in enumerate(dict.fromkeys(values))}
    return adjusted_rand(np.array(groups, dtype=np.int64), np.array([index[value] for value in values], dtype=np.int64))


def _values(network: Network, workbook: Workbook, column: str | None) -> dict[PersonKey, str]:
    """Return everyone's value in a column; empty for None and private columns."""
    if column is None or column not in workbook.attributes:
        return {}
    values = ((key, person.attributes.get(column, "").strip()) for key, person in network.people.items())
    return {key: value for key, value in values if value}


def _most_common(
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
