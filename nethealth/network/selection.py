"""A part of a network: the people and ties that someone selected, and how many of all that is.

A selection filters what is drawn and counted; it moves no one and changes no tie. The minimum group size doesn't apply,
because anyone can read the ties of a few people from the map itself. Hence three rules. Filters use only columns that
the map shows, never private ones. No selection has people who must not be drawn, or the difference between metrics and
map would reveal them. And for viewers, a selection has no reports, or two selections that differ in one person would
reveal whether that person answered, and whom they named.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from nethealth.network.graph import NO_PEOPLE, Network, Tie
from nethealth.network.metrics.communities import find_communities
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.records import Person, PersonKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The filters that are set, all of which must match. Without any, it is the full network."""

    values: tuple[tuple[str, str], ...] = ()
    """Pairs of column and value: people who have one of the given values in each given column."""
    clusters: frozenset[int] = frozenset()
    """People in one of these clusters, as numbered in the full network."""
    without_hub: bool = False
    """Removes the hub (the ESO and its staff)."""
    strength_from: float | None = None
    """Ties of at least this strength; ties without a strength are excluded then."""
    kinds: frozenset[str] = frozenset()
    """Ties with one of these types in a row."""
    since: dt.date | None = None
    """Ties with a row dated on this day or later; ties without a date are excluded then, as for `until`."""
    until: dt.date | None = None

    @property
    def narrows_people(self) -> bool:
        """True if it excludes people by their attributes or cluster; removing the hub doesn't count."""
        return bool(self.values or self.clusters)

    @property
    def narrows_ties(self) -> bool:
        """True if it excludes ties between people who stay."""
        return self.strength_from is not None or bool(self.kinds) or self.since is not None or self.until is not None

    @property
    def filter_count(self) -> int:
        """How many filters are set: each column is one, and so is a range of dates."""
        others = (self.clusters, self.without_hub, self.strength_from is not None, self.kinds, self.since or self.until)
        return len({column for column, _ in self.values}) + sum(map(bool, others))

    def for_other_waves(self) -> Selection:
        """Return the filters that apply to other waves: all but clusters, which differ by wave, and dates."""
        return replace(self, clusters=frozenset(), since=None, until=None)

    def minus_hub(self) -> Selection:
        """Return the same without the hub."""
        return replace(self, without_hub=True)


EVERYTHING = Selection()


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterChoices:
    """The filters that a network offers: only values that someone on the map, or a tie, has."""

    values: tuple[tuple[str, str], ...]
    """Column and value: regions first, then columns with few values before those with many; values by the alphabet."""
    clusters: tuple[int, ...]
    """Clusters of two people or more; empty if there are fewer than two of them."""
    has_hub: bool
    strengths: tuple[float, ...]
    """The strengths of ties, lowest first; empty if all are the same."""
    kinds: tuple[str, ...]
    dates: tuple[dt.date, dt.date] | None
    """The first and last date of ties; None with fewer than two different dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCounts:
    """How many of the people and ties that may be drawn are selected."""

    people: int
    of_people: int
    ties: int
    of_ties: int


def select_part(
    network: Network,
    selection: Selection,
    *,
    hub: frozenset[PersonKey] = NO_PEOPLE,
    among: Collection[PersonKey] | None = None,
) -> Network:
    """Return the selected part of the network: its people, including isolates, and the ties among them.

    `EVERYTHING` returns the network itself. `among` limits it further to these people, such as a cluster of another
    wave. Reports, unconfirmed, and unreturned ties are selected like ties. If people are excluded, respondents and
    invited count those who stay, provided the workbook says who answered; otherwise both are None. For viewers, there
    are no reports, unconfirmed, or unreturned ties, and no known respondents. `ties_outside` is about the full network
    and is 0 here.
    """
    if not selection.filter_count and among is None:
        return network
    people = _selected_people(network, selection, hub=hub)
    if among is not None:
        people = {key: person for key, person in people.items() if key in among}

    def selected(ties: tuple[Tie, ...]) -> tuple[Tie, ...]:
        return tuple(tie for tie in ties if tie.a in people and tie.b in people and _includes(selection, tie))

    if network.is_for_viewers:
        return replace(
            network,
            people=MappingProxyType(people),
            ties=selected(network.ties),
            reports=(),
            unconfirmed_ties=(),
            unreturned_ties=(),
            known_respondents=frozenset(),
            respondents=None,
            invited=None,
            ties_outside=0,
        )
    ties, unconfirmed, unreturned = (
        selected(network.ties),
        selected(network.unconfirmed_ties),
        selected(network.unreturned_ties),
    )
    pairs = {tie.pair for tie in (*ties, *unconfirmed, *unreturned)}
    answered = network.known_respondents & people.keys()
    respondents, invited = network.respondents, network.invited
    if len(people) < len(network.people):
        are_respondents_known = respondents is not None and respondents <= len(network.known_respondents)
        respondents = len(answered) if are_respondents_known else None
        asked = sum(1 for key, person in people.items() if not person.is_guest or key in answered)
        # More or fewer were asked than are in the wave, so we don't know which of these people were.
        invited = asked if are_respondents_known and network.invited == _asked(network) else None
    return replace(
        network,
        people=MappingProxyType(people),
        ties=ties,
        reports=tuple(pair for pair in network.reports if (min(pair), max(pair)) in pairs),
        unconfirmed_ties=unconfirmed,
        unreturned_ties=unreturned,
        known_respondents=answered,
        respondents=respondents,
        invited=invited,
        ties_outside=0,
    )


def find_choices(
    network: Network, *, columns: Sequence[str], hub: frozenset[PersonKey] = NO_PEOPLE, names: Collection[str] = ()
) -> FilterChoices:
    """Return the filters that a network offers, by `columns` that people may be compared by.

    Values that are one of `names`, as in a column "Mentor", are excluded, because a filter is in the page's address,
    and no one's name may be.
    """
    taken = {name_key(name) for name in names}
    shown = [person for person in network.people.values() if person.on_map]
    unconfirmed = () if network.is_for_viewers else network.unconfirmed_ties
    ties = [tie for tie in (*network.ties, *unconfirmed) if _is_drawn(network, tie)]
    strengths = sorted({tie.strength for tie in ties if tie.strength is not None})
    days = {row.date for tie in ties for row in tie.rows if row.date is not None}
    sizes = Counter(clusters_by_person(network).values())
    values = {
        column: sorted({person.attributes.get(column, "").strip() for person in shown} - {""}) for column in columns
    }
    return FilterChoices(
        values=tuple(
            (column, value)
            for column in sorted(columns, key=lambda column: (column != "Region", len(values[column])))
            for value in values[column]
            if name_key(value) not in taken
        ),
        clusters=tuple(sorted(sizes)) if len(sizes) > 1 else (),
        has_hub=not hub.isdisjoint(network.people),
        strengths=tuple(strengths) if len(strengths) > 1 else (),
        kinds=tuple(sorted({kind for tie in ties for kind in tie.kinds})),
        dates=(min(days), max(days)) if len(days) > 1 else None,
    )


def count_shown(network: Network, *, whole: Network) -> ShownCounts:
    """Return how many people and ties of `whole` that may be drawn are in `network`."""
    return ShownCounts(
        people=_drawn_people(network),
        of_people=_drawn_people(whole),
        ties=sum(_is_drawn(network, tie) for tie in network.ties),
        of_ties=sum(_is_drawn(whole, tie) for tie in whole.ties),
    )


def clusters_by_person(network: Network) -> Mapping[PersonKey, int]:
    """Return each person's cluster, 1 the largest, without people in no cluster of two or more."""
    members = network.members
    return MappingProxyType(
        {
            members[number]: at
            for at, group in enumerate(find_communities(network.topology), start=1)
            if len(group) > 1
            for number in group
        }
    )


def _drawn_people(network: Network) -> int:
    return sum(person.on_map for person in network.people.values())


def _is_drawn(network: Network, tie: Tie) -> bool:
    return network.people[tie.a].on_map and network.people[tie.b].on_map


def _asked(network: Network) -> int:
    return sum(1 for key, person in network.people.items() if not person.is_guest or key in network.known_respondents)


def _selected_people(network: Network, selection: Selection, *, hub: frozenset[PersonKey]) -> dict[PersonKey, Person]:
    wanted: dict[str, set[str]] = {}
    for column, value in selection.values:
        wanted.setdefault(column, set()).add(value)
    group_of = clusters_by_person(network) if selection.clusters else {}
    includes_everyone = not selection.narrows_people and not selection.narrows_ties

    def is_selected(key: PersonKey, person: Person) -> bool:
        return (
            (includes_everyone or person.on_map)
            and not (selection.without_hub and key in hub)
            and (not selection.clusters or group_of.get(key) in selection.clusters)
            and all(person.attributes.get(column, "").strip() in values for column, values in wanted.items())
        )

    return {key: person for key, person in network.people.items() if is_selected(key, person)}


def _includes(selection: Selection, tie: Tie) -> bool:
    if selection.strength_from is not None and (tie.strength is None or tie.strength < selection.strength_from):
        return False
    if selection.kinds and selection.kinds.isdisjoint(tie.kinds):
        return False
    if selection.since is None and selection.until is None:
        return True
    earliest, latest = selection.since or dt.date.min, selection.until or dt.date.max
    return any(row.date is not None and earliest <= row.date <= latest for row in tie.rows)
