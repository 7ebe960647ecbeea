"""What the screen invites people with: the address that joins a session."""

from __future__ import annotations

from functools import cache

import streamlit as st
from streamlit.net_util import get_internal_ip

from nethealth.live.session import LiveSession
from nethealth.privacy.sign_in_attempts.addresses import network_of
from nethealth.ui.access import is_loopback
from nethealth.ui.server.phones.address import address_from, are_served
from nethealth.ui.server.phones.routes import desk


def join_address(session: LiveSession) -> str:
    """Return the address that joins a session, for its QR code: on the host under which this visitor sees the app.

    If they see it under an address that only this machine has, while others can reach the server, it's this machine's
    address in its network. Call it from a page for staff: phones in the network where staff open it are no strangers.
    """
    desk.limits.know(network_of(st.context.ip_address), session.id)
    return address_from(
        st.context.url or "",
        code=session.code,
        port=int(st.get_option("server.port")),
        other_host=None if is_loopback(st.get_option("server.address")) else _own_address(),
        has_routes=are_served(),
    )


@cache
def _own_address() -> str | None:
    return get_internal_ip()
