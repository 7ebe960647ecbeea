"""The network of one wave: who is in it, who is tied to whom under the rule, and what stands behind each tie."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from nethealth.cache import StoresResults, cached
from nethealth.network.metrics.topology import Topology
from nethealth.network.waves import LATEST, find_wave
from nethealth.workbook.records import Connection, Person, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough, TieRule

if TYPE_CHECKING:
    import networkx
    import pandas
    import pyvis.network

NO_PEOPLE: frozenset[PersonKey] = frozenset()
Pair = tuple[PersonKey, PersonKey]
"""Two different people, the smaller key first."""


def pair_of(one: PersonKey, other: PersonKey) -> Pair:
    """The two as an unordered pair."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two people who are tied, whichever of them says so: an unordered pair, `a` before `b` by key."""

    a: PersonKey
    b: PersonKey
    strength: float | None
    """The strongest that any of its rows gives; None where none gives one."""
    kinds: tuple[str, ...]
    """What its rows say under Type, each once."""
    heard_through: tuple[HeardThrough, ...]
    """How it came to be known, each once; a row that does not say is a survey's."""
    reported_by: tuple[PersonKey, ...]
    """Who of the two reports it: none (a fact alone), one or both."""
    rows: tuple[Connection, ...]
    """The reports and facts behind it. A weaver's introduction stands here as a fact."""

    @property
    def is_mutual(self) -> bool:
        """Whether both report it."""
        return len(self.reported_by) == 2

    @property
    def pair(self) -> Pair:
        """Its two people."""
        return (self.a, self.b)

    @property
    def latest(self) -> dt.date | None:
        """The latest date that its rows give; None where none gives one."""
        return max((row.date for row in self.rows if row.date is not None), default=None)


@dataclass(frozen=True, kw_only=True)
class Network(StoresResults):
    """The network of one wave under one rule. Everything in it is sorted by key: the order of rows changes nothing."""

    wave: str | None
    """The wave's name; None for the one of all reports that name none."""
    date: dt.date | None
    """The wave's day: its row's in Waves, else its latest tie's. None where neither is known."""
    rule: TieRule
    people: Mapping[PersonKey, Person]
    """Everybody in the wave, those without a tie and those who are not to be drawn included."""
    ties: tuple[Tie, ...]
    """The ties that count under the rule."""
    reports: tuple[tuple[PersonKey, PersonKey], ...]
    """Who reports a tie to whom: ordered pairs."""
    unconfirmed_ties: tuple[Tie, ...] = ()
    """Under the rule "both": what one of two reports while the other did not answer. Drawn as such, not counted."""
    unreturned_ties: tuple[Tie, ...] = ()
    """Under the rule "both": what one of two reports while the other answered otherwise. Not drawn, not counted."""
    known_respondents: frozenset[PersonKey] = frozenset()
    """Who is known to have answered: listed among the respondents, or reporting a tie."""
    respondents: int | None = None
    """How many answered: as the sheet gives it, else how many report a tie; None where nobody was asked."""
    are_respondents_recorded: bool = True
    """Whether the sheet says who or how many answered; else whoever reports a tie counts as having answered."""
    invited: int | None = None
    """How many were asked: as the sheet gives it, else everybody in the wave but guests who did not answer.

    None where more answered than that.
    """
    ties_outside: int = 0
    """Pairs that would be tied, were both people in the wave (one had left, say): left out of everything."""

    @property
    def members(self) -> tuple[PersonKey, ...]:
        """The keys of everybody in the wave, sorted."""
        return tuple(self.people)

    @property
    def is_empty(self) -> bool:
        """Whether nobody is in it."""
        return not self.people

    @cached_property
    def index(self) -> Mapping[PersonKey, int]:
        """Each member's number in `structure`: their place among the members."""
        return MappingProxyType({key: at for at, key in enumerate(self.people)})

    @cached_property
    def topology(self) -> Topology:
        """Who is tied to whom by number, with the measures that follow from it."""
        return Topology(len(self.people), edges=[(self.index[tie.a], self.index[tie.b]) for tie in self.ties])

    @cached_property
    def pairs(self) -> frozenset[Pair]:
        """Who is tied to whom."""
        return frozenset(tie.pair for tie in self.ties)

    @cached_property
    def neighbors(self) -> Mapping[PersonKey, tuple[PersonKey, ...]]:
        """With whom each member is tied, sorted."""
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

        `color_by` is an attribute (None: one color for all). People with `on_map` False are left out, and no email is
        in it. See `nethealth.network.map.pyvis_view` for other positions or names.
        """
        from nethealth.network.map.pyvis_view import as_pyvis

        return as_pyvis(self, color_by=color_by, notebook=notebook)

    def __getstate__(self) -> dict[str, Any]:
        # What was worked out is worked out again where it is needed: a cache or another process gets the facts alone.
        kept = {name: value for name, value in self.__dict__.items() if name in self.__dataclass_fields__}
        return kept | {"people": dict(self.people)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state | {"people": MappingProxyType(state["people"])})


def network_at(
    workbook: Workbook,
    *,
    wave: str | None = LATEST,
    rule: TieRule | None = None,
    without: frozenset[PersonKey] = NO_PEOPLE,
) -> Network:
    """The network of one wave of relationships.

    `wave` is its name, `LATEST` the latest by date, None the one of all reports that name none. `rule` None means what
    the settings say. `without` leaves these people out, with their ties; who answered and who was asked stay as they
    were.

    In a wave is whoever's membership covers its date (today, where it has none), whoever has no dates, and guests. A
    tie needs both people in the wave; others are counted in `ties_outside`. A repeated row counts once, with its
    strongest strength, and only from the settings' `Tie from strength` on; without any strength it counts. Reports
    count under the rule; facts (weaving, convening, staff) always, but never as reports.

    Raises `UnknownWave` where the workbook has no wave of relationships of that name.
    """
    name = find_wave(workbook, wave).name
    return _network_at(workbook, name=name, rule=rule or workbook.settings.tie_rule, without=without)


@cached
def _network_at(workbook: Workbook, *, name: str | None, rule: TieRule, without: frozenset[PersonKey]) -> Network:
    """The network of a wave that is there: the same object for all who ask, with what was worked out of it."""
    chosen = find_wave(workbook, name)
    day = chosen.date or workbook.today
    inside = {
        key: person
        for key, person in sorted(workbook.people.items())
        if person.is_guest or person.is_inside(day) is not False
    }
    people = {key: person for key, person in inside.items() if key not in without}

    reporters = {row.source for row in chosen.reports}
    # Who answered a form that belongs to no named wave is known by the form alone.
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
        invited = sum(1 for key, person in inside.items() if not person.is_guest or key in answered)
        # More than the members of that day answered, so others were asked, too; nobody knows how many.
        invited = None if respondents is not None and respondents > invited else invited

    reports, facts = _by_pair(chosen.reports, chosen.facts, at_least=workbook.settings.tie_from_strength)
    pairs = {pair_of(*pair) for pair in reports} | set(facts)
    ties: list[Tie] = []
    unconfirmed: list[Tie] = []
    unreturned: list[Tie] = []
    outside = 0
    for a, b in sorted(pairs):
        reported_by = tuple(one for one, other in ((a, b), (b, a)) if (one, other) in reports)
        counts = (a, b) in facts or len(reported_by) == 2 or rule is TieRule.EITHER
        if a not in inside or b not in inside:
            outside += counts
        elif a in people and b in people:
            tie = _tie(a, b, reported_by, (*reports.get((a, b), ()), *reports.get((b, a), ()), *facts.get((a, b), ())))
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
        ties_outside=outside,
    )


Rows = dict[tuple[PersonKey, PersonKey], list[Connection]]


def _by_pair(reports: Iterable[Connection], facts: Iterable[Connection], *, at_least: float) -> tuple[Rows, Rows]:
    """Reports by ordered and facts by unordered pair, those alone that are strong enough."""
    reported: Rows = defaultdict(list)
    known: Rows = defaultdict(list)
    for row in reports:
        if row.source != row.target:
            reported[row.source, row.target].append(row)
    for row in facts:
        if row.source != row.target:
            known[pair_of(row.source, row.target)].append(row)

    def strong_enough(rows: Rows) -> Rows:
        kept: Rows = {}
        for pair, found in rows.items():
            strongest = _strongest(found)
            if strongest is None or strongest >= at_least:
                kept[pair] = found
        return kept

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
            heard_through=(row.heard_through or HeardThrough.SURVEY,),
            reported_by=reported_by,
            rows=rows,
        )
    through = {row.heard_through or HeardThrough.SURVEY for row in rows}
    return Tie(
        a=a,
        b=b,
        strength=_strongest(rows),
        kinds=tuple(sorted({row.kind for row in rows if row.kind})),
        heard_through=tuple(way for way in HeardThrough if way in through),
        reported_by=reported_by,
        # Sorted by what they say, so that rows in another order make the same tie.
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
