"""The step "What do I have?": staff say what the tabs and columns are that we don't know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import streamlit as st

from nethealth.errors import NetHealthError
from nethealth.presentation.formatting import escape_html, escape_markdown, pluralize, single_line
from nethealth.presentation.table import Format, Table, plain_text
from nethealth.ui import access, network_workbook, session
from nethealth.ui.data import answers
from nethealth.ui.tables import show_table
from nethealth.workbook.answers import Row, column_meaning, whole_tab
from nethealth.workbook.proposals.propose import (
    TAB_CHOICES,
    ColumnProposal,
    Columns,
    TabProposal,
    column_choices,
    likely_member_columns,
    propose_columns,
    propose_tab,
)
from nethealth.workbook.raw import RawTab
from nethealth.workbook.readers.problem_log import column_letter
from nethealth.workbook.readers.tab_rows import is_filled
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.membership_tabs import ATTRIBUTE, LEAVE_ALONE, MEASURE
from nethealth.workbook.schema.tabs import COLUMN_NAMES, MEMBERS, TABS

ROWS_SHOWN, COLUMNS_SHOWN = 5, 8
"""Of each tab's preview."""
MOST_TABS_ASKED = 12
"""Tabs that we ask about at once; once these are answered, we ask about the others."""
MOST_ASKED = 12
"""Columns of one tab that we ask about; we leave the others alone."""
SOMETHING_ELSE = "something else: leave it alone"
_REQUIRED = {tab.name: [tab.columns[field].name for field in tab.required] for tab in TABS}
_SHARED = frozenset({ATTRIBUTE, MEASURE, LEAVE_ALONE})
"""Meanings that several columns may have."""


def left_alone_text(workbook: Workbook) -> str:
    """Return how many tabs and columns we left alone because we don't know them; empty if none."""
    tabs = sum(each.header is None for each in workbook.left_alone)
    columns = len(workbook.left_alone) - tabs
    parts = [pluralize(tabs, "tab") if tabs else "", pluralize(columns, "column") if columns else ""]
    hold = "it holds" if len(workbook.left_alone) == 1 else "they hold"
    return (
        f"We left {' and '.join(filter(None, parts))} alone, because we don’t know what {hold}." if any(parts) else ""
    )


def count_parts_to_name(workbook: Workbook) -> int:
    """Return how many tabs and columns we ask staff about; of the network's own workbook, tabs alone."""
    cells = session.opened_cells()
    if cells is None:
        return sum(each.header is None for each in workbook.left_alone)
    count = len(workbook.left_alone)
    asked_already = {each.title for each in workbook.left_alone}
    if not any(tab.tab == MEMBERS.name and tab.title in asked_already for tab in workbook.tabs):
        likely = likely_member_columns(cells.heads, answered=answers.headers_answered())
        count += 0 if likely is None else len(likely.unknown)
    return count


def show_unknown_parts(workbook: Workbook) -> None:
    """Ask what the tabs and columns are that we left alone. For the network's own workbook, offer to ask."""
    cells = session.opened_cells()
    if cells is None:
        if workbook.left_alone:
            st.write(left_alone_text(workbook))
            offer_to_ask("Say what they are", key="begin-answers")
        return
    asked = list(islice(_asked(workbook, cells.heads), MOST_TABS_ASKED))
    if not asked:
        return
    st.header("What do I have?", anchor="what-do-i-have")
    st.write("Check what each tab and column holds. We filled in what they look like.")
    holdings = [_ask_about_tab(number, each) for number, each in enumerate(asked)]
    trouble = [text for holding in holdings for text in holding.trouble()]
    if st.button("Use these answers", type="primary", icon=":material/check:", key="use-answers"):
        if trouble:
            st.html(
                f'<div class="nh-band" role="alert">{"".join(f"<p>{escape_html(text)}</p>" for text in trouble)}</div>'
            )
            return
        with st.spinner("Reading the workbook…"):
            answers.use({COLUMN_NAMES.name: [row for holding in holdings for row in holding.rows()]})
        st.rerun()


def offer_to_ask(label: str, *, key: str) -> None:
    """Offer to open a copy of the network's own workbook for this session, to answer questions about."""
    if not st.button(label, icon=":material/help:", key=key):
        return
    try:
        with st.spinner("Reading the workbook…"):
            cells = network_workbook.network_cells(only_sample=access.shows_only_sample())
            answers.open_workbook(cells, is_file=False, key=session.current_reading().key)
    except NetHealthError as error:
        st.html(f'<div class="nh-band" role="alert"><p>{escape_html(error.message)}</p></div>')
        return
    st.rerun()


@dataclass(frozen=True, slots=True)
class _Asked:
    """A tab that we ask about."""

    head: RawTab
    known_as: str | None
    """Our name for it, if only columns are unknown; None if we don't know the tab."""
    proposal: TabProposal
    headers: Sequence[str]
    """Of a tab that we know: the columns that we left alone."""


def _asked(workbook: Workbook, heads: Sequence[RawTab]) -> Iterator[_Asked]:
    """Yield the tabs that we don't know, or have columns that we don't know."""
    tab_of = {tab.title: tab.tab for tab in workbook.tabs if tab.accepted or tab.merged}
    taken = set(tab_of.values())
    headers: dict[str, list[str]] = {}
    for left in workbook.left_alone:
        headers.setdefault(left.title, []).extend([] if left.header is None else [left.header])
    likely = likely_member_columns(heads, answered=answers.headers_answered())
    for head in heads:
        if head.title not in headers:
            if likely is not None and tab_of.get(head.title) == MEMBERS.name:
                yield _Asked(
                    head, MEMBERS.name, TabProposal(MEMBERS.name, ""), [each.header for each in likely.unknown]
                )
            continue
        if headers[head.title]:
            name = tab_of.get(head.title) or next((tab.tab for tab in workbook.tabs if tab.title == head.title), None)
            if name is not None:
                yield _Asked(head, name, TabProposal(name, ""), headers[head.title])
            continue
        proposal = propose_tab(head, taken=taken)
        taken.add(proposal.tab)
        yield _Asked(head, None, proposal, ())


@dataclass(frozen=True, slots=True)
class _Holding:
    """What someone says about a tab and its columns."""

    title: str
    tab: str
    is_new: bool
    """True if we didn't know the tab."""
    columns: Sequence[ColumnProposal]
    missing: Sequence[str]
    """Columns that the tab needs, unless one of `columns` means them."""

    def trouble(self) -> list[str]:
        """Return what has to be different before we can use it."""
        meant = [each.column for each in self.columns]
        twice = {column for column in meant if column not in _SHARED and meant.count(column) > 1}
        lacking = [column for column in self.missing if column not in meant]
        title = single_line(self.title, longest=60)
        return [f"Two columns of “{title}” can’t both be {column}. Change one." for column in sorted(twice)] + [
            f"“{title}” needs a column for {column}. Choose it, or choose to leave the tab alone." for column in lacking
        ]

    def rows(self) -> list[Row]:
        """Return the answers as rows of Column names."""
        rows = [whole_tab(self.title, self.tab)] if self.is_new else []
        return rows + [column_meaning(self.tab, each.header, each.column) for each in self.columns]


def _ask_about_tab(number: int, asked: _Asked) -> _Holding:
    head = asked.head
    title = escape_markdown(head.title, longest=60)
    with st.container(border=True):
        st.subheader(title, anchor=False)
        tab = asked.known_as or _choose_tab(number, title, asked.proposal)
        columns = propose_columns(head, tab) if tab != LEAVE_ALONE else Columns(0, (), (), ())
        if tab == LEAVE_ALONE:
            show_preview(head, columns.header_row, key=f"preview-{number}")
            return _Holding(head.title, tab, asked.known_as is None, (), ())
        unknown = columns.unknown
        if asked.known_as is not None:
            unknown = tuple(each for each in unknown if each.header in asked.headers)
        first = sorted(unknown, key=lambda each: each.column == LEAVE_ALONE)[:MOST_ASKED]
        if columns.known:
            st.caption(f"We use these as they are: {_listed(columns.known)}.")
        chosen = []
        places = st.columns(2) if len(first) > 1 else [st.container()]
        for at, each in enumerate(first):
            with places[at % len(places)]:
                chosen.append(_choose_column(number, at, tab, each))
        others = [each for each in unknown if each not in first]
        if others:
            st.caption(f"We leave {_listed([each.header for each in others])} alone.")
        # Below the boxes, which a phone would otherwise push out of sight.
        show_preview(head, columns.header_row, key=f"preview-{number}")
        missing = [
            column
            for column in _REQUIRED[tab]
            if column in columns.missing or any(each.column == column for each in unknown)
        ]
        return _Holding(head.title, tab, asked.known_as is None, [*chosen, *others], missing)


def _choose_tab(number: int, title: str, proposal: TabProposal) -> str:
    options = [*TAB_CHOICES, LEAVE_ALONE]
    st.caption(escape_markdown(proposal.reason))
    chosen = st.selectbox(
        f"The tab “{title}” holds…",
        options,
        index=options.index(proposal.tab),
        format_func=tab_text,
        key=f"holds-{number}-{proposal.tab}",
    )
    return chosen or LEAVE_ALONE


def _choose_column(number: int, at: int, tab: str, proposal: ColumnProposal) -> ColumnProposal:
    options = column_choices(tab)
    header = escape_markdown(proposal.header, longest=60)
    chosen = st.selectbox(
        f"“{header}” means…",
        options,
        index=options.index(proposal.column),
        format_func=meaning_text,
        key=f"means-{number}-{tab}-{at}-{proposal.column}",
    )
    return ColumnProposal(proposal.header, chosen or LEAVE_ALONE)


def tab_text(name: str) -> str:
    """Return what people read for our name of a tab, or for leaving it alone."""
    return SOMETHING_ELSE if name == LEAVE_ALONE else name


def meaning_text(column: str) -> str:
    """Return what people read for our name of a column, or of a use of theirs."""
    use = {ATTRIBUTE: "a column to compare members by", MEASURE: "a number for each connection"}
    return use.get(column, SOMETHING_ELSE if column == LEAVE_ALONE else column)


def _listed(headers: Sequence[str]) -> str:
    shown = [f"“{escape_markdown(header, longest=40)}”" for header in headers[:COLUMNS_SHOWN]]
    rest = len(headers) - len(shown)
    return ", ".join(shown) + (f", and {rest} more" if rest else "")


def show_preview(head: RawTab, header_row: int, *, key: str) -> None:
    """Show the first rows below the headers."""
    row = head.rows[header_row] if header_row < len(head.rows) else ()
    shown = [at for at, cell in enumerate(row) if is_filled(cell)][:COLUMNS_SHOWN] or [
        *range(min(len(row), COLUMNS_SHOWN))
    ]
    headers: dict[int, str] = {}
    for at in shown:
        header = single_line(plain_text(row[at]), longest=60)
        headers[at] = header if header and header not in headers.values() else f"{header} ({column_letter(at)})".strip()
    below = [cells for cells in head.rows[header_row + 1 :] if any(map(is_filled, cells))][:ROWS_SHOWN]
    table = Table.of(
        dict.fromkeys(headers.values(), Format.TEXT),
        ({headers[at]: _shown(cells[at]) if at < len(cells) else "" for at in shown} for cells in below),
    )
    if shown:
        show_table(table, key=key, label=f"The first rows of {single_line(head.title, longest=60)}")


def _shown(cell: object) -> str:
    return single_line(plain_text(cell), longest=60)
