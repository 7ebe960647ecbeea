"""The workbooks that visitors opened for themselves: how much all of them may hold, and when they let go of it.

A workbook and what was computed from it stay in memory as long as its session shows it. A session that someone closed
ends soon after (`nethealth.ui.server.endings`). While sessions are open, they share room for `MOST_ROWS`: someone who
opens a large workbook takes the room of the person who opened theirs longest ago.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from weakref import WeakSet

from streamlit.runtime.fragment import FragmentStorage

from nethealth.ui.workbook_poller import Reading
from nethealth.workbook.raw import RawTab, RawWorkbook

MOST_ROWS = 500_000
"""Rows in all opened workbooks together. A row of Connections takes about a kilobyte with all that follows from it."""


@dataclass(frozen=True, slots=True)
class OpenedCells:
    """A workbook's cells, kept so that what staff say about it applies at once."""

    raw: RawWorkbook = field(repr=False)
    """As it was read, without answers."""
    heads: Sequence[RawTab] = field(repr=False)
    """The first rows of each tab with email addresses masked, to show and to propose from."""
    is_file: bool
    """True if staff opened it; False for a copy of the network's own, whose addresses are masked."""


@dataclass(slots=True, weakref_slot=True, eq=False)
class OpenedWorkbook:
    """What one session opened. Only that session's state keeps it."""

    session_id: str
    reading: Reading | None
    """None once another session needed its room."""
    cells: OpenedCells | None = None
    fragments: FragmentStorage | None = None
    """The parts of the session's page that run alone. They hold on to what the page shows."""
    order: int = 0
    """The larger, the later it was opened."""
    needs_rerun: bool = False
    """True until the page that still shows it has been drawn again."""

    @property
    def rows(self) -> int:
        """How many rows it holds."""
        read = sum(tab.rows for tab in self.reading.workbook.tabs) if self.reading is not None else 0
        return read + (sum(len(tab.rows) for tab in self.cells.raw.tabs) if self.cells is not None else 0)

    def release(self) -> None:
        """Let go of the workbook and of what was computed from it."""
        self.cells = None
        if self.reading is not None:
            # Results refer to their workbook, so without this they would wait for Python to look for such circles.
            self.reading.workbook.results.clear()
            self.reading = None

    def end(self) -> None:
        """Let go of everything, for a session that no one comes back to.

        Streamlit may keep the last session that ended until someone else comes.
        """
        self.release()
        if self.fragments is not None:
            self.fragments.clear()


class OpenedWorkbooks:
    """Knows the workbooks opened in this process. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._opened: WeakSet[OpenedWorkbook] = WeakSet()
        self._count = 0

    def open(
        self,
        reading: Reading,
        *,
        session_id: str,
        fragments: FragmentStorage | None = None,
        cells: OpenedCells | None = None,
    ) -> OpenedWorkbook:
        """Note a workbook that a session opened, and release those opened longest ago if all have too many rows."""
        with self._lock:
            self._count += 1
            opened = OpenedWorkbook(session_id, reading, cells, fragments=fragments, order=self._count)
            self._opened.add(opened)
            total = 0
            for each in sorted(self._opened, key=lambda one: -one.order):
                total += each.rows
                if total > MOST_ROWS and each is not opened and each.reading is not None:
                    total -= each.rows
                    each.release()
                    each.needs_rerun = True
        return opened

    def all(self) -> list[OpenedWorkbook]:
        """Return what sessions that haven't ended opened, the earliest first."""
        with self._lock:
            return sorted(self._opened, key=lambda one: one.order)


opened_workbooks = OpenedWorkbooks()
"""The opened workbooks of this process."""
