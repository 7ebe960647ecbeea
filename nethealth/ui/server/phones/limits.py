"""Limits on what comes from phones: wrong codes, phones that join, and requests of one phone."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from nethealth.privacy.sign_in_attempts.limits import AttemptLimiter, Guest

JOINS_AT_ONCE, JOINS_PER_SECOND = 150.0, 10.0
"""Phones that may join a session at once, and from then on. Those that come faster are pending: no room is so fast."""
MOST_JOINS, MORE_JOINS_PER_SECOND = 3_000.0, 0.1
"""Phones that may join a session at all, pending or not, so that a script can't fill the disk."""
REQUESTS_AT_ONCE, REQUESTS_PER_SECOND = 60.0, 2.0
"""Requests of one phone."""
_MOST_KEPT: Final = 5_000


class Allowances:
    """Gives everyone so many uses at once, and so many more per second."""

    def __init__(self, at_once: float, per_second: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_once, self._per_second, self._clock = at_once, per_second, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """By key, what was left and when. Those that were used longest ago are forgotten."""
        self._lock = threading.Lock()

    def take(self, key: str) -> float:
        """Use one. Returns 0, or the seconds until there is one again."""
        with self._lock:
            now = self._clock()
            left, last = self._left.pop(key, (self._at_once, now))
            left = min(self._at_once, left + (now - last) * self._per_second)
            wait = max(0.0, 1 - left) / self._per_second
            self._left[key] = (left - (wait == 0), now)
            if len(self._left) > _MOST_KEPT:
                self._left.popitem(last=False)
            return wait


class PhoneLimits:
    """The limits of this process, which all requests share."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.wrong_codes = AttemptLimiter(clock=clock)
        self.joins = Allowances(JOINS_AT_ONCE, JOINS_PER_SECOND, clock=clock)
        """By session. Those over it are pending."""
        self.joins_in_all = Allowances(MOST_JOINS, MORE_JOINS_PER_SECOND, clock=clock)
        """By session. Those over it are turned away."""
        self.requests = Allowances(REQUESTS_AT_ONCE, REQUESTS_PER_SECOND, clock=clock)
        """By phone."""
        self._session_of: OrderedDict[str, str] = OrderedDict()
        """The session that people at a network address joined last."""
        self._lock = threading.Lock()

    def know(self, place: str | None, session_id: str) -> None:
        """Remember that people at this network address are in a session: others' wrong codes can't shut them out."""
        if place is None:
            return
        with self._lock:
            self._session_of.pop(place, None)
            self._session_of[place] = session_id
            if len(self._session_of) > _MOST_KEPT:
                self._session_of.popitem(last=False)

    def guest(self, place: str | None) -> Guest:
        """Return someone at this network address, known as the session that people there are in."""
        return Guest(place, self._session_of.get(place or "", ""))
