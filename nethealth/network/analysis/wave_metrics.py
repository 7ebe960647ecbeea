"""Metrics by wave, and metrics without the hub."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from nethealth.network.graph import Network, network_at
from nethealth.network.metrics.network_metrics import NetworkMetrics, compute_network_metrics
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import TieRule
from nethealth.workbook.waves import LATEST, relationship_waves


@dataclass(frozen=True, slots=True, kw_only=True)
class TieTurnover:
    """Kept, new, and lost ties between two waves, among people who are in both."""

    kept_ties: int
    new_ties: int
    lost_ties: int
    jaccard: float | None
    """Kept ties as a share of the ties in either wave, 0 to 1; None if neither has any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveMetrics:
    """The metrics of one wave, and how its ties changed since the wave before."""

    wave: str | None
    date: dt.date | None
    metrics: NetworkMetrics
    kept_ties: int | None
    """None for the first wave, like `new_ties`, `lost_ties`, and `jaccard`."""
    new_ties: int | None
    lost_ties: int | None
    jaccard: float | None

    def as_json(self) -> dict[str, Any]:
        """Return them as JSON-ready values."""
        return {
            "wave": self.wave,
            "date": self.date.isoformat() if self.date else None,
            **self.metrics.as_json(),
            "kept": self.kept_ties,
            "new": self.new_ties,
            "lost": self.lost_ties,
            "jaccard": self.jaccard,
        }


def metrics_by_wave(workbook: Workbook, *, rule: TieRule | None = None) -> tuple[WaveMetrics, ...]:
    """Return the metrics of every wave of relationships, undated ones first, then by date.

    Empty if the workbook has no waves and no ties. `rule` None means the settings' tie rule.
    """
    found: list[WaveMetrics] = []
    before: Network | None = None
    for one in relationship_waves(workbook):
        if one.wave is None and not one.reports and not one.facts:
            continue
        network = network_at(workbook, wave=one.name, rule=rule)
        found.append(wave_metrics(network, compute_network_metrics(network), before=before))
        before = network
    return tuple(found)


def wave_metrics(network: Network, metrics_of_wave: NetworkMetrics, *, before: Network | None) -> WaveMetrics:
    """Return one wave's metrics and how its ties changed since the network `before`, which is None for the first."""
    change = tie_turnover(before, network) if before is not None else None
    return WaveMetrics(
        wave=network.wave,
        date=network.date,
        metrics=metrics_of_wave,
        kept_ties=change.kept_ties if change else None,
        new_ties=change.new_ties if change else None,
        lost_ties=change.lost_ties if change else None,
        jaccard=change.jaccard if change else None,
    )


def tie_turnover(before: Network, after: Network) -> TieTurnover:
    """Return kept, new, and lost ties (unordered pairs under each network's rule) among people in both networks."""
    both = before.people.keys() & after.people.keys()

    earlier, later = ({pair for pair in network.pairs if both.issuperset(pair)} for network in (before, after))
    kept_count, either = len(earlier & later), len(earlier | later)
    return TieTurnover(
        kept_ties=kept_count,
        new_ties=len(later) - kept_count,
        lost_ties=len(earlier) - kept_count,
        jaccard=kept_count / either if either else None,
    )


def metrics_without_hub(
    workbook: Workbook, *, wave: str | None = LATEST, rule: TieRule | None = None
) -> NetworkMetrics | None:
    """Return the metrics of the network without the hub (the ESO and its staff) and its ties.

    None if the workbook has no hub, or no one of the hub is in that wave. Respondents and invited stay the same. Raises
    `UnknownWave` like `network_at`.
    """
    network = network_at(workbook, wave=wave, rule=rule)
    if workbook.hub.isdisjoint(network.people):
        return None
    return compute_network_metrics(network_at(workbook, wave=wave, rule=rule, without=workbook.hub))
