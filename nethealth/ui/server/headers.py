"""Add to every answer what tells browsers to be careful with it, and close cookies to plain http."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nethealth.ui.server.phones.address import is_for_phones
from nethealth.ui.server.requests import is_https, policy_for

__all__ = ["SecurityHeaders", "security_headers"]

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # Addresses of pages hold people's codes.
    "Referrer-Policy": "same-origin",
}
_SECURE, _SAME_SITE = re.compile(r";\s*secure\s*(;|$)", re.I), re.compile(r";\s*samesite\s*=", re.I)


class SecurityHeaders:
    """Add the headers to every answer, errors and redirects included, and harden every cookie."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to one answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        for_phones = is_for_phones(scope["path"])

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                ours = security_headers(policy_for(scope).embed_in)
                # The phones' page brings stricter ones of its own.
                headers.update({name: ours[name] for name in ours if not (for_phones and name in headers)})
                if is_https(scope):
                    _harden_cookies(headers)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def security_headers(embed_in: Sequence[str]) -> Mapping[str, str]:
    """Return the headers, where pages on these origins may show ours in a frame. Our own may always."""
    policy = "frame-ancestors " + " ".join(["'self'", *embed_in]) + "; object-src 'none'"
    # X-Frame-Options knows no list of origins. Browsers that know frame-ancestors ignore it.
    for_old_browsers = {} if embed_in else {"X-Frame-Options": "SAMEORIGIN"}
    return {**ALWAYS, "Content-Security-Policy": policy, **for_old_browsers}


def _harden_cookies(headers: MutableHeaders) -> None:
    """Send cookies over https only, and never with requests that other sites make."""
    cookies = headers.getlist("set-cookie")
    if not cookies:
        return
    del headers["set-cookie"]
    for cookie in cookies:
        secure = "" if _SECURE.search(cookie) else "; Secure"
        same_site = "" if _SAME_SITE.search(cookie) else "; SameSite=Lax"
        headers.append("set-cookie", cookie + secure + same_site)
