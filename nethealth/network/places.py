"""Where everybody stands in one wave, so that nobody jumps from one wave to the next."""

from __future__ import annotations

from collections.abc import Mapping

from nethealth.network.graph import Network, network_at
from nethealth.network.layout import Point, layout
from nethealth.network.rounds import rounds
from nethealth.workbook.records import PersonKey, Workbook
from nethealth.workbook.vocabulary import TieRule


def places_of(
    workbook: Workbook, network: Network, *, earlier: Mapping[PersonKey, Point] | None = None
) -> dict[PersonKey, Point]:
    """Where everybody stands, each wave begun from the places of the one before, so that nobody jumps between waves.

    The rule "both" begins from the places of "either". `earlier` holds places that the first wave begins from.
    """
    places: dict[PersonKey, Point] = dict(earlier or {})
    for one in rounds(workbook):
        # The earlier waves go by one rule, so that a change of rule moves only what it changes.
        either = network_at(workbook, wave=one.name, rule=TieRule.EITHER)
        places |= layout(either, start=places)
        if one.name == network.wave:
            break
    return layout(network, start=places) if network.rule is TieRule.BOTH else places
