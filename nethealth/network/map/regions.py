"""Regions: the parts of the map that get a hull and a name, and the few people who hold them together.

Regions are the values of the column that divides the network, if one does, and otherwise the clusters that a search
finds. A cluster is named by a value that most of its people share. No value of fewer people than the minimum group size
is named. If the clusters are no clearer than in a random network, the map shows none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from nethealth.network.analysis.dividing_columns import dividing_columns, modularity_by_column
from nethealth.network.graph import Network
from nethealth.network.layout.wave_positions import union_of_waves
from nethealth.network.map.legend import LegendEntry
from nethealth.network.metrics.communities import are_communities_clear, community_modularity, find_communities
from nethealth.presentation.formatting import single_line
from nethealth.workbook.records import PersonKey, Workbook

NO_REGION = -1
SMALLEST_CLUSTER = 3
"""Smaller clusters get no hull: two people and their connection are a region to no one."""
MOST_CLUSTERS = 16
"""The largest clusters get a hull; more than these no one could tell apart."""
SHARED_BY = 0.6
"""The share of a cluster's people who must have a value for the cluster to be named by it."""
WORTH_NAMING = 0.3
"""The modularity of a column's values, as a share of the clusters', from which they may name clusters."""
LONGEST_REGION = 40
MOST_BROKERS = 5
PEOPLE_PER_BROKER = 20
"""In small networks there is one broker for so many people, and one more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """The parts that the map shows as regions when no column that divides the network colors it."""

    number_of: Mapping[PersonKey, int]
    """The region of each person who is in one, from 0, the largest."""
    names: tuple[str, ...]
    dividing_columns: frozenset[str] = frozenset()
    """The columns whose values are the regions while they color the map."""
    smallest_group: int = SMALLEST_CLUSTER
    """Fewer people than this are no region by the value that they share."""


NO_CLUSTERS = Clusters(number_of={}, names=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Regions:
    """The regions of one coloring."""

    kind: Literal["found", "category"]
    """Whether they are clusters, or values of the column in color."""
    names: Mapping[int, str]
    """By the cluster's number, or by the group of the coloring."""
    brokers: tuple[int, ...]
    """The few people who hold regions together, by their place among those drawn; the highest betweenness first."""

    def as_json(self) -> dict[str, Any]:
        """Return the form that the map's script reads."""
        return {
            "kind": self.kind,
            "entries": [{"number": number, "name": name} for number, name in self.names.items()],
            "brokers": list(self.brokers),
        }


def find_clusters(network: Network, workbook: Workbook) -> Clusters:
    """Return the parts of a network that its map shows, each with a name; none if nothing divides it.

    Only people who may be drawn are in one, or give one its name.
    """
    columns = dividing_columns(union_of_waves(workbook), workbook)
    smallest = max(workbook.settings.smallest_group, SMALLEST_CLUSTER)
    if columns:
        groups = _people_by_value(network, columns[0], smallest=smallest)
    elif are_communities_clear(network.topology):
        groups = _people_by_community(network, workbook)
    else:
        return NO_CLUSTERS
    return Clusters(
        number_of={key: number for number, people in enumerate(groups.values()) for key in people},
        names=tuple(groups),
        dividing_columns=frozenset(columns),
        smallest_group=smallest,
    )


def _people_by_value(network: Network, column: str, *, smallest: int) -> dict[str, list[PersonKey]]:
    """Return the people with each value of a column, the most frequent first."""
    found: dict[str, list[PersonKey]] = {}
    for key, person in network.people.items():
        if person.on_map and network.neighbors[key] and (value := person.attributes.get(column, "").strip()):
            found.setdefault(single_line(value, longest=LONGEST_REGION), []).append(key)
    ranked = sorted(found, key=lambda value: (-len(found[value]), value))
    return {value: found[value] for value in ranked[:MOST_CLUSTERS] if len(found[value]) >= smallest}


def _people_by_community(network: Network, workbook: Workbook) -> dict[str, list[PersonKey]]:
    """Return the people in each cluster, the largest first."""
    keys = network.members
    groups = {
        # The number in tables and filters.
        f"Cluster {number}": [keys[at] for at in group if network.people[keys[at]].on_map]
        for number, group in enumerate(find_communities(network.topology)[:MOST_CLUSTERS], start=1)
    }
    groups = {name: people for name, people in groups.items() if len(people) >= SMALLEST_CLUSTER}
    least = WORTH_NAMING * (community_modularity(network.topology) or 0.0)
    columns = [column for column, reached in modularity_by_column(network, workbook).items() if reached >= least]
    smallest = workbook.settings.smallest_group
    names = [
        _shared_value(network, people, columns, smallest_group=smallest) or name for name, people in groups.items()
    ]
    return dict(zip(_distinct(names), groups.values(), strict=True))


def choose_regions(
    clusters: Clusters,
    people: Sequence[PersonKey],
    *,
    column: str | None,
    groups: Sequence[int],
    legend: Sequence[LegendEntry],
    pairs: Sequence[tuple[int, int]],
    betweenness: Sequence[float],
) -> Regions:
    """Return the regions of `people` colored by a column, which gave them their `groups` (negative for none).

    `pairs` are the ties between people by their place, and `betweenness` is everyone's; without it there are no
    brokers.
    """
    names: dict[int, str]
    if column in clusters.dividing_columns:
        kind: Literal["found", "category"] = "category"
        names = {e.group: e.label for e in legend if e.group >= 0 and e.count >= clusters.smallest_group}
        numbers = groups
    else:
        kind = "found"
        numbers = [clusters.number_of.get(key, NO_REGION) for key in people]
        sizes = Counter(numbers)
        names = {number: name for number, name in enumerate(clusters.names) if sizes[number] >= SMALLEST_CLUSTER}
    shown = [number if number in names else NO_REGION for number in numbers]
    return Regions(kind=kind, names=names, brokers=find_brokers(shown, pairs, betweenness))


def find_brokers(
    regions: Sequence[int], pairs: Sequence[tuple[int, int]], betweenness: Sequence[float]
) -> tuple[int, ...]:
    """Return the people with the highest betweenness among those whose ties reach into a second region.

    Examples:
        >>> find_brokers([0, 0, 0, 1, 1, 1], [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)], [0, 0.4, 0.6, 0.5, 0.4, 0])
        (2, 3)
    """
    if not betweenness or max(regions, default=NO_REGION) < 0:
        return ()
    region, score = np.array(regions, dtype=np.int64), np.array(betweenness)
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    across = ends[(region[ends] >= 0).all(axis=1) & (region[ends[:, 0]] != region[ends[:, 1]])]
    most = min(MOST_BROKERS, len(regions) // PEOPLE_PER_BROKER + 2)
    ranked = sorted(
        (place for place in set(across.ravel().tolist()) if score[place] > 0), key=lambda place: (-score[place], place)
    )
    return tuple(ranked[:most])


def _shared_value(network: Network, group: Sequence[PersonKey], columns: Sequence[str], *, smallest_group: int) -> str:
    """Return the value that most people of a cluster share in the first column where they do; empty if in none."""
    for column in columns:
        counts = Counter(network.people[key].attributes.get(column, "").strip() for key in group)
        counts.pop("", None)
        value, people = min(counts.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
        if people >= max(SHARED_BY * len(group), smallest_group):
            return single_line(value, longest=LONGEST_REGION)
    return ""


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Number the names that several clusters share.

    Examples:
        >>> _distinct(["Ohio", "Cluster 2", "Ohio"])
        ('Ohio 1', 'Cluster 2', 'Ohio 2')
    """
    total, seen = Counter(names), Counter[str]()
    distinct = []
    for name in names:
        seen[name] += 1
        distinct.append(f"{name} {seen[name]}" if total[name] > 1 else name)
    return tuple(distinct)
