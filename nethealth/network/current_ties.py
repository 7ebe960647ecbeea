"""Who knows each other today: ties of the latest wave, what we learned since, and pairs who ever knew each other.

A wave shows its own day. Introductions and seating are about today, when other people may be here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

from nethealth.network.graph import Pair, network_at, pair_of
from nethealth.workbook.records import Connection, Person, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import Kind, TieRule
from nethealth.workbook.waves import introductions, relationship_waves

FEW_TIES = 2
"""People with fewer ties than this are worth a call: after losing one contact, they have none."""
NEW_WITHIN = dt.timedelta(days=183)
"""A member is new for about half a year."""
YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentTies:
    """Who is tied today, and who has ever known each other."""

    has_ties: bool
    """True if the workbook has any tie."""
    neighbors: Mapping[PersonKey, frozenset[PersonKey]]
    """The people that each person is tied to today; people without ties are not in it."""
    known_pairs: frozenset[Pair]
    """Pairs who know each other: tied in any wave if either reports it, introduced, or working together."""

    def tie_count(self, key: PersonKey) -> int:
        """Return how many ties a person has today."""
        return len(self.neighbors.get(key, ()))


def find_current_ties(workbook: Workbook, *, rule: TieRule | None = None) -> CurrentTies:
    """Return who knows each other today. Today's ties are those of the latest wave under `rule` (by default the
    settings'), plus facts that belong to no wave: introductions, and what convenings and staff know. Only ties between
    people who are members today, or guests, count.

    Known pairs go further: any report or fact of any wave that is strong enough to be a tie, every introduction, and
    collaborators in an emergent activity. People who once knew each other need no introduction.
    """
    network = network_at(workbook, rule=rule)
    at_least = workbook.settings.tie_from_strength
    introduced = introductions(workbook)
    rows = [row for row in (*workbook.connections, *introduced) if row.strength is None or row.strength >= at_least]
    reported_pairs = {pair_of(row.source, row.target) for row in rows if row.source != row.target}
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
        known_pairs=frozenset(reported_pairs | together | today),
    )


def _unassigned_facts(rows: Iterable[Connection]) -> Iterable[Connection]:
    return (row for row in rows if not row.is_report and row.wave is None)


def _is_here(workbook: Workbook, key: PersonKey) -> bool:
    person = workbook.people.get(key)
    return person is not None and (person.is_guest or person.is_inside(workbook.today) is not False)


def recently_connected(workbook: Workbook, *, as_of: dt.date) -> frozenset[PersonKey] | None:
    """Return people who got a new tie in the year before `as_of`; None if the workbook doesn't show it.

    A new tie is a fact from that year, such as an introduction. If the latest wave is from that year, too, ties that no
    earlier wave has are also new.
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
    """Return members on that day who are people (no guests, no organizations) and not in the hub, sorted by key."""
    return tuple(
        person
        for _, person in sorted(workbook.people.items())
        if not person.is_guest
        and person.kind is Kind.PERSON
        and person.key not in workbook.hub
        and person.is_inside(as_of) is not False
    )


def is_new(person: Person, *, as_of: dt.date) -> bool:
    """True if a person joined within the last half year."""
    return person.joined is not None and as_of - NEW_WITHIN <= person.joined <= as_of
