"""Today: follow-ups to do, and people to reach, each person once, each with what to tap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import streamlit as st

from nethealth.cache import cached
from nethealth.presentation.formatting import pluralize
from nethealth.presentation.table import Table
from nethealth.ui import recording
from nethealth.ui.session import current_workbook, is_staff, today
from nethealth.ui.tables import show_table
from nethealth.ui.weaving import outreach
from nethealth.ui.weaving.conversation_form import open_form
from nethealth.ui.weaving.recorder import A_WEEK, mark_done, move
from nethealth.ui.weaving.rows import Written, row, show_rest_on_paper, unique_keys
from nethealth.weaving import RECENT_DAYS, FollowUp, OutreachSuggestion, WeavingSummary, tables
from nethealth.workbook.records import Workbook

SHOWN: Final = 3
"""The most urgent of each kind, shown at once; the rest are folded."""


def show(summary: WeavingSummary) -> dict[str, Table]:
    """Show what to do today, and return the tables to download. Weavers see only follow-ups of their own."""
    workbook = current_workbook()
    follow_ups = [each for each in summary.follow_ups if each.is_listable]
    _show_follow_ups(follow_ups, summary, workbook)
    files = {"Follow-ups": tables.follow_up_table(summary, workbook=workbook)}
    if is_staff():
        files["People to reach"] = _show_outreach(workbook)
    return files


def _show_follow_ups(follow_ups: Sequence[FollowUp], summary: WeavingSummary, workbook: Workbook) -> None:
    st.header(tables.follow_ups_title(summary), anchor=False)
    keys = unique_keys(each.row or f"{each.member}-{each.date}" for each in follow_ups)
    listed = list(zip(keys, follow_ups, strict=True))
    for key, each in listed[:SHOWN]:
        _show_follow_up(each, workbook, key=key, as_of=summary.as_of)
    if more := listed[SHOWN:]:
        # On paper, it unfolds.
        with st.container(key="unfolds-follow-ups"), st.expander(pluralize(len(more), "more follow-up")):
            for key, each in more:
                _show_follow_up(each, workbook, key=key, as_of=summary.as_of)


def _show_follow_up(follow_up: FollowUp, workbook: Workbook, *, key: str, as_of: dt.date) -> None:
    name, when = tables.person_name(workbook, follow_up.member), tables.when_due(follow_up.due, as_of=as_of)
    with row(key, Written(name, when, [follow_up.text or ""]), late=follow_up.is_overdue):
        if follow_up.row is not None and recording.can_record():
            _show_actions(follow_up, follow_up.row, key=key, as_of=as_of)


def _show_actions(follow_up: FollowUp, row_id: str, *, key: str, as_of: dt.date) -> None:
    later = max(follow_up.due or as_of, as_of) + A_WEEK
    st.button("Done", key=f"done-{key}", icon=":material/check:", on_click=mark_done, args=(row_id,))
    st.button("Next week", key=f"later-{key}", on_click=move, args=(row_id, later))
    with st.popover("More"):
        day = f"day-{key}"
        st.date_input(
            "Move to",
            later,
            key=day,
            format="MM/DD/YYYY",
            on_change=lambda: move(row_id, st.session_state[day]),
        )
        st.button("Record a conversation", key=f"talk-{key}", on_click=open_form, args=(follow_up.member,))


def _show_outreach(workbook: Workbook) -> Table:
    """Show who to reach first, without people whose follow-ups are listed, and folded everyone; return the table."""
    title = st.container()
    first = st.container()
    is_asked = any(name in st.query_params for name in ("reach", "quiet"))
    with st.expander("Everyone to reach out to", expanded=is_asked):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            choice = st.selectbox("Show", list(outreach.FILTERS), key="reach", bind="query-params", width=260)
            days = st.number_input(
                "Recent (days)", 30, 1_500, RECENT_DAYS, step=30, key="quiet", bind="query-params", width=220
            )
        found = cached(outreach.find_outreach)(workbook, as_of=today(), recent_days=int(days))
        shown = outreach.filter_outreach(found, choice=choice)
        table = outreach.outreach_table(shown, workbook=workbook, as_of=today())
        show_table(table, key="outreach", label="People to talk with, and why")
        st.caption(outreach.no_conversation_text(found, recent_days=int(days)))
        st.caption(outreach.NOTE if table else outreach.NONE_FOR_FILTER if found else outreach.NONE_AT_ALL)
    others = outreach.without_follow_ups(found, workbook=workbook, as_of=today())
    with title:
        st.header(outreach.outreach_title(others), anchor=False)
    with first:
        listed = outreach.filter_outreach(others, choice=outreach.FIRST)
        for each in listed[:SHOWN]:
            _show_person(each, workbook)
        show_rest_on_paper([_written(each, workbook) for each in listed], first=SHOWN)
    return table


def _written(suggestion: OutreachSuggestion, workbook: Workbook) -> Written:
    return Written(tables.person_name(workbook, suggestion.person), outreach.short_reason(suggestion))


def _show_person(suggestion: OutreachSuggestion, workbook: Workbook) -> None:
    with row(f"reach-{suggestion.person}", _written(suggestion, workbook)):
        if recording.can_record():
            st.button(
                "Record",
                key=f"reach-{suggestion.person}",
                icon=":material/edit_note:",
                on_click=open_form,
                args=(suggestion.person,),
            )
