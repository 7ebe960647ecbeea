"""Emergent activity on a small register, worked by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nethealth.emergence.metrics import METRICS, summarize_emergence
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.workbook.records import EmergentActivity, Person, Settings, Workbook
from nethealth.workbook.schema.vocabulary import NameStyle, StartedBy


def person(key: str, region: str | None, organization: str | None = None, *, on_map: bool = True) -> Person:
    found = {"Region": region, "Organization": organization}
    return Person(
        key=key, name=key.title(), attributes={column: value for column, value in found.items() if value}, on_map=on_map
    )


PEOPLE = {
    each.key: each
    for each in (
        person("ana", "North", "Elm School"),
        person("bo", "north", "Oak School"),
        person("cy", "South", "Elm School", on_map=False),
        person("di", None),
        person("hub", "South", "The Network Office"),
    )
}
REGISTER = (
    EmergentActivity(
        name="Lesson study", collaborators=("ana", "bo"), started=dt.date(2023, 9, 1), started_by=StartedBy.MEMBERS
    ),
    EmergentActivity(
        name="Math night",
        collaborators=("ana", "bo", "cy"),
        organizations=("The Network Office",),
        started=dt.date(2024, 2, 1),
        started_by=StartedBy.ESO_WITH_MEMBERS,
    ),
    EmergentActivity(name="Book club", collaborators=("cy", "di"), started_by=StartedBy.MEMBERS),
    EmergentActivity(name="Summer institute", collaborators=("hub", "ana"), started=dt.date(2024, 3, 1)),
    EmergentActivity(name="Next year", collaborators=("di", "ana"), started=dt.date(2025, 1, 1)),
)
BOOK = Workbook(
    people=PEOPLE,
    hub=frozenset({"hub"}),
    attributes=("Organization", "Region"),
    emergent=REGISTER,
    today=dt.date(2024, 6, 1),
)


def test_guests_are_collaborators_without_values() -> None:
    choir = EmergentActivity(name="Choir", collaborators=("ana",), guests=("Dana Fox",), started=dt.date(2024, 3, 1))
    band = replace(choir, name="Band", guests=("dana fox",))
    found = summarize_emergence(replace(BOOK, emergent=(choir, band)))
    assert found.collaborators == 2
    assert [(pair.first, pair.second, pair.activities) for pair in found.pairs] == [("ana", "guest:dana fox", 2)]
    assert found.names["guest:dana fox"] == "Dana Fox"
    assert dict(found.across) == {"Organization": None, "Region": None}


def test_metrics_by_hand() -> None:
    found = summarize_emergence(BOOK)
    assert found.as_json() == {
        "count": 4,
        "by_year": {"2023": 1, "2024": 2},
        "collaborators": 6,  # four people, the hub, and its office as an organization
        "started_by": {"Members": 2, "ESO with members": 1},
        "without_hub_share": pytest.approx(2 / 4),  # the office is the hub: all who work there belong to it
        # Organization: Elm+Oak, Elm+Oak+Elm+Office, one known, Office+Elm. Region: North+north is one value,
        # North+South, one known, South+North. Activities with one known value are skipped.
        "across": {"Organization": 1, "Region": pytest.approx(2 / 3)},
    }


def test_latest_comes_first_and_undated_last() -> None:
    found = summarize_emergence(BOOK)
    assert [each.activity.name for each in found.started] == [
        "Summer institute",
        "Math night",
        "Lesson study",
        "Book club",
    ]
    assert [each.activity.name for each in found.planned] == ["Next year"]
    assert [each.activity.name for each in found.timeline] == [
        "Lesson study",
        "Math night",
        "Summer institute",
        "Next year",
    ]


def test_earlier_day_counts_only_what_had_started() -> None:
    found = summarize_emergence(BOOK, as_of=dt.date(2024, 1, 1))
    assert (found.count, found.collaborators) == (2, 4)
    assert len(found.planned) == 3


def test_pairs() -> None:
    pairs = {(pair.first, pair.second): pair.activities for pair in summarize_emergence(BOOK).pairs}
    assert pairs[("ana", "bo")] == 2
    assert pairs[("ana", "hub")] == 1
    assert len(pairs) == 8  # ana-bo; ana-cy, bo-cy and three with the office; cy-di; ana-hub


def test_unlisted_people_are_counted_and_not_named() -> None:
    found = summarize_emergence(BOOK)
    (hidden,) = [one for one in found.people if one.key == "cy"]
    assert (hidden.name, hidden.activities) == (None, 2)
    assert "Cy" not in found.names.values()
    assert found.names["org:the network office"] == "The Network Office"
    assert found.people[0].key == "ana"


def test_organization_with_other_people_is_not_the_hub() -> None:
    school = Workbook(
        people=PEOPLE,
        hub=frozenset({"ana"}),
        emergent=(EmergentActivity(name="x", collaborators=("bo",), organizations=("Elm School",)),),
    )
    assert summarize_emergence(school).without_hub_share == 1


def test_undefined_without_activities_or_hub() -> None:
    nothing = summarize_emergence(Workbook())
    assert nothing.is_empty
    assert nothing.as_json() == {
        "count": 0, "by_year": {}, "collaborators": 0, "started_by": {}, "without_hub_share": None, "across": {},
    }  # fmt: skip
    no_hub = summarize_emergence(Workbook(people=PEOPLE, emergent=REGISTER, today=dt.date(2024, 6, 1)))
    assert no_hub.without_hub_share is None
    alone = Workbook(
        people=PEOPLE, attributes=("Region",), emergent=(EmergentActivity(name="x", collaborators=("ana",)),)
    )
    assert summarize_emergence(alone).across == {"Region": None}


def test_repeated_collaborator_counts_once() -> None:
    twice = Workbook(people=PEOPLE, emergent=(EmergentActivity(name="x", collaborators=("ana", "ana", "bo")),))
    found = summarize_emergence(twice)
    assert [(one.key, one.activities) for one in found.people] == [("ana", 1), ("bo", 1)]
    assert len(found.pairs) == 1


def test_metric_ids_are_fields_of_the_result() -> None:
    found = summarize_emergence(BOOK)
    assert [metric.id for metric in METRICS if not hasattr(found, metric.id)] == []


def test_codes_do_not_say_who_the_hub_is() -> None:
    for style in NameStyle:
        shared = redact_for_viewers(replace(BOOK, settings=Settings(names=style)))
        found = summarize_emergence(shared)
        assert any(one.is_hub for one in found.people) == bool(found.across) == (style is NameStyle.NAMES)


def test_a_quarter_without_a_new_activity_is_quiet() -> None:
    register = (EmergentActivity(name="Choir", started=dt.date(2024, 2, 1)),)
    last_day = dt.date(2024, 2, 1) + dt.timedelta(days=91)
    assert summarize_emergence(Workbook(emergent=register), as_of=last_day).quiet_since is None
    later = summarize_emergence(Workbook(emergent=register), as_of=last_day + dt.timedelta(days=1))
    assert later.quiet_since == dt.date(2024, 2, 1)


def test_planned_or_undated_activities_are_not_quiet() -> None:
    assert summarize_emergence(BOOK, as_of=dt.date(2024, 12, 1)).quiet_since is None
    undated = Workbook(emergent=(EmergentActivity(name="Choir"),))
    assert summarize_emergence(undated).quiet_since is None
