"""Record who came to a convening: paste a list of names; doubtful ones are asked one by one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from nethealth.presentation.formatting import escape_html, escape_markdown, format_date, pluralize, single_line
from nethealth.ui import session
from nethealth.ui.record.panel import Panel, person_names
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.name_lists.attendee_list import AttendeeList, DoubtfulName, attendees_cell, match_attendees
from nethealth.workbook.raw import RawCell
from nethealth.workbook.records import Gathering, PersonKey
from nethealth.workbook.schema.tabs import CONVENINGS

PANEL: Final = Panel("attendance", "Record who came", ":material/how_to_reg:")
NEW: Final = ""
"""The choice of a convening that the workbook doesn't have yet."""
GUEST, SKIPPED = "guest", "skipped"
RECENT: Final = dt.timedelta(days=366)
LONGEST_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class _Attendees:
    """Who came, as far as it is decided."""

    people: tuple[PersonKey, ...]
    guests: tuple[str, ...]
    skipped: int
    undecided: tuple[DoubtfulName, ...]
    addresses: int

    @property
    def total(self) -> int:
        return len(self.people) + len(self.guests)


def show() -> None:
    """Show the button, and the form if it is open."""
    PANEL.show(_show_fields)


def _show_fields() -> None:
    planned = _without_attendees()
    if planned:
        st.selectbox(
            "Which convening?",
            [NEW, *planned],
            format_func=lambda row: _label(planned[row]) if row in planned else "A new one",
            key=PANEL.key("row"),
            persist_state="session",
        )
    if PANEL.text("row") not in planned:
        st.text_input("Title", key=PANEL.key("title"), max_chars=LONGEST_TITLE, persist_state="session")
        st.date_input(
            "Date", session.today(), key=PANEL.key("date"), format="MM/DD/YYYY", persist_state="session", width=180
        )
    st.text_area(
        "Who came? Paste their names.",
        key=PANEL.key("names"),
        height=150,
        placeholder="Ana López\nBen Smith\n…",
        help="One name per line, or separated by semicolons or commas. We don’t keep email addresses.",
        persist_state="session",
    )
    attendees = _attendees()
    _show_summary(attendees)
    if attendees.undecided:
        _ask_about(attendees.undecided[0], remaining=len(attendees.undecided))
    PANEL.save_button(_save)


def _without_attendees() -> dict[str, Gathering]:
    """Return past convenings of a year that name no attendees yet, by their row, the latest first."""
    today = session.today()
    found = [
        each
        for each in session.current_workbook().convenings
        if each.row_id and not each.attendees and each.date is not None and today - RECENT <= each.date <= today
    ]
    return {str(each.row_id): each for each in sorted(found, key=lambda each: each.date or today, reverse=True)}


def _label(convening: Gathering) -> str:
    day = format_date(convening.date) if convening.date else "no date"
    return f"{single_line(convening.title, longest=60)}, {day}"


def _attendees() -> _Attendees:
    """Return who came, by the list and what was decided about doubtful names."""
    workbook = session.current_workbook()
    listed: AttendeeList = match_attendees(str(PANEL.value("names") or ""), workbook=workbook)
    decided = _decisions()
    people, guests, undecided, skipped = dict.fromkeys(listed.people), [], [], 0
    for doubt in listed.doubtful:
        kind, person = decided.get(doubt.key, ("", ""))
        if kind == GUEST:
            guests.append(doubt.name)
        elif kind == SKIPPED:
            skipped += 1
        elif person in workbook.people:
            people[person] = None
        else:
            undecided.append(doubt)
    return _Attendees(tuple(people), tuple(guests), skipped, tuple(undecided), listed.addresses)


def _decisions() -> dict[str, tuple[str, PersonKey]]:
    """Return what was decided, by the name's key: `GUEST`, `SKIPPED`, or a person."""
    decisions: dict[str, tuple[str, PersonKey]] = st.session_state.setdefault(PANEL.key("decisions"), {})
    return decisions


def _show_summary(attendees: _Attendees) -> None:
    if not (attendees.total or attendees.undecided or attendees.skipped or attendees.addresses):
        return
    parts = [pluralize(len(attendees.people), "member")] if attendees.people else []
    if attendees.guests:
        parts.append(pluralize(len(attendees.guests), "guest"))
    if attendees.skipped:
        parts.append(f"{attendees.skipped:,} skipped")
    if attendees.undecided:
        parts.append(f"{len(attendees.undecided):,} to check")
    text = f"{', '.join(parts)}." if parts else ""
    if attendees.addresses:
        text += f" We skipped {pluralize(attendees.addresses, 'email address', 'email addresses')}."
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<p role="status"><b>{text}</b></p>')
        if _decisions():
            st.button("Decide again", key=PANEL.key("again"), type="tertiary", on_click=_forget_decisions)


def _ask_about(doubt: DoubtfulName, *, remaining: int) -> None:
    """Ask who one name means: a candidate, another member, a guest, or no one."""
    names = person_names()
    more = f" <span class='nh-quiet'>({remaining - 1:,} more after this)</span>" if remaining > 1 else ""
    with st.container(border=True, key="doubtful-name"):
        st.html(f"<p>Who is <b>“{escape_html(doubt.name)}”</b>?{more}</p>")
        for candidate in doubt.candidates:
            if candidate in names:
                _decision_button(names[candidate], doubt, ("person", candidate), icon=":material/person:")
        st.selectbox(
            "Someone else",
            [key for key in names if key not in doubt.candidates],
            index=None,
            format_func=lambda key: names.get(key, ""),
            key=PANEL.key(f"other {doubt.key}"),
            placeholder="Another member? Type the name" if doubt.candidates else "A member? Type the name",
            label_visibility="collapsed",
            on_change=partial(_decide_other, doubt.key),
        )
        _decision_button("A guest, as typed", doubt, (GUEST, ""), icon=":material/person_add:")
        _decision_button("Skip this name", doubt, (SKIPPED, ""), icon=":material/close:")


def _decision_button(label: str, doubt: DoubtfulName, decision: tuple[str, PersonKey], *, icon: str) -> None:
    st.button(
        escape_markdown(label),
        icon=icon,
        key=PANEL.key(f"decide {doubt.key} {' '.join(decision)}"),
        on_click=_decide,
        args=(doubt.key, decision),
        width="stretch",
    )


def _decide(name: str, decision: tuple[str, PersonKey]) -> None:
    _decisions()[name] = decision
    PANEL.ask("")


def _decide_other(name: str) -> None:
    if person := PANEL.text(f"other {name}"):
        _decide(name, ("person", person))


def _forget_decisions() -> None:
    _decisions().clear()


def _save() -> None:
    planned, attendees = _without_attendees(), _attendees()
    row = PANEL.text("row")
    title, day = PANEL.text("title"), PANEL.day("date") or session.today()
    if row not in planned and (problem := _problem_of_new(title, day)):
        PANEL.ask(problem)
    elif attendees.undecided:
        PANEL.ask(f"First, tell us who “{attendees.undecided[0].name}” is.")
    elif not attendees.total:
        PANEL.ask("Paste the names of the people who came.")
    else:
        listed = attendees_cell(attendees.people, attendees.guests, session.current_workbook())
        cells: dict[str, RawCell] = {CONVENINGS.columns["attendees"].name: listed}
        what = f"{pluralize(attendees.total, 'person', 'people').capitalize()} saved."
        if row in planned:
            PANEL.change(CONVENINGS.name, row, cells, what=what)
        else:
            new: dict[str, RawCell] = {CONVENINGS.columns["date"].name: day, CONVENINGS.columns["title"].name: title}
            PANEL.record(CONVENINGS.name, new | cells, what=what)


def _problem_of_new(title: str, day: dt.date) -> str:
    if not title:
        return "Give the convening a title."
    same = [
        each
        for each in session.current_workbook().convenings
        if each.date == day and name_key(each.title) == name_key(title)
    ]
    if not same:
        return ""
    if same[0].attendees:
        return "We already know who came to this convening. Change that in the workbook, or use another title."
    return "This convening is already in the list above. Choose it there."
