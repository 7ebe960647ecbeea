"""Helpers in other processes: they answer, end with whoever asked, and are never waited for."""

from __future__ import annotations

import io
import itertools
import subprocess
import sys
import threading
from array import array
from collections.abc import Callable, Iterator, Sequence

import networkx as nx
import pytest

from nethealth.network.metrics import worker_processes as other_cores
from nethealth.network.metrics.worker_processes import COUNT, SIZES, Helpers, serve

RING = [(at, (at + 1) % 9) for at in range(9)]


def asking(*requests: Sequence[int]) -> bytes:
    head = SIZES.pack(9, len(RING)) + array("q", [end for edge in RING for end in edge]).tobytes()
    return head + b"".join(COUNT.pack(len(one)) + array("q", one).tobytes() for one in requests)


def test_a_helper_answers_one_request_after_the_other() -> None:
    answers = io.BytesIO()
    serve(io.BytesIO(asking([0, 1, 2, 3], [4, 5, 6, 7, 8])), answers)
    found = array("d")
    found.frombytes(answers.getvalue())
    together = [found[at] + found[9 + at] for at in range(9)]
    expected = nx.betweenness_centrality(nx.cycle_graph(9), normalized=False)
    assert together == pytest.approx([expected[at] for at in range(9)])


def test_a_helper_ends_when_its_input_does_even_in_the_middle() -> None:
    answers = io.BytesIO()
    serve(io.BytesIO(asking([0, 1], [2, 3])[:-5]), answers)
    assert len(answers.getvalue()) == 9 * 8


class Asked:
    """Requests to hand out, and what came back."""

    def __init__(self, *requests: Sequence[int]) -> None:
        self.waiting: Iterator[tuple[int, Sequence[int]]] = iter(enumerate(requests))
        self.found: dict[int, list[float]] = {}
        self.answered = threading.Event()

    def take(self) -> tuple[int, Sequence[int]] | None:
        return next(self.waiting, None)

    def give(self, number: int, answer: array[float]) -> None:
        self.found[number] = list(answer)
        self.answered.set()


def ended() -> bool:
    """Whether every thread that asks a helper is over, after waiting for them."""
    for thread in threading.enumerate():
        if thread.name == "other-core":
            thread.join(120)
    return not any(thread.name == "other-core" for thread in threading.enumerate())


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that a test starts."""
    found: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def noted(*args: object, **kwargs: object) -> subprocess.Popen[bytes]:
        found.append(start(*args, **kwargs))  # type: ignore[call-overload]
        return found[-1]

    monkeypatch.setattr(other_cores.subprocess, "Popen", noted)
    monkeypatch.setattr(other_cores, "cores", lambda: 2)
    monkeypatch.setattr(other_cores, "_free", threading.BoundedSemaphore(1))
    return found


def test_a_real_helper_works_and_leaves_nothing_behind(started: list[subprocess.Popen[bytes]]) -> None:
    asked = Asked([0, 1, 2, 3, 4, 5, 6, 7, 8], [0])
    Helpers(9, RING, take=asked.take, give=asked.give)
    assert ended()
    expected = nx.betweenness_centrality(nx.cycle_graph(9), normalized=False)
    assert asked.found[0] == pytest.approx([expected[at] for at in range(9)])
    assert set(asked.found) == {0, 1}
    assert [process.poll() is not None for process in started] == [True]
    # Its place is free again.
    assert other_cores._free.acquire(blocking=False)


def test_a_helper_is_told_no_secret(started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETHEALTH_SERVICE_ACCOUNT", "private key")
    asked = Asked([0])
    noted: list[object] = []
    start = other_cores.subprocess.Popen

    def look(*args: object, env: dict[str, str], **kwargs: object) -> subprocess.Popen[bytes]:
        noted.append(env)
        return start(*args, env=env, **kwargs)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(other_cores.subprocess, "Popen", look)
    Helpers(9, RING, take=asked.take, give=asked.give)
    assert ended()
    assert set(asked.found) == {0}
    assert "private key" not in str(noted)
    assert "PATH" in str(noted)


def test_helpers_can_be_ended_at_any_moment(started: list[subprocess.Popen[bytes]]) -> None:
    asked = Asked()
    asked.waiting = enumerate(itertools.repeat([0, 1, 2]))  # there is no end to them
    helpers = Helpers(9, RING, take=asked.take, give=asked.give)
    assert asked.answered.wait(120)
    helpers.end()
    assert ended()
    assert [process.poll() is not None for process in started] == [True]
    helpers.end()


def test_a_helper_that_dies_is_done_with(
    started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(other_cores, "__file__", "/nowhere/at/all.py")
    asked = Asked([0], [1])
    Helpers(9, RING, take=asked.take, give=asked.give)
    assert ended()
    assert asked.found == {}
    assert len(started) == 1


def _no_process(*_: object, **__: object) -> None:
    raise OSError("no more processes")


@pytest.mark.parametrize(
    "hinder",
    [
        lambda patch: patch.setattr(other_cores.subprocess, "Popen", _no_process),
        lambda patch: patch.setattr(other_cores, "cores", lambda: 1),
        lambda patch: patch.setattr(sys, "executable", ""),
        lambda patch: other_cores._free.acquire(),
    ],
    ids=["no process", "one core", "no interpreter", "all busy"],
)
def test_where_there_can_be_none_there_is_none(
    started: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
    hinder: Callable[[pytest.MonkeyPatch], None],
) -> None:
    hinder(monkeypatch)
    asked = Asked([0])
    Helpers(9, RING, take=asked.take, give=asked.give).end()
    assert ended()
    assert asked.found == {}
    assert started == []
