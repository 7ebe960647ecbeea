"""The network as a pyvis network, for notebooks and `write_html`.

The app's own map does not use pyvis: its page cannot take new data without losing where the reader looks, and it loads
scripts from other hosts.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from nethealth.network.graph import Network
from nethealth.network.layout.positions import layout
from nethealth.network.map.model import draw_network
from nethealth.network.map.network_map import color_map
from nethealth.presentation import palette
from nethealth.presentation.formatting import pluralize

if TYPE_CHECKING:
    import pyvis.network

_HARMLESS = str.maketrans({"<": "‹", ">": "›"})


def as_pyvis(network: Network, *, color_by: str | None = None, notebook: bool = False) -> pyvis.network.Network:
    """Return a pyvis network with our positions, colors, shapes, and sizes, and with physics off.

    `color_by` is an attribute (None: one color for all). People with `on_map` False are excluded, and so are emails.
    """
    from pyvis.network import Network as PyvisNetwork

    network_map = color_map(draw_network(network, positions=layout(network)), color_by)
    view = PyvisNetwork(
        height="750px", width="100%", bgcolor=palette.LIGHT.paper, font_color=palette.LIGHT.ink,
        notebook=notebook, cdn_resources="in_line",
    )  # fmt: skip
    view.toggle_physics(False)
    for node in network_map.nodes:
        attributes = [f"{label}: {value}" for label, value in node["attributes"]]
        view.add_node(
            node["id"],
            label=_safe(node["name"]),
            title="\n".join(map(_safe, (node["name"], pluralize(node["ties"], "connection"), *attributes))),
            x=node["x"],
            y=node["y"],
            color=node["color"],
            shape=_SHAPES.get(node["shape"], node["shape"]),
            size=9 + 3.2 * math.sqrt(min(node["ties"], 60)),
            physics=False,
        )
    # Added directly, because `add_edge` searches all edges each time.
    view.edges = [
        {
            "from": edge["from"],
            "to": edge["to"],
            "color": palette.LIGHT.muted,
            "width": 0.5 + 0.5 * min(max(float(edge.get("strength", 1)), 0.0), 7.0),
            "title": _safe(", ".join(edge["kinds"])),
        }
        for edge in network_map.edges
    ]
    return view


_SHAPES = {"cross": "box"}
"""Shapes of ours that vis-network does not have, and what to draw instead."""


def _safe(text: str) -> str:
    """A text that stays text in the page that pyvis makes.

    That page shows titles as text, unless one of them includes "href": then it shows them all as HTML.
    """
    return text.translate(_HARMLESS).replace("href", "hr\u2060ef").replace("HREF", "HR\u2060EF")
