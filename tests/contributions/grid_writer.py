"""A Google Sheet in memory that delivery writes to as to the real one, with failures and people who type meanwhile."""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from nethealth.errors import (
    CellsProtected,
    ChangeRefused,
    ConnectionFailed,
    NetHealthError,
    QuotaExceeded,
    SheetNotEditable,
    TabsChanged,
)
from nethealth.sources.sheet_writer import FailedWrite, Place, SheetCell
from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.readers.problem_log import column_letter
from tests.sources import sheet_grid
from tests.sources.sheet_grid import ACCOUNT, Refused, Sheet, without_trailing_blanks


class Fault(Enum):
    """How one request fails."""

    REFUSED = auto()
    """Google says no, for this minute."""
    VIEWER = auto()
    """We may not write."""
    UNSENT = auto()
    """No answer, and nothing happened."""
    LOST = auto()
    """No answer, though it happened."""
    LATE = auto()
    """No answer, and it happens later."""


@dataclass
class GridSheet:
    """A Google Sheet, and what happens to the requests that come next."""

    sheet: Sheet = field(default_factory=Sheet)
    requests: list[str] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    """By kind of request: what happens to the next ones."""
    before: dict[str, list[Callable[[], object]]] = field(default_factory=dict)
    """By kind of request: what people do right before the next ones."""
    late: list[Callable[[], object]] = field(default_factory=list)
    """What still happens of requests without an answer."""
    refuses: str = ""
    """A cell that Google takes in no row, for a reason of its own."""
    now: Callable[[], float] = lambda: 1_800_000_000.0

    def open(self) -> GridWriter:
        """Open it for writing."""
        return GridWriter(self)

    def finish_late(self) -> None:
        """Let what was late happen now."""
        for happen in self.late:
            happen()
        self.late.clear()


class GridWriter:
    """Implements `Writer` on a `GridSheet`."""

    def __init__(self, grid: GridSheet) -> None:
        self._grid = grid

    def close(self) -> None:
        """There is nothing to close."""

    def read(self) -> RawWorkbook:
        """Return all tabs as Google sends them."""
        if self._begin("read") is not None:
            raise ConnectionFailed
        sheet = self._grid.sheet
        tabs = [
            RawTab(title, without_trailing_blanks(copy.deepcopy(rows)), url=f"https://x/edit#gid={sheet.gid(title)}")
            for title, rows in sheet.tabs.items()
        ]
        read_at = dt.datetime.fromtimestamp(self._grid.now(), dt.UTC)
        return RawWorkbook(sheet.title, tabs, read_at)

    def append(self, title: str, rows: Sequence[Sequence[SheetCell]], *, header: Place, width: int) -> Place:
        """Append rows below a table."""
        values = [list(row) for row in rows]
        first, last = column_letter(header.column), column_letter(header.column + width - 1)
        place = f"'{title}'!{first}{header.row + 1}:{last}{header.row + 4}"
        query = {"valueInputOption": "RAW", "insertDataOption": "INSERT_ROWS"}
        if self._grid.refuses and any(self._grid.refuses in row for row in values):
            raise FailedWrite(ChangeRefused(), may_have_happened=False)
        answer = self._write("append", lambda: sheet_grid.append_values(self._grid.sheet, place, values, query))
        area = sheet_grid.parse_range(self._grid.sheet, answer["updates"]["updatedRange"])
        return Place(area.top, area.left)

    def update(self, title: str, cells: Sequence[SheetCell], *, start: Place) -> None:
        """Write cells of one row."""
        place = f"'{title}'!{column_letter(start.column)}{start.row + 1}"
        self._write(
            "update",
            lambda: sheet_grid.update_values(self._grid.sheet, place, [list(cells)], {"valueInputOption": "RAW"}),
        )

    def apply(self, requests: Sequence[Mapping[str, Any]]) -> None:
        """Apply a batch."""
        self._write("batch", lambda: sheet_grid.batch_update(self._grid.sheet, list(requests)))

    def _begin(self, kind: str) -> Fault | None:
        grid = self._grid
        grid.requests.append(kind)
        if grid.before.get(kind):
            grid.before[kind].pop(0)()
        return grid.faults[kind].pop(0) if grid.faults.get(kind) else None

    def _write(self, kind: str, change: Callable[[], Any]) -> Any:
        fault = self._begin(kind)
        if fault is Fault.REFUSED:
            raise FailedWrite(QuotaExceeded(), may_have_happened=False)
        if fault is Fault.VIEWER:
            raise FailedWrite(SheetNotEditable(ACCOUNT), may_have_happened=False)
        try:
            if fault is Fault.LATE:
                self._grid.late.append(lambda: _unless_refused(change))
            answer = change() if fault in (None, Fault.LOST) else None
        except Refused as refused:
            if fault is None:
                raise FailedWrite(_error_of(refused), may_have_happened=False) from None
        if fault is not None:
            raise FailedWrite(ConnectionFailed(), may_have_happened=True)
        return answer


def _unless_refused(change: Callable[[], Any]) -> None:
    with contextlib.suppress(Refused):
        change()


def _error_of(refused: Refused) -> NetHealthError:
    if "protected" in refused.message:
        return CellsProtected(ACCOUNT)
    return TabsChanged() if "parse range" in refused.message else ChangeRefused()
