"""What was read from the sheet: a line a tab, the problems grouped by what to do, and files to take along."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from nethealth.presentation.formatting import escape_html, escape_markdown, pluralize, safe_url
from nethealth.presentation.table_files import csv_bytes
from nethealth.ui.components import Column, ColumnKind, Row, searchable_table
from nethealth.workbook.records import Problem, Severity, Workbook

GROUPS: Mapping[Severity, tuple[str, str]] = {
    Severity.ERROR: ("Left out until it is mended", "These rows or values could not be used. Everything else was."),
    Severity.WARNING: ("Used, with what was assumed", "Right as it is? Then nothing needs to be done."),
    Severity.NOTE: ("Worth knowing", "What was tidied or read in one of two ways."),
}
SHOWN_AT_ONCE = 40
"""Problems of one kind that are listed at once; the others are in the file."""
OPEN_AT_ONCE = 40
"""Up to so many problems of the first kind, nothing is folded: they are a list to work through."""


def tab_register(workbook: Workbook, *, in_full: bool) -> None:
    """A line for each tab with rows; for viewers without what was left out, and without what is empty or left alone."""
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
            "found_as": tab.title if tab.title != tab.tab else "",
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
        searchable_table(rows, columns, key="tabs", alt="The tabs that were read, with the number of their rows")
    empty = dict.fromkeys(tab.tab for tab in workbook.tabs if not tab.rows)
    if in_full and empty:
        st.caption(f"Still empty: {', '.join(empty)}.")
    if in_full and workbook.ignored_tabs:
        st.caption(f"Left alone: {', '.join(escape_markdown(title, longest=80) for title in workbook.ignored_tabs)}.")


def problem_register(workbook: Workbook) -> None:
    """Every problem, grouped by tab and by what became of it, each with a link to its very cell."""
    if workbook.tabs and all(problem.severity is Severity.NOTE for problem in workbook.problems):
        st.write("Nothing needs a hand: everything could be used as it is.")
    for severity, (title, sentence) in GROUPS.items():
        listed = [problem for problem in workbook.problems if problem.severity is severity]
        if not listed:
            continue
        st.header(title, anchor=False)
        st.html(f'<p class="nh-quiet">{escape_html(sentence)}</p>')
        kinds = _kinds(listed, workbook, severity)
        if severity is Severity.ERROR and len(listed) <= OPEN_AT_ONCE:
            st.html("".join(_of_tab(tab, kinds, workbook) for tab in dict.fromkeys(kind.tab for kind in kinds)))
            continue
        for kind in kinds:
            places = pluralize(kind.count, "place")
            with st.expander(
                f"**{escape_markdown(kind.tab, longest=60)}** · {places} · {escape_markdown(kind.message, longest=160)}"
            ):
                st.html(_listed(kind, workbook))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """The problems of a tab of which the same became."""

    tab: str
    message: str
    listed: Sequence[Problem]
    count: int
    """With those that are counted alone."""


def _kinds(problems: Sequence[Problem], workbook: Workbook, severity: Severity) -> list[_Kind]:
    found: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.tab, problem.message), []).append(problem)
    more: Counter[tuple[str, str]] = Counter()
    for each in workbook.unlisted:
        if each.severity is severity:
            more[each.tab, each.message] += each.count
    return [
        _Kind(tab=tab, message=message, listed=listed, count=len(listed) + more[tab, message])
        for (tab, message), listed in found.items()
    ]


def _of_tab(tab: str, kinds: Sequence[_Kind], workbook: Workbook) -> str:
    """All of one tab, nothing folded."""
    listed = "".join(
        f'<p class="nh-kind">{escape_html(kind.message)}</p>{_listed(kind, workbook)}'
        for kind in kinds
        if kind.tab == tab
    )
    return f'<section class="nh-of-tab"><h3>{escape_html(tab, longest=60)}</h3><div>{listed}</div></section>'


def _listed(kind: _Kind, workbook: Workbook) -> str:
    """The places, with what to do: once where it is the same for all, else beside each."""
    remedies = {problem.remedy for problem in kind.listed}
    once = f'<p class="nh-remedy">{escape_html(kind.listed[0].remedy)}</p>' if len(remedies) == 1 else ""
    lines = "".join(
        f"<li>{_place(problem, workbook)}{'' if once else f'<div>{escape_html(problem.remedy)}</div>'}</li>"
        for problem in kind.listed[:SHOWN_AT_ONCE]
    )
    rest = kind.count - min(len(kind.listed), SHOWN_AT_ONCE)
    extra = f'<p class="nh-quiet">and {pluralize(rest, "more place")}.</p>' if rest > 0 else ""
    return f'{once}<ul class="nh-places">{lines}</ul>{extra}'


def _place(problem: Problem, workbook: Workbook) -> str:
    where = escape_html(problem.cell or (f"row {problem.row}" if problem.row else problem.tab))
    link = safe_url(workbook.link_to(problem))
    place = f'<a href="{link}" target="_blank" rel="noopener">{where}</a>' if link else f"<b>{where}</b>"
    header = f" <small>{escape_html(problem.header, longest=60)}</small>" if problem.header else ""
    value = f" <q>{escape_html(problem.value, longest=90)}</q>" if problem.value else ""
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
        st.caption(" ".join(escape_markdown(note) for note in workbook.notes))
