"""What the page on connections shows, from one call: the network, its figures, and where everybody stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from nethealth.network import (
    EVERYTHING,
    LATEST,
    FilterChoices,
    Network,
    NetworkMetrics,
    PersonMetrics,
    RelationshipWave,
    Selection,
    ShownCounts,
    WaveMetrics,
    clusters_by_person,
    compute_exact_metrics,
    compute_network_metrics,
    compute_person_metrics,
    count_shown,
    describe_network,
    find_choices,
    metrics_without_hub,
    network_at,
    node_positions,
    nonrespondents,
    relationship_waves,
    select_part,
    wave_metrics,
)
from nethealth.network.map.model import Drawing, draw_network, person_id
from nethealth.network.map.network_map import NetworkMap, color_map
from nethealth.network.metrics.cohesion import cut_people
from nethealth.presentation.formatting import pluralize, single_line
from nethealth.privacy.display_names import codes, initials
from nethealth.workbook.records import Person, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import Kind, NameStyle, TieRule

BRIDGES_NAMED = 6
"""So many of those who hold parts together are named in the map's words."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Connectivity:
    """One wave of relationships under one rule, or a part of it that somebody chose, with all that is shown of it.

    Figures are worked out when they are first asked for: a page pays for what it shows alone. Positions, names and
    group numbers are the whole network's, so that choosing a part moves nobody and renames nothing.
    """

    workbook: Workbook
    full_network: Network
    """Everybody in this wave."""
    network: Network
    """What the figures are of: the whole, or the part that `selection` keeps."""
    selection: Selection = EVERYTHING
    unfiltered: Connectivity | None = None
    """What this is a part of; None where it is the whole itself."""
    is_exact: bool = False
    """Whether nothing is estimated, however large the network."""

    @property
    def is_empty(self) -> bool:
        """Whether there is neither a tie nor anybody to tie, whatever is chosen."""
        return self.full_network.is_empty

    @property
    def is_filtered(self) -> bool:
        """Whether something was chosen that may leave somebody or some tie out."""
        return bool(self.selection.filter_count)

    @property
    def has_no_reports(self) -> bool:
        """Whether nobody was asked, so that all ties are known from weavers, convenings or staff."""
        return not self.full_network.reports and bool(self.full_network.ties)

    @property
    def shows_full_names(self) -> bool:
        """Whether people are called by their full names."""
        return self.workbook.settings.names is NameStyle.NAMES and not self.workbook.are_names_replaced

    @cached_property
    def names(self) -> Mapping[PersonKey, str]:
        """What people are called on the map, by the setting `Names`."""
        return self.unfiltered.names if self.unfiltered else map_names(self.workbook)

    @cached_property
    def positions(self) -> Mapping[PersonKey, tuple[float, float]]:
        """Where everybody stands, in the whole network."""
        return self.unfiltered.positions if self.unfiltered else node_positions(self.workbook, self.full_network)

    @cached_property
    def drawing(self) -> Drawing:
        """The whole network, drawn as viewers may see it; a part of it stands as it does."""
        return self.unfiltered.drawing if self.unfiltered else self._drawn(for_staff=False)

    @cached_property
    def drawing_for_staff(self) -> Drawing:
        """The same with who did not answer in this wave, the ties that wait for them, and what people say of ties."""
        return self.unfiltered.drawing_for_staff if self.unfiltered else self._drawn(for_staff=True)

    @cached_property
    def choices(self) -> FilterChoices:
        """What the network can be narrowed by."""
        if self.unfiltered:
            return self.unfiltered.choices
        names = [person.name for person in self.workbook.people.values() if person.kind is Kind.PERSON]
        return find_choices(self.full_network, columns=self.workbook.attributes, hub=self.workbook.hub, names=names)

    @cached_property
    def shown_counts(self) -> ShownCounts:
        """How many of the people and ties that may be drawn are."""
        return count_shown(self.network, whole=self.full_network)

    @cached_property
    def metrics(self) -> NetworkMetrics:
        """The figures of `network`."""
        return compute_exact_metrics(self.network)[0] if self.is_exact else compute_network_metrics(self.network)

    @cached_property
    def people(self) -> tuple[PersonMetrics, ...]:
        """Those who may be listed, most ties first. Their figures are those they have in `network`; their group is the
        one in the whole network, by whose number one can choose it."""
        names, network = self.names, self.network
        group_of = clusters_by_person(self.full_network) if self.unfiltered else None
        told = compute_exact_metrics(network)[1] if self.is_exact else compute_person_metrics(network)
        listed = [person for person in told if network.people[person.key].on_map]
        if group_of is not None:
            listed = [replace(person, group=group_of.get(person.key)) for person in listed]
        return tuple(sorted(listed, key=lambda person: (-person.ties, names[person.key].casefold())))

    @cached_property
    def waves(self) -> tuple[WaveMetrics, ...]:
        """Every wave, earliest first, narrowed as this one is by all that means the same in another wave.

        That is all but dates, which are left out, and groups found, in place of which the same people are meant.
        """
        if not self.is_filtered and self.unfiltered:
            return self.unfiltered.waves
        return tuple(self._wave(at) for at in range(len(self._rounds)))

    @cached_property
    def previous_wave(self) -> WaveMetrics | None:
        """The wave before this one; None for the first, and where dates are chosen, which lie in this one alone."""
        at = next((at for at, one in enumerate(self._rounds) if one.name == self.full_network.wave), 0)
        return self._wave(at - 1) if at and not self._has_dates else None

    @cached_property
    def metrics_without_hub(self) -> NetworkMetrics | None:
        """The figures without the hub; None where the workbook names no hub, or none of it is in `network`."""
        hub = self.workbook.hub
        if hub.isdisjoint(self.network.people):
            return None
        if not self.is_filtered:
            return metrics_without_hub(self.workbook, wave=self.full_network.wave, rule=self.full_network.rule)
        return compute_network_metrics(select_part(self.full_network, self.selection.minus_hub(), hub=hub))

    @cached_property
    def description(self) -> str:
        """The map in words. No name and no code is in them."""
        told = describe_network(self.network, self.metrics)
        return f"{selection_text(self.shown_counts)} {told}" if self.is_filtered else told

    @cached_property
    def description_with_names(self) -> str:
        """The same, with who holds parts together, as the map names them: text from cells, to be escaped."""
        return f"{self.description} {self.cut_people_text}".rstrip()

    @cached_property
    def cut_people_text(self) -> str:
        """Who holds parts together, as the map names them: text from cells, to be escaped; empty where nobody does."""
        topology, members = self.network.topology, self.network.members
        cut = sorted(cut_people(topology), key=lambda number: (-int(topology.degrees[number]), number))
        named = [
            single_line(self.names[members[number]], longest=60) for number in cut if members[number] in self.names
        ]
        if not named:
            return ""
        first, rest = named[:BRIDGES_NAMED], len(cut) - len(named[:BRIDGES_NAMED])
        others = f" and {pluralize(rest, 'other')}" if rest else ""
        *most, last = first
        listed = ", ".join(first) + others if others or not most else f"{', '.join(most)} and {last}"
        return f"Those who hold it together: {listed}."

    @property
    def sample(self) -> int | None:
        """How many people stand for everybody in what is estimated of each person; None where all is exact."""
        return next((person.sample for person in self.people if person.sample is not None), None)

    def with_exact_metrics(self, on_progress: Callable[[float], None] | None = None) -> Connectivity:
        """The same with nothing estimated, worked out now and remembered with the network.

        `on_progress` hears shares from 0 to 1, from the thread that called.
        """
        compute_exact_metrics(self.network, on_progress=on_progress)
        return replace(self, is_exact=True)

    def select(self, selection: Selection) -> Connectivity:
        """The part of the whole network that `selection` keeps."""
        everybody = self.unfiltered or self
        if not selection.filter_count:
            return everybody
        network = select_part(self.full_network, selection, hub=self.workbook.hub)
        return replace(everybody, network=network, selection=selection, unfiltered=everybody)

    def network_in_wave(self, wave: str | None) -> Network:
        """The network of another wave under the same rule, narrowed as `waves` are. Raises `UnknownWave`."""
        network = network_at(self.workbook, wave=wave, rule=self.full_network.rule)
        same = self.network.people if self.selection.clusters else None
        return select_part(network, self.selection.for_other_waves(), hub=self.workbook.hub, among=same)

    def _drawn(self, *, for_staff: bool) -> Drawing:
        return draw_network(
            self.full_network,
            positions=self.positions,
            names=self.names,
            is_named=self.shows_full_names,
            betweenness={person.key: person.betweenness for person in self.people},
            nonrespondents=(
                nonrespondents(self.full_network) if for_staff and self.full_network.known_respondents else ()
            ),
            measures=[measure.name for measure in self.workbook.tie_measures] if for_staff else (),
            include_unconfirmed=for_staff,
        )

    @property
    def _has_dates(self) -> bool:
        return self.selection.since is not None or self.selection.until is not None

    @cached_property
    def _rounds(self) -> tuple[RelationshipWave, ...]:
        return tuple(one for one in relationship_waves(self.workbook) if one.wave or one.reports or one.facts)

    def _wave(self, at: int) -> WaveMetrics:
        network = self.network_in_wave(self._rounds[at].name)
        is_this_one = network.wave == self.full_network.wave and not self._has_dates
        figures = self.metrics if is_this_one else compute_network_metrics(network)
        return wave_metrics(network, figures, before=self.network_in_wave(self._rounds[at - 1].name) if at else None)


def analyze_connectivity(
    workbook: Workbook,
    *,
    wave: str | None = LATEST,
    rule: TieRule | None = None,
    selection: Selection = EVERYTHING,
) -> Connectivity:
    """The wave of that name (the latest unless given) under `rule` (the settings' unless given), or a part of it.

    Raises `UnknownWave` where the workbook has no such wave.
    """
    network = network_at(workbook, wave=wave, rule=rule or workbook.settings.tie_rule)
    return Connectivity(workbook=workbook, full_network=network, network=network).select(selection)


def selection_text(shown: ShownCounts) -> str:
    """`46 of 118 people and 97 of 305 ties are shown.`"""
    people = f"{shown.people:,} of {pluralize(shown.of_people, 'person', 'people')}"
    return f"{people} and {shown.ties:,} of {pluralize(shown.of_ties, 'tie')} are shown."


def map_names(workbook: Workbook) -> dict[PersonKey, str]:
    """What everybody who may be shown is called: full name, initials or code, as the setting `Names` says."""
    shown = {person.key: person for person in workbook.people.values() if person.on_map}
    style = workbook.settings.names
    if style is NameStyle.CODES:
        # Numbers among everybody, so that who is left out changes nobody's code.
        by_code = codes({key: person_id(key) for key in workbook.people})
        return {key: by_code[key] for key in shown}
    if style is NameStyle.INITIALS:
        organizations = {key: person.name for key, person in shown.items() if person.kind is Kind.ORGANIZATION}
        return organizations | initials({k: p.name for k, p in shown.items() if k not in organizations})
    return {key: person.name for key, person in shown.items()}


def build_map(
    workbook: Workbook,
    *,
    wave: str | None = LATEST,
    rule: TieRule | None = None,
    color_by: str | None = None,
    selection: Selection = EVERYTHING,
    for_staff: bool = False,
) -> NetworkMap:
    """The map of one wave, as `connectivity_map` has it, with what it says in words."""
    connected = analyze_connectivity(workbook, wave=wave, rule=rule, selection=selection)
    drawn = connectivity_map(connected, color_by=color_by, among=workbook.people.values(), for_staff=for_staff)
    return drawn.described(connected.description, names=connected.cut_people_text)


def connectivity_map(
    connected: Connectivity, *, color_by: str | None, among: Iterable[Person] | None = None, for_staff: bool = False
) -> NetworkMap:
    """The map of it, coloured by an attribute; `among` as `color_map` has it. What it says in words is left to whoever
    shows it, since that waits for the figures.

    `for_staff` draws who did not answer in this wave hatched and the ties that wait for them, and lets lines show what
    people say of them (trust, say). People stand, and are as large, as in the whole network: choosing a part of it only
    takes the others away.
    """
    drawing = connected.drawing_for_staff if for_staff else connected.drawing
    if connected.is_filtered:
        network = connected.network
        ties = {tie.pair for tie in (*network.ties, *network.unconfirmed_ties)}
        drawing = drawing.subset(network.people.keys(), ties)
    return color_map(drawing, color_by, among=among)
