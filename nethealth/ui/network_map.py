"""The map on the page: a living element that takes new data without losing where one looks."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from nethealth.figures.network_map import NetworkMap

_HERE = Path(__file__).parent
_mount = st.components.v2.component(
    "nethealth_network_map",
    html='<div class="nh-map"></div>',
    css=(_HERE / "network_map.css").read_text(encoding="utf-8"),
    js="\n".join((_HERE / name).read_text(encoding="utf-8") for name in ("network_map_pieces.js", "network_map.js")),
)

_WIDE = """
[data-testid="stMainBlockContainer"].block-container { max-width: 1720px; padding-inline: clamp(1rem, 3vw, 3.5rem); }
"""


def show_map(drawn: NetworkMap, *, key: str = "map") -> None:
    """Put the map on the page at full width. New data under the same `key` moves the map that is there already.

    The drawing library comes from the app itself; nothing else is asked for anything.
    """
    data = drawn.as_json() | {"base": st.get_option("server.baseUrlPath") or ""}
    _mount(key=key, data=data, height="content", width="stretch")


def wide_page() -> None:
    """Let this page's map take the room that the window has; what lies beneath keeps its own width."""
    st.html(f"<style>{_WIDE}</style>")
