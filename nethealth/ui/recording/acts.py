"""What a visitor records, changes, and takes back: in the journal first, then at once in the workbook on the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from nethealth.contributions.entries import Entry, EntryState
from nethealth.contributions.journal import Journal
from nethealth.contributions.recording import Act, Recorder, new_entry, recent_entries, update_of
from nethealth.errors import JournalError
from nethealth.ui import access, network_workbook, session
from nethealth.ui.data import answers
from nethealth.ui.recording.thanks import show_thanks
from nethealth.ui.server import delivery, own_entries
from nethealth.ui.server.own_entries import author
from nethealth.ui.workbook_poller import Origin
from nethealth.workbook.raw import RawCell

LAST_ACT_KEY: Final = "_last_recorded"
"""In the session's state: what the visitor did last."""
UNDO_SECONDS: Final = 600.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the visitor's last act."""

    workbook: str
    what: str
    """What they did, as a short sentence."""
    at: dt.datetime
    act: Act = field(default_factory=Act)
    failure: JournalError | None = None
    """Why nothing was stored, and what to do; None if it was."""


def journal() -> Journal:
    """Return the app's journal. Raises InvalidJournal if the secrets are wrong about it."""
    return network_workbook.journal()


def workbook_key() -> str | None:
    """Return the key of the workbook on the screen; None if nothing can be recorded for it."""
    return session.current_reading().key


def can_record() -> bool:
    """True if the visitor may record something for the workbook on the screen. Viewers never may."""
    return session.may_record() and workbook_key() is not None


def entry(tab: str, cells: Mapping[str, RawCell]) -> Entry:
    """Return a new row for a tab of the workbook on the screen: `cells` by the contract's names of columns.

    Raises KeyError for a tab or column that the contract doesn't have.
    """
    return new_entry(_key(), tab, cells, author=author(), now=_now())


def update(tab: str, row: str, field: str, value: RawCell) -> Entry:
    """Return a row of Updates that changes one field of a row, given by its `row_id`, from today on."""
    return update_of(_key(), tab, row, field, value, author=author(), now=_now(), day=session.today())


def record(new: Sequence[Entry], *, what: str = "Saved.") -> bool:
    """Store entries, and show them at once on this page. `what` says what was saved, as a short sentence.

    Returns False if we couldn't store them, which `show_saved` explains: then keep what the person typed. Works in a
    callback; elsewhere call `st.rerun()` afterward.
    """
    return _do(lambda recorder: recorder.record(new), what)


def change(
    tab: str, row: str, changes: Mapping[str, RawCell], *, day: dt.date | None = None, what: str = "Saved."
) -> bool:
    """Change fields of a row, given by its `row_id`: in the entry itself if it wasn't sent yet, else by Updates.

    Fields are columns, or `Outcome` and `Participant`, which add to a cell. `day` is the day of the change, today if
    None. Returns False as `record` does.
    """
    now, since = _now(), day or session.today()
    return _do(lambda recorder: recorder.change(tab, row, changes, now=now, day=since), what)


def remove(one: Entry) -> bool:
    """Take back an entry. Returns False as `record` does."""
    now, day = _now(), session.today()
    return _do(lambda recorder: recorder.remove(one, now=now, day=day), "Undone.", can_be_undone=False)


def undo_last() -> None:
    """Take back what the visitor did last."""
    last = st.session_state.get(LAST_ACT_KEY)
    if isinstance(last, Outcome) and last.workbook == workbook_key():
        now, day = _now(), session.today()
        _do(lambda recorder: recorder.undo(last.act, now=now, day=day), "Undone.", can_be_undone=False)


def entries() -> Sequence[Entry]:
    """Return all entries of the workbook on the screen, in the order in which they were recorded."""
    key = workbook_key()
    return () if key is None else network_workbook.workbook_entries(key).entries()


def states() -> dict[str, EntryState]:
    """Return where each entry of the workbook on the screen is, by its ID, to mark rows that are on their way."""
    return {each.id: each.state for each in entries()}


def recent() -> list[Entry]:
    """Return what this visitor recorded in the last `UNDO_SECONDS` and can still take back, the latest first."""
    every = entries()
    own = own_entries.ids_of_visitor(every)
    return recent_entries([each for each in every if each.id in own], now=_now(), seconds=UNDO_SECONDS)


def _do(act: Callable[[Recorder], Act], what: str, *, can_be_undone: bool = True) -> bool:
    key, now = _key(), _now()
    try:
        done = act(Recorder(journal(), key, author=author()))
    except JournalError as error:
        st.session_state[LAST_ACT_KEY] = Outcome(key, what, now, failure=error)
        return False
    delivery.wake(key)
    own_entries.note(done.added)
    st.session_state[LAST_ACT_KEY] = Outcome(key, what, now, done if can_be_undone else Act())
    show_thanks(what)  # before the workbook is read again, which takes longer
    show_at_once()
    return True


def show_at_once() -> None:
    """Merge what was recorded into the workbook on the screen."""
    poller = network_workbook.network_poller() if not access.shows_only_sample() else None
    if poller is not None:
        poller.show_entries()
    if session.current_reading().origin is Origin.OPENED:
        answers.show_entries()
    session.pin_latest_reading()


def _key() -> str:
    if not can_record():
        raise PermissionError("This visitor may not record anything here.")
    return str(workbook_key())


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
