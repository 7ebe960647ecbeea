"""Every time that the workbook names somebody as taking part in something, with its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from nethealth.workbook.records import PersonKey, Workbook


class TookPart(StrEnum):
    """Where a member was named."""

    TIE = "A tie"
    CONVENING = "A convening"
    ACTIVITY = "An activity"
    WEAVING = "A weaving conversation"
    SURVEY = "A survey answer"
    COLLABORATION = "An emergent activity"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One person, one day, one way of taking part."""

    person: PersonKey
    day: dt.date
    way: TookPart


def occasions(workbook: Workbook) -> Iterator[Occasion]:
    """Everything dated in which people are named, in no order; guests and people who left are in it.

    Taking part is being named: at either end of a tie with a date of its own (reports and facts alike), among the
    attendees of a convening or an activity, in a weaving conversation (the member, and whom they were introduced to),
    by a survey answer (without a date of its own: its wave's), or among the collaborators of an emergent activity (the
    day it started).
    """
    for tie in workbook.connections:
        if tie.date is not None:
            yield Occasion(tie.source, tie.date, TookPart.TIE)
            yield Occasion(tie.target, tie.date, TookPart.TIE)
    for way, gatherings in ((TookPart.CONVENING, workbook.convenings), (TookPart.ACTIVITY, workbook.activities)):
        for held in gatherings:
            if held.date is not None:
                for key in held.attendees:
                    yield Occasion(key, held.date, way)
    for talk in workbook.weaving:
        if talk.date is not None:
            for key in (talk.member, *talk.introduced_to):
                yield Occasion(key, talk.date, TookPart.WEAVING)
    for key, day in workbook.answered_on():
        yield Occasion(key, day, TookPart.SURVEY)
    for activity in workbook.emergent:
        if activity.started is not None:
            for key in activity.collaborators:
                yield Occasion(key, activity.started, TookPart.COLLABORATION)
