"""The form for a conversation: in a panel over the page, so that it's where the thumb is, wherever someone was.

What someone typed stays until it's saved, even if they close the panel, look at another page, or a newer reading
arrives. A form that changes a recorded conversation has fields of its own, so it never takes those of a new one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from nethealth.network.map.model import person_id
from nethealth.presentation.formatting import escape_html
from nethealth.ui import recording, session
from nethealth.ui.record import panel
from nethealth.ui.weaving import recorder
from nethealth.ui.weaving.prompts import show_prompts_to_pick
from nethealth.weaving.entries import conversation_cells
from nethealth.workbook.raw import RawCell
from nethealth.workbook.records import Conversation, PersonKey
from nethealth.workbook.schema.tabs import WEAVING

OPEN_KEY: Final = "_conversation_open"
"""In the session's state: the form that is open, as the beginning of its fields' keys; empty for none."""
SAVED_KEY: Final = "_conversations_saved"
"""In the session's state: how often each form was saved, by its name. Each time it gets fields of its own."""
NEW: Final = "new"
"""The name of the form that opens with no one chosen. The others are called by the code of a person."""
EDITED_KEY: Final = "_conversation_edited"
"""In the session's state: the row that the form changes; None for a new conversation."""
PROBLEM_KEY: Final = "_conversation_problem"
LONGEST_NOTE, LONGEST_FOLLOW_UP = 10_000, 1_000
DUE_IN: Final = {"In a week": 7, "In two weeks": 14, "In a month": 30}
"""Days until a follow-up is due, by what the choice is called."""
STYLE = """<style>
.st-key-record button { min-height: 3.25rem; padding-inline: 1.5rem; }
.st-key-record button p { font-size: 1.0625rem; }
@media (max-width: 640px) { .st-key-record, .st-key-record :is(.stButton, button) { width: 100%; } }
</style>"""


@dataclass(frozen=True, slots=True)
class _Fields:
    """The keys of one form's fields."""

    form: str

    def key(self, name: str) -> str:
        return f"{self.form}-{name}"

    def get(self, name: str) -> object:
        return st.session_state.get(self.key(name))

    def text(self, name: str) -> str:
        return str(self.get(name) or "")

    def day(self, name: str) -> dt.date | None:
        value = self.get(name)
        return value if isinstance(value, dt.date) else None


def open_form(member: PersonKey | None = None) -> None:
    """Open the form for a new conversation. With someone, it's theirs, so a draft about someone else stays apart."""
    fields = _Fields(_form(NEW if member is None else person_id(member)))
    if member is not None:
        st.session_state[fields.key("member")] = member
    _open(fields, edited=None)


def open_form_for(conversation: Conversation) -> None:
    """Open the form to change a conversation that the app recorded."""
    fields = _Fields(f"conversation-{conversation.entry_id}")
    values = {
        "member": conversation.member,
        "heard": conversation.what_we_heard or "",
        "follow-up": conversation.follow_up or "",
        "due": conversation.due,
        "introduced": list(conversation.introduced_to),
        "date": conversation.date,
    }
    st.session_state.update({fields.key(name): value for name, value in values.items()})
    _open(fields, edited=conversation.entry_id)


def _form(name: str) -> str:
    return f"conversation-{name}-{st.session_state.get(SAVED_KEY, {}).get(name, 0)}"


def _open(fields: _Fields, *, edited: str | None) -> None:
    st.session_state[OPEN_KEY], st.session_state[EDITED_KEY] = fields.form, edited
    st.session_state.pop(PROBLEM_KEY, None)


def _close() -> None:
    """Close the form. What was typed for a new conversation is there again when it opens next."""
    st.session_state[OPEN_KEY] = ""


def is_open() -> bool:
    """True while the form is open."""
    return bool(st.session_state.get(OPEN_KEY))


def show_button() -> None:
    """Show the button that opens the form."""
    st.html(STYLE)
    st.button("Record a conversation", type="primary", icon=":material/add_comment:", key="record", on_click=open_form)


def show_form() -> None:
    """Show the form if it's open. Its fields run alone, so that each choice is there at once."""
    if is_open():
        st.html(panel.STYLE)
        with st.container(key="panel-conversation"):
            st.fragment(_show_fields)(session.current_reading().version)


def _show_fields(version: tuple[str, ...]) -> None:
    """Show the fields. Run the whole page if the form was closed, or the page behind it shows an older version."""
    session.rerun_if_role_changed()
    if not is_open() or session.current_reading().version != version:
        st.rerun(scope="app")
    with st.container(key="panel-title-conversation", horizontal=True, vertical_alignment="center"):
        edited = st.session_state.get(EDITED_KEY)
        st.header("Change a conversation" if edited else "Record a conversation", anchor=False)
        st.button(
            "",
            icon=":material/close:",
            help="Close and keep what you typed",
            key="close-conversation",
            type="tertiary",
            on_click=_close,
        )
    recording.show_saved(key="saved-conversation")
    fields = _Fields(str(st.session_state[OPEN_KEY]))
    if problem := st.session_state.get(PROBLEM_KEY):
        st.html(f'<div class="nh-band" role="alert"><p>{escape_html(problem)}</p></div>')
    names = panel.person_names()
    _choose_person(fields, names)
    st.text_area(
        "What did you hear?", key=fields.key("heard"), height=110, max_chars=LONGEST_NOTE, persist_state="session"
    )
    st.text_input(
        "What will you do next?",
        key=fields.key("follow-up"),
        max_chars=LONGEST_FOLLOW_UP,
        placeholder="Send the grant calendar",
        persist_state="session",
    )
    _choose_due(fields)
    st.multiselect(
        "Who did you introduce them to?",
        list(names),
        format_func=lambda key: names.get(key, ""),
        key=fields.key("introduced"),
        placeholder="Type a name",
        select_all=False,
        persist_state="session",
    )
    with st.container(horizontal=True):
        st.date_input(
            "When was it?",
            session.today(),
            max_value=session.today(),
            key=fields.key("date"),
            format="MM/DD/YYYY",
            persist_state="session",
            width=140,
        )
        if _edited() is None:
            recorder.choose_weaver()
    st.button("Save", type="primary", icon=":material/check:", key="save-conversation", on_click=_save, width="stretch")
    with st.expander("What could I ask?"):
        show_prompts_to_pick(key="prompts-to-pick")


def _choose_person(fields: _Fields, names: Mapping[PersonKey, str]) -> None:
    st.selectbox(
        "Who did you talk with?",
        list(names),
        index=None,
        format_func=lambda key: names.get(key, ""),
        key=fields.key("member"),
        placeholder="Type a name",
        persist_state="session",
    )


def _choose_due(fields: _Fields) -> None:
    """Let people choose when to do it: in so many days, or on a day of their own. The one chosen last counts."""
    chips, day = fields.key("due-in"), fields.key("due")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.pills(
            "By when?",
            list(DUE_IN),
            key=chips,
            on_change=lambda: st.session_state.update({day: None}),
            persist_state="session",
            width="content",
        )
        st.date_input(
            "Or pick a date",
            None,
            min_value=session.today() - dt.timedelta(days=365),
            key=day,
            format="MM/DD/YYYY",
            label_visibility="collapsed",
            on_change=lambda: st.session_state.update({chips: None}),
            persist_state="session",
            width=180,
        )


def _save() -> None:
    """Record what the form holds. What is missing or fails is said in the form, which stays as it is."""
    fields = _Fields(str(st.session_state[OPEN_KEY]))
    names, member, edited = panel.person_names(), fields.get("member"), _edited()
    weaver = edited.weaver if edited is not None else recorder.weaver()
    problems = [] if member in names else ["Choose who you talked with."]
    problems += [] if weaver else ["Choose or type your name."]
    st.session_state[PROBLEM_KEY] = " ".join(problems)
    if problems:
        return
    what = f"Conversation with {names[str(member)]} saved."
    cells = _cells(fields, str(member), weaver=weaver, names=names)
    if edited is not None and edited.entry_id is not None:
        before = _cells_of(edited, names=names)
        changes = {column: cell for column, cell in cells.items() if cell != before[column]}
        is_saved = not changes or recording.change(WEAVING.name, edited.entry_id, changes, what=what)
    else:
        is_saved = recording.record([recording.entry(WEAVING.name, cells)], what=what)
    if is_saved and edited is not None:
        _open(_Fields(""), edited=None)
    elif is_saved:
        name = fields.form.removeprefix("conversation-").rpartition("-")[0]
        counts = st.session_state.get(SAVED_KEY, {})
        st.session_state[SAVED_KEY] = {**counts, name: counts.get(name, 0) + 1}
        _open(_Fields(_form(NEW)), edited=None)


def _cells(fields: _Fields, member: PersonKey, *, weaver: str, names: Mapping[PersonKey, str]) -> dict[str, RawCell]:
    introduced = fields.get("introduced")
    return conversation_cells(
        recorder.workbook_for_cells(),
        date=fields.day("date") or session.today(),
        weaver=weaver,
        member=member,
        introduced_to=[key for key in introduced if key in names] if isinstance(introduced, list) else (),
        heard=fields.text("heard"),
        follow_up=fields.text("follow-up"),
        due=_due(fields),
    )


def _cells_of(conversation: Conversation, *, names: Mapping[PersonKey, str]) -> dict[str, RawCell]:
    return conversation_cells(
        recorder.workbook_for_cells(),
        date=conversation.date or session.today(),
        weaver=conversation.weaver,
        member=conversation.member,
        introduced_to=[key for key in conversation.introduced_to if key in names],
        heard=conversation.what_we_heard or "",
        follow_up=conversation.follow_up or "",
        due=conversation.due,
    )


def _edited() -> Conversation | None:
    """Return the conversation that the form changes, as it is now; None for a new one."""
    entry_id = st.session_state.get(EDITED_KEY)
    log = session.current_workbook().weaving if entry_id else ()
    return next((each for each in log if each.entry_id == entry_id), None)


def _due(fields: _Fields) -> dt.date | None:
    days = DUE_IN.get(fields.text("due-in"))
    return fields.day("due") or (session.today() + dt.timedelta(days=days) if days else None)
