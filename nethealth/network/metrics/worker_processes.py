"""Betweenness worked out on the machine's other cores, in processes of their own, since igraph holds Python's lock.

A helper is this very file run as a program: it imports igraph alone and nothing of the app (no page, no secret), reads
the network and then one request after the other from its standard input, and ends when that ends, so that it can't
outlive whoever asked. Nobody ever waits for a helper: what it has not answered is worked out by whoever needs it.
"""

from __future__ import annotations

import contextlib
import os
import struct
import subprocess
import sys
import threading
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, cast

MOST_HELPERS = 3
OURS = "NETHEALTH_"
"""How the app's own variables begin, some of which hold secrets: no helper needs them."""
SIZES = struct.Struct("<qq")
COUNT = struct.Struct("<q")


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_free = threading.BoundedSemaphore(max(1, min(cores() - 1, MOST_HELPERS)))
"""Helpers that may run at once for all sessions together: one core is left for the pages."""


class Helpers:
    """Processes that take requests from `take` and give what they find to `give` until `take` gives None.

    Starting them never fails: where no process can be started, or no core is free, there is none. `take` and `give` are
    called from threads.
    """

    def __init__(
        self,
        size: int,
        edges: Sequence[tuple[int, int]],
        *,
        take: Callable[[], tuple[int, Sequence[int]] | None],
        give: Callable[[int, array[float]], None],
    ) -> None:
        self._size, self._take, self._give = size, take, give
        self._ended = False
        self._lock = threading.Lock()
        self._running: list[subprocess.Popen[bytes]] = []
        if cores() < 2 or not sys.executable:
            return
        head = SIZES.pack(size, len(edges)) + array("q", [end for edge in edges for end in edge]).tobytes()
        while len(self._running) < MOST_HELPERS and _free.acquire(blocking=False):
            if not self._start(head):
                _free.release()
                return

    def end(self) -> None:
        """End them at once, whatever they are at."""
        with self._lock:
            self._ended = True
            for process in self._running:
                process.kill()

    def _start(self, head: bytes) -> bool:
        try:
            process = subprocess.Popen(  # noqa: S603 - this very file, with nothing that anybody typed
                [sys.executable, "-P", str(Path(__file__))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={name: value for name, value in os.environ.items() if not name.startswith(OURS)},
            )
        except OSError:
            return False
        self._running.append(process)
        threading.Thread(target=self._ask, args=(process, head), name="other-core", daemon=True).start()
        return True

    def _ask(self, process: subprocess.Popen[bytes], head: bytes) -> None:
        """Hand requests to one helper and take its answers until there is nothing left to ask, or it has died."""
        requests, answers = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        try:
            requests.write(head)
            while (asked := self._take()) is not None:
                number, sources = asked
                requests.write(COUNT.pack(len(sources)) + array("q", sources).tobytes())
                requests.flush()
                answer = array("d")
                answer.frombytes(_read(answers, 8 * self._size))
                self._give(number, answer)
        except (OSError, ValueError, EOFError):
            pass  # it died or was ended: whoever needs the answer works it out
        finally:
            process.kill()
            process.wait()
            for pipe in (requests, answers):
                with contextlib.suppress(OSError):  # what was still to be written has no reader any more
                    pipe.close()
            with self._lock:
                self._running.remove(process)
            _free.release()


def _read(pipe: IO[bytes], length: int) -> bytes:
    """Exactly so many bytes; raises `EOFError` where the pipe ends before."""
    found = pipe.read(length)
    if len(found) < length:
        raise EOFError
    return found


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """What a helper does: read a network, then answer requests for betweenness from some sources until they end."""
    import igraph

    size, ties = SIZES.unpack(_read(requests, SIZES.size))
    ends = array("q")
    ends.frombytes(_read(requests, 16 * ties))
    graph = igraph.Graph(n=size, edges=list(zip(ends[::2], ends[1::2], strict=True)))
    while True:
        try:
            (count,) = COUNT.unpack(_read(requests, COUNT.size))
            sources = array("q")
            sources.frombytes(_read(requests, 8 * count))
        except EOFError:
            return
        answers.write(array("d", graph.betweenness(directed=False, sources=sources.tolist())).tobytes())
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
