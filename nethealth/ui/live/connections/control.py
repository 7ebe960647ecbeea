"""What the facilitator decides about a session of who knows whom, and what the room may do next."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Final

import streamlit as st

from nethealth.live.connection_rows import STRENGTHS, latest_wave, own_wave, with_wave
from nethealth.live.connections import Room
from nethealth.live.session import ListedPerson, LiveSession, SessionState
from nethealth.live.store import LiveSessions
from nethealth.network.seating.tables import PASTED
from nethealth.presentation.formatting import escape_html, escape_markdown, pluralize
from nethealth.ui import recording, seating
from nethealth.ui.live.acts import attempt
from nethealth.ui.live.connections.live_map import room_now
from nethealth.ui.live.connections.newcomers import show_newcomers
from nethealth.ui.live.view import LiveView
from nethealth.ui.page_shell import zone_of
from nethealth.ui.routes import PAGES
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.name_lists.attendee_list import attendees_cell
from nethealth.workbook.raw import RawCell
from nethealth.workbook.records import Gathering, Workbook
from nethealth.workbook.schema.tabs import CONVENINGS

MET: Final = 1
"""What phones answer for “we’ve met”."""
NEAR: Final = dt.timedelta(days=1)
"""How far a convening's day may be from the session's, if they have one name."""


def show_connections(view: LiveView, workbook: Workbook) -> None:
    """Show who waits for the facilitator, phones that claim one person, what comes next, and where connections go."""
    if recording.workbook_key() != view.session.workbook:
        return
    room = room_now(view.session, view.counted)
    show_newcomers(view, workbook)
    _show_claims(view, room)
    if room.arrivals:
        st.header("Next in the room", anchor=False)
        if st.button("Seat these people", icon=":material/table_restaurant:", key="seat-room", width="stretch"):
            choose_seating(view.session, room)
            st.switch_page(PAGES["seating"])
        if not view.session.is_rehearsal:
            _show_attendance(view.session, room, workbook)
    _show_wave(view.session, room, workbook)


def _show_claims(view: LiveView, room: Room) -> None:
    """Show people that several phones say they are, so that the facilitator can remove one."""
    named = {person.key: person.name for person in view.session.setup.people}
    joined = {phone.id: phone.joined_at for phone in view.phones}
    zone = zone_of(st.context.timezone)
    for key, phones in room.claims.items():
        with st.container(border=True, key=f"claim-{key}"):
            st.html(
                f"<p><b>{len(phones)} phones say they’re {escape_html(named[key])}.</b> "
                "We count the answers from all of them.</p>"
            )
            for phone in sorted(phones, key=lambda one: joined[one]):
                at = joined[phone].astimezone(zone)
                st.button(
                    f"Remove the one that joined at {at.hour % 12 or 12}:{at:%M:%S %p}",
                    key=f"claim-{phone}",
                    width="stretch",
                    on_click=attempt,
                    args=(lambda live, phone=phone: live.remove_phone(view.session.id, phone),),
                )


def choose_seating(current: LiveSession, room: Room) -> None:
    """Choose the people in the room on the Seating page."""
    cells = {person.key: person.cell or person.name for person in current.setup.people}
    st.session_state[seating.WHO] = PASTED
    st.session_state[seating.NAMES] = "\n".join(cells[key] for key in room.arrivals)


def _show_attendance(current: LiveSession, room: Room, workbook: Workbook) -> None:
    convening = convening_of(current, workbook)
    missing = missing_attendees(current, room, convening, workbook)
    title = convening.title if convening else current.name
    recording.show_saved(key="attendance-saved")
    if not missing:
        st.caption(f"Everyone here is recorded as an attendee of {escape_markdown(title)}.")
        return
    st.button(
        f"Record {pluralize(len(missing), 'person', 'people')} as attendees",
        icon=":material/how_to_reg:",
        key="record-attendance",
        width="stretch",
        on_click=partial(record_attendance, current, room, workbook),
    )
    st.caption(f"Adds them to {escape_markdown(title)} in the Convenings tab.")


def convening_of(current: LiveSession, workbook: Workbook) -> Gathering | None:
    """Return the convening that a session belongs to: of its name around its day, else the only one of its day."""
    dated = [each for each in workbook.convenings if each.date is not None and each.row_id]
    named = [
        each
        for each in dated
        if name_key(each.title) == name_key(current.name) and abs((each.date or dt.date.min) - current.day) <= NEAR
    ]
    of_day = [each for each in dated if each.date == current.day]
    return named[0] if named else of_day[0] if len(of_day) == 1 else None


def missing_attendees(
    current: LiveSession, room: Room, convening: Gathering | None, workbook: Workbook
) -> list[ListedPerson]:
    """Return the people in the room who aren't attendees of the convening yet."""
    attendees = convening.attendees if convening else ()
    names = {name_key(workbook.people[key].name) for key in attendees if key in workbook.people}
    listed = {person.key: person for person in current.setup.people}
    here = [listed[key] for key in room.arrivals]
    return [
        each for each in here if (each.person not in attendees if each.person else name_key(each.name) not in names)
    ]


def record_attendance(current: LiveSession, room: Room, workbook: Workbook) -> None:
    """Record the people in the room as attendees of the convening, of a new one if the workbook has none."""
    listed = {person.key: person for person in current.setup.people}
    convening = convening_of(current, workbook)
    here = [listed[key] for key in room.arrivals]
    people = dict.fromkeys(
        (*(convening.attendees if convening else ()), *(each.person for each in here if each.person in workbook.people))
    )
    guests = [each.name for each in here if each.person not in workbook.people]
    cell = attendees_cell(people, guests, workbook)
    column = CONVENINGS.columns["attendees"].name
    what = f"{pluralize(len(here), 'person', 'people').capitalize()} saved as attendees."
    if convening is not None and convening.row_id:
        recording.change(CONVENINGS.name, convening.row_id, {column: cell}, what=what)
        return
    cells: dict[str, RawCell] = {
        CONVENINGS.columns["date"].name: current.day,
        CONVENINGS.columns["title"].name: current.name,
        column: cell,
    }
    recording.record([recording.entry(CONVENINGS.name, cells)], what=what)


def _show_wave(current: LiveSession, room: Room, workbook: Workbook) -> None:
    """Say which wave the connections belong to, and let the facilitator choose until the session is closed."""
    joined = latest_wave(workbook)
    if current.is_rehearsal:
        return
    latest = f"the latest wave{f', {joined}' if joined else ''}"
    is_own = current.setup.is_own_wave
    own = current.setup.wave if is_own else own_wave(current.name, workbook, day=current.day)
    can_choose = joined is not None and not (is_own and joined == own)  # once recorded, its own may be the latest
    st.header("Where the connections go", anchor=False)
    if can_choose and current.state is not SessionState.CLOSED:
        key = f"wave-{current.id}"
        choices = {
            False: escape_markdown(f"Add them to {latest}"),
            True: escape_markdown(f"Make them a separate wave, {own}"),
        }
        st.radio(
            "On the Connectivity page",
            list(choices),
            index=int(is_own),
            format_func=choices.__getitem__,
            key=key,
            on_change=lambda: attempt(
                lambda live: _set_wave(live, current.id, workbook, is_own_wave=bool(st.session_state[key]))
            ),
        )
    st.caption(_wave_text(current, room, latest))
    if (weakest := workbook.settings.tie_from_strength) > STRENGTHS[MET]:
        st.caption(
            f"“We’ve met” doesn’t count as a connection there: your settings count them from strength {weakest:g}."
        )


def _wave_text(current: LiveSession, room: Room, latest: str) -> str:
    if current.setup.is_own_wave:
        return "The Connectivity page will show only what this room reported, and who didn’t answer."
    text = f"They’ll count in {latest}. People who weren’t here won’t look less connected."
    if count := len(room.arrivals.keys() & set(current.setup.after_wave)):
        text += (
            f" {pluralize(count, 'person', 'people')} here joined later. Their connections count from the next wave."
        )
    return escape_markdown(text, longest=600)


def _set_wave(live: LiveSessions, session_id: str, workbook: Workbook, *, is_own_wave: bool) -> None:
    current = live.session(session_id)
    if current is not None:
        live.set_setup(session_id, with_wave(current.setup, workbook, name=current.name, is_own_wave=is_own_wave))
