"""What would change without the hub: the finding, a bar per wave, and metrics with and without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from nethealth.metric import Unit
from nethealth.network.analysis.hub_removal import HubRemoval, HubRole, analyze_hub_removal
from nethealth.network.graph import network_at
from nethealth.network.metrics.definitions import METRICS, REPORT_METRICS, RESPONSE_METRICS
from nethealth.network.metrics.network_metrics import NetworkMetrics
from nethealth.presentation.formatting import format_value, pluralize, single_line
from nethealth.presentation.table import Row
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import TieRule
from nethealth.workbook.waves import relationship_waves

NO_HUB_TITLE = "Name the hub to see what depends on it"
NO_HUB = (
    "In the Settings tab, add a row called Hub: your organization’s name as it appears in the Members tab, the names "
    "of its staff, or a tag they share. Then this section shows who would stay connected without the hub."
)
HUB_NOT_HERE_TITLE = "The hub isn’t shown here"
HUB_NOT_HERE = "Show everyone, or choose another wave, to see what would change without the hub."
NOT_MEANING = (
    "This doesn’t mean the hub should step back. Convening and hosting matter in ways that connections don’t show. It "
    "only shows whether members can reach each other without the hub."
)
SOURCES = "Everett & Borgatti 1999 on group centrality; Krackhardt 1994 on connectedness"
ROLE_LABELS: Mapping[HubRole, str] = MappingProxyType(
    {
        HubRole.HUB: "dependent",
        HubRole.STRONG_NODE: "partly dependent",
        HubRole.ONE_OF_MANY: "independent",
    }
)
"""How much the network depends on its hub, for each role that the hub can have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachBar:
    """What removing the hub would do to the pairs who can reach each other in one wave: shares that add up to 1."""

    label: str
    as_near: float
    longer: float
    cut_off: float
    role: HubRole

    @property
    def alt(self) -> str:
        """The bar as text for screen readers."""
        return (
            f"{single_line(self.label, longest=60)}: {_share(self.as_near)} as directly as now, "
            f"{_share(self.longer)} by a longer path, {_share(self.cut_off)} not at all"
        )


def hub_title(removal: HubRemoval) -> str:
    """Return how much the network depends on its hub, as a heading."""
    if removal.still_connected is None or removal.role is None:
        return "No one else is connected yet, with or without the hub"
    outcome = _still_connected(removal.still_connected)
    if removal.role is HubRole.ONE_OF_MANY:
        return f"The network doesn’t depend on its hub: without it, {outcome}"
    if removal.role is HubRole.STRONG_NODE:
        return f"The network depends partly on its hub: without it, {outcome}"
    if removal.still_connected < 0.5:
        only = "only " if removal.still_connected else ""
        return f"The network depends on its hub: without it, {only}{outcome}"
    return f"Most paths run through the hub: without it, {outcome}, mostly by longer paths"


def _still_connected(share: float) -> str:
    if share == 1:
        return "no one would be cut off"
    if share == 0:
        return "no one else would be connected"
    return f"{_share(share)} of pairs would stay connected"


def hub_text(removal: HubRemoval) -> str:
    """Return how many connections involve the hub, and who would have none without it."""
    hub = f"The hub ({removal.hub:,} of {pluralize(removal.hub + removal.others, 'person', 'people')})"
    if removal.hub_tie_share is None:
        return f"{hub} has no connections yet, and neither does anyone else."
    sentences = [
        f"{hub} is part of {_share(removal.hub_tie_share)} of all connections. It averages "
        f"{format_value(removal.hub_average_ties)} per person, compared with "
        f"{format_value(removal.with_hub.average_ties)} for everyone else."
    ]
    if removal.new_isolates:
        more = pluralize(removal.new_isolates, "more person", "more people")
        sentences.append(f"Without it, {more} would have no connections.")
    else:
        sentences.append("Without it, no one would lose their last connection.")
    if removal.sample is not None:
        sentences.append(f"We estimate path lengths from {removal.sample:,} people chosen at random.")
    return " ".join(sentences)


def reach_bars(by_wave: Sequence[tuple[str, HubRemoval]]) -> list[ReachBar]:
    """Return a bar for each wave in which at least two people outside the hub can reach each other."""
    return [
        ReachBar(
            label=label,
            as_near=removal.same_distance,
            longer=removal.longer_path,
            cut_off=removal.disconnected,
            role=removal.role,
        )
        for label, removal in by_wave
        if removal.same_distance is not None
        and removal.longer_path is not None
        and removal.disconnected is not None
        and removal.role is not None
    ]


def hub_removal_by_wave(workbook: Workbook, *, rule: TieRule) -> tuple[tuple[str | None, HubRemoval], ...]:
    """Return each wave's name and its hub removal, earliest first; waves without the hub are left out."""
    removals = (
        (wave.name, analyze_hub_removal(network_at(workbook, wave=wave.name, rule=rule), workbook.hub))
        for wave in relationship_waves(workbook)
    )
    return tuple((wave, removal) for wave, removal in removals if removal is not None)


def comparison_rows(removal: HubRemoval) -> list[Row]:
    """Return metrics of everyone but the hub, with the hub's connections and without them."""
    metrics: list[tuple[str, object, object, Unit]] = [
        (
            "Pairs who can reach each other",
            removal.with_hub.connectedness,
            removal.without_hub.connectedness,
            Unit.SHARE,
        ),
        ("In the largest component", removal.with_hub.largest_share, removal.without_hub.largest_share, Unit.SHARE),
        ("Components", removal.with_hub.components, removal.without_hub.components, Unit.COUNT),
        ("People with no connections", removal.with_hub.isolates, removal.without_hub.isolates, Unit.COUNT),
        ("Connections per person", removal.with_hub.average_ties, removal.without_hub.average_ties, Unit.NUMBER),
    ]
    return [
        {"Everyone but the hub": label, "With the hub": format_value(now, unit), "Without it": format_value(then, unit)}
        for label, now, then, unit in metrics
    ]


def all_metrics_rows(metrics: NetworkMetrics, hubless: NetworkMetrics, *, for_staff: bool) -> list[Row]:
    """Return every metric of the network with the hub in it, and of the network without the hub.

    The hub can be one person. So metrics of reports are for staff only.
    """
    left_out = RESPONSE_METRICS if for_staff else (*RESPONSE_METRICS, *REPORT_METRICS)
    return [
        {
            "Metric": metric.label,
            "With the hub": format_value(metric.value(metrics), metric.unit),
            "Without it": format_value(metric.value(hubless), metric.unit),
        }
        for metric in METRICS["network"]
        if metric.unit is not Unit.LABEL and metric.id not in left_out
    ]


def _share(share: float) -> str:
    return format_value(share, Unit.SHARE)
