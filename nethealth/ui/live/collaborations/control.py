"""What the facilitator decides about collaborations: which are one, and which go to the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final

import streamlit as st

from nethealth.live.collaborations import (
    Collaboration,
    accepted,
    collaborations,
    merged,
    merged_by_name,
    of_one_name,
    similar_pairs,
    taken_back,
)
from nethealth.live.session import SessionState, Setup
from nethealth.live.store import LiveSessions
from nethealth.presentation.formatting import escape_html, pluralize
from nethealth.ui.live.acts import attempt
from nethealth.ui.live.view import LiveView
from nethealth.ui.record.panel import person_names
from nethealth.workbook.name_lists.attendee_list import attendees_cell, match_attendees
from nethealth.workbook.name_lists.person_cells import person_cell
from nethealth.workbook.records import PersonKey, Workbook

MOST_OFFERS: Final = 3
"""Pairs that may be one, shown at once."""
MOST_SHOWN: Final = 20
"""Collaborations shown at once, those that wait first."""
APART_KEY: Final = "_collaborations_apart"
"""In the visitor's state: pairs that they said are two."""


def show_collaborations(view: LiveView, workbook: Workbook) -> None:
    """Show every collaboration with what may be done about it."""
    cards = collaborations(view.session, view.counted)
    if not cards:
        return
    number = sum(card.is_accepted for card in cards)
    st.header(f"For the workbook ({number} of {len(cards)})", anchor=False)
    is_closed = view.session.state is SessionState.CLOSED
    soon = "within ten minutes" if is_closed else "when the session ends"
    st.caption(f"What you accept goes to the Emergent activity tab {soon}.")
    undecided = [card for card in cards if not card.is_accepted]
    if len(of_one_name(undecided)) < len(undecided):
        st.button(
            "Merge those with the same name",
            icon=":material/merge:",
            key="merge-names",
            width="stretch",
            on_click=_change,
            args=(view, lambda setup: merged_by_name(setup, cards)),
        )
    apart: set[tuple[str, ...]] = st.session_state.setdefault(APART_KEY, set())
    alike = [(one, other) for one, other in similar_pairs(cards) if (*one.ids, *other.ids) not in apart]
    for one, other in alike[:MOST_OFFERS]:
        _offer_merge(view, one, other)
    shown = sorted(cards, key=lambda card: card.is_accepted)[:MOST_SHOWN]
    cells = {card.ids: collaborators_cell([each.people for each in card.mentions], workbook) for card in shown}
    waiting = [card for card in shown if not card.is_accepted and cells[card.ids]]
    if len(waiting) > 1:
        st.button(
            f"Accept the {len(waiting)} that name people",
            key="accept-all",
            width="stretch",
            on_click=_change,
            args=(view, lambda setup: _all_accepted(setup, waiting, cells)),
        )
    for card in shown:
        _show_card(view, card, cells[card.ids], workbook)
    if more := len(cards) - len(shown):
        st.caption(f"{more:,} more will show once you’ve accepted some of these.")


def collaborators_cell(texts: Iterable[str], workbook: Workbook) -> str:
    """Return the cell about who is in a collaboration: members that we find, and others as typed.

    `texts` are what several people typed, each with separators of its own.
    """
    found = [match_attendees(text, workbook=workbook) for text in texts]
    people = [person for each in found for person in each.people]
    others = [doubt.name for each in found for doubt in each.doubtful]
    return attendees_cell(people, others, workbook, are_guests=False)


def _offer_merge(view: LiveView, one: Collaboration, other: Collaboration) -> None:
    with st.container(border=True, key=f"merge-{one.ids[0]}-{other.ids[0]}"):
        st.html(f"<p>Are <b>“{escape_html(one.name)}”</b> and <b>“{escape_html(other.name)}”</b> the same?</p>")
        both = st.container(horizontal=True)
        both.button(
            "Merge them",
            icon=":material/merge:",
            key=f"merge-{one.ids[0]}-{other.ids[0]}-yes",
            width="stretch",
            on_click=_change,
            args=(view, lambda setup: merged(setup, one, other)),
        )
        both.button(
            "Keep both",
            key=f"merge-{one.ids[0]}-{other.ids[0]}-no",
            width="stretch",
            on_click=st.session_state[APART_KEY].add,
            args=((*one.ids, *other.ids),),
        )


def _show_card(view: LiveView, card: Collaboration, cell: str, workbook: Workbook) -> None:
    key = f"collaboration-{card.ids[0]}"
    with st.container(border=True, key=key):
        by = f" <span class='nh-quiet'>named by {pluralize(len(card.mentions), 'phone')}</span>"
        st.html(f"<p><b>{escape_html(card.name)}</b>{by if len(card.mentions) > 1 else ''}</p>")
        if card.purpose:
            st.html(f'<p class="nh-typed">{escape_html(card.purpose, longest=600)}</p>')
        st.html(f'<p class="nh-quiet">{escape_html(card.collaborators or cell or "No names given")}</p>')
        if card.is_accepted:
            st.button(
                "Accepted. Undo",
                icon=":material/undo:",
                key=f"{key}-back",
                width="stretch",
                on_click=_change,
                args=(view, lambda setup: taken_back(setup, card)),
            )
            return
        if not cell:
            cell = _ask_who(key, workbook)
        st.button(
            "Accept",
            icon=":material/check:",
            key=f"{key}-accept",
            width="stretch",
            disabled=not cell,
            on_click=_change,
            args=(view, lambda setup: accepted(setup, card, cell)),
        )


def _ask_who(key: str, workbook: Workbook) -> str:
    """Ask who is in a collaboration that names no one, and return the cell."""
    names = person_names()
    chosen: Sequence[PersonKey] = st.multiselect(
        "Who’s involved?", list(names), format_func=lambda person: names.get(person, ""), key=f"{key}-who"
    )
    return "; ".join(person_cell(person, workbook) for person in chosen if person in names)


def _all_accepted(setup: Setup, cards: Sequence[Collaboration], cells: dict[tuple[str, ...], str]) -> Setup:
    for card in cards:
        setup = accepted(setup, card, cells[card.ids])
    return setup


def _change(view: LiveView, change: Callable[[Setup], Setup]) -> None:
    attempt(partial(_set_setup, session_id=view.session.id, change=change))


def _set_setup(live: LiveSessions, *, session_id: str, change: Callable[[Setup], Setup]) -> None:
    current = live.session(session_id)
    if current is not None:
        live.set_setup(session_id, change(current.setup))
