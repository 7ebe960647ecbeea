"""A browser that asks an app in this process, without a server and a network."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Headers
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    def json(self) -> Any:
        return json.loads(self.content)


@dataclass(slots=True)
class Browser:
    app: ASGIApp
    host: str = "203.0.113.7"
    """Where it is in the network."""
    headers: Mapping[str, str] = field(default_factory=dict)

    def get(
        self, path: str, *, params: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        return self._ask("GET", path, urlencode(params or {}), b"", headers or {})

    def post(self, path: str, *, content: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        return self._ask("POST", path, "", content, {"Content-Type": "application/json", **(headers or {})})

    def _ask(self, method: str, path: str, query: str, content: bytes, headers: Mapping[str, str]) -> Answer:
        path, _, in_path = path.partition("?")
        sent = {"Host": "localhost", **self.headers, **headers}
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": quote(path).encode(),
            "root_path": "",
            "query_string": (query or in_path).encode(),
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in sent.items()],
            "client": (self.host, 50_000),
            "server": ("localhost", 80),
        }
        heard: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": content, "more_body": False}

        async def send(message: Message) -> None:
            heard.append(message)

        asyncio.run(self.app(scope, receive, send))
        body = b"".join(message.get("body", b"") for message in heard)
        return Answer(heard[0]["status"], Headers(raw=heard[0]["headers"]), body)
