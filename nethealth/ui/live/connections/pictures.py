"""The pictures of a session about who knows whom: the room's map, and introductions to make before people leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from nethealth.ui.live.connections.latest import Latest
from nethealth.ui.live.connections.live_map import connections_picture, is_replaying, load_map, room_now
from nethealth.ui.live.connections.room_introductions import (
    STYLE,
    RoomIntroduction,
    introductions_html,
    room_introductions,
)
from nethealth.ui.live.picture import Picture
from nethealth.ui.live.view import LiveView
from nethealth.workbook.records import Workbook

_latest_introductions: Latest[list[RoomIntroduction]] = Latest()


def connections_pictures(view: LiveView, workbook: Workbook) -> Sequence[Picture]:
    """Return the pictures, in the order in which the facilitator goes through them."""
    now, current, screen = dt.datetime.now(dt.UTC), view.session, view.session.screen

    def draw_map() -> None:
        load_map()
        connections_picture(current, view.counted, screen, workbook=workbook, now=now)

    def draw_introductions() -> None:
        found = _latest_introductions.get(
            (current.id, current.version, workbook.fingerprint),
            lambda: room_introductions(current, room_now(current, view.counted), workbook),
        )
        st.html(STYLE + introductions_html(found, shows_names=screen.shows_names))

    return [
        Picture("Who knows whom", draw_map, is_moving=is_replaying(screen, now=now)),
        Picture("Introductions to make before you leave", draw_introductions),
    ]
