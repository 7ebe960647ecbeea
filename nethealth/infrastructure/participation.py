"""Dated participations: every time the workbook names a person as taking part in something."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from nethealth.workbook.records import PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import WaveKind


class ParticipationKind(StrEnum):
    """Where a person is named."""

    TIE = "A connection"
    CONVENING = "A convening"
    ACTIVITY = "An activity"
    WEAVING = "A weaving conversation"
    SURVEY = "A survey response"
    COLLABORATION = "An emergent activity"


@dataclass(frozen=True, slots=True)
class Participation:
    """One person named on one day in one kind of record."""

    person: PersonKey
    day: dt.date
    kind: ParticipationKind


def participations(workbook: Workbook) -> Iterator[Participation]:
    """Yield every dated participation, in no order, including those of guests and of people who left.

    A person takes part when the workbook names them: at either end of a dated tie (reports and facts alike), among the
    attendees of a convening or an activity, in a weaving conversation (the member and the people they were introduced
    to), in a survey response (dated by its wave if it has no date), or among the collaborators of an emergent activity
    (on the day it started).
    """
    for tie in workbook.connections:
        if tie.date is not None:
            yield Participation(tie.source, tie.date, ParticipationKind.TIE)
            yield Participation(tie.target, tie.date, ParticipationKind.TIE)
    for kind, gatherings in (
        (ParticipationKind.CONVENING, workbook.convenings),
        (ParticipationKind.ACTIVITY, workbook.activities),
    ):
        for gathering in gatherings:
            if gathering.date is not None:
                for key in gathering.attendees:
                    yield Participation(key, gathering.date, kind)
    for conversation in workbook.weaving:
        if conversation.date is not None:
            for key in (conversation.member, *conversation.introduced_to):
                yield Participation(key, conversation.date, ParticipationKind.WEAVING)
    for key, day in answers_by_name(workbook):
        yield Participation(key, day, ParticipationKind.SURVEY)
    for activity in workbook.emergent:
        if activity.started is not None:
            for key in activity.collaborators:
                yield Participation(key, activity.started, ParticipationKind.COLLABORATION)


def answers_by_name(workbook: Workbook) -> Iterator[tuple[PersonKey, dt.date]]:
    """Yield who answered a survey by name, and when; undated answers count on their survey's date, if any."""
    names = {response.wave for response in workbook.responses}
    surveys = {name: workbook.wave_named(name, kind=WaveKind.SURVEY) for name in names}
    for response in workbook.responses:
        survey = surveys[response.wave]
        day = response.date or (survey.date if survey else None)
        if response.respondent is not None and day is not None:
            yield response.respondent, day
