"""The numbers that a snapshot keeps: metrics of the whole network, none about a person or a small category."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from nethealth.overview.facts import Facts
from nethealth.overview.movements import AGREE

__all__ = ["AGREE", "NAMES", "SHARES", "snapshot_numbers"]

NAMES: Final[Mapping[str, str]] = {
    "members": "Members",
    "engaged_share": "Members who took part recently",
    "network_members": "Members in the network",
    "ties": "Connections",
    "average_ties": "Connections per member",
    "density": "Density",
    "isolates": "Members with no connections",
    "largest_component": "Members in the largest component",
    "reciprocity": "Connections confirmed by both",
    "transitivity": "Closed triangles",
    "largest_component_without_hub": "Members in the largest component without the hub",
    "convenings": "Convenings",
    "attendance": "Average attendance",
    "activities": "Activities between convenings",
    "agreements": "Agreements adopted",
    "emergent_activities": "Emergent activities",
    "collaborators": "Collaborators",
    "without_hub_share": "Emergent activities without the hub",
    "conversations": "Conversations",
    "introductions": "Introductions",
    "survey_responses": "Survey responses",
    "response_rate": "Survey response rate",
}
"""By the number's id in a snapshot: what people call it. Agreement with an outcome is `agree: ` and its name."""
SHARES: Final = frozenset(
    {"engaged_share", "density", "reciprocity", "transitivity", "attendance", "without_hub_share", "response_rate"}
)
"""Numbers from 0 to 1 that people read as percentages, besides agreement."""


def snapshot_numbers(facts: Facts) -> dict[str, float]:
    """Return what is known on the day of the facts, by the ids of `NAMES`; undefined and hidden numbers are missing.

    Examples:
        >>> from nethealth.overview.facts import gather_facts
        >>> from nethealth.workbook.records import Workbook
        >>> numbers = snapshot_numbers(gather_facts(Workbook(), as_of=Workbook().today))
        >>> numbers["convenings"], "average_ties" in numbers
        (0.0, False)
    """
    return {name: float(value) for name, value in _numbers(facts) if isinstance(value, int | float)}


def _numbers(facts: Facts) -> Iterator[tuple[str, object]]:
    if facts.years:
        yield "members", facts.years[-1].end
    if facts.engagement is not None:
        yield "engaged_share", facts.engagement.engaged_share
    if facts.latest_wave is not None:
        metrics = facts.latest_wave.metrics
        yield "network_members", metrics.members
        for name in ("ties", "average_ties", "density", "isolates", "largest_component", "reciprocity", "transitivity"):
            yield name, getattr(metrics, name)
    if facts.without_hub is not None:
        yield "largest_component_without_hub", facts.without_hub.largest_component
    yield "convenings", facts.convenings.count
    yield "attendance", facts.convenings.attendance
    yield "activities", facts.activities.count
    yield "agreements", facts.agreements.adopted
    yield "emergent_activities", facts.emergence.count
    yield "collaborators", facts.emergence.collaborators
    yield "without_hub_share", facts.emergence.without_hub_share
    yield "conversations", facts.weaving.conversations
    yield "introductions", facts.weaving.introductions
    if facts.latest_survey is not None:
        yield "survey_responses", facts.latest_survey.responses
        yield "response_rate", facts.latest_survey.response_rate
        for outcome in facts.latest_survey.outcomes:
            yield f"{AGREE}{outcome.outcome}", outcome.top_two
