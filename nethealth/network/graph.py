"""The network of one wave: its people, its ties under the tie rule, and the rows behind each tie."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from nethealth.cache import StoresResults, cached
from nethealth.network.metrics.topology import Topology
from nethealth.privacy.common_values import columns_by_priority, common_combinations
from nethealth.privacy.viewer_redaction import has_left
from nethealth.workbook.records import Connection, Person, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough, TieRule
from nethealth.workbook.waves import LATEST, find_wave, introduced_since

if TYPE_CHECKING:
    import networkx
    import pandas
    import pyvis.network

NO_PEOPLE: frozenset[PersonKey] = frozenset()
Pair = tuple[PersonKey, PersonKey]
"""Two different people, the smaller key first."""


def pair_of(one: PersonKey, other: PersonKey) -> Pair:
    """Return the two as an unordered pair."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two people who are tied, no matter who reports it: an unordered pair, `a` before `b` by key."""

    a: PersonKey
    b: PersonKey
    strength: float | None
    """The highest strength in its rows; None if no row has one."""
    kinds: tuple[str, ...]
    """The types in its rows, each once."""
    heard_through: tuple[HeardThrough, ...]
    """How we know about it, each once; a row that doesn't say comes from a survey."""
    reported_by: tuple[PersonKey, ...]
    """Which of the two report it: none (known as a fact), one, or both."""
    rows: tuple[Connection, ...]
    """The reports and facts behind it. A weaver's introduction is a fact."""

    @property
    def is_mutual(self) -> bool:
        """True if both report it."""
        return len(self.reported_by) == 2

    @property
    def pair(self) -> Pair:
        """Its two people."""
        return (self.a, self.b)

    @property
    def latest(self) -> dt.date | None:
        """The latest date in its rows; None if no row has one."""
        return max((row.date for row in self.rows if row.date is not None), default=None)


@dataclass(frozen=True, kw_only=True)
class Network(StoresResults):
    """The network of one wave under one tie rule. Everything is sorted by key, so the order of rows changes nothing."""

    wave: str | None
    """The wave's name; None for the wave of all reports that name no wave."""
    date: dt.date | None
    """The wave's date in the Waves tab, or else its latest tie's; None if neither is known."""
    rule: TieRule
    people: Mapping[PersonKey, Person]
    """Everyone in the wave, including isolates and people who must not be drawn."""
    ties: tuple[Tie, ...]
    """The ties that count under the rule."""
    reports: tuple[tuple[PersonKey, PersonKey], ...]
    """Ordered pairs: who reports a tie, and to which person."""
    unconfirmed_ties: tuple[Tie, ...] = ()
    """Under the rule "both": ties that one reports while the other didn't answer. Drawn as such, not counted."""
    unreturned_ties: tuple[Tie, ...] = ()
    """Under the rule "both": ties that one reports and the other doesn't. Neither drawn nor counted."""
    known_respondents: frozenset[PersonKey] = frozenset()
    """People known to have answered: listed as respondents, or reporting a tie."""
    respondents: int | None = None
    """How many answered, from the workbook, or else how many report a tie; None if no one was asked."""
    are_respondents_recorded: bool = True
    """True if the workbook says who or how many answered; if not, people who report a tie count as respondents."""
    invited: int | None = None
    """How many were asked, from the workbook, or else everyone in the wave except guests who didn't answer.

    None if more people answered than that.
    """
    is_for_viewers: bool = False
    """True if it is read from the viewers' workbook. Then no part of it may say who reports a tie, or who answered."""
    ties_outside: int = 0
    """Pairs that would be tied if both people were in the wave (one may have left). Nothing else counts them."""

    @property
    def members(self) -> tuple[PersonKey, ...]:
        """The keys of everyone in the wave, sorted."""
        return tuple(self.people)

    @property
    def is_empty(self) -> bool:
        """True if no one is in it."""
        return not self.people

    @cached_property
    def index(self) -> Mapping[PersonKey, int]:
        """Each member's number in `topology`: their position among the members."""
        return MappingProxyType({key: at for at, key in enumerate(self.people)})

    @cached_property
    def topology(self) -> Topology:
        """The ties by number; metrics are functions of it."""
        return Topology(len(self.people), edges=[(self.index[tie.a], self.index[tie.b]) for tie in self.ties])

    @cached_property
    def pairs(self) -> frozenset[Pair]:
        """The tied pairs."""
        return frozenset(tie.pair for tie in self.ties)

    @cached_property
    def neighbors(self) -> Mapping[PersonKey, tuple[PersonKey, ...]]:
        """The people that each member is tied to, sorted."""
        found: dict[PersonKey, list[PersonKey]] = {key: [] for key in self.people}
        for tie in self.ties:
            found[tie.a].append(tie.b)
            found[tie.b].append(tie.a)
        return MappingProxyType({key: tuple(sorted(others)) for key, others in found.items()})

    def as_networkx(self) -> networkx.Graph:
        """Return a new undirected networkx graph: a node for each member, by key, and an edge for each tie.

        Isolates are in it. Nodes carry `name`, `kind`, `on_map`, `guest`, and the person's attributes by column, never
        `(private)` ones. Edges carry `strength` if known, `kinds`, `heard_through`, and `mutual`.

        Examples:
            >>> from nethealth.sources import read_sample
            >>> from nethealth.workbook.reader import read_workbook
            >>> network = network_at(read_workbook(read_sample()))
            >>> network.as_networkx().number_of_edges() == len(network.ties)
            True
        """
        import networkx

        graph = networkx.Graph()
        for key, person in self.people.items():
            fixed = {"name": person.name, "kind": person.kind.value, "on_map": person.on_map, "guest": person.is_guest}
            graph.add_node(key, **{**person.attributes, **fixed})
        for tie in self.ties:
            about: dict[str, Any] = {
                "kinds": "; ".join(tie.kinds),
                "heard_through": "; ".join(tie.heard_through),
                "mutual": tie.is_mutual,
            }
            if tie.strength is not None:
                about["strength"] = tie.strength
            graph.add_edge(tie.a, tie.b, **about)
        return graph

    def frames(self) -> dict[str, pandas.DataFrame]:
        """Return the network as pandas data frames: `people` with their metrics, and `ties`.

        See `nethealth.network.frames` for the columns.
        """
        from nethealth.network.frames import network_frames

        return network_frames(self)

    def as_pyvis(self, *, color_by: str | None = None, notebook: bool = False) -> pyvis.network.Network:
        """Return a pyvis network with our positions, colors, shapes, and sizes, for a notebook or `write_html`.

        `color_by` is an attribute (None: one color for all). People with `on_map` False are excluded, and so are
        emails.
        """
        from nethealth.network.map.pyvis_view import as_pyvis

        return as_pyvis(self, color_by=color_by, notebook=notebook)

    def __getstate__(self) -> dict[str, Any]:
        # Only the fields are pickled; cached properties are computed again when needed.
        state = {name: value for name, value in self.__dict__.items() if name in self.__dataclass_fields__}
        return state | {"people": dict(self.people)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state | {"people": MappingProxyType(state["people"])})


def network_at(
    workbook: Workbook,
    *,
    wave: str | None = LATEST,
    rule: TieRule | None = None,
    without: frozenset[PersonKey] = NO_PEOPLE,
) -> Network:
    """Return the network of one wave.

    `wave` is its name, `LATEST` the latest by date, None the wave of all reports that name no wave. `rule` None means
    the settings' tie rule. `without` removes these people and their ties; respondents and invited stay the same.

    A wave has the people whose membership covers its date (today if it has none), people without dates, and guests. For
    viewers it has only people who may be drawn.
    Ties with anyone else only count in `ties_outside`. Repeated rows count once, with the highest strength, if that
    reaches the settings' `Tie from strength` or is missing. Reports count under the tie rule. Facts (weaving,
    convenings, staff) always count, but never as reports.

    Raises `UnknownWave` if the workbook has no such wave of relationships.
    """
    name = find_wave(workbook, wave).name
    return _network_at(workbook, name=name, rule=rule or workbook.settings.tie_rule, without=without)


@cached
def _network_at(workbook: Workbook, *, name: str | None, rule: TieRule, without: frozenset[PersonKey]) -> Network:
    """Return the network of an existing wave: the same object for all callers, with its stored results."""
    chosen = find_wave(workbook, name)
    day = chosen.date or workbook.today
    everyone = {
        key: person
        for key, person in sorted(workbook.people.items())
        if person.is_guest or person.is_inside(day) is not False
    }
    # Viewers could subtract what the map shows from what metrics count, and find out about people it doesn't show.
    inside = {key: person for key, person in everyone.items() if person.on_map or not workbook.is_for_viewers}
    people = {key: person for key, person in inside.items() if key not in without}
    if workbook.are_names_replaced:
        people = _with_common_values(people, workbook)

    reporters = {row.source for row in chosen.reports}
    # For a form without a named wave, only the form says who answered.
    unnamed = workbook.respondents_without_wave if chosen.name is None else None
    listed = chosen.wave.respondents if chosen.wave else unnamed
    answered = reporters.union(listed or ())
    respondents = chosen.wave.responded if chosen.wave else None
    if respondents is None and listed is not None:
        respondents = len(answered)
    elif respondents is None and reporters:
        respondents = sum(1 for key in reporters if key in inside)
    is_noted = listed is not None or (chosen.wave is not None and chosen.wave.responded is not None)
    invited = chosen.wave.invited if chosen.wave else None
    if invited is None:
        invited = sum(1 for key, person in everyone.items() if not person.is_guest or key in answered)
        # More people answered than were members then, so others were asked, too; we don't know how many.
        invited = None if respondents is not None and respondents > invited else invited

    reports, facts = _by_pair(chosen.reports, chosen.facts, at_least=workbook.settings.tie_from_strength)
    pairs = {pair_of(*pair) for pair in reports} | set(facts)
    ties: list[Tie] = []
    unconfirmed: list[Tie] = []
    unreturned: list[Tie] = []
    outside = 0
    one_of = {key: (key,) for key in people}
    for a, b in sorted(pairs):
        by_a, by_b, known = reports.get((a, b), NO_ROWS), reports.get((b, a), NO_ROWS), facts.get((a, b), NO_ROWS)
        counts = bool(known or (by_a and by_b)) or rule is TieRule.EITHER
        if a not in inside or b not in inside:
            outside += counts
        elif a in people and b in people:
            reported_by = (a, b) if by_a and by_b else one_of[a] if by_a else one_of[b] if by_b else ()
            tie = _tie(a, b, reported_by, (*by_a, *by_b, *known))
            if counts:
                ties.append(tie)
            elif not answered.issuperset((a, b)):
                unconfirmed.append(tie)
            else:
                unreturned.append(tie)
    return Network(
        wave=chosen.name,
        date=chosen.date,
        rule=rule,
        people=MappingProxyType(people),
        ties=tuple(ties),
        reports=tuple(sorted(pair for pair in reports if pair[0] in people and pair[1] in people)),
        unconfirmed_ties=tuple(unconfirmed),
        unreturned_ties=tuple(unreturned),
        known_respondents=frozenset(answered.intersection(people)),
        respondents=respondents,
        are_respondents_recorded=is_noted,
        invited=invited,
        is_for_viewers=workbook.is_for_viewers,
        ties_outside=outside,
    )


def ties_introduced_since(workbook: Workbook, *, network: Network) -> tuple[Tie, ...]:
    """Return pairs in the latest wave's network who were introduced after it, as ties that don't count in it.

    Empty for earlier waves and for viewers.
    """
    latest = find_wave(workbook, LATEST)
    if network.is_for_viewers or latest.name != network.wave:
        return ()
    _, pairs = _by_pair((), introduced_since(workbook, latest), at_least=0)
    return tuple(
        _tie(a, b, (), tuple(rows))
        for (a, b), rows in sorted(pairs.items())
        if a in network.people and b in network.people
    )


def _with_common_values(people: dict[PersonKey, Person], workbook: Workbook) -> dict[PersonKey, Person]:
    """Return people shown by initials or a code with only values that enough of them share together in this wave."""
    values = {
        key: person.attributes
        for key, person in people.items()
        if person.on_map and not has_left(person, today=workbook.today)
    }
    smallest, kinds = workbook.settings.smallest_group, {key: people[key].kind for key in values}
    columns = columns_by_priority(workbook, workbook.attributes)
    common = common_combinations(values, columns, smallest_group=smallest, known=kinds)
    return people | {key: replace(people[key], attributes=attributes) for key, attributes in common.items()}


Rows = dict[tuple[PersonKey, PersonKey], list[Connection]]
NO_ROWS: Sequence[Connection] = ()
ONLY_THROUGH = {source: (source,) for source in HeardThrough}
"""One tuple for all ties that are heard of in one way."""


def _by_pair(reports: Iterable[Connection], facts: Iterable[Connection], *, at_least: float) -> tuple[Rows, Rows]:
    """Return reports by ordered and facts by unordered pair, without pairs that are too weak to be a tie."""
    reported: Rows = defaultdict(list)
    known: Rows = defaultdict(list)
    for row in reports:
        if row.source != row.target:
            reported[row.source, row.target].append(row)
    for row in facts:
        if row.source != row.target:
            known[pair_of(row.source, row.target)].append(row)

    def strong_enough(rows: Rows) -> Rows:
        strong: Rows = {}
        for pair, found in rows.items():
            strongest = _strongest(found)
            if strongest is None or strongest >= at_least:
                strong[pair] = found
        return strong

    return strong_enough(reported), strong_enough(known)


def _tie(a: PersonKey, b: PersonKey, reported_by: tuple[PersonKey, ...], rows: tuple[Connection, ...]) -> Tie:
    if len(rows) == 1:
        # Most ties are one row: nothing to sort, and nothing that could differ.
        (row,) = rows
        return Tie(
            a=a,
            b=b,
            strength=row.strength,
            kinds=(row.kind,) if row.kind else (),
            heard_through=ONLY_THROUGH[row.heard_through or HeardThrough.SURVEY],
            reported_by=reported_by,
            rows=rows,
        )
    through = {row.heard_through or HeardThrough.SURVEY for row in rows}
    return Tie(
        a=a,
        b=b,
        strength=_strongest(rows),
        kinds=tuple(sorted({row.kind for row in rows if row.kind})),
        heard_through=tuple(source for source in HeardThrough if source in through),
        reported_by=reported_by,
        # Sorted by content, so that rows in another order make the same tie.
        rows=tuple(sorted(rows, key=_in_order)),
    )


def _in_order(row: Connection) -> tuple[str, ...]:
    date = row.date.isoformat() if row.date else ""
    return (
        date,
        row.source,
        row.target,
        *(str(part) for part in (row.heard_through, row.kind, row.strength, row.notes)),
    )


def _strongest(rows: Iterable[Connection]) -> float | None:
    return max((row.strength for row in rows if row.strength is not None), default=None)
