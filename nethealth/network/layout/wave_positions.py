"""Positions on the map: the same in all waves, and stable from one reading to the next.

All waves share one layout, of everyone who was ever connected and all their ties (a foresighted layout: Diehl & Görg
2002, Graphs, they are changing). So two waves can be compared person by person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from nethealth.network.analysis.dividing_columns import dividing_columns
from nethealth.network.graph import Network, Pair, network_at
from nethealth.network.layout.bounding_boxes import Point
from nethealth.network.layout.positions import layout
from nethealth.network.metrics.betweenness import start_betweenness
from nethealth.workbook.records import PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import TieRule
from nethealth.workbook.waves import relationship_waves


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierPositions:
    """Positions at one reading, and the ties behind them, for the next reading to start from."""

    positions: Mapping[PersonKey, Point]
    ties: frozenset[Pair]

    def fits(self, network: Network) -> bool:
        """True if the network has the same people and ties, so that no one has to move."""
        return self.positions.keys() == network.people.keys() and self.ties == network.pairs


def node_positions(
    workbook: Workbook, network: Network, *, earlier: EarlierPositions | None = None
) -> dict[PersonKey, Point]:
    """Return the position of everyone in the network, by key, in the units of `layout`; empty for an empty network.

    `earlier` has the positions of the last reading, in this wave under this rule. Then only people who got their first
    tie or lost their last one move, and small components that merged; others at most make room. Without it, positions
    follow from the workbook alone.

    The first result for a workbook's wave and rule is cached with the workbook, so callers with earlier positions must
    come first; later callers without them get the same result. Don't change it.
    """
    whole = network_at(workbook, wave=network.wave, rule=network.rule)
    if network is not whole and (network.people.keys() != whole.people.keys() or network.pairs != whole.pairs):
        return _compute_positions(workbook, network)
    # One cached layout for everyone who draws this wave under this rule.
    arguments = (network.wave, network.rule)
    return workbook.results.get("node positions", arguments, lambda: _first_positions(workbook, network, earlier))


def positions_to_store(
    workbook: Workbook, network: Network, *, earlier: EarlierPositions | None = None
) -> EarlierPositions:
    """Return the positions with the ties behind them, to store for the next reading."""
    return EarlierPositions(positions=node_positions(workbook, network, earlier=earlier), ties=network.pairs)


def _first_positions(workbook: Workbook, network: Network, earlier: EarlierPositions | None) -> dict[PersonKey, Point]:
    if earlier is not None and earlier.fits(network):
        return dict(earlier.positions)
    # The map needs betweenness next, so other processor cores can start on it now.
    start_betweenness(network.topology)
    if earlier is not None and earlier.positions:
        return layout(network, start=earlier.positions, earlier_ties=earlier.ties, groups=_groups(workbook))
    return _compute_positions(workbook, network)


def _compute_positions(workbook: Workbook, network: Network) -> dict[PersonKey, Point]:
    whole, groups = union_of_waves(workbook), _groups(workbook)
    if whole.people.keys() == network.people.keys() and whole.pairs == network.pairs:
        return layout(network, groups=groups)
    shared = workbook.results.get("positions in all waves", None, lambda: layout(whole, groups=groups))
    return layout(network, start=shared, groups=groups)


def union_of_waves(workbook: Workbook) -> Network:
    """Return everyone who is in any wave, with all ties that any wave has when either person reports it."""

    def unite() -> Network:
        networks = [network_at(workbook, wave=one.name, rule=TieRule.EITHER) for one in relationship_waves(workbook)]
        if len(networks) == 1:
            return networks[0]
        people = {key: person for network in networks for key, person in network.people.items()}
        # Of a pair that is tied in several waves, the latest tie stands for all.
        ties = {tie.pair: tie for network in networks for tie in network.ties}
        return replace(
            networks[-1],
            people=MappingProxyType(dict(sorted(people.items()))),
            ties=tuple(ties[pair] for pair in sorted(ties)),
            reports=(),
            unconfirmed_ties=(),
            unreturned_ties=(),
        )

    return workbook.results.get("union of waves", None, unite)


def _groups(workbook: Workbook) -> dict[PersonKey, str] | None:
    """Return everyone's value in the column that divides the network; None if no column does."""

    def find() -> dict[PersonKey, str] | None:
        whole = union_of_waves(workbook)
        columns = dividing_columns(whole, workbook)
        if not columns:
            return None
        values = ((key, person.attributes.get(columns[0], "").strip()) for key, person in whole.people.items())
        return {key: value for key, value in values if value}

    return workbook.results.get("groups on the map", None, find)
