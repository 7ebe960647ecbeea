"""The pieces that pages are made of: title, figures in a row, charts, registers, what to add, downloads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import streamlit as st

from nethealth.metric import Metric, Unit
from nethealth.presentation.formatting import (
    escape_html,
    escape_markdown,
    format_value,
    safe_url,
    single_line,
    undefined_and_source,
)
from nethealth.presentation.table_files import csv_bytes, xlsx_bytes
from nethealth.ui import session
from nethealth.ui.routes import link

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
]

Row: TypeAlias = Mapping[str, object]
"""One row of a register or a download: what stands in each column, by the column's id."""

ROWS_AT_ONCE = 25
SHORT = 12
"""A cell of so few letters stands on one line."""


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
    """The page's title and, beneath it, the question that the page answers."""
    st.title(title, anchor=False)
    st.html(f'<p class="nh-question">{escape_html(question)}</p>')


def empty_state(tab: str, sentence: str, *, outline: bool = True) -> None:
    """What stands where there is nothing yet: one sentence, the tab to begin with, and the page's shape in outline.

    Without `outline` only the words, for a section among others. `tab` is the tab's name in the workbook; staff get a
    link to it where the sheet has one. The page goes on: call `st.stop()` after it where nothing else can be shown.
    """
    workbook = session.current_workbook()
    has_tab = any(read.tab == tab for read in workbook.tabs)
    url = next((read.url for read in workbook.tabs if read.tab == tab), None) or workbook.url
    sheet = safe_url(url)
    name = f"“{escape_html(tab)}”"
    where = f'<a href="{sheet}" target="_blank" rel="noopener">Open the sheet</a>' if sheet else ""
    st.html(
        f'<div class="nh-empty"><p>{escape_html(sentence)}</p>'
        f"<p class='nh-quiet'>It begins with the tab {name}. {where}</p></div>"
    )
    if outline:
        if session.is_staff() and not has_tab:
            link("data", "An empty workbook, with that tab ready to fill", icon=":material/download:")
        st.html('<div class="nh-outline" aria-hidden="true"><i></i><i></i><i></i><b></b></div>')


def explain_metrics(measures: Sequence[Metric]) -> None:
    """How to read the figures above, folded: for each its question, how to read it and what it does not mean."""
    if not measures:
        return
    with st.expander("What this means"):
        st.html("".join(_explained(measure) for measure in measures))


def _explained(measure: Metric) -> str:
    return (
        f'<div class="nh-meaning"><h4>{escape_html(measure.label)}</h4><p><em>{escape_html(measure.question)}</em></p>'
        f"<p>{escape_html(measure.reading)}</p><p><b>What it does not mean:</b> {escape_html(measure.not_meaning)}</p>"
        f'<p class="nh-quiet">{escape_html(undefined_and_source(measure))}</p></div>'
    )


def metric_row(items: Sequence[tuple[str, str, str | None]]) -> None:
    """A row of figures, each a label, the figure as it is written (see `format_value`) and a note or "
    "None beneath it."""
    cards = "".join(
        f'<div class="nh-figure"><dt>{escape_html(label)}</dt><dd>{escape_html(value)}</dd>'
        f"{f'<small>{escape_html(note)}</small>' if note else ''}</div>"
        for label, value, note in items
    )
    if cards:
        st.html(f'<dl class="nh-figures">{cards}</dl>')


def chart(figure: go.Figure, *, alt: str, key: str) -> None:
    """A plotly figure over the whole width, in the colours of the page's theme; `alt` for those who do not see it."""
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
    rows_at_once: int = ROWS_AT_ONCE,
    ordered: Ordered | None = None,
) -> None:
    """A register as a table (on a phone: as cards), a page at a time, with every cell escaped.

    `columns` are `Column`s or pairs of id and header; the first heads each row. `alt` names the table for those who
    do not see it. With more rows than a page holds, a field to search by appears above it. `ordered` tells by which
    column the rows stand.
    """
    known = [column if isinstance(column, Column) else Column(*column) for column in columns]
    shown: Sequence[Row] = rows
    if len(rows) > rows_at_once:
        sought = st.text_input("Find in this table", key=f"{key}-find", placeholder="a name, a word, a year", width=420)
        shown = _holding(rows, known, sought) if sought else rows
    pages = max(1, -(-len(shown) // rows_at_once))
    place = st.container()
    page = st.pagination(pages, key=f"{key}-page") if pages > 1 else 1
    first = (min(page, pages) - 1) * rows_at_once
    body = "".join(_table_row(row, known) for row in shown[first : first + rows_at_once])
    heads = "".join(_head(column, ordered) for column in known)
    caption = f"<caption>{escape_html(ordered.words)}</caption>" if ordered else ""
    place.html(
        f'<div class="nh-table"><table aria-label="{escape_html(alt)}">{caption}<thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
    if not shown:
        place.caption("Nothing here matches.")


def _head(column: Column, ordered: Ordered | None) -> str:
    sort = ""
    if ordered is not None and column.id == ordered.by:
        sort = f' aria-sort="{"descending" if ordered.is_descending else "ascending"}"'
    return f'<th scope="col" class="nh-{column.kind}"{sort}>{escape_html(column.label)}</th>'


def _holding(rows: Sequence[Row], columns: Sequence[Column], sought: str) -> list[Row]:
    word = sought.strip().casefold()
    return [row for row in rows if any(word in _written(row.get(c.id), c.kind).casefold() for c in columns)]


def _table_row(row: Row, columns: Sequence[Column]) -> str:
    cells = []
    for place, column in enumerate(columns):
        tag = 'th scope="row"' if place == 0 else "td"
        label = escape_html(column.label)
        value = row.get(column.id)
        inner = _cell(value, column.kind)
        is_short = place > 0 and column.kind is ColumnKind.TEXT and len(_written(value, column.kind)) <= SHORT
        look = f"nh-{column.kind}{' nh-short' if is_short else ''}"
        cells.append(f'<{tag} class="{look}" data-label="{label}">{inner}</{tag.split()[0]}>')
    return f"<tr>{''.join(cells)}</tr>"


def _cell(value: object, kind: ColumnKind) -> str:
    if kind is ColumnKind.LINK:
        address = safe_url(str(value)) if value else None
        return (
            f'<a href="{address}" target="_blank" rel="noopener">Open</a>'
            if address
            else escape_html(_written(value, kind))
        )
    return escape_html(_written(value, kind))


def _written(value: object, kind: ColumnKind) -> str:
    if value is None or value == "":
        return format_value(None) if value is None and kind is not ColumnKind.TEXT else ""
    if isinstance(value, tuple | list | frozenset | set):
        return ", ".join(str(part) for part in value)
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    unit = Unit.SHARE if kind is ColumnKind.SHARE else Unit.COUNT if whole else Unit.NUMBER
    return format_value(value, unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file beside the tables: what it is called in the menu, its name and kind, and what makes it when asked for."""

    label: str
    file_name: str
    mime: str
    make: Callable[[], bytes]


def downloads(
    tables: Mapping[str, Sequence[Row]], *, name: str, files: Sequence[Download] = (), label: str = "Download"
) -> None:
    """One menu at the page's end: each table as .csv, all of them as one .xlsx, then `files`. Made when asked for.

    `tables` is rows by title, each row a mapping from header to value; `name` begins the files' names. Cells that a
    spreadsheet would run as a formula are made harmless. `label` tells the menu from another on the same page.
    """
    filled = {title: rows for title, rows in tables.items() if rows}
    every = [_csv(title, partial(csv_bytes, rows), name=name) for title, rows in filled.items()]
    if filled:
        every.append(
            Download(
                label="All of it (.xlsx)",
                file_name=f"{name}.xlsx".lower().replace(" ", "-"),
                mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                make=partial(xlsx_bytes, filled),
            )
        )
    every += files
    if not every:
        return
    with st.popover(label, icon=":material/download:"):
        for file in every:
            st.download_button(
                escape_markdown(file.label),
                data=file.make,
                file_name=file.file_name,
                mime=file.mime,
                key=f"download-{name}-{file.file_name}",
                on_click="ignore",
                type="tertiary",
            )


def csv_download(title: str, rows: Callable[[], Sequence[Row]], *, name: str) -> Download:
    """A table as .csv, its rows worked out when it is asked for; `name` as `downloads` has it."""
    return _csv(title, lambda: csv_bytes(rows()), name=name)


def _csv(title: str, make: Callable[[], bytes], *, name: str) -> Download:
    file_name = f"{name} {title}.csv".lower().replace(" ", "-")
    return Download(label=f"{title} (.csv)", file_name=file_name, mime="text/csv", make=make)
