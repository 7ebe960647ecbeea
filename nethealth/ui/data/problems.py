"""Problems in the workbook, grouped by what to do about them, each with a link to its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from nethealth.presentation.formatting import escape_html, escape_markdown, pluralize, safe_url
from nethealth.presentation.table import Format, Table
from nethealth.workbook.records import Problem, Severity, Workbook

SECTIONS: Mapping[Severity, tuple[str, str]] = {
    Severity.ERROR: ("Fix these", ""),
    Severity.WARNING: ("Check these", "Leave them if they’re right."),
}
CELLS_SHOWN = 40
"""Cells with the same problem that are listed; the rest are in the file."""
UNFOLDED_UP_TO = 40
"""Up to this many problems to fix, nothing is folded: they are a list to work through."""


def show_problems(workbook: Workbook) -> None:
    """Show the problems to fix or check, by tab. Notes are left to `show_notes`."""
    needs_action = any(problem.severity is not Severity.NOTE for problem in workbook.problems)
    if workbook.tabs and not workbook.left_alone and not needs_action:
        st.write("No action needed. We could read everything.")
    for severity, (title, explanation) in SECTIONS.items():
        problems = [problem for problem in workbook.problems if problem.severity is severity]
        if not problems:
            continue
        st.header(title, anchor=False)
        if explanation:
            st.html(f'<p class="nh-quiet">{escape_html(explanation)}</p>')
        kinds = _kinds(problems, workbook, severity)
        if severity is Severity.ERROR and len(problems) <= UNFOLDED_UP_TO:
            st.html("".join(_tab_html(tab, kinds, workbook) for tab in dict.fromkeys(kind.tab for kind in kinds)))
            continue
        for kind in kinds:
            cells = f" ({pluralize(kind.count, 'cell')})" if kind.count > 1 else ""
            with st.expander(
                f"**{escape_markdown(kind.tab, longest=60)}:** {escape_markdown(kind.message, longest=160)}{cells}"
            ):
                st.html(_kind_html(kind, workbook))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """Problems of one tab that have the same message."""

    tab: str
    message: str
    problems: Sequence[Problem]
    count: int
    """Their number, including those that are counted but not listed."""


def _kinds(problems: Sequence[Problem], workbook: Workbook, severity: Severity) -> list[_Kind]:
    by_message: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        by_message.setdefault((problem.tab, problem.message), []).append(problem)
    unlisted: Counter[tuple[str, str]] = Counter()
    for each in workbook.unlisted:
        if each.severity is severity:
            unlisted[each.tab, each.message] += each.count
    return [
        _Kind(tab=tab, message=message, problems=problems, count=len(problems) + unlisted[tab, message])
        for (tab, message), problems in by_message.items()
    ]


def show_notes(workbook: Workbook) -> None:
    """Show, folded, what needs no action: cells that we cleaned up or read one of two ways."""
    notes = [problem for problem in workbook.problems if problem.severity is Severity.NOTE]
    if notes:
        kinds = _kinds(notes, workbook, Severity.NOTE)
        with st.expander(f"Good to know: {pluralize(sum(kind.count for kind in kinds), 'note')}"):
            st.html("".join(_tab_html(tab, kinds, workbook) for tab in dict.fromkeys(kind.tab for kind in kinds)))


def _tab_html(tab: str, kinds: Sequence[_Kind], workbook: Workbook) -> str:
    """All problems of one tab, nothing folded."""
    lines = "".join(
        f'<p class="nh-kind">{escape_html(kind.message)}</p>{_kind_html(kind, workbook)}'
        for kind in kinds
        if kind.tab == tab
    )
    return f'<section class="nh-of-tab"><h3>{escape_html(tab, longest=60)}</h3><div>{lines}</div></section>'


def _kind_html(kind: _Kind, workbook: Workbook) -> str:
    """The cells and what to do: once if it's the same for all, else next to each."""
    remedies = {problem.remedy for problem in kind.problems}
    shared = f'<p class="nh-remedy">{escape_html(kind.problems[0].remedy)}</p>' if len(remedies) == 1 else ""
    cells = "".join(
        f"<li>{_cell_html(problem, workbook)}{'' if shared else f'<div>{escape_html(problem.remedy)}</div>'}</li>"
        for problem in kind.problems[:CELLS_SHOWN]
    )
    rest = kind.count - min(len(kind.problems), CELLS_SHOWN)
    more = f'<p class="nh-quiet">and {pluralize(rest, "more cell")}</p>' if rest > 0 else ""
    return f'{shared}<ul class="nh-places">{cells}</ul>{more}'


def _cell_html(problem: Problem, workbook: Workbook) -> str:
    name = escape_html(problem.cell or (f"row {problem.row}" if problem.row else problem.tab))
    url = safe_url(workbook.link_to(problem))
    cell = f'<a href="{url}" target="_blank" rel="noopener">{name}</a>' if url else f"<b>{name}</b>"
    header = f" <small>{escape_html(problem.header, longest=60)}</small>" if problem.header else ""
    value = f" <q>{escape_html(problem.value, longest=90)}</q>" if problem.value else ""
    return f"{cell}{header}{value}"


def problem_table(workbook: Workbook) -> Table:
    """Return every listed problem as a row, for a file."""
    columns = dict.fromkeys(
        ("Severity", "Tab", "Cell", "Column", "Value", "Problem", "What to do", "Link"), Format.TEXT
    )
    return Table.of(
        columns,
        (
            {
                "Severity": problem.severity.value,
                "Tab": problem.tab,
                "Cell": problem.cell or "",
                "Column": problem.header or "",
                "Value": problem.value or "",
                "Problem": problem.message,
                "What to do": problem.remedy,
                "Link": workbook.link_to(problem) or "",
            }
            for problem in workbook.problems
        ),
    )
