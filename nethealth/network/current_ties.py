"""Who knows whom today: the latest wave's ties, what became known since, and who ever knew one another.

A wave tells of its own day. Whom to introduce, and who might sit together, is asked of today, when others are here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

from nethealth.network.graph import Pair, network_at, pair_of
from nethealth.network.waves import introductions, relationship_waves
from nethealth.workbook.records import Connection, Person, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import Kind, TieRule

FEW_TIES = 2
"""Whoever has fewer ties than this is worth a call: one lost contact and they stand alone."""
NEW_WITHIN = dt.timedelta(days=183)
"""For so long a member is new: about half a year."""
YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentTies:
    """Who is tied to whom today, and who has known whom at any time."""

    has_ties: bool
    """Whether the workbook tells of any tie at all."""
    neighbors: Mapping[PersonKey, frozenset[PersonKey]]
    """With whom everybody is tied today; whoever has no tie is not in it."""
    known_pairs: frozenset[Pair]
    """Pairs who know one another: tied in any wave whoever of the two says so, introduced, or working together."""

    def tie_count(self, key: PersonKey) -> int:
        """How many ties somebody has today."""
        return len(self.neighbors.get(key, ()))


def find_current_ties(workbook: Workbook, *, rule: TieRule | None = None) -> CurrentTies:
    """Who knows whom today. Today's ties are those of the latest wave under `rule` (the settings' unless given), with
    the facts of no wave: introductions, and what convenings and staff know, also since. Only ties between people who
    are members today, or guests, count.

    Who has met goes further: any report or fact of any wave that is strong enough to be a tie, whichever of the two
    says so, every introduction, and collaborators of one emergent activity. Who once knew somebody needs no
    introduction.
    """
    network = network_at(workbook, rule=rule)
    at_least = workbook.settings.tie_from_strength
    introduced = introductions(workbook)
    rows = [row for row in (*workbook.connections, *introduced) if row.strength is None or row.strength >= at_least]
    told = {pair_of(row.source, row.target) for row in rows if row.source != row.target}
    together = {
        pair_of(one, other)
        for activity in workbook.emergent
        for one, other in combinations(sorted(set(activity.collaborators)), 2)
    }
    today = network.pairs | {
        pair_of(row.source, row.target) for row in _unassigned_facts(rows) if row.source != row.target
    }
    neighbors: dict[PersonKey, set[PersonKey]] = {}
    for one, other in today:
        if _is_here(workbook, one) and _is_here(workbook, other):
            neighbors.setdefault(one, set()).add(other)
            neighbors.setdefault(other, set()).add(one)
    return CurrentTies(
        has_ties=bool(rows),
        neighbors=MappingProxyType({key: frozenset(others) for key, others in sorted(neighbors.items())}),
        known_pairs=frozenset(told | together | today),
    )


def _unassigned_facts(rows: Iterable[Connection]) -> Iterable[Connection]:
    return (row for row in rows if not row.is_report and row.wave is None)


def _is_here(workbook: Workbook, key: PersonKey) -> bool:
    person = workbook.people.get(key)
    return person is not None and (person.is_guest or person.is_inside(workbook.today) is not False)


def recently_connected(workbook: Workbook, *, as_of: dt.date) -> frozenset[PersonKey] | None:
    """Whoever got a new tie in the year before `as_of`, as far as the workbook tells; None where it can't.

    A new tie is one of the latest wave that no earlier wave has, where that wave is of this year and there is an
    earlier one, or a fact of this year (an introduction, say).
    """
    since = as_of - YEAR
    dated = [row for row in (*workbook.connections, *introductions(workbook)) if not row.is_report and row.date]
    facts = {key for row in dated if row.date and since < row.date <= as_of for key in (row.source, row.target)}
    known = relationship_waves(workbook)
    latest = known[-1]
    if len(known) < 2 or latest.date is None or not since < latest.date <= as_of:
        return frozenset(facts) if dated else None
    before: set[Pair] = set()
    for one in known[:-1]:
        before |= network_at(workbook, wave=one.name, rule=TieRule.EITHER).pairs
    now = network_at(workbook, wave=latest.name, rule=TieRule.EITHER)
    return frozenset(facts | {key for pair in now.pairs - before for key in pair})


def current_people(workbook: Workbook, *, as_of: dt.date) -> tuple[Person, ...]:
    """Members of the day who are people (no guests, no organizations) and not of the hub, sorted by key."""
    return tuple(
        person
        for _, person in sorted(workbook.people.items())
        if not person.is_guest
        and person.kind is Kind.PERSON
        and person.key not in workbook.hub
        and person.is_inside(as_of) is not False
    )


def is_new(person: Person, *, as_of: dt.date) -> bool:
    """Whether somebody joined within the last half year."""
    return person.joined is not None and as_of - NEW_WITHIN <= person.joined <= as_of
