"""Limit how many wrong passcodes we take, without locking out the people who belong here.

Each address waits longer with each wrong passcode. All strangers together have a limit too, or someone with many
addresses could guess as often as they like. Who was signed in before is no stranger, so strangers can't shut them out.
For them it's each browser that waits. Those who came in with the same role have a limit together, too: with the
viewers' passcode, anyone can become known under as many browsers as they like.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from nethealth.privacy.passcodes import find_match

__all__ = ["AttemptLimiter", "Guest", "PasscodeLimiter"]

K = TypeVar("K")

FREE_ATTEMPTS = 10
"""Wrong passcodes from one address without a pause, enough for the slips of a whole room."""
LONGEST_PAUSE = 30.0
"""Seconds between two attempts from one address, at most. Longer ones would lock out a school with one prankster."""
FORGIVEN_AFTER = 60.0
"""Seconds until one wrong passcode is forgotten."""
TOGETHER_AT_ONCE, SECONDS_PER_ATTEMPT = 100.0, 2.0
"""Wrong passcodes that all strangers together have, and the seconds until one of them comes back."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Someone who enters a passcode."""

    place: str | None = None
    """Where they come from, such as their network or browser; None if we can't tell."""
    known_as: str = ""
    """The role with which someone signed in from there before; empty for strangers."""


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
    """The wrong passcodes that all strangers, or all who were known with one role, have left together."""

    def __init__(self) -> None:
        self._left, self._last = TOGETHER_AT_ONCE, float("-inf")

    def wait(self, now: float) -> float:
        self._refill(now)
        return max(0.0, 1 - self._left) * SECONDS_PER_ATTEMPT

    def add_wrong(self, now: float) -> None:
        self._refill(now)
        self._left -= 1

    def _refill(self, now: float) -> None:
        self._left = min(TOGETHER_AT_ONCE, self._left + (now - self._last) / SECONDS_PER_ATTEMPT)
        self._last = now


class AttemptLimiter:
    """Limits the rate of wrong attempts in the whole process. What is right uses up nothing."""

    MAX_PLACES = 5_000

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._together: defaultdict[str, _Allowance] = defaultdict(_Allowance)
        """By what people were known as before."""
        self._by_place: OrderedDict[str, _Pauses] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, guest: Guest) -> float:
        """Return the seconds until the next attempt is allowed; 0 if one is allowed now."""
        with self._lock:
            now = self._clock()
            return max(limit.wait(now) for limit in self._limits(guest))

    def note_wrong(self, guest: Guest) -> None:
        """Count an attempt that was wrong."""
        with self._lock:
            self._add_wrong(guest)

    def _add_wrong(self, guest: Guest) -> None:
        now = self._clock()
        for limit in self._limits(guest):
            limit.add_wrong(now)

    def _limits(self, guest: Guest) -> list[_Pauses | _Allowance]:
        together = self._together[guest.known_as]
        # We can't tell those without a place apart, so a pause of their own would let any of them lock out all others.
        return [together] if guest.place is None else [together, self._pauses(guest.place)]

    def _pauses(self, place: str) -> _Pauses:
        """Return the pauses of a place. Forgets the places unused for longest."""
        pauses = self._by_place.pop(place, None) or _Pauses()
        self._by_place[place] = pauses
        while len(self._by_place) > self.MAX_PLACES:
            self._by_place.popitem(last=False)
        return pauses


class PasscodeLimiter(AttemptLimiter):
    """Limits wrong passcodes, so that a whole room can sign in, and no one can guess.

    Only one attempt is checked at a time, so that many at once can't exhaust memory.
    """

    def check(self, entered: str, hashes: Mapping[K, str], guest: Guest) -> K | None:
        """Return the key whose passcode was entered, or None. Always None while `wait()` isn't 0."""
        with self._lock:
            now = self._clock()
            if any(limit.wait(now) > 0 for limit in self._limits(guest)):
                return None
            match = find_match(entered, hashes)
            if match is None:
                self._add_wrong(guest)
            return match
