"""Where a network stands among the four shapes that networks of people tend to grow through.

Krebs & Holley (2006), Building Smart Communities through Network Weaving, describe them: scattered clusters, a hub and
its spokes, several hubs that are joined, a core with a periphery. No formula is theirs; each shape is told here by
signs, declared in one table (`shape_signs`) with the figure that decides each and the reason for it. A shape whose
essential sign is missing is out. The one that has most of its signs is named, unless another has nearly as many: then
nobody can be sure, and that is what is said. A network in which ties are spread evenly has none of the four.

The hub (the ESO's staff, say) counts as one, since it is one organization that others are tied with.
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
"""With fewer people who have a tie any drawing looks like each of the shapes."""
SMALL_COMPONENT = 5
"""Clusters of up to so many are how Krebs & Holley describe the first stage."""
MIN_SUPPORT = 0.75
"""A shape is named when at least so much speaks for it."""
MIN_LEAD = 0.15
"""And when the next one has fewer of its signs by more than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypologyResult:
    """Which shape a network has, and what speaks for each."""

    network_type: NetworkType | None
    """The one that is named; None where nobody can be sure."""
    tied_types: tuple[NetworkType, ...]
    """Where several have nearly as many signs: those. Empty where one is named, or none has enough."""
    is_too_small: bool
    """Whether too few people have a tie to speak of a shape at all."""
    indicators: Mapping[str, float | None]
    """By `Indicator.id`; None where undefined. Empty where too few people have a tie."""
    support: Mapping[NetworkType, float]
    """The share of its signs that each shape has, 0 to 1; 0 where an essential one is missing."""

    def evidence(self, shape: NetworkType) -> tuple[tuple[Threshold, float | None, bool], ...]:
        """The signs of a shape, each with the value here and whether it speaks for the shape."""
        mine = (sign for sign in THRESHOLDS if sign.network_type is shape)
        values = ((sign, self.indicators.get(sign.indicator)) for sign in mine)
        return tuple((sign, value, sign.is_met(value)) for sign, value in values)


def classify_typology(network: Network, *, hub: frozenset[PersonKey] = NO_PEOPLE) -> TypologyResult:
    """The shape of a network, the people of `hub` counting as one.

    Not named where too few people have a tie (`FEWEST_TIED`), no shape has enough of its signs, or two nearly as many.
    """
    size, pairs = _with_one_hub(network, hub)
    if len(np.unique(pairs)) < FEWEST_TIED:
        return TypologyResult(
            network_type=None,
            tied_types=(),
            is_too_small=True,
            indicators=MappingProxyType({}),
            support=MappingProxyType({}),
        )
    found = _indicators(size, pairs) | {"modularity": community_modularity(network.topology)}
    support = {shape: _support(shape, found) for shape in NetworkType}
    ranked = sorted(NetworkType, key=lambda shape: -support[shape])
    close = tuple(shape for shape in ranked if support[ranked[0]] - support[shape] <= MIN_LEAD + 1e-9)
    enough = support[ranked[0]] >= MIN_SUPPORT
    return TypologyResult(
        network_type=ranked[0] if enough and len(close) == 1 else None,
        tied_types=close if enough and len(close) > 1 else (),
        is_too_small=False,
        indicators=MappingProxyType(found),
        support=MappingProxyType(support),
    )


def _support(shape: NetworkType, found: Mapping[str, float | None]) -> float:
    mine = [sign for sign in THRESHOLDS if sign.network_type is shape]
    held = [sign.is_met(found[sign.indicator]) for sign in mine]
    if any(sign.essential and not is_held for sign, is_held in zip(mine, held, strict=True)):
        return 0.0
    return sum(held) / len(held)


def _with_one_hub(network: Network, hub: frozenset[PersonKey]) -> tuple[int, Numbers]:
    """How many people there are when the hub is one, and their ties by number, each pair once."""
    one = next((key for key in network.people if key in hub), None)
    places: dict[PersonKey, int] = {}
    for key in network.people:
        if key not in hub or key == one:
            places[key] = len(places)
    at = {key: places[one if one is not None and key in hub else key] for key in network.people}
    pairs = {(min(at[tie.a], at[tie.b]), max(at[tie.a], at[tie.b])) for tie in network.ties}
    kept = sorted(pair for pair in pairs if pair[0] != pair[1])
    return len(places), np.array(kept, dtype=np.int64).reshape(-1, 2)


def _indicators(size: int, pairs: Numbers) -> dict[str, float | None]:
    """Every indicator but modularity, of a network that has a tie. Who is called what changes none of them."""
    topology = Topology(size, edges=[(one, other) for one, other in pairs.tolist()])
    graph, degrees, parts = topology.graph, topology.degrees, topology.components
    sizes = np.array([len(part) for part in parts])
    rank = _connection_rank(size, pairs, degrees)
    share, together, fit = _core(pairs, rank)
    return {
        "largest_share": float(sizes[0] / size),
        "connectedness": float((sizes * (sizes - 1)).sum() / (size * (size - 1))),
        "small_components_share": float(sizes[sizes <= SMALL_COMPONENT].sum() / size),
        "centralization": float((degrees.max() - degrees).sum() / ((size - 1) * (size - 2))),
        "lead_share": float(degrees.max() / len(pairs)),
        "resilience": _resilience(topology, np.flatnonzero(rank == 0)),
        "half_of_ties": together,
        "core_fit": fit,
        "core_share": share,
        "largest_core": float(core_numbers(topology).max()),
        "largest_block": max(_largest_block(graph, part) for part in parts if len(part) == sizes[0]),
        "clustering": transitivity(topology),
    }


def _connection_rank(size: int, pairs: Numbers, degrees: Numbers) -> Numbers:
    """Who is better connected than whom, 0 for the best: by ties, then by the ties of those whom they are tied with.

    People who are alike in both stand alike.
    """
    around = np.zeros(size, dtype=np.int64)
    np.add.at(around, pairs[:, 0], degrees[pairs[:, 1]])
    np.add.at(around, pairs[:, 1], degrees[pairs[:, 0]])
    _, rank = np.unique(np.column_stack([-degrees, -around]), axis=0, return_inverse=True)
    return rank.reshape(size).astype(np.int64)


def _resilience(topology: Topology, best: Numbers) -> float:
    """How many of the others of the largest part would still be in one without the best connected, as a share.

    Of several who are equally well connected, the one without whom most is lost.
    """
    parts = topology.components
    inside, largest = set(parts[0]), len(parts[0])
    # Where another part is as large, or larger than what is left, it is the one that is.
    second = len(parts[1]) if len(parts) > 1 else 0
    cut = find_cut_points(topology).sizes_without_person
    left = (max(cut[one][0], second) for one in best.tolist() if one in inside and one in cut)
    return min((largest - 1, *left)) / (largest - 1)


def _largest_block(graph: igraph.Graph, part: list[int]) -> float:
    """The share of a part in its largest piece without a cutpoint; a single tie is no such piece."""
    blocks = graph.induced_subgraph(part).biconnected_components()
    largest = max((len(block) for block in blocks), default=0)
    return largest / len(part) if largest > 2 else 0.0


def _core(pairs: Numbers, rank: Numbers) -> tuple[float | None, float | None, float | None]:
    """The core that fits best: its share of all people; who is in half of all ties, as a share; and the fit.

    The fit is Borgatti & Everett's: the correlation between ties and an ideal pattern in which everybody in the core is
    tied and nobody at the edge is; ties between core and edge count neither way. Cores are tried from the best
    connected downwards, people who stand alike together: the best choice where misfits are counted (Lip 2011, A fast
    algorithm for the discrete core/periphery bipartitioning problem), and near it here. Both shares are of those who
    have a tie. A core of one, and one that leaves fewer than two, are none. "In half of all ties" is None where one
    person alone is.
    """
    tied = len(np.unique(pairs))
    classes = int(rank[pairs].max()) + 1
    sizes = np.cumsum(np.bincount(rank, minlength=classes)[:classes])
    earlier, later = np.sort(rank[pairs], axis=1).T
    # A tie is inside a core once its later end is, and touches it from its earlier end on.
    inside = np.cumsum(np.bincount(later, minlength=classes))
    touching = np.cumsum(np.bincount(earlier, minlength=classes))
    people = int(sizes[np.argmax(2 * touching >= len(pairs))])
    tied_in, tied_out = inside.astype(np.float64), (len(pairs) - touching).astype(np.float64)
    free_in, free_out = sizes * (sizes - 1) / 2 - tied_in, (tied - sizes) * (tied - sizes - 1) / 2 - tied_out
    spread = (tied_in + free_in) * (tied_out + free_out) * (tied_in + tied_out) * (free_in + free_out)
    fits = np.divide(
        tied_in * free_out - free_in * tied_out, np.sqrt(spread), out=np.full(classes, -np.inf), where=spread > 0
    )
    at = int(np.argmax(fits))
    share, fit = (float(sizes[at] / tied), float(fits[at])) if np.isfinite(fits[at]) else (None, None)
    return share, people / tied if people > 1 else None, fit
