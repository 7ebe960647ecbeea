"""The map on the page. New data moves the map that is there, and it keeps where the reader looks."""

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
from nethealth.network.map.tour import MapTour
from nethealth.presentation.formatting import single_line
from nethealth.ui import page_shell, session
from nethealth.weaving import summarize_weaving
from nethealth.workbook.records import PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import TieRule

MAP_FIRST = True
"""Whether the map comes before the rest of the page; tests without a browser to wait for set it to False."""
RENDER_GRACE_SECONDS = 0.12
"""How long a browser may draw a map that has changed before it is sent the rest of the page.

A browser needs about that long. If the rest comes while it does, it lays that out first, and the map waits."""
MOST_PEOPLE_WITH_DETAILS = 1_500
MOST_TIES_WITH_DETAILS = 10_000
"""Up to this many people and ties, everyone's details come with the map; beyond, when someone looks at one of them."""

LoadDetails = Callable[..., MapDetails]
"""Returns everyone's details, or with `only=` those of the people with these ids."""

_HIDDEN = "<span hidden></span>"
_mount = st.components.v2.component(
    "nethealth_network_map", html='<div class="nh-map"></div>', js=scripts.page_script()
)
_publish_network = st.components.v2.component(
    "nethealth_network_map_network", html=_HIDDEN, js=scripts.network_script()
)
_publish_data = st.components.v2.component("nethealth_network_map_data", html=_HIDDEN, js=scripts.data_script())
_wait_for_map = st.components.v2.component("nethealth_network_map_ready", html=_HIDDEN, js=scripts.ready_script())

MAP = "map"
"""The map's key, for its component and its data."""
_VERSION_KEY, _READY_KEY = f"_{MAP}_version", f"_{MAP}_ready"
MAP_AND_FIGURES = "map-and-figures"
"""The key of the container that has the map in one column and metrics in another."""

# Components that only carry data take no room. Where metrics don't fit next to the map, they wrap below it; in a narrow
# column they would run out of the window, for example at 200% zoom.
_WIDE = f"""
:is(.st-key-map-network, .st-key-map-description, .st-key-map-details, .st-key-map-tour, .st-key-map-ready) {{
  display: none; }}
[data-testid="stMainBlockContainer"].block-container {{ max-width: 1720px; padding-inline: clamp(1rem, 3vw, 3.5rem); }}
@media (min-width: 641px) {{
  .st-key-{MAP_AND_FIGURES} [data-testid="stColumn"] {{ flex: 1 1 max(9.5rem, 15%); width: auto; min-width: 0; }}
  .st-key-{MAP_AND_FIGURES} [data-testid="stColumn"]:first-child {{ flex: 1000 1 30rem; }}
}}
"""


def show_map(network_map: NetworkMap, *, whole: NetworkMap, load: LoadDetails) -> None:
    """Show the map at full width. New data moves the map that is already there.

    `whole` is the map of the whole network, which stays the same while people choose what to see of it: a browser is
    sent it once, and then only what differs. A map that has changed goes out before the run goes on. `load` returns
    details of people and ties. The map keeps the focus, the path, the legend's filter, and how it is drawn in the
    page's address by itself, without running the page again. The drawing library comes from the app; the map requests
    nothing else.
    """
    base = st.get_option("server.baseUrlPath") or ""
    data = {
        "key": MAP,
        "base": base,
        "network_version": whole.version,
        "changes": network_map.changes_from(whole),
    }
    if _has_all_details(whole):
        _mount(key=MAP, data=data, height="content", width="stretch")
    else:
        _mount_with_requests(data, load)
    _publish("network", whole.as_json(), component=_publish_network)
    last_version = st.session_state.get(_VERSION_KEY, network_map.version)
    st.session_state[_VERSION_KEY] = network_map.version
    if MAP_FIRST and last_version != network_map.version:
        time.sleep(RENDER_GRACE_SECONDS)


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


def show_map_description(description: str, *, names: str = "") -> None:
    """Describe the map for people who can't see it; `names` says who is who while the map shows names."""
    published = {
        "description": single_line(description, longest=2_000),
        "description_names": single_line(names, longest=1_000),
    }
    _publish("description", published)


@st.fragment
def after_map_ready(
    draw: Callable[[], None], *, whole: NetworkMap, load: LoadDetails, load_tour: Callable[[], MapTour]
) -> None:
    """Run `draw`, which shows the rest of the page, once the map is on the screen.

    A browser lays out all it is sent before it shows any of it, so the map would wait for what no one sees yet. At a
    first visit `draw` runs when the browser reports that the map is ready, and from then on with the page. Details come
    with it, as `show_map` says, and the tour comes last. Controls inside run only this part of the page.
    """
    session.rerun_if_role_changed()
    if MAP_FIRST and _READY_KEY not in st.session_state:
        set_ready = partial(st.session_state.__setitem__, _READY_KEY, True)
        _wait_for_map(key=f"{MAP}-ready", data={"map": MAP}, on_ready_change=set_ready, height="content")
        return

    def draw_rest() -> None:
        if _has_all_details(whole):
            _publish("details", load().as_json())
        draw()
        _publish("tour", load_tour().as_json())

    page_shell.draw_part(draw_rest)


def _has_all_details(whole: NetworkMap) -> bool:
    return whole.total <= MOST_PEOPLE_WITH_DETAILS and whole.drawing.selected_ties <= MOST_TIES_WITH_DETAILS


@st.fragment
def _mount_with_requests(data: dict[str, Any], load: LoadDetails) -> None:
    """The map of thousands: when someone looks at a person, only this part of the page runs to send their details."""
    session.rerun_if_role_changed()
    request = _mount(key=MAP, data=data, height="content", width="stretch", on_request_change=_on_request).request
    ids = frozenset(str(request).split("-")) if request else frozenset()
    _publish("details", load(only=ids).as_json())


def _on_request() -> None:
    """Do nothing: the run that the map's request causes answers it."""


def _publish(what: str, data: dict[str, Any], *, component: Callable[..., object] = _publish_data) -> None:
    component(key=f"{MAP}-{what}", data=data | {"map": MAP, "what": what}, height="content")


def wide_page() -> None:
    """Let this page's map take the width of the window; the rest keeps its own width."""
    st.html(f"<style>{_WIDE}</style>")
