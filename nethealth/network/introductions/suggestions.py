"""Introductions worth making: pairs who have not met, each with the reasons that speak for it.

Two people need something in common to begin with; what lies between them makes the introduction worth more. The
reasons and their weights stand in one table, `reasons.REASONS`, which docs/introductions.md shows as it is.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from nethealth.network.current_ties import current_people, find_current_ties
from nethealth.network.introductions.candidate_pairs import best_of
from nethealth.network.introductions.criteria import NEWCOMERS_SHARE, PER_PERSON, ScoredReason
from nethealth.network.introductions.scoring import Grounds, Truths
from nethealth.network.metrics.topology import Numbers
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.records import Person, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import NO_INTRODUCTIONS, TieRule


class Scope(Enum):
    """Whose introductions are asked for."""

    EVERYBODY = "everybody"
    NEWCOMERS = "newcomers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Two people who have not met, and what speaks for it. Staff only."""

    one: PersonKey
    other: PersonKey
    ties: tuple[int, int]
    """How many ties each of the two has today."""
    points: float
    speaks: tuple[ScoredReason, ...]
    """In the order of the table."""
    newcomers: tuple[PersonKey, ...]
    """Who of the two is new, or has few ties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Introductions:
    """The introductions worth making on one day, best first."""

    pairs: tuple[Suggestion, ...]
    considered: int
    """Pairs who have not met and for whom enough speaks, whether they are listed or not."""
    people: int
    """Members who could be introduced."""
    opted_out: int
    """Members who would rather not be suggested, by their tag."""
    newcomers: frozenset[PersonKey]
    """Who of the people is new, or has few ties."""
    without_ground: tuple[PersonKey, ...]
    """Newcomers who are in no pair considered: the sheet tells of nothing that they share with anybody."""

    @property
    def for_newcomers(self) -> int:
        """How many of the pairs hold a newcomer."""
        return sum(bool(pair.newcomers) for pair in self.pairs)


def has_opted_out(person: Person) -> bool:
    """Whether somebody carries the tag of those who would rather not be suggested to anybody."""
    return any(name_key(tag) == NO_INTRODUCTIONS for tag in person.tags)


def people_to_introduce(workbook: Workbook, *, as_of: dt.date) -> tuple[Person, ...]:
    """Current people who may be named and have not opted out, sorted by key."""
    return tuple(each for each in _listable(workbook, as_of=as_of) if not has_opted_out(each))


def _listable(workbook: Workbook, *, as_of: dt.date) -> list[Person]:
    return [each for each in current_people(workbook, as_of=as_of) if each.on_map]


def suggest_introductions(
    workbook: Workbook,
    *,
    as_of: dt.date,
    rule: TieRule | None = None,
    number: int = 12,
    whom: Scope = Scope.EVERYBODY,
    person: PersonKey | None = None,
    among: Collection[PersonKey] | None = None,
    across: str | None = None,
) -> Introductions:
    """At most `number` pairs of members of `as_of` who have not met, best first; the order of rows changes nothing.

    Suggested are people alone: no guests (they are not in the network yet), no organizations (one introduces a person),
    nobody of the hub (whose work it is to know everybody), nobody with `Show on map` = no, nobody who left, and nobody
    who carries the tag `no introductions`. Who has met is `Acquaintance.met`. Two who are both well connected are
    suggested only for an interest they share, or where both are new.

    Each stands in at most `PER_PERSON` pairs, and `NEWCOMERS_SHARE` of the list or more is newcomers', where there are
    such pairs. `whom` narrows to pairs with a newcomer, `person` to one person's (who may then stand in all of them),
    `among` to pairs with one of these people, `across` to pairs who have different values of that column.
    """
    people = people_to_introduce(workbook, as_of=as_of)
    grounds = Grounds(people, workbook=workbook, known=find_current_ties(workbook, rule=rule), as_of=as_of)
    keeps = np.ones(len(grounds.points), dtype=bool)
    if across is not None:
        keeps &= grounds.differ(across)
    if among is not None:
        keeps &= grounds.hold(_truths(people, among))
    if whom is Scope.NEWCOMERS:
        keeps &= grounds.hold(grounds.is_newcomer)
    left = np.full(len(people), PER_PERSON, dtype=np.int64)
    if person is not None:
        keeps &= grounds.hold(_truths(people, (person,)))
        left[_truths(people, (person,))] = number
    order = grounds.order
    order = order[keeps[order]]
    chosen = _fairly(order, grounds=grounds, left=left, number=number)
    reached = np.zeros(len(people), dtype=bool)
    for ends in (grounds.found.first, grounds.found.second):
        reached[ends[grounds.is_worth_it]] = True
    return Introductions(
        pairs=tuple(_suggestion(pair, grounds) for pair in chosen),
        considered=int(np.count_nonzero(grounds.is_worth_it)),
        people=len(people),
        opted_out=len(_listable(workbook, as_of=as_of)) - len(people),
        newcomers=frozenset(people[at].key for at in np.flatnonzero(grounds.is_newcomer)),
        without_ground=tuple(people[at].key for at in np.flatnonzero(grounds.is_newcomer & ~reached)),
    )


def _truths(people: Sequence[Person], chosen: Collection[PersonKey]) -> Truths:
    return np.array([person.key in chosen for person in people], dtype=bool)


def _fairly(order: Numbers, *, grounds: Grounds, left: Numbers, number: int) -> list[int]:
    """The best pairs, best first: newcomers' share before all others', each newcomer once before anybody twice."""
    first, second = grounds.found.first, grounds.found.second
    of_newcomers = order[grounds.hold(grounds.is_newcomer)[order]]
    share = math.ceil(number * NEWCOMERS_SHARE)
    once = left.copy()
    once[grounds.is_newcomer] = np.minimum(once[grounds.is_newcomer], 1)
    taken = best_of(of_newcomers, first=first, second=second, left=once, number=share, taken=[])
    np.subtract.at(left, [*first[taken], *second[taken]], 1)
    for some, wanted in ((of_newcomers, share), (order, number)):
        taken += best_of(some, first=first, second=second, left=left, number=wanted - len(taken), taken=taken)
    return [int(pair) for pair in order[np.isin(order, taken)]]


def _suggestion(pair: int, grounds: Grounds) -> Suggestion:
    one, other = int(grounds.found.first[pair]), int(grounds.found.second[pair])
    return Suggestion(
        one=grounds.people[one].key,
        other=grounds.people[other].key,
        ties=(int(grounds.ties[one]), int(grounds.ties[other])),
        points=float(grounds.points[pair]),
        speaks=grounds.speaks(pair),
        newcomers=tuple(grounds.people[at].key for at in (one, other) if grounds.is_newcomer[at]),
    )
