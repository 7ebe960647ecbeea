"""What the Connectivity page shows: the network of a wave, or a part of it, with metrics, positions, and map."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from nethealth.cache import cached
from nethealth.network.analysis.nonresponse import nonrespondents
from nethealth.network.analysis.wave_metrics import WaveMetrics, metrics_without_hub, wave_metrics
from nethealth.network.graph import NO_PEOPLE, Network, Tie, network_at, ties_introduced_since
from nethealth.network.layout.wave_positions import node_positions
from nethealth.network.map.model import Drawing, draw_network, person_id
from nethealth.network.map.network_map import NetworkMap, color_map
from nethealth.network.map.regions import find_clusters
from nethealth.network.metrics.cohesion import cut_people
from nethealth.network.metrics.network_metrics import (
    NetworkMetrics,
    PersonMetrics,
    compute_exact_metrics,
    compute_network_metrics,
    compute_person_metrics,
)
from nethealth.network.selection import (
    EVERYTHING,
    FilterChoices,
    Selection,
    ShownCounts,
    clusters_by_person,
    count_shown,
    find_choices,
    select_part,
)
from nethealth.network.summary_text import describe_network
from nethealth.presentation.chart_labels import join_names
from nethealth.presentation.formatting import format_date, pluralize, single_line
from nethealth.privacy.display_names import codes, initials
from nethealth.workbook.records import PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import Kind, NameStyle, TieRule
from nethealth.workbook.waves import LATEST, RelationshipWave, relationship_waves

MAX_NAMED = 6
"""People who hold parts together that the map's description names."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Connectivity:
    """One wave of relationships under one tie rule, or a part of it that someone selected.

    Everything is computed when first needed. Positions, names, and cluster numbers are the full network's, so that a
    selection moves no one and renames nothing.
    """

    workbook: Workbook
    full_network: Network
    """Everyone in this wave."""
    network: Network
    """What the metrics are about: the full network, or the selected part."""
    selection: Selection = EVERYTHING
    unfiltered: Connectivity | None = None
    """What this is a part of; None if it is the full network."""
    is_exact: bool = False
    """True if nothing is estimated, however large the network."""

    @property
    def is_empty(self) -> bool:
        """True if the wave has no people."""
        return self.full_network.is_empty

    @property
    def is_filtered(self) -> bool:
        """True if a filter is set."""
        return bool(self.selection.filter_count)

    @property
    def has_no_reports(self) -> bool:
        """True if no one was asked, so that all ties come from weaving, convenings, or staff."""
        return not self.full_network.reports and bool(self.full_network.ties)

    @property
    def counts_reports(self) -> bool:
        """False if this is a part that viewers chose: its metrics of reports could be about one person."""
        return not (self.is_filtered and self.network.is_for_viewers)

    @property
    def shows_full_names(self) -> bool:
        """True if people are shown by their full names."""
        return self.workbook.settings.names is NameStyle.NAMES and not self.workbook.are_names_replaced

    @cached_property
    def names(self) -> Mapping[PersonKey, str]:
        """Names on the map, as the setting `Names` says."""
        return self.unfiltered.names if self.unfiltered else map_names(self.workbook)

    @cached_property
    def positions(self) -> Mapping[PersonKey, tuple[float, float]]:
        """Everyone's position in the full network."""
        return self.unfiltered.positions if self.unfiltered else node_positions(self.workbook, self.full_network)

    @cached_property
    def drawing(self) -> Drawing:
        """The full network as viewers may see it."""
        return self.unfiltered.drawing if self.unfiltered else self._draw(for_staff=False)

    @cached_property
    def drawing_for_staff(self) -> Drawing:
        """The same for staff, with nonrespondents, unconfirmed ties, and what people say about ties."""
        return self.unfiltered.drawing_for_staff if self.unfiltered else self._draw(for_staff=True)

    @cached_property
    def choices(self) -> FilterChoices:
        """The filters that this network offers."""
        if self.unfiltered:
            return self.unfiltered.choices
        names = [person.name for person in self.workbook.people.values() if person.kind is Kind.PERSON]
        # Among codes, a filter for the hub would say whose codes are the hub's few people.
        hub = NO_PEOPLE if self.workbook.are_names_replaced else self.workbook.hub
        return find_choices(self.full_network, columns=self.workbook.attributes, hub=hub, names=names)

    @cached_property
    def shown_counts(self) -> ShownCounts:
        """How many of the people and ties that may be drawn are in the selected part."""
        return count_shown(self.network, whole=self.full_network)

    @cached_property
    def metrics(self) -> NetworkMetrics:
        """The metrics of `network`."""
        return compute_network_metrics(self.network, exact=self.is_exact)

    @cached_property
    def people(self) -> tuple[PersonMetrics, ...]:
        """People who may be listed, most ties first, with their metrics in `network`. Their cluster is the one in the
        full network, whose number the filter uses."""
        names, network = self.names, self.network
        group_of = clusters_by_person(self.full_network) if self.unfiltered else None
        everyone = compute_person_metrics(network, exact=self.is_exact)
        listed = [person for person in everyone if network.people[person.key].on_map]
        if group_of is not None:
            listed = [replace(person, group=group_of.get(person.key)) for person in listed]
        return tuple(sorted(listed, key=lambda person: (-person.ties, names[person.key].casefold())))

    @cached_property
    def waves(self) -> tuple[WaveMetrics, ...]:
        """Every wave, earliest first, filtered like this one, except for dates.

        Instead of this wave's clusters, the people in them are selected.
        """
        if not self.is_filtered and self.unfiltered:
            return self.unfiltered.waves
        return tuple(self._wave(at) for at in range(len(self._waves)))

    @cached_property
    def previous_wave(self) -> WaveMetrics | None:
        """The wave before this one; None for the first, and if dates are selected, which are in this wave only."""
        at = next((at for at, one in enumerate(self._waves) if one.name == self.full_network.wave), 0)
        return self._wave(at - 1) if at and not self._has_dates else None

    @property
    def is_latest_wave(self) -> bool:
        """True if no wave is later than this one."""
        return not self._waves or self._waves[-1].name == self.full_network.wave

    @property
    def hub(self) -> frozenset[PersonKey]:
        """The hub to compare `network` with. No one in a part of a network of codes.

        There, someone could look at smaller and smaller parts to find whose codes are the hub's.
        """
        return NO_PEOPLE if self.is_filtered and self.workbook.are_names_replaced else self.workbook.hub

    @cached_property
    def metrics_without_hub(self) -> NetworkMetrics | None:
        """The metrics without the hub; None if the workbook names no hub, or none of it is in `network`."""
        hub = self.hub
        if hub.isdisjoint(self.network.people):
            return None
        if not self.is_filtered:
            return metrics_without_hub(self.workbook, wave=self.full_network.wave, rule=self.full_network.rule)
        return compute_network_metrics(select_part(self.full_network, self.selection.minus_hub(), hub=hub))

    @cached_property
    def description(self) -> str:
        """The map in words, without names or codes."""
        text = describe_network(self.network, self.metrics)
        return f"{selection_text(self.shown_counts)} {text}" if self.is_filtered else text

    @cached_property
    def cut_people_text(self) -> str:
        """People who hold parts together, as the map names them; empty if no one does. Text from cells: escape it."""
        topology, members = self.network.topology, self.network.members
        cut = sorted(cut_people(topology), key=lambda number: (-int(topology.degrees[number]), number))
        named = [
            single_line(self.names[members[number]], longest=60) for number in cut if members[number] in self.names
        ]
        if not named:
            return ""
        listed, rest = named[:MAX_NAMED], len(cut) - len(named[:MAX_NAMED])
        if rest:
            listed.append(pluralize(rest, "other"))
        are = "The person who holds parts together is" if len(cut) == 1 else "The people who hold parts together are"
        return f"{are} {join_names(listed)}."

    @property
    def sample(self) -> int | None:
        """How many people the metrics of each person are estimated from; None if they are exact."""
        return next((person.sample for person in self.people if person.sample is not None), None)

    def with_exact_metrics(self, on_progress: Callable[[float], None] | None = None) -> Connectivity:
        """Return the same with nothing estimated, computed now and stored with the network.

        `on_progress` gets shares from 0 to 1, in the caller's thread.
        """
        compute_exact_metrics(self.network, on_progress=on_progress)
        return replace(self, is_exact=True)

    def network_in_wave(self, wave: str | None) -> Network:
        """Return the network of another wave under the same rule, filtered like `waves`. Raises `UnknownWave`."""
        network = network_at(self.workbook, wave=wave, rule=self.full_network.rule)
        same = self.network.people if self.selection.clusters else None
        return select_part(network, self.selection.for_other_waves(), hub=self.workbook.hub, among=same)

    def positions_in(self, wave: str | None) -> Mapping[PersonKey, tuple[float, float]]:
        """Return everyone's position in another wave's full network. All waves share one layout."""
        return node_positions(self.workbook, network_at(self.workbook, wave=wave, rule=self.full_network.rule))

    @property
    def introduced_ties(self) -> tuple[Tie, ...]:
        """Pairs who were introduced after the latest wave, if this is the latest. Only the whole map draws them."""
        return ties_introduced_since(self.workbook, network=self.full_network)

    def draw_part(self, *, for_staff: bool) -> Drawing:
        """Return the drawing of the selected part, everyone where they are in the full network's.

        It is taken from that one, unless not everything fits there.
        """
        whole = self.drawing_for_staff if for_staff else self.drawing
        if not self.is_filtered:
            return whole
        if whole.limits_text:
            return self._draw(for_staff=for_staff, part=self.network)
        ties = {tie.pair for tie in (*self.network.ties, *self.network.unconfirmed_ties)}
        return whole.subset(self.network.people.keys(), ties)

    def _draw(self, *, for_staff: bool, part: Network | None = None) -> Drawing:
        everyone = self.unfiltered or self
        return draw_network(
            self.full_network,
            part=part,
            positions=self.positions,
            names=self.names,
            is_named=self.shows_full_names,
            betweenness={person.key: person.betweenness for person in everyone.people},
            nonrespondents=(
                nonrespondents(self.full_network) if for_staff and self.full_network.known_respondents else ()
            ),
            measures=[measure.name for measure in self.workbook.tie_measures] if for_staff else (),
            include_unconfirmed=for_staff,
            introduced=self.introduced_ties if for_staff and part is None else (),
            clusters=find_clusters(self.full_network, self.workbook),
        )

    @property
    def _has_dates(self) -> bool:
        return self.selection.since is not None or self.selection.until is not None

    @cached_property
    def _waves(self) -> tuple[RelationshipWave, ...]:
        return tuple(one for one in relationship_waves(self.workbook) if one.wave or one.reports or one.facts)

    def _wave(self, at: int) -> WaveMetrics:
        network = self.network_in_wave(self._waves[at].name)
        is_this_one = network.wave == self.full_network.wave and not self._has_dates
        wave_network_metrics = self.metrics if is_this_one else compute_network_metrics(network)
        return wave_metrics(
            network, wave_network_metrics, before=self.network_in_wave(self._waves[at - 1].name) if at else None
        )


@cached
def analyze_connectivity(
    workbook: Workbook,
    *,
    wave: str | None = LATEST,
    rule: TieRule | None = None,
    selection: Selection = EVERYTHING,
) -> Connectivity:
    """Return a wave (by default the latest) under a tie rule (by default the settings'), or a selected part of it.

    All parts share the full network's positions, names, and drawing. Raises `UnknownWave` if the workbook has no such
    wave.
    """
    if selection.filter_count:
        full = analyze_connectivity(workbook, wave=wave, rule=rule)
        part = select_part(full.full_network, selection, hub=workbook.hub)
        return replace(full, network=part, selection=selection, unfiltered=full)
    network = network_at(workbook, wave=wave, rule=rule)
    return Connectivity(workbook=workbook, full_network=network, network=network)


def selection_text(shown: ShownCounts) -> str:
    """Return `Showing 46 of 118 people and 97 of 305 connections.`"""
    people = f"{shown.people:,} of {pluralize(shown.of_people, 'person', 'people')}"
    return f"Showing {people} and {shown.ties:,} of {pluralize(shown.of_ties, 'connection')}."


def map_names(workbook: Workbook) -> dict[PersonKey, str]:
    """Return names for everyone who may be shown: full names, initials, or codes, as the setting `Names` says."""
    shown = {person.key: person for person in workbook.people.values() if person.on_map}
    style = workbook.settings.names
    if style is NameStyle.CODES:
        # Codes are given among all people, so that hiding someone changes no one else's code.
        by_code = codes({key: person_id(key) for key in workbook.people})
        return {key: by_code[key] for key in shown}
    if style is NameStyle.INITIALS:
        organizations = {key: person.name for key, person in shown.items() if person.kind is Kind.ORGANIZATION}
        return organizations | initials({k: p.name for k, p in shown.items() if k not in organizations})
    return {key: person.name for key, person in shown.items()}


@cached
def build_map(
    workbook: Workbook,
    *,
    wave: str | None = LATEST,
    rule: TieRule | None = None,
    selection: Selection = EVERYTHING,
    color_by: str | None = None,
    for_staff: bool = False,
) -> NetworkMap:
    """Return the map of one wave or a selected part, colored by an attribute; its description comes separately.

    With `for_staff`, nonrespondents are hollow, their unconfirmed ties are drawn, and lines can show what people say
    about ties (trust, for example). Positions and sizes are the full network's.
    """
    connected = analyze_connectivity(workbook, wave=wave, rule=rule, selection=selection)
    colored = color_map(connected.draw_part(for_staff=for_staff), color_by, among=workbook.people.values())
    return colored.titled(
        workbook.network_name,
        wave=connected.full_network.wave,
        source=f"Source: workbook read on {format_date(workbook.read_at.date())}.",
        is_for_staff=for_staff,
    )
