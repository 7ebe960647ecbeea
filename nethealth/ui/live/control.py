"""The facilitator's control: it works on a phone in one hand, and the screen follows within a second or two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import streamlit as st

from nethealth.live.questions import LONGEST_WORDS, ME, WORDS
from nethealth.live.session import Answer, SessionKind, SessionState
from nethealth.presentation.formatting import escape_html, escape_markdown, pluralize
from nethealth.ui.live import acts, starting
from nethealth.ui.live.addresses import screen_address, short_address
from nethealth.ui.live.collaborations.control import show_collaborations
from nethealth.ui.live.connections.control import show_connections
from nethealth.ui.live.listing import description, show_removal, show_state_buttons
from nethealth.ui.live.paper import paper_plan
from nethealth.ui.live.picture import picture_styles
from nethealth.ui.live.pictures import CAN_NAME, groups_of, picture_at, pictures_of, workbook_of
from nethealth.ui.live.rehearsal import show_rehearsal
from nethealth.ui.live.view import LiveView
from nethealth.ui.server.phones import join_address
from nethealth.workbook.records import Workbook

EVERYONE: Final = "Everyone"
OWN_CONTROLS: Final[Mapping[SessionKind, Callable[[LiveView, Workbook], None]]] = {
    SessionKind.CONNECTIONS: show_connections,
    SessionKind.COLLABORATIONS: show_collaborations,
}
"""What the facilitator decides in some kinds only."""
_STYLE: Final = """<style>
.st-key-control { max-width: 34rem; }
.st-key-control :is([data-testid="stButton"], [data-testid="stDownloadButton"]) button,
  .st-key-control [data-testid="stLinkButton"] a { min-height: 3.25rem; }
.st-key-control :is([data-testid="stButton"], [data-testid="stDownloadButton"], [data-testid="stLinkButton"]) p {
  font-size: 1.0625rem; }
.nh-now { font-size: 1.25rem; margin: 0; font-variant-numeric: lining-nums tabular-nums; }
.nh-shown { margin: 0; color: var(--nh-muted); text-wrap: balance; }
.nh-typed { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
</style>"""


def show_control(view: LiveView) -> None:
    """Show what the facilitator needs in the room, the most needed first."""
    st.html(_STYLE)
    current = view.session
    with st.container(key="control"):
        st.html(f'<p class="nh-quiet">{description(current)}</p>')
        phones = f"<b>{pluralize(view.joined, 'phone')} in</b>, {view.answered:,} answered"
        st.html(f'<p class="nh-now" role="status">{phones if view.joined else "<b>No phones yet</b>"}</p>')
        if view.is_stale:
            st.html('<p class="nh-quiet">We can’t reach the app’s database right now. We keep trying.</p>')
        st.link_button(
            "Open the screen",
            screen_address(current.id),
            icon=":material/cast:",
            type="primary" if _waits_for_phones(view) else "secondary",
            width="stretch",
        )
        _show_reveal(view)
        _show_steps(view)
        if current.kind in CAN_NAME:
            _show_map_choices(view)
        with st.container(horizontal=True, key="control-state"):
            show_state_buttons(current)
        if current.state is SessionState.CLOSED:
            st.caption(_what_is_recorded(view))
        _show_pending(view)
        _show_words(view)
        if current.kind in OWN_CONTROLS:
            OWN_CONTROLS[current.kind](view, workbook_of(view))
        show_rehearsal(view)
        _offer_paper(view)
        starting.show_settings(view)
        show_removal(current)
    if current.state is SessionState.CLOSED and current.kind in starting.ANONYMOUS:
        _show_results(view)


def _waits_for_phones(view: LiveView) -> bool:
    """True if no one has joined yet: then the screen comes first, since it shows the code."""
    return not view.joined and view.session.state is not SessionState.CLOSED


def _show_reveal(view: LiveView) -> None:
    is_revealed = view.session.screen.is_revealed
    st.button(
        "Hide the pictures" if is_revealed else "Reveal",
        icon=":material/visibility_off:" if is_revealed else ":material/visibility:",
        key="reveal",
        type="secondary" if is_revealed or _waits_for_phones(view) else "primary",
        width="stretch",
        on_click=partial(acts.change_screen, view.session.id, is_revealed=not is_revealed),
    )


def _show_steps(view: LiveView) -> None:
    """Offer to go through the pictures, and say which one the screen shows."""
    place, pictures = picture_at(view)
    if not pictures:
        return
    label = "On the screen" if view.session.screen.is_revealed else "Shown once you reveal"
    which = f" ({place + 1} of {len(pictures)})" if len(pictures) > 1 else ""
    st.html(f'<p class="nh-shown" role="status">{label}{which}: {escape_html(pictures[place].title)}</p>')
    back_and_on = st.container(horizontal=True)
    step = partial(acts.change_screen, view.session.id)
    back_and_on.button(
        "Back",
        icon=":material/arrow_back:",
        key="back",
        width="stretch",
        disabled=place == 0,
        on_click=partial(step, step=place - 1),
    )
    is_last = place == len(pictures) - 1
    back_and_on.button(
        "Next",
        icon=":material/arrow_forward:",
        key="next",
        width="stretch",
        disabled=is_last,
        on_click=partial(step, step=place + 1),
    )


def _show_results(view: LiveView) -> None:
    """Show all pictures of a session that has ended, one below the other."""
    st.html(f"<style>{picture_styles()}</style>")
    for picture in pictures_of(view):
        st.header(picture.title, anchor=False)
        picture.draw()


def _show_map_choices(view: LiveView) -> None:
    screen, own_id = view.session.screen, view.session.id
    st.toggle(
        "Show names on the screen",
        value=screen.shows_names,
        key=f"names-{own_id}",
        on_change=lambda: acts.change_screen(own_id, shows_names=bool(st.session_state[f"names-{own_id}"])),
    )
    groups = groups_of(view)
    replay = partial(acts.change_screen, own_id, replayed_at=dt.datetime.now(dt.UTC), is_revealed=True)
    st.button("Replay how it grew", icon=":material/replay:", key="replay", width="stretch", on_click=replay)
    if groups:
        options = [EVERYONE, *groups]
        chosen = f"focus-{own_id}"

        def zoom() -> None:
            group = st.session_state[chosen]
            acts.change_screen(own_id, focus="" if group == EVERYONE else group)

        st.selectbox(
            "Zoom to a group",
            options,
            index=options.index(screen.focus) if screen.focus in groups else 0,
            key=chosen,
            on_change=zoom,
        )


def _show_pending(view: LiveView) -> None:
    """Show the phones and answers that wait for the facilitator."""
    phones = [phone.id for phone in view.phones if phone.is_pending]
    # Who newcomers are is asked below.
    to_check = [answer for answer in view.answers if answer.is_pending and answer.question != ME]
    if not phones and not to_check:
        return
    st.header(f"To check ({len(to_check) + bool(phones)})", anchor=False)
    if phones:
        st.html(
            f"<p>{pluralize(len(phones), 'phone')} joined after the session was full, or faster than people can. "
            "We don’t count them until you let them in.</p>"
        )
        let_in = partial(acts.attempt, lambda live: live.let_in(view.session.id, phones))
        st.button("Let them in", key="let-in", width="stretch", on_click=let_in)
    for number, answer in enumerate(to_check):
        _show_pending_answer(view, answer, number)


def _show_pending_answer(view: LiveView, answer: Answer, number: int) -> None:
    what = "Words" if answer.question == WORDS else "Collaboration"
    key = f"{answer.question}-{number}"
    with st.container(border=True, key=f"pending-{key}"):
        st.html(f'<p class="nh-quiet">{what}</p><p class="nh-typed">{escape_html(answer_text(answer.value))}</p>')
        own_id, phone, question = view.session.id, answer.phone, answer.question
        both = st.container(horizontal=True)
        both.button(
            "Accept",
            key=f"accept-{key}",
            width="stretch",
            on_click=acts.attempt,
            args=(lambda live: live.accept(own_id, phone, question),),
        )
        both.button(
            "Reject",
            key=f"reject-{key}",
            width="stretch",
            on_click=acts.attempt,
            args=(lambda live: live.reject(own_id, phone, question),),
        )


def answer_text(value: object) -> str:
    """Return an answer as text, line by line."""
    if isinstance(value, dict):
        return "\n".join(str(part) for part in value.values() if part)
    return str(value)


def _show_words(view: LiveView) -> None:
    """Let the facilitator choose which words the screen shows."""
    from nethealth.live.mindset import words

    if view.answered < view.session.setup.smallest_group:
        return
    written = words(view.counted)
    if not written:
        return
    chosen = view.session.screen.words
    with st.expander(f"Words to show ({len(chosen)} of {len(written)})"):
        for number, (phone, text) in enumerate(written.items()):
            is_shown = phone in chosen
            after = tuple(each for each in chosen if each != phone) if is_shown else (*chosen, phone)
            st.checkbox(
                escape_markdown(text, longest=LONGEST_WORDS),
                value=is_shown,
                key=f"word-{view.session.id}-{number}-{is_shown}",
                on_change=partial(acts.change_screen, view.session.id, words=after),
            )


def _offer_paper(view: LiveView) -> None:
    current, address, short = view.session, join_address(view.session), short_address(view.session)
    st.download_button(
        "Print a plan in case the Wi-Fi fails",
        data=lambda: paper_plan(current, address=address, short=short).encode(),
        file_name=f"if-the-wifi-fails-{current.day:%Y-%m-%d}.html",
        mime="text/html",
        icon=":material/print:",
        key="paper",
        width="stretch",
        on_click="ignore",
    )


def _what_is_recorded(view: LiveView) -> str:
    if view.session.is_rehearsal:
        return "This was a rehearsal, so nothing goes to the workbook."
    smallest = view.session.setup.smallest_group
    if view.session.kind in starting.ANONYMOUS and view.answered < smallest:
        return f"Fewer than {smallest} people answered, so nothing goes to the workbook."
    return "The answers are on their way to the workbook. You’ll find them on the Data page."
