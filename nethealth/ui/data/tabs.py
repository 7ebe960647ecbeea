"""The tabs of the workbook with their rows, and files to download."""

from __future__ import annotations

import streamlit as st

from nethealth.presentation.formatting import escape_markdown, pluralize
from nethealth.ui.components import Column, ColumnKind, Row, metric_row, searchable_table
from nethealth.ui.data.problems import problems_csv
from nethealth.workbook.records import Severity, Workbook


def show_totals(workbook: Workbook, *, for_staff: bool) -> None:
    """Show how many rows there are; for staff, also how many we skipped or merged."""
    filled = pluralize(sum(tab.rows > 0 for tab in workbook.tabs), "tab")
    if not for_staff:
        metric_row([("Rows", f"{sum(tab.rows for tab in workbook.tabs):,}", f"in {filled}")])
        return
    skipped = sum(tab.rejected for tab in workbook.tabs)
    merged = sum(tab.merged for tab in workbook.tabs)
    has_errors = any(problem.severity is Severity.ERROR for problem in workbook.problems)
    unskipped = "but some values are" if has_errors else "we used everything"
    metric_row(
        [
            ("Rows read", f"{sum(tab.accepted for tab in workbook.tabs):,}", f"in {filled}"),
            (
                "Rows skipped",
                f"{skipped:,}",
                f"until you fix {'it' if skipped == 1 else 'them'}" if skipped else unskipped,
            ),
            ("Duplicate rows", f"{merged:,}", "each counted once" if merged else None),
        ]
    )


def show_tabs(workbook: Workbook, *, for_staff: bool) -> None:
    """List the tabs with rows; for staff, also how many rows we skipped, and which tabs are empty or unknown."""
    columns: list[Column] = [
        Column("tab", "Tab"),
        Column("title", "Title in your workbook"),
        Column("rows", "Rows", ColumnKind.NUMBER),
    ]
    if for_staff:
        columns += [
            Column("accepted", "Read", ColumnKind.NUMBER),
            Column("merged", "Duplicates", ColumnKind.NUMBER),
            Column("rejected", "Skipped", ColumnKind.NUMBER),
        ]
    rows: list[Row] = [
        {
            "tab": tab.tab,
            "title": tab.title if tab.title != tab.tab else "",
            "rows": tab.rows,
            "accepted": tab.accepted,
            "merged": tab.merged or "",
            "rejected": tab.rejected or "",
        }
        for tab in workbook.tabs
        if tab.rows
    ]
    columns = [column for column in columns if any(row[column.id] != "" for row in rows)]
    if rows:
        searchable_table(rows, columns, key="tabs", alt="The workbook’s tabs, with their number of rows")
    empty = dict.fromkeys(tab.tab for tab in workbook.tabs if not tab.rows)
    if for_staff and empty:
        st.caption(f"Empty tabs: {', '.join(empty)}")
    if for_staff and workbook.ignored_tabs:
        unknown = ", ".join(escape_markdown(title, longest=80) for title in workbook.ignored_tabs)
        st.caption(f"Tabs we don’t use: {unknown}")


def show_downloads(workbook: Workbook, *, for_staff: bool) -> None:
    """Offer an empty workbook and, for staff, the list of problems."""
    from nethealth.workbook.template import template_bytes

    with st.container(horizontal=True):
        st.download_button(
            "Empty workbook (.xlsx)",
            data=template_bytes,
            file_name="network-template.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            icon=":material/download:",
            on_click="ignore",
        )
        if for_staff and workbook.problems:
            st.download_button(
                "Problem list (.csv)",
                data=lambda: problems_csv(workbook),
                file_name="problems.csv",
                mime="text/csv",
                icon=":material/download:",
                on_click="ignore",
            )


def show_source_notes(workbook: Workbook) -> None:
    """Show what the source reported about the reading, if anything."""
    if workbook.notes:
        st.caption(" ".join(escape_markdown(note) for note in workbook.notes))
