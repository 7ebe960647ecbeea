"""What pairs of people have in common and what lies between them, as points: the table of `reasons`, applied."""

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
from nethealth.network.introductions.candidate_pairs import Found, SharedTrait, code_of, pairs_in_common
from nethealth.network.introductions.criteria import (
    BY_GROUND,
    COMMON,
    COMMON_ANYHOW,
    WELL_CONNECTED,
    Criterion,
    ScoredReason,
)
from nethealth.network.metrics.topology import Decimals, Numbers
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.records import Gathering, Person, PersonKey, Workbook

Truths = npt.NDArray[np.bool_]
MOST_INTERESTS = 2


class Grounds:
    """The people who could be introduced, by number, and what speaks for each pair of them."""

    def __init__(self, people: Sequence[Person], *, workbook: Workbook, known: CurrentTies, as_of: dt.date) -> None:
        self.people = people
        self.size = len(people)
        self.place: Mapping[PersonKey, int] = {person.key: at for at, person in enumerate(people)}
        self._workbook = workbook
        self._known = known
        self.ties = np.array([known.tie_count(person.key) for person in people], dtype=np.int64)
        self.joined_lately = np.array([is_new(person, as_of=as_of) for person in people], dtype=bool)
        # Where nobody's ties are known, nobody has few, and nobody is known to be far from anybody.
        self.has_few_ties = (self.ties < FEW_TIES) & known.has_ties
        self.is_newcomer = self.joined_lately | self.has_few_ties
        most = np.quantile(self.ties, WELL_CONNECTED) if self.size else 0
        self.is_well_connected = self.ties > max(most, FEW_TIES)
        self.interests = [self._interests(person) for person in people]
        held = (*workbook.convenings, *workbook.activities)
        past = [each for each in held if each.date is not None and each.date <= as_of]
        self.gatherings = sorted(past, key=_when, reverse=True)
        self.found = self._found()
        self.parts = self._parts()
        self.points: Decimals = np.round(sum(self.parts.values(), np.zeros(len(self.found.first))), 6)

    @property
    def is_worth_it(self) -> Truths:
        """For each pair whether it has something in common that counts, and more speaks for it than against."""
        common: Decimals = sum((self.parts[ground] for ground in COMMON), np.zeros(len(self.points)))
        return np.asarray((common > 0) & (self.points > 0), dtype=bool)

    @property
    def order(self) -> Numbers:
        """The pairs that are worth it, best first; equal ones as by lot, the same each time."""
        digests = [hashlib.blake2b(person.key.encode(errors="surrogatepass"), digest_size=8) for person in self.people]
        lots = np.array([int.from_bytes(digest.digest(), "big") for digest in digests], dtype=np.uint64)
        lot = (lots[self.found.first] ^ lots[self.found.second]) * np.uint64(0x9E3779B97F4A7C15)
        order = np.lexsort((lot, -self.points))
        return np.asarray(order[self.is_worth_it[order]], dtype=np.int64)

    def differ(self, column: str) -> Truths:
        """For each pair whether the sheet gives both a value in a column, and not the same."""
        values = self._values(column)
        one, other = values[self.found.first], values[self.found.second]
        return np.asarray((one >= 0) & (other >= 0) & (one != other), dtype=bool)

    def hold(self, inside: Truths) -> Truths:
        """For each pair whether one of the two, or both, are `inside` (a truth a person)."""
        return np.asarray(inside[self.found.first] | inside[self.found.second], dtype=bool)

    def speaks(self, pair: int) -> tuple[ScoredReason, ...]:
        """What speaks for one of the pairs (a place in `found`), or against it, in the order of the table."""
        one, other = int(self.found.first[pair]), int(self.found.second[pair])
        told = []
        for ground in Criterion:
            points = round(float(self.parts[ground][pair]), 6)
            if points:
                through = self._through(one, other) if ground is Criterion.ACQUAINTANCE else ()
                told.append(
                    ScoredReason(ground=ground, points=points, shared=self._shared(ground, one, other), through=through)
                )
        return tuple(told)

    def _found(self) -> Found[Criterion]:
        met = [
            (self.place[a], self.place[b]) for a, b in self._known.known_pairs if a in self.place and b in self.place
        ]
        ends = np.array(met, dtype=np.int64).reshape(-1, 2)
        without = code_of(ends[:, 0], ends[:, 1], size=self.size)
        return pairs_in_common(self._circles(), kinds=(*COMMON, Criterion.FAR), size=self.size, without=without)

    def _circles(self) -> list[SharedTrait[Criterion]]:
        circles = [
            _circle(Criterion.INTEREST, holders, worth=1 - len(holders) / self.size)
            for holders in self._holders.values()
        ]
        for gathering in self.gatherings:
            came = [self.place[key] for key in gathering.attendees if key in self.place]
            circles.append(_circle(Criterion.GATHERING, came, worth=1.0))
        circles.append(_circle(Criterion.NEW, np.flatnonzero(self.joined_lately), worth=1.0))
        for key, others in self._known.neighbors.items():
            near = [self.place[other] for other in others if other in self.place]
            if key in self._workbook.hub or len(near) < 2:
                continue
            # Whoever is not to be named brings nobody together here; but those two are not far apart either.
            kind = Criterion.ACQUAINTANCE if key in self.place else Criterion.FAR
            circles.append(_circle(kind, near, worth=1 / math.log(len(others))))
        return circles

    def _parts(self) -> dict[Criterion, Decimals]:
        """Each reason's points for every pair."""
        first, second, shared = self.found.first, self.found.second, self.found.shared
        few = self.has_few_ties[first].astype(np.float64) + self.has_few_ties[second]
        knows = shared[Criterion.ACQUAINTANCE]
        amounts: dict[Criterion, Decimals | Truths] = {
            Criterion.INTEREST: np.minimum(shared[Criterion.INTEREST], MOST_INTERESTS) / MOST_INTERESTS,
            Criterion.ACQUAINTANCE: knows / (1 + knows),
            Criterion.GATHERING: shared[Criterion.GATHERING] > 0,
            Criterion.NEW: shared[Criterion.NEW] > 0,
            Criterion.FEW_TIES: np.where(few == 2, 0.5, few),
            Criterion.REGION: self.differ("Region"),
            Criterion.ROLE: self.differ("Role"),
            Criterion.FAR: (knows == 0) & (shared[Criterion.FAR] == 0) & self._known.has_ties,
        }
        places = self._values("Organization")
        amounts[Criterion.COLLEAGUES] = (places[first] >= 0) & (places[first] == places[second])
        both = self.is_well_connected[first] & self.is_well_connected[second]
        for ground in COMMON_ANYHOW:
            amounts[ground] = np.where(both, 0.0, amounts[ground])
        return {
            ground: BY_GROUND[ground].weight * np.asarray(amounts[ground], dtype=np.float64) for ground in Criterion
        }

    def _values(self, column: str) -> Numbers:
        """What stands in a column for each person, as numbers; -1 where nothing does."""
        known: dict[str, int] = {}
        said = [name_key(person.attributes.get(column, "")) for person in self.people]
        return np.array([known.setdefault(value, len(known)) if value else -1 for value in said], dtype=np.int64)

    def _interests(self, person: Person) -> dict[str, str]:
        """A person's tags, as they are compared and as they are typed."""
        return {key: tag for tag in person.tags if (key := name_key(tag))}

    @cached_property
    def _holders(self) -> dict[str, list[int]]:
        holders: dict[str, list[int]] = {}
        for at, tags in enumerate(self.interests):
            for tag in tags:
                holders.setdefault(tag, []).append(at)
        return dict(sorted(holders.items()))

    def _spelled(self, tag: str) -> str:
        """A tag as most people who carry it have it typed."""
        typed = Counter(self.interests[at][tag] for at in self._holders[tag])
        return min(typed, key=lambda word: (-typed[word], word))

    def _shared(self, ground: Criterion, one: int, other: int) -> tuple[str, ...]:
        if ground is Criterion.INTEREST:
            both = self.interests[one].keys() & self.interests[other].keys()
            ranked = sorted(both, key=lambda tag: (len(self._holders[tag]), tag))
            return tuple(self._spelled(tag) for tag in ranked if len(self._holders[tag]) < self.size)
        if ground is Criterion.GATHERING:
            keys = {self.people[one].key, self.people[other].key}
            return tuple(dict.fromkeys(each.title for each in self.gatherings if keys.issubset(each.attendees)))
        return ()

    def _through(self, one: int, other: int) -> tuple[PersonKey, ...]:
        near = self._known.neighbors
        both = near[self.people[one].key] & near[self.people[other].key] & self.place.keys()
        return tuple(sorted(both, key=lambda key: (self._known.tie_count(key), key)))


def _when(gathering: Gathering) -> tuple[dt.date, str]:
    return gathering.date or dt.date.min, gathering.title


def _circle(kind: Criterion, people: Sequence[int] | Numbers, *, worth: float) -> SharedTrait[Criterion]:
    return SharedTrait(kind, np.array(sorted({int(each) for each in people}), dtype=np.int64), worth)
