"""What someone records: how long until it is stored, and until it shows on every page that is open elsewhere.

Stored is compared with a bare SQLite database that is as careful. What open pages cost while nothing happens is
compared with pages that ask every two seconds.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import websockets
from playwright.sync_api import Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.browser import chromium
from benchmarks.serving import ROOT, map_ready_message, serving, serving_process
from nethealth.contributions.entries import workbook_key
from nethealth.contributions.journal import Journal
from nethealth.contributions.recording import Recorder, new_entry
from nethealth.sources import read_path
from nethealth.sources.references import FileReference
from nethealth.workbook.reader import read_workbook

CONFIRMED, SHOWN = 0.1, 2.0
"""Promised seconds: until it is stored, and until every open page shows it."""
VIEWERS = 40
IDLE_SECONDS = 12.0
TALK = {"Date": dt.date(2026, 11, 30), "Weaver": "Wendy Marsh", "Member": "Adriana Torres", "What we heard": "x" * 500}
SMALLEST = """
import streamlit as st
st.title("Smallest")
if st.button("Save"):
    st.toast("Saved.")
"""
THANKS, TOAST = ".nh-thanks", '[data-testid="stToast"]'
WATCH = """
(selector) => {
  window.confirmedAfter = null;
  let clicked = 0;
  document.addEventListener("click", () => { clicked = performance.now(); }, true);
  new MutationObserver(() => {
    if (clicked && window.confirmedAfter === null && document.querySelector(selector))
      window.confirmedAfter = performance.now() - clicked;
  }).observe(document.body, {subtree: true, childList: true});
}
"""
ASKING = """
import streamlit as st
@st.fragment(run_every=2)
def status():
    st.write("Updated moments ago")
status()
"""


def median_seconds(act: Callable[[], object], *, times: int = 50) -> float:
    waits = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        waits.append(time.perf_counter() - started)
    return statistics.median(waits)


def print_storing(folder: Path) -> None:
    journal = Journal.in_file(folder / "stored.db")
    recorder = Recorder(journal, "sample")
    ours = median_seconds(
        lambda: recorder.record([new_entry("sample", "Weaving", TALK, author="", now=dt.datetime.now(dt.UTC))])
    )
    journal.close()
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    bare.execute("PRAGMA journal_mode=WAL")
    bare.execute("PRAGMA synchronous=FULL")
    bare.execute("CREATE TABLE entries (cells TEXT)")
    peer = median_seconds(lambda: bare.execute("INSERT INTO entries VALUES (?)", [repr(TALK)]))
    bare.close()
    print(
        f"  stored after {ours * 1000:.1f} ms (promised {CONFIRMED * 1000:.0f} ms); a bare SQLite database takes "
        f"{peer * 1000:.1f} ms, {ours / peer:.1f} times less"
    )


def confirmed_seconds(page: Page, address: str, selector: str, *, fill: Callable[[Page], None]) -> float:
    """Return the seconds from a click on Save until the page confirms it in an element with this CSS selector."""
    page.goto(address)
    fill(page)
    page.wait_for_timeout(2_000)
    page.evaluate(WATCH, selector)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_function("window.confirmedAfter !== null")
    return float(page.evaluate("window.confirmedAfter")) / 1000


def fill_conversation(page: Page) -> None:
    page.get_by_role("button", name="Record a conversation").first.click()
    for label, value in (("Who did you talk with?", "Adri"), ("Your name", "Wendy Marsh")):
        page.get_by_label(label).first.click()
        page.keyboard.type(value)
        page.wait_for_timeout(300)
        page.keyboard.press("Enter")
    page.get_by_label("What did you hear?").fill("Wants to meet others who teach algebra.")


def print_confirming(folder: Path) -> None:
    smallest = folder / "smallest.py"
    smallest.write_text(SMALLEST, encoding="utf-8")
    with chromium() as browser:
        with serving(ROOT / "app.py", environ={"NETHEALTH_DATA_DIR": str(folder / "confirmed")}) as port:
            address = f"http://127.0.0.1:{port}/weaving"
            ours = statistics.median(
                confirmed_seconds(browser.new_page(), address, THANKS, fill=fill_conversation) for _ in range(5)
            )
        with serving(smallest, folder=folder) as port:
            address = f"http://127.0.0.1:{port}"
            peer = statistics.median(
                confirmed_seconds(browser.new_page(), address, TOAST, fill=lambda page: page.wait_for_selector("h1"))
                for _ in range(5)
            )
    print(
        f"  confirmed {ours * 1000:.0f} ms after the click on Save (promised {CONFIRMED * 1000:.0f} ms); the smallest "
        f"app takes {peer * 1000:.0f} ms, ours {ours / peer:.1f} times as long"
    )


class OpenPage:
    """A page that someone leaves open. Its parts that refresh themselves do, as in a browser."""

    def __init__(self) -> None:
        self.runs = 0
        self._asking: dict[str, asyncio.Task[None]] = {}
        self.is_ready = asyncio.Event()
        self.last_run_at = 0.0
        self._page = self._page_hash = self._query = ""

    def hear(self, message: ForwardMsg) -> None:
        """Look at what the server sent."""

    async def stay(self, port: int, *, page: str = "", query: str = "") -> None:
        self._page, self._query = page, query
        uri = f"ws://127.0.0.1:{port}/_stcore/stream"
        async with websockets.connect(uri, subprotocols=["streamlit"], max_size=None) as connection:  # type: ignore[list-item]
            await connection.send(self._request().SerializeToString())
            try:
                await self._listen(connection)
            finally:
                self._stop_asking()

    async def _listen(self, connection: websockets.ClientConnection) -> None:
        async for raw in connection:
            message = ForwardMsg.FromString(raw)
            kind = message.WhichOneof("type")
            self.hear(message)
            if kind == "delta" and message.delta.new_element.bidi_component.component_name.endswith("_ready"):
                await connection.send(map_ready_message(message.delta))
            elif kind == "navigation":
                self._page_hash = message.navigation.page_script_hash
            elif kind == "auto_rerun":
                part = message.auto_rerun.fragment_id
                if part in self._asking:
                    self._asking.pop(part).cancel()
                self._asking[part] = asyncio.create_task(self._ask(connection, part, message.auto_rerun.interval))
            elif kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                self.runs, self.last_run_at = self.runs + 1, time.monotonic()
                self.is_ready.set()

    def _request(self) -> BackMsg:
        request = BackMsg()
        request.rerun_script.query_string, request.rerun_script.page_name = self._query, self._page
        request.rerun_script.page_script_hash = self._page_hash
        return request

    async def _ask(self, connection: websockets.ClientConnection, part: str, interval: float) -> None:
        while True:
            await asyncio.sleep(interval)
            request = self._request()
            request.rerun_script.fragment_id, request.rerun_script.is_auto_rerun = part, True
            await connection.send(request.SerializeToString())

    def _stop_asking(self) -> None:
        for task in self._asking.values():
            task.cancel()
        self._asking.clear()


def cpu_seconds(process_id: int) -> float:
    """Return the processor time that a process has used (on Linux)."""
    fields = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


async def watch(port: int, process_id: int, record: Callable[[], object] | None) -> tuple[float, list[float]]:
    """Open pages; return the processor time of some idle seconds, and how long each page took to show an entry."""
    pages = [OpenPage() for _ in range(VIEWERS)]
    tasks = [asyncio.create_task(page.stay(port)) for page in pages]
    async with asyncio.timeout(180):
        await asyncio.gather(*(page.is_ready.wait() for page in pages))
    await asyncio.sleep(3)
    before = cpu_seconds(process_id)
    await asyncio.sleep(IDLE_SECONDS)
    idle = cpu_seconds(process_id) - before
    waits: list[float] = []
    if record is not None:
        runs = [page.runs for page in pages]
        await asyncio.to_thread(record)
        recorded_at = time.monotonic()
        while any(page.runs == run for page, run in zip(pages, runs, strict=True)):
            await asyncio.sleep(0.05)
            if time.monotonic() - recorded_at > 60:
                raise TimeoutError("a page didn't show the entry")
        waits = [page.last_run_at - recorded_at for page in pages]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return idle, waits


def main() -> None:
    print(f"An entry that someone records, with {VIEWERS} pages open elsewhere")
    with tempfile.TemporaryDirectory() as scratch:
        folder, data, asking = Path(scratch) / "workbook", Path(scratch) / "data", Path(scratch) / "asking.py"
        print_storing(Path(scratch))
        print_confirming(Path(scratch))
        shutil.copytree(ROOT / "data" / "sample", folder)
        asking.write_text(ASKING, encoding="utf-8")
        key = workbook_key(FileReference(folder))
        journal = Journal.in_file(data / "journal.db")

        def record() -> None:
            journal.record([new_entry(key, "Weaving", TALK, author="", now=dt.datetime.now(dt.UTC))])

        environ = {"NETHEALTH_SPREADSHEET": str(folder), "NETHEALTH_DATA_DIR": str(data)}
        with serving_process(ROOT / "app.py", environ=environ) as (port, process):
            idle, waits = asyncio.run(watch(port, process.pid, record))
            reading = median_seconds(lambda: read_workbook(read_path(folder)), times=3)
        journal.close()
        with serving_process(asking, folder=Path(scratch)) as (port, process):
            peer, _ = asyncio.run(watch(port, process.pid, None))
    print(
        f"  another copy of the app recorded it: on the first page after {min(waits):.2f} s, on all after "
        f"{max(waits):.2f} s (promised {SHOWN:.0f} s); reading the workbook alone takes {reading:.2f} s"
    )
    print(
        f"  open pages took {idle:.2f} s of processor time in {IDLE_SECONDS:.0f} s; nearly empty pages that ask every "
        f"two seconds take {peer:.2f} s"
    )


if __name__ == "__main__":
    main()
