"""What viewers don't get about ties and members: who reported a tie and when, and anything about people off the map.

All answers of one person share a day. So if ties kept their days, anyone could sort them by person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from nethealth.workbook.records import Connection, Gathering, Person, PersonKey, Wave, Workbook
from nethealth.workbook.waves import relationship_waves


def date_ties_by_wave(workbook: Workbook) -> Workbook:
    """Return the workbook with every tie and conversation dated by its wave.

    A report has the date of its wave. A fact without a wave, such as an introduction, has the date of the first wave
    that includes it, or today's if none has yet. So ties belong to the same waves as before. Conversations that are
    only planned are removed.
    """
    waves = relationship_waves(workbook)
    date_of = {wave.name: wave.date for wave in waves}
    days = sorted(wave.date for wave in waves if wave.date is not None)
    today = workbook.today

    def first_wave(day: dt.date | None) -> dt.date | None:
        if day is None or not days:
            return None
        after_all = max(today, days[-1] + dt.timedelta(days=1))
        date = next((each for each in days if each >= day), after_all)
        # What has happened stays in the past, even if the next wave is ahead.
        return date if day > today else min(date, today)

    def dated(tie: Connection) -> Connection:
        is_of_one_wave = tie.is_report or tie.wave is not None
        date = date_of.get(tie.wave) if is_of_one_wave else first_wave(tie.date)
        return tie if date == tie.date else replace(tie, date=date)

    return replace(
        workbook,
        connections=tuple(dated(tie) for tie in workbook.connections),
        weaving=tuple(
            replace(each, date=first_wave(each.date))
            for each in workbook.weaving
            if each.date is None or each.date <= today
        ),
    )


def detach_hidden_people(workbook: Workbook) -> Workbook:
    """Return the workbook with people with `Show on map` = no as mere members, without anything that links them to
    others or to a place: no ties, introductions, emergent activities, gatherings, or categories.

    They count as members and respondents. But ties of someone, minus those drawn, would tell whom they
    know; and members of a region, minus those drawn there, where they are.
    """
    hidden = frozenset(key for key, person in workbook.people.items() if not person.on_map)

    def shown(keys: Iterable[PersonKey]) -> tuple[PersonKey, ...]:
        return tuple(key for key in keys if key not in hidden)

    def detached(person: Person) -> Person:
        return person if person.on_map else replace(person, attributes={}, private_attributes={}, tags=())

    def attended(gathering: Gathering) -> Gathering:
        attendees = shown(gathering.attendees)
        missing = len(gathering.attendees) - len(attendees)
        count = None if gathering.attended is None else max(gathering.attended - missing, len(attendees))
        return replace(gathering, attendees=attendees, attended=count) if missing else gathering

    def counted(wave: Wave) -> Wave:
        if wave.respondents is None:
            return wave
        responded = len(wave.respondents) if wave.responded is None else wave.responded
        return replace(wave, respondents=shown(wave.respondents), responded=responded)

    without_wave = workbook.respondents_without_wave
    return replace(
        workbook,
        people=MappingProxyType({key: detached(person) for key, person in workbook.people.items()}),
        connections=tuple(tie for tie in workbook.connections if hidden.isdisjoint((tie.source, tie.target))),
        waves=tuple(counted(wave) for wave in workbook.waves),
        respondents_without_wave=None if without_wave is None else shown(without_wave),
        weaving=tuple(
            replace(each, introduced_to=() if each.member in hidden else shown(each.introduced_to))
            for each in workbook.weaving
        ),
        convenings=tuple(attended(each) for each in workbook.convenings),
        activities=tuple(attended(each) for each in workbook.activities),
        emergent=tuple(replace(each, collaborators=shown(each.collaborators)) for each in workbook.emergent),
    )
