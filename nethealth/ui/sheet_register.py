"""What was read from the sheet: a line a tab, the problems grouped by what to do, and files to take along."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from nethealth.figures.table_files import csv_bytes
from nethealth.figures.wording import counted, safe, safe_html, safe_link
from nethealth.ui.components import Column, ColumnKind, Row, register_table
from nethealth.workbook.records import Problem, Severity, Workbook

GROUPS: Mapping[Severity, tuple[str, str]] = {
    Severity.ERROR: ("Left out until it is mended", "These rows or values could not be used. Everything else was."),
    Severity.WARNING: ("Used, with what was assumed", "Right as it is? Then nothing needs to be done."),
    Severity.NOTE: ("Worth knowing", "What was tidied or read in one of two ways."),
}
SHOWN_AT_ONCE = 40
"""Problems of one kind that are listed at once; the others are in the file."""


def tab_register(workbook: Workbook, *, in_full: bool) -> None:
    """A line for each tab that was read; for viewers without what was left out."""
    columns: list[Column] = [
        Column("tab", "Tab"),
        Column("found_as", "In the sheet as"),
        Column("rows", "Rows", ColumnKind.NUMBER),
    ]
    if in_full:
        columns += [
            Column("accepted", "Read", ColumnKind.NUMBER),
            Column("merged", "Merged", ColumnKind.NUMBER),
            Column("rejected", "Left out", ColumnKind.NUMBER),
        ]
    rows: list[Row] = [
        {
            "tab": tab.tab,
            "found_as": tab.found_as if tab.found_as != tab.tab else "",
            "rows": tab.rows,
            "accepted": tab.accepted,
            "merged": tab.merged or "",
            "rejected": tab.rejected or "",
        }
        for tab in workbook.tabs
    ]
    columns = [column for column in columns if any(row[column.id] != "" for row in rows)]
    register_table(rows, columns, key="tabs", alt="The tabs that were read, with the number of their rows")
    if in_full and workbook.ignored_tabs:
        st.caption(f"Left alone: {', '.join(safe(title, longest=80) for title in workbook.ignored_tabs)}.")


def problem_register(workbook: Workbook) -> None:
    """Every problem, grouped by what became of it and by what to do, each with a link to its very cell."""
    for severity, (title, sentence) in GROUPS.items():
        kinds = _by_kind([problem for problem in workbook.problems if problem.severity is severity])
        if not kinds:
            continue
        st.header(title, anchor=False)
        st.html(f'<p class="nh-quiet">{safe_html(sentence)}</p>')
        more = Counter((each.tab, each.message) for each in workbook.unlisted for _ in range(each.count))
        for (tab, message, remedy), problems in kinds.items():
            count = len(problems) + more[tab, message]
            label = f"**{safe(tab, longest=60)}** · {counted(count, 'place')} · {safe(message, longest=160)}"
            with st.expander(label, expanded=severity is Severity.ERROR and len(kinds) < 6):
                st.html(_listed(problems, remedy, count=count, workbook=workbook))


def _by_kind(problems: Sequence[Problem]) -> dict[tuple[str, str, str], list[Problem]]:
    kinds: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.tab, problem.message, problem.remedy), []).append(problem)
    return kinds


def _listed(problems: Sequence[Problem], remedy: str, *, count: int, workbook: Workbook) -> str:
    lines = "".join(f"<li>{_place(problem, workbook)}</li>" for problem in problems[:SHOWN_AT_ONCE])
    rest = count - min(len(problems), SHOWN_AT_ONCE)
    further = f'<p class="nh-quiet">and {counted(rest, "more place")}.</p>' if rest > 0 else ""
    return f'<p class="nh-remedy">{safe_html(remedy)}</p><ul class="nh-places">{lines}</ul>{further}'


def _place(problem: Problem, workbook: Workbook) -> str:
    where = safe_html(problem.cell or (f"row {problem.row}" if problem.row else problem.tab))
    link = safe_link(workbook.link_to(problem))
    place = f'<a href="{link}" target="_blank" rel="noopener">{where}</a>' if link else f"<b>{where}</b>"
    header = f" <small>{safe_html(problem.header, longest=60)}</small>" if problem.header else ""
    value = f" <q>{safe_html(problem.value, longest=90)}</q>" if problem.value else ""
    return f"{place}{header}{value}"


def files(workbook: Workbook, *, in_full: bool) -> None:
    """An empty template, and for staff the list of problems."""
    from nethealth.workbook.template import template_bytes

    with st.container(horizontal=True):
        st.download_button(
            "An empty workbook (.xlsx)",
            data=template_bytes,
            file_name="network-template.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            icon=":material/download:",
            on_click="ignore",
        )
        if in_full and workbook.problems:
            st.download_button(
                "The list of problems (.csv)",
                data=lambda: problems_csv(workbook),
                file_name="problems.csv",
                mime="text/csv",
                icon=":material/download:",
                on_click="ignore",
            )


def problems_csv(workbook: Workbook) -> bytes:
    """Every listed problem as a row of a .csv file."""
    rows: list[Row] = [
        {
            "Severity": problem.severity.value,
            "Tab": problem.tab,
            "Cell": problem.cell or "",
            "Column": problem.header or "",
            "Value": problem.value or "",
            "What is wrong": problem.message,
            "What to do": problem.remedy,
            "Link": workbook.link_to(problem) or "",
        }
        for problem in workbook.problems
    ]
    return csv_bytes(rows)


def source_notes(workbook: Workbook) -> None:
    """What the source had to say of the reading, if anything."""
    if workbook.notes:
        st.caption(" ".join(safe(note) for note in workbook.notes))
