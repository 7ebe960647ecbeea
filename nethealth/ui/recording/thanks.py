"""Thank someone the moment that what they recorded is stored, before the page is drawn again.

Streamlit's own toast takes twice as long: its script loads first. And from a callback, it takes the place of whatever
came first among what has no place on the page: our styles, so that the page stood bare until it was drawn again.
"""

from __future__ import annotations

import time
from itertools import count
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner_utils.script_run_context import suppress_fragment_callback_warning

from nethealth.presentation.formatting import escape_html

SECONDS: Final = 4.0
"""How long it stays, as in the styles."""
TO_SEND: Final = 0.03
"""Seconds in which the server sends it: whatever runs next would keep the server from it."""
PLACE_KEY: Final = "_thanks_place"
THANKS_KEY: Final = "_thanks"
EMPTY: Final = "<style></style>"

_numbers = count()


def keep_place() -> None:
    """Keep a place for thanks on the page that is about to be drawn. Call before styles are sent."""
    html, until = st.session_state.get(THANKS_KEY, (EMPTY, 0.0))
    st.session_state[PLACE_KEY] = st._event.html(html if time.monotonic() < until else EMPTY)


def show_thanks(what: str) -> None:
    """Say what was stored, at once. For callbacks; does nothing on a page that keeps no place for it."""
    place = st.session_state.get(PLACE_KEY)
    if not isinstance(place, DeltaGenerator):
        return
    # The number tells the browser that the same words are news.
    html = f'<p class="nh-thanks" role="status" data-number="{next(_numbers)}">{escape_html(what)}</p>'
    st.session_state[THANKS_KEY] = html, time.monotonic() + SECONDS
    with suppress_fragment_callback_warning():  # Streamlit warns of elements that would take another's place
        place.html(html)
    time.sleep(TO_SEND)
