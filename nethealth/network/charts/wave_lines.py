"""A line for each figure that one follows from wave to wave, with a title that says how it moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nethealth.metric import Metric, Unit
from nethealth.network import METRICS, NetworkMetrics, WaveMetrics, hidden_responses
from nethealth.presentation.formatting import UNDEFINED, format_value, single_line
from nethealth.presentation.sparkline import sparkline
from nethealth.privacy.suppression import TooFew

FOLLOWED: tuple[tuple[str, str], ...] = (
    ("average_ties", "Ties per member"),
    ("density", "Density"),
    ("largest_component", "The largest group’s share"),
    ("isolates", "The share without a tie"),
    ("reciprocity", "The share of ties that both report"),
    ("transitivity", "The share of closed triangles"),
    ("average_path_length", "Steps from one person to another"),
    ("response_rate", "The share who answered"),
)
"""The figures that have a line, in their order, and how a title names each. Counts of people are shares of them here:
a network that grows has more people of every kind."""
OF_MEMBERS = ("largest_component", "isolates")


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveLine:
    """One figure over all waves."""

    title: str
    """How it moved, in words."""
    picture: str
    """The line as SVG."""
    points: tuple[tuple[str, str], ...]
    """Each wave's name and its figure as it is written; oldest first."""
    words: str
    """All of it for those who do not see the line."""


def wave_lines(waves: Sequence[WaveMetrics], *, smallest_group: int = 0) -> tuple[WaveLine, ...]:
    """A line for each of `FOLLOWED` that two waves or more have; empty with fewer than two waves.

    How many answered is held back for waves in which fewer than `smallest_group` did, or did not.
    """
    declared = {measure.id: measure for measure in METRICS["network"]}
    found = (_line(declared[name], words, waves, smallest_group=smallest_group) for name, words in FOLLOWED)
    return tuple(line for line in found if line is not None)


def _line(measure: Metric, words: str, waves: Sequence[WaveMetrics], *, smallest_group: int) -> WaveLine | None:
    told = [_figure(measure, one.metrics, smallest_group=smallest_group) for one in waves]
    values = [None if isinstance(figure, TooFew) else figure for figure in told]
    picture = sparkline(values)
    if picture is None:
        return None
    unit = Unit.SHARE if measure.id in OF_MEMBERS else measure.unit
    names = [single_line(one.wave, longest=24) if one.wave else "Unnamed wave" for one in waves]
    points = tuple(zip(names, (format_value(figure, unit) for figure in told), strict=True))
    title = f"{words} {_moved(values, unit)}"
    return WaveLine(
        title=title,
        picture=picture,
        points=points,
        words=f"{title}. " + ", ".join(f"{name}: {value}" for name, value in points),
    )


def _figure(measure: Metric, figures: NetworkMetrics, *, smallest_group: int) -> float | TooFew | None:
    if measure.id == "response_rate" and (held := hidden_responses(figures, smallest_group=smallest_group)):
        return held
    value = measure.compute(figures)
    if measure.id in OF_MEMBERS:
        return value / figures.members if figures.members else None
    return None if value is None else float(value)


def _moved(values: Sequence[float | None], unit: Unit) -> str:
    """`rose from 3.1 to 4.3`, by what is written: a move that no reader would see is none."""
    known = [value for value in values if value is not None]
    first, last = (_bare(format_value(value, unit)) for value in (known[0], known[-1]))
    if first == last:
        steady = all(_bare(format_value(value, unit)) == first for value in known)
        return f"held at {first}" if steady else f"is back at {first}"
    return f"{'rose' if known[-1] > known[0] else 'fell'} from {first} to {last}"


def _bare(text: str) -> str:
    """Without the unit's word, which the title says already."""
    return text.split()[0] if text != UNDEFINED else text
