"""Who knows whom, on the screen: the room's network grows connection by connection, and can be replayed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from nethealth.live.connections import Room, read_room
from nethealth.live.session import Answers, LiveSession, Screen
from nethealth.network.map import scripts
from nethealth.network.map.network_map import NetworkMap
from nethealth.ui.live.connections.latest import Latest
from nethealth.ui.live.connections.room_map import RoomPositions, draw_room
from nethealth.workbook.records import Workbook

REPLAY_SECONDS: Final = 20.0
"""How long a replay takes, whatever it shows."""
KEY: Final = "live-map"

_HIDDEN: Final = "<span hidden></span>"
_publish_code = st.components.v2.component("nethealth_live_map_code", html=_HIDDEN, js=scripts.network_script())
_mount = st.components.v2.component("nethealth_live_map", html='<div class="nh-map"></div>', js=scripts.live_script())

room_positions = RoomPositions()
"""Where people stand, in this process."""


_latest_rooms: Latest[Room] = Latest()
_latest_maps: Latest[NetworkMap] = Latest()


def load_map() -> None:
    """Send the code of the map. Call it once for a page, outside of what runs again and again."""
    with st.container(key=f"{KEY}-code"):
        st.html(f"<style>.st-key-{KEY}-code {{ display: none; }}</style>")
        _publish_code(key=f"{KEY}-network", data={"map": KEY, "what": "code"}, height="content")


def connections_picture(
    session: LiveSession, answers: Answers, screen: Screen, *, workbook: Workbook, now: dt.datetime
) -> None:
    """Show the room's network as it is, or as it grew while a replay runs. Call `load_map` before."""
    room = replayed_room(room_now(session, answers), screen, now=now)
    drawn = _map_of(session, room, workbook)
    base = st.get_option("server.baseUrlPath") or ""
    _mount(key=KEY, data={"base": base} | live_data(drawn, room, screen), height="content", width="stretch")


def _map_of(session: LiveSession, room: Room, workbook: Workbook) -> NetworkMap:
    def draw() -> NetworkMap:
        return draw_room(session, room, workbook, positions=room_positions.positions(session, room, workbook))

    counts = (len(room.arrivals), len(room.ties))
    return _latest_maps.get((session.id, session.version, counts, workbook.fingerprint), draw)


def room_now(session: LiveSession, answers: Answers) -> Room:
    """Return the room of this version of a session: computed once for all screens of this process."""
    return _latest_rooms.get((session.id, session.version), lambda: read_room(session, answers))


def is_replaying(screen: Screen, *, now: dt.datetime) -> bool:
    """True if a replay runs, so that the screen has to draw each second though nothing has changed."""
    return screen.replayed_at is not None and 0 <= (now - screen.replayed_at).total_seconds() < REPLAY_SECONDS


def replayed_room(room: Room, screen: Screen, *, now: dt.datetime) -> Room:
    """Return the room as it was at this moment of a replay, which shows connection after connection; else as it is."""
    if screen.replayed_at is None or not is_replaying(screen, now=now) or not room.ties:
        return room
    share = (now - screen.replayed_at).total_seconds() / REPLAY_SECONDS
    return room.until(room.ties[int(share * len(room.ties))].number)


def focus_choices(session: LiveSession, answers: Answers, *, workbook: Workbook) -> Sequence[str]:
    """Return the categories that the screen can show large: those of people in the room, as in the map's legend."""
    drawn = _map_of(session, room_now(session, answers), workbook)
    return [entry.label for entry in drawn.legend]


def live_data(drawn: NetworkMap, room: Room, screen: Screen) -> dict[str, Any]:
    """Return what the script reads: no name unless the screen shows names."""
    network = drawn.as_json()
    if not screen.shows_names:
        people = network["people"] | {"name": [""] * len(drawn.nodes)}
        network = network | {"people": people, "name_styles": {"shown": "names", "others": {}}, "attributes": []}
    focus = next((entry for entry in drawn.legend if entry.label == screen.focus), None)
    return {
        "map": network | {"is_arranged": True, "version": f"{network['version']} {screen.shows_names}"},
        "shows_names": screen.shows_names,
        "counts": room.counts_text,
        "focus": focus.label if focus else "",
        "focus_people": [node["id"] for node in drawn.nodes if focus and node["group"] == focus.group],
    }
