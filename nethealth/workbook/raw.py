"""A workbook as it left its source: titles and cells, nothing understood yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

RawCell: TypeAlias = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
"""A Google Sheet gives dates as serial numbers; files give them as dates. Both are understood by `cells`."""


@dataclass(frozen=True, slots=True)
class RawTab:
    """One tab: `rows[0]` is the sheet's row 1. Rows may be ragged; trailing empty cells and rows may be missing."""

    title: str
    rows: Sequence[Sequence[RawCell]]
    url: str | None = None
    """A link to this very tab, to which `&range=B17` can be appended; None where the source has no links."""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """All tabs in the order of the sheet, with what the source knows of them."""

    title: str
    tabs: Sequence[RawTab]
    read_at: dt.datetime
    """When it was read, aware, in UTC."""
    timezone: str | None = None
    """The sheet's IANA time zone, by which `today` is told; None where the source has none."""
    url: str | None = None
    notes: Sequence[str] = field(default_factory=tuple)
    """What the source has to say of the reading (an unread chart tab, a guessed encoding), one sentence each."""

    @property
    def day(self) -> dt.date:
        """The day of the reading in the sheet's time zone; in UTC where the sheet has none that is known."""
        try:
            zone: dt.tzinfo = ZoneInfo(self.timezone) if self.timezone else dt.UTC
        except (ZoneInfoNotFoundError, ValueError, OSError):
            zone = dt.UTC
        return self.read_at.astimezone(zone).date()
