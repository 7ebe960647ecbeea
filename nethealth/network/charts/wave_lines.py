"""A small line chart for each metric over all waves, with a title that says how it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nethealth.metric import Metric, Unit
from nethealth.network.analysis.nonresponse import hidden_responses
from nethealth.network.analysis.wave_metrics import WaveMetrics
from nethealth.network.metrics.definitions import METRICS
from nethealth.network.metrics.network_metrics import NetworkMetrics
from nethealth.presentation.formatting import UNDEFINED, format_value, single_line
from nethealth.presentation.sparkline import sparkline
from nethealth.privacy.suppression import TooFew

LINE_METRICS: tuple[tuple[str, str], ...] = (
    ("average_ties", "Connections per member"),
    ("density", "Density"),
    ("largest_component", "The share in the largest component"),
    ("isolates", "The share with no connections"),
    ("reciprocity", "The share of connections confirmed by both"),
    ("transitivity", "The share of closed triangles"),
    ("average_path_length", "Steps between people"),
    ("response_rate", "The response rate"),
)
"""The metrics that have a line, and each one's name in a title. Counts of people are shares here, since a growing
network has more people of every kind."""
SHARES_OF_MEMBERS = ("largest_component", "isolates")


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveLine:
    """One metric over all waves."""

    title: str
    """How it changed."""
    picture: str
    """The line, as SVG."""
    points: tuple[tuple[str, str], ...]
    """Each wave's name and formatted value, oldest first."""
    alt: str
    """The chart as text for screen readers."""


def wave_lines(waves: Sequence[WaveMetrics], *, smallest_group: int = 0) -> tuple[WaveLine, ...]:
    """Return a line for each of `LINE_METRICS` that at least two waves have.

    The response rate is hidden for waves in which fewer than `smallest_group` people answered, or did not.
    """
    metrics = {metric.id: metric for metric in METRICS["network"]}
    lines = (_line(metrics[name], label, waves, smallest_group=smallest_group) for name, label in LINE_METRICS)
    return tuple(line for line in lines if line is not None)


def _line(metric: Metric, label: str, waves: Sequence[WaveMetrics], *, smallest_group: int) -> WaveLine | None:
    shown = [_value(metric, wave.metrics, smallest_group=smallest_group) for wave in waves]
    values = [None if isinstance(value, TooFew) else value for value in shown]
    picture = sparkline(values)
    if picture is None:
        return None
    unit = Unit.SHARE if metric.id in SHARES_OF_MEMBERS else metric.unit
    names = [single_line(wave.wave, longest=24) if wave.wave else "Unnamed wave" for wave in waves]
    points = tuple(zip(names, (format_value(value, unit) for value in shown), strict=True))
    title = f"{label} {_change(values, unit)}"
    return WaveLine(
        title=title,
        picture=picture,
        points=points,
        alt=f"{title}. " + ", ".join(f"{name}: {value}" for name, value in points),
    )


def _value(metric: Metric, metrics: NetworkMetrics, *, smallest_group: int) -> float | TooFew | None:
    if metric.id == "response_rate" and (withheld := hidden_responses(metrics, smallest_group=smallest_group)):
        return withheld
    value = metric.value(metrics)
    if metric.id in SHARES_OF_MEMBERS:
        return value / metrics.members if metrics.members else None
    return None if value is None else float(value)


def _change(values: Sequence[float | None], unit: Unit) -> str:
    """Return `rose from 3.1 to 4.3`, or `rose to 4.3, then fell back to 3.1`.

    Judged by the formatted values: a change no reader would see is none.
    """
    known = [value for value in values if value is not None]
    first, *between, last = (_without_unit(format_value(value, unit)) for value in known)
    if first == last:
        # The latest wave that differs says where the metric comes from.
        at = next((at for at in reversed(range(len(between))) if between[at] != last), None)
        if at is None:
            return f"stayed at {first}"
        if known[at + 1] > known[-1]:
            return f"rose to {between[at]}, then fell back to {last}"
        return f"fell to {between[at]}, then rose back to {last}"
    return f"{'rose' if known[-1] > known[0] else 'fell'} from {first} to {last}"


def _without_unit(text: str) -> str:
    """Drop the unit, which the title names already."""
    return text.split()[0] if text != UNDEFINED else text
