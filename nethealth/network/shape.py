"""Where a network stands among the four shapes that networks of people tend to grow through.

Krebs & Holley (2006), Building Smart Communities through Network Weaving, describe them: scattered clusters, a hub and
its spokes, several hubs that are joined, a core with a periphery. No formula is theirs; each shape is told here by
signs, declared in one table (`SIGNS`) with the figure that decides each and the reason for it. A shape whose essential
sign is missing is out. The one that has most of its signs is named, unless another has nearly as many: then nobody can
be sure, and that is what is said. A network in which ties are spread evenly has none of the four.

The hub (the ESO's staff, say) counts as one, since it is one organisation that others are tied with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from nethealth.definitions import Unit
from nethealth.network.graph import NOBODY, Network
from nethealth.network.structure import Numbers
from nethealth.workbook.records import PersonKey

if TYPE_CHECKING:
    import igraph

KREBS_HOLLEY = "Krebs & Holley 2006, Building Smart Communities through Network Weaving"
FEWEST_TIED = 8
"""With fewer people who have a tie any drawing looks like each of the shapes."""
SMALL_PART = 5
"""Clusters of up to so many are how Krebs & Holley describe the first stage."""
MOST_SIGNS = 0.75
"""A shape is named when at least so much speaks for it."""
CLEARLY = 0.15
"""And when the next one has fewer of its signs by more than this."""


class Shape(StrEnum):
    """The four, in the order in which networks tend to grow through them."""

    SCATTERED = "scattered"
    HUB_AND_SPOKE = "hub-and-spoke"
    MULTI_HUB = "multi-hub"
    CORE_AND_PERIPHERY = "core and periphery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A figure by which shapes are told apart."""

    id: str
    label: str
    unit: Unit
    source: str


INDICATORS: Mapping[str, Indicator] = MappingProxyType(
    {
        indicator.id: indicator
        for indicator in (
            Indicator(
                id="largest_share",
                label="People in the largest part",
                unit=Unit.SHARE,
                source="Wasserman & Faust 1994, 4.2.4",
            ),
            Indicator(
                id="reach",
                label="Pairs who can reach each other",
                unit=Unit.SHARE,
                source="Krackhardt 1994, Graph theoretical dimensions of informal organizations (connectedness)",
            ),
            Indicator(
                id="in_small_parts",
                label="People alone or in parts of five or fewer",
                unit=Unit.SHARE,
                source=KREBS_HOLLEY,
            ),
            Indicator(
                id="centralization",
                label="Centralization, the hub as one",
                unit=Unit.SHARE,
                source="Freeman 1978, Centrality in social networks: conceptual clarification",
            ),
            Indicator(
                id="lead_share",
                label="Ties that involve the best connected",
                unit=Unit.SHARE,
                source=KREBS_HOLLEY,
            ),
            Indicator(
                id="holds",
                label="Still in one part without the best connected",
                unit=Unit.SHARE,
                source="Albert, Jeong & Barabási 2000, Error and attack tolerance of complex networks",
            ),
            Indicator(
                id="half_of_ties",
                label="The best connected who are in half of all ties, of those with a tie",
                unit=Unit.SHARE,
                source="Barabási & Albert 1999, Emergence of scaling in random networks (hubs)",
            ),
            Indicator(
                id="modularity",
                label="How distinct the groups are",
                unit=Unit.INDEX,
                source="Newman & Girvan 2004, Finding and evaluating community structure in networks",
            ),
            Indicator(
                id="core_fit",
                label="How well one core with a periphery fits",
                unit=Unit.INDEX,
                source="Borgatti & Everett 2000, Models of core/periphery structures; Lip 2011 for the search",
            ),
            Indicator(
                id="core_share",
                label="People in that core, of those with a tie",
                unit=Unit.SHARE,
                source="Borgatti & Everett 2000, Models of core/periphery structures",
            ),
            Indicator(
                id="largest_core",
                label="Depth of the densest part",
                unit=Unit.COUNT,
                source="Seidman 1983, Network structure and minimum degree",
            ),
            Indicator(
                id="two_ways",
                label="Largest part in which everybody has two separate ways",
                unit=Unit.SHARE,
                source="Wasserman & Faust 1994, 4.2.6 (a graph without cutpoints)",
            ),
            Indicator(
                id="clustering",
                label="Closed triangles",
                unit=Unit.SHARE,
                source="Watts & Strogatz 1998, Collective dynamics of “small-world” networks",
            ),
        )
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What speaks for a shape: an indicator that is at least or at most so much, and why that is a sign of it."""

    shape: Shape
    indicator: str
    at_least: float | None = None
    at_most: float | None = None
    essential: bool = False
    """Without it the shape is out."""
    because: str

    def holds(self, value: float | None) -> bool:
        """Whether the value is a sign; what is undefined is none."""
        if value is None:
            return False
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)


def _sign(shape: Shape, indicator: str, because: str, **limits: float) -> Sign:
    essential = bool(limits.pop("essential", False))
    return Sign(
        shape=shape,
        indicator=indicator,
        at_least=limits.get("at_least"),
        at_most=limits.get("at_most"),
        essential=essential,
        because=because,
    )


_MOST_TOGETHER = "most people must hang together before one can speak of one network"
SIGNS: tuple[Sign, ...] = (
    _sign(
        Shape.SCATTERED,
        "largest_share",
        "less than half of all people can reach each other",
        at_most=0.5,
        essential=True,
    ),
    _sign(Shape.SCATTERED, "reach", "with half of all in one part a quarter of pairs reach each other", at_most=0.25),
    _sign(Shape.SCATTERED, "in_small_parts", "clusters of one to five are what Krebs & Holley call it", at_least=0.5),
    _sign(Shape.HUB_AND_SPOKE, "largest_share", _MOST_TOGETHER, at_least=0.6),
    _sign(
        Shape.HUB_AND_SPOKE,
        "centralization",
        "half way between everybody alike (0) and a perfect star (1)",
        at_least=0.5,
        essential=True,
    ),
    _sign(Shape.HUB_AND_SPOKE, "lead_share", "one alone in two of five ties, as no other comes near", at_least=0.4),
    _sign(Shape.HUB_AND_SPOKE, "holds", "a third or more would come apart without it", at_most=0.67),
    _sign(Shape.HUB_AND_SPOKE, "clustering", "spokes seldom know each other: in a perfect star never", at_most=0.25),
    _sign(Shape.MULTI_HUB, "largest_share", _MOST_TOGETHER, at_least=0.6),
    _sign(
        Shape.MULTI_HUB,
        "half_of_ties",
        "hubs carry far more than their share: one person in eight, or fewer, half of it",
        at_most=0.125,
        essential=True,
    ),
    _sign(Shape.MULTI_HUB, "centralization", "no single hub overtops the others", at_most=0.5),
    _sign(
        Shape.MULTI_HUB,
        "modularity",
        "around hubs stand groups: 0.3 marks them, yet sparse networks have that by chance (Guimerà and others 2004)",
        at_least=0.4,
    ),
    _sign(Shape.MULTI_HUB, "core_fit", "hubs that stand apart make no single core", at_most=0.5),
    _sign(Shape.CORE_AND_PERIPHERY, "largest_share", _MOST_TOGETHER, at_least=0.6),
    _sign(
        Shape.CORE_AND_PERIPHERY,
        "core_fit",
        "a correlation of 0.5 or more between the ties and an ideal core is called large (Cohen 1988)",
        at_least=0.5,
        essential=True,
    ),
    _sign(
        Shape.CORE_AND_PERIPHERY,
        "core_share",
        "a core is a circle of people: fewer than one in seven are hubs, more than half are the network itself",
        at_least=0.15,
        at_most=0.5,
    ),
    _sign(
        Shape.CORE_AND_PERIPHERY, "largest_core", "in a core everybody is tied with several others of it", at_least=5
    ),
    _sign(Shape.CORE_AND_PERIPHERY, "two_ways", "most at the edge know more than one in the core", at_least=0.5),
    _sign(Shape.CORE_AND_PERIPHERY, "centralization", "the core is many, none of them the one hub", at_most=0.5),
)
"""Every threshold of the shapes, with its reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeReading:
    """Which shape a network has, and what speaks for each."""

    shape: Shape | None
    """The one that is named; None where nobody can be sure."""
    between: tuple[Shape, ...]
    """Where several have nearly as many signs: those. Empty where one is named, or none has enough."""
    is_too_small: bool
    """Whether too few people have a tie to speak of a shape at all."""
    indicators: Mapping[str, float | None]
    """By `Indicator.id`; None where undefined. Empty where too few people have a tie."""
    support: Mapping[Shape, float]
    """The share of its signs that each shape has, 0 to 1; 0 where an essential one is missing."""

    def signs(self, shape: Shape) -> tuple[tuple[Sign, float | None, bool], ...]:
        """The signs of a shape, each with the value here and whether it speaks for the shape."""
        mine = (sign for sign in SIGNS if sign.shape is shape)
        values = ((sign, self.indicators.get(sign.indicator)) for sign in mine)
        return tuple((sign, value, sign.holds(value)) for sign, value in values)


def shape_of(network: Network, *, hub: frozenset[PersonKey] = NOBODY) -> ShapeReading:
    """The shape of a network, the people of `hub` counting as one.

    Not named where too few people have a tie (`FEWEST_TIED`), no shape has enough of its signs, or two nearly as many.
    """
    size, pairs = _with_one_hub(network, hub)
    if len(np.unique(pairs)) < FEWEST_TIED:
        return ShapeReading(
            shape=None, between=(), is_too_small=True, indicators=MappingProxyType({}), support=MappingProxyType({})
        )
    found = _indicators(size, pairs) | {"modularity": network.structure.modularity}
    support = {shape: _support(shape, found) for shape in Shape}
    ranked = sorted(Shape, key=lambda shape: -support[shape])
    close = tuple(shape for shape in ranked if support[ranked[0]] - support[shape] <= CLEARLY + 1e-9)
    enough = support[ranked[0]] >= MOST_SIGNS
    return ShapeReading(
        shape=ranked[0] if enough and len(close) == 1 else None,
        between=close if enough and len(close) > 1 else (),
        is_too_small=False,
        indicators=MappingProxyType(found),
        support=MappingProxyType(support),
    )


def _support(shape: Shape, found: Mapping[str, float | None]) -> float:
    mine = [sign for sign in SIGNS if sign.shape is shape]
    held = [sign.holds(found[sign.indicator]) for sign in mine]
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
    import igraph

    graph = igraph.Graph(n=size, edges=pairs)
    degrees = np.bincount(pairs.ravel(), minlength=size)
    parts = sorted(graph.connected_components(), key=len, reverse=True)
    sizes = np.array([len(part) for part in parts])
    standing = _standing(size, pairs, degrees)
    share, together, fit = _core(pairs, standing)
    return {
        "largest_share": float(sizes[0] / size),
        "reach": float((sizes * (sizes - 1)).sum() / (size * (size - 1))),
        "in_small_parts": float(sizes[sizes <= SMALL_PART].sum() / size),
        "centralization": float((degrees.max() - degrees).sum() / ((size - 1) * (size - 2))),
        "lead_share": float(degrees.max() / len(pairs)),
        "holds": _holds(graph, np.flatnonzero(standing == 0), largest=int(sizes[0])),
        "half_of_ties": together,
        "core_fit": fit,
        "core_share": share,
        "largest_core": float(max(graph.coreness())),
        "two_ways": max(_two_ways(graph, part) for part in parts if len(part) == sizes[0]),
        "clustering": float(graph.transitivity_undirected(mode="zero")),
    }


def _standing(size: int, pairs: Numbers, degrees: Numbers) -> Numbers:
    """Who is better connected than whom, 0 for the best: by ties, then by the ties of those whom they are tied with.

    People who are alike in both stand alike.
    """
    around = np.zeros(size, dtype=np.int64)
    np.add.at(around, pairs[:, 0], degrees[pairs[:, 1]])
    np.add.at(around, pairs[:, 1], degrees[pairs[:, 0]])
    _, standing = np.unique(np.column_stack([-degrees, -around]), axis=0, return_inverse=True)
    return standing.reshape(size).astype(np.int64)


def _holds(graph: igraph.Graph, best: Numbers, *, largest: int) -> float:
    """How many of the others of the largest part would still be in one without the best connected, as a share.

    Of several who are equally well connected, the one without whom most is lost.
    """
    cut = set(graph.articulation_points())
    left = largest - 1
    for one in best.tolist():
        if one in cut:
            without = graph.copy()
            without.delete_vertices([one])
            left = min(left, max(without.connected_components().sizes()))
    return left / (largest - 1)


def _two_ways(graph: igraph.Graph, part: list[int]) -> float:
    """The share of a part in its largest piece without a cutpoint; a single tie is no such piece."""
    blocks = graph.induced_subgraph(part).biconnected_components()
    largest = max((len(block) for block in blocks), default=0)
    return largest / len(part) if largest > 2 else 0.0


def _core(pairs: Numbers, standing: Numbers) -> tuple[float | None, float | None, float | None]:
    """The core that fits best: its share of all people; who is in half of all ties, as a share; and the fit.

    The fit is Borgatti & Everett's: the correlation between ties and an ideal pattern in which everybody in the core is
    tied and nobody at the edge is; ties between core and edge count neither way. Cores are tried from the best
    connected downwards, people who stand alike together: the best choice where misfits are counted (Lip 2011, A fast
    algorithm for the discrete core/periphery bipartitioning problem), and near it here. Both shares are of those who
    have a tie. A core of one, and one that leaves fewer than two, are none. "In half of all ties" is None where one
    person alone is.
    """
    tied = len(np.unique(pairs))
    classes = int(standing[pairs].max()) + 1
    sizes = np.cumsum(np.bincount(standing, minlength=classes)[:classes])
    earlier, later = np.sort(standing[pairs], axis=1).T
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
