"""Phones in a live session, as the page's script behaves: they keep what they have and send it until it's confirmed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import time
from dataclasses import dataclass, field

MOST_PAUSE = 30.0
LOOKS_EVERY = 45.0
CUT_AFTER = 0.1
"""Seconds after which a connection is cut that had sent everything: the server has it by then, or will."""


class NoSignal(Exception):
    """The connection was cut."""


@dataclass
class PhoneClient:
    """One phone, with a connection that stays open between requests."""

    port: int
    code: str
    cut_share: float = 0.0
    """The share of requests whose connection is cut: half before the server got them, half after."""
    random: random.Random = field(default_factory=random.Random)
    secret: str = ""
    saved: dict[str, tuple[object, int]] = field(default_factory=dict)
    """What the server said it has, by question: value and turn."""
    confirmed_after: list[float] = field(default_factory=list)
    """Seconds from each request with answers until it was confirmed."""
    first_saved_at: float | None = None
    joined_at: float | None = None
    cuts: int = 0
    errors: list[str] = field(default_factory=list)
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def take_part(self, *, joins_after: float, answers_after: list[float]) -> None:
        """Open the page, join, and answer each statement at its time, counted in seconds from now."""
        start = time.monotonic()
        await asyncio.sleep(joins_after)
        page = await self._until_it_works("GET", "")
        self.secret = re.findall(r'"secret":"([^"]+)"', page)[0]
        await self._until_it_works("POST", "/phone", {})
        self.joined_at = time.monotonic()
        looking = asyncio.create_task(self._look())
        for number, after in enumerate(answers_after, 1):
            await asyncio.sleep(max(0.0, start + after - time.monotonic()))
            await self._answer(f"statement.{number}", self.random.randint(1, 5))
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
        self._hang_up()

    async def _answer(self, question: str, value: int) -> None:
        turn = time.time_ns() // 1_000_000
        body = {"answers": [{"question": question, "value": value, "turn": turn}]}
        reply = json.loads(await self._until_it_works("POST", "/answers", body))
        if reply["saved"] == {question: turn}:
            self.saved[question] = (value, turn)
            self.first_saved_at = self.first_saved_at or time.monotonic()
        else:
            self.errors.append(f"saved {reply}")

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOKS_EVERY * (0.75 + self.random.random() / 2))
            await self._until_it_works("GET", "/state")

    async def _until_it_works(self, method: str, path: str, body: object = None) -> str:
        pause = 1.0
        while True:
            started = time.monotonic()
            wait = 0.0
            try:
                async with self._turn:
                    status, text = await self._ask(method, path, body)
            except (NoSignal, OSError, EOFError):
                pass
            else:
                if status == 200:
                    if path == "/answers":
                        self.confirmed_after.append(time.monotonic() - started)
                    return text
                self.errors.append(f"{method} {path} {status}")
                with contextlib.suppress(ValueError):
                    wait = float(json.loads(text).get("wait", 0))
            await asyncio.sleep(max(wait, pause * (0.5 + self.random.random())))
            pause = min(MOST_PAUSE, 2 * pause)

    async def _ask(self, method: str, path: str, body: object) -> tuple[int, str]:
        if self._writer is None or self._writer.is_closing():
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)
        assert self._reader is not None
        cut = self.random.random() / self.cut_share if self.cut_share else 2.0
        content = b"" if body is None else json.dumps(body).encode()
        lines = [
            f"{method} /join/{self.code}{path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"X-Phone: {self.secret}",
            *(["Content-Type: application/json", f"Content-Length: {len(content)}"] if content else []),
        ]
        request = "\r\n".join(lines).encode() + b"\r\n\r\n" + content
        if cut < 0.5:
            self._writer.write(request[: len(request) // 2])
            await self._cut()
        self._writer.write(request)
        if cut < 1:
            await self._cut()
        try:
            return await self._read(self._reader)
        except (OSError, EOFError):
            self._hang_up()
            raise

    async def _cut(self) -> None:
        assert self._writer is not None
        self.cuts += 1
        await self._writer.drain()
        await asyncio.sleep(CUT_AFTER)
        self._hang_up()
        raise NoSignal

    @staticmethod
    async def _read(reader: asyncio.StreamReader) -> tuple[int, str]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.findall(r"(?i)^content-length: (\d+)", head, re.MULTILINE)
        content = await reader.readexactly(int(length[0])) if length else b""
        return int(head.split(" ", 2)[1]), content.decode()

    def _hang_up(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


def percentile(values: list[float], share: float) -> float:
    """Return the value below which this share of values is; 0 without values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
