"""Emergent activity: what members start together, with whom, and whether it reaches across the network.

Activities are named openly, so nothing here is held back; who asked not to be listed (`Show on map` = no) is
counted and never named.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

from nethealth.metric import Metric, Unit
from nethealth.workbook.records import EmergentActivity, Workbook
from nethealth.workbook.schema.vocabulary import StartedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaborator:
    """A person or an organization that takes part in at least one activity."""

    key: str
    """A person's key; an organization's name in lower case, after `org:`."""
    name: str | None
    """None: not to be listed anywhere; counted only."""
    is_organization: bool
    is_hub: bool
    activities: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaboratingPair:
    """Two who take part in the same activities; `first` comes before `second` in the order of their keys."""

    first: str
    second: str
    activities: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredActivity:
    """An activity with what can be told of those who take part."""

    activity: EmergentActivity
    collaborators: tuple[str, ...]
    """Keys, in the order of the sheet; `Emergence.names` has the names of those who may be listed."""
    with_hub: bool | None
    """Whether the hub is among them; None without a hub or without collaborators."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergence:
    """Emergent activity up to one day."""

    as_of: dt.date
    register: tuple[RegisteredActivity, ...]
    """Latest start first, those without a date last."""
    planned: tuple[RegisteredActivity, ...]
    """Activities whose start lies after `as_of`: in no figure. Soonest first."""
    people: tuple[Collaborator, ...]
    """Most activities first."""
    pairs: tuple[CollaboratingPair, ...]
    """Each unordered pair once, most activities first; among them those who are not to be listed."""
    by_year: Mapping[str, int]
    """By the calendar year of the start; activities without a date are left out."""
    started_by: Mapping[str, int]
    """In the order members, both, ESO; activities that do not say are left out."""
    without_hub_share: float | None
    across: Mapping[str, float | None]
    names: Mapping[str, str]
    """By key, of all who may be listed, in planned activities too."""

    @property
    def count(self) -> int:
        """How many activities have started (or have no date)."""
        return len(self.register)

    @property
    def collaborators(self) -> int:
        """How many different people and organizations take part."""
        return len(self.people)

    @property
    def is_empty(self) -> bool:
        """Whether there is no activity at all, planned ones included."""
        return not self.register and not self.planned

    @property
    def timeline(self) -> tuple[RegisteredActivity, ...]:
        """The activities with a date, earliest first, planned ones at the end."""
        dated = [each for each in self.register if each.activity.started is not None]
        return (*reversed(dated), *self.planned)

    def as_json(self) -> dict[str, object]:
        """The form that scripts read."""
        return {
            "count": self.count,
            "by_year": dict(self.by_year),
            "collaborators": self.collaborators,
            "started_by": dict(self.started_by),
            "without_hub_share": self.without_hub_share,
            "across": dict(self.across),
        }


def summarize_emergence(workbook: Workbook, *, as_of: dt.date | None = None) -> Emergence:
    """What has started up to `as_of` (today unless given), and who takes part.

    `without_hub_share` is the share of activities in which nobody of the hub takes part, among those with
    collaborators; None without a hub. `across` is, by column, the share of activities whose collaborators have two
    values or more, among those with two collaborators whose value is known; None where there is none such.
    """
    day = as_of or workbook.today
    entries = [_registered(each, workbook) for each in workbook.emergent]
    planned = [each for each in entries if _is_planned(each, day)]
    begun = [each for each in entries if not _is_planned(each, day)]
    begun.sort(key=lambda each: -each.activity.started.toordinal() if each.activity.started else 0)
    planned.sort(key=lambda each: each.activity.started or dt.date.max)
    activities: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for each in begun:
        activities.update(each.collaborators)
        together.update(combinations(sorted(each.collaborators), 2))
    hubs = [each.with_hub for each in begun if each.with_hub is not None]
    years = Counter(str(each.activity.started.year) for each in begun if each.activity.started)
    started = Counter(each.activity.started_by for each in begun)
    names = {key: _name(key, workbook) for each in entries for key in each.collaborators}
    return Emergence(
        as_of=day,
        register=tuple(begun),
        planned=tuple(planned),
        people=tuple(
            sorted(
                (
                    Collaborator(
                        key=key,
                        name=names[key],
                        is_organization=key not in workbook.people,
                        is_hub=_is_hub(key, workbook),
                        activities=count,
                    )
                    for key, count in activities.items()
                ),
                key=lambda one: (-one.activities, one.name or "", one.key),
            )
        ),
        pairs=tuple(
            CollaboratingPair(first=first, second=second, activities=count)
            for (first, second), count in sorted(together.items(), key=lambda item: (-item[1], item[0]))
        ),
        by_year=MappingProxyType(dict(sorted(years.items()))),
        started_by=MappingProxyType({by.value: started[by] for by in StartedBy if started[by]}),
        without_hub_share=sum(not hub for hub in hubs) / len(hubs) if hubs else None,
        across=MappingProxyType({column: _across(begun, workbook, column) for column in workbook.attributes}),
        names=MappingProxyType({key: name for key, name in names.items() if name is not None}),
    )


def _is_planned(each: RegisteredActivity, day: dt.date) -> bool:
    return each.activity.started is not None and each.activity.started > day


def _registered(activity: EmergentActivity, workbook: Workbook) -> RegisteredActivity:
    organizations = [f"org:{name.casefold()}" for name in activity.organizations]
    keys = tuple(dict.fromkeys((*activity.collaborators, *organizations)))
    with_hub = any(_is_hub(key, workbook) for key in keys) if workbook.hub and keys else None
    return RegisteredActivity(activity=activity, collaborators=keys, with_hub=with_hub)


def _is_hub(key: str, workbook: Workbook) -> bool:
    """Whether a collaborator is the hub: one of its people, or the organization at which all that work belong to it."""
    if not key.startswith("org:"):
        return key in workbook.hub
    staff = [person.key for person in workbook.people.values() if _organization(person.organization) == key]
    return bool(staff) and workbook.hub.issuperset(staff)


def _organization(name: str | None) -> str | None:
    return f"org:{name.casefold()}" if name else None


def _name(key: str, workbook: Workbook) -> str | None:
    person = workbook.people.get(key)
    if person is not None:
        return person.name if person.on_map else None
    spelled = (name for each in workbook.emergent for name in each.organizations)
    return next((name for name in spelled if _organization(name) == key), key)


def _across(register: list[RegisteredActivity], workbook: Workbook, column: str) -> float | None:
    spans = []
    for each in register:
        values = [value for key in each.collaborators if (value := _value(key, workbook, column)) is not None]
        if len(values) > 1:
            spans.append(len(set(values)) > 1)
    return sum(spans) / len(spans) if spans else None


def _value(key: str, workbook: Workbook, column: str) -> str | None:
    person = workbook.people.get(key)
    if person is not None:
        value = person.attributes.get(column)
        return value.casefold() if value else None
    return key.removeprefix("org:") if column == "Organization" else None


METRICS: tuple[Metric, ...] = (
    Metric(
        id="count",
        label="Emergent activities",
        question="How many things have members started together?",
        reading="Everything in the register that has begun; activities without a date count as begun.",
        not_meaning="More is not better: one that lasts can matter more than ten that do not. "
        "And staff only see what they hear of.",
        unit=Unit.COUNT,
        undefined="never",
        source="the Emergent activity tab",
        compute=lambda emergence: emergence.count,
    ),
    Metric(
        id="by_year",
        label="Started by year",
        question="When did they start?",
        reading="By the calendar year of the start.",
        not_meaning="A quiet year may be one in which nobody wrote things down.",
        unit=Unit.COUNT,
        undefined="no activity has a date",
        source="the Emergent activity tab",
        compute=lambda emergence: emergence.by_year,
    ),
    Metric(
        id="collaborators",
        label="Collaborators",
        question="How many different members and organizations take part?",
        reading="Each counts once, however many activities they are in.",
        not_meaning="It does not say how much each contributes.",
        unit=Unit.COUNT,
        undefined="never",
        source="the Emergent activity tab",
        compute=lambda emergence: emergence.collaborators,
    ),
    Metric(
        id="started_by",
        label="Started by",
        question="Who took the first step: members, staff, or both?",
        reading="In a network that carries itself, members start more and more without being asked.",
        not_meaning="What staff start with members is not worth less; it is often how members learn that they may.",
        unit=Unit.COUNT,
        undefined="no activity says who started it",
        source="the Emergent activity tab",
        compute=lambda emergence: emergence.started_by,
    ),
    Metric(
        id="without_hub_share",
        label="Carried without the hub",
        question="How much goes on in which the hub takes no part?",
        reading="The share of activities with nobody of the hub among their collaborators.",
        not_meaning="The hub may have helped them begin all the same: by an introduction, a room, a word.",
        unit=Unit.SHARE,
        undefined="Settings name no hub, or no activity has collaborators",
        source="our own definition",
        compute=lambda emergence: emergence.without_hub_share,
    ),
    Metric(
        id="across",
        label="Reaches across",
        question="How many activities bring together people from different places, roles or organizations?",
        reading="The share of activities whose collaborators have two values or more in that column, among activities "
        "with two collaborators or more whose value is known.",
        not_meaning="It does not say how far apart they are, nor whether the difference made them better.",
        unit=Unit.SHARE,
        undefined="no activity has two collaborators whose value is known",
        source="our own definition",
        compute=lambda emergence: emergence.across,
    ),
)
