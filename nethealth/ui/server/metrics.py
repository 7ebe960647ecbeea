"""Keep Streamlit's metrics to itself: they say how many people are visiting, and how the server works."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from nethealth.ui.server.requests import policy_for, refuse

__all__ = ["ClosedMetrics"]

PATH = "/_stcore/metrics"


class ClosedMetrics:
    """Answer as if there were no metrics, unless `[access]` says `show_metrics`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on everything else."""
        is_for_metrics = scope["type"] == "http" and scope["path"].rstrip("/").endswith(PATH)
        if is_for_metrics and not policy_for(scope).show_metrics:
            await refuse(scope, receive, send, status=404, reason="Not Found")
        else:
            await self.app(scope, receive, send)
