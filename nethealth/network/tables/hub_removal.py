"""If the hub stepped back: the finding in words, the bars of who would still reach whom, the figures side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nethealth.metric import Unit
from nethealth.network import (
    METRICS,
    HubRemoval,
    HubRole,
    NetworkMetrics,
    analyze_hub_removal,
    network_at,
    relationship_waves,
)
from nethealth.presentation.formatting import format_value, pluralize, single_line
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import TieRule

Row = dict[str, object]

NO_HUB_TITLE = "If we stepped back: name the hub to see"
NO_HUB = (
    "Write who the hub is in the Settings tab, in a row called Hub: your organization’s name as it stands in the "
    "Members tab, the names of its staff, or a tag that they share. Then this shows what would hold if the hub "
    "stepped back."
)
HUB_NOT_HERE_TITLE = "If we stepped back: the hub is not among these people"
HUB_NOT_HERE = "Without it nothing would change here. Look at everybody, or at another wave, to see what would hold."
NOT_MEANING = (
    "Not that the hub should step back, nor that it is not needed: whoever convenes, hosts and remembers does more "
    "than hold ties. It shows whether people have ways to each other besides."
)
SOURCES = "Everett & Borgatti 1999 on what hangs on a group; Krackhardt 1994 on who reaches whom"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachBar:
    """What would become of the pairs who reach each other in one wave: three shares that make up one."""

    label: str
    as_near: float
    longer: float
    cut_off: float
    role: HubRole

    @property
    def in_words(self) -> str:
        """The bar for those who do not see it."""
        return (
            f"{single_line(self.label, longest=60)}: {_share(self.as_near)} as directly as now, "
            f"{_share(self.longer)} by a "
            f"longer way, {_share(self.cut_off)} no more"
        )


def stepping_back_title(found: HubRemoval) -> str:
    """Whether the hub is the hub or one of many nodes, as a heading."""
    if found.still_connected is None or found.role is None:
        return "If we stepped back: no two others reach each other yet"
    if found.role is HubRole.ONE_OF_MANY:
        return f"The hub is one of many nodes: without it {_still(found.still_connected)}"
    if found.role is HubRole.STRONG_NODE:
        return f"The hub is a strong node, not the only one: without it {_still(found.still_connected)}"
    if found.still_connected < 0.5:
        return (
            f"The network hangs on its hub: without it only {_share(found.still_connected)} of pairs "
            "would still reach each other"
        )
    return f"Most ways run through the hub: without it {_still(found.still_connected)}, mostly by longer ways"


def _still(share: float) -> str:
    if share == 1:
        return "everybody who reaches each other now still would"
    return f"{_share(share)} of pairs would still reach each other"


def stepping_back_text(found: HubRemoval) -> str:
    """What it would mean: who would stand alone, and how much hangs on the hub's own ties."""
    hub = f"The hub, {found.hub:,} of the {found.hub + found.others:,} people here,"
    if found.hub_tie_share is None:
        return f"{hub} has no tie yet, and nobody else has one."
    said = (
        f"{hub} has part in {_share(found.hub_tie_share)} of all ties: "
        f"{format_value(found.hub_average_ties)} for each of "
        f"the hub, where the others have {format_value(found.with_hub.average_ties)} each. "
    )
    if found.new_isolates:
        said += f"Without it {pluralize(found.new_isolates, 'more person', 'more people')} would have no tie at all."
    else:
        said += "Nobody would be left without any tie who has one now."
    if found.sample is not None:
        said += f" Lengths of ways are told from {found.sample:,} people drawn by lot."
    return said


def bars(by_wave: Sequence[tuple[str, HubRemoval]]) -> list[ReachBar]:
    """A bar for each wave in which two others reach each other."""
    return [
        ReachBar(
            label=label,
            as_near=found.same_distance,
            longer=found.longer_path,
            cut_off=found.disconnected,
            role=found.role,
        )
        for label, found in by_wave
        if found.same_distance is not None
        and found.longer_path is not None
        and found.disconnected is not None
        and found.role is not None
    ]


def stepping_back_by_wave(workbook: Workbook, *, rule: TieRule) -> tuple[tuple[str | None, HubRemoval], ...]:
    """Each wave's name with what would hold without the hub, earliest first; waves without the hub are left out."""
    told = (
        (one.name, analyze_hub_removal(network_at(workbook, wave=one.name, rule=rule), workbook.hub))
        for one in relationship_waves(workbook)
    )
    return tuple((wave, found) for wave, found in told if found is not None)


def with_and_without_rows(found: HubRemoval) -> list[Row]:
    """The figures of everybody but the hub, with the hub's ties in place and without them."""
    pairs: list[tuple[str, object, object, Unit]] = [
        ("Pairs who can reach each other", found.with_hub.connectedness, found.without_hub.connectedness, Unit.SHARE),
        ("In the largest part", found.with_hub.largest_share, found.without_hub.largest_share, Unit.SHARE),
        ("Parts", found.with_hub.components, found.without_hub.components, Unit.COUNT),
        ("People without a tie", found.with_hub.isolates, found.without_hub.isolates, Unit.COUNT),
        ("Ties per person", found.with_hub.average_ties, found.without_hub.average_ties, Unit.NUMBER),
    ]
    return [
        {"Of the others": label, "With the hub": format_value(now, unit), "Without it": format_value(then, unit)}
        for label, now, then, unit in pairs
    ]


def every_figure_rows(figures: NetworkMetrics, hubless: NetworkMetrics) -> list[Row]:
    """Every figure of the network with the hub in it, and of the network in which it is not."""
    return [
        {
            "Figure": measure.label,
            "With the hub": format_value(measure.compute(figures), measure.unit),
            "Without it": format_value(measure.compute(hubless), measure.unit),
        }
        for measure in METRICS["network"]
        if measure.unit is not Unit.LABEL and measure.id not in ("respondents", "response_rate")
    ]


def _share(share: float) -> str:
    return format_value(share, Unit.SHARE)
