"""Results that all screens of a session share, so that five of them don't compute the same thing five times."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

MOST: int = 4
"""Results that are stored: a session's latest, and those of a few other sessions."""
V = TypeVar("V")


class Latest(Generic[V]):
    """The latest results of one function, each computed once. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: OrderedDict[Hashable, V] = OrderedDict()

    def get(self, key: Hashable, compute: Callable[[], V]) -> V:
        """Return what `compute` gives, or what it gave for this key. Who asks meanwhile waits for it."""
        with self._lock:
            if key not in self._found:
                self._found[key] = compute()
            self._found.move_to_end(key)
            while len(self._found) > MOST:
                self._found.popitem(last=False)
            return self._found[key]
