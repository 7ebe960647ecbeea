"""Tables on pages: short ones as HTML, long ones as a grid to sort and search; and their downloads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from nethealth.presentation.formatting import UNDEFINED, escape_markdown, format_date, is_web_address
from nethealth.presentation.table import Column, Format, Row, Table, csv_bytes, plain_text, table_html
from nethealth.presentation.xlsx_file import xlsx_bytes
from nethealth.ui import session
from nethealth.ui.access import while_allowed
from nethealth.ui.chart_pictures import offer_charts

if TYPE_CHECKING:
    import pandas as pd
    from streamlit.elements.lib.column_types import ColumnConfig

SHORT_TABLE = 15
"""Up to this many rows a table is plain HTML: read at once, by screen readers too."""
ROWS_PER_PAGE = 10
"""Rows at a time where a long table is shown page by page."""
ROWS_ON_PAPER = 150
"""Of a long list, paper has this many rows, and says which."""
LONG_TEXT = 60
"""A text with more characters doesn't fit a cell of the grid."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_table(table: Table, *, key: str, label: str, short: int = SHORT_TABLE, prints: bool = False) -> None:
    """Show a table; nothing without rows. `label` names it for people who can't see it.

    Long tables become a grid that people sort with a click on a header and search with its magnifier. On a phone, and
    where people wrote sentences that a grid would cut off, they are shown page by page with a search field. Up to
    `short` rows are shown at once. Paper has no grid, but its rows if it `prints`.
    """
    if not table:
        return
    table = table.for_screen()
    if len(table) <= short:
        st.html(table_html(table, label=label))
    elif _is_phone() or _has_long_text(table):
        _show_pages(table, key=key, label=label)
    else:
        _show_grid(table, key=key, label=label)
        if prints:
            st.html(f'<div class="nh-printed">{_rows_html(replace(table, sorting=None), label=label)}</div>')


def _has_long_text(table: Table) -> bool:
    return any(isinstance(value, str) and len(value) > LONG_TEXT for row in table.rows for value in row.values())


def _is_phone() -> bool:
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def _show_pages(table: Table, *, key: str, label: str) -> None:
    wanted = st.text_input("Search", key=f"{key}-search", placeholder="A name, a word, a year")
    rows = [row for row in table.rows if _matches(row, table.columns, wanted or "")]
    if not rows:
        st.caption("No rows match. Try a shorter word.")
        return
    place = st.container()
    pages = -(-len(rows) // ROWS_PER_PAGE)
    page = min(st.pagination(pages, key=f"{key}-page"), pages) if pages > 1 else 1
    first = (page - 1) * ROWS_PER_PAGE
    place.html(_rows_html(replace(table, rows=tuple(rows)), label=label, first=first, number=ROWS_PER_PAGE))


def _rows_html(table: Table, *, label: str, first: int = 0, number: int = ROWS_ON_PAPER) -> str:
    """Return some rows of a long table, and for paper up to `ROWS_ON_PAPER` rows, these among them."""
    begin = first // ROWS_ON_PAPER * ROWS_ON_PAPER
    printed = table.rows[begin : begin + ROWS_ON_PAPER]
    part = part_on_paper(begin, len(printed), of=len(table), kind="Rows")
    shown = range(first - begin, first - begin + number)
    return table_html(replace(table, rows=printed), label=label, on_screen=shown) + part


def part_on_paper(first: int, number: int, *, of: int, kind: str) -> str:
    """Return as HTML, for paper only, which part of a list is shown: page buttons don't print. Empty if it's all."""
    if number >= of:
        return ""
    part = f"{kind} {first + 1:,} to {first + number:,} of {of:,}. The page’s download has all of them."
    return f'<p class="nh-quiet nh-printed">{part}</p>'


def _matches(row: Row, columns: Sequence[Column], wanted: str) -> bool:
    word = wanted.strip().casefold()
    return any(word in plain_text(row.get(column.header), column.format).casefold() for column in columns)


def _show_grid(table: Table, *, key: str, label: str) -> None:
    if table.sorting:
        st.caption(table.sorting.caption)
    frame = table.frame()
    config = {}
    for column in table.columns:
        frame[column.header] = _grid_values(frame[column.header], column.format)
        config[column.header] = _grid_column(frame[column.header], column.format)
    st.dataframe(frame, column_config=config, hide_index=True, key=key, alt=label, placeholder=UNDEFINED)


def _grid_values(values: pd.Series, format_: Format) -> pd.Series:
    """A column as the grid holds it: numbers and dates to sort by where all are, else everything as people read it."""
    if format_ is Format.LINK:
        return values.map(lambda value: value if is_web_address(value) else None).astype("string")
    if values.dtype == "object":
        return values.map(lambda value: None if value is None else plain_text(value, format_)).astype("string")
    if format_ is Format.SHARE:
        return values.astype("Float64").round(3)
    return values


def _grid_column(values: pd.Series, format_: Format) -> ColumnConfig:
    if format_ is Format.LINK:
        return st.column_config.LinkColumn(display_text="Open")
    if values.dtype == "string":
        is_number = format_ in (Format.NUMBER, Format.SHARE)
        return st.column_config.TextColumn(alignment="right" if is_number else None)
    if format_ in (Format.DATE, Format.MONTH):
        return st.column_config.DateColumn(format="MMMM D, YYYY" if format_ is Format.DATE else "MMMM YYYY")
    return st.column_config.NumberColumn(format="percent" if format_ is Format.SHARE else "localized")


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file to offer: its label in the menu, its name and type, and what makes it when someone asks for it."""

    label: str
    file_name: str
    mime: str
    make: Callable[[], bytes]
    note: str = ""
    """What to know before sharing it."""


def offer_workbook(make: Callable[[], bytes], *, name: str) -> None:
    """Offer the opened workbook with rows added: `workbook-with-answers`. It's made once someone asks for it."""
    st.write("Or download your workbook with these rows in it. Formulas become their values, and email addresses stay.")
    st.download_button(
        "Workbook with these rows (.xlsx)",
        data=while_allowed(make),
        file_name=f"{name}.xlsx",
        mime=XLSX,
        icon=":material/download:",
        key=name,
        on_click="ignore",
    )


def downloads(
    tables: Mapping[str, Table],
    *,
    name: str,
    files: Sequence[Download] = (),
    label: str = "Download",
    charts_show: str | None = None,
) -> None:
    """Offer one menu at the end of a page: each table as .csv, all of them as one .xlsx, then `files`, then charts.

    `name` begins the files' names. `label` tells the menu from another one on the same page. Nothing is made until
    someone asks for it; no cell becomes a formula. `charts_show` says what the page's charts show, such as a survey
    or a filter; with None there are no charts to offer.
    """
    filled = {title: table for title, table in tables.items() if table}
    offered = [csv_download(title, partial(_same, table), name=name) for title, table in filled.items()]
    if filled:
        file_name = f"{name}.xlsx".lower().replace(" ", "-")
        offered.append(
            Download(
                label="All tables (.xlsx)",
                file_name=file_name,
                mime=XLSX,
                make=partial(xlsx_bytes, filled, about=_about(name)),
            )
        )
    offered += files
    if not offered:
        if charts_show is not None:
            _offer_only_charts(label, shown=charts_show, name=name)
        return
    with st.popover(label, icon=":material/download:"):
        for file in offered:
            st.download_button(
                escape_markdown(file.label),
                data=while_allowed(file.make),
                file_name=file.file_name,
                mime=file.mime,
                key=f"download-{name}-{file.file_name}",
                on_click="ignore",
                type="tertiary",
            )
            if file.note:
                st.caption(file.note)
        if charts_show is not None:
            offer_charts(source=_source(charts_show), key=f"pictures-{name}")


def _offer_only_charts(label: str, *, shown: str, name: str) -> None:
    """Offer the page's charts. What draws the pictures comes once someone opens the menu: the Overview stays small."""
    menu = st.popover(label, icon=":material/download:", key=f"charts-{name}", on_change="rerun")
    if menu.open:
        with menu:
            offer_charts(source=_source(shown), key=f"pictures-{name}")


def _source(shown: str) -> str:
    """Return what is below a chart that leaves the app: whose numbers these are, of what, and of which day."""
    workbook = session.current_workbook()
    whose = ", ".join(filter(None, (workbook.network_name, shown)))
    return f"{whose}. Source: workbook read on {format_date(workbook.read_at.date())}."


def _about(name: str) -> dict[str, str]:
    """Return where the tables of a page come from, for people who get the file without it."""
    workbook = session.current_workbook()
    return {
        "Network": workbook.network_name,
        "Page": ": ".join(part.replace("-", " ").capitalize() for part in name.split()),
        "Source": f"The network’s workbook, read on {format_date(workbook.read_at.date())}.",
    }


def csv_download(title: str, make_table: Callable[[], Table], *, name: str) -> Download:
    """Return a table as a .csv to offer; the table is made when someone asks for it. `name` as in `downloads`."""
    file_name = f"{name} {title}.csv".lower().replace(" ", "-")
    return Download(label=f"{title} (.csv)", file_name=file_name, mime="text/csv", make=lambda: csv_bytes(make_table()))


def _same(table: Table) -> Table:
    return table
