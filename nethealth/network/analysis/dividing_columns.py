"""The columns whose values divide the network into parts that lie apart, such as regions.

A column divides a network if its values have nearly the modularity of the best clusters that a search finds. Then its
values say more to people than "Cluster 3", and they stay the same from wave to wave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from nethealth.network.graph import Network
from nethealth.network.metrics.communities import community_modularity, modularity
from nethealth.workbook.records import Workbook

DIVIDES_AS_WELL = 0.7
"""The modularity of a column's values, as a share of the clusters', from which it divides the network."""
LEAST_MODULARITY = 0.15
"""Below this, values hardly matter to who is connected, however vague the clusters are."""


def dividing_columns(network: Network, workbook: Workbook) -> tuple[str, ...]:
    """Return the columns whose values divide the network nearly as well as its clusters.

    First comes the column that colors the map by default, then those that divide best.
    """
    best = community_modularity(network.topology) or 0.0
    least = max(DIVIDES_AS_WELL * best, LEAST_MODULARITY)
    found = [column for column, reached in modularity_by_column(network, workbook).items() if reached >= least]
    return tuple(sorted(found, key=lambda column: column != workbook.settings.color_map_by))


def modularity_by_column(network: Network, workbook: Workbook) -> Mapping[str, float]:
    """Return the modularity of each column's values, the highest first; people without a value are each apart."""
    found = {}
    for column in workbook.attributes:
        parts: dict[str | int, list[int]] = defaultdict(list)
        for number, person in enumerate(network.people.values()):
            parts[person.attributes.get(column, "").strip() or number].append(number)
        found[column] = modularity(network.topology, list(parts.values())) or 0.0
    return {column: found[column] for column in sorted(found, key=lambda column: -found[column])}
