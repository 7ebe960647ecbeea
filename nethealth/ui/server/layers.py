"""The layers that every request and connection passes through before Streamlit sees it, from the outside in."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from nethealth.ui import access
from nethealth.ui.server.headers import SecurityHeaders, security_headers
from nethealth.ui.server.hosts import KnownHosts
from nethealth.ui.server.metrics import ClosedMetrics
from nethealth.ui.server.uploads import UploadLimits
from nethealth.ui.server.visit_cookie import VisitCookie

__all__ = ["LAYERS", "answer_error"]

LAYERS = (
    Middleware(SecurityHeaders),
    Middleware(KnownHosts),
    Middleware(ClosedMetrics),
    Middleware(VisitCookie),
    Middleware(UploadLimits),
)


async def answer_error(_request: Request, _error: Exception) -> PlainTextResponse:
    """Answer a request on which the server failed. Starlette does so outside of all layers, so we add headers here."""
    headers = security_headers(access.policy().embed_in)
    return PlainTextResponse("Something went wrong.", status_code=500, headers=headers)
