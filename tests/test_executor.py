"""Slow work on worker processes: it runs, falls back, and leaves no process behind."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

from nethealth import executor

ROOT = Path(__file__).parent.parent
SCRIPT = """
import sys, time
sys.path.insert(0, {root!r})
print("script", __name__, flush=True)
from nethealth import executor
executor.core_count = lambda: 2
future = executor.submit(__import__("os").getpid)
print("worker", future.result(30), flush=True)
{then}
"""


@pytest.fixture(autouse=True)
def _fresh_executor() -> Iterator[None]:
    executor.shut_down()
    yield
    executor.shut_down()


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "core_count", lambda: 2)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text() if Path(f"/proc/{pid}").exists() else True


def ends_soon(pid: int) -> bool:
    deadline = time.monotonic() + 15
    while is_running(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.usefixtures("two_cores")
def test_work_runs_in_another_process() -> None:
    future = executor.submit(os.getpid)
    assert future is not None
    assert future.result(30) != os.getpid()


@pytest.mark.usefixtures("two_cores")
def test_executor_is_made_once() -> None:
    assert executor.executor() is executor.executor()


@pytest.mark.usefixtures("two_cores")
def test_workers_do_not_run_the_main_script(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # Streamlit puts the page it runs in place of the main module.
    page = tmp_path / "page.py"
    page.write_text("raise SystemExit('the page ran in a worker')")
    main = ModuleType("__main__")
    main.__file__ = str(page)
    monkeypatch.setitem(sys.modules, "__main__", main)
    future = executor.submit(math.sqrt, 9)
    assert future is not None
    assert future.result(30) == 3
    assert sys.modules["__main__"] is main


def test_one_core_has_no_executor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "core_count", lambda: 1)
    assert executor.executor() is None
    assert executor.submit(math.sqrt, 9) is None


@pytest.mark.usefixtures("two_cores")
def test_no_semaphores_means_no_executor(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(workers: int) -> None:
        raise OSError

    monkeypatch.setattr(executor, "LocalProcesses", fail)
    assert executor.submit(math.sqrt, 9) is None


class Failing(ThreadPoolExecutor):
    """An executor whose workers were killed."""

    def submit(self, *_: object, **__: object) -> Future[object]:  # type: ignore[override]
        raise BrokenExecutor


@pytest.mark.usefixtures("two_cores")
def test_a_broken_executor_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(executor, "LocalProcesses", Failing)
        assert executor.submit(math.sqrt, 9) is None
    future = executor.submit(math.sqrt, 9)
    assert future is not None
    assert future.result(30) == 3


@pytest.mark.usefixtures("two_cores")
def test_a_killed_worker_does_not_stop_later_work() -> None:
    first = executor.submit(os.getpid)
    assert first is not None
    os.kill(first.result(30), signal.SIGKILL)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        future = executor.submit(math.sqrt, 9)
        if future is not None and future.exception(30) is None:
            assert future.result() == 3
            return
    pytest.fail("no executor came back")


@pytest.mark.skipif(sys.platform == "win32", reason="uses POSIX signals")
@pytest.mark.parametrize("then", ["", "time.sleep(60)"], ids=["ended", "killed"])
def test_no_worker_outlives_the_app(tmp_path: Path, then: str) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(root=str(ROOT), then=then))
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline().split() for _ in range(2)]
        assert lines[0] == ["script", "__main__"]
        worker = int(lines[1][1])
        if then:
            process.kill()
        process.wait(30)
    assert ends_soon(worker)
