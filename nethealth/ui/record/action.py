"""Record what members said and what we did about it, and mark what was promised as done."""

from __future__ import annotations

from typing import Final

import streamlit as st

from nethealth.ui import recording, session
from nethealth.ui.record.panel import Panel
from nethealth.workbook.raw import RawCell
from nethealth.workbook.schema.tabs import ACTIONS

PANEL: Final = Panel("action", "Record what we did", ":material/campaign:")
DONE, PROMISED, HEARD = "Done", "Promised", "Nothing yet"
LONGEST: Final = 2_000


def show() -> None:
    """Show the button, and the form if it is open."""
    PANEL.show(_show_fields)


def _show_fields() -> None:
    st.text_area(
        "What did members say?",
        key=PANEL.key("heard"),
        height=110,
        max_chars=LONGEST,
        placeholder="Meetings are too early for people who teach in the morning.",
        persist_state="session",
    )
    st.pills(
        "Where does it stand?", [DONE, PROMISED, HEARD], default=DONE, key=PANEL.key("status"), persist_state="session"
    )
    status = PANEL.value("status")
    if status != HEARD:
        st.text_area(
            "What did you do?" if status == DONE else "What will you do?",
            key=PANEL.key("did"),
            height=110,
            max_chars=LONGEST,
            placeholder="We moved meetings to 4:00 PM.",
            persist_state="session",
        )
    if status == PROMISED:
        st.date_input(
            "By when?",
            None,
            min_value=session.today(),
            key=PANEL.key("promised"),
            format="MM/DD/YYYY",
            persist_state="session",
            width=180,
        )
    if questions := _questions():
        st.selectbox(
            "Which survey question is it about?",
            questions,
            index=None,
            key=PANEL.key("question"),
            placeholder="None, or choose one",
            persist_state="session",
        )
    PANEL.save_button(_save)


def _questions() -> list[str]:
    return list(dict.fromkeys(question.text for question in session.current_workbook().questions))


def _save() -> None:
    heard, did, status = PANEL.text("heard"), PANEL.text("did"), PANEL.value("status")
    if not heard:
        PANEL.ask("Write what members said.")
        return
    if status != HEARD and not did:
        PANEL.ask("Write what you did." if status == DONE else "Write what you will do.")
        return
    if status == PROMISED and PANEL.day("promised") is None:
        PANEL.ask("Choose by when you’ll do it.")
        return
    cells: dict[str, RawCell] = {
        "what_we_heard": heard,
        "what_we_did": "" if status == HEARD else did,
        "promised_by": PANEL.day("promised") if status == PROMISED else None,
        "done": session.today() if status == DONE else None,
        "question": PANEL.text("question"),
    }
    PANEL.record(
        ACTIONS.name, {ACTIONS.columns[field].name: cell for field, cell in cells.items()}, what="Saved what we did."
    )


def done_button(row: str) -> None:
    """Offer people who may record to say that a promise was kept today."""
    if session.is_staff() and recording.can_record():
        st.button("Done", icon=":material/check:", key=f"action-done-{row}", on_click=_mark_done, args=(row,))


def _mark_done(row: str) -> None:
    PANEL.change_at_once(
        ACTIONS.name, row, {ACTIONS.columns["done"].name: session.today()}, what="We marked this as done."
    )
