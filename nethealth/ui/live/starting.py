"""Start a session: choose one of four kinds, and it runs. A fold below has its name and all that may differ."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from nethealth.live.connection_rows import connections_setup, with_wave
from nethealth.live.listed_people import may_list
from nethealth.live.session import LiveSession, SessionKind, SessionState, Setup
from nethealth.live.store import LiveSessions
from nethealth.presentation.formatting import escape_html, single_line
from nethealth.ui import recording, session
from nethealth.ui.live.acts import attempt
from nethealth.ui.live.kinds import KINDS, LONGEST_NAME, STATEMENTS, unique_name, usual_name
from nethealth.ui.live.view import LiveView
from nethealth.workbook.schema.vocabulary import Moment

MOST_ROLES: Final = 8
LONGEST_ROLE: Final = 40
LONGEST_STATEMENT: Final = 160
ANONYMOUS: Final = (SessionKind.MINDSET, SessionKind.PULSE)
"""Kinds whose answers are no one's. They have a moment."""
_FIELD: Final = "session-{}"
STYLE: Final = """<style>
.st-key-session-kinds h3 { font: 500 1.4rem/1.25 var(--nh-title-font); margin: 0; padding: 0; }
.st-key-session-kinds p { margin: 0.25rem 0 0; text-wrap: pretty; }
.st-key-session-kinds [data-testid="stHtml"] { min-height: 5rem; }
.st-key-session-kinds button { min-height: 3rem; }
.nh-session { margin: 0; overflow-wrap: anywhere; }
.nh-session > * { display: block; }
</style>"""
_BREAKS: Final = re.compile(r"[,;\n]")


def show_cards(sessions: list[LiveSession]) -> None:
    """Show the four kinds as cards that start a session, and a fold with what may differ."""
    if any(each.state is not SessionState.CLOSED for each in sessions):
        st.header("Start another session", anchor=False)
    with st.container(key="session-kinds"):
        columns = st.columns(2, gap="medium")
        for place, (kind, text) in enumerate(KINDS.items()):
            with columns[place % 2].container(border=True, key=f"session-card-{kind.value}"):
                st.html(f"<h3>{escape_html(text.title)}</h3><p>{escape_html(text.about)}</p>")
                can_start = kind is not SessionKind.CONNECTIONS or may_list(session.current_workbook())
                if not can_start:
                    st.caption("Your network doesn’t show names, so phones can’t list people. See Names in Settings.")
                st.button(
                    text.button,
                    icon=text.icon,
                    key=f"start-{kind.value}",
                    type="primary",
                    width="stretch",
                    disabled=not can_start,
                    on_click=partial(start, kind),
                )
    with st.expander("Name, moment, and more, before you start"):
        st.text_input(
            "Name",
            value=usual_name(session.current_workbook()),
            key=_FIELD.format("name"),
            max_chars=LONGEST_NAME,
        )
        _show_fields(None, prefix=_FIELD)


def show_settings(view: LiveView) -> None:
    """Show the name of a session, its moment, and more, to change them while it runs."""
    current, prefix = view.session, f"session-{view.session.id}-{{}}"
    with st.expander("Name, moment, and more"), st.form(f"settings-{current.id}", border=False):
        st.text_input("Name", value=current.name, key=prefix.format("name"), max_chars=LONGEST_NAME)
        _show_fields(current, prefix=prefix, is_answered=bool(view.answers))
        st.form_submit_button("Save", on_click=partial(_save, current, prefix))


def _show_fields(current: LiveSession | None, *, prefix: str, is_answered: bool = False) -> None:
    """Show the fields that a session of this kind has; all of them if none runs yet.

    Once people have answered, statements stay as they are: the answers are about these words.
    """
    kind = None if current is None else current.kind
    setup = Setup(statements=STATEMENTS) if current is None else current.setup
    if kind is None or kind in ANONYMOUS:
        st.segmented_control(
            "Moment",
            [moment.value for moment in Moment],
            default=(current.moment if current else Moment.NOW).value,
            required=True,
            key=prefix.format("moment"),
            help="To compare two moments later, give both sessions the same name.",
        )
    if kind in (None, SessionKind.MINDSET):
        st.toggle(
            "Mindset: Also ask where people hope the organization will be",
            value=setup.asks_hoped_for,
            key=prefix.format("hoped"),
        )
        st.text_input(
            "Mindset: roles that people can choose from",
            value=", ".join(setup.roles),
            key=prefix.format("roles"),
            placeholder="Teacher, Coach, Partner",
            help="Separate them with commas, or leave this blank to skip it. We don’t add roles to the workbook.",
        )
    if kind in (None, SessionKind.PULSE):
        for number in range(3):
            text = setup.statements[number] if number < len(setup.statements) else ""
            st.text_input(
                f"Pulse: statement {number + 1}",
                value=text,
                key=prefix.format(f"statement-{number}"),
                max_chars=LONGEST_STATEMENT,
                disabled=is_answered,
            )


def _field(prefix: str, name: str) -> str:
    return single_line(str(st.session_state.get(prefix.format(name)) or "").strip(), longest=LONGEST_STATEMENT)


def _moment(prefix: str) -> Moment:
    chosen = _field(prefix, "moment")
    return Moment(chosen) if chosen in set(Moment) else Moment.NOW


def _chosen_setup(prefix: str, kind: SessionKind, *, session_id: str, name: str, before: Setup | None = None) -> Setup:
    """Return the setup that the fields describe, for a session with this ID."""
    workbook = session.current_workbook()
    roles = [single_line(part.strip(), longest=LONGEST_ROLE) for part in _BREAKS.split(_field(prefix, "roles"))]
    statements = tuple(filter(None, (_field(prefix, f"statement-{number}") for number in range(3))))
    if before is None:
        before = replace(
            _new_setup(kind, session_id=session_id, name=name),
            smallest_group=workbook.settings.smallest_group,
            day=workbook.today,
        )
    return replace(
        before,
        asks_hoped_for=kind is SessionKind.MINDSET
        and bool(st.session_state.get(prefix.format("hoped")))
        and _moment(prefix) is not Moment.HOPED_FOR,
        roles=tuple(dict.fromkeys(filter(None, roles)))[:MOST_ROLES] if kind is SessionKind.MINDSET else (),
        statements=(statements or STATEMENTS) if kind is SessionKind.PULSE else (),
    )


def _new_setup(kind: SessionKind, *, session_id: str, name: str) -> Setup:
    if kind is SessionKind.CONNECTIONS:
        return connections_setup(session.current_workbook(), session=session_id, name=name)
    return Setup()


def start(kind: SessionKind) -> None:
    """Start a session, and show its control page in the run that follows."""
    key = recording.workbook_key()
    if key is None or not session.is_staff():
        return
    wanted = _field(_FIELD, "name") or usual_name(session.current_workbook())

    def begin(live: LiveSessions) -> None:
        name = unique_name(wanted, taken=_names(live, key, kind, _moment(_FIELD)))
        started = live.start(
            key,
            kind,
            name=name,
            moment=_moment(_FIELD),
            setup=lambda own_id: _chosen_setup(_FIELD, kind, session_id=own_id, name=name),
        )
        st.query_params["session"] = started.id

    attempt(begin)


def _names(live: LiveSessions, workbook: str, kind: SessionKind, moment: Moment, *, but: str = "") -> list[str]:
    """Return the names of a workbook's sessions of a kind and moment, without the one with the ID `but`."""
    sessions = live.sessions(workbook)
    return [each.name for each in sessions if (each.kind, each.moment) == (kind, moment) and each.id != but]


def _save(current: LiveSession, prefix: str) -> None:
    wanted = _field(prefix, "name") or current.name
    moment = _moment(prefix) if current.kind in ANONYMOUS else current.moment

    def change(live: LiveSessions) -> None:
        latest = live.session(current.id)
        if latest is not None:
            taken = _names(live, current.workbook, current.kind, moment, but=current.id)
            name = unique_name(wanted, taken=taken)
            live.set_name(current.id, name=name, moment=moment)
            setup = _chosen_setup(prefix, current.kind, session_id=current.id, name=name, before=latest.setup)
            if setup.is_own_wave:  # it has the session's name
                setup = with_wave(setup, session.current_workbook(), name=name, is_own_wave=True)
            live.set_setup(current.id, setup)

    attempt(change)
