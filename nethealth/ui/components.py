"""What pages are made of: titles, metric cards, charts, empty states, explanations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

import streamlit as st

from nethealth.metric import Metric
from nethealth.presentation import table as table_module
from nethealth.presentation.formatting import (
    describe_undefined_and_source,
    escape_html,
    escape_markdown,
    format_value,
    safe_url,
    single_line,
)
from nethealth.presentation.metric_card import cards_html
from nethealth.presentation.table import Format, Sorting, Table
from nethealth.ui import session
from nethealth.ui.routes import link
from nethealth.ui.tables import SHORT_TABLE, Download, show_table
from nethealth.ui.tables import csv_download as table_csv_download
from nethealth.ui.tables import downloads as offer_downloads

if TYPE_CHECKING:
    import plotly.graph_objects as go

__all__ = [
    "Column",
    "ColumnKind",
    "Download",
    "Ordered",
    "chart",
    "downloads",
    "empty_state",
    "escape_markdown",
    "explain_metrics",
    "format_value",
    "metric_row",
    "page_title",
    "searchable_table",
    "show_table",
]

Row: TypeAlias = Mapping[str, object]
"""One row of a register or a download: what stands in each column, by the column's id."""


class ColumnKind(StrEnum):
    """How a column's cells are written."""

    TEXT = "text"
    NUMBER = "number"  # a count or a number: aligned right
    SHARE = "share"
    DATE = "date"
    LINK = "link"  # an http(s) address, shown as a link


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register: where its value stands in a row, and its header."""

    id: str
    label: str
    kind: ColumnKind = ColumnKind.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """By which column a register's rows stand, as a screen reader tells it, and the words that stand above them."""

    by: str
    """The column's id."""
    is_descending: bool
    words: str


def page_title(title: str, question: str) -> None:
    """Show the page's title and the question that it answers."""
    st.title(title, anchor=False)
    st.html(f'<p class="nh-question">{escape_html(question)}</p>')


def empty_state(tab: str, sentence: str, *, outline: bool = True) -> None:
    """Say what would show here, which tab to start with, and show the page's shape in outline.

    Without `outline`, only the text, for one section among others. `tab` is the tab's name in the workbook; staff get a
    link to it if the sheet has one. The page goes on: call `st.stop()` if there is nothing else to show.
    """
    workbook = session.current_workbook()
    has_tab = any(read.tab == tab for read in workbook.tabs)
    url = next((read.url for read in workbook.tabs if read.tab == tab), None) or workbook.url
    sheet = safe_url(url)
    where = f'<a href="{sheet}" target="_blank" rel="noopener">Open the workbook</a>' if sheet else ""
    st.html(
        f'<div class="nh-empty"><p>{escape_html(sentence)}</p>'
        f"<p class='nh-quiet'>To get started, fill in the {escape_html(tab)} tab. {where}</p></div>"
    )
    if outline:
        if session.is_staff() and not has_tab:
            link("data", "Get a template with this tab", icon=":material/download:")
        st.html('<div class="nh-outline" aria-hidden="true"><i></i><i></i><i></i><b></b></div>')


def explain_metrics(metrics: Sequence[Metric]) -> None:
    """Explain metrics in a folded section: what each asks, how to read it, and what it doesn't mean."""
    if not metrics:
        return
    with st.expander("What this means"):
        st.html("".join(_explained(metric) for metric in metrics))


def _explained(metric: Metric) -> str:
    return (
        f'<div class="nh-meaning"><h4>{escape_html(metric.label)}</h4><p><em>{escape_html(metric.question)}</em></p>'
        f"<p>{escape_html(metric.reading)}</p><p><b>What it doesn’t mean:</b> {escape_html(metric.not_meaning)}</p>"
        f'<p class="nh-quiet">{escape_html(describe_undefined_and_source(metric))}</p></div>'
    )


def metric_row(cards: Sequence[tuple[str, str, str | None]]) -> None:
    """Show metrics in a row, each a `Card`: its label, its value as written, and a note or None."""
    if cards:
        st.html(cards_html(cards))


def chart(figure: go.Figure, *, alt: str, key: str) -> None:
    """Show a plotly figure at full width in the theme's colors; `alt` describes it for people who can't see it."""
    from nethealth.presentation.chart_style import CONFIG, for_theme, legend_of

    figure = for_theme(figure, dark=st.context.theme.type == "dark")
    if entries := legend_of(figure):
        shown = (f'<li><i style="color:{color}">{mark}</i>{name}</li>' for name, color, mark in entries)
        st.html(f'<ul class="nh-legend" aria-hidden="true">{"".join(shown)}</ul>')
    st.plotly_chart(figure, width="stretch", config=CONFIG, key=key, alt=single_line(alt, longest=2_000))


def searchable_table(
    rows: Sequence[Row],
    columns: Sequence[Column | tuple[str, str]],
    *,
    key: str,
    alt: str,
    rows_at_once: int = 25,
    ordered: Ordered | None = None,
) -> None:
    """Show rows that are not yet a `Table`."""
    known = [column if isinstance(column, Column) else Column(*column) for column in columns]
    table = Table(
        columns=tuple(table_module.Column(column.label, Format(column.kind)) for column in known),
        rows=tuple({column.label: row.get(column.id) for column in known} for row in rows),
        sorting=Sorting(ordered.by, ordered.is_descending, ordered.words) if ordered else None,
    )
    show_table(table, key=key, label=alt, short=rows_at_once if rows_at_once > 25 else SHORT_TABLE)


def downloads(
    tables: Mapping[str, Table | Sequence[Row]], *, name: str, files: Sequence[Download] = (), label: str = "Download"
) -> None:
    """Offer tables, also rows that are not yet a `Table`; see `nethealth.ui.tables.downloads`."""
    offer_downloads({title: as_table(rows) for title, rows in tables.items()}, name=name, files=files, label=label)


def as_table(rows: Table | Sequence[Row]) -> Table:
    """Return rows as a table whose columns follow from the values."""
    if isinstance(rows, Table):
        return rows
    headers = dict.fromkeys(header for row in rows for header in row)
    columns = {}
    for header in headers:
        values = [row.get(header) for row in rows if row.get(header) is not None]
        is_date = bool(values) and all(isinstance(value, dt.date) for value in values)
        columns[header] = Format.DATE if is_date else Format.TEXT
    return Table.of(columns, rows)


def csv_download(title: str, rows: Callable[[], Sequence[Row]], *, name: str) -> Download:
    """Offer rows that are not yet a `Table` as .csv."""
    return table_csv_download(title, lambda: as_table(rows()), name=name)
