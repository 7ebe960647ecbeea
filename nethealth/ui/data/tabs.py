"""The tabs of the workbook with their rows, and files to download."""

from __future__ import annotations

import streamlit as st

from nethealth.presentation.formatting import escape_markdown, pluralize
from nethealth.presentation.table import Format, Table, csv_bytes
from nethealth.ui.access import while_allowed
from nethealth.ui.components import metric_row
from nethealth.ui.data.problems import problem_table
from nethealth.ui.tables import show_table
from nethealth.workbook.records import Severity, Workbook


def show_totals(workbook: Workbook, *, for_staff: bool) -> None:
    """Show how many rows there are; for staff, also how many we skipped or merged."""
    # A form about relationships may be a survey, too: its rows are counted once.
    tabs = {tab.title: tab for tab in sorted(workbook.tabs, key=lambda tab: (tab.rejected, tab.merged))}.values()
    if not for_staff:
        filled = pluralize(sum(tab.rows > 0 for tab in tabs), "tab")
        metric_row([("Rows", f"{sum(tab.rows for tab in tabs):,}", f"in {filled}")])
        return
    skipped = sum(tab.rejected for tab in tabs)
    merged = sum(tab.merged for tab in tabs)
    has_errors = any(problem.severity is Severity.ERROR for problem in workbook.problems)
    # With rows skipped or tabs left alone, what's right below says what to do.
    note = (
        None if skipped or workbook.left_alone else "but we skipped some values" if has_errors else "we used everything"
    )
    totals = [
        ("Rows read", f"{sum(tab.accepted for tab in tabs):,}", None),
        ("Rows skipped", f"{skipped:,}", note),
    ]
    if merged:
        totals.append(("Duplicate rows", f"{merged:,}", "each counted once"))
    metric_row(totals)


def show_tabs(workbook: Workbook, *, for_staff: bool) -> None:
    """List the tabs with rows; for staff, also how many rows we skipped, and which tabs are empty or unknown."""
    columns = {"Tab": Format.TEXT, "Title in your workbook": Format.TEXT, "Rows": Format.NUMBER}
    if for_staff:
        columns |= dict.fromkeys(("Read", "Duplicates", "Skipped"), Format.NUMBER)
    rows = [
        {
            "Tab": tab.tab,
            "Title in your workbook": tab.title if tab.title != tab.tab else None,
            "Rows": tab.rows,
            "Read": tab.accepted,
            "Duplicates": tab.merged or "",
            "Skipped": tab.rejected or "",
        }
        for tab in workbook.tabs
        if tab.rows
    ]
    show_table(Table.of(columns, rows), key="tabs", label="The workbook’s tabs, with their number of rows", short=30)
    empty = dict.fromkeys(tab.tab for tab in workbook.tabs if not tab.rows)
    if for_staff and empty:
        st.caption(f"Empty tabs: {', '.join(empty)}")
    if for_staff and workbook.ignored_tabs:
        unknown = ", ".join(escape_markdown(title, longest=80) for title in workbook.ignored_tabs)
        st.caption(f"Tabs we don’t use: {unknown}")


def show_downloads(workbook: Workbook, *, for_staff: bool) -> None:
    """Offer the template and, for staff, the list of problems."""
    from nethealth.workbook.template import template_bytes

    with st.container(horizontal=True):
        st.download_button(
            "Template (.xlsx)",
            data=template_bytes,
            file_name="network-template.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            icon=":material/download:",
            on_click="ignore",
        )
        if for_staff and workbook.problems:
            st.download_button(
                "Problem list (.csv)",
                data=while_allowed(lambda: csv_bytes(problem_table(workbook))),
                file_name="problems.csv",
                mime="text/csv",
                icon=":material/download:",
                on_click="ignore",
            )


def show_source_notes(workbook: Workbook) -> None:
    """Show what the source reported about the reading, if anything."""
    if workbook.notes:
        st.caption(" ".join(escape_markdown(note) for note in workbook.notes))
