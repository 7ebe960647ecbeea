"""A workbook as its source delivered it: titles and cells, not yet read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

RawCell: TypeAlias = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
"""Google Sheets gives dates as serial numbers, files give them as dates. `cells` reads both."""


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell of another tab, as problems name it."""

    tab: str
    """The tab's title."""
    row: int
    """The row number in the workbook."""
    column: int | None
    """Counted from 0; None if the tab has no such column."""
    header: str


@dataclass(frozen=True, slots=True)
class RawTab:
    """One tab: `rows[0]` is row 1. Rows may differ in length; trailing empty cells and rows may be missing."""

    title: str
    rows: Sequence[Sequence[RawCell]]
    url: str | None = None
    """A link to this tab, to which `&range=B17` can be appended; None if the source has no links."""
    hidden: bool = False
    read_as: str | None = None
    """The contract's name of the tab that this one is read as, whatever its title says; "" leaves it alone."""
    is_supplement: bool = False
    """True if it is read in addition to the contract's own tab, such as the attendance report of one meeting."""
    moved_cells: Mapping[tuple[int, int], tuple[int, int]] | None = None
    """Where cells stood before a layout moved them: from (row, column) here to (row, column) there, counted from 0."""
    rows_as_typed: Sequence[Sequence[RawCell]] | None = None
    """The rows before later changes to them (the Updates tab); None if there are none."""
    changed_by: Mapping[tuple[int, int], CellPlace] | None = None
    """The cells with these changes, by the (row, column) that they changed, counted from 0."""

    def place_in_sheet(self, row: int, column: int) -> tuple[int, int]:
        """Return where a cell stands in the sheet that people see. Rows and columns count from 0."""
        return (self.moved_cells or {}).get((row, column), (row, column))


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """One of several files that should have been a tab, and why it isn't."""

    name: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """All tabs in their order, with what the source knows about the workbook."""

    title: str
    tabs: Sequence[RawTab]
    read_at: dt.datetime
    """When it was read, aware, in UTC."""
    timezone: str | None = None
    """The workbook's IANA time zone, which decides what day `today` is; None if the source has none."""
    url: str | None = None
    notes: Sequence[str] = field(default_factory=tuple)
    """Notes from the source (a skipped chart tab, a guessed encoding), one sentence each."""
    skipped: Sequence[SkippedFile] = ()

    @property
    def day(self) -> dt.date:
        """The day of the reading in the workbook's time zone; in UTC if it has no known one."""
        try:
            zone: dt.tzinfo = ZoneInfo(self.timezone) if self.timezone else dt.UTC
        except (ZoneInfoNotFoundError, ValueError, OSError):
            zone = dt.UTC
        return self.read_at.astimezone(zone).date()
