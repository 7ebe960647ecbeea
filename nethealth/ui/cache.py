"""Slow pure functions of a workbook, run once for everybody: cached by what the workbook holds."""

from __future__ import annotations

import functools
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import streamlit as st

from nethealth.workbook.records import Workbook

P = ParamSpec("P")
R = TypeVar("R")

OWN = "own:"
"""How the fingerprint of a workbook begins that one person opened for their session alone."""
SHARED_RESULTS = 32
"""Results that are kept for each function; the oldest goes first."""
READINGS_KEPT = 6
"""Readings whose results are kept: a result may hold its whole workbook, and the sheet is read again each minute."""

_Key = tuple[str, str]
_let_go: OrderedDict[_Key, dict[str, Callable[[], None]]] = OrderedDict()
"""For each of those readings, what lets go of each of its results."""
_lock = threading.Lock()


_made: dict[Callable[..., Any], Callable[..., Any]] = {}
"""What was made of functions that stay as long as their modules: pages ask for the same ones at every run."""


def cached_by_workbook(function: Callable[Concatenate[Workbook, P], R]) -> Callable[Concatenate[Workbook, P], R]:
    """Keep the results of `function(workbook, **simple_arguments)`, keyed by the workbook's fingerprint and day.

    Results are shared by all sessions and must not be changed by whoever gets them. Viewers and staff have workbooks
    with different fingerprints, so that neither sees the other's. What comes from a workbook that a person opened for
    their session alone is kept in that session and goes with it. A workbook without a fingerprint (built by hand) is
    computed each time. Other arguments must be plain values: text, numbers, dates, enumerations, sets of them.
    """
    made = _made.get(function)
    if made is None:
        made = _cached(function)
        if getattr(sys.modules.get(function.__module__), function.__qualname__, None) is function:
            _made[function] = made
    return cast("Callable[Concatenate[Workbook, P], R]", made)


def _cached(function: Callable[Concatenate[Workbook, P], R]) -> Callable[Concatenate[Workbook, P], R]:

    def compute(_workbook: Workbook, key: tuple[str, str], *args: Any, **kwargs: Any) -> R:  # noqa: ARG001
        return function(_workbook, *args, **kwargs)

    functools.update_wrapper(compute, function)
    del compute.__wrapped__  # type: ignore[attr-defined]  # Streamlit reads the signature, which must be compute's own
    keep = st.cache_resource(max_entries=SHARED_RESULTS, show_spinner=False)
    shared = keep(compute)
    own = st.cache_resource(max_entries=SHARED_RESULTS, show_spinner=False, scope="session")(compute)

    @functools.wraps(function)
    def cached(workbook: Workbook, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if not workbook.fingerprint:
            return function(workbook, *args, **kwargs)
        key = (workbook.fingerprint, workbook.today.isoformat())
        if workbook.fingerprint.startswith(OWN):
            return own(workbook, key, *args, **kwargs)
        _remember(key, repr((id(shared), args, kwargs)), lambda: shared.clear(None, key, *args, **kwargs))
        return shared(workbook, key, *args, **kwargs)

    return cached


def _remember(key: _Key, result: str, let_go: Callable[[], None]) -> None:
    """Note that a result of this reading is about to be kept, and let go of those of the reading used longest ago."""
    with _lock:
        _let_go.setdefault(key, {})[result] = let_go
        _let_go.move_to_end(key)
        gone = [_let_go.popitem(last=False)[1] for _ in range(len(_let_go) - READINGS_KEPT)]
    for results in gone:
        for forget in results.values():
            forget()
