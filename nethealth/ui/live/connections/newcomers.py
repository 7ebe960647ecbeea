"""Who newcomers are: a member, a guest that we know, another guest, or no one. The facilitator decides one by one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from nethealth.live.listed_people import Newcomer, guest, newcomers, similar_people, with_person
from nethealth.live.questions import ME
from nethealth.live.session import ListedPerson
from nethealth.live.store import LiveSessions
from nethealth.presentation.formatting import escape_html, escape_markdown
from nethealth.ui.live.acts import attempt
from nethealth.ui.live.view import LiveView
from nethealth.workbook.records import Workbook


def show_newcomers(view: LiveView, workbook: Workbook) -> None:
    """Ask about the newcomer who has waited longest, and offer to take all those as guests who are like no one."""
    waiting = newcomers(view.phones, view.answers)
    if not waiting:
        return
    alike = {
        each.phone: similar_people(each.name, view.session.setup, workbook, session=view.session.id) for each in waiting
    }
    st.header(f"New people ({len(waiting)})", anchor=False)
    plain = [each for each in waiting if not alike[each.phone]]
    if len(plain) > 1:
        st.button(
            f"Add the {len(plain)} with new names as guests",
            icon=":material/group_add:",
            key="newcomers-all",
            width="stretch",
            on_click=partial(_take_all, view, plain),
        )
    _ask_about(view, waiting[0], alike[waiting[0].phone], remaining=len(waiting))


def _ask_about(view: LiveView, newcomer: Newcomer, alike: Sequence[ListedPerson], *, remaining: int) -> None:
    more = f" <span class='nh-quiet'>({remaining - 1:,} more after this)</span>" if remaining > 1 else ""
    key = f"newcomer-{newcomer.phone}"
    others = {person.key: person for person in view.session.setup.people if person not in alike}
    with st.container(border=True, key=key):
        st.html(f"<p>Who is <b>“{escape_html(newcomer.name)}”</b>?{more}</p>")
        for person in alike:
            st.button(
                escape_markdown(_label(person)),
                icon=":material/person:",
                key=f"{key}-{person.key}",
                width="stretch",
                on_click=partial(_take, view, newcomer, person),
            )
        st.selectbox(
            "Someone else",
            list(others),
            index=None,
            format_func=lambda one: _label(others[one]) if one in others else "",
            key=f"{key}-other",
            placeholder="Another member? Type the name",
            label_visibility="collapsed",
            on_change=lambda: _take(view, newcomer, others[str(st.session_state[f"{key}-other"])]),
        )
        st.button(
            "A guest, as typed",
            icon=":material/person_add:",
            key=f"{key}-guest",
            width="stretch",
            on_click=partial(_take, view, newcomer, guest(newcomer.name, session=view.session.id)),
        )
        st.button(
            "Not a person",
            icon=":material/close:",
            key=f"{key}-no-one",
            width="stretch",
            on_click=attempt,
            args=(lambda live: live.reject(view.session.id, newcomer.phone, ME),),
        )


def _label(person: ListedPerson) -> str:
    return f"{person.name}, {person.place}" if person.place else person.name


def _take(view: LiveView, newcomer: Newcomer, person: ListedPerson) -> None:
    attempt(lambda live: _set(live, view.session.id, newcomer, person))


def _take_all(view: LiveView, waiting: Sequence[Newcomer]) -> None:
    for each in waiting:
        _take(view, each, guest(each.name, session=view.session.id))


def _set(live: LiveSessions, session_id: str, newcomer: Newcomer, person: ListedPerson) -> None:
    current = live.session(session_id)
    if current is None:
        return
    setup = with_person(current.setup, person)
    if setup is not current.setup:
        live.set_setup(session_id, setup)
    live.replace_answer(session_id, newcomer.phone, ME, {"person": person.key})
