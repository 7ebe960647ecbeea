"""By which figures the four shapes of networks are told apart: every threshold, with its reason.

Krebs & Holley (2006), Building Smart Communities through Network Weaving, describe the shapes; no threshold is theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from types import MappingProxyType

from nethealth.metric import Unit

KREBS_HOLLEY = "Krebs & Holley 2006, Building Smart Communities through Network Weaving"


class NetworkType(StrEnum):
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
                label="People in the largest part, the hub as one",
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


@dataclass(frozen=True, slots=True)
class Threshold:
    """What speaks for a shape: an indicator that is at least or at most so much, and why that is a sign of it."""

    network_type: NetworkType
    indicator: str
    reason: str
    _: KW_ONLY
    at_least: float | None = None
    at_most: float | None = None
    essential: bool = False
    """Without it the shape is out."""

    def is_met(self, value: float | None) -> bool:
        """Whether the value is a sign; what is undefined is none."""
        if value is None:
            return False
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)


_MOST_TOGETHER = "most people must hang together before one can speak of one network"
THRESHOLDS: tuple[Threshold, ...] = (
    Threshold(
        NetworkType.SCATTERED,
        "largest_share",
        "less than half of all people can reach each other",
        at_most=0.5,
        essential=True,
    ),
    Threshold(
        NetworkType.SCATTERED, "reach", "with half of all in one part a quarter of pairs reach each other", at_most=0.25
    ),
    Threshold(
        NetworkType.SCATTERED, "in_small_parts", "clusters of one to five are what Krebs & Holley call it", at_least=0.5
    ),
    Threshold(NetworkType.HUB_AND_SPOKE, "largest_share", _MOST_TOGETHER, at_least=0.6),
    Threshold(
        NetworkType.HUB_AND_SPOKE,
        "centralization",
        "half way between everybody alike (0) and a perfect star (1)",
        at_least=0.5,
        essential=True,
    ),
    Threshold(
        NetworkType.HUB_AND_SPOKE, "lead_share", "one alone in two of five ties, as no other comes near", at_least=0.4
    ),
    Threshold(NetworkType.HUB_AND_SPOKE, "holds", "a third or more would come apart without it", at_most=0.67),
    Threshold(
        NetworkType.HUB_AND_SPOKE, "clustering", "spokes seldom know each other: in a perfect star never", at_most=0.25
    ),
    Threshold(NetworkType.MULTI_HUB, "largest_share", _MOST_TOGETHER, at_least=0.6),
    Threshold(
        NetworkType.MULTI_HUB,
        "half_of_ties",
        "hubs carry far more than their share: one person in eight, or fewer, half of it",
        at_most=0.125,
        essential=True,
    ),
    Threshold(NetworkType.MULTI_HUB, "centralization", "no single hub overtops the others", at_most=0.5),
    Threshold(
        NetworkType.MULTI_HUB,
        "modularity",
        "around hubs stand groups: 0.3 marks them, yet sparse networks have that by chance (Guimerà and others 2004)",
        at_least=0.4,
    ),
    Threshold(NetworkType.MULTI_HUB, "core_fit", "hubs that stand apart make no single core", at_most=0.5),
    Threshold(NetworkType.CORE_AND_PERIPHERY, "largest_share", _MOST_TOGETHER, at_least=0.6),
    Threshold(
        NetworkType.CORE_AND_PERIPHERY,
        "core_fit",
        "a correlation of 0.5 or more between the ties and an ideal core is called large (Cohen 1988)",
        at_least=0.5,
        essential=True,
    ),
    Threshold(
        NetworkType.CORE_AND_PERIPHERY,
        "core_share",
        "a core is a circle of people: fewer than one in seven are hubs, more than half are the network itself",
        at_least=0.15,
        at_most=0.5,
    ),
    Threshold(
        NetworkType.CORE_AND_PERIPHERY,
        "largest_core",
        "in a core everybody is tied with several others of it",
        at_least=5,
    ),
    Threshold(
        NetworkType.CORE_AND_PERIPHERY, "two_ways", "most at the edge know more than one in the core", at_least=0.5
    ),
    Threshold(
        NetworkType.CORE_AND_PERIPHERY, "centralization", "the core is many, none of them the one hub", at_most=0.5
    ),
)
"""Every threshold of the shapes, with its reason."""
