"""Passcodes: hashed with argon2, compared in constant time, and limited to a rate of attempts."""

from __future__ import annotations

import threading
import time
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from nethealth.errors import InvalidPasscode

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MIN_LENGTH = 8
MAX_LENGTH = 200
"""Longer entries are rejected unread, so that no one can keep the server busy hashing."""

K = TypeVar("K")


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    # OWASP's lighter setting for argon2id: a whole room signs in within seconds on two cores.
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_passcode(text: str) -> str:
    """Return the argon2id hash of a passcode, for `[access]`. Raises InvalidPasscode if it is too short or too long."""
    passcode = _normalize(text)
    if len(passcode) < MIN_LENGTH:
        raise InvalidPasscode(
            f"A passcode needs at least {MIN_LENGTH} characters.", "Three or four words are easy to say and remember."
        )
    if len(passcode) > MAX_LENGTH:
        raise InvalidPasscode(f"A passcode can have at most {MAX_LENGTH} characters.", "Choose a shorter one.")
    return _hasher().hash(passcode)


def is_passcode_hash(text: object) -> bool:
    """True if a setting looks like a hash from `hash_passcode` (any argon2 hash that we can check)."""
    from argon2 import extract_parameters
    from argon2.exceptions import InvalidHash

    if not isinstance(text, str):
        return False
    try:
        extract_parameters(text)
    except InvalidHash:
        return False
    return True


def find_match(entered: str, hashes: Mapping[K, str]) -> K | None:
    """Return the key of the first hash that `entered` matches, or None.

    Checks every hash, so that the time it takes gives nothing away.
    """
    from argon2.exceptions import InvalidHash, VerificationError

    passcode = _normalize(entered) if len(entered) <= MAX_LENGTH else ""
    matches: list[K] = []
    for key, known in hashes.items():
        try:
            if _hasher().verify(known, passcode):
                matches.append(key)
        except (VerificationError, InvalidHash):
            continue
    return matches[0] if matches else None


def _normalize(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


class _TokenBucket:
    """Attempts that wrong passcodes use up and that come back one by one."""

    def __init__(self, *, capacity: float, seconds_per_attempt: float, now: float) -> None:
        self._capacity = self.left = capacity
        self._seconds_per_attempt = seconds_per_attempt
        self._refilled_at = now

    def refill(self, now: float) -> None:
        self.left = min(self._capacity, self.left + (now - self._refilled_at) / self._seconds_per_attempt)
        self._refilled_at = now

    @property
    def wait(self) -> float:
        return 0.0 if self.left >= 1 else (1 - self.left) * self._seconds_per_attempt


class PasscodeLimiter:
    """Limits the rate of wrong passcodes in the whole process, with a token bucket that refills over time.

    Each address has a smaller bucket that refills more slowly, so someone who keeps guessing locks out only their own
    address. The right passcode uses up nothing, so a whole room can sign in. Only one attempt is checked at a time, so
    that many at once can't exhaust memory.
    """

    ADDRESS_SHARE = 0.7
    MAX_ADDRESSES = 2_000

    def __init__(
        self, *, attempts: int = 40, seconds_per_attempt: float = 4.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._attempts = float(attempts)
        self._seconds_per_attempt = seconds_per_attempt
        self._clock = clock
        self._shared = _TokenBucket(capacity=self._attempts, seconds_per_attempt=seconds_per_attempt, now=clock())
        self._by_address: OrderedDict[str, _TokenBucket] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, address: str | None = None) -> float:
        """Return the seconds until the next attempt from `address` is allowed; 0 if one is allowed now."""
        with self._lock:
            return max(bucket.wait for bucket in self._buckets(address))

    def check(self, entered: str, hashes: Mapping[K, str], *, address: str | None = None) -> K | None:
        """Return the key whose passcode was entered, or None. Always None while `wait()` isn't 0."""
        with self._lock:
            buckets = self._buckets(address)
            if any(bucket.left < 1 for bucket in buckets):
                return None
            match = find_match(entered, hashes)
            if match is None:
                for bucket in buckets:
                    bucket.left -= 1
            return match

    def _buckets(self, address: str | None) -> list[_TokenBucket]:
        """Return the shared bucket, and the address's if there is one. Drops the buckets unused for longest."""
        now = self._clock()
        buckets = [self._shared]
        if address is not None:
            own = self._by_address.pop(address, None)
            if own is None:
                own = _TokenBucket(
                    capacity=max(1.0, self._attempts * self.ADDRESS_SHARE),
                    seconds_per_attempt=self._seconds_per_attempt / self.ADDRESS_SHARE,
                    now=now,
                )
            self._by_address[address] = own
            while len(self._by_address) > self.MAX_ADDRESSES:
                self._by_address.popitem(last=False)
            buckets.append(own)
        for bucket in buckets:
            bucket.refill(now)
        return buckets


def pause_after(wrong_attempts: int) -> float:
    """Return the seconds that a session waits after wrong attempts in a row: none for three, then 2, 4, 8, up to 60.

    Examples:
        >>> [pause_after(wrong) for wrong in (2, 3, 4, 30)]
        [0.0, 2.0, 4.0, 60.0]
    """
    return 0.0 if wrong_attempts < 3 else min(60.0, 2.0 ** (wrong_attempts - 2))
