"""The page on phones: how people join a live session and answer, without an account and without Streamlit.

These are plain requests next to Streamlit's, so that a room of hundreds costs little. Where a host doesn't start
`app.py` as an app, and so without these routes, the page `pages/room/join.py` does the same.
"""

from __future__ import annotations

from nethealth.ui.server.phones.address import are_served, is_only_on_this_machine
from nethealth.ui.server.phones.invitation import join_address
from nethealth.ui.server.phones.routes import phone_routes

__all__ = ["are_served", "is_only_on_this_machine", "join_address", "phone_routes"]
