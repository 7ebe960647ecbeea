"""Every time that the workbook names somebody as taking part in something, with its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from nethealth.workbook.records import PersonKey, Workbook


class ParticipationKind(StrEnum):
    """Where a member was named."""

    TIE = "A tie"
    CONVENING = "A convening"
    ACTIVITY = "An activity"
    WEAVING = "A weaving conversation"
    SURVEY = "A survey answer"
    COLLABORATION = "An emergent activity"


@dataclass(frozen=True, slots=True)
class Participation:
    """One person, one day, one way of taking part."""

    person: PersonKey
    day: dt.date
    way: ParticipationKind


def participations(workbook: Workbook) -> Iterator[Participation]:
    """Everything dated in which people are named, in no order; guests and people who left are in it.

    Taking part is being named: at either end of a tie with a date of its own (reports and facts alike), among the
    attendees of a convening or an activity, in a weaving conversation (the member, and whom they were introduced to),
    by a survey answer (without a date of its own: its wave's), or among the collaborators of an emergent activity (the
    day it started).
    """
    for tie in workbook.connections:
        if tie.date is not None:
            yield Participation(tie.source, tie.date, ParticipationKind.TIE)
            yield Participation(tie.target, tie.date, ParticipationKind.TIE)
    for way, gatherings in (
        (ParticipationKind.CONVENING, workbook.convenings),
        (ParticipationKind.ACTIVITY, workbook.activities),
    ):
        for held in gatherings:
            if held.date is not None:
                for key in held.attendees:
                    yield Participation(key, held.date, way)
    for talk in workbook.weaving:
        if talk.date is not None:
            for key in (talk.member, *talk.introduced_to):
                yield Participation(key, talk.date, ParticipationKind.WEAVING)
    for key, day in workbook.answered_on():
        yield Participation(key, day, ParticipationKind.SURVEY)
    for activity in workbook.emergent:
        if activity.started is not None:
            for key in activity.collaborators:
                yield Participation(key, activity.started, ParticipationKind.COLLABORATION)
