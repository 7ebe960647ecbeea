"""Dated participations, by the kind of record that names a person."""

from __future__ import annotations

import datetime as dt

from nethealth.infrastructure.participation import Participation, ParticipationKind, answers_by_name, participations
from nethealth.workbook.records import (
    Connection,
    Conversation,
    EmergentActivity,
    Gathering,
    SurveyResponse,
    Wave,
    Workbook,
)
from nethealth.workbook.schema.vocabulary import WaveKind

DAY = dt.date(2025, 3, 1)


def found(**records: object) -> list[tuple[str, ParticipationKind]]:
    workbook = Workbook(**records)  # type: ignore[arg-type]
    found = list(participations(workbook))
    assert all(isinstance(each, Participation) and each.day == DAY for each in found)
    return sorted((each.person, each.kind) for each in found)


def test_both_ends_of_a_dated_tie() -> None:
    ties = (Connection(source="a", target="b", date=DAY), Connection(source="c", target="d"))
    assert found(connections=ties) == [("a", ParticipationKind.TIE), ("b", ParticipationKind.TIE)]


def test_attendees_of_convenings_and_activities() -> None:
    assert found(
        convenings=(Gathering(date=DAY, title="x", attendees=("a",)),),
        activities=(Gathering(date=DAY, title="y", attendees=("b",)),),
    ) == [("a", ParticipationKind.CONVENING), ("b", ParticipationKind.ACTIVITY)]


def test_member_and_people_introduced_in_a_conversation() -> None:
    conversations = (Conversation(weaver="w", member="a", date=DAY, introduced_to=("b",)),)
    assert found(weaving=conversations) == [("a", ParticipationKind.WEAVING), ("b", ParticipationKind.WEAVING)]


def test_identified_respondents_only() -> None:
    responses = (
        SurveyResponse(wave=None, answers={}, respondent="a", date=DAY),
        SurveyResponse(wave=None, answers={}, date=DAY),
    )
    assert found(responses=responses) == [("a", ParticipationKind.SURVEY)]


def test_collaborators_on_the_day_an_activity_started() -> None:
    activities = (
        EmergentActivity(name="x", started=DAY, collaborators=("a",)),
        EmergentActivity(name="y", collaborators=("b",)),
    )
    assert found(emergent=activities) == [("a", ParticipationKind.COLLABORATION)]


def test_response_without_a_date_has_its_waves() -> None:
    workbook = Workbook(
        waves=(Wave(name="2024", kinds=frozenset({WaveKind.SURVEY}), date=dt.date(2024, 5, 1)),),
        responses=(
            SurveyResponse(wave="2024", answers={}, respondent="a"),
            SurveyResponse(wave="2024", answers={}, respondent="b", date=dt.date(2024, 6, 1)),
            SurveyResponse(wave="2024", answers={}),
        ),
    )
    assert list(answers_by_name(workbook)) == [("a", dt.date(2024, 5, 1)), ("b", dt.date(2024, 6, 1))]
