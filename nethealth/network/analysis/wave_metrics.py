"""The network over time, and the network without its hub."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from nethealth.network.graph import Network, network_at
from nethealth.network.metrics.network_metrics import NetworkMetrics, compute_network_metrics
from nethealth.network.waves import LATEST, relationship_waves
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import TieRule


@dataclass(frozen=True, slots=True, kw_only=True)
class TieTurnover:
    """What became of the ties between two waves, among people who are in both."""

    kept_ties: int
    new_ties: int
    lost_ties: int
    jaccard: float | None
    """Kept ties as a share of all ties that either wave has; None where neither has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveMetrics:
    """One wave: the figures of its network, and how its ties moved since the wave before."""

    wave: str | None
    date: dt.date | None
    metrics: NetworkMetrics
    kept_ties: int | None
    """None, as `new`, `lost` and `jaccard`, for the first wave."""
    new_ties: int | None
    lost_ties: int | None
    jaccard: float | None

    def as_json(self) -> dict[str, Any]:
        """The figures in the form that scripts read."""
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
    """The figures of every wave of relationships, earliest first; undated waves stand before all.

    Empty where the workbook has no wave and no tie at all. `rule` None means what the settings say.
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


def wave_metrics(network: Network, figures: NetworkMetrics, *, before: Network | None) -> WaveMetrics:
    """One wave's network with its figures, and how its ties moved since the network before (None: it is the first)."""
    change = tie_turnover(before, network) if before is not None else None
    return WaveMetrics(
        wave=network.wave,
        date=network.date,
        metrics=figures,
        kept_ties=change.kept_ties if change else None,
        new_ties=change.new_ties if change else None,
        lost_ties=change.lost_ties if change else None,
        jaccard=change.jaccard if change else None,
    )


def tie_turnover(before: Network, after: Network) -> TieTurnover:
    """Kept, new and lost ties (unordered pairs under each network's rule) among the people who are in both networks."""
    both = before.people.keys() & after.people.keys()

    earlier, later = ({pair for pair in network.pairs if both.issuperset(pair)} for network in (before, after))
    kept, either = len(earlier & later), len(earlier | later)
    return TieTurnover(
        kept_ties=kept,
        new_ties=len(later) - kept,
        lost_ties=len(earlier) - kept,
        jaccard=kept / either if either else None,
    )


def metrics_without_hub(
    workbook: Workbook, *, wave: str | None = LATEST, rule: TieRule | None = None
) -> NetworkMetrics | None:
    """The figures of the network when the hub (the ESO, its staff) and its ties are taken out.

    None where the workbook names no hub, or none of the hub is in that wave. Who answered and who was asked stay as
    they were. Raises `UnknownWave` as `network_at` does.
    """
    network = network_at(workbook, wave=wave, rule=rule)
    if workbook.hub.isdisjoint(network.people):
        return None
    return compute_network_metrics(network_at(workbook, wave=wave, rule=rule, without=workbook.hub))
