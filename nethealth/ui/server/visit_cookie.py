"""Give every browser a cookie, and let only the browser that began a session come back to it."""

from __future__ import annotations

import secrets

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nethealth.ui.server.phones.address import is_for_phones
from nethealth.ui.server.requests import is_https
from nethealth.ui.server.visits import COOKIE, SECURE_COOKIE, visit_of

__all__ = ["VisitCookie"]

YEAR = 365 * 86_400
"""Seconds. A browser that someone signed in with can come in while others guess passcodes, so it must stay known."""
PROTOCOLS = b"sec-websocket-protocol"


class VisitCookie:
    """Set the cookie with the page, and drop the session id that another browser names when it connects.

    That browser then begins a session of its own, and the owner of the other one notices nothing.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Set the cookie, or check the session id."""
        if scope["type"] == "websocket":
            await self.app(_without_foreign_session(scope), receive, send)
            return
        if scope["type"] != "http" or is_for_phones(scope["path"]):
            await self.app(scope, receive, send)
            return
        name = SECURE_COOKIE if is_https(scope) else COOKIE
        if name in HTTPConnection(scope).cookies:
            await self.app(scope, receive, send)
            return

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    secure = "; Secure" if name == SECURE_COOKIE else ""
                    attributes = f"Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax{secure}"
                    headers.append("set-cookie", f"{name}={secrets.token_urlsafe(32)}; {attributes}")
                    # A cache that many people share would give them all the same cookie.
                    headers["cache-control"] = "private, no-cache"
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def _without_foreign_session(scope: Scope) -> Scope:
    """Return the scope of a connection without the session id in it, unless the session is this browser's own.

    Streamlit's page sends its session id as the third of the subprotocols: `streamlit, token, id`.
    """
    connection = HTTPConnection(scope)
    named = connection.headers.get("sec-websocket-protocol", "").split(",")
    if len(named) < 3 or visit_of(named[2].strip(), connection.cookies) is not None:
        return scope
    without_id = ",".join(named[:2]).encode("latin-1")
    headers = [(name, value) for name, value in scope["headers"] if name.lower() != PROTOCOLS]
    protocols = [each.strip() for each in named[:2] if each.strip()]
    return {**scope, "headers": [*headers, (PROTOCOLS, without_id)], "subprotocols": protocols}
