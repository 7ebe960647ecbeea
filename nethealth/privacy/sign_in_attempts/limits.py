"""Limit how many wrong passcodes we take, without locking out the people who belong here.

Each address waits longer with each wrong passcode. All strangers together have a limit too, or someone with many
addresses could guess as often as they like. Who was signed in before is no stranger: no one else's attempts count
against them.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import TypeVar

from nethealth.privacy.passcodes import find_match

__all__ = ["PasscodeLimiter", "pause_after"]

K = TypeVar("K")

FREE_ATTEMPTS = 10
"""Wrong passcodes from one address without a pause, enough for the slips of a whole room."""
LONGEST_PAUSE = 30.0
"""Seconds between two attempts from one address, at most. Longer ones would lock out a school with one prankster."""
FORGIVEN_AFTER = 60.0
"""Seconds until one wrong passcode is forgotten."""
STRANGERS_AT_ONCE, SECONDS_PER_STRANGER = 100.0, 2.0
"""Wrong passcodes that all strangers together have, and the seconds until one of them comes back."""


class _Pauses:
    """The wrong passcodes of one address or browser, and the pause that follows from them."""

    def __init__(self) -> None:
        self._wrong = 0.0
        self._last = self._next = float("-inf")

    def wait(self, now: float) -> float:
        return max(0.0, self._next - now)

    def add_wrong(self, now: float) -> None:
        self._wrong = max(0.0, self._wrong - (now - self._last) / FORGIVEN_AFTER) + 1
        self._last = now
        over = self._wrong - FREE_ATTEMPTS
        if over > 0:
            self._next = now + min(LONGEST_PAUSE, 2.0**over)
            self._wrong = min(self._wrong, FREE_ATTEMPTS + 5)  # so that it's forgotten in minutes, not days


class _Allowance:
    """The wrong passcodes that all strangers together have left."""

    def __init__(self) -> None:
        self._left, self._last = STRANGERS_AT_ONCE, float("-inf")

    def wait(self, now: float) -> float:
        self._refill(now)
        return max(0.0, 1 - self._left) * SECONDS_PER_STRANGER

    def add_wrong(self, now: float) -> None:
        self._refill(now)
        self._left -= 1

    def _refill(self, now: float) -> None:
        self._left = min(STRANGERS_AT_ONCE, self._left + (now - self._last) / SECONDS_PER_STRANGER)
        self._last = now


class PasscodeLimiter:
    """Limits the rate of wrong passcodes in the whole process.

    The right passcode uses up nothing, so a whole room can sign in. Only one attempt is checked at a time, so that many
    at once can't exhaust memory.
    """

    MAX_PLACES = 5_000

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._strangers = _Allowance()
        self._by_place: OrderedDict[str, _Pauses] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, network: str | None, *, known_by: str | None = None) -> float:
        """Return the seconds until the next attempt is allowed; 0 if one is allowed now.

        `network` is where it comes from, None if we can't tell. `known_by` is what we know the visitor by if they were
        signed in before: their network or their browser.
        """
        with self._lock:
            now = self._clock()
            return max(limit.wait(now) for limit in self._limits(network, known_by))

    def check(
        self, entered: str, hashes: Mapping[K, str], *, network: str | None, known_by: str | None = None
    ) -> K | None:
        """Return the key whose passcode was entered, or None. Always None while `wait()` isn't 0."""
        with self._lock:
            limits, now = self._limits(network, known_by), self._clock()
            if any(limit.wait(now) > 0 for limit in limits):
                return None
            match = find_match(entered, hashes)
            if match is None:
                for limit in limits:
                    limit.add_wrong(now)
            return match

    def _limits(self, network: str | None, known_by: str | None) -> list[_Pauses | _Allowance]:
        if known_by is not None:
            return [self._pauses(known_by)]
        # We can't tell these apart, so a pause of their own would let any of them lock out all others.
        return [self._strangers] if network is None else [self._strangers, self._pauses(network)]

    def _pauses(self, place: str) -> _Pauses:
        """Return the pauses of a place. Forgets the places unused for longest."""
        pauses = self._by_place.pop(place, None) or _Pauses()
        self._by_place[place] = pauses
        while len(self._by_place) > self.MAX_PLACES:
            self._by_place.popitem(last=False)
        return pauses


def pause_after(wrong_attempts: int) -> float:
    """Return the seconds that a session waits after wrong attempts in a row: none for three, then 2, 4, 8, up to 30.

    Examples:
        >>> [pause_after(wrong) for wrong in (2, 3, 4, 30)]
        [0.0, 2.0, 4.0, 30.0]
    """
    return 0.0 if wrong_attempts < 3 else min(LONGEST_PAUSE, 2.0 ** (wrong_attempts - 2))
