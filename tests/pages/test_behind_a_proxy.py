"""A real server behind a proxy on the same machine knows where visitors come from, and staff see who failed."""

from __future__ import annotations

from pathlib import Path

import pytest
import websockets
from argon2 import PasswordHasher

from benchmarks.serving import ROOT, run_alone, serving
from tests.pages.visitor import Visitor

STAFF = "three warm words"
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(STAFF)


async def try_from(port: int, address: str, *passcodes: str, then: str = "") -> bytes:
    """Try passcodes in one visit from an address, and return all that the last run, or the page after it, sends."""
    uri = f"ws://127.0.0.1:{port}/_stcore/stream"
    headers = {"X-Forwarded-For": address}
    async with websockets.connect(
        uri, subprotocols=["streamlit"], max_size=None, additional_headers=headers
    ) as connection:
        visitor = Visitor(connection, port)
        for passcode in passcodes:
            visitor.heard.clear()
            await visitor.come_in(passcode)
        if then:
            visitor.heard.clear()
            await visitor.run(then)
        return b"".join(visitor.heard)


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    file = tmp_path / "secrets.toml"
    file.write_text(f'[access]\nstaff_passcode = "{HASH}"\n', encoding="utf-8")
    return file


def test_visitors_behind_a_proxy_count_apart(secrets: Path, tmp_path: Path) -> None:
    async def visit(port: int) -> bytes:
        await try_from(port, "198.51.100.7", "something else")
        await try_from(port, "2001:db8:1:2::3", "something else", "something else")
        return await try_from(port, "203.0.113.5", STAFF, then="data")

    with serving(
        ROOT / "app.py", flags=["--secrets.files", str(secrets)], environ={"NETHEALTH_DATA_DIR": str(tmp_path / "data")}
    ) as port:
        staff = run_alone(visit(port))
    for shown in (b"198.51.100.x", b"2001:db8:1::x", b"203.0.113.x"):
        assert shown in staff
    assert b"198.51.100.7" not in staff
