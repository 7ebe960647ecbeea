"""What the tabs of the Collaborative infrastructure page share: their view, headings, and choices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import streamlit as st

from nethealth.cache import cached
from nethealth.infrastructure import Period, categories_shown, comparable_columns
from nethealth.presentation.table import Table
from nethealth.ui import components as ui
from nethealth.ui.controls import period_control
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.membership_tabs import MONTHS

Tables: TypeAlias = Mapping[str, Table]
"""A tab's downloads: tables by title."""

CALENDAR_YEAR_START = 1
ALL_MEMBERS = "all members"


@dataclass(frozen=True, slots=True, kw_only=True)
class InfrastructureView:
    """The workbook, the day, and the role that a tab shows."""

    workbook: Workbook
    as_of: dt.date
    is_staff: bool


def heading(finding: str) -> None:
    """Show a section's heading, with values from cells escaped."""
    st.header(ui.escape_markdown(finding), anchor=False)


def years_control(workbook: Workbook, *, period: Period) -> int | None:
    """Offer fiscal or calendar years; return the starting month, or None for the network's own years.

    Shows nothing if the two are the same or the periods aren't years.
    """
    starts = workbook.settings.fiscal_year_starts
    if period is not Period.YEAR or starts == CALENDAR_YEAR_START:
        return None
    own = f"from {MONTHS[starts - 1]}"
    chosen = st.selectbox("Years", [own, f"from {MONTHS[0]}"], key="years", bind="query-params", width=170)
    return None if chosen in (None, own) else CALENDAR_YEAR_START


def period_and_years(workbook: Workbook) -> tuple[Period, int | None]:
    """Offer the period length and, for years, where they start. Call it inside a row of controls."""
    period = period_control()
    return period, years_control(workbook, period=period)


def segment_control(view: InfrastructureView) -> tuple[str, str] | None:
    """Offer all members or one category; return its column and name, or None for all members.

    Only categories with a number of members to show are offered.
    """
    options = cached(segments)(view.workbook, as_of=view.as_of)
    if not options:
        return None
    chosen = st.selectbox("Members shown", [ALL_MEMBERS, *options], key="segment", bind="query-params", width=260)
    return options.get(chosen or "")


def segments(workbook: Workbook, *, as_of: dt.date) -> dict[str, tuple[str, str]]:
    """Return column and category by their label, `Column: category`."""
    shown = categories_shown(workbook, as_of=as_of)
    return {f"{column}: {name}": (column, name) for column, names in shown.items() for name in names}


def column_control(view: InfrastructureView) -> str | None:
    """Offer the columns to compare by; None if no column has categories to show.

    The default is the first column in the Reference tab, then the one in `Color map by`, then the first of all.
    """
    columns = cached(comparable_columns)(view.workbook, as_of=view.as_of)
    if not columns:
        return None
    expected = [row.attribute for row in view.workbook.reference]
    preferred = [column for column in (*expected, view.workbook.settings.color_map_by) if column in columns]
    chosen = st.selectbox(
        "Compare by",
        columns,
        index=columns.index(preferred[0]) if preferred else 0,
        key="by",
        bind="query-params",
        width=260,
    )
    return chosen or columns[0]
