"""Who knows whom in the room: who is here, and the ties that they report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from nethealth.live.questions import ME, TIE
from nethealth.live.session import Answer, Answers, LiveSession
from nethealth.presentation.formatting import pluralize

PERSON: Final = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One person in the room says that they know another, who may not be here. Both are keys of `Setup.people`."""

    source: str
    target: str
    strength: int
    """1 (we've met) to 3 (we work together)."""
    number: int
    """Of the answer: it grows with time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomTie:
    """Two people in the room who know each other, reported by either."""

    one: str
    other: str
    """Keys of `Setup.people`, the smaller first."""
    strength: int
    """The highest that either of them reports."""
    number: int
    """When it appeared: the number of the first answer that reports it, or that brought the later of the two."""

    @property
    def pair(self) -> tuple[str, str]:
        """Its two people."""
        return (self.one, self.other)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Everyone who found themselves on a phone, and what they report."""

    arrivals: Mapping[str, int]
    """Who is here, by key in the order in which they came, each with the number of the answer."""
    ties: tuple[RoomTie, ...]
    """Between people who are here, in the order in which they appeared."""
    reports: tuple[Report, ...]
    """All that is reported, also about people who aren't here, by both keys."""
    claims: Mapping[str, tuple[str, ...]]
    """People that several phones say they are, with these phones. What all of them report counts."""

    @property
    def unconnected(self) -> tuple[str, ...]:
        """Who is here and has no ties yet, in the order in which they came."""
        tied = {key for tie in self.ties for key in tie.pair}
        return tuple(key for key in self.arrivals if key not in tied)

    @property
    def counts_text(self) -> str:
        """How many people and connections there are: `61 people · 204 connections · 9 not yet connected`."""
        if not self.arrivals:
            return "No one is here yet"
        people = pluralize(len(self.arrivals), "person", "people")
        if not self.ties:
            return f"{people} · no connections yet"
        parts = [people, pluralize(len(self.ties), "connection")]
        if missing := len(self.unconnected):
            parts.append(f"{missing:,} not yet connected")
        return " · ".join(parts)

    def until(self, number: int) -> Room:
        """Return the room as it was when this answer came, for a replay. Later changes to a tie are in it."""
        return replace(
            self,
            arrivals={key: came for key, came in self.arrivals.items() if came <= number},
            ties=tuple(tie for tie in self.ties if tie.number <= number),
        )


def read_room(session: LiveSession, answers: Answers) -> Room:
    """Return who is here, and the ties that they report, from the answers that count (`questions.counted`).

    A phone that changes who it is takes its ties along. If several phones say they are one person, what all of them
    report counts: a phone may die, and its successor doesn't know what it sent. Of one tie, the highest strength
    counts, as in the workbook, so the order in which answers arrive changes nothing.
    """
    listed = {person.key for person in session.setup.people}
    owners = {phone: key for phone, own in answers.items() if (key := _own_key(own.get(ME))) in listed}
    phones: dict[str, list[str]] = defaultdict(list)
    for phone, key in owners.items():
        phones[key].append(phone)
    came = {key: min(answers[phone][ME].number for phone in claimed) for key, claimed in phones.items()}
    reports = _reports(answers, owners, listed)
    return Room(
        arrivals=dict(sorted(came.items(), key=lambda item: item[1])),
        ties=_ties(reports, came),
        reports=reports,
        claims={key: tuple(claimed) for key, claimed in phones.items() if len(claimed) > 1},
    )


def _own_key(answer: Answer | None) -> str:
    value = answer.value if answer is not None else None
    return str(value.get(PERSON, "")) if isinstance(value, Mapping) else ""


def _reports(answers: Answers, owners: Mapping[str, str], listed: Iterable[str]) -> tuple[Report, ...]:
    """Return each person's reports, one for each person they know: the strongest of all their phones."""
    known = frozenset(listed)
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for phone, source in owners.items():
        for question, answer in answers[phone].items():
            strength, target = answer.value, question.removeprefix(TIE)
            is_tie = question.startswith(TIE) and target in known and target != source
            if is_tie and isinstance(strength, int) and strength > 0:
                most, first = found.get((source, target), (strength, answer.number))
                found[source, target] = (max(most, strength), min(first, answer.number))
    return tuple(
        Report(source=source, target=target, strength=strength, number=number)
        for (source, target), (strength, number) in sorted(found.items())
    )


def _ties(reports: Iterable[Report], came: Mapping[str, int]) -> tuple[RoomTie, ...]:
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for report in reports:
        if report.target in came:
            pair = (min(report.source, report.target), max(report.source, report.target))
            most, first = found.get(pair, (report.strength, report.number))
            found[pair] = (max(most, report.strength), min(first, report.number))
    ties = [
        RoomTie(one=one, other=other, strength=strength, number=max(came[one], came[other], number))
        for (one, other), (strength, number) in found.items()
    ]
    return tuple(sorted(ties, key=lambda tie: (tie.number, tie.pair)))
