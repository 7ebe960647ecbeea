"""The sign-in page, and the pages for visitors without access."""

from __future__ import annotations

import logging
import math

import streamlit as st
from streamlit.logger import get_logger

from nethealth.presentation.formatting import pluralize
from nethealth.privacy.passcodes import MAX_LENGTH
from nethealth.privacy.private_files import data_folder
from nethealth.privacy.sign_in_attempts.addresses import network_of, shortened
from nethealth.privacy.sign_in_attempts.known_visitors import known_visitors_in
from nethealth.privacy.sign_in_attempts.limits import Guest, PasscodeLimiter
from nethealth.privacy.sign_in_attempts.log import sign_in_log_in
from nethealth.ui import access
from nethealth.ui.access import AccessState, Policy, Role
from nethealth.ui.server.visits import browser_of

NOTED_KEY = "_sign_in_noted"
"""The account whose sign-in this session has noted."""
LONGEST_EMAIL = 254
RECHECK_SECONDS = 12.0
"""How often an open page checks whether people can come in again."""

passcode_limiter = PasscodeLimiter()
"""Shared by all sessions of the process, so that their attempts are slowed down together."""


def show_sign_in() -> None:
    """Show the ways to sign in that `[access]` allows. Draws nothing of the network."""
    policy = access.policy()
    if policy.state is AccessState.CLOSED:
        st.title("No one can sign in right now", anchor=False)
        st.html('<p class="nh-question">Access isn’t set up correctly, so we’re keeping this network private.</p>')
        st.caption(f"For the person who runs this app: {policy.reason}")
        st.fragment(_open_again, run_every=RECHECK_SECONDS)()
        return
    st.title("Welcome", anchor=False)
    st.html('<p class="nh-question">This network’s pages are for people it has invited.</p>')
    if policy.has_auth:
        _show_account_sign_in(policy)
    if policy.passcodes:
        _show_passcode_form(policy)


def _open_again() -> None:
    """Draw the page again once people can come in: those who were in before are in again."""
    if access.policy().state is not AccessState.CLOSED:
        st.rerun()


def _show_account_sign_in(policy: Policy) -> None:
    if st.user.get("is_logged_in") is True and access.invited_as(policy, access.credentials()) is None:
        note_account_sign_in(None)
        st.write("You’re signed in, but this email address isn’t on the invitation list. Ask the network’s staff.")
        st.button("Sign out", on_click=access.sign_out)
        return
    providers = access.providers()
    for provider in providers:
        label = "Sign in" if len(providers) == 1 else f"Sign in with {provider}"
        if st.button(label, key=f"sign-in-{provider}", type="primary"):
            st.login(provider)


def _show_passcode_form(policy: Policy) -> None:
    with st.form("passcode", border=False, width=420):
        entered = st.text_input("Passcode", type="password", max_chars=MAX_LENGTH, autocomplete="current-password")
        is_submitted = st.form_submit_button("Sign in", type="primary")
    if not is_submitted:
        st.html('<p class="nh-quiet">No passcode? Ask the person who invited you.</p>')
        return
    # Faking an address only hurts the sender: it lets no one in, and attempts from all addresses are limited together.
    guest = _guest()
    wait = passcode_limiter.wait(guest)
    if wait > 0:
        _note(None)
        st.caption(f"Too many attempts. Please wait {pluralize(math.ceil(wait), 'second')} and try again.")
        return
    role = passcode_limiter.check(entered, policy.passcodes, guest)
    _note(role)
    if role is not None:
        st.session_state[access.PASSCODE_HASH_KEY] = policy.passcodes[role]
        st.rerun()
    st.caption("That passcode isn’t right. Check capital letters and spaces.")


def note_account_sign_in(role: Role | None) -> None:
    """Note, once per session, that the visitor signed in with an account, and what it made them."""
    email = st.user.get("email")
    if st.user.get("is_logged_in") is not True or st.session_state.get(NOTED_KEY) == email:
        return
    st.session_state[NOTED_KEY] = email
    _note(role, email=str(email)[:LONGEST_EMAIL])


def _note(role: Role | None, *, email: str | None = None) -> None:
    """Note an attempt to sign in for staff, in the server's log, and for the next time that this visitor comes."""
    address = shortened(st.context.ip_address)
    if sign_in_log_in(data_folder()).add(role=role, address=address, email=email):
        logger = get_logger(__name__)
        logger.setLevel(logging.INFO)  # whatever the app's other messages are limited to
        logger.info("Sign-in from %s: %s", address, role or "failed")
    if role is not None:
        known_visitors_in(data_folder()).add(*_places(), role=role)


def _guest() -> Guest:
    """Return the visitor by their browser or network, whichever someone signed in from before."""
    known = known_visitors_in(data_folder())
    return next(
        (Guest(place, role) for place in _places() for role in Role if known.knows(place, role=role)),
        Guest(network_of(st.context.ip_address)),
    )


def _places() -> list[str]:
    browser, network = browser_of(st.context.cookies.to_dict()), network_of(st.context.ip_address)
    return [place for place in (f"browser {browser}" if browser else "", network) if place]


def show_not_for_you() -> None:
    """Show a notice in place of a page that the visitor may not open, whose code doesn't run."""
    is_weaver = access.role() is Role.WEAVER
    st.title("This page isn’t for weavers" if is_weaver else "This page is for staff", anchor=False)
    st.html('<p class="nh-question">The menu lists all the pages you can open.</p>')


def show_sign_out() -> None:
    """Show a way to sign out in the sidebar, if the visitor signed in."""
    if access.policy().state is not AccessState.GUARDED:
        return
    with st.sidebar:
        if st.user.get("is_logged_in") is True:
            st.button("Sign out", on_click=access.sign_out, type="tertiary", icon=":material/logout:")
        elif access.PASSCODE_HASH_KEY in st.session_state:
            st.button("Sign out", on_click=st.session_state.clear, type="tertiary", icon=":material/logout:")
