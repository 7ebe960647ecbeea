"""Charts as pictures: a list of those on the screen, each to save, and their colors on paper.

Browsers draw the pictures from the page, so they show what their reader sees and nothing else.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from nethealth.network.map.scripts import bundle
from nethealth.presentation.palette import DARK, LIGHT, Palette

_STYLE = """
.nh-pictures { list-style: none; margin: 0; padding: 0; max-width: 22rem; font-size: 0.875rem; line-height: 1.4; }
.nh-pictures li { display: flex; gap: 0.25rem; align-items: center; margin: 0; }
.nh-pictures span { flex: 1; overflow-wrap: anywhere; }
.nh-pictures button { font: inherit; font-weight: 600; color: inherit; background: none; border: 1px solid transparent;
  border-radius: 6px; padding: 0.3rem 0.6rem; cursor: pointer; text-decoration: underline; }
.nh-pictures button:is(:hover, :focus-visible) { border-color: currentcolor; }
@media (max-width: 640px) { .nh-pictures button { min-height: 44px; min-width: 44px; } }
"""
_DARK_GRID = "#31333f"
"""Streamlit's own color for grid lines on dark pages, which would be heavy on white. Light pages don't have it."""
_mount = st.components.v2.component(
    "nethealth_chart_pictures",
    html='<ul class="nh-pictures"></ul>',
    css=_STYLE,
    js=bundle("save_charts.js", folder=Path(__file__).parent),
)
_print_in_light = st.components.v2.component(
    "nethealth_chart_printing", html="<span hidden></span>", js=bundle("print_charts.js", folder=Path(__file__).parent)
)


def offer_charts(*, source: str, key: str) -> None:
    """List the page's charts, each to save as .png or .svg. `source` says where their numbers come from.

    A picture has light colors on white, because it goes into reports and slides.
    """
    shown = DARK if st.context.theme.type == "dark" else LIGHT
    data = {
        "source": source,
        "paper": shown.paper,
        "ink": shown.ink,
        "muted": shown.muted,
        "colors": _colors_on_paper(shown),
    }
    _mount(key=key, data=data)


def print_in_light() -> None:
    """Let the charts of a dark page print in light colors. A light page needs nothing for that."""
    if st.context.theme.type == "dark":
        _print_in_light(key="print-in-light", data={"colors": _colors_on_paper(DARK)})


def _colors_on_paper(shown: Palette) -> dict[str, str]:
    colors = dict(zip(shown.colors(), LIGHT.colors(), strict=True))
    return colors | {_DARK_GRID: LIGHT.grid, shown.paper: "#ffffff"}
