"""What the current visitor sees: which workbook, as staff or as a viewer, and how recent it is."""

from __future__ import annotations

import datetime as dt

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from nethealth.ui import access, network_workbook
from nethealth.ui.server import own_entries
from nethealth.ui.server.entry_changes import entry_changes
from nethealth.ui.server.opened_workbooks import OpenedCells, OpenedWorkbook, opened_workbooks
from nethealth.ui.server.visits import current_visit
from nethealth.ui.workbook_poller import Origin, Reading
from nethealth.workbook.records import Workbook

PINNED_KEY = "_reading_shown"
OPENED_KEY = "_workbook_opened"


def is_staff() -> bool:
    """True if the visitor is staff. Viewers don't see notes, problems, or who left."""
    return access.role() is access.Role.STAFF


def may_record() -> bool:
    """True if the visitor may add entries: staff and weavers."""
    return access.role() in (access.Role.STAFF, access.Role.WEAVER)


def current_reading() -> Reading:
    """Return the reading on the screen. For viewers, its workbook lacks what only staff may see.

    Stays the same while a page is drawn, even if a newer reading arrives. Stops the page if the visitor has no access.
    """
    role = access.role()
    if role is None:
        st.stop()
    opened = _opened()
    if opened is not None and opened.reading is not None and role is access.Role.STAFF:
        return opened.reading
    pinned = st.session_state.get(PINNED_KEY)
    if isinstance(pinned, Reading) and pinned.role is role:
        return pinned
    return pin_latest_reading()


def pin_latest_reading() -> Reading:
    """Remember the latest shared reading for the page that is about to be drawn, and return it."""
    role = access.role()
    if role is None:
        st.stop()
    seen = entry_changes.seen(by_viewer=role is access.Role.VIEWER)
    key = network_workbook.network_key() if role is access.Role.WEAVER else None
    own = own_entries.ids_of_visitor(network_workbook.workbook_entries(key).entries()) if key else frozenset()
    latest = network_workbook.latest_reading(role, only_sample=access.shows_only_sample(), own=own)
    st.session_state[PINNED_KEY] = latest
    visit = current_visit()
    if visit is not None:
        opened = _opened()
        visit.seen_changes = seen if opened is None or opened.reading is None else None
        visit.is_viewer = role is access.Role.VIEWER
    return latest


def rerun_if_role_changed() -> None:
    """Draw the whole page again if the visitor's role isn't the one it was drawn for. For parts that run alone."""
    pinned = st.session_state.get(PINNED_KEY)
    role = access.role()
    if role is None or (isinstance(pinned, Reading) and pinned.role is not role):
        st.rerun(scope="app")


def open_for_session(reading: Reading, *, cells: OpenedCells | None = None) -> None:
    """Show another workbook to this visitor only, until they go back or leave.

    `cells` are kept with it if there is something to ask about it.
    """
    close_opened_workbook()
    context = get_script_run_ctx()
    st.session_state[OPENED_KEY] = opened_workbooks.open(
        reading,
        session_id=context.session_id if context is not None else "",
        fragments=context.fragment_storage if context is not None else None,
        cells=cells,
    )


def close_opened_workbook() -> None:
    """Show the network's own workbook again, and drop the other one."""
    opened = _opened()
    if opened is not None:
        opened.release()
        del st.session_state[OPENED_KEY]


def opened_cells() -> OpenedCells | None:
    """Return the cells of the opened workbook; None if nothing is opened, or there is nothing to ask about it."""
    opened = _opened()
    return opened.cells if opened is not None and is_staff() else None


def gave_up_room() -> bool:
    """True if the workbook that this visitor opened was closed because others needed its room."""
    opened = _opened()
    return opened is not None and opened.reading is None


def _opened() -> OpenedWorkbook | None:
    opened = st.session_state.get(OPENED_KEY)
    return opened if isinstance(opened, OpenedWorkbook) else None


def has_opened_another() -> bool:
    """True if the visitor sees a workbook that they opened themselves."""
    return current_reading().origin is Origin.OPENED


def current_workbook() -> Workbook:
    """Return the workbook on the screen. A viewer's never contains notes, open answers, problems, or who left."""
    return current_reading().workbook


def today() -> dt.date:
    """Return the day of the reading in the workbook's time zone, which is "today" for every metric."""
    return current_workbook().today


def smallest_group() -> int:
    """Return the minimum group size (the setting `Smallest group shown`)."""
    return current_workbook().settings.smallest_group
