"""Answer only to host names that belong to this server.

A web page elsewhere can give its own host name the address 127.0.0.1, and then reads our pages as if they were its own
(DNS rebinding). The `Host` header still says that name, so we turn it away.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from nethealth.ui.access import AccessState, is_loopback
from nethealth.ui.server.requests import hostname_of, policy_for, refuse

__all__ = ["KnownHosts", "is_known_host"]

REASON = (
    "This server doesn’t answer to that host name. To allow it, add it to server.allowedHosts (docs/for-hosts.md, "
    "section 3)."
)


class KnownHosts:
    """Turn away requests and connections under a host name that isn't ours."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what came under a name of ours."""
        if scope["type"] not in {"http", "websocket"} or is_known_host(
            HTTPConnection(scope).headers.get("host", ""),
            allowed=st.get_option("server.allowedHosts") or (),
            only_this_machine=policy_for(scope).state is AccessState.OPEN,
        ):
            await self.app(scope, receive, send)
        else:
            await refuse(scope, receive, send, status=421, reason=REASON)


def is_known_host(host: str, *, allowed: Sequence[str], only_this_machine: bool) -> bool:
    """True if a `Host` header names this server.

    `allowed` is Streamlit's setting: names, `*.example.org`, or `*`. A loopback name is always ours. Without a list,
    every name is, unless the server is open to everyone on this machine.
    """
    name = hostname_of(host)
    if name is not None and (is_loopback(name) or name.endswith(".localhost")):
        return True
    if not allowed:
        return not only_this_machine
    return name is not None and any(_matches(name, pattern.strip().lower().rstrip(".")) for pattern in allowed)


def _matches(name: str, pattern: str) -> bool:
    return pattern in {"*", name} or (pattern.startswith("*.") and name.endswith(pattern[1:]))
