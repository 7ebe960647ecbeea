"""The layers let the server start and stop, and a request on which it fails gets a careful answer too."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.types import Message

from benchmarks.serving import run_alone
from nethealth.ui.server.layers import LAYERS, answer_error


def test_server_starts_and_stops_through_the_layers() -> None:
    events: list[str] = []

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        events.append("start")
        yield
        events.append("stop")

    messages: list[Message] = [{"type": "lifespan.shutdown"}, {"type": "lifespan.startup"}]

    async def receive() -> Message:
        return messages.pop()

    async def send(message: Message) -> None:
        events.append(message["type"])

    run_alone(Starlette(middleware=LAYERS, lifespan=lifespan)({"type": "lifespan", "state": {}}, receive, send))
    assert events == ["start", "lifespan.startup.complete", "stop", "lifespan.shutdown.complete"]


def test_failure_has_the_headers_and_says_nothing_of_the_error() -> None:
    answer = run_alone(answer_error(Request({"type": "http"}), ValueError("a cell of the workbook")))
    assert answer.status_code == 500
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert b"cell" not in bytes(answer.body)
