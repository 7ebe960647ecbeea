"""One cache: what follows from a workbook or a network is computed once, and stored with it.

A workbook never changes, so neither does what follows from it. Its results live in the workbook itself and are freed
with it: nothing has to be invalidated, viewers never meet what was computed for staff (they have another workbook),
and what comes from a workbook that one person opened goes when their session ends. A new reading of the same cells on
the same day takes the results over (`Workbook.reread`), so the key is the workbook's fingerprint, its day, and the
arguments.
"""

from __future__ import annotations

import functools
import inspect
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

MOST_RESULTS = 32
"""Results stored for one function; the one that was used longest ago goes first."""


class _Entry:
    """One result, or the place where it is being computed."""

    __slots__ = ("is_computed", "lock", "value")

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.is_computed = False
        self.value: Any = None


class Results:
    """The results that follow from one workbook or network. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: dict[Hashable, OrderedDict[Hashable, _Entry]] = {}

    def get(self, name: Hashable, arguments: Hashable, compute: Callable[[], R]) -> R:
        """Return what `compute` gives, computed once for each `name` and `arguments`.

        Callers who ask at the same time wait for one computation. An exception is raised to the caller and not stored.
        Callers must not change a result.
        """
        with self._lock:
            entries = self._entries.setdefault(name, OrderedDict())
            entry = entries.setdefault(arguments, _Entry())
            entries.move_to_end(arguments)
            while len(entries) > MOST_RESULTS:
                entries.popitem(last=False)
        with entry.lock:
            if not entry.is_computed:
                entry.value = compute()
                entry.is_computed = True
            value: R = entry.value
            return value

    def clear(self) -> None:
        """Drop all results. What is being computed goes to the callers who wait for it, and isn't stored."""
        with self._lock:
            self._entries.clear()


class StoresResults:
    """Base of what is immutable and stores what follows from it: a workbook, a network."""

    @functools.cached_property
    def results(self) -> Results:
        """What was computed from this."""
        return Results()


S = TypeVar("S", bound=StoresResults)


def cached(function: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Make `function(workbook, *arguments)` compute each result once; the other arguments must be hashable.

    Works as a decorator and where a function is called: `cached(summarize)(workbook, as_of=day)`. Functions are
    identified by module and name, so the wrapped one must not depend on anything but its arguments.
    """
    name = (function.__module__, function.__qualname__)
    signature = inspect.signature(function)

    @functools.wraps(function)
    def lookup(source: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        bound = signature.bind(source, *args, **kwargs)
        bound.apply_defaults()
        _, *arguments = bound.arguments.items()
        return source.results.get(name, tuple(arguments), lambda: function(source, *args, **kwargs))

    return lookup
