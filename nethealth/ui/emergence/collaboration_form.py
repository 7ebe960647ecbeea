"""Record a collaboration that members started, and later what came of it, in panels over the page."""

from __future__ import annotations

import datetime as dt
from typing import Final

import streamlit as st

from nethealth.ui import session
from nethealth.ui.record.panel import Panel, people_field, person_names
from nethealth.workbook.name_lists.person_cells import person_cell, unlisted_cell
from nethealth.workbook.raw import RawCell
from nethealth.workbook.records import EmergentActivity
from nethealth.workbook.schema.tabs import EMERGENT
from nethealth.workbook.schema.vocabulary import ActivityHeardThrough, ActivityStatus, StartedBy
from nethealth.workbook.updates.changes import OUTCOME, PARTICIPANT

NEW: Final = Panel("collaboration", "Record a collaboration", ":material/add_circle:")
NEWS: Final = Panel("news", "Update a collaboration", ":material/edit_note:")
LONGEST_NAME, LONGEST_TEXT = 200, 5_000
STARTED_BY: Final = {
    StartedBy.MEMBERS: "Members",
    StartedBy.ESO_WITH_MEMBERS: "Staff and members",
    StartedBy.ESO: "Staff",
}
HEARD_THROUGH: Final = {
    ActivityHeardThrough.WEAVING_CALL: "Conversation",
    ActivityHeardThrough.SURVEY: "Survey",
    ActivityHeardThrough.CONVENING: "Convening",
    ActivityHeardThrough.OTHER: "Other",
}


def show() -> None:
    """Show both buttons to people who may record, and the form that is open."""
    with st.container(horizontal=True):
        NEW.show(_show_new)
        if _activities():
            NEWS.show(_show_news)


def _show_new() -> None:
    names = person_names()
    st.text_input("What is it called?", key=NEW.key("name"), max_chars=LONGEST_NAME, persist_state="session")
    people_field(NEW, "people", "Who’s involved?", names)
    st.text_input(
        "Anyone else, such as an organization?",
        key=NEW.key("others"),
        max_chars=LONGEST_TEXT,
        placeholder="Separate names with semicolons",
        persist_state="session",
    )
    st.text_area("What is it for?", key=NEW.key("purpose"), height=80, max_chars=LONGEST_TEXT, persist_state="session")
    st.date_input(
        "Since when?",
        session.today(),
        key=NEW.key("started"),
        format="MM/DD/YYYY",
        persist_state="session",
        width=160,
    )
    st.pills(
        "Who started it?",
        list(STARTED_BY),
        format_func=STARTED_BY.__getitem__,
        default=StartedBy.MEMBERS,
        key=NEW.key("started-by"),
        persist_state="session",
    )
    st.pills(
        "How did you hear about it?",
        list(HEARD_THROUGH),
        format_func=HEARD_THROUGH.__getitem__,
        key=NEW.key("heard"),
        persist_state="session",
    )
    _choose_status(NEW, default=ActivityStatus.FORMING)
    NEW.save_button(_save_new)


def _choose_status(panel: Panel, *, default: ActivityStatus | None) -> None:
    st.pills(
        "Where does it stand?",
        list(ActivityStatus),
        format_func=str,
        default=default,
        key=panel.key("status"),
        persist_state="session",
    )


def _save_new() -> None:
    names, workbook = person_names(), session.current_workbook()
    chosen = NEW.value("people")
    people = [key for key in chosen if key in names] if isinstance(chosen, list) else []
    others = [each.strip() for each in NEW.text("others").split(";") if each.strip()]
    missing = [] if NEW.text("name") else ["Give it a name. A few words are enough."]
    missing += [] if people or others else ["Choose who’s involved."]
    if missing:
        NEW.ask(" ".join(missing))
        return
    cells: dict[str, RawCell] = {
        "name": NEW.text("name"),
        "purpose": NEW.text("purpose"),
        "collaborators": "; ".join(
            [*(person_cell(key, workbook) for key in people), *(unlisted_cell(each, workbook) for each in others)]
        ),
        "started": NEW.day("started"),
        "started_by": _option(NEW, "started-by"),
        "heard_through": _option(NEW, "heard"),
        "status": _option(NEW, "status"),
    }
    NEW.record(
        EMERGENT.name,
        {EMERGENT.columns[field].name: cell for field, cell in cells.items()},
        what=f"“{NEW.text('name')}” saved.",
    )


def _show_news() -> None:
    activities = _activities()
    st.selectbox(
        "Which collaboration?",
        list(activities),
        index=None,
        format_func=lambda row: activities[row].name if row in activities else "",
        key=NEWS.key("row"),
        placeholder="Type part of its name",
        persist_state="session",
    )
    st.text_area(
        "What came of it?", key=NEWS.key("outcome"), height=80, max_chars=LONGEST_TEXT, persist_state="session"
    )
    st.date_input(
        "When?",
        session.today(),
        max_value=session.today(),
        key=NEWS.key("day"),
        format="MM/DD/YYYY",
        persist_state="session",
        width=160,
    )
    names = person_names()
    people_field(NEWS, "people", "Who joined it?", names)
    _choose_status(NEWS, default=None)
    st.checkbox("They agreed to have their story in reports", key=NEWS.key("share"), persist_state="session")
    NEWS.save_button(_save_news)


def _save_news() -> None:
    activities, names, workbook = _activities(), person_names(), session.current_workbook()
    row = NEWS.value("row")
    if row not in activities:
        NEWS.ask("Choose a collaboration.")
        return
    chosen = NEWS.value("people")
    joined = [key for key in chosen if key in names] if isinstance(chosen, list) else []
    cells: dict[str, RawCell] = {
        OUTCOME: NEWS.text("outcome") or None,
        PARTICIPANT: "; ".join(person_cell(key, workbook) for key in joined) or None,
        EMERGENT.columns["status"].name: _option(NEWS, "status"),
        EMERGENT.columns["share_story"].name: "yes" if NEWS.value("share") else None,
    }
    changes = {field: cell for field, cell in cells.items() if cell is not None}
    if not changes:
        NEWS.ask("Type what came of it, or choose its status.")
        return
    what = f"“{activities[str(row)].name}” updated."
    NEWS.change(EMERGENT.name, str(row), changes, day=NEWS.day("day"), what=what)


def _activities() -> dict[str, EmergentActivity]:
    """Return the activities that can be changed, by row, the latest first."""
    rows = [each for each in session.current_workbook().emergent if each.row_id is not None]
    rows.sort(key=lambda each: each.started or dt.date.min, reverse=True)
    return {str(each.row_id): each for each in rows}


def _option(panel: Panel, field: str) -> str | None:
    value = panel.value(field)
    return str(value) if value else None
