"""Outreach: members a conversation could help, such as newcomers with few ties and members attending less.

It suggests a conversation and doesn't grade anyone: the workbook knows only what was written down. Staff only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from nethealth.weaving.log import WeavingSummary
from nethealth.workbook.records import Conversation, Gathering, Person, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import Kind, WaveKind

RECENT_DAYS = 180
"""Default days since the last conversation after which we suggest another one."""
YEAR = dt.timedelta(days=365)
MIN_ATTENDED = 2
"""Gatherings attended in the year before that make half as many a decline."""


class OutreachReason(StrEnum):
    """Why we suggest a conversation, most urgent first."""

    FOLLOW_UP = "A follow-up is due"
    NEWCOMER = "New, with few connections"
    ATTENDING_LESS = "Attends less than before"
    """Attendance fell by half or more, with no new tie or no survey response by name."""
    NO_RECENT_CONVERSATION = "No recent conversation"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutreachSuggestion:
    """One member to talk with, and why. Staff only."""

    person: PersonKey
    reasons: tuple[OutreachReason, ...]
    """At least one, most urgent first."""
    joined: dt.date | None
    ties: int | None
    """The member's ties today; None if no one's ties are known."""
    last_conversation: dt.date | None
    last_weaver: str | None
    """The weaver in that conversation; None without one."""
    last_seen: dt.date | None
    """The latest gathering that lists the member."""
    attended: int
    """Gatherings attended in the past year."""
    attended_before: int
    """Gatherings attended in the year before."""
    has_no_new_tie: bool
    """True if new ties are known, and the member has none in the past year."""
    missed_survey: str | None
    """The latest survey in the past year if others answered it by name and the member didn't."""


def suggest_outreach(
    summary: WeavingSummary,
    *,
    workbook: Workbook,
    ties: Mapping[PersonKey, int] | None,
    gained: Collection[PersonKey] | None,
    few_ties: int,
    new_within: dt.timedelta,
    recent_days: int = RECENT_DAYS,
) -> tuple[OutreachSuggestion, ...]:
    """Suggest which members to talk with on the day of `summary`, most urgent first.

    `ties` gives each person's number of ties (None if unknown), and `gained` the people with a recent new tie (None if
    unknown). Newcomers joined within `new_within` and have fewer than `few_ties` ties. Members attend less if they came
    to at most half as many gatherings as the year before (two or more), and also got no new tie or missed a survey that
    others answered by name. Members have no recent conversation if the last one was more than `recent_days` ago,
    counted from joining if there was none. Guests, organizations, the hub, people who left, and people with
    `Show on map` = no are left out.
    """
    as_of = summary.as_of
    latest = _latest_conversations(summary.log)
    follow_up_due = {each.member for each in summary.follow_ups if each.due is not None and each.due <= as_of}
    attendance = _AttendanceByYear.of(workbook, as_of=as_of)
    survey = _latest_survey(workbook, as_of=as_of)
    suggestions = []
    for person in workbook.people.values():
        if not _is_reachable(person, workbook=workbook, as_of=as_of):
            continue
        conversation = latest.get(person.key)
        missed_survey = survey.name if survey is not None and survey.missed_by(person) else None
        has_no_new_tie = gained is not None and person.key not in gained
        applies = {
            OutreachReason.FOLLOW_UP: person.key in follow_up_due,
            OutreachReason.NEWCOMER: _is_new(person, as_of=as_of, within=new_within)
            and (ties is None or ties.get(person.key, 0) < few_ties),
            OutreachReason.ATTENDING_LESS: attendance.has_declined(person)
            and (has_no_new_tie or missed_survey is not None),
            OutreachReason.NO_RECENT_CONVERSATION: _lacks_recent_conversation(
                person, conversation=conversation, as_of=as_of, days=recent_days
            ),
        }
        if reasons := tuple(reason for reason in OutreachReason if applies[reason]):
            suggestions.append(
                OutreachSuggestion(
                    person=person.key,
                    reasons=reasons,
                    joined=person.joined,
                    ties=None if ties is None else ties.get(person.key, 0),
                    last_conversation=conversation.date if conversation else None,
                    last_weaver=conversation.weaver if conversation else None,
                    last_seen=attendance.last_seen.get(person.key),
                    attended=attendance.past_year.get(person.key, 0),
                    attended_before=attendance.year_before.get(person.key, 0),
                    has_no_new_tie=has_no_new_tie,
                    missed_survey=missed_survey,
                )
            )
    return tuple(sorted(suggestions, key=lambda suggestion: _order(suggestion, workbook)))


def _order(suggestion: OutreachSuggestion, workbook: Workbook) -> tuple[object, ...]:
    """Sort by the most urgent reason, then more reasons, then the longest time without contact, then name."""
    missing = [reason not in suggestion.reasons for reason in OutreachReason]
    contacts = (suggestion.last_conversation, suggestion.last_seen)
    last_contact = max(filter(None, contacts), default=suggestion.joined or dt.date.min)
    return (*missing, last_contact, workbook.people[suggestion.person].name.casefold(), suggestion.person)


def _is_reachable(person: Person, *, workbook: Workbook, as_of: dt.date) -> bool:
    return (
        person.on_map
        and not person.is_guest
        and person.kind is Kind.PERSON
        and person.key not in workbook.hub
        and person.is_inside(as_of) is not False
    )


def _latest_conversations(log: Iterable[Conversation]) -> dict[PersonKey, Conversation]:
    """Return each member's latest conversation; an undated one only if there is no other."""
    latest: dict[PersonKey, Conversation] = {}
    for conversation in log:  # latest first, undated last
        latest.setdefault(conversation.member, conversation)
    return latest


def _is_new(person: Person, *, as_of: dt.date, within: dt.timedelta) -> bool:
    return person.joined is not None and as_of - within <= person.joined <= as_of


def _lacks_recent_conversation(person: Person, *, conversation: Conversation | None, as_of: dt.date, days: int) -> bool:
    if conversation is not None and conversation.date is None:
        return False  # it may have been recent
    since = conversation.date if conversation is not None else person.joined
    return since is None or (as_of - since).days > days


@dataclass(frozen=True, slots=True)
class _AttendanceByYear:
    """Gatherings each person attended in the past year and in the year before."""

    past_year: dict[PersonKey, int]
    year_before: dict[PersonKey, int]
    last_seen: dict[PersonKey, dt.date]
    is_known: bool
    """True if gatherings in both years have names."""

    @classmethod
    def of(cls, workbook: Workbook, *, as_of: dt.date) -> _AttendanceByYear:
        """Count the attendance of everyone in a workbook."""
        gatherings = [
            (gathering.date, gathering)
            for gathering in (*workbook.convenings, *workbook.activities)
            if gathering.date is not None and gathering.date <= as_of and gathering.attendees
        ]
        past_year = [each for day, each in gatherings if day > as_of - YEAR]
        year_before = [each for day, each in gatherings if as_of - 2 * YEAR < day <= as_of - YEAR]
        last_seen: dict[PersonKey, dt.date] = {}
        for day, gathering in gatherings:
            for key in gathering.attendees:
                last_seen[key] = max(day, last_seen.get(key, day))
        return cls(
            _times_attended(past_year),
            _times_attended(year_before),
            last_seen,
            is_known=bool(past_year) and bool(year_before),
        )

    def has_declined(self, person: Person) -> bool:
        """True if the member came to at most half as many gatherings as in the year before."""
        before = self.year_before.get(person.key, 0)
        return self.is_known and before >= MIN_ATTENDED and 2 * self.past_year.get(person.key, 0) <= before


def _times_attended(gatherings: Iterable[Gathering]) -> dict[PersonKey, int]:
    times: dict[PersonKey, int] = {}
    for gathering in gatherings:
        for key in set(gathering.attendees):
            times[key] = times.get(key, 0) + 1
    return times


@dataclass(frozen=True, slots=True)
class _Survey:
    """The latest survey answered by name."""

    name: str | None
    date: dt.date
    answered: frozenset[PersonKey]

    def could_answer(self, person: Person) -> bool:
        """True if the person was a member when the survey was sent."""
        return person.is_inside(self.date) is not False

    def missed_by(self, person: Person) -> bool:
        """True if the member could have answered and no response has their name."""
        return self.could_answer(person) and person.key not in self.answered


def _latest_survey(workbook: Workbook, *, as_of: dt.date) -> _Survey | None:
    """Return the latest survey of the past year; None if no one answered it by name."""
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
