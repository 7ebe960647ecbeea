"""What one person's heavy upload costs others: hundreds of people, everyone connected, while someone else reads.

540 people have nearly as many connections as we read. 900 have more, so their file is refused.

A second session runs the overview again and again, first alone (the peer), then while others upload, open, and look at
the workbook. We also measure what the server sends, its memory, and how soon the memory goes once those tabs close.
"""

from __future__ import annotations

import asyncio
import contextlib
import csv
import io
import os
import statistics
import time
import urllib.request
import uuid
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.serving import ROOT, map_ready_message, serving_process

PEOPLE, TOO_MANY = 540, 900
OPENINGS = 3
RUNS_ALONE = 60
PROMISED_OPENING, PROMISED_MEGABYTES, PROMISED_WAIT, PROMISED_RELEASE = 6.0, 3.0, 0.25, 10.0
PATIENCE = 15.0
"""Seconds that we wait for the memory to go. Python keeps part of it for the next opening."""


def everyone_connected(people: int) -> bytes:
    """Return a zip file of one Connections tab in which everyone is connected with everyone."""
    lines = io.StringIO()
    rows = csv.writer(lines)
    rows.writerow(("From", "To"))
    rows.writerows((f"Person {one}", f"Person {other}") for one in range(people) for other in range(one + 1, people))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("Connections.csv", lines.getvalue())
    return packed.getvalue()


@dataclass
class Visitor:
    """One browser tab's session, without a browser."""

    port: int
    token: str
    socket: websockets.ClientConnection
    session_id: str = ""
    uploader: str = ""
    """The id of the upload field, once a page has shown one."""
    bytes_received: int = 0
    titles: list[str] = field(default_factory=list)

    async def run(self, page: str = "", *, request: BackMsg | None = None) -> float:
        """Run a page to its end, with what it sends once its map is ready; return the seconds."""
        if request is None:
            request = BackMsg()
            request.rerun_script.page_name = page
        started = time.monotonic()
        await self.socket.send(request.SerializeToString())
        waiting = None
        while True:
            message = await self._receive()
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session_id = message.new_session.initialize.session_id or self.session_id
            elif kind == "delta":
                element = message.delta.new_element
                if element.WhichOneof("type") == "file_uploader":
                    self.uploader = element.file_uploader.id
                elif element.WhichOneof("type") == "heading":
                    self.titles.append(element.heading.body)
                elif element.bidi_component.component_name.endswith("_ready"):
                    waiting = message.delta
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                if waiting is None:
                    return time.monotonic() - started
                await self.socket.send(map_ready_message(waiting))
                waiting = None

    async def upload(self, name: str, data: bytes) -> float:
        """Upload a file on the page that shows the upload field, and wait until the run that opens it has ended."""
        started = time.monotonic()
        request = BackMsg()
        request.file_urls_request.request_id = str(uuid.uuid4())
        request.file_urls_request.file_names.append(name)
        request.file_urls_request.session_id = self.session_id
        await self.socket.send(request.SerializeToString())
        while (message := await self._receive()).WhichOneof("type") != "file_urls_response":
            pass
        urls = message.file_urls_response.file_urls[0]
        await asyncio.to_thread(self._put, urls.upload_url, name, data)
        opening = BackMsg()
        opening.rerun_script.page_name = "open"
        state = opening.rerun_script.widget_states.widgets.add()
        state.id = self.uploader
        info = state.file_uploader_state_value.uploaded_file_info.add()
        info.file_id, info.name, info.size = urls.file_id, name, len(data)
        info.file_urls.CopyFrom(urls)
        await self.run(request=opening)
        return time.monotonic() - started

    async def _receive(self) -> ForwardMsg:
        raw = await self.socket.recv()
        assert isinstance(raw, bytes)
        self.bytes_received += len(raw)
        return ForwardMsg.FromString(raw)

    def _put(self, url: str, name: str, data: bytes) -> None:
        boundary = uuid.uuid4().hex
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "X-Xsrftoken": self.token,
            "Cookie": f"_streamlit_xsrf={self.token}",
        }
        body = head.encode() + data + f"\r\n--{boundary}--\r\n".encode()
        put = urllib.request.Request(f"http://127.0.0.1:{self.port}{url}", data=body, headers=headers, method="PUT")
        with urllib.request.urlopen(put, timeout=60):
            pass


@contextlib.asynccontextmanager
async def visitor(port: int) -> AsyncIterator[Visitor]:
    """Open a tab, and close it at the end."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=60) as answer:
        cookies = answer.headers.get_all("Set-Cookie") or [""]
    token = cookies[0].split(";")[0].partition("=")[2].strip('"')
    uri = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(
        uri,
        subprotocols=[websockets.Subprotocol("streamlit"), websockets.Subprotocol(token)],
        additional_headers={"Cookie": f"_streamlit_xsrf={token}"},
        max_size=None,
        ping_timeout=None,
        open_timeout=60,
    ) as socket:
        yield Visitor(port, token, socket)


class Waits:
    """Runs the overview in one session until told to stop, and remembers how long each run took."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    @contextlib.asynccontextmanager
    async def measured(self, port: int) -> AsyncIterator[None]:
        is_done = asyncio.Event()
        is_ready = asyncio.Event()

        async def look() -> None:
            async with visitor(port) as other:
                await other.run()
                await other.run()
                is_ready.set()
                while not is_done.is_set():
                    self.seconds.append(await other.run())
                    await asyncio.sleep(0.05)

        looking = asyncio.create_task(look())
        await is_ready.wait()
        yield
        is_done.set()
        await looking

    def percentile(self, share: float) -> float:
        return sorted(self.seconds)[min(int(len(self.seconds) * share), len(self.seconds) - 1)]

    def __str__(self) -> str:
        median, high = statistics.median(self.seconds), self.percentile(0.95)
        return f"median {median:.2f} s, p95 {high:.2f}, worst {max(self.seconds):.2f}"


def cpu_seconds_of(process_id: int) -> float:
    """Return the CPU time of a process so far, which says more than the clock on a busy machine."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def megabytes_of(process_id: int) -> float:
    """Return the resident memory of a process and its children."""
    children = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            children[int(lines["Pid"])] = int(lines["PPid"]), int(lines.get("VmRSS", "0 kB").split()[0]) / 1024
    total, family = 0.0, {process_id}
    for pid, (parent, megabytes) in sorted(children.items()):
        if pid in family or parent in family:
            family.add(pid)
            total += megabytes
    return total


async def measure(port: int, process_id: int) -> None:
    data = everyone_connected(PEOPLE)
    pairs = PEOPLE * (PEOPLE - 1) // 2
    async with visitor(port) as first:
        await first.run("connectivity")
    before = megabytes_of(process_id)
    print(f"  {len(data) / 1e6:.1f} MB with {pairs:,} connections; the server has {before:.0f} MB")
    async with visitor(port) as staff:
        await staff.run("open")
        empty = staff.bytes_received
        refused = await staff.upload("heavy.zip", everyone_connected(TOO_MANY))
        assert "Overview" not in staff.titles, staff.titles
        print(f"  refused for {TOO_MANY} people: {refused:.1f} s, {(staff.bytes_received - empty) / 1e6:.2f} MB sent")
    alone, together = Waits(), Waits()
    async with alone.measured(port):
        while len(alone.seconds) < RUNS_ALONE:
            await asyncio.sleep(0.1)
    print(f"  others, alone:       {alone}")
    for number in range(1, OPENINGS + 1):
        during = Waits()
        async with during.measured(port), visitor(port) as staff:
            await staff.run("open")
            empty, spent = staff.bytes_received, cpu_seconds_of(process_id)
            opened = await staff.upload("heavy.zip", data)
            assert "Overview" in staff.titles, staff.titles
            looked = await staff.run("connectivity")
            sent = (staff.bytes_received - empty) / 1e6
            peak, spent = megabytes_of(process_id), cpu_seconds_of(process_id) - spent
        together.seconds += during.seconds
        closed = time.monotonic()
        print(
            f"  opening {number}: {opened:.1f} s until the overview, {looked:.1f} s for the map"
            f" (promised {PROMISED_OPENING:.0f}; {spent:.1f} s of CPU),"
            f" {sent:.1f} MB sent (promised {PROMISED_MEGABYTES:.0f}),"
            f" memory {before:.0f} to {peak:.0f} MB; others meanwhile: {during}"
        )
        while (left := megabytes_of(process_id)) > before + (peak - before) / 3:
            if time.monotonic() - closed > PATIENCE:
                break
            await asyncio.sleep(0.5)
        print(f"    {time.monotonic() - closed:.0f} s after closing: {left:.0f} MB (promised {PROMISED_RELEASE:.0f} s)")
    print(
        f"  others, meanwhile:   {together} (promised p95 {PROMISED_WAIT});"
        f" ratio of p95 {together.percentile(0.95) / alone.percentile(0.95):.1f}"
    )


def main() -> None:
    print("One heavy upload, and what others notice")
    with serving_process(ROOT / "app.py") as (port, process):
        asyncio.run(measure(port, process.pid))


if __name__ == "__main__":
    main()
