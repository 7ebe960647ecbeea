"""What the person who looks sees: which workbook, as staff or as a viewer, and how fresh it is."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from nethealth.ui import access, network_workbook
from nethealth.ui.workbook_poller import Origin, Reading
from nethealth.workbook.records import Workbook

PINNED = "_reading_shown"
OPENED = "_workbook_opened"


def is_staff() -> bool:
    """Whether the person who looks is staff; viewers see neither notes, problems nor who left."""
    return access.role() is access.Role.STAFF


def reading() -> Reading:
    """The reading on the screen: its workbook (for viewers already without what is for staff), age, source, failure.

    Stays the same while a page is drawn, also when a newer one arrives meanwhile. Draws nothing and ends the page where
    nobody is let in.
    """
    role = access.role()
    if role is None:
        st.stop()
    opened = st.session_state.get(OPENED)
    if isinstance(opened, Reading) and role is access.Role.STAFF:
        return opened
    pinned = st.session_state.get(PINNED)
    if isinstance(pinned, Reading) and pinned.role is role:
        return pinned
    return pin()


def pin() -> Reading:
    """Take the newest shared reading for the page that is about to be drawn, and remember it for the session."""
    role = access.role()
    if role is None:
        st.stop()
    newest = network_workbook.newest(role, only_sample=access.only_sample())
    st.session_state[PINNED] = newest
    return newest


def open_for_session(opened: Reading) -> None:
    """Show another workbook to this person alone, until they go back or leave."""
    st.session_state[OPENED] = opened


def back_to_own() -> None:
    """Show the network's own workbook again, and forget the other."""
    st.session_state.pop(OPENED, None)


def has_opened_another() -> bool:
    """Whether this person looks at a workbook that they opened themselves."""
    return reading().origin is Origin.OPENED


def current_workbook() -> Workbook:
    """The workbook on the screen. Viewers get one that never held notes, open answers, problems or who left."""
    return reading().workbook


def today() -> dt.date:
    """The day of the reading, in the sheet's own time zone: what "today" means in every figure."""
    return current_workbook().today


def smallest_group() -> int:
    """How many people a figure must be about to be shown (the setting `Smallest group shown`)."""
    return current_workbook().settings.smallest_group
