"""Emergent activity: what members start together, who takes part, and whether it crosses the network's categories.

Activities are public, so nothing is hidden. People who asked not to be listed (`Show on map` = no) are counted but
never named.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from typing import Final

from nethealth.metric import Metric, Unit
from nethealth.privacy.common_values import value_for_groups
from nethealth.workbook.records import EmergentActivity, Workbook
from nethealth.workbook.schema.vocabulary import StartedBy

_GUEST: Final = "guest:"
"""How the keys of guests begin, who aren't in the directory; those of organizations begin with `org:`."""

QUIET_DAYS = 92
"""The longest quarter. After that long without a new activity, it's time to ask members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaborator:
    """A person or an organization that takes part in at least one activity."""

    key: str
    """A person's key, or `org:` and an organization's name in lowercase."""
    name: str | None
    """None for people who aren't to be listed."""
    is_organization: bool
    is_hub: bool
    activities: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaboratingPair:
    """Two collaborators with shared activities; `first` sorts before `second` by key."""

    first: str
    second: str
    activities: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredActivity:
    """An activity and its collaborators."""

    activity: EmergentActivity
    collaborators: tuple[str, ...]
    """Keys, in the workbook's order; `Emergence.names` has the names of those who may be listed."""
    with_hub: bool | None
    """True if the hub takes part; None without a hub or without collaborators."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergence:
    """Emergent activity up to one day."""

    as_of: dt.date
    started: tuple[RegisteredActivity, ...]
    """Activities that have started or have no date: latest start first, undated ones last."""
    planned: tuple[RegisteredActivity, ...]
    """Activities that start after `as_of`, soonest first. They count in no metric."""
    people: tuple[Collaborator, ...]
    """Most activities first."""
    pairs: tuple[CollaboratingPair, ...]
    """Each unordered pair once, most shared activities first, including people who aren't to be listed."""
    by_year: Mapping[str, int]
    """Activities by the calendar year of their start; undated ones aren't counted."""
    started_by: Mapping[str, int]
    """Activities by who started them: members, both, ESO; those that don't say aren't counted."""
    without_hub_share: float | None
    """The share of activities without the hub, among those with collaborators; None without a hub."""
    across: Mapping[str, float | None]
    """By column, the share of activities whose collaborators have at least two values of it, among those with at least
    two collaborators whose value is known; None if there are none.
    """
    names: Mapping[str, str]
    """Names by key of everyone who may be listed, including those in planned activities."""

    @property
    def count(self) -> int:
        """The number of activities that have started or have no date."""
        return len(self.started)

    @property
    def collaborators(self) -> int:
        """The number of different people and organizations that take part."""
        return len(self.people)

    @property
    def is_empty(self) -> bool:
        """True if there are no activities, not even planned ones."""
        return not self.started and not self.planned

    @property
    def quiet_since(self) -> dt.date | None:
        """The day of the latest start if that is at least a quarter ago and nothing is planned; None otherwise.

        None, too, if no activity has a date.
        """
        latest = next((each.activity.started for each in self.started if each.activity.started is not None), None)
        is_quiet = latest is not None and not self.planned and (self.as_of - latest).days >= QUIET_DAYS
        return latest if is_quiet else None

    @property
    def timeline(self) -> tuple[RegisteredActivity, ...]:
        """The dated activities, earliest first, with planned ones at the end."""
        dated = [each for each in self.started if each.activity.started is not None]
        return (*reversed(dated), *self.planned)

    def as_json(self) -> dict[str, object]:
        """Return the JSON form that scripts read."""
        return {
            "count": self.count,
            "by_year": dict(self.by_year),
            "collaborators": self.collaborators,
            "started_by": dict(self.started_by),
            "without_hub_share": self.without_hub_share,
            "across": dict(self.across),
        }


def summarize_emergence(workbook: Workbook, *, as_of: dt.date | None = None) -> Emergence:
    """Return the activities that have started by `as_of` (the workbook's today if None) and who takes part.

    Examples:
        >>> activities = (EmergentActivity(name="Choir", collaborators=("ana", "bo"), started=dt.date(2024, 5, 1)),)
        >>> emergence = summarize_emergence(Workbook(emergent=activities), as_of=dt.date(2024, 6, 1))
        >>> emergence.count, emergence.collaborators, dict(emergence.by_year)
        (1, 2, {'2024': 1})
    """
    day = as_of or workbook.today
    entries = [_registered(each, workbook) for each in workbook.emergent]
    planned = [each for each in entries if _is_planned(each, day)]
    started = [each for each in entries if not _is_planned(each, day)]
    started.sort(key=lambda each: -each.activity.started.toordinal() if each.activity.started else 0)
    planned.sort(key=lambda each: each.activity.started or dt.date.max)
    activities: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for each in started:
        activities.update(each.collaborators)
        pairs.update(combinations(sorted(each.collaborators), 2))
    with_hub = [each.with_hub for each in started if each.with_hub is not None]
    years = Counter(str(each.activity.started.year) for each in started if each.activity.started)
    starters = Counter(each.activity.started_by for each in started)
    names = {key: _name(key, workbook) for each in entries for key in each.collaborators}
    return Emergence(
        as_of=day,
        started=tuple(started),
        planned=tuple(planned),
        people=tuple(
            sorted(
                (
                    Collaborator(
                        key=key,
                        name=names[key],
                        is_organization=key not in workbook.people,
                        # Among codes, the hub's few people would stand out.
                        is_hub=_is_hub(key, workbook) and not workbook.are_names_replaced,
                        activities=count,
                    )
                    for key, count in activities.items()
                ),
                key=lambda one: (-one.activities, one.name or "", one.key),
            )
        ),
        pairs=tuple(
            CollaboratingPair(first=first, second=second, activities=count)
            for (first, second), count in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
        ),
        by_year=MappingProxyType(dict(sorted(years.items()))),
        started_by=MappingProxyType({by.value: starters[by] for by in StartedBy if starters[by]}),
        without_hub_share=sum(not hub for hub in with_hub) / len(with_hub) if with_hub else None,
        # Among codes, some values are hidden, and a share of the others would mislead.
        across=MappingProxyType(
            {
                column: _across(started, workbook, column)
                for column in (() if workbook.are_names_replaced else workbook.attributes)
            }
        ),
        names=MappingProxyType({key: name for key, name in names.items() if name is not None}),
    )


def _is_planned(each: RegisteredActivity, day: dt.date) -> bool:
    return each.activity.started is not None and each.activity.started > day


def _registered(activity: EmergentActivity, workbook: Workbook) -> RegisteredActivity:
    organizations = [f"org:{name.casefold()}" for name in activity.organizations]
    guests = [f"{_GUEST}{name.casefold()}" for name in activity.guests]
    keys = tuple(dict.fromkeys((*activity.collaborators, *organizations, *guests)))
    with_hub = any(_is_hub(key, workbook) for key in keys) if workbook.hub and keys else None
    return RegisteredActivity(activity=activity, collaborators=keys, with_hub=with_hub)


def _is_hub(key: str, workbook: Workbook) -> bool:
    """True if a collaborator is one of the hub's people, or an organization whose people all belong to the hub."""
    if not key.startswith("org:"):
        return key in workbook.hub
    staff = [
        person.key
        for person in workbook.people.values()
        if _organization(value_for_groups(person, "Organization")) == key
    ]
    return bool(staff) and workbook.hub.issuperset(staff)


def _organization(name: str | None) -> str | None:
    return f"org:{name.casefold()}" if name else None


def _name(key: str, workbook: Workbook) -> str | None:
    person = workbook.people.get(key)
    if person is not None:
        return person.name if person.on_map else None
    if key.startswith(_GUEST):
        guests = (name for each in workbook.emergent for name in each.guests)
        return next((name for name in guests if f"{_GUEST}{name.casefold()}" == key), None)
    spellings = (name for each in workbook.emergent for name in each.organizations)
    return next((name for name in spellings if _organization(name) == key), key)


def _across(activities: list[RegisteredActivity], workbook: Workbook, column: str) -> float | None:
    crosses = []
    for each in activities:
        values = [value for key in each.collaborators if (value := _value(key, workbook, column)) is not None]
        if len(values) > 1:
            crosses.append(len(set(values)) > 1)
    return sum(crosses) / len(crosses) if crosses else None


def _value(key: str, workbook: Workbook, column: str) -> str | None:
    person = workbook.people.get(key)
    if person is not None:
        value = person.attributes.get(column)
        return value.casefold() if value else None
    return key.removeprefix("org:") if key.startswith("org:") and column == "Organization" else None


METRICS: tuple[Metric, ...] = (
    Metric(
        id="count",
        label="Emergent activities",
        question="How many things have members started together?",
        reading="Every activity on the Emergent activity tab that has started. Activities without a date count too.",
        not_meaning="More isn’t always better: one lasting activity can matter more than ten short ones. "
        "And staff can only list what they hear about.",
        unit=Unit.COUNT,
        undefined="never",
        source="the Emergent activity tab",
    ),
    Metric(
        id="by_year",
        label="Started by year",
        question="When did they start?",
        reading="We count activities by the calendar year they started.",
        not_meaning="In a low year, people may just not have written things down.",
        unit=Unit.COUNT,
        undefined="no activity has a date",
        source="the Emergent activity tab",
    ),
    Metric(
        id="collaborators",
        label="Collaborators",
        question="How many different people and organizations take part?",
        reading="Each counts once, no matter how many activities they’re in.",
        not_meaning="It doesn’t say how much each one contributes.",
        unit=Unit.COUNT,
        undefined="never",
        source="the Emergent activity tab",
    ),
    Metric(
        id="started_by",
        label="Started by",
        question="Who started it: members, staff, or both?",
        reading="In a self-sustaining network, members start more and more on their own.",
        not_meaning="Activities that staff start with members aren’t worth less. They often show members that they can "
        "start something, too.",
        unit=Unit.COUNT,
        undefined="no activity says who started it",
        source="the Emergent activity tab",
    ),
    Metric(
        id="without_hub_share",
        label="Activities without the hub",
        question="How much happens without the hub?",
        reading="The share of activities in which no one from the hub takes part.",
        not_meaning="The hub may still have helped them start, for example with an introduction or a room.",
        unit=Unit.SHARE,
        undefined="the Settings tab names no hub, or no activity has collaborators",
        source="our own definition",
    ),
    Metric(
        id="across",
        label="Activities across categories",
        question="How many activities bring together different places, roles, or organizations?",
        reading="The share of activities whose collaborators have two or more different values in a column. We skip "
        "activities unless we know the value of at least two collaborators.",
        not_meaning="It doesn’t say how different the collaborators are, or whether the mix made an activity better.",
        unit=Unit.SHARE,
        undefined="no activity has two collaborators whose value we know",
        source="our own definition",
    ),
)
