"""Record what people add in the app: all forms use these functions, and only these.

A form builds entries (`entry`), records them (`record`, or `change` for a later change), and draws again. The page then
shows them, and `show_saved` says so and offers to undo it.
"""

from __future__ import annotations

from nethealth.ui.recording.acts import (
    can_record,
    change,
    entries,
    entry,
    journal,
    recent,
    record,
    remove,
    show_at_once,
    states,
    undo_last,
    update,
    workbook_key,
)
from nethealth.ui.recording.saved import show_saved
from nethealth.ui.server.own_entries import author

__all__ = [
    "author",
    "can_record",
    "change",
    "entries",
    "entry",
    "journal",
    "recent",
    "record",
    "remove",
    "show_at_once",
    "show_saved",
    "states",
    "undo_last",
    "update",
    "workbook_key",
]
