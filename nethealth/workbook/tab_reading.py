"""How much of each tab we read, and what we left alone because we don't know it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftAlone:
    """A tab or column with data that we didn't use because we don't know it. What staff told us to skip isn't here."""

    title: str
    """The tab's title in the workbook."""
    header: str | None = None
    """The column's header as typed; None for the whole tab."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TabReading:
    """How many rows of a tab were used. `rows` = `accepted` + `merged` + `rejected`."""

    tab: str
    """The tab's name in the schema."""
    title: str
    rows: int
    accepted: int
    merged: int
    """Rows that repeat a tie or a person and add nothing."""
    rejected: int
    url: str | None = None
