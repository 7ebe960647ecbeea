"""What people added in the app: where each entry is on its way to the workbook, and what to do if it waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import streamlit as st

from nethealth.contributions.entries import Entry, EntryState
from nethealth.errors import JournalError
from nethealth.presentation.formatting import escape_html, format_date, pluralize, single_line
from nethealth.presentation.table import Format, Table
from nethealth.privacy.display_names import ANONYMOUS, NameMasker
from nethealth.ui import recording, session
from nethealth.ui.access import Role
from nethealth.ui.data import added_rows, edit_entry
from nethealth.ui.page_shell import age_text
from nethealth.ui.server.delivery import network_deliverer
from nethealth.ui.tables import show_table
from nethealth.ui.workbook_poller import Origin
from nethealth.workbook.raw import RawCell
from nethealth.workbook.schema.tabs import TABS, UPDATES

ON_ITS_WAY: Final = (EntryState.WAITING, EntryState.UNCERTAIN)
_LONGEST: Final = 120
_TABS: Final = {tab.name: tab for tab in TABS}


def show_added() -> None:
    """Show the entries of the workbook on the screen to staff, the latest first. Shows nothing without entries."""
    if session.current_reading().role is not Role.STAFF:
        return
    _show_journal_notices()
    shown = [entry for entry in reversed(recording.entries()) if entry.state is not EntryState.UNDONE]
    if not shown:
        return
    st.header("What people added", anchor=False)
    st.write(_summary(shown))
    _show_failure(shown)
    recording.show_saved(key="saved-on-data")
    for entry in recording.recent():
        _show_recent(entry)
    with st.expander("Show everything people added"):
        show_table(_table(shown), key="added", label="What people added, the latest first")
    if session.current_reading().origin is not Origin.SAMPLE:
        added_rows.show_rows_to_paste([entry for entry in shown if _is_to_paste(entry)])


def _show_journal_notices() -> None:
    try:
        notices = recording.journal().notices()
    except JournalError as error:
        st.html(_band(error.message, error.remedy))
        return
    for notice in notices:
        st.html(_band(notice.message, notice.remedy))


def _band(message: str, remedy: str) -> str:
    return f'<div class="nh-band" role="status"><p>{escape_html(message)}</p><p>{escape_html(remedy)}</p></div>'


def _is_written_by_us() -> bool:
    """True if the app writes entries of this workbook to the Google Sheet."""
    deliverer = network_deliverer()
    return deliverer is not None and deliverer.workbook == recording.workbook_key()


def _is_to_paste(entry: Entry) -> bool:
    """True for entries that only a person can bring to the workbook."""
    return entry.state is EntryState.WAITING and (bool(entry.reason) or not _is_written_by_us())


def _summary(entries: Sequence[Entry]) -> str:
    waiting = sum(entry.state in ON_ITS_WAY for entry in entries)
    count = pluralize(len(entries), "row")
    if not waiting:
        return f"{count}, all in the workbook."
    if session.current_reading().origin is Origin.SAMPLE:
        return f"{count}. In the sample, {'it stays' if len(entries) == 1 else 'they stay'} on this computer."
    if _is_written_by_us():
        return f"{count}, {waiting:,} of them on {'its' if waiting == 1 else 'their'} way to the Google Sheet."
    return (
        f"{count}, {waiting:,} of them not in the workbook yet. They already count here. The app can’t write to this "
        "workbook, so copy them there when you have a moment."
    )


def _show_failure(entries: Sequence[Entry]) -> None:
    """Say why entries wait, and offer to try again."""
    reasons = dict.fromkeys(entry.reason for entry in entries if entry.reason and entry.state in ON_ITS_WAY)
    deliverer = network_deliverer() if _is_written_by_us() else None
    failure = deliverer.failure if deliverer is not None else None
    if failure is not None:
        reasons.setdefault(f"{failure.message} {failure.remedy}".strip())
    for reason in reasons:
        st.html(f'<div class="nh-band" role="status"><p>{escape_html(reason, longest=600)}</p></div>')
    if reasons and deliverer is not None:
        st.button("Try again now", icon=":material/refresh:", on_click=deliverer.try_now, key="deliver-now")


def _show_recent(entry: Entry) -> None:
    """Show an entry that its author can still change or take back."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"added-{entry.id}"):
        now, zone = dt.datetime.now(dt.UTC), st.context.timezone
        facts = f"{entry.tab}, {age_text(entry.recorded_at, now=now, zone=zone)}"
        st.html(
            f'<div><p class="nh-added">{escape_html(_shown(entry))}</p>'
            f'<p class="nh-quiet">{escape_html(facts)}</p></div>'
        )
        edit_entry.show_editor(entry)
        st.button("Undo", icon=":material/undo:", key=f"undo-{entry.id}", on_click=_undo, args=(entry,))


def _undo(entry: Entry) -> None:
    recording.remove(entry)


def _table(entries: Sequence[Entry]) -> Table:
    columns = {"Day": Format.DATE, "Tab": Format.TEXT, "What": Format.TEXT, "Who": Format.TEXT, "Where": Format.TEXT}
    rows = [
        {
            "Day": entry.recorded_at.date(),
            "Tab": entry.tab,
            "What": _shown(entry),
            "Who": entry.author or None,
            "Where": _where(entry),
        }
        for entry in entries
    ]
    return Table.of(columns, rows)


def _where(entry: Entry) -> str:
    if entry.state is EntryState.DELIVERED:
        return "In the workbook"
    if entry.state is EntryState.UNCERTAIN:
        return "We’re checking whether it arrived"
    if not _is_written_by_us():
        return "Saved here"
    return "Waiting" if entry.reason else "On its way to the Google Sheet"


def _as_typed(value: RawCell) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format_date(value) if isinstance(value, dt.date) else str(value or "blank")


def _shown(entry: Entry) -> str:
    """Return what an entry says, without the names of people with `Show on map` = no."""
    people = session.current_workbook().people.values()
    hidden = {person.name for person in people if not person.on_map} - {p.name for p in people if p.on_map}
    return NameMasker(dict.fromkeys(sorted(hidden), ANONYMOUS))(entry_text(entry)) or ""


def entry_text(entry: Entry) -> str:
    """Return an entry in a few words: what its required columns hold, or what it changes."""
    if entry.tab == UPDATES.name:
        tab_name, field, value = (entry.cells.get(UPDATES.columns[name].name) for name in ("tab", "field", "value"))
        return single_line(f"{tab_name}, {field}: {_as_typed(value)}", longest=_LONGEST)
    tab = _TABS[entry.tab]
    names = [tab.columns[field].name for field in (tab.required or tab.columns)]
    texts = [cell for name in names if isinstance(cell := entry.cells.get(name), str) and cell]
    return single_line(" · ".join(texts), longest=_LONGEST)
