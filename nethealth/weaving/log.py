"""The weaving log: conversations with members, introductions and their outcomes, and open follow-ups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from nethealth.metric import Metric, Unit
from nethealth.workbook.records import Conversation, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import WaveKind


class IntroductionOutcome(StrEnum):
    """What became of an introduction, as far as the workbook shows."""

    TIE = "Became a connection"
    """One of the two has reported the other since, and neither had before."""
    TIED_BEFORE = "Already connected"
    NOT_YET = "Not reported yet"
    """People have been asked about their ties since, and neither named the other."""
    NOT_ASKED = "Not asked since"
    """No report or wave is dated after the conversation, or the conversation has no date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """Two people a weaver introduced, at the first conversation that says so."""

    member: PersonKey
    introduced_to: PersonKey
    date: dt.date | None
    weaver: str
    outcome: IntroductionOutcome
    is_listable: bool
    """False if either has `Show on map` = no: counted but never listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Something promised in a conversation and not done yet. Staff only."""

    member: PersonKey
    weaver: str
    text: str | None
    """What was promised; None if only a due date is given."""
    date: dt.date | None
    """The day of the conversation."""
    due: dt.date | None
    is_overdue: bool
    is_listable: bool
    """False if the member has `Show on map` = no: counted but never listed."""
    row: str | None = None
    """How a later change names this row (see `contributions.recording`); None if it can't be changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeavingSummary:
    """The weaving log up to one day."""

    as_of: dt.date
    log: tuple[Conversation, ...]
    """Latest first, undated last. Staff only."""
    members_reached: int
    """Distinct members a weaver talked with, without guests."""
    pairs: tuple[Introduction, ...]
    """Each pair once, latest first, undated last."""
    follow_ups: tuple[FollowUp, ...]
    """Open follow-ups: the soonest due first, then those without a due date. Staff only."""

    @property
    def conversations(self) -> int:
        """Return the number of conversations."""
        return len(self.log)

    @property
    def introductions(self) -> int:
        """Return the number of pairs introduced."""
        return len(self.pairs)

    @property
    def became_ties(self) -> int:
        """Return the number of introductions that have become a tie."""
        return sum(pair.outcome is IntroductionOutcome.TIE for pair in self.pairs)

    @property
    def follow_ups_open(self) -> int:
        """Return the number of open follow-ups."""
        return len(self.follow_ups)

    @property
    def follow_ups_overdue(self) -> int:
        """Return the number of open follow-ups due before today."""
        return sum(follow_up.is_overdue for follow_up in self.follow_ups)

    @property
    def is_empty(self) -> bool:
        """True if the log has no conversations."""
        return not self.log

    def as_json(self) -> dict[str, object]:
        """Return the form that scripts read."""
        return {
            "conversations": self.conversations,
            "members_reached": self.members_reached,
            "introductions": self.introductions,
            "follow_ups_open": self.follow_ups_open,
            "follow_ups_overdue": self.follow_ups_overdue,
        }


def summarize_weaving(workbook: Workbook, *, as_of: dt.date) -> WeavingSummary:
    """Summarize the weaving log as of a day, with undated conversations and without later ones.

    An introduction is a pair of different people, counted once in either order. A follow-up is open until it is marked
    done (or done after `as_of`), and overdue if it was due before `as_of`.

    Examples
    --------
    >>> conversation = Conversation(date=dt.date(2026, 5, 1), weaver="Wendy", member="a", introduced_to=("b",))
    >>> summary = summarize_weaving(Workbook(weaving=(conversation,)), as_of=dt.date(2026, 6, 1))
    >>> summary.conversations, summary.introductions, summary.became_ties
    (1, 1, 0)
    """
    log = sorted(
        (conversation for conversation in workbook.weaving if conversation.date is None or conversation.date <= as_of),
        key=lambda conversation: -conversation.date.toordinal() if conversation.date else 0,
    )
    follow_ups = [
        _follow_up(conversation, workbook=workbook, as_of=as_of)
        for conversation in log
        if _is_open_follow_up(conversation, as_of=as_of)
    ]
    return WeavingSummary(
        as_of=as_of,
        log=tuple(log),
        members_reached=len({each.member for each in log if not _is_guest(workbook, each.member)}),
        pairs=_introductions(log, workbook=workbook, as_of=as_of),
        follow_ups=tuple(sorted(follow_ups, key=lambda follow_up: follow_up.due or dt.date.max)),
    )


def _is_guest(workbook: Workbook, key: PersonKey) -> bool:
    person = workbook.people.get(key)
    return person is not None and person.is_guest


def _is_listable(workbook: Workbook, *keys: PersonKey) -> bool:
    return all(workbook.people[key].on_map for key in keys if key in workbook.people)


def _is_open_follow_up(conversation: Conversation, *, as_of: dt.date) -> bool:
    if not conversation.follow_up and conversation.due is None:
        return False
    done = conversation.done
    return done > as_of if isinstance(done, dt.date) else done is not True


def _follow_up(conversation: Conversation, *, workbook: Workbook, as_of: dt.date) -> FollowUp:
    return FollowUp(
        member=conversation.member,
        weaver=conversation.weaver,
        text=conversation.follow_up,
        date=conversation.date,
        due=conversation.due,
        is_overdue=conversation.due is not None and conversation.due < as_of,
        is_listable=_is_listable(workbook, conversation.member),
        row=conversation.row_id,
    )


Pair = frozenset[PersonKey]


def _introductions(log: Iterable[Conversation], *, workbook: Workbook, as_of: dt.date) -> tuple[Introduction, ...]:
    """Return each pair at its first dated conversation, with its outcome."""
    first: dict[Pair, tuple[PersonKey, PersonKey, Conversation]] = {}
    for conversation in sorted(log, key=lambda conversation: conversation.date or dt.date.max):
        for other in conversation.introduced_to:
            if other != conversation.member:
                pair = frozenset((conversation.member, other))
                first.setdefault(pair, (conversation.member, other, conversation))
    reported, last_asked = _reports(workbook, pairs=first.keys(), as_of=as_of)
    introductions = [
        Introduction(
            member=member,
            introduced_to=other,
            date=conversation.date,
            weaver=conversation.weaver,
            outcome=_outcome(
                conversation.date,
                reported=reported.get(pair, []),
                last_asked=last_asked,
                # Viewers have the wave's date for both, and the introduction came before the wave.
                is_same_day_after=workbook.is_for_viewers,
            ),
            is_listable=_is_listable(workbook, member, other),
        )
        for pair, (member, other, conversation) in first.items()
    ]
    return tuple(sorted(introductions, key=lambda pair: -pair.date.toordinal() if pair.date else 0))


def _reports(
    workbook: Workbook, *, pairs: Iterable[Pair], as_of: dt.date
) -> tuple[dict[Pair, list[dt.date]], dt.date | None]:
    """Return when each pair reported each other, and when anyone was last asked, both up to `as_of`.

    A report without a date has its wave's date. Reports weaker than `Tie from strength` make no tie.
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


def _outcome(
    introduced: dt.date | None, *, reported: list[dt.date], last_asked: dt.date | None, is_same_day_after: bool
) -> IntroductionOutcome:
    if introduced is None or last_asked is None:
        return IntroductionOutcome.NOT_ASKED

    def is_after(day: dt.date) -> bool:
        return day >= introduced if is_same_day_after else day > introduced

    if not all(map(is_after, reported)):
        return IntroductionOutcome.TIED_BEFORE
    if reported:
        return IntroductionOutcome.TIE
    return IntroductionOutcome.NOT_YET if is_after(last_asked) else IntroductionOutcome.NOT_ASKED


_SOURCE = "the Weaving tab"

METRICS: tuple[Metric, ...] = (
    Metric(
        id="conversations",
        label="Conversations",
        question="How many conversations did weavers have?",
        reading="We count every row in the Weaving tab up to today.",
        not_meaning="Conversations that no one wrote down aren’t counted.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="members_reached",
        label="Members reached",
        question="How many members has a weaver talked with?",
        reading="We count each member once. Compare it with all members to see how many you haven’t reached.",
        not_meaning="We don’t count people who were only introduced to someone.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="introductions",
        label="Introductions",
        question="How many pairs of people did weavers introduce?",
        reading="We count each pair once, however often you introduced them.",
        not_meaning="An introduction is an offer. We’ll know it became a connection when one of them reports it.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="follow_ups_open",
        label="Open follow-ups",
        question="How many promises are still open?",
        reading="We count conversations with a follow-up or a due date that aren’t marked done.",
        not_meaning="They aren’t one person’s job. The list helps the team share the work.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="follow_ups_overdue",
        label="Overdue follow-ups",
        question="How many follow-ups were due before today?",
        reading="We count open follow-ups with a due date before today. Due today isn’t overdue.",
        not_meaning="It may be done but not marked. If so, mark it done in the workbook.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
)
