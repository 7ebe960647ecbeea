"""Where slow work runs in parallel: in worker processes on this machine, or one day on a cluster.

igraph holds Python's lock while it computes, so threads would not help. `executor` is the one place that decides where
work goes: to use a Dask cluster, return `distributed.Client(...).get_executor()` from it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from types import ModuleType
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

MAX_WORKERS = 3


def core_count() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def worker_count() -> int:
    """Return how many workers `executor` has; one core stays free for the pages."""
    return max(0, min(core_count() - 1, MAX_WORKERS))


class LocalProcesses(ProcessPoolExecutor):
    """Worker processes that import neither the page nor the script that runs now, and end with the app."""

    def __init__(self, workers: int) -> None:
        super().__init__(
            max_workers=workers, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent
        )

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Run `fn` in a worker; starts one if all are busy."""
        with _hidden_main():
            return super().submit(fn, *args, **kwargs)


_lock = threading.Lock()
_main_lock = threading.Lock()
_pools: list[Executor] = []
"""The executor in use, once there is one."""


def executor() -> Executor | None:
    """Return the executor for slow work, made when first asked for.

    None on a machine with one core, and where no executor can be made: compute in this process then.
    """
    with _lock:
        if not _pools and worker_count():
            try:
                _pools.append(LocalProcesses(worker_count()))
            except (OSError, ImportError, NotImplementedError):  # no semaphores on this system
                return None
        return _pools[0] if _pools else None


def submit(function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R] | None:
    """Start `function` on the executor; None if nothing can be started: compute it in this process then.

    Never raises. The function must be importable by name, and its arguments and result picklable.
    """
    pool = executor()
    if pool is None:
        return None
    try:
        return pool.submit(function, *args, **kwargs)
    except (BrokenExecutor, OSError):
        # A worker was killed, or none could start. The next caller gets a new executor.
        shut_down(pool)
    except RuntimeError:  # the app is shutting down
        pass
    return None


def shut_down(pool: Executor | None = None) -> None:
    """End this executor's workers (the one in use unless given) without waiting for what they are computing."""
    with _lock:
        ended = [one for one in _pools if pool is None or one is pool]
        _pools[:] = [one for one in _pools if one not in ended]
    for one in ended:
        one.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _hidden_main() -> Iterator[None]:
    """Hide the main module while a worker starts: it would import it, and under Streamlit that runs the whole page."""
    with _main_lock:
        main, blank = sys.modules["__main__"], ModuleType("__main__")
        sys.modules["__main__"] = blank
        try:
            yield
        finally:
            if sys.modules["__main__"] is blank:
                sys.modules["__main__"] = main


def _end_with_parent() -> None:
    """Run in each worker: end when the app ends, even if it is killed, and leave Ctrl-C to the app."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        sentinel: Any = parent.sentinel
        threading.Thread(target=lambda: (wait([sentinel]), os._exit(0)), daemon=True).start()
