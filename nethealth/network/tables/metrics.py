"""The network's metrics to read: value, change since the wave before, effect of missing responses, and meaning.

Values from cells (a wave's name) are as typed: callers escape them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from nethealth.metric import Metric, Unit
from nethealth.network.analysis.nonresponse import Range, hidden_responses
from nethealth.network.analysis.tie_rule_comparison import TieRuleComparison
from nethealth.network.analysis.wave_metrics import WaveMetrics
from nethealth.network.connectivity import Connectivity
from nethealth.network.metrics.definitions import METRICS, REPORT_METRICS, RESPONSE_METRICS
from nethealth.network.metrics.network_metrics import NetworkMetrics
from nethealth.presentation.formatting import format_value, pluralize, single_line, uppercase_first
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.schema.vocabulary import TieRule

_BY_ID: Mapping[str, Metric] = MappingProxyType({metric.id: metric for metric in METRICS["network"]})

KEY_METRICS = ("average_path_length", "transitivity", "cut_members", "groups")
"""What most meetings need next to the cards beside the map, most important first."""
RESPONSE = "Who answered"
OTHER_METRICS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Next to the map": ("average_ties", "density", "isolates", "largest_component"),
        "Size": ("members", "ties"),
        "Distance": ("average_clustering", "diameter"),
        "Components": ("components", "cut_ties"),
        "Concentration": ("degree_centralization", "largest_core", "core_members"),
        "What people report": REPORT_METRICS,
        "Clusters": ("modularity",),
        RESPONSE: RESPONSE_METRICS,
    }
)
"""Every other metric by topic. `wave` and `respondents_rule` are chosen above the map."""
DENSITIES = frozenset({"density", "reported_density"})
"""Metrics to read together with connections per member, since density falls as a network grows."""
COUNTS_OF_PEOPLE = frozenset({"isolates", "largest_component", "core_members"})
ESTIMATED = frozenset({"average_path_length", "diameter"})
"""Metrics that are estimated for very large networks."""
WAVE_BEFORE = "the wave before"


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricEntry:
    """One metric as people read it."""

    id: str
    label: str
    value: str
    """Formatted; a dash if undefined."""
    context: str | None
    """What to read it with: its whole, or connections per member."""
    change: str | None
    """The change since the wave before; None for the first wave."""
    range: str | None
    """What it would be if everyone had answered; None if that looks the same."""
    estimate: str | None
    """How many people it is estimated from, and the margin of error; None if exact."""
    question: str
    reading: str
    not_meaning: str
    undefined: str
    """When there is no value, as a sentence; empty if there always is one."""
    is_undefined: bool
    source: str


def key_entries(connected: Connectivity, ranges: Mapping[str, Range]) -> list[MetricEntry]:
    """Return the metrics to read first."""
    return [_entry(metric_id, connected, ranges) for metric_id in KEY_METRICS]


def other_entries(
    connected: Connectivity,
    ranges: Mapping[str, Range],
    *,
    answers: TooFew | None = None,
    smallest_group: int = 0,
) -> dict[str, list[MetricEntry]]:
    """Return every other metric by topic, without those of reports and responses if they aren't counted.

    `answers` replaces the response rate if that is hidden. Its change is left out too, and so it is if fewer than
    `smallest_group` answered in the wave before, or did not.
    """
    by_topic = {
        topic: [_entry(metric_id, connected, ranges) for metric_id in ids]
        for topic, ids in OTHER_METRICS.items()
        if connected.counts_reports or ids not in (REPORT_METRICS, RESPONSE_METRICS)
    }
    if not connected.counts_reports:
        return by_topic
    before = connected.previous_wave
    if answers is not None:
        by_topic[RESPONSE] = [replace(entry, value=str(answers), change=None) for entry in by_topic[RESPONSE]]
    elif before is not None and hidden_responses(before.metrics, smallest_group=smallest_group):
        by_topic[RESPONSE] = [replace(entry, change=None) for entry in by_topic[RESPONSE]]
    return by_topic


def _entry(metric_id: str, connected: Connectivity, ranges: Mapping[str, Range]) -> MetricEntry:
    metric, metrics = _BY_ID[metric_id], connected.metrics
    value = metric.value(metrics)
    context = None
    if metric.id in DENSITIES and value is not None:
        context = f"with {format_value(metrics.average_ties)} connections per member"
    elif metric.id in COUNTS_OF_PEOPLE:
        context = f"of {pluralize(metrics.members, 'person', 'people')}"
    return MetricEntry(
        id=metric.id,
        label=metric.label,
        value=format_value(value, metric.unit),
        context=context,
        change=change_text(metric, metrics, connected.previous_wave),
        range=range_text(ranges.get(metric_id), metric.unit),
        estimate=estimate_text(metric, metrics),
        question=metric.question,
        reading=metric.reading,
        not_meaning=metric.not_meaning,
        undefined=undefined_text(metric),
        is_undefined=value is None,
        source=metric.source,
    )


def undefined_text(metric: Metric) -> str:
    """Return when the metric has no value, or which value stands in for none; empty if neither ever happens."""
    when = metric.undefined.removeprefix("never").lstrip("; ")
    if when == metric.undefined:
        return f"No value if {when}."
    return f"{uppercase_first(when)}." if when else ""


def estimate_text(metric: Metric, metrics: NetworkMetrics) -> str | None:
    """Return how many people a metric is estimated from, and its margin of error; None if exact."""
    if metrics.sample is None or metric.id not in ESTIMATED or metric.value(metrics) is None:
        return None
    error = metrics.average_path_length_error if metric.id == "average_path_length" else None
    margin = f", give or take {format_value(error, metric.unit)}" if error is not None else ""
    return f"estimated from {metrics.sample:,} people{margin}"


def change_text(metric: Metric, metrics: NetworkMetrics, before: WaveMetrics | None) -> str | None:
    """Return `up from 5.1` or `no change`, judged by the formatted values; None without a wave before."""
    if before is None:
        return None
    now, then = metric.value(metrics), metric.value(before.metrics)
    if then is None:
        return None if now is None else "no value before"
    formatted = format_value(then, metric.unit)
    if now is None:
        return f"{formatted} before"
    if format_value(now, metric.unit) == formatted:
        return "no change"
    # The value already shows the unit.
    return f"{'up' if now > then else 'down'} from {formatted.removesuffix(' steps').removesuffix(' step')}"


def range_text(range_: Range | None, unit: Unit) -> str | None:
    """Return what the metric would be if everyone had answered; None if that looks the same."""
    if range_ is None:
        return None
    reported, estimate = format_range(range_, unit)
    return None if reported == estimate else f"about {estimate} if everyone had answered"


def format_range(range_: Range, unit: Unit) -> tuple[str, str]:
    """Return the metric as reported, and the estimate if everyone had answered; people are whole."""
    estimate = round(range_.if_all_answered) if unit is Unit.COUNT else range_.if_all_answered
    return format_value(range_.as_reported, unit), format_value(estimate, unit)


CONDITIONS: Mapping[TieRule, str] = MappingProxyType(
    {
        TieRule.EITHER: "If one person’s report were enough",
        TieRule.BOTH: "If both people had to confirm each connection",
    }
)


def other_rule_text(other: TieRuleComparison, metrics: NetworkMetrics) -> str:
    """Return what the same network would look like under the other tie rule, in one sentence."""
    condition = CONDITIONS[other.rule]
    if other.ties == metrics.ties:
        return f"{condition}, there would be just as many."
    if not other.ties:
        return f"{condition}, there would be none."
    return (
        f"{condition}, there would be {pluralize(other.ties, 'connection')}, {format_value(other.average_ties)} per "
        f"person, and {pluralize(other.isolates, 'person', 'people')} with none."
    )


def comparison_text(before: WaveMetrics | None, *, smallest_group: int = 0) -> str | None:
    """Return the wave that metrics are compared with; None for the first wave.

    Its response rate is left out if fewer than `smallest_group` answered, or did not.
    """
    if before is None:
        return None
    rate = before.metrics.response_rate
    hidden = hidden_responses(before.metrics, smallest_group=smallest_group)
    response = "" if rate is None or hidden else f" ({format_value(rate, Unit.SHARE)} answered)"
    name = single_line(before.wave, longest=60) if before.wave else WAVE_BEFORE
    return f"Compared with {name}{response}."
