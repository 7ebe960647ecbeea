"""Positions on the map in one wave, stable from one wave to the next and from one reading to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
    tie or lost their last one move, and small components that merged; in small networks everyone moves by about a
    hundredth of the layout. Without it, positions follow from the workbook alone: each wave starts from the wave
    before, and the rule "both" from "either".

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
        return layout(network, start=earlier.positions, earlier_ties=earlier.ties)
    return _compute_positions(workbook, network)


def _compute_positions(workbook: Workbook, network: Network) -> dict[PersonKey, Point]:
    positions: dict[PersonKey, Point] = {}
    for one in relationship_waves(workbook):
        # Earlier waves always use one rule, so that a change of rule moves only what it changes.
        either = network_at(workbook, wave=one.name, rule=TieRule.EITHER)
        positions |= layout(either, start=positions)
        if one.name == network.wave:
            break
    if network.rule is TieRule.BOTH or positions.keys() != network.people.keys():
        return layout(network, start=positions)
    return positions
