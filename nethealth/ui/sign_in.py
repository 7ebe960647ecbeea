"""The page before the pages: sign in, or why nobody can."""

from __future__ import annotations

import math
import time

import streamlit as st

from nethealth.privacy.passcodes import LONGEST, PasscodeLimiter, pause_after
from nethealth.ui import access
from nethealth.ui.access import AccessState, Policy

WRONG_TRIES = "_wrong_tries"
NEXT_TRY = "_next_try"

doorkeeper = PasscodeLimiter()
"""One for the whole process: tries from all sessions together are slowed down."""


def sign_in() -> None:
    """Ask who is there, in the ways that `[access]` allows; nothing of the network is drawn."""
    policy = access.policy()
    if policy.door is AccessState.CLOSED:
        st.title("This door is closed for now", anchor=False)
        st.html('<p class="nh-question">Who may see the network is not set up rightly, so nobody is let in.</p>')
        st.caption(f"For whoever runs the app: {policy.reason}")
        return
    st.title("Welcome", anchor=False)
    st.html('<p class="nh-question">This network’s pages are for the people it invites.</p>')
    if policy.signs_in:
        _by_account()
    if policy.passcodes:
        _by_passcode(policy)


def _by_account() -> None:
    if st.user.get("is_logged_in") is True:
        st.write("You are signed in, and this address is not among those invited. Ask whoever runs the network.")
        st.button("Sign out", on_click=st.logout)
        return
    providers = access.providers()
    for provider in providers:
        label = "Sign in" if len(providers) == 1 else f"Sign in with {provider}"
        if st.button(label, key=f"sign-in-{provider}", type="primary"):
            st.login(provider)


def _by_passcode(policy: Policy) -> None:
    with st.form("passcode", border=False, width=420):
        entered = st.text_input("Passcode", type="password", max_chars=LONGEST, autocomplete="current-password")
        sent = st.form_submit_button("Come in", type="primary")
    if not sent:
        st.html('<p class="nh-quiet">Without a passcode? Whoever invited you can tell you.</p>')
        return
    # A claimed address can only cost whoever claims it: it lets nobody in, and all addresses together are slowed down.
    address = st.context.ip_address
    wait = max(st.session_state.get(NEXT_TRY, 0.0) - time.monotonic(), doorkeeper.wait(address))
    if wait > 0:
        st.caption(f"That was a lot of tries. Please wait {math.ceil(wait)} s and try again.")
        return
    role = doorkeeper.ask(entered, policy.passcodes, address=address)
    if role is not None:
        st.session_state[access.HELD_PASSCODE] = policy.passcodes[role]
        st.session_state.pop(WRONG_TRIES, None)
        st.rerun()
    wrong = st.session_state.get(WRONG_TRIES, 0) + 1
    st.session_state[WRONG_TRIES] = wrong
    st.session_state[NEXT_TRY] = time.monotonic() + pause_after(wrong)
    st.caption("This passcode opens nothing here. Mind capital letters and spaces.")


def for_staff_alone() -> None:
    """What stands behind the link of a page for staff, for everybody else: nothing of the page itself is run."""
    st.title("This page is for staff", anchor=False)
    st.html(
        '<p class="nh-question">Whoever keeps the network’s sheet sees it. All that is for you stands in the menu.</p>'
    )


def way_out() -> None:
    """In the side column: the way out for whoever came in by the door."""
    if access.policy().door is not AccessState.GUARDED:
        return
    with st.sidebar:
        if st.user.get("is_logged_in") is True:
            st.button("Sign out", on_click=st.logout, type="tertiary", icon=":material/logout:")
        elif access.HELD_PASSCODE in st.session_state:
            st.button("Leave", on_click=_leave, type="tertiary", icon=":material/logout:")


def _leave() -> None:
    st.session_state.clear()
