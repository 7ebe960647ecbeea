"""Where everybody stands in one wave, so that nobody jumps from one wave to the next, nor from reading to reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nethealth.network.graph import Network, Pair, network_at
from nethealth.network.layout.bounding_boxes import Point
from nethealth.network.layout.positions import layout
from nethealth.network.metrics.betweenness import start_betweenness
from nethealth.network.waves import relationship_waves
from nethealth.workbook.records import PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import TieRule


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierPositions:
    """Where people stood at one reading, and by which ties, so that the next can begin from there."""

    positions: Mapping[PersonKey, Point]
    ties: frozenset[Pair]

    def fits(self, network: Network) -> bool:
        """Whether these are the network's very people and ties, so that nothing has to move at all."""
        return self.positions.keys() == network.people.keys() and self.ties == network.pairs


def node_positions(
    workbook: Workbook, network: Network, *, earlier: EarlierPositions | None = None
) -> dict[PersonKey, Point]:
    """Where everybody in the network stands, by key, in the units of `layout`; empty where nobody is in it.

    `earlier` is where people stood at the last reading, in this wave under this rule: then nobody moves but those whose
    first tie came or whose last one went, small parts that have found others, and in small networks everybody by a
    hundredth or so of the drawing. Without it the drawing follows from the workbook alone: each wave begins from the
    places of the one before, so that nobody jumps between waves, and the rule "both" from those of "either".

    The first answer for a workbook's wave and rule stands for as long as the workbook does: whoever knows earlier
    places asks first, and all who ask later without them get the same. The result must not be changed.
    """
    whole = network_at(workbook, wave=network.wave, rule=network.rule)
    if network is not whole and (network.people.keys() != whole.people.keys() or network.pairs != whole.pairs):
        return _compute_positions(workbook, network)
    # One layout for all who draw this wave under this rule, whichever of them comes first.
    arguments = (network.wave, network.rule)
    return workbook.results.get("node positions", arguments, lambda: _first_positions(workbook, network, earlier))


def positions_to_store(
    workbook: Workbook, network: Network, *, earlier: EarlierPositions | None = None
) -> EarlierPositions:
    """The same with the ties that it stands on, to be kept for the next reading."""
    return EarlierPositions(positions=node_positions(workbook, network, earlier=earlier), ties=network.pairs)


def _first_positions(workbook: Workbook, network: Network, earlier: EarlierPositions | None) -> dict[PersonKey, Point]:
    if earlier is not None and earlier.fits(network):
        return dict(earlier.positions)
    # Whoever draws a map will ask for betweenness next: meanwhile other cores can begin with it.
    start_betweenness(network.topology)
    if earlier is not None and earlier.positions:
        return layout(network, start=earlier.positions, stood_by=earlier.ties)
    return _compute_positions(workbook, network)


def _compute_positions(workbook: Workbook, network: Network) -> dict[PersonKey, Point]:
    places: dict[PersonKey, Point] = {}
    for one in relationship_waves(workbook):
        # The earlier waves go by one rule, so that a change of rule moves only what it changes.
        either = network_at(workbook, wave=one.name, rule=TieRule.EITHER)
        places |= layout(either, start=places)
        if one.name == network.wave:
            break
    if network.rule is TieRule.BOTH or places.keys() != network.people.keys():
        return layout(network, start=places)
    return places
