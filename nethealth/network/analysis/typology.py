"""Which of four types a network is; networks of people tend to grow through them in order.

Krebs & Holley (2006), Building Smart Communities through Network Weaving, describe them: scattered clusters, a hub and
its spokes, several connected hubs, and a core with a periphery. They give no formulas. Here, thresholds on indicators
decide, each with its reason (`THRESHOLDS`). A type whose essential threshold isn't met is out. The type that meets most
of its thresholds is named, unless another meets nearly as many. A network with evenly spread ties is none of the four.

The hub (such as the ESO's staff) counts as one person, because it is one organization that others are tied to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from nethealth.network.analysis.typology_thresholds import THRESHOLDS, NetworkType, Threshold
from nethealth.network.graph import NO_PEOPLE, Network
from nethealth.network.metrics.cohesion import core_numbers, transitivity
from nethealth.network.metrics.communities import community_modularity
from nethealth.network.metrics.cut_points import find_cut_points
from nethealth.network.metrics.topology import Numbers, Topology
from nethealth.workbook.records import PersonKey

if TYPE_CHECKING:
    import igraph

FEWEST_TIED = 8
"""With fewer tied people, a network looks like each of the types."""
SMALL_COMPONENT = 5
"""Krebs & Holley describe the first stage as clusters of up to so many people."""
MIN_SUPPORT = 0.75
"""A type is named if it meets at least this share of its thresholds."""
MIN_LEAD = 0.15
"""A type is named only if its share is larger than the next one's by more than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypologyResult:
    """The type of a network, and the evidence for each type."""

    network_type: NetworkType | None
    """The type that is named; None if the evidence isn't clear."""
    tied_types: tuple[NetworkType, ...]
    """Types with about equal support, if several have enough; empty if one is named, or none has enough."""
    is_too_small: bool
    """True if too few people have ties to name a type."""
    indicators: Mapping[str, float | None]
    """By `Indicator.id`; None if undefined. Empty if too few people have ties."""

    def evidence(self, network_type: NetworkType) -> tuple[tuple[Threshold, float | None, bool], ...]:
        """Return the thresholds of a type, each with the value here and whether it is met."""
        thresholds = (threshold for threshold in THRESHOLDS if threshold.network_type is network_type)
        values = ((threshold, self.indicators.get(threshold.indicator)) for threshold in thresholds)
        return tuple((threshold, value, threshold.is_met(value)) for threshold, value in values)


def classify_typology(network: Network, *, hub: frozenset[PersonKey] = NO_PEOPLE) -> TypologyResult:
    """Return the type of a network; the people of `hub` count as one.

    No type is named if too few people have ties (`FEWEST_TIED`), no type has enough support, or two have about equal
    support.
    """
    size, pairs = _with_one_hub(network, hub)
    if len(np.unique(pairs)) < FEWEST_TIED:
        return TypologyResult(
            network_type=None,
            tied_types=(),
            is_too_small=True,
            indicators=MappingProxyType({}),
        )
    found = _indicators(size, pairs) | {"modularity": community_modularity(network.topology)}
    support = {network_type: _support(network_type, found) for network_type in NetworkType}
    ranked = sorted(NetworkType, key=lambda network_type: -support[network_type])
    close = tuple(
        network_type for network_type in ranked if support[ranked[0]] - support[network_type] <= MIN_LEAD + 1e-9
    )
    enough = support[ranked[0]] >= MIN_SUPPORT
    return TypologyResult(
        network_type=ranked[0] if enough and len(close) == 1 else None,
        tied_types=close if enough and len(close) > 1 else (),
        is_too_small=False,
        indicators=MappingProxyType(found),
    )


def _support(network_type: NetworkType, found: Mapping[str, float | None]) -> float:
    """Return the share of thresholds that a type meets, 0 to 1; 0 if it doesn't meet an essential one."""
    thresholds = [threshold for threshold in THRESHOLDS if threshold.network_type is network_type]
    met = [threshold.is_met(found[threshold.indicator]) for threshold in thresholds]
    if any(threshold.essential and not is_met for threshold, is_met in zip(thresholds, met, strict=True)):
        return 0.0
    return sum(met) / len(met)


def _with_one_hub(network: Network, hub: frozenset[PersonKey]) -> tuple[int, Numbers]:
    """Return how many people there are if the hub counts as one, and their tied pairs by number, each once."""
    one = next((key for key in network.people if key in hub), None)
    places: dict[PersonKey, int] = {}
    for key in network.people:
        if key not in hub or key == one:
            places[key] = len(places)
    at = {key: places[one if one is not None and key in hub else key] for key in network.people}
    pairs = {(min(at[tie.a], at[tie.b]), max(at[tie.a], at[tie.b])) for tie in network.ties}
    distinct = sorted(pair for pair in pairs if pair[0] != pair[1])
    return len(places), np.array(distinct, dtype=np.int64).reshape(-1, 2)


def _indicators(size: int, pairs: Numbers) -> dict[str, float | None]:
    """Return every indicator except modularity, for a network with ties. Names change none of them."""
    topology = Topology(size, edges=[(one, other) for one, other in pairs.tolist()])
    graph, degrees, parts = topology.graph, topology.degrees, topology.components
    sizes = np.array([len(part) for part in parts])
    rank = _connection_rank(size, pairs, degrees)
    share, half_share, fit = _core(pairs, rank)
    return {
        "largest_share": float(sizes[0] / size),
        "connectedness": float((sizes * (sizes - 1)).sum() / (size * (size - 1))),
        "small_components_share": float(sizes[sizes <= SMALL_COMPONENT].sum() / size),
        "centralization": float((degrees.max() - degrees).sum() / ((size - 1) * (size - 2))),
        "lead_share": float(degrees.max() / len(pairs)),
        "resilience": _resilience(topology, np.flatnonzero(rank == 0)),
        "half_of_ties": half_share,
        "core_fit": fit,
        "core_share": share,
        "largest_core": float(core_numbers(topology).max()),
        "largest_block": max(_largest_block(graph, part) for part in parts if len(part) == sizes[0]),
        "clustering": transitivity(topology),
    }


def _connection_rank(size: int, pairs: Numbers, degrees: Numbers) -> Numbers:
    """Return everyone's rank by connections, 0 for the best: by ties, then by the ties of their neighbors.

    People who are equal in both have the same rank.
    """
    neighbor_degrees = np.zeros(size, dtype=np.int64)
    np.add.at(neighbor_degrees, pairs[:, 0], degrees[pairs[:, 1]])
    np.add.at(neighbor_degrees, pairs[:, 1], degrees[pairs[:, 0]])
    _, rank = np.unique(np.column_stack([-degrees, -neighbor_degrees]), axis=0, return_inverse=True)
    return rank.reshape(size).astype(np.int64)


def _resilience(topology: Topology, best: Numbers) -> float:
    """Return the share of the largest component that would stay connected without its best-connected person.

    If several are equally well connected, the one whose loss disconnects the most people counts.
    """
    parts = topology.components
    inside, largest = set(parts[0]), len(parts[0])
    # If another component is larger than what remains, it becomes the largest.
    second = len(parts[1]) if len(parts) > 1 else 0
    cut = find_cut_points(topology).sizes_without_person
    left = (max(cut[one][0], second) for one in best.tolist() if one in inside and one in cut)
    return min((largest - 1, *left)) / (largest - 1)


def _largest_block(graph: igraph.Graph, part: list[int]) -> float:
    """Return the share of a component in its largest block (without cutpoints); a single tie isn't a block."""
    blocks = graph.induced_subgraph(part).biconnected_components()
    largest = max((len(block) for block in blocks), default=0)
    return largest / len(part) if largest > 2 else 0.0


def _core(pairs: Numbers, rank: Numbers) -> tuple[float | None, float | None, float | None]:
    """Return the size of the best-fitting core, the fewest people who are in half of all ties, and the core's fit.

    The fit is Borgatti & Everett's: the correlation between ties and an ideal pattern in which everyone in the core is
    tied to each other and no one in the periphery is; ties between core and periphery don't count. We try cores from
    the best connected down, people of equal rank together. That is optimal if misfits are counted (Lip 2011, A fast
    algorithm for the discrete core/periphery bipartitioning problem), and nearly optimal here. Both sizes are shares of
    tied people, 0 to 1. Size and fit are None if no core has two people inside and two outside. The second value is
    None if one person is enough.
    """
    tied = len(np.unique(pairs))
    classes = int(rank[pairs].max()) + 1
    sizes = np.cumsum(np.bincount(rank, minlength=classes)[:classes])
    earlier, later = np.sort(rank[pairs], axis=1).T
    # A tie is inside a core from its later end on, and touches it from its earlier end on.
    inside = np.cumsum(np.bincount(later, minlength=classes))
    touching = np.cumsum(np.bincount(earlier, minlength=classes))
    people = int(sizes[np.argmax(2 * touching >= len(pairs))])
    ties_inside, ties_outside = inside.astype(np.float64), (len(pairs) - touching).astype(np.float64)
    untied_inside, untied_outside = (
        sizes * (sizes - 1) / 2 - ties_inside,
        (tied - sizes) * (tied - sizes - 1) / 2 - ties_outside,
    )
    spread = (
        (ties_inside + untied_inside)
        * (ties_outside + untied_outside)
        * (ties_inside + ties_outside)
        * (untied_inside + untied_outside)
    )
    fits = np.divide(
        ties_inside * untied_outside - untied_inside * ties_outside,
        np.sqrt(spread),
        out=np.full(classes, -np.inf),
        where=spread > 0,
    )
    at = int(np.argmax(fits))
    share, fit = (float(sizes[at] / tied), float(fits[at])) if np.isfinite(fits[at]) else (None, None)
    return share, people / tied if people > 1 else None, fit
