"""The map on the page: a living element that takes new data without losing where one looks."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from nethealth.network.map import scripts
from nethealth.network.map.details import DatedLine, MapDetails, map_details
from nethealth.network.map.network_map import NetworkMap
from nethealth.presentation.formatting import single_line
from nethealth.ui import page_shell
from nethealth.weaving import summarize_weaving
from nethealth.workbook.records import PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import TieRule

MAP_FIRST = True
"""Whether the map comes before what lies beneath it; tests that have no browser to wait for say no."""
A_MOMENT = 0.05
"""Seconds in which a browser draws a map that has changed, before it is sent the rest."""
MOST_TOLD_AT_ONCE = 1_500
"""Up to so many people the details of everybody travel beside the map; beyond, they come when somebody is looked at."""

Tell = Callable[..., MapDetails]
"""Gives the details of everybody, or with `only=` of those ids alone."""

_mount = st.components.v2.component(
    "nethealth_network_map",
    html='<div class="nh-map"></div>',
    js=scripts.page_script(),
)
_lend = st.components.v2.component(
    "nethealth_network_map_network", html="<span hidden></span>", js=scripts.drawing_script()
)
_hand_over = st.components.v2.component(
    "nethealth_network_map_told", html="<span hidden></span>", js=scripts.telling_script()
)
_wait = st.components.v2.component(
    "nethealth_network_map_stands", html="<span hidden></span>", js=scripts.waiting_script()
)

MAP_AND_FIGURES = "map-and-figures"
"""The key of the container that holds the map in one column and figures in another."""

# What is handed to the map takes no room of its own.
# Where the figures would find no room beside the map they go beneath it: a column alone would let them run out of the
# window, as in one of middle width or at 200 %.
_WIDE = f"""
.st-key-map-network, .st-key-map-words, .st-key-map-details, .st-key-map-stands {{ display: none; }}
[data-testid="stMainBlockContainer"].block-container {{ max-width: 1720px; padding-inline: clamp(1rem, 3vw, 3.5rem); }}
@media (min-width: 641px) {{
  .st-key-{MAP_AND_FIGURES} [data-testid="stColumn"] {{ flex: 1 1 max(9.5rem, 15%); width: auto; min-width: 0; }}
  .st-key-{MAP_AND_FIGURES} [data-testid="stColumn"]:first-child {{ flex: 1000 1 30rem; }}
}}
"""


def show_map(drawn: NetworkMap, *, of: NetworkMap, key: str = "map", tell: Tell | None = None) -> None:
    """Put the map on the page at full width. New data under the same `key` moves the map that is there already.

    `of` is the map of the whole network, which stays while one chooses what to see of it: a browser is sent it once,
    and from then on what differs. A map that has changed goes out before the run goes on. `tell` gives what is known
    of people and ties beyond the drawing, when somebody looks closer. The map keeps who is in focus, the way, the
    legend's filter and how it is drawn in the page's address by itself, without running the page again. The drawing
    library comes from the app itself; nothing else is asked for anything.
    """
    base = st.get_option("server.baseUrlPath") or ""
    data = {"key": key, "base": base, "on": of.version, "changes": drawn.changes_on(of)}
    if tell is None or _is_told_at_once(drawn):
        _mount(key=key, data=data, height="content", width="stretch")
    else:
        _on_demand(data, tell, key=key)
    _told("network", of.as_json(), key=key, by=_lend)
    before = st.session_state.get(f"_{key}_drawn", drawn.version)
    st.session_state[f"_{key}_drawn"] = drawn.version
    if MAP_FIRST and before != drawn.version:
        time.sleep(A_MOMENT)


def load_details(
    workbook: Workbook,
    *,
    wave: str | None,
    rule: TieRule,
    for_staff: bool = False,
    only: frozenset[str] | None = None,
) -> MapDetails:
    """Return the map's details with the open follow-ups, which only staff see."""
    follow_ups: dict[PersonKey, list[DatedLine]] = defaultdict(list)
    if for_staff:
        for follow_up in summarize_weaving(workbook, as_of=workbook.today).follow_ups:
            text = follow_up.text or "Follow up"
            follow_ups[follow_up.member].append((follow_up.due, f"{text} (overdue)" if follow_up.is_overdue else text))
    return map_details(workbook, wave=wave, rule=rule, for_staff=for_staff, only=only, follow_ups=follow_ups)


def show_map_description(words: str, *, named: str = "", key: str = "map") -> None:
    """Tell those who do not see the map what is on it; `named` adds who is who while people go by these names."""
    _told("words", {"words": single_line(words, longest=2_000), "named": single_line(named, longest=1_000)}, key=key)


@st.fragment
def after_map_ready(draw: Callable[[], None], *, drawn: NetworkMap, tell: Tell, key: str = "map") -> None:
    """Run `draw`, which puts on the page what lies beneath the map, once the map stands on the screen.

    A browser lays out all that it is sent at once before it shows any of it: the map would wait for what nobody sees
    yet. So at a first visit `draw` is run when the browser says that the map stands, and from then on with the page.
    What is known of people beyond the drawing comes with it, as `show_map` says. Its controls run this part of the page
    alone.
    """
    standing = f"_{key}_stands"
    if MAP_FIRST and standing not in st.session_state:
        _wait(key=f"{key}-stands", data={"map": key}, on_stands_change=partial(_stands, standing), height="content")
        return

    def beneath() -> None:
        if _is_told_at_once(drawn):
            _told("details", tell().as_json(), key=key)
        draw()

    page_shell.draw_part(beneath, name=f"beneath the {key}")


def _stands(standing: str) -> None:
    st.session_state[standing] = True


def _is_told_at_once(drawn: NetworkMap) -> bool:
    return drawn.of <= MOST_TOLD_AT_ONCE


@st.fragment
def _on_demand(data: dict[str, Any], tell: Tell, *, key: str) -> None:
    """The map of thousands: when somebody is looked at, this part of the page alone is run to tell of them."""
    asked = _mount(key=key, data=data, height="content", width="stretch", on_ask_change=_heard).ask
    ids = frozenset(str(asked).split("-")) if asked else frozenset()
    _told("details", tell(only=ids).as_json(), key=key)


def _heard() -> None:
    """The map's question is answered by the run that it brings about."""


def _told(what: str, told: dict[str, Any], *, key: str, by: Callable[..., object] = _hand_over) -> None:
    by(key=f"{key}-{what}", data=told | {"map": key, "what": what}, height="content")


def wide_page() -> None:
    """Let this page's map take the room that the window has; what lies beneath keeps its own width."""
    st.html(f"<style>{_WIDE}</style>")
