"""The screen in the room: first only how to join and how many are in, after the reveal the pictures."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

import streamlit as st

from nethealth.live.codes import spaced_code
from nethealth.live.session import SessionKind, SessionState
from nethealth.presentation.formatting import escape_html
from nethealth.ui.live.addresses import qr_image, short_address
from nethealth.ui.live.picture import picture_styles
from nethealth.ui.live.pictures import picture_at
from nethealth.ui.live.view import LiveView
from nethealth.ui.server.phones import is_only_on_this_machine, join_address

_STYLE: Final = Path(__file__).parent / "screen.css"


def show_screen(view: LiveView) -> bool:
    """Show a session on the whole window, large enough for the back row. Returns True if what it shows is moving."""
    st.html(f"<style>{_style()}</style>")
    if not view.session.screen.is_revealed:
        st.html(_joining(view))
        return False
    place, pictures = picture_at(view)
    with st.container(key="room"):
        if not pictures:
            st.html(f'<h1>{escape_html(view.session.name)}</h1><p class="nh-large">{_counts(view)}</p>')
        else:
            st.html(f"<h1>{escape_html(pictures[place].title)}</h1>")
            with st.container(key="room-picture"):
                pictures[place].draw()
        st.html(_footer(view))
    return bool(pictures) and pictures[place].is_moving


@lru_cache(maxsize=1)
def _style() -> str:
    return f"{picture_styles()}\n{_STYLE.read_text(encoding='utf-8')}"


def _joining(view: LiveView) -> str:
    code = view.session.code
    address = join_address(view.session)
    note = (
        '<p class="nh-only">Only this computer can open this address.</p>' if is_only_on_this_machine(address) else ""
    )
    return (
        '<section class="nh-join">'
        f'<img class="nh-qr" src="{qr_image(address)}" alt="QR code to join: {escape_html(address)}">'
        '<div><h1 class="nh-how">Join on your phone</h1>'
        f'<p class="nh-address">{escape_html(short_address(view.session))}</p>{note}'
        f'<p class="nh-code" aria-label="Code {" ".join(code)}">{spaced_code(code)}</p>'
        f'<p class="nh-large" role="status">{_counts(view)}</p>{_notes(view)}</div></section>'
    )


def _footer(view: LiveView) -> str:
    notes = _notes(view)
    join = ""
    if view.session.state is not SessionState.CLOSED:
        join = f"<span>{escape_html(short_address(view.session))} · <b>{spaced_code(view.session.code)}</b></span>"
    # The map counts people itself: those who found themselves.
    counts = "" if view.session.kind is SessionKind.CONNECTIONS else f"<span>{_counts(view)}</span>"
    return f'<footer class="nh-foot">{join}{notes}{counts}</footer>'


def _counts(view: LiveView) -> str:
    people = "1 person is in" if view.joined == 1 else f"{view.joined:,} people are in"
    return f"<span><b>{people}</b></span> <span>{view.answered:,} answered</span>"


def _notes(view: LiveView) -> str:
    notes = []
    if view.session.is_rehearsal:
        notes.append("Rehearsal with made-up answers")
    if view.session.state is SessionState.PAUSED:
        notes.append("Paused")
    elif view.session.state is SessionState.CLOSED:
        notes.append("This session has ended")
    return "".join(f'<span class="nh-note">{note}</span>' for note in notes)
