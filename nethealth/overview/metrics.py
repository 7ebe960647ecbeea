"""All measures in one place: what each domain declares, and every figure of a workbook as scripts read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol

from nethealth import experience, infrastructure, network, weaving
from nethealth.emergence import metrics as emergence
from nethealth.metric import Metric
from nethealth.mindset import metrics as mindset
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import TieRule

METRICS: Mapping[str, tuple[Metric, ...]] = MappingProxyType(
    {
        **network.METRICS,
        **infrastructure.METRICS,
        "weaving": weaving.METRICS,
        "experience": experience.METRICS,
        "emergence": emergence.METRICS,
        "mindset": mindset.METRICS,
    }
)
"""Every declared measure, by the section of `metrics --json` in which its figure stands."""

SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "network": "The network as a whole",
        "people": "Each person in the network",
        "segments": "Groups by an attribute",
        "waves": "From wave to wave",
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
"""What each section is about, for the glossary and the docs."""


PAGE_METRICS: Mapping[str, tuple[Metric, ...]] = MappingProxyType(
    {**network.PAGE_METRICS, **infrastructure.PAGE_METRICS}
)
"""Measures of what the pages alone show, by their subject: scripts read none of these."""

PAGE_SUBJECTS: Mapping[str, str] = MappingProxyType(
    {
        "chance": "Groups by an attribute, beside chance",
        "groups": "Groups found in the ties, and who holds them together",
        "tie-values": "How ties are: strength, trust, value, frequency",
        "convening-effect": "Ties around convenings",
        "cohorts": "Who stays, by when they joined",
        "make-up": "Who is here and who is missing",
        "attendance": "Who comes for the first time, and who comes again",
    }
)
"""What each of these subjects is about."""


class SpeaksJson(Protocol):
    """A result that knows the form in which scripts read it."""

    def as_json(self) -> Any:
        """The result as JSON's own types."""
        ...


def all_metrics(
    workbook: Workbook,
    *,
    wave: str | None = None,
    rule: TieRule | None = None,
    period: str = "year",
    as_of: dt.date | None = None,
) -> dict[str, Any]:
    """Every figure of a workbook, in the form of `metrics --json` (docs/measures.md defines each).

    `wave` None means the latest wave; `rule` None what the workbook's settings say; `as_of` None the workbook's today.
    Undefined figures are None; those about too few people are `{"withheld": "fewer than 5"}`.
    """
    today = as_of or workbook.today
    chosen = network.network_at(workbook, wave=wave if wave is not None else network.LATEST, rule=rule)
    columns = (*workbook.attributes, *workbook.private_attributes)
    # Scripts compare figures with others': for them nothing is estimated, however long it takes.
    whole, people = network.compute_exact_metrics(chosen)
    return {
        "network": as_json(whole),
        "people": [
            as_json(person)
            for person in people
            # Who is not to be on the map is counted everywhere and listed nowhere.
            if workbook.people[person.key].on_map
        ],
        "segments": {column: as_json(network.measure_mixing(chosen, workbook, column=column)) for column in columns},
        "waves": _each(network.metrics_by_wave(workbook, rule=rule)),
        "without_hub": as_json(network.without_hub(workbook, wave=chosen.wave, rule=rule)),
        "membership": _each(
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
        "experience": _each(experience.summarize_experience(workbook)),
        "emergence": as_json(emergence.summarize_emergence(workbook)),
        "mindset": _each(mindset.summarize_mindset(workbook)),
    }


def as_json(value: Any) -> Any:
    """A result in the types that JSON has: by its own `as_json`, else field by field."""
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


def _each(results: Iterable[SpeaksJson]) -> list[Any]:
    return [as_json(result) for result in results]
