"""What every tab of the page on the infrastructure shows a side of, with its headings, registers and choices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import streamlit as st

from nethealth.cache import cached
from nethealth.infrastructure import Period, categories_shown, comparable_columns, tables
from nethealth.ui import components as ui
from nethealth.ui.components import Column, ColumnKind
from nethealth.ui.controls import period_control
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.membership_tabs import MONTHS

Tables: TypeAlias = Mapping[str, Sequence[ui.Row]]
"""What a tab offers to download: rows by title."""

CALENDAR_YEARS = 1
JOINS = ": "


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The workbook on the page, on the day of its reading, for whoever looks."""

    workbook: Workbook
    as_of: dt.date
    is_staff: bool


def heading(finding: str) -> None:
    """A section's heading: what it found, in words that may hold a cell's."""
    st.header(ui.escape_markdown(finding), anchor=False)


def columns(*headers: str) -> list[Column]:
    """The columns of a register by their headers, each written as its header says."""
    return [Column(header, header, ColumnKind(tables.COLUMN_KINDS.get(header, "text"))) for header in headers]


def filled(headers: Iterable[str], rows: Sequence[ui.Row]) -> list[str]:
    """The first header, and of the others those under which any row holds something: an empty column says nothing."""
    first, *others = headers
    return [first, *(header for header in others if any(row.get(header) not in (None, "") for row in rows))]


def register(rows: Sequence[ui.Row], *, key: str, alt: str, rows_at_once: int = 25) -> None:
    """A register whose columns are the rows' own headers, but for empty ones; nothing where there is no row."""
    if rows:
        ui.searchable_table(rows, columns(*filled(rows[0], rows)), key=key, alt=alt, rows_at_once=rows_at_once)


def years_control(workbook: Workbook, *, period: Period) -> int | None:
    """Choose between the network's fiscal years and calendar years; None for the network's own.

    Nothing is drawn where the two are the same, or where no years are told.
    """
    starts = workbook.settings.fiscal_year_starts
    if period is not Period.YEAR or starts == CALENDAR_YEARS:
        return None
    own = f"from {MONTHS[starts - 1]}"
    chosen = st.selectbox("Years", [own, f"from {MONTHS[0]}"], key="years", bind="query-params", width=170)
    return None if chosen in (None, own) else CALENDAR_YEARS


def period_and_years(workbook: Workbook) -> tuple[Period, int | None]:
    """Choose the length of the periods and, of years, where they begin. To be called inside a row of controls."""
    period = period_control()
    return period, years_control(workbook, period=period)


def segment_control(view: View) -> tuple[str, str] | None:
    """Choose of whom the membership is told: everybody, or one group of a column. Returns column and group.

    Only groups of which may be told how many are here are offered.
    """
    options = cached(segments)(view.workbook, as_of=view.as_of)
    if not options:
        return None
    names = ["everybody", *options]
    chosen = st.selectbox("Of whom", names, key="segment", bind="query-params", width=260)
    return options.get(chosen or "")


def segments(workbook: Workbook, *, as_of: dt.date) -> dict[str, tuple[str, str]]:
    """The groups of whom one may ask, as words for people: column and group by `Column: group`."""
    told = categories_shown(workbook, as_of=as_of)
    return {f"{column}{JOINS}{name}": (column, name) for column, names in told.items() for name in names}


def column_control(view: View) -> str | None:
    """Choose the column by which groups are compared; None where no column makes groups large enough to be shown.

    At first the first one that the Reference tab speaks of, else the setting `Color map by`, else the first of all.
    """
    known = cached(comparable_columns)(view.workbook, as_of=view.as_of)
    if not known:
        return None
    expected = [row.attribute for row in view.workbook.reference]
    wanted = [column for column in (*expected, view.workbook.settings.color_map_by) if column in known]
    chosen = st.selectbox(
        "Compare by",
        known,
        index=known.index(wanted[0]) if wanted else 0,
        key="by",
        bind="query-params",
        width=260,
    )
    return chosen or known[0]
