"""All metrics in one place: what each domain defines, and their values for a workbook as scripts read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from nethealth import experience, infrastructure, weaving
from nethealth.emergence import metrics as emergence
from nethealth.metric import Metric
from nethealth.mindset import metrics as mindset
from nethealth.network.analysis.attribute_mixing import measure_mixing
from nethealth.network.analysis.wave_metrics import metrics_by_wave, metrics_without_hub
from nethealth.network.graph import network_at
from nethealth.network.metrics.definitions import METRICS as NETWORK_METRICS
from nethealth.network.metrics.definitions import PAGE_METRICS as NETWORK_PAGE_METRICS
from nethealth.network.metrics.network_metrics import compute_exact_metrics
from nethealth.privacy.common_values import columns_of_groups
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import TieRule
from nethealth.workbook.waves import LATEST

METRICS: Mapping[str, tuple[Metric, ...]] = MappingProxyType(
    {
        **NETWORK_METRICS,
        **infrastructure.METRICS,
        "weaving": weaving.METRICS,
        "experience": experience.METRICS,
        "emergence": emergence.METRICS,
        "mindset": mindset.METRICS,
    }
)
"""Every metric, by its section in `metrics --json`."""

SECTION_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "network": "The network as a whole",
        "people": "Each person in the network",
        "segments": "Categories of an attribute",
        "waves": "Changes between waves",
        "membership": "Membership",
        "engagement": "Engagement",
        "weaving": "Weaving",
        "convenings": "Convenings",
        "activities": "Activities between convenings",
        "platform": "Communication platform",
        "agreements": "Agreements",
        "experience": "Participant experience",
        "emergence": "Emergent activity",
        "mindset": "Mindset reflection",
    }
)
"""The title of each section, for the Guide page and the docs."""

PAGE_METRICS: Mapping[str, tuple[Metric, ...]] = MappingProxyType(
    {**NETWORK_PAGE_METRICS, **infrastructure.PAGE_METRICS}
)
"""Metrics that only the pages show, by section: `metrics --json` has none of these."""

PAGE_SECTION_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "chance": "Categories, compared with random shuffles",
        "groups": "Clusters and brokers",
        "tie-values": "Strength, trust, value, and frequency of connections",
        "wave-change": "Changes between waves",
        "convening-effect": "Connections around convenings",
        "cohorts": "Who stays, by join date",
        "representation": "Representation: who is here, and who is missing",
        "attendance": "First-time and returning participants",
    }
)
"""The title of each of these sections."""


def all_metrics(
    workbook: Workbook,
    *,
    wave: str | None = None,
    rule: TieRule | None = None,
    period: str = "year",
    as_of: dt.date | None = None,
) -> dict[str, Any]:
    """Return every metric of a workbook, as `metrics --json` prints it (docs/metrics.md defines each).

    Without `wave` it is the latest wave, without `rule` the rule of the workbook's settings, and without `as_of` the
    workbook's today. Undefined metrics are None; metrics about too few people are `{"withheld": "fewer than 5"}`.
    """
    today = as_of or workbook.today
    selected = network_at(workbook, wave=wave if wave is not None else LATEST, rule=rule)
    # Scripts compare these numbers with others, so nothing is estimated, however long it takes.
    whole, people = compute_exact_metrics(selected)
    return {
        "network": as_json(whole),
        "people": [
            as_json(person)
            for person in people
            # People who opted out of the map are counted everywhere and listed nowhere.
            if workbook.people[person.key].on_map
        ],
        "segments": {
            column: as_json(measure_mixing(selected, workbook, column=column)) for column in columns_of_groups(workbook)
        },
        "waves": as_json(metrics_by_wave(workbook, rule=rule)),
        "without_hub": as_json(metrics_without_hub(workbook, wave=selected.wave, rule=rule)),
        "membership": as_json(
            infrastructure.membership_by_period(workbook, period=infrastructure.Period(period), as_of=today)
        ),
        "engagement": as_json(infrastructure.summarize_engagement(workbook, as_of=today)),
        "weaving": as_json(weaving.summarize_weaving(workbook, as_of=today)),
        "convenings": as_json(infrastructure.summarize_convenings(workbook, as_of=today)),
        "activities": as_json(infrastructure.summarize_activities(workbook, as_of=today)),
        "platform": {
            summary.platform: as_json(summary) for summary in infrastructure.summarize_platforms(workbook, as_of=today)
        },
        "agreements": as_json(infrastructure.summarize_agreements(workbook, as_of=today)),
        "experience": as_json(experience.summarize_experience(workbook)),
        "emergence": as_json(emergence.summarize_emergence(workbook)),
        "mindset": as_json(mindset.summarize_mindset(workbook)),
    }


def as_json(value: Any) -> Any:
    """Convert a result to JSON types, by its own `as_json` method or else field by field."""
    if hasattr(value, "as_json"):
        return value.as_json()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [as_json(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    return value
