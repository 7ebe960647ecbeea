"""A passcode stops working when it's changed, for open sessions too, and whatever slip is in between."""

from __future__ import annotations

import os
import re
from pathlib import Path

import websockets
from argon2 import PasswordHasher
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.serving import ROOT, run_alone, serving
from tests.pages.visitor import Visitor

OLD, NEW = "three warm words", "another one today"
RULES = {
    code: f'[access]\nstaff_passcode = "{PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(code)}"\n'
    for code in (OLD, NEW)
}
PAGE, SIGN_IN, CLOSED = b"nh-status", b"Passcode", b"No one can sign in"


class Guest(Visitor):
    """A visitor who tells what came last."""

    async def sees(self, text: bytes) -> bool:
        """Whether what is sent for a run of the page holds a text."""
        self.heard.clear()
        await self.run()
        # The styles that each page is sent name every class.
        return any(text in message.replace(b".nh-status", b"") for message in self.heard)

    async def refreshes_to(self, text: bytes) -> bool:
        """Whether the part of the page that runs by itself every few seconds brings a text."""
        messages = [ForwardMsg.FromString(raw) for raw in self.heard]
        request = BackMsg()
        request.rerun_script.fragment_id = [
            each.auto_rerun.fragment_id for each in messages if each.auto_rerun.interval
        ][-1]
        self.heard.clear()
        await self._connection.send(request.SerializeToString())
        await self._until("script_finished")
        return any(text in message.replace(b".nh-status", b"") for message in self.heard)

    async def downloads(self) -> bool:
        """Whether a file that was offered is still made."""
        (button, *_) = self._of("download_button")
        request = BackMsg()
        request.backend_operation_request.request_id = "1"
        request.backend_operation_request.session_id = self._session
        request.backend_operation_request.deferred_file.file_id = button.deferred_file_id
        await self._connection.send(request.SerializeToString())
        answer = await self._until("backend_operation_response")
        return not answer.backend_operation_response.error_msg


def test_files_hold_what_the_visitor_may_see(tmp_path: Path) -> None:
    file = tmp_path / "secrets.toml"
    file.write_text(RULES[OLD], encoding="utf-8")

    async def files_of_staff(port: int) -> bytes:
        uri = f"ws://127.0.0.1:{port}/_stcore/stream"
        async with websockets.connect(uri, subprotocols=["streamlit"], max_size=None) as connection:
            guest = Guest(connection, port)
            await guest.come_in(OLD)
            await guest.run("connectivity")
            guest.heard.clear()
            await guest.take_downloads()
            return b"".join(guest.heard)

    with serving(ROOT / "app.py", flags=["--secrets.files", str(file)]) as port:
        files = run_alone(files_of_staff(port))
    for only_for_staff in (b"Named by", b"Confirmed by both"):
        assert re.search(rb"\xef\xbb\xbf[^\r\n]*" + only_for_staff, files), "in the headers of a .csv file"


def replace_by_older(file: Path) -> None:
    other = file.with_suffix(".new")
    other.write_text(RULES[NEW], encoding="utf-8")
    os.utime(other, (1, 1))
    other.replace(file)


def test_changed_passcode_ends_old_sessions(tmp_path: Path) -> None:
    file = tmp_path / "secrets.toml"

    async def visit(port: int) -> None:
        uri = f"ws://127.0.0.1:{port}/_stcore/stream"
        async with (
            websockets.connect(uri, subprotocols=["streamlit"], max_size=None) as one,
            websockets.connect(uri, subprotocols=["streamlit"], max_size=None) as two,
        ):
            old, new = Guest(one, port), Guest(two, port)
            await old.come_in(OLD)
            await old.run("experience")
            assert await old.downloads()
            offered = list(old._elements)

            file.write_text(RULES[OLD] + "[oops\n", encoding="utf-8")
            assert await old.sees(CLOSED)
            assert await new.sees(CLOSED)
            file.write_text(RULES[OLD], encoding="utf-8")
            assert await old.refreshes_to(PAGE), "the page opens by itself"

            replace_by_older(file)
            old._elements = offered
            assert not await old.downloads(), "a page that is still open makes no more files"
            assert await old.sees(SIGN_IN)
            await old.come_in(OLD)
            assert await old.sees(SIGN_IN)
            await new.come_in(NEW)
            assert await new.sees(PAGE)

            file.write_text(RULES[OLD], encoding="utf-8")
            os.utime(file, (1, 1))
            assert await new.refreshes_to(SIGN_IN), "the page closes by itself"

    file.write_text(RULES[OLD], encoding="utf-8")
    with serving(ROOT / "app.py", flags=["--secrets.files", str(file)]) as port:
        run_alone(visit(port))
