"""Scores for pairs of people: the table in `criteria`, applied to everyone who could be introduced."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from nethealth.network.current_ties import FEW_TIES, CurrentTies, is_new
from nethealth.network.introductions.candidate_pairs import CandidatePairs, SharedTrait, find_candidates, pair_codes
from nethealth.network.introductions.criteria import (
    COMMON_CRITERIA,
    EXPECTED_OF_WELL_CONNECTED,
    RULES_BY_CRITERION,
    WELL_CONNECTED,
    Criterion,
    ScoredReason,
)
from nethealth.network.metrics.topology import Decimals, Numbers
from nethealth.privacy.common_values import value_for_groups
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.records import Gathering, Person, PersonKey, Workbook

Truths = npt.NDArray[np.bool_]
MOST_INTERESTS = 2
POSTPONED_FOR = dt.timedelta(days=182)
"""How long we don't suggest two people after staff said “not now”."""


def postponed_pairs(workbook: Workbook, *, as_of: dt.date) -> set[tuple[PersonKey, PersonKey]]:
    """Return the pairs that staff decided against within the last six months, on an unknown day included."""
    return {
        (each.member, each.other)
        for each in workbook.postponed
        if each.date is None or as_of - POSTPONED_FOR < each.date <= as_of
    }


class PairScores:
    """The people who could be introduced, by number, and the points of each pair."""

    def __init__(self, people: Sequence[Person], *, workbook: Workbook, current: CurrentTies, as_of: dt.date) -> None:
        self.people = people
        self.size = len(people)
        self.index: Mapping[PersonKey, int] = {person.key: at for at, person in enumerate(people)}
        self._workbook = workbook
        self._current = current
        self._as_of = as_of
        self.ties = np.array([current.tie_count(person.key) for person in people], dtype=np.int64)
        self.joined_recently = np.array([is_new(person, as_of=as_of) for person in people], dtype=bool)
        # Without any known ties, no one has few ties or is far from anyone.
        self.has_few_ties = (self.ties < FEW_TIES) & current.has_ties
        self.is_newcomer = self.joined_recently | self.has_few_ties
        most = np.quantile(self.ties, WELL_CONNECTED) if self.size else 0
        self.is_well_connected = self.ties > max(most, FEW_TIES)
        self.interests = [self._interests(person) for person in people]
        gatherings = (*workbook.convenings, *workbook.activities)
        past = [each for each in gatherings if each.date is not None and each.date <= as_of]
        self.gatherings = sorted(past, key=_when, reverse=True)
        self.candidates = self._find_candidates()
        self.points_by_criterion = self._points_by_criterion()
        total = sum(self.points_by_criterion.values(), np.zeros(len(self.candidates.first)))
        self.points: Decimals = np.round(total, 6)

    @property
    def is_eligible(self) -> Truths:
        """For each pair, True if they share something that counts and their points are positive."""
        shared = (self.points_by_criterion[criterion] for criterion in COMMON_CRITERIA)
        common: Decimals = sum(shared, np.zeros(len(self.points)))
        return np.asarray((common > 0) & (self.points > 0), dtype=bool)

    @property
    def ranking(self) -> Numbers:
        """The eligible pairs, best first; equal ones in a random order that is always the same."""
        digests = [hashlib.blake2b(person.key.encode(errors="surrogatepass"), digest_size=8) for person in self.people]
        hashes = np.array([int.from_bytes(digest.digest(), "big") for digest in digests], dtype=np.uint64)
        tie_break = (hashes[self.candidates.first] ^ hashes[self.candidates.second]) * np.uint64(0x9E3779B97F4A7C15)
        ranking = np.lexsort((tie_break, -self.points))
        return np.asarray(ranking[self.is_eligible[ranking]], dtype=np.int64)

    def differs(self, column: str) -> Truths:
        """For each pair, True if both have a value in the column, and the values differ."""
        values = self._values(column)
        one, other = values[self.candidates.first], values[self.candidates.second]
        return np.asarray((one >= 0) & (other >= 0) & (one != other), dtype=bool)

    def involves(self, inside: Truths) -> Truths:
        """For each pair, True if at least one of the two is `inside` (one truth value per person)."""
        return np.asarray(inside[self.candidates.first] | inside[self.candidates.second], dtype=bool)

    def reasons(self, pair: int) -> tuple[ScoredReason, ...]:
        """Return the reasons for and against one pair (its place in `candidates`), in the order of the criteria."""
        one, other = int(self.candidates.first[pair]), int(self.candidates.second[pair])
        reasons = []
        for criterion in Criterion:
            points = round(float(self.points_by_criterion[criterion][pair]), 6)
            if points:
                through = self._through(one, other) if criterion is Criterion.ACQUAINTANCE else ()
                shared = self._shared(criterion, one, other)
                reasons.append(ScoredReason(criterion=criterion, points=points, shared=shared, through=through))
        return tuple(reasons)

    def _find_candidates(self) -> CandidatePairs[Criterion]:
        left_out = (*self._current.known_pairs, *postponed_pairs(self._workbook, as_of=self._as_of))
        known_pairs = [(self.index[a], self.index[b]) for a, b in left_out if a in self.index and b in self.index]
        ends = np.array(known_pairs, dtype=np.int64).reshape(-1, 2)
        without = pair_codes(ends[:, 0], ends[:, 1], size=self.size)
        labels = (*COMMON_CRITERIA, Criterion.FAR)
        return find_candidates(self._shared_traits(), labels=labels, size=self.size, without=without)

    def _shared_traits(self) -> list[SharedTrait[Criterion]]:
        traits = [
            _trait(Criterion.INTEREST, people, weight=1 - len(people) / self.size)
            for people in self._people_by_tag.values()
        ]
        for gathering in self.gatherings:
            attendees = [self.index[key] for key in gathering.attendees if key in self.index]
            traits.append(_trait(Criterion.GATHERING, attendees, weight=1.0))
        traits.append(_trait(Criterion.NEW, np.flatnonzero(self.joined_recently), weight=1.0))
        for key, others in self._current.neighbors.items():
            neighbors = [self.index[other] for other in others if other in self.index]
            if key in self._workbook.hub or len(neighbors) < 2:
                continue
            # Someone who may not be named introduces no one, but the two people they know are not far apart either.
            label = Criterion.ACQUAINTANCE if key in self.index else Criterion.FAR
            traits.append(_trait(label, neighbors, weight=1 / math.log(len(others))))
        return traits

    def _points_by_criterion(self) -> dict[Criterion, Decimals]:
        """Return each criterion's points for every pair."""
        first, second, shared = self.candidates.first, self.candidates.second, self.candidates.shared
        few = self.has_few_ties[first].astype(np.float64) + self.has_few_ties[second]
        knows = shared[Criterion.ACQUAINTANCE]
        amounts: dict[Criterion, Decimals | Truths] = {
            Criterion.INTEREST: np.minimum(shared[Criterion.INTEREST], MOST_INTERESTS) / MOST_INTERESTS,
            Criterion.ACQUAINTANCE: knows / (1 + knows),
            Criterion.GATHERING: shared[Criterion.GATHERING] > 0,
            Criterion.NEW: shared[Criterion.NEW] > 0,
            Criterion.FEW_TIES: np.where(few == 2, 0.5, few),
            Criterion.REGION: self.differs("Region"),
            Criterion.ROLE: self.differs("Role"),
            Criterion.FAR: (knows == 0) & (shared[Criterion.FAR] == 0) & self._current.has_ties,
        }
        organizations = self._values("Organization")
        amounts[Criterion.COLLEAGUES] = (organizations[first] >= 0) & (organizations[first] == organizations[second])
        both = self.is_well_connected[first] & self.is_well_connected[second]
        for criterion in EXPECTED_OF_WELL_CONNECTED:
            amounts[criterion] = np.where(both, 0.0, amounts[criterion])
        return {
            criterion: RULES_BY_CRITERION[criterion].points * np.asarray(amounts[criterion], dtype=np.float64)
            for criterion in Criterion
        }

    def _values(self, column: str) -> Numbers:
        """Return each person's value in a column as a number; -1 for no value."""
        known: dict[str, int] = {}
        values = [name_key(value_for_groups(person, column) or "") for person in self.people]
        return np.array([known.setdefault(value, len(known)) if value else -1 for value in values], dtype=np.int64)

    def _interests(self, person: Person) -> dict[str, str]:
        """Return a person's tags as typed, by the form in which they are compared."""
        return {key: tag for tag in person.tags if (key := name_key(tag))}

    @cached_property
    def _people_by_tag(self) -> dict[str, list[int]]:
        people: dict[str, list[int]] = {}
        for at, tags in enumerate(self.interests):
            for tag in tags:
                people.setdefault(tag, []).append(at)
        return dict(sorted(people.items()))

    def _usual_spelling(self, tag: str) -> str:
        """Return the most common spelling of a tag."""
        spellings = Counter(self.interests[at][tag] for at in self._people_by_tag[tag])
        return min(spellings, key=lambda word: (-spellings[word], word))

    def _shared(self, criterion: Criterion, one: int, other: int) -> tuple[str, ...]:
        if criterion is Criterion.INTEREST:
            both = self.interests[one].keys() & self.interests[other].keys()
            ranked = sorted(both, key=lambda tag: (len(self._people_by_tag[tag]), tag))
            return tuple(self._usual_spelling(tag) for tag in ranked if len(self._people_by_tag[tag]) < self.size)
        if criterion is Criterion.GATHERING:
            keys = {self.people[one].key, self.people[other].key}
            return tuple(dict.fromkeys(each.title for each in self.gatherings if keys.issubset(each.attendees)))
        return ()

    def _through(self, one: int, other: int) -> tuple[PersonKey, ...]:
        neighbors = self._current.neighbors
        both = neighbors[self.people[one].key] & neighbors[self.people[other].key] & self.index.keys()
        return tuple(sorted(both, key=lambda key: (self._current.tie_count(key), key)))


def _when(gathering: Gathering) -> tuple[dt.date, str]:
    return gathering.date or dt.date.min, gathering.title


def _trait(label: Criterion, people: Sequence[int] | Numbers, *, weight: float) -> SharedTrait[Criterion]:
    return SharedTrait(label, np.array(sorted({int(each) for each in people}), dtype=np.int64), weight)
