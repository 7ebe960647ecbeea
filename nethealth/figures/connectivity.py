"""What the page on connections shows, from one call: the network, its figures, and where everybody stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nethealth.figures.network_map import NetworkMap, network_map, person_id
from nethealth.network import (
    LATEST,
    Network,
    NetworkFigures,
    PersonFigures,
    WaveFigures,
    in_words,
    network_at,
    network_figures,
    people_figures,
    places_of,
    wave_figures,
    without_hub,
)
from nethealth.workbook.naming import codes, initials
from nethealth.workbook.records import Person, PersonKey, Workbook
from nethealth.workbook.vocabulary import Kind, NameStyle, TieRule

EVERYBODY = "everybody"
JOINS = ": "
"""Stands between column and value in a filter, as people read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connectivity:
    """One wave of relationships under one rule, with all that is shown of it."""

    network: Network
    figures: NetworkFigures
    people: tuple[PersonFigures, ...]
    """Those who may be listed, most ties first, with the names that the map shows."""
    before: WaveFigures | None
    """The wave before this one; None for the first."""
    waves: tuple[WaveFigures, ...]
    hubless: NetworkFigures | None
    """The figures without the hub; None where the workbook names no hub, or none of it is in this wave."""
    places: Mapping[PersonKey, tuple[float, float]]
    names: Mapping[PersonKey, str]
    """What people are called on the map, by the setting `Names`."""
    is_named: bool
    """Whether those are full names."""
    words: str
    stands_on_weaving: bool
    """Whether nobody was asked, so that all ties are known from weavers, convenings or staff."""

    @property
    def is_empty(self) -> bool:
        """Whether there is neither a tie nor anybody to tie."""
        return self.network.is_empty


def connectivity(workbook: Workbook, *, wave: str | None = LATEST, rule: TieRule | None = None) -> Connectivity:
    """The wave of that name (the latest unless given) under `rule` (the settings' unless given).

    Raises `UnknownWave` where the workbook has no such wave.
    """
    rule = rule or workbook.settings.tie_rule
    network = network_at(workbook, wave=wave, rule=rule)
    figures = network_figures(network)
    waves = wave_figures(workbook, rule=rule)
    at = next((place for place, one in enumerate(waves) if one.wave == network.wave), 0)
    names = map_names(workbook)
    listable = [
        person for person in people_figures(network) if network.people[person.key].on_map and person.key in names
    ]
    return Connectivity(
        network=network,
        figures=figures,
        people=tuple(sorted(listable, key=lambda person: (-person.ties, names[person.key].casefold()))),
        before=waves[at - 1] if at else None,
        waves=waves,
        hubless=without_hub(workbook, wave=network.wave, rule=rule),
        places=places_of(workbook, network),
        names=names,
        is_named=workbook.settings.names is NameStyle.NAMES,
        words=in_words(network, figures),
        stands_on_weaving=not network.reported and bool(network.ties),
    )


def map_names(workbook: Workbook) -> dict[PersonKey, str]:
    """What everybody who may be shown is called: full name, initials or code, as the setting `Names` says."""
    shown = {person.key: person for person in workbook.people.values() if person.on_map}
    style = workbook.settings.names
    if style is NameStyle.CODES:
        return codes({key: person_id(key) for key in shown})
    if style is NameStyle.INITIALS:
        organizations = {key: person.name for key, person in shown.items() if person.kind is Kind.ORGANIZATION}
        return organizations | initials({k: p.name for k, p in shown.items() if k not in organizations})
    return {key: person.name for key, person in shown.items()}


def filters(workbook: Workbook, *, connected: Connectivity) -> tuple[str, ...]:
    """What the map can be narrowed to, as words for people: each attribute's values that somebody on the map has."""
    shown = [person for person in connected.network.people.values() if person.on_map]
    return tuple(
        f"{column}{JOINS}{value}"
        for column in workbook.attributes
        for value in sorted({person.attributes.get(column, "").strip() for person in shown} - {""})
    )


def kept_by(chosen: str | None, *, workbook: Workbook, connected: Connectivity) -> frozenset[PersonKey] | None:
    """Whom a filter (one of `filters`) keeps; None where nothing is chosen."""
    column = next((column for column in workbook.attributes if chosen and chosen.startswith(f"{column}{JOINS}")), None)
    if chosen is None or column is None:
        return None
    value = chosen[len(column) + len(JOINS) :]
    people = connected.network.people.items()
    return frozenset(key for key, person in people if person.attributes.get(column, "").strip() == value)


def map_of(
    workbook: Workbook,
    *,
    wave: str | None = LATEST,
    rule: TieRule | None = None,
    colour_by: str | None = None,
    chosen: str | None = None,
) -> NetworkMap:
    """The map of one wave, coloured by an attribute and narrowed to a filter's people (one of `filters`)."""
    connected = connectivity(workbook, wave=wave, rule=rule)
    only = kept_by(chosen, workbook=workbook, connected=connected)
    return connectivity_map(connected, colour_by=colour_by, only=only, among=workbook.people.values())


def connectivity_map(
    connected: Connectivity,
    *,
    colour_by: str | None,
    only: frozenset[PersonKey] | None = None,
    among: Iterable[Person] | None = None,
) -> NetworkMap:
    """The map of it, coloured by an attribute and narrowed to `only`; `among` as `network_map` has it."""
    return network_map(
        connected.network,
        places=connected.places,
        colour_by=colour_by,
        only=only,
        names=connected.names,
        is_named=connected.is_named,
        among=among,
        words=connected.words,
    )
