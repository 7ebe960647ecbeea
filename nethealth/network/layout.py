"""Where everybody stands on the map."""

from __future__ import annotations

from collections.abc import Mapping

from nethealth.network.graph import Network
from nethealth.workbook.records import PersonKey

Point = tuple[float, float]


def layout(network: Network, *, start: Mapping[PersonKey, Point] | None = None) -> dict[PersonKey, Point]:
    """A place for everybody: x to the right, y downwards, tied people about one unit apart, around (0, 0).

    `start` holds earlier places, near which people stay.
    """
    begin = [list((start or {}).get(key, (at % 30, at // 30))) for at, key in enumerate(network.people)]
    drawn = network.as_igraph().layout_fruchterman_reingold(seed=begin) if begin else []
    return {key: (float(x), float(y)) for key, (x, y) in zip(network.people, drawn, strict=True)}
