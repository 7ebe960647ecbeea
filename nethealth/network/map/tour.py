"""The prepared tour of the presenter view: steps with one sentence each, in words that a whole room understands.

The steps are the whole network, its regions together and one by one, the people who link them, what changed since the
wave before, and who could meet. Sentences name no one: the map does, as far as it shows names. Numbers count what the
room sees, so what changed is counted as in the Over time tab, but without people who stay off the map.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from nethealth.cache import cached
from nethealth.metric import Unit
from nethealth.network.analysis.wave_comparison import WaveComparison, compare_waves
from nethealth.network.connectivity import Connectivity, analyze_connectivity, build_map
from nethealth.network.graph import Tie
from nethealth.network.introductions.suggestions import Introductions, suggest_introductions
from nethealth.network.map.model import Position, map_position
from nethealth.network.map.network_map import NetworkMap
from nethealth.network.map.room import IdPair, Room
from nethealth.network.selection import EVERYTHING, Selection
from nethealth.presentation.formatting import format_value, pluralize, single_line
from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.privacy.viewer_redaction import has_left
from nethealth.workbook.records import PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import TieRule
from nethealth.workbook.waves import LATEST

MOST_REGIONS = 6
"""Regions that get a step of their own, those that stand most apart."""
MOST_PAIRS = 8
"""Pairs who could meet; more than a room can read at once would be a tangle."""
MOST_LINES = 4_000
"""Connections that changed and are drawn; of more, no one could tell one from another, so they are only counted."""
LONGEST_WAVE = 40


@dataclass(frozen=True, slots=True, order=True)
class Departure:
    """Someone who left, but never who it was."""

    place: Position
    """Where they were, in map units."""
    near: tuple[str, ...]
    """The ids of the people they were connected to who stayed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveChanges:
    """What changed since the wave before, by the ids of people who are drawn."""

    joined: tuple[str, ...]
    passed: tuple[str, ...]
    """People who joined, and have left since this wave."""
    left: tuple[Departure, ...]
    new: tuple[IdPair, ...]
    """New ties between people who stayed."""
    brought: tuple[IdPair, ...]
    """Ties of people who joined."""
    lost: tuple[IdPair, ...]
    """Lost ties between people who stayed."""

    def as_json(self) -> dict[str, Any]:
        """Return the form that the map's script reads."""
        return {
            "joined": list(self.joined),
            "passed": list(self.passed),
            "left": [{"x": each.place[0], "y": each.place[1], "near": list(each.near)} for each in self.left],
            "new": list(map(list, self.new)),
            "brought": list(map(list, self.brought)),
            "lost": list(map(list, self.lost)),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TourStep:
    """One step: a sentence, and who it is about."""

    id: str
    text: str
    people: tuple[str, ...] = ()
    """The ids of the people whom the camera shows; empty for everyone."""
    leading: tuple[str, ...] = ()
    """Those of them who stand out."""
    changes: WaveChanges | None = None
    pairs: tuple[IdPair, ...] = ()
    """Pairs who could meet."""

    def as_json(self) -> dict[str, Any]:
        """Return the form that the map's script reads."""
        step: dict[str, Any] = {"id": self.id, "text": self.text, "people": self.people, "leading": self.leading}
        if self.changes:
            step["changes"] = self.changes.as_json()
        if self.pairs:
            step["pairs"] = list(map(list, self.pairs))
        return step


@dataclass(frozen=True, slots=True)
class MapTour:
    """The steps of a tour, in order."""

    steps: tuple[TourStep, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the form that the map's script reads."""
        return {"steps": [step.as_json() for step in self.steps]}


@cached
def load_tour(
    workbook: Workbook,
    *,
    as_of: dt.date,
    wave: str | None = LATEST,
    rule: TieRule | None = None,
    selection: Selection = EVERYTHING,
    color_by: str | None = None,
    for_staff: bool = False,
) -> MapTour:
    """Return the tour of the map that `build_map` makes of the same wave, rule, selection, and color.

    Only staff see who could meet; for others it is counted on the day `as_of`, and small numbers are hidden.
    """
    chosen: dict[str, Any] = {"wave": wave, "rule": rule, "selection": selection}
    connected = analyze_connectivity(workbook, **chosen)
    drawn = build_map(workbook, **chosen, color_by=color_by, for_staff=for_staff)
    introductions = None
    if connected.is_latest_wave:
        introductions = cached(suggest_introductions)(workbook, as_of=as_of, rule=connected.network.rule)
    return make_tour(
        connected, drawn, earlier=earlier_positions(connected), introductions=introductions, for_staff=for_staff
    )


def tour_for_viewers(
    workbook: Workbook,
    drawn: NetworkMap,
    *,
    wave: str | None,
    rule: TieRule,
    earlier: Mapping[PersonKey, Position],
) -> MapTour:
    """Return the tour of a map that is `drawn` of one wave of the viewers' workbook; `earlier` as in `make_tour`."""
    connected = analyze_connectivity(workbook, wave=wave, rule=rule)
    introductions = None
    if connected.is_latest_wave:
        introductions = cached(suggest_introductions)(workbook, as_of=workbook.today, rule=rule)
    return make_tour(connected, drawn, earlier=earlier, introductions=introductions, for_staff=False)


def earlier_positions(connected: Connectivity) -> Mapping[PersonKey, Position]:
    """Return everyone's position in the wave before, as in `layout`; empty for the first wave."""
    before = connected.previous_wave
    return {} if before is None else connected.positions_in(before.wave)


def make_tour(
    connected: Connectivity,
    drawn: NetworkMap,
    *,
    earlier: Mapping[PersonKey, Position],
    introductions: Introductions | None,
    for_staff: bool,
) -> MapTour:
    """Return the tour of a map that is `drawn` of a network; without introductions, no one meets.

    `earlier` has everyone's position in the wave before.
    """
    room, regions = drawn.room, _Regions(drawn)
    steps = [TourStep(id="whole", text=room.counts_text), *_region_steps(regions), _broker_step(regions)]
    before = connected.previous_wave
    if before is not None:
        compared = compare_waves(connected.network_in_wave(before.wave), connected.network)
        steps.append(_changes_step(compared, room, earlier, today=connected.workbook.today))
    if introductions is not None:
        smallest = connected.workbook.settings.smallest_group
        steps.append(_pairs_step(introductions, room) if for_staff else _gap_step(introductions, regions, smallest))
    return MapTour(tuple(step for step in steps if step is not None))


class _Regions:
    """The regions of a map, without people who have no connections."""

    def __init__(self, drawn: NetworkMap) -> None:
        self.drawn, self.room = drawn, drawn.room

    @cached_property
    def region_of(self) -> list[int]:
        """Each person's region; negative for none."""
        regions, clusters = self.drawn.regions, self.drawn.drawing.clusters
        if regions.kind == "category":
            numbers = list(self.drawn.coloring.groups)
        else:
            numbers = [clusters.number_of.get(person.key, -1) for person in self.drawn.drawing.people]
        return [
            number if number in regions.names and ties else -1
            for number, ties in zip(numbers, self.room.ties_of, strict=True)
        ]

    @cached_property
    def sizes(self) -> Counter[int]:
        """The people in each region."""
        return Counter(number for number in self.region_of if number >= 0)

    @cached_property
    def ties_between(self) -> Counter[tuple[int, int]]:
        """The ties by the regions of their two people, the lower number first."""
        numbers = self.region_of
        return Counter((min(numbers[a], numbers[b]), max(numbers[a], numbers[b])) for a, b in self.room.ties)

    def members(self, *regions: int) -> tuple[str, ...]:
        """Return the ids of the people in these regions."""
        return tuple(one for one, number in zip(self.room.ids, self.region_of, strict=True) if number in regions)


def _region_steps(regions: _Regions) -> list[TourStep]:
    """All regions together, then one by one, the most apart first; nothing if there are fewer than two."""
    if len(regions.sizes) < 2:
        return []
    inside = sum(count for (a, b), count in regions.ties_between.items() if a == b >= 0)
    total = sum(count for (a, _), count in regions.ties_between.items() if a >= 0)
    noun = regions.drawn.region_noun
    share = format_value(inside / total if total else None, Unit.SHARE)
    text = f"{share} of connections stay within one {noun}; the rest go from one to another."
    if regions.drawn.regions.kind == "found":
        text = f"{len(regions.sizes)} clusters stand out: {share} of connections stay within one of them."
    together = TourStep(id="regions", text=text)
    reach = {number: _outside(number, regions) / people for number, people in regions.sizes.items()}
    first, second, *rest = sorted(reach, key=lambda number: (reach[number], number))
    verb = " is the most separate" if rest and reach[first] < reach[second] else ""
    ranked = [first, second, *rest][:MOST_REGIONS]
    return [together, *(_region_step(one, regions, verb=verb if one == first else "") for one in ranked)]


def _region_step(number: int, regions: _Regions, verb: str = "") -> TourStep:
    inside, outside = regions.ties_between[number, number], _outside(number, regions)
    others = f"{outside:,} to others" if outside else "none to anyone else"
    name, people = regions.drawn.regions.names[number], pluralize(regions.sizes[number], "person", "people")
    return TourStep(
        id=f"region {number}",
        text=f"{name}{verb}: {people} with {pluralize(inside, 'connection')} among them and {others}.",
        people=regions.members(number),
    )


def _outside(number: int, regions: _Regions) -> int:
    """The ties between a region and anyone outside it."""
    return sum(count for pair, count in regions.ties_between.items() if number in pair and pair[0] != pair[1])


def _broker_step(regions: _Regions) -> TourStep | None:
    """The people who hold regions together, with their neighbors in other regions; None if no one does."""
    brokers = frozenset(regions.drawn.regions.brokers)
    numbers = regions.region_of
    across = [(a, b) for a, b in regions.room.ties if numbers[a] != numbers[b] and min(numbers[a], numbers[b]) >= 0]
    theirs = sum(a in brokers or b in brokers for a, b in across)
    if not brokers or not theirs:
        return None
    start = "This person has" if len(brokers) == 1 else f"These {len(brokers)} people have"
    ties = pluralize(len(across), "connection")
    text = f"{start} {theirs:,} of the {ties} from one {regions.drawn.region_noun} to another."
    around = {place for pair in across if brokers.intersection(pair) for place in pair}
    return TourStep(
        id="brokers",
        text=text,
        people=tuple(regions.room.ids[place] for place in sorted(around)),
        leading=tuple(regions.room.ids[place] for place in sorted(brokers)),
    )


def _changes_step(
    compared: WaveComparison, room: Room, earlier: Mapping[PersonKey, Position], *, today: dt.date
) -> TourStep:
    people = {**compared.before.people, **compared.after.people}

    def count(ties: Iterable[Tie]) -> int:
        return sum(all(people[key].on_map for key in tie.pair) for tie in ties)

    joined = [key for key in compared.newcomers if people[key].on_map]
    passed = frozenset(key for key in joined if has_left(people[key], today=today))
    left = sum(people[key].on_map for key in compared.leavers)
    before = single_line(compared.before.wave or "", longest=LONGEST_WAVE) or "the wave before"
    kept_ties = pluralize(count(compared.kept_ties), "connection")
    new, lost = count(compared.new_ties), count(compared.lost_ties)
    sentences = [f"Since {before}, those who stayed kept {kept_ties}, made {_or_none(new)}, and lost {_or_none(lost)}."]
    if joined:
        connected = sum(key in room.id_of for key in joined)
        sentences.append(_joined_text(len(joined), connected, count(compared.newcomer_ties)))
    if left:
        sentences.append(f"{pluralize(left, 'person', 'people')} left.")
    lines = (*compared.new_ties, *compared.newcomer_ties, *compared.lost_ties)
    changes = _changes_to_draw(compared, room, earlier, passed) if len(lines) <= MOST_LINES else None
    return TourStep(id="changes", text=" ".join(sentences), changes=changes)


def _or_none(count: int) -> str:
    return f"{count:,}" if count else "none"


def _joined_text(joined: int, connected: int, ties: int) -> str:
    """How many people joined, and how many of them made how many ties; the others are not on the map of the room."""
    people = pluralize(joined, "person", "people")
    if not ties:
        return f"{people} joined."
    if connected == joined:
        return f"{people} joined and made {ties:,} more."
    return f"{connected:,} of {people} who joined made {ties:,} more."


def _changes_to_draw(
    compared: WaveComparison, room: Room, earlier: Mapping[PersonKey, Position], passed: frozenset[PersonKey]
) -> WaveChanges:
    ids = room.id_of
    return WaveChanges(
        joined=tuple(sorted(ids[key] for key in compared.newcomers if key in ids and key not in passed)),
        passed=tuple(sorted(ids[key] for key in passed if key in ids)),
        left=_departures(compared, room, earlier),
        new=room.pairs_of(tie.pair for tie in compared.new_ties),
        brought=room.pairs_of(tie.pair for tie in compared.newcomer_ties),
        lost=room.pairs_of(tie.pair for tie in compared.lost_ties),
    )


def _departures(compared: WaveComparison, room: Room, earlier: Mapping[PersonKey, Position]) -> tuple[Departure, ...]:
    """Everyone who left and was on the map with a connection, in an order that says nothing about them."""
    people, neighbors, ids = compared.before.people, compared.before.neighbors, room.id_of
    return tuple(
        sorted(
            Departure(map_position(earlier[key]), tuple(sorted(ids[other] for other in neighbors[key] if other in ids)))
            for key in compared.leavers
            if people[key].on_map and key in earlier and any(people[other].on_map for other in neighbors[key])
        )
    )


def _pairs_step(introductions: Introductions, room: Room) -> TourStep | None:
    """The best pairs of people whom the room sees; None if there are none."""
    pairs = room.pairs_of((pair.one, pair.other) for pair in introductions.pairs)[:MOST_PAIRS]
    if not pairs:
        return None
    people = tuple(sorted({one for pair in pairs for one in pair}))
    start = "This pair has" if len(pairs) == 1 else f"These {len(pairs)} pairs have"
    text = f"{start} something in common and may not have met. Who could introduce them?"
    return TourStep(id="introductions", text=text, people=people, leading=people, pairs=pairs)


def _gap_step(introductions: Introductions, regions: _Regions, smallest_group: int) -> TourStep | None:
    """How many pairs could meet, and the two large regions with fewest connections; None if no one could."""
    considered = introductions.considered
    if not considered:
        return None
    hidden = is_too_small(considered, smallest_group=smallest_group)
    count = f"{TooFew(smallest_group)} pairs" if hidden else pluralize(considered, "pair")
    text = f"{count} of members have something in common but may not have met".capitalize()
    largest = sorted(regions.sizes, key=lambda number: (-regions.sizes[number], number))[:MOST_REGIONS]
    if len(largest) < 3:
        return TourStep(id="introductions", text=f"{text}.")
    one, other = min(
        combinations(sorted(largest), 2),
        key=lambda pair: (regions.ties_between[pair] / (regions.sizes[pair[0]] * regions.sizes[pair[1]]), pair),
    )
    names, ties = regions.drawn.regions.names, regions.ties_between[one, other]
    between = pluralize(ties, "connection") if ties else "no connections"
    text = f"{text}; {names[one]} and {names[other]} have {between} with each other."
    return TourStep(id="introductions", text=text, people=regions.members(one, other))
