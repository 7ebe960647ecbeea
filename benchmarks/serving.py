"""A Streamlit server in its own process, and a viewer that uses its protocol without a browser."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).parent.parent
T = TypeVar("T")


def run_alone(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in its own thread, because an open browser leaves a loop running in this one."""
    with ThreadPoolExecutor(max_workers=1) as executor:
        return executor.submit(asyncio.run, coroutine).result()


@contextlib.contextmanager
def free_port() -> Iterator[int]:
    """Give a free loopback port; on Linux, no other process that asks for any port gets it meanwhile."""
    with socket.socket() as holder:
        # Bound but not listening: only a server that names this port and reuses addresses can take it.
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        port = int(holder.getsockname()[1])
        if sys.platform != "linux":
            holder.close()
        yield port


@contextlib.contextmanager
def serving(
    script: Path,
    *,
    flags: Sequence[str] = (),
    folder: Path = ROOT,
    environ: dict[str, str] | None = None,
    log: Path | None = None,
) -> Iterator[int]:
    """Run `script` with `streamlit run` on loopback, give the port once the server answers, and stop it at the end.

    What the server prints goes to `log`, or nowhere.
    """
    with serving_process(script, flags=flags, folder=folder, environ=environ, log=log) as (port, _):
        yield port


@contextlib.contextmanager
def serving_process(
    script: Path,
    *,
    flags: Sequence[str] = (),
    folder: Path = ROOT,
    environ: dict[str, str] | None = None,
    log: Path | None = None,
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Do as `serving` does, and give the server's process too."""
    with free_port() as port, _run(script, port, flags=flags, folder=folder, environ=environ, log=log) as process:
        wait_until_healthy(port, process)
        yield port, process


@contextlib.contextmanager
def _run(
    script: Path, port: int, *, flags: Sequence[str], folder: Path, environ: dict[str, str] | None, log: Path | None
) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true", *flags]
    with (log or Path(os.devnull)).open("ab") as printed:
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ | (environ or {}), stdout=printed, stderr=subprocess.STDOUT
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_healthy(port: int, process: subprocess.Popen[bytes], *, seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server on port {port} ended as soon as it was started")
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
            return
        time.sleep(0.05)
    raise TimeoutError(f"no answer on port {port} within {seconds} s")


@dataclass(frozen=True, slots=True)
class Visit:
    """One viewer's wait: seconds from the first request to the end of the page's run, and whether it failed."""

    seconds: float
    elements: int
    failed: bool
    kilobytes: float


async def visit(port: int, *, page: str = "", delay: float = 0.0, patience: float = 60.0) -> Visit:
    """Open the app as a browser does (connection, first run) and wait until the page's run has finished.

    What the page sends only once the browser reports a ready map is included: we report it at once.
    """
    await asyncio.sleep(delay)
    started = time.monotonic()
    elements, received, exceptions = 0, 0, 0
    waiting: Delta | None = None
    try:
        async with asyncio.timeout(patience):
            uri = f"ws://127.0.0.1:{port}/_stcore/stream"
            async with websockets.connect(uri, subprotocols=["streamlit"], max_size=None) as connection:
                request = BackMsg()
                request.rerun_script.query_string = ""
                request.rerun_script.page_name = page
                await connection.send(request.SerializeToString())
                async for raw in connection:
                    received += len(raw)
                    message = ForwardMsg.FromString(raw)
                    if message.WhichOneof("type") == "delta":
                        elements += 1
                        exceptions += message.delta.new_element.WhichOneof("type") == "exception"
                        if message.delta.new_element.bidi_component.component_name.endswith("_ready"):
                            waiting = message.delta
                    if message.WhichOneof("type") == "script_finished":
                        if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                            continue
                        if waiting is None:
                            break
                        await connection.send(map_ready_message(waiting))
                        waiting = None
    except (TimeoutError, OSError, websockets.WebSocketException):
        return Visit(time.monotonic() - started, elements, failed=True, kilobytes=received / 1000)
    return Visit(
        time.monotonic() - started, elements, failed=exceptions > 0 or elements == 0, kilobytes=received / 1000
    )


def map_ready_message(waiting: Delta) -> bytes:
    """Return what a browser sends once the map is ready: the trigger of the element that waits for it."""
    report = BackMsg()
    report.rerun_script.fragment_id = waiting.fragment_id
    trigger = report.rerun_script.widget_states.widgets.add()
    trigger.id = f"$$STREAMLIT_INTERNAL_KEY_{waiting.new_element.bidi_component.id}__events"
    trigger.json_trigger_value = json.dumps([{"event": "ready", "value": True}])
    return report.SerializeToString()


async def crowd(port: int, *, viewers: int, within: float = 1.0, page: str = "") -> list[Visit]:
    """Let some viewers open the page, spread evenly over `within` seconds."""
    return await asyncio.gather(*(visit(port, page=page, delay=within * n / viewers) for n in range(viewers)))
