"""The log of conversations: the latest to change or take back, and all of them as a table."""

from __future__ import annotations

from typing import Final

import streamlit as st

from nethealth.contributions.entries import Entry
from nethealth.presentation.formatting import format_date
from nethealth.presentation.table import Table
from nethealth.ui import recording
from nethealth.ui.session import current_workbook
from nethealth.ui.tables import show_table
from nethealth.ui.weaving.conversation_form import open_form_for
from nethealth.ui.weaving.recorder import take_back
from nethealth.ui.weaving.rows import Written, row, show_rest_on_paper, unique_keys
from nethealth.weaving import WeavingSummary, tables
from nethealth.workbook.records import Conversation, Workbook

SHOWN: Final = 5


def show(summary: WeavingSummary) -> dict[str, Table]:
    """Show the conversations, latest first, and return them as a table to download."""
    workbook = current_workbook()
    st.header(tables.log_title(summary), anchor=False)
    recent = {entry.id: entry for entry in recording.recent()} if recording.can_record() else {}
    listed = [each for each in summary.log if tables.is_listable(workbook, each.member)]
    keys = unique_keys(each.entry_id or "typed" for each in listed[:SHOWN])
    for key, each in zip(keys, listed, strict=False):
        _show_conversation(each, workbook, key=key, own=recent.get(each.entry_id or ""))
    show_rest_on_paper([_written(each, workbook) for each in listed], first=SHOWN)
    table = tables.log_table(summary, workbook=workbook)
    if len(listed) > SHOWN:
        with st.expander("Show all conversations"):
            show_table(table, key="log", label="All conversations, latest first")
    return {"Conversations": table}


def _written(conversation: Conversation, workbook: Workbook) -> Written:
    facts = [format_date(conversation.date) if conversation.date else "no date"]
    facts += [f"with {conversation.weaver}"] if conversation.weaver else []
    others = [
        tables.person_name(workbook, one) for one in conversation.introduced_to if tables.is_listable(workbook, one)
    ]
    texts = [conversation.what_we_heard or "", f"Introduced to {', '.join(others)}" if others else ""]
    return Written(tables.person_name(workbook, conversation.member), ", ".join(facts), texts)


def _show_conversation(conversation: Conversation, workbook: Workbook, *, key: str, own: Entry | None) -> None:
    with row(key, _written(conversation, workbook)):
        if conversation.entry_id is not None and recording.can_record():
            st.button("Edit", key=f"edit-{key}", on_click=open_form_for, args=(conversation,))
        if own is not None:
            st.button("Undo", key=f"undo-{key}", icon=":material/undo:", on_click=take_back, args=(own,))
