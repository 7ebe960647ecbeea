"""Read what a request says about itself, and turn requests away."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from nethealth.ui import access
from nethealth.ui.access import Policy

__all__ = ["hostname_of", "is_https", "policy_for", "refuse"]

POLICY_KEY = "nethealth.policy"


def hostname_of(address: str) -> str | None:
    """Return the host name in a `Host` header, in lower case and without a port; None if it isn't one."""
    try:
        parts = urlsplit(f"//{address}")
        _ = parts.port
    except ValueError:
        return None
    if parts.hostname is None or parts.netloc != address or "@" in address:
        return None
    return parts.hostname.lower().rstrip(".")


def is_https(scope: Scope) -> bool:
    """True if the browser says https, to us or to a proxy in front of us, or if `[auth]` says so of this host name.

    Use this only to be stricter: a false header makes only its sender's own cookies stricter.
    """
    headers = HTTPConnection(scope).headers
    forwarded = headers.get("x-forwarded-proto", "").split(",")[0].strip().lower()
    known = policy_for(scope).https_host
    return (
        scope.get("scheme") in {"https", "wss"}
        or forwarded == "https"
        or (bool(known) and hostname_of(headers.get("host", "")) == known)
    )


def policy_for(scope: Scope) -> Policy:
    """Return who may come in, read once per request."""
    if POLICY_KEY not in scope:
        scope[POLICY_KEY] = access.policy()
    found: Policy = scope[POLICY_KEY]
    return found


async def refuse(scope: Scope, receive: Receive, send: Send, *, status: int, reason: str) -> None:
    """Answer a request with an error before anything else reads it, or close a connection before it opens."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": reason})
        return
    response = PlainTextResponse(reason, status_code=status, headers={"Connection": "close"})
    await response(scope, receive, send)
