"""Record a connection between two people, as staff, a weaver, or a convening know it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from nethealth.ui import session
from nethealth.ui.record.panel import Panel, person_field, person_names
from nethealth.workbook.name_lists.person_cells import person_cell
from nethealth.workbook.raw import RawCell
from nethealth.workbook.schema.tabs import CONNECTIONS
from nethealth.workbook.schema.vocabulary import STRENGTH, HeardThrough

PANEL: Final = Panel("connection", "Record a connection", ":material/add_link:")
HEARD_THROUGH: Final = {
    HeardThrough.STAFF: "We just know",
    HeardThrough.WEAVING: "In a conversation",
    HeardThrough.CONVENING: "At a convening",
}
"""How we learned about it. What someone reports about themselves belongs to a survey's wave, and isn't typed here."""
MOST_TYPES: Final = 100
LONGEST_TYPE: Final = 200


def show() -> None:
    """Show the button, and the form if it is open."""
    PANEL.show(_show_fields)


def _show_fields() -> None:
    names = person_names()
    person_field(PANEL, "one", "Who is connected?", names)
    person_field(PANEL, "other", "With whom?", names)
    labels = dict(STRENGTH.points)
    st.pills(
        "How strongly?",
        list(labels),
        format_func=lambda value: labels.get(value, ""),
        key=PANEL.key("strength"),
        persist_state="session",
    )
    st.selectbox(
        "What is it about?",
        _known_types(),
        index=None,
        key=PANEL.key("type"),
        placeholder="Choose one, or type a word or two",
        accept_new_options=True,
        persist_state="session",
    )
    st.pills(
        "How do we know?",
        list(HEARD_THROUGH),
        format_func=HEARD_THROUGH.__getitem__,
        default=HeardThrough.STAFF,
        key=PANEL.key("heard"),
        persist_state="session",
    )
    PANEL.save_button(_save)


def _known_types() -> list[str]:
    kinds = (connection.kind for connection in session.current_workbook().connections)
    return sorted({kind for kind in kinds if kind}, key=str.casefold)[:MOST_TYPES]


def _save() -> None:
    names = person_names()
    one, other = PANEL.value("one"), PANEL.value("other")
    if one not in names or other not in names:
        PANEL.ask("Choose both people.")
        return
    if one == other:
        PANEL.ask("Choose two different people.")
        return
    workbook = session.current_workbook()
    heard = PANEL.value("heard")
    strength = PANEL.value("strength")
    cells: dict[str, RawCell] = {
        "source": person_cell(str(one), workbook),
        "target": person_cell(str(other), workbook),
        "strength": strength if isinstance(strength, float) else None,
        "type": PANEL.text("type")[:LONGEST_TYPE],
        "heard_through": str(heard) if heard in HEARD_THROUGH else str(HeardThrough.STAFF),
    }
    PANEL.record(
        CONNECTIONS.name,
        {CONNECTIONS.columns[field].name: cell for field, cell in cells.items()},
        what=f"Connection saved: {names[str(one)]} and {names[str(other)]}.",
    )
