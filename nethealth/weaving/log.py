"""The weaving log: whom the weavers talked with, whom they introduced, what is still to be done, what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from nethealth.metric import Metric, Unit
from nethealth.workbook.records import Conversation, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import WaveKind


class IntroductionOutcome(StrEnum):
    """What became of an introduction, as far as the sheet can tell."""

    TIE = "Became a tie"
    """One of the two has since reported the other, and neither had before."""
    TIED_BEFORE = "Were connected before"
    NOT_YET = "Not reported yet"
    """People were asked about their ties since, and neither of the two named the other."""
    NOT_ASKED = "Nobody was asked since"
    """No report is dated, and no wave lies, after the talk; or the talk has no date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """Two people whom a weaver brought together, at the first talk that says so."""

    member: PersonKey
    introduced_to: PersonKey
    date: dt.date | None
    weaver: str
    became: IntroductionOutcome
    is_listable: bool
    """False where one of the two is not to be listed (`Show on map` = no): counted, never shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Something promised in a talk and not done yet. Staff only."""

    member: PersonKey
    weaver: str
    text: str | None
    """What was promised; None where only a day is given."""
    date: dt.date | None
    """The day of the talk."""
    due: dt.date | None
    is_overdue: bool
    is_listable: bool
    """False where the member is not to be listed (`Show on map` = no): counted, never shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeavingSummary:
    """The log up to one day."""

    as_of: dt.date
    talks: tuple[Conversation, ...]
    """Latest first, undated last. Staff only."""
    members_reached: int
    """Different members (guests aside) whom a weaver talked with."""
    introduced: tuple[Introduction, ...]
    """Each pair once, latest first, undated last."""
    follow_ups: tuple[FollowUp, ...]
    """Open ones: the soonest due first, then those without a day. Staff only."""

    @property
    def conversations(self) -> int:
        """How many talks the log holds."""
        return len(self.talks)

    @property
    def introductions(self) -> int:
        """How many pairs of people were introduced."""
        return len(self.introduced)

    @property
    def became_ties(self) -> int:
        """How many introductions have since become a tie."""
        return sum(pair.became is IntroductionOutcome.TIE for pair in self.introduced)

    @property
    def follow_ups_open(self) -> int:
        """How many follow-ups are not done."""
        return len(self.follow_ups)

    @property
    def follow_ups_overdue(self) -> int:
        """How many of the open ones were due before today."""
        return sum(follow_up.is_overdue for follow_up in self.follow_ups)

    @property
    def is_empty(self) -> bool:
        """Whether the log holds no talk."""
        return not self.talks

    def as_json(self) -> dict[str, object]:
        """The form that scripts read."""
        return {
            "conversations": self.conversations,
            "members_reached": self.members_reached,
            "introductions": self.introductions,
            "follow_ups_open": self.follow_ups_open,
            "follow_ups_overdue": self.follow_ups_overdue,
        }


def summarize_weaving(workbook: Workbook, *, as_of: dt.date) -> WeavingSummary:
    """The weaving log seen from `as_of`: talks dated later are not in it, undated ones are.

    An introduction is a pair of people, once, whoever was named first; being introduced to oneself is none. A follow-up
    is open until it is marked done (or done later than `as_of`), and overdue when it was due before `as_of`.
    """
    talks = sorted(
        (talk for talk in workbook.weaving if talk.date is None or talk.date <= as_of),
        key=lambda talk: -talk.date.toordinal() if talk.date else 0,
    )
    follow_ups = [
        _follow_up(talk, workbook=workbook, as_of=as_of) for talk in talks if _is_open_follow_up(talk, as_of=as_of)
    ]
    return WeavingSummary(
        as_of=as_of,
        talks=tuple(talks),
        members_reached=len({talk.member for talk in talks if not _is_guest(workbook, talk.member)}),
        introduced=_introductions(talks, workbook=workbook, as_of=as_of),
        follow_ups=tuple(sorted(follow_ups, key=lambda follow_up: follow_up.due or dt.date.max)),
    )


def _is_guest(workbook: Workbook, key: PersonKey) -> bool:
    person = workbook.people.get(key)
    return person is not None and person.is_guest


def _is_listable(workbook: Workbook, *keys: PersonKey) -> bool:
    return all(workbook.people[key].on_map for key in keys if key in workbook.people)


def _is_open_follow_up(talk: Conversation, *, as_of: dt.date) -> bool:
    if not talk.follow_up and talk.due is None:
        return False
    return talk.done > as_of if isinstance(talk.done, dt.date) else talk.done is not True


def _follow_up(talk: Conversation, *, workbook: Workbook, as_of: dt.date) -> FollowUp:
    return FollowUp(
        member=talk.member,
        weaver=talk.weaver,
        text=talk.follow_up,
        date=talk.date,
        due=talk.due,
        is_overdue=talk.due is not None and talk.due < as_of,
        is_listable=_is_listable(workbook, talk.member),
    )


Pair = frozenset[PersonKey]


def _introductions(talks: Iterable[Conversation], *, workbook: Workbook, as_of: dt.date) -> tuple[Introduction, ...]:
    """Each pair at its first dated talk, with what became of it."""
    first: dict[Pair, tuple[PersonKey, PersonKey, Conversation]] = {}
    for talk in sorted(talks, key=lambda talk: talk.date or dt.date.max):
        for other in talk.introduced_to:
            if other != talk.member:
                first.setdefault(frozenset((talk.member, other)), (talk.member, other, talk))
    reported, last_asked = _reports(workbook, pairs=first.keys(), as_of=as_of)
    found = [
        Introduction(
            member=member,
            introduced_to=other,
            date=talk.date,
            weaver=talk.weaver,
            became=_became(talk.date, reported=reported.get(pair, []), last_asked=last_asked),
            is_listable=_is_listable(workbook, member, other),
        )
        for pair, (member, other, talk) in first.items()
    ]
    return tuple(sorted(found, key=lambda pair: -pair.date.toordinal() if pair.date else 0))


def _reports(
    workbook: Workbook, *, pairs: Iterable[Pair], as_of: dt.date
) -> tuple[dict[Pair, list[dt.date]], dt.date | None]:
    """When each introduced pair reported one another, and when anybody was last asked, both up to `as_of`.

    A report's day is its own, else its wave's. Reports weaker than `Tie from strength` make no tie.
    """
    wanted = set(pairs)
    names = {connection.wave for connection in workbook.connections}
    waves = {name: workbook.wave_named(name, kind=WaveKind.RELATIONSHIPS) for name in names if name is not None}
    asked_on = {name: wave.date for name, wave in waves.items() if wave is not None}
    threshold = workbook.settings.tie_from_strength
    reported: dict[Pair, list[dt.date]] = {}
    last_asked: dt.date | None = None
    for connection in workbook.connections:
        day = connection.date or asked_on.get(connection.wave or "")
        if not connection.is_report or day is None or day > as_of:
            continue
        last_asked = day if last_asked is None else max(day, last_asked)
        pair = frozenset((connection.source, connection.target))
        if pair in wanted and (connection.strength is None or connection.strength >= threshold):
            reported.setdefault(pair, []).append(day)
    return reported, last_asked


def _became(talked: dt.date | None, *, reported: list[dt.date], last_asked: dt.date | None) -> IntroductionOutcome:
    if talked is None or last_asked is None:
        return IntroductionOutcome.NOT_ASKED
    if any(day <= talked for day in reported):
        return IntroductionOutcome.TIED_BEFORE
    if reported:
        return IntroductionOutcome.TIE
    return IntroductionOutcome.NOT_YET if last_asked > talked else IntroductionOutcome.NOT_ASKED


_SOURCE = "the Weaving tab, as kept"

METRICS: tuple[Metric, ...] = (
    Metric(
        id="conversations",
        label="Conversations",
        question="How many conversations did weavers have?",
        reading="Every row of the weaving log up to today.",
        not_meaning="What nobody wrote down is not in it.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="members_reached",
        label="Members reached",
        question="With how many members has a weaver talked?",
        reading="Different people, however often. Beside the membership it shows who has yet to be called.",
        not_meaning="Being introduced in a talk between others is not being talked with.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="introductions",
        label="Introductions",
        question="How many pairs of people did weavers bring together?",
        reading="Each pair once, however often it was introduced.",
        not_meaning="An introduction is an offer. Whether it became a tie, the two will say.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="follow_ups_open",
        label="Follow-ups open",
        question="How many promises wait to be kept?",
        reading="Talks with a follow-up, or a day it is due, that is not marked done.",
        not_meaning="Not a debt of one person: the list helps a team to share the work.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="follow_ups_overdue",
        label="Follow-ups overdue",
        question="How many of them were due before today?",
        reading="Open follow-ups whose day has passed. What is due today is not overdue.",
        not_meaning="It may be done and not ticked: tick it in the sheet.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
)
