"""The thresholds that decide which of four types a network is, each with its reason.

Krebs & Holley (2006), Building Smart Communities through Network Weaving, describe the types; the thresholds are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from types import MappingProxyType

from nethealth.metric import Unit

KREBS_HOLLEY = "Krebs & Holley 2006, Building Smart Communities through Network Weaving"


class NetworkType(StrEnum):
    """The four types, in the order in which networks tend to grow through them."""

    SCATTERED = "scattered"
    HUB_AND_SPOKE = "hub-and-spoke"
    MULTI_HUB = "multi-hub"
    CORE_AND_PERIPHERY = "core and periphery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A metric that helps to tell the types apart."""

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
                label="People in the largest part (the hub counts as one)",
                unit=Unit.SHARE,
                source="Wasserman & Faust 1994, 4.2.4",
            ),
            Indicator(
                id="connectedness",
                label="Pairs who can reach each other",
                unit=Unit.SHARE,
                source="Krackhardt 1994, Graph theoretical dimensions of informal organizations (connectedness)",
            ),
            Indicator(
                id="small_components_share",
                label="People alone or in parts of five or fewer",
                unit=Unit.SHARE,
                source=KREBS_HOLLEY,
            ),
            Indicator(
                id="centralization",
                label="Centralization (the hub counts as one)",
                unit=Unit.SHARE,
                source="Freeman 1978, Centrality in social networks: conceptual clarification",
            ),
            Indicator(
                id="lead_share",
                label="Connections with the best-connected person",
                unit=Unit.SHARE,
                source=KREBS_HOLLEY,
            ),
            Indicator(
                id="resilience",
                label="People still connected without the best-connected person",
                unit=Unit.SHARE,
                source="Albert, Jeong & Barabási 2000, Error and attack tolerance of complex networks",
            ),
            Indicator(
                id="half_of_ties",
                label="Smallest share of people with half of all connections",
                unit=Unit.SHARE,
                source="Barabási & Albert 1999, Emergence of scaling in random networks (hubs)",
            ),
            Indicator(
                id="modularity",
                label="How distinct clusters are",
                unit=Unit.INDEX,
                source="Newman & Girvan 2004, Finding and evaluating community structure in networks",
            ),
            Indicator(
                id="core_fit",
                label="How closely the network resembles one core with a periphery",
                unit=Unit.INDEX,
                source="Borgatti & Everett 2000, Models of core/periphery structures; Lip 2011 for the search",
            ),
            Indicator(
                id="core_share",
                label="Connected people who are in that core",
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
                id="largest_block",
                label="People in the largest part with two separate paths between everyone",
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
    """One criterion of a type: an indicator that must be at least or at most a limit, and why."""

    network_type: NetworkType
    indicator: str
    reason: str
    _: KW_ONLY
    at_least: float | None = None
    at_most: float | None = None
    essential: bool = False
    """If it isn't met, the network isn't of this type."""

    def is_met(self, value: float | None) -> bool:
        """True if the value is within the limits; False if it is undefined."""
        if value is None:
            return False
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)


_MOSTLY_CONNECTED = "most people must be connected before we can speak of one network"
THRESHOLDS: tuple[Threshold, ...] = (
    Threshold(
        NetworkType.SCATTERED,
        "largest_share",
        "fewer than half of all people can reach each other",
        at_most=0.5,
        essential=True,
    ),
    Threshold(
        NetworkType.SCATTERED,
        "connectedness",
        "if half of all people are in one part, a quarter of pairs can reach each other",
        at_most=0.25,
    ),
    Threshold(
        NetworkType.SCATTERED,
        "small_components_share",
        "Krebs & Holley describe this type as clusters of one to five",
        at_least=0.5,
    ),
    Threshold(NetworkType.HUB_AND_SPOKE, "largest_share", _MOSTLY_CONNECTED, at_least=0.6),
    Threshold(
        NetworkType.HUB_AND_SPOKE,
        "centralization",
        "this is halfway between an even network (0%) and a perfect star (100%)",
        at_least=0.5,
        essential=True,
    ),
    Threshold(
        NetworkType.HUB_AND_SPOKE,
        "lead_share",
        "one person has two in five connections, and no one else comes close",
        at_least=0.4,
    ),
    Threshold(
        NetworkType.HUB_AND_SPOKE, "resilience", "a third or more would be cut off without that person", at_most=0.67
    ),
    Threshold(
        NetworkType.HUB_AND_SPOKE,
        "clustering",
        "spokes rarely know each other, and in a perfect star never",
        at_most=0.25,
    ),
    Threshold(NetworkType.MULTI_HUB, "largest_share", _MOSTLY_CONNECTED, at_least=0.6),
    Threshold(
        NetworkType.MULTI_HUB,
        "half_of_ties",
        "hubs have far more than their share: one in eight people, or fewer, have half of all connections",
        at_most=0.125,
        essential=True,
    ),
    Threshold(NetworkType.MULTI_HUB, "centralization", "no single hub is far ahead of the others", at_most=0.5),
    Threshold(
        NetworkType.MULTI_HUB,
        "modularity",
        "clusters form around hubs. Sparse networks reach 0.3 by chance (Guimerà and others 2004)",
        at_least=0.4,
    ),
    Threshold(NetworkType.MULTI_HUB, "core_fit", "separate hubs don’t form a single core", at_most=0.5),
    Threshold(NetworkType.CORE_AND_PERIPHERY, "largest_share", _MOSTLY_CONNECTED, at_least=0.6),
    Threshold(
        NetworkType.CORE_AND_PERIPHERY,
        "core_fit",
        "a correlation of 0.5 or more between connections and an ideal core is called large (Cohen 1988)",
        at_least=0.5,
        essential=True,
    ),
    Threshold(
        NetworkType.CORE_AND_PERIPHERY,
        "core_share",
        "with fewer than one in seven people, a core is just a few hubs. With more than half, it’s the whole network",
        at_least=0.15,
        at_most=0.5,
    ),
    Threshold(
        NetworkType.CORE_AND_PERIPHERY,
        "largest_core",
        "everyone in a core is connected with several others there",
        at_least=5,
    ),
    Threshold(
        NetworkType.CORE_AND_PERIPHERY,
        "largest_block",
        "most people at the edge know more than one person in the core",
        at_least=0.5,
    ),
    Threshold(
        NetworkType.CORE_AND_PERIPHERY,
        "centralization",
        "a core has many people, so no one person is the hub",
        at_most=0.5,
    ),
)
"""All thresholds, type by type."""
