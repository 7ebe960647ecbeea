"""Write docs/metrics.md from the definitions in the code: `make docs`. A test checks that the file is up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from nethealth.metric import Metric  # noqa: E402
from nethealth.network.analysis.hub_removal import HALF_SHARE, MOST_SHARE, NEARLY_ALL_SHARE, HubRole  # noqa: E402
from nethealth.network.analysis.nonresponse import ENOUGH_RESPONSES, FEW_RESPONSES  # noqa: E402
from nethealth.network.analysis.typology import FEWEST_TIED  # noqa: E402
from nethealth.network.analysis.typology_thresholds import (  # noqa: E402
    INDICATORS,
    KREBS_HOLLEY,
    THRESHOLDS,
    NetworkType,
    Threshold,
)
from nethealth.overview.metrics import METRICS, PAGE_METRICS, PAGE_SECTION_TITLES, SECTION_TITLES  # noqa: E402

WRITTEN = ROOT / "docs" / "metrics.md"


def page() -> str:
    """Return the whole page."""
    return "\n".join((*metric_lines(), *nonresponse_lines(), *hub_lines(), *typology_lines())).replace("’", "'") + "\n"


def metric_lines() -> Iterator[str]:
    """Yield every metric, section by section."""
    yield "# How every metric is defined"
    yield ""
    yield "`make docs` writes this page from the definitions that the pages and the command line use, too."
    yield "A share is 0 to 1 in `metrics --json` and a percentage on the pages."
    yield "Undefined is `null` in JSON and a dash on the pages."
    for section, metrics in METRICS.items():
        yield from section_lines(f"{SECTION_TITLES[section]} (`{section}`)", metrics)
    yield ""
    yield "# Only on the pages"
    for section, metrics in PAGE_METRICS.items():
        yield from section_lines(PAGE_SECTION_TITLES[section], metrics)


def section_lines(title: str, metrics: Iterable[Metric]) -> Iterator[str]:
    """Yield one section."""
    yield ""
    yield f"## {title}"
    for metric in metrics:
        yield ""
        yield f"### {metric.label} (`{metric.id}`, {metric.unit.value})"
        yield ""
        yield f"*{metric.question}* {metric.reading}"
        yield ""
        yield f"- What it doesn’t mean: {metric.not_meaning}"
        yield f"- Undefined: {metric.undefined}"
        yield f"- Source: {metric.source}"


def nonresponse_lines() -> Iterator[str]:
    """Yield how much the answers we don't have could change the metrics."""
    yield ""
    yield "## What missing answers could change"
    yield ""
    yield (
        "We show a range for each metric. One end is what people reported: nonrespondents have only the connections "
        "that others report. The other end is what we’d expect if they had answered as the respondents did."
    )
    yield ""
    yield (
        "Among pairs of respondents, M name each other, A are named by one side only, and N by neither. We assume that "
        "nonrespondents name back someone who named them with probability 2M / (2M + A), and name someone else with "
        "probability A / (A + 2N). Pairs of two nonrespondents are like pairs of respondents. This is an estimate, "
        "not a limit."
    )
    yield ""
    yield (
        f"- Rule of thumb: a response rate of {ENOUGH_RESPONSES:.0%} is enough. Below {FEW_RESPONSES:.0%}, the map "
        "shows who answered as much as who is connected"
    )
    yield "- Undefined: fewer than three people answered, no one was asked, or everyone answered"
    yield "- Source: Kossinets 2006; Huisman 2009; Smith & Moody 2013; Holland & Leinhardt 1970"


def hub_lines() -> Iterator[str]:
    """Yield what the network would be without its hub."""
    yield ""
    yield "## If the hub stepped back"
    yield ""
    yield (
        "We take all pairs of people outside the hub who can reach each other now. Without the hub, some would be as "
        "close, some would have a longer path, and some couldn’t reach each other. We count the same people with and "
        "without the hub’s connections."
    )
    yield ""
    yield f"- {HubRole.HUB.capitalize()}: fewer than {HALF_SHARE:.0%} of these pairs would be as close"
    yield (
        f"- {HubRole.ONE_OF_MANY.capitalize()}: at least {NEARLY_ALL_SHARE:.0%} could still reach each other, and "
        f"{MOST_SHARE:.0%} would be as close"
    )
    yield f"- {HubRole.STRONG_NODE.capitalize()}: anything else"
    yield "- Undefined: no hub is named or in the wave, or no two others can reach each other"
    yield "- Source: Krackhardt 1994 (connectedness); Everett & Borgatti 1999 (group betweenness)"


def typology_lines() -> Iterator[str]:
    """Yield the four network types and their thresholds."""
    yield ""
    yield "## The type of network"
    yield ""
    yield (
        f"The four types come from {KREBS_HOLLEY}. The thresholds are ours, each with its reason. We name a type when "
        "three quarters of its signs are met and no other type comes close. Required signs are marked. The hub’s "
        f"people count as one. We name no type if fewer than {FEWEST_TIED} people have connections."
    )
    for network_type in NetworkType:
        yield ""
        yield f"### {network_type.capitalize()}"
        yield ""
        yield from (sign(threshold) for threshold in THRESHOLDS if threshold.network_type is network_type)


def sign(threshold: Threshold) -> str:
    """Return one threshold as a list item."""
    indicator = INDICATORS[threshold.indicator]
    limits = [f"at least {threshold.at_least:g}"] if threshold.at_least is not None else []
    limits += [f"at most {threshold.at_most:g}"] if threshold.at_most is not None else []
    required = " (required)" if threshold.essential else ""
    return f"- {indicator.label}: {', '.join(limits)}{required}. Why: {threshold.reason}. Source: {indicator.source}."


if __name__ == "__main__":
    WRITTEN.write_text(page(), encoding="utf-8")
