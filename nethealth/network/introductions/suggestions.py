"""Suggested introductions: pairs who have not met, each with its reasons.

Two people need something in common; their differences make an introduction worth more. The criteria and their points
are in `criteria.SCORING_RULES`, which docs/introductions.md shows as they are.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from nethealth.network.current_ties import current_people, find_current_ties
from nethealth.network.introductions.candidate_pairs import pick_pairs
from nethealth.network.introductions.criteria import NEWCOMERS_SHARE, PER_PERSON, ScoredReason
from nethealth.network.introductions.scoring import PairScores, Truths
from nethealth.network.metrics.topology import Numbers
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.records import Person, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import NO_INTRODUCTIONS, TieRule


class Scope(Enum):
    """Who the introductions are for."""

    EVERYONE = "everyone"
    NEWCOMERS = "newcomers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Two people who have not met, and the reasons to introduce them. Staff only."""

    one: PersonKey
    other: PersonKey
    ties: tuple[int, int]
    """Each person's number of ties today."""
    points: float
    reasons: tuple[ScoredReason, ...]
    """In the order of the criteria."""
    newcomers: tuple[PersonKey, ...]
    """Which of the two are new or have few ties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Introductions:
    """Suggested introductions on one day, best first."""

    pairs: tuple[Suggestion, ...]
    considered: int
    """Eligible pairs, listed or not."""
    people: int
    """Members who could be introduced."""
    newcomers: frozenset[PersonKey]
    """People who are new or have few ties."""
    unmatched_newcomers: tuple[PersonKey, ...]
    """Newcomers in no eligible pair: the workbook shows nothing they share with anyone."""

    @property
    def for_newcomers(self) -> int:
        """The number of pairs with a newcomer."""
        return sum(bool(pair.newcomers) for pair in self.pairs)


def people_to_introduce(workbook: Workbook, *, as_of: dt.date) -> tuple[Person, ...]:
    """Return current people who may be named and have not opted out, sorted by key."""
    return tuple(
        person
        for person in current_people(workbook, as_of=as_of)
        if person.on_map and NO_INTRODUCTIONS not in map(name_key, person.tags)
    )


def suggest_introductions(
    workbook: Workbook,
    *,
    as_of: dt.date,
    rule: TieRule | None = None,
    number: int = 12,
    scope: Scope = Scope.EVERYONE,
    person: PersonKey | None = None,
    among: Collection[PersonKey] | None = None,
    within: Collection[PersonKey] | None = None,
    across: str | None = None,
) -> Introductions:
    """Return at most `number` pairs of members on the day `as_of` who have not met, best first, whatever the row order.

    Left out are guests (not in the network yet), organizations, the hub (whose work is to know everyone), people with
    `Show on map` = no or the tag `no introductions`, and people who left. Pairs who have met are
    `CurrentTies.known_pairs`. Two well-connected people are suggested only for a shared interest, or if both are new.

    Everyone is in at most `PER_PERSON` pairs, and at least `NEWCOMERS_SHARE` of the list is for newcomers, as far as
    there are such pairs. `scope` limits the list to pairs with a newcomer, `person` to one person's pairs (any number),
    `among` to pairs with at least one of these people, `within` to pairs of these people, as if they were the only
    members, and `across` to pairs with different values in that column.
    """
    members = people_to_introduce(workbook, as_of=as_of)
    people = members if within is None else tuple(each for each in members if each.key in within)
    scores = PairScores(people, workbook=workbook, current=find_current_ties(workbook, rule=rule), as_of=as_of)
    is_wanted = np.ones(len(scores.points), dtype=bool)
    if across is not None:
        is_wanted &= scores.differs(across)
    if among is not None:
        is_wanted &= scores.involves(_mask(people, among))
    if scope is Scope.NEWCOMERS:
        is_wanted &= scores.involves(scores.is_newcomer)
    remaining = np.full(len(people), PER_PERSON, dtype=np.int64)
    if person is not None:
        is_wanted &= scores.involves(_mask(people, (person,)))
        remaining[_mask(people, (person,))] = number
    order = scores.ranking
    order = order[is_wanted[order]]
    chosen = _pick_fairly(order, scores=scores, remaining=remaining, number=number)
    reached = np.zeros(len(people), dtype=bool)
    for ends in (scores.candidates.first, scores.candidates.second):
        reached[ends[scores.is_eligible]] = True
    return Introductions(
        pairs=tuple(_suggestion(pair, scores) for pair in chosen),
        considered=int(np.count_nonzero(scores.is_eligible)),
        people=len(people),
        newcomers=frozenset(people[at].key for at in np.flatnonzero(scores.is_newcomer)),
        unmatched_newcomers=tuple(people[at].key for at in np.flatnonzero(scores.is_newcomer & ~reached)),
    )


def _mask(people: Sequence[Person], chosen: Collection[PersonKey]) -> Truths:
    return np.array([person.key in chosen for person in people], dtype=bool)


def _pick_fairly(order: Numbers, *, scores: PairScores, remaining: Numbers, number: int) -> list[int]:
    """Return the best pairs, best first: newcomers' share first, each newcomer once before anyone twice."""
    first, second = scores.candidates.first, scores.candidates.second
    of_newcomers = order[scores.involves(scores.is_newcomer)[order]]
    share = math.ceil(number * NEWCOMERS_SHARE)
    once = remaining.copy()
    once[scores.is_newcomer] = np.minimum(once[scores.is_newcomer], 1)
    picked = pick_pairs(of_newcomers, first=first, second=second, remaining=once, number=share, already_chosen=[])
    np.subtract.at(remaining, [*first[picked], *second[picked]], 1)
    for pairs, wanted in ((of_newcomers, share), (order, number)):
        picked += pick_pairs(
            pairs,
            first=first,
            second=second,
            remaining=remaining,
            number=wanted - len(picked),
            already_chosen=picked,
        )
    return [int(pair) for pair in order[np.isin(order, picked)]]


def _suggestion(pair: int, scores: PairScores) -> Suggestion:
    one, other = int(scores.candidates.first[pair]), int(scores.candidates.second[pair])
    return Suggestion(
        one=scores.people[one].key,
        other=scores.people[other].key,
        ties=(int(scores.ties[one]), int(scores.ties[other])),
        points=float(scores.points[pair]),
        reasons=scores.reasons(pair),
        newcomers=tuple(scores.people[at].key for at in (one, other) if scores.is_newcomer[at]),
    )
