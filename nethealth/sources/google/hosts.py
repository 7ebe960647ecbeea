"""Limit every request to Google's hosts, https, and a deadline.

Every session of this package uses `GoogleOnlyAdapter`, which sees each request, including redirects, token requests,
and what a library sends in the background. Like requests, it honors the environment's proxies and CA bundle, and
SSL_CERT_FILE if no bundle is set.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter, HTTPAdapter

from nethealth.errors import HostNotAllowed, ReadTimeout, SheetTooLarge

HOSTS = frozenset({"docs.google.com", "sheets.googleapis.com", "oauth2.googleapis.com"})
EXPORT_HOST = re.compile(r"[a-z0-9-]+(?:\.docs)?\.googleusercontent\.com")
"""Google serves exports from hosts such as `doc-0s-5g-sheets.googleusercontent.com`. Other names in this domain can be
machines that anyone can rent (`1.2.3.4.bc.googleusercontent.com`)."""
CONNECT_SECONDS = 5.0
READ_SECONDS = 20.0
MAX_RESPONSE_BYTES = 64_000_000
_CHUNK = 1 << 16

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment by which a whole reading must end."""

    ends_at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """Return the deadline that many seconds from now."""
        return cls(time.monotonic() + seconds)

    @property
    def remaining(self) -> float:
        """Seconds left; negative once it is over."""
        return self.ends_at - time.monotonic()

    def run(self, work: Callable[[], Result]) -> Result:
        """Return or raise what `work` does. Raises ReadTimeout at the deadline, whatever `work` is waiting for.

        Socket timeouts don't cover a DNS server that hangs or a body that trickles in. So `work` runs in its own
        thread, which we abandon at the deadline; it ends by its own timeouts.
        """
        results: list[Result] = []
        problems: list[BaseException] = []

        def record() -> None:
            try:
                results.append(work())
            except BaseException as problem:  # raised again in the caller's thread, below
                problems.append(problem)

        thread = threading.Thread(target=record, name="reading", daemon=True)
        thread.start()
        thread.join(max(0.0, self.remaining))
        if problems:
            raise problems[0]
        if not results:
            raise ReadTimeout
        return results[0]


def is_allowed(url: str) -> bool:
    """True if we may send a request to this URL."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip(".").casefold(), parts.port
    except ValueError:
        return False
    is_google = host in HOSTS or EXPORT_HOST.fullmatch(host) is not None
    return parts.scheme == "https" and is_google and port in {None, 443} and parts.username is None


class GoogleOnlyAdapter(BaseAdapter):
    """Sends requests through `transport` if they go to Google; limits their time and the size of the response."""

    def __init__(self, *, deadline: Deadline, transport: BaseAdapter | None = None) -> None:
        super().__init__()
        self._deadline = deadline
        self._transport = transport if transport is not None else HTTPAdapter()

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send a request to Google. Raises HostNotAllowed for another host, ReadTimeout, or what requests raises."""
        if not is_allowed(request.url or ""):
            raise HostNotAllowed
        remaining = self._deadline.remaining
        if remaining <= 0:
            raise ReadTimeout
        if verify is True:
            verify = os.environ.get("SSL_CERT_FILE") or True
        response = self._transport.send(
            request,
            stream=stream,
            timeout=_limit_timeouts(timeout, remaining),
            verify=verify,
            cert=cert,
            proxies=proxies,
        )
        response.raw = _BoundedBody(response.raw, deadline=self._deadline)
        return response

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()


def _limit_timeouts(timeout: Any, remaining: float) -> tuple[float, float]:
    """Return the caller's connect and read timeouts (or our defaults), neither longer than what remains."""
    connect, read = timeout if isinstance(timeout, tuple) else (CONNECT_SECONDS, timeout)
    return min(connect or CONNECT_SECONDS, remaining), min(read or READ_SECONDS, remaining)


class _BoundedBody:
    """A response body that ends at the deadline and at the largest size. Delegates everything else."""

    def __init__(self, body: Any, *, deadline: Deadline) -> None:
        self._body = body
        self._deadline = deadline

    def __getattr__(self, name: str) -> Any:
        return getattr(self._body, name)

    def stream(self, _amount: int = _CHUNK, decode_content: bool | None = None) -> Iterator[bytes]:
        """Yield the body as it arrives, so that one that trickles in also ends at the deadline."""
        bytes_received = 0
        try:
            while chunk := self._body.read1(_CHUNK, decode_content=decode_content):
                bytes_received += len(chunk)
                if bytes_received > MAX_RESPONSE_BYTES:
                    raise SheetTooLarge
                if self._deadline.remaining <= 0:
                    raise ReadTimeout
                yield chunk
        except BaseException:
            self._body.close()
            raise


def restrict_to_google(
    session: requests.Session, *, deadline: Deadline, transport: BaseAdapter | None = None
) -> requests.Session:
    """Restrict a session to Google's hosts, and keep it from sending .netrc passwords. Returns the session."""
    session.adapters.clear()
    session.mount("", GoogleOnlyAdapter(deadline=deadline, transport=transport))
    session.auth = _no_netrc
    return session


def _no_netrc(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
