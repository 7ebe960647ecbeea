"""Whom a call could help: newcomers with few ties, people who come less than they did, people nobody has talked with.

A reason to call, never a mark: the sheet knows what was written down, not how anybody is. Staff only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from nethealth.weaving.log import WeavingSummary
from nethealth.workbook.records import Conversation, Gathering, Person, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import Kind, WaveKind

QUIET_DAYS = 180
"""So long after the last talk a member comes up again, unless asked otherwise."""
YEAR = dt.timedelta(days=365)
CAME_OFTEN = 2
"""Gatherings in the year before, from which on coming to half as many or fewer is coming less."""


class OutreachReason(StrEnum):
    """Why somebody is in the queue, the most pressing first."""

    FOLLOW_UP = "Something was promised"
    """A follow-up is due today or was due before."""
    NEWCOMER = "New, with few ties"
    DRIFTING = "Comes less than before"
    """Attendance went down by half or more, and there is no new tie, or no survey answer by name."""
    QUIET = "Not talked with lately"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutreachSuggestion:
    """One member whom a call could help, and what speaks for it. Staff only."""

    person: PersonKey
    whys: tuple[OutreachReason, ...]
    """At least one, the most pressing first."""
    joined: dt.date | None
    ties: int | None
    """How many ties the member has today; None where no tie of anybody is known."""
    last_talk: dt.date | None
    last_weaver: str | None
    """Who had that talk; None where nobody ever talked with the member."""
    last_seen: dt.date | None
    """The latest gathering that lists the member."""
    came: int
    """Gatherings of the past year that list the member."""
    came_before: int
    """The same in the year before it."""
    has_no_new_tie: bool
    """Whether the sheet can tell of new ties, and tells of none of the past year."""
    survey_missed: str | None
    """The latest survey of the past year, where others answered by name and the member did not."""


def suggest_outreach(
    summary: WeavingSummary,
    *,
    workbook: Workbook,
    ties: Mapping[PersonKey, int] | None,
    gained: Collection[PersonKey] | None,
    few_ties: int,
    new_within: dt.timedelta,
    quiet_days: int = QUIET_DAYS,
) -> tuple[OutreachSuggestion, ...]:
    """The members on the day of `summary` whom a call could help, the most pressing first.

    `ties` says how many ties each has (None: nothing is known of ties), `gained` who got a new one lately (None: nobody
    can tell). A newcomer joined within `new_within` and has fewer than `few_ties` ties. Somebody drifts who came to at
    most half as many gatherings as the year before (when it were two or more), and besides got no new tie, or gave no
    survey answer by name, where others did. Nobody has talked lately with whom no weaver had a talk for more than
    `quiet_days`, counted from joining where there was none. Guests, organizations, the hub, people who left and those
    not to be listed are never in it.
    """
    as_of = summary.as_of
    talks = _latest_talks(summary.talks)
    promised = {each.member for each in summary.follow_ups if each.due is not None and each.due <= as_of}
    seen = _Attendance.of(workbook, as_of=as_of)
    survey = _latest_survey(workbook, as_of=as_of)
    found = []
    for person in workbook.people.values():
        if not _can_be_called(person, workbook=workbook, as_of=as_of):
            continue
        missed = survey.name if survey is not None and survey.missed_by(person) else None
        has_no_new_tie = gained is not None and person.key not in gained
        holds = {
            OutreachReason.FOLLOW_UP: person.key in promised,
            OutreachReason.NEWCOMER: _is_new(person, as_of=as_of, within=new_within)
            and (ties is None or ties.get(person.key, 0) < few_ties),
            OutreachReason.DRIFTING: seen.went_down(person) and (has_no_new_tie or missed is not None),
            OutreachReason.QUIET: _is_quiet(person, talk=talks.get(person.key), as_of=as_of, days=quiet_days),
        }
        if whys := tuple(why for why in OutreachReason if holds[why]):
            talk = talks.get(person.key)
            found.append(
                OutreachSuggestion(
                    person=person.key,
                    whys=whys,
                    joined=person.joined,
                    ties=None if ties is None else ties.get(person.key, 0),
                    last_talk=talk.date if talk else None,
                    last_weaver=talk.weaver if talk else None,
                    last_seen=seen.last.get(person.key),
                    came=seen.came.get(person.key, 0),
                    came_before=seen.came_before.get(person.key, 0),
                    has_no_new_tie=has_no_new_tie,
                    survey_missed=missed,
                )
            )
    return tuple(sorted(found, key=lambda reach: _order(reach, workbook)))


def _order(reach: OutreachSuggestion, workbook: Workbook) -> tuple[object, ...]:
    """The most pressing reason first, then more reasons, then who was longest neither talked with nor seen, by name."""
    pressing = [why not in reach.whys for why in OutreachReason]
    since = max(filter(None, (reach.last_talk, reach.last_seen)), default=reach.joined or dt.date.min)
    return (*pressing, since, workbook.people[reach.person].name.casefold(), reach.person)


def _can_be_called(person: Person, *, workbook: Workbook, as_of: dt.date) -> bool:
    return (
        person.on_map
        and not person.is_guest
        and person.kind is Kind.PERSON
        and person.key not in workbook.hub
        and person.is_inside(as_of) is not False
    )


def _latest_talks(talks: Iterable[Conversation]) -> dict[PersonKey, Conversation]:
    """Each member's latest talk; one without a date only where there is no other."""
    latest: dict[PersonKey, Conversation] = {}
    for talk in talks:  # latest first, undated last
        latest.setdefault(talk.member, talk)
    return latest


def _is_new(person: Person, *, as_of: dt.date, within: dt.timedelta) -> bool:
    return person.joined is not None and as_of - within <= person.joined <= as_of


def _is_quiet(person: Person, *, talk: Conversation | None, as_of: dt.date, days: int) -> bool:
    if talk is not None and talk.date is None:
        return False  # there was a talk, and nobody knows how long ago
    since = talk.date if talk is not None else person.joined
    return since is None or (as_of - since).days > days


@dataclass(frozen=True, slots=True)
class _Attendance:
    """Who came how often, in the past year and in the one before it."""

    came: dict[PersonKey, int]
    came_before: dict[PersonKey, int]
    last: dict[PersonKey, dt.date]
    is_known: bool
    """Whether names were listed at a gathering in each of the two years."""

    @classmethod
    def of(cls, workbook: Workbook, *, as_of: dt.date) -> _Attendance:
        held = [
            (gathering.date, gathering)
            for gathering in (*workbook.convenings, *workbook.activities)
            if gathering.date is not None and gathering.date <= as_of and gathering.attendees
        ]
        this_year = [each for day, each in held if day > as_of - YEAR]
        before = [each for day, each in held if as_of - 2 * YEAR < day <= as_of - YEAR]
        last: dict[PersonKey, dt.date] = {}
        for day, gathering in held:
            for key in gathering.attendees:
                last[key] = max(day, last.get(key, day))
        return cls(_times(this_year), _times(before), last, is_known=bool(this_year) and bool(before))

    def went_down(self, person: Person) -> bool:
        """Whether the member came to at most half as many gatherings as the year before."""
        before = self.came_before.get(person.key, 0)
        return self.is_known and before >= CAME_OFTEN and 2 * self.came.get(person.key, 0) <= before


def _times(gatherings: Iterable[Gathering]) -> dict[PersonKey, int]:
    times: dict[PersonKey, int] = {}
    for gathering in gatherings:
        for key in set(gathering.attendees):
            times[key] = times.get(key, 0) + 1
    return times


@dataclass(frozen=True, slots=True)
class _Survey:
    """The latest survey that people answered by name."""

    name: str | None
    date: dt.date
    answered: frozenset[PersonKey]

    def asked(self, person: Person) -> bool:
        """Whether the member was one when it was asked."""
        return person.is_inside(self.date) is not False

    def missed_by(self, person: Person) -> bool:
        """Whether the member could have answered, and no answer bears the name."""
        return self.asked(person) and person.key not in self.answered


def _latest_survey(workbook: Workbook, *, as_of: dt.date) -> _Survey | None:
    """The survey of the past year that was asked last; None where nobody answered one by name."""
    answered: dict[str | None, set[PersonKey]] = {}
    days: dict[str | None, dt.date] = {}
    for response in workbook.responses:
        wave = workbook.wave_named(response.wave, kind=WaveKind.SURVEY)
        day = (wave.date if wave else None) or response.date
        if day is None or not as_of - YEAR < day <= as_of:
            continue
        days[response.wave] = max(day, days.get(response.wave, day))
        if response.respondent is not None:
            answered.setdefault(response.wave, set()).add(response.respondent)
    if not days:
        return None
    latest = max(days, key=lambda wave: (days[wave], wave or ""))
    return _Survey(latest or "the survey", days[latest], frozenset(answered[latest])) if latest in answered else None
