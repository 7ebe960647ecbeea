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
    """Where everybody in the network stands, by key, in the units of `layout`; empty where nobody is in it.

    `earlier` holds where people stood at the last reading in this wave under this rule: then whoever had a place keeps
    it, but for those whose first tie came or whose last one went, and for small parts that have found others. Without
    it the drawing follows from the workbook alone: each wave begins from the places of the one before, so that nobody
    jumps between waves, and the rule "both" from those of "either".
    """
    if earlier:
        return layout(network, start=earlier, still=True)
    places: dict[PersonKey, Point] = {}
    for one in rounds(workbook):
        # The earlier waves go by one rule, so that a change of rule moves only what it changes.
        either = network_at(workbook, wave=one.name, rule=TieRule.EITHER)
        places |= layout(either, start=places)
        if one.name == network.wave:
            break
    if network.rule is TieRule.BOTH or places.keys() != network.people.keys():
        return layout(network, start=places)
    return places
