"""Write docs/measures.md from the declarations in the code: `make docs`. A test holds the two together."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from nethealth.metric import Metric  # noqa: E402
from nethealth.network.analysis.hub_removal import HALF_SHARE, MOST_SHARE, NEARLY_ALL_SHARE, HubRole  # noqa: E402
from nethealth.network.analysis.nonresponse import ENOUGH_RESPONSES, FEW_RESPONSES  # noqa: E402
from nethealth.network.analysis.typology import FEWEST_TIED  # noqa: E402
from nethealth.network.analysis.typology_thresholds import INDICATORS, KREBS_HOLLEY, THRESHOLDS, NetworkType  # noqa: E402
from nethealth.overview.metrics import METRICS, PAGE_METRICS, PAGE_SECTION_TITLES, SECTION_TITLES  # noqa: E402

WRITTEN = ROOT / "docs" / "measures.md"


def lines() -> Iterator[str]:
    """The page, line by line."""
    yield "# How every figure is defined"
    yield ""
    yield "Made by `make docs` from the declarations beside the code; pages, glossary and command line read the same."
    yield "A share is 0 to 1 in `metrics --json`, a percentage on the pages. Undefined is `null`, on a page a dash."
    for section, measures in METRICS.items():
        yield ""
        yield f"## {SECTION_TITLES[section]} (`{section}`)"
        for measure in measures:
            yield from declared(measure)
    yield ""
    yield "# Shown on the pages alone"
    for subject, measures in PAGE_METRICS.items():
        yield ""
        yield f"## {PAGE_SECTION_TITLES[subject]}"
        for measure in measures:
            yield from declared(measure)


def page() -> str:
    """The whole page."""
    return "\n".join((*lines(), *beyond_the_figures())) + "\n"


def declared(measure: Metric) -> Iterator[str]:
    """One measure, line by line."""
    yield ""
    yield f"### {measure.label} (`{measure.id}`, {measure.unit.value})"
    yield ""
    yield f"*{measure.question}* {measure.reading}"
    yield ""
    yield f"- What it does not mean: {measure.not_meaning}"
    yield f"- Undefined: {measure.undefined}"
    yield f"- Source: {measure.source}"


def beyond_the_figures() -> Iterator[str]:
    """What the page on connections says besides the figures that scripts read."""
    yield ""
    yield "## What silence could change"
    yield ""
    yield (
        "Each figure from “as it was said” (the silent have no tie beyond what others say of them) to what is "
        "expected if they had answered as the respondents did. Of pairs of respondents M are mutual, A "
        "one-sided, N neither: a silent person names back with the chance 2M / (2M + A), names another with A / "
        "(A + 2N); two silent people are such pairs as often as respondents are. An estimate, no limit."
    )
    yield ""
    few = "the map shows who answered as much as who is tied"
    yield f"- A rule of thumb: enough answered from {ENOUGH_RESPONSES:.0%} on; below {FEW_RESPONSES:.0%} {few}"
    yield "- Undefined: fewer than three people answered, nobody was asked, or nobody is silent"
    yield "- Source: Kossinets 2006; Huisman 2009; Smith & Moody 2013; Holland & Leinhardt 1970"
    yield ""
    yield "## If the hub stepped back"
    yield ""
    yield (
        "Of the pairs of people who are not the hub and who reach each other now: who would reach each other "
        "by as short a way without the hub, by a longer one, or no more. Everything is counted for the same "
        "people with the hub’s ties and without them."
    )
    yield ""
    yield f"- {HubRole.HUB.capitalize()}: fewer than {HALF_SHARE:.0%} of these pairs would be as near"
    yield (
        f"- {HubRole.ONE_OF_MANY.capitalize()}: at least {NEARLY_ALL_SHARE:.0%} would still reach each other, and "
        f"{MOST_SHARE:.0%} be as near; {HubRole.STRONG_NODE} otherwise"
    )
    yield "- Undefined: no hub is named or in the wave, or no two others reach each other"
    yield "- Source: Krackhardt 1994 (connectedness); Everett & Borgatti 1999 (group betweenness)"
    yield ""
    yield "## The shape of the network"
    yield ""
    yield (
        f"Four shapes after {KREBS_HOLLEY}; their limits are ours, each for the reason given. A shape is named "
        "when three quarters of its signs are there and no other has nearly as many; a sign that must be "
        f"there is marked. The hub’s people count as one. With fewer than {FEWEST_TIED} people who have a tie "
        "there is none."
    )
    for shape in NetworkType:
        yield ""
        yield f"### {shape.capitalize()}"
        yield ""
        for sign in (sign for sign in THRESHOLDS if sign.network_type is shape):
            indicator = INDICATORS[sign.indicator]
            limits = [f"at least {sign.at_least:g}"] if sign.at_least is not None else []
            limits += [f"at most {sign.at_most:g}"] if sign.at_most is not None else []
            must = " (must be there)" if sign.essential else ""
            yield f"- {indicator.label}: {', '.join(limits)}{must}: {sign.reason}. After {indicator.source}."


if __name__ == "__main__":
    WRITTEN.write_text(page(), encoding="utf-8")
