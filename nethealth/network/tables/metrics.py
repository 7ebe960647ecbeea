"""The figures of the network to read: what each says, how it moved, what silence could change, what it does not mean.

Values from cells (a wave's name) are as typed: whoever shows them escapes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from nethealth.metric import Metric, Unit
from nethealth.network import METRICS, NetworkMetrics, Range, TieRuleComparison, WaveMetrics, hidden_responses
from nethealth.network.connectivity import Connectivity
from nethealth.presentation.formatting import format_value, pluralize, single_line
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.schema.vocabulary import TieRule

_BY_ID: Mapping[str, Metric] = MappingProxyType({measure.id: measure for measure in METRICS["network"]})

READ_FIRST = (
    "average_ties",
    "density",
    "isolates",
    "largest_component",
    "average_path_length",
    "transitivity",
    "cut_members",
    "groups",
)
"""What most meetings need, most important first. Density stands beside ties per member, which it is read with."""
GROUPED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "How many": ("members", "ties"),
        "How closely": ("average_clustering", "diameter"),
        "How it hangs together": ("components", "cut_ties"),
        "Who carries it": ("degree_centralization", "largest_core", "core_members"),
        "What people say of each other": ("reported_ties", "reported_density", "mutual_pairs", "reciprocity"),
        "Groups": ("modularity",),
        "Who answered": ("respondents", "response_rate"),
    }
)
"""Every other figure, by what it tells. `wave` and `respondents_rule` are what was chosen, and stand above the map."""
BESIDE_TIES = frozenset({"density", "reported_density"})
ESTIMATED = frozenset({"average_path_length", "diameter"})
"""What is estimated of a network as a whole where it is very large."""
WAVE_BEFORE = "the wave before"


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricEntry:
    """One figure as it is read."""

    id: str
    label: str
    value: str
    """As it is written; a dash where it is undefined."""
    beside: str | None
    """What it must be read beside."""
    moved: str | None
    """How it moved since the wave before; None for the first wave."""
    range: str | None
    """What it could be had everybody answered; None where silence changes nothing that one would see."""
    estimate: str | None
    """From how many people it is estimated, and how far it may be off; None where it is exact."""
    question: str
    reading: str
    not_meaning: str
    undefined: str
    """When there is no figure, as a sentence."""
    is_undefined: bool
    source: str


def first_title(figures: NetworkMetrics) -> str:
    """How many ties people have and how many have none, as a heading."""
    if figures.average_ties is None:
        return "Nobody is in this network yet"
    alone = (
        "nobody without any"
        if not figures.isolates
        else f"{pluralize(figures.isolates, 'person', 'people')} without any"
    )
    return f"{format_value(figures.average_ties)} ties per member, and {alone}"


def first_entries(connected: Connectivity, ranges: Mapping[str, Range]) -> list[MetricEntry]:
    """The figures to read first."""
    return _entries(READ_FIRST, connected, ranges)


def other_entries(
    connected: Connectivity,
    ranges: Mapping[str, Range],
    *,
    answers: TooFew | None = None,
    smallest_group: int = 0,
) -> dict[str, list[MetricEntry]]:
    """Every other figure, by what it tells.

    `answers` stands in place of who answered where that is held back; how that moved is left out, too, and where fewer
    than `smallest_group` answered in the wave before, or did not.
    """
    told = {title: _entries(ids, connected, ranges) for title, ids in GROUPED.items()}
    before = connected.previous_wave
    if answers is not None:
        told["Who answered"] = [replace(entry, value=str(answers), moved=None) for entry in told["Who answered"]]
    elif before is not None and hidden_responses(before.metrics, smallest_group=smallest_group):
        told["Who answered"] = [replace(entry, moved=None) for entry in told["Who answered"]]
    return told


def _entries(ids: Iterable[str], connected: Connectivity, ranges: Mapping[str, Range]) -> list[MetricEntry]:
    return [_entry(_BY_ID[each], connected, ranges.get(each)) for each in ids]


def _entry(measure: Metric, connected: Connectivity, silence: Range | None) -> MetricEntry:
    figures = connected.metrics
    value = measure.compute(figures)
    return MetricEntry(
        id=measure.id,
        label=measure.label,
        value=format_value(value, measure.unit),
        beside=(
            f"beside {format_value(figures.average_ties)} ties per member"
            if measure.id in BESIDE_TIES and value is not None
            else f"of {pluralize(figures.members, 'person', 'people')}"
            if measure.id in ("isolates", "largest_component", "core_members", "cut_members")
            else None
        ),
        moved=moved_text(measure, figures, connected.previous_wave),
        range=range_text(silence, measure.unit),
        estimate=estimate_text(measure, figures),
        question=measure.question,
        reading=measure.reading,
        not_meaning=measure.not_meaning,
        undefined=undefined_text(measure),
        is_undefined=value is None,
        source=measure.source,
    )


def undefined_text(measure: Metric) -> str:
    """When the figure is a dash, as a sentence."""
    when = measure.undefined.removeprefix("never").lstrip("; ")
    if when == measure.undefined:
        return f"No figure: {when}."
    return f"There is always a figure{f': {when}' if when else ''}."


def estimate_text(measure: Metric, figures: NetworkMetrics) -> str | None:
    """From how many people a figure is estimated and by how much it may be off; None where it is exact."""
    if figures.sample is None or measure.id not in ESTIMATED or measure.compute(figures) is None:
        return None
    error = figures.average_path_length_error if measure.id == "average_path_length" else None
    off = f", give or take {format_value(error, measure.unit)}" if error is not None else ""
    return f"estimated from {figures.sample:,} people{off}"


def moved_text(measure: Metric, figures: NetworkMetrics, before: WaveMetrics | None) -> str | None:
    """Up, down or as it was, as far as one sees it in the figures as they are written; None without a wave before."""
    if before is None:
        return None
    wave = _called(before)
    now, then = measure.compute(figures), measure.compute(before.metrics)
    if then is None:
        return None if now is None else f"no figure in {wave}"
    written = format_value(then, measure.unit)
    if now is None:
        return f"{written} in {wave}"
    if format_value(now, measure.unit) == written:
        return f"as in {wave}"
    return f"{'up' if now > then else 'down'} from {written} in {wave}"


def range_text(silence: Range | None, unit: Unit) -> str | None:
    """What the figure would be had the silent answered as the others did; None where one would not see it."""
    if silence is None:
        return None
    said, alike = written_ends(silence, unit)
    if said == alike:
        return None
    return f"about {alike} if everybody had answered alike"


def written_ends(silence: Range, unit: Unit) -> tuple[str, str]:
    """Both ends as they are written: as it was said, and as the respondents answered. People are whole."""
    alike = round(silence.if_all_answered) if unit is Unit.COUNT else silence.if_all_answered
    return format_value(silence.as_reported, unit), format_value(alike, unit)


RULES = {
    TieRule.EITHER: "if one of the two saying so were enough",
    TieRule.BOTH: "if both had to say so",
}


def other_rule_text(other: TieRuleComparison, figures: NetworkMetrics) -> str:
    """One sentence on what the other rule would say of the same network."""
    if other.ties == figures.ties:
        return f"It would be the same {pluralize(other.ties, 'tie')} {RULES[other.rule]}."
    if not other.ties:
        return f"No tie would count {RULES[other.rule]}."
    return (
        f"It would be {pluralize(other.ties, 'tie')} {RULES[other.rule]}, {format_value(other.average_ties)} for each "
        f"person on average, and {pluralize(other.isolates, 'person', 'people')} without one."
    )


def compared_text(before: WaveMetrics | None, *, smallest_group: int = 0) -> str | None:
    """With what the figures are compared, and how many answered then; None for the first wave.

    How many answered is left out where fewer than `smallest_group` did, or did not.
    """
    if before is None:
        return None
    rate = before.metrics.response_rate
    hidden = hidden_responses(before.metrics, smallest_group=smallest_group)
    told = "" if rate is None or hidden else f", when {format_value(rate, Unit.SHARE)} answered"
    return f"Compared with {_called(before)}{told}."


def _called(before: WaveMetrics) -> str:
    """The wave before by its name, cut where that would fill the page."""
    return single_line(before.wave, longest=60) if before.wave else WAVE_BEFORE
