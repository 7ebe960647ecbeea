"""A server that has just started shows the sign-in and nothing else, whatever page is asked for first."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import websockets
from argon2 import PasswordHasher
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash

from benchmarks.serving import ROOT, run_alone, serving
from nethealth.ui.routes import PAGES
from tests.pages.conftest import TIMEOUT

HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("three warm words")
FIRST_ASKED = ("", "connectivity", "seating", "data")
"""A page of each folder, because each needs a server of its own; `tests/adversary` walks all of them."""


async def first_answer(port: int, *, page: str, script_hash: str) -> str:
    """Everything the server sends to its first visitor, as one text."""
    messages = []
    async with asyncio.timeout(TIMEOUT):
        uri = f"ws://127.0.0.1:{port}/_stcore/stream"
        async with websockets.connect(uri, subprotocols=["streamlit"], max_size=None) as connection:
            request = BackMsg()
            request.rerun_script.query_string = ""
            request.rerun_script.page_name = page
            request.rerun_script.page_script_hash = script_hash
            await connection.send(request.SerializeToString())
            async for raw in connection:
                message = ForwardMsg.FromString(raw)
                messages.append(str(message))
                if message.WhichOneof("type") == "script_finished":
                    break
    return "\n".join(messages)


@pytest.mark.parametrize("address", FIRST_ASKED)
def test_first_page_is_behind_the_sign_in(address: str, tmp_path: Path) -> None:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(f'[access]\nstaff_passcode = "{HASH}"\n', encoding="utf-8")
    by_hash = calc_hash(str(ROOT / PAGES[address])) if address == "data" else ""
    with serving(ROOT / "app.py", flags=["--secrets.files", str(secrets)]) as port:
        answer = run_alone(first_answer(port, page=address, script_hash=by_hash))
    assert "Passcode" in answer
    assert "Welcome" in answer
    assert "Juniper" not in answer
    assert "nh-status" not in answer.replace(".nh-status", "")


def test_open_server_shows_the_page(tmp_path: Path) -> None:
    with serving(ROOT / "app.py", flags=["--secrets.files", str(tmp_path / "none.toml")]) as port:
        answer = run_alone(first_answer(port, page="guide", script_hash=""))
    assert "Juniper" in answer
    assert "Passcode" not in answer
