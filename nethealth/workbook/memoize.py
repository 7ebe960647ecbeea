"""What follows from a workbook alone, worked out once while that workbook lives."""

from __future__ import annotations

import functools
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Concatenate, ParamSpec, TypeVar

from nethealth.workbook.records import Workbook

P = ParamSpec("P")
R = TypeVar("R")

RESULTS = 64
"""Results that are kept of one function and one workbook; the one that nobody asked for longest goes first."""


def memoize(function: Callable[Concatenate[Workbook, P], R]) -> Callable[Concatenate[Workbook, P], R]:
    """`function(workbook, **arguments)`, its results kept for this very workbook object and gone with it.

    A workbook never changes, so neither does what follows from it; whoever gets a result must not change it. Other
    arguments must be hashable. Safe to use from any thread; where two ask at once, both get the same object.
    """
    kept: dict[int, tuple[weakref.ref[Workbook], OrderedDict[Hashable, Any]]] = {}
    # One lock that its own thread may take again: the end of a workbook can be noticed at any moment.
    lock = threading.RLock()

    def results_of(workbook: Workbook) -> OrderedDict[Hashable, Any]:
        number = id(workbook)
        found = kept.get(number)
        if found is None or found[0]() is not workbook:

            def forget(gone: weakref.ref[Workbook]) -> None:
                with lock:
                    if number in kept and kept[number][0] is gone:
                        del kept[number]

            found = kept[number] = (weakref.ref(workbook, forget), OrderedDict())
        return found[1]

    @functools.wraps(function)
    def remembered(workbook: Workbook, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (args, tuple(sorted(kwargs.items())))
        with lock:
            results = results_of(workbook)
            if key in results:
                results.move_to_end(key)
                found: R = results[key]
                return found
        made = function(workbook, *args, **kwargs)
        with lock:
            first: R = results.setdefault(key, made)
            while len(results) > RESULTS:
                results.popitem(last=False)
        return first

    return remembered
