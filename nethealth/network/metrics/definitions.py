"""The definitions of all network metrics, read from `definitions.toml`: for pages, glossary, docs, and command line."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from nethealth.metric import Metric, load_metrics

_SECTIONS = load_metrics("nethealth.network.metrics", "definitions.toml")

METRICS: Mapping[str, tuple[Metric, ...]] = MappingProxyType(
    {name: _SECTIONS[name] for name in ("network", "people", "segments", "waves")}
)
"""By section of `metrics --json`."""

PAGE_METRICS: Mapping[str, tuple[Metric, ...]] = MappingProxyType(
    {name: _SECTIONS[name] for name in ("chance", "groups", "tie-values", "wave-change", "convening-effect")}
)
"""Metrics that only pages show, by subject."""

REPORT_METRICS = ("reported_ties", "reported_density", "mutual_pairs", "reciprocity")
"""Metrics of a network that count who reports whom. About a few people, they are for staff only."""
RESPONSE_METRICS = ("respondents", "response_rate")
"""Metrics of a network that count who answered; for staff only in the same way."""
