"""Passcodes: hashed by argon2, compared in constant time, and tried slowly. Knows no Streamlit."""

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

SHORTEST = 8
LONGEST = 200
"""Longer entries are refused unread, so that nobody keeps the server busy hashing."""

K = TypeVar("K")


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    # OWASP's lighter setting for argon2id: a whole room signs in within seconds, on two cores.
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_passcode(text: str) -> str:
    """The argon2id hash of a passcode, to stand in `[access]`; raises `InvalidPasscode` where it is "
    "too short or long."""
    code = _normal(text)
    if len(code) < SHORTEST:
        raise InvalidPasscode(
            f"A passcode needs {SHORTEST} characters or more.", "Three or four words in a row are easy to say aloud."
        )
    if len(code) > LONGEST:
        raise InvalidPasscode(f"A passcode may have {LONGEST} characters at most.", "Choose a shorter one.")
    return _hasher().hash(code)


def is_hash(text: object) -> bool:
    """Whether a setting looks like what `hash_passcode` makes (any argon2 hash that can be checked)."""
    from argon2 import extract_parameters
    from argon2.exceptions import InvalidHash

    if not isinstance(text, str):
        return False
    try:
        extract_parameters(text)
    except InvalidHash:
        return False
    return True


def matching(entered: str, hashes: Mapping[K, str]) -> K | None:
    """The key of the first hash that `entered` matches, or None.

    Every hash is checked whatever the others say, so that the time taken tells nothing.
    """
    from argon2.exceptions import InvalidHash, VerificationError

    code = _normal(entered) if len(entered) <= LONGEST else ""
    found: list[K] = []
    for key, known in hashes.items():
        try:
            if _hasher().verify(known, code):
                found.append(key)
        except (VerificationError, InvalidHash):
            continue
    return found[0] if found else None


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


class _Store:
    """Tries that wrong ones use up and that come back one by one."""

    def __init__(self, *, tries: float, seconds_a_try: float, now: float) -> None:
        self._tries = self.left = tries
        self._seconds_a_try = seconds_a_try
        self._since = now

    def refill(self, now: float) -> None:
        self.left = min(self._tries, self.left + (now - self._since) / self._seconds_a_try)
        self._since = now

    @property
    def wait(self) -> float:
        return 0.0 if self.left >= 1 else (1 - self.left) * self._seconds_a_try


class PasscodeLimiter:
    """Slows tries down for the whole process: a store of tries that wrong ones use up and that fills again with time.

    One address can use up no more than its share, and its share comes back more slowly than the whole: whoever keeps
    trying from one place shuts out that place alone. A room that signs in with the right passcode uses none of it up.
    One at a time is checked, so that many tries at once can't take the machine's memory.
    """

    SHARE = 0.7
    MOST_ADDRESSES = 2_000

    def __init__(
        self, *, tries: int = 40, seconds_a_try: float = 4.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._tries = float(tries)
        self._seconds_a_try = seconds_a_try
        self._clock = clock
        self._all = _Store(tries=self._tries, seconds_a_try=seconds_a_try, now=clock())
        self._by_address: OrderedDict[str, _Store] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, address: str | None = None) -> float:
        """Seconds until the next try from `address` is taken; 0 where one is taken now."""
        with self._lock:
            return max(store.wait for store in self._stores(address))

    def ask(self, entered: str, hashes: Mapping[K, str], *, address: str | None = None) -> K | None:
        """The key whose passcode was entered, or None. A wrong try is used up; call only when `wait()` is 0."""
        with self._lock:
            stores = self._stores(address)
            if any(store.left < 1 for store in stores):
                return None
            found = matching(entered, hashes)
            if found is None:
                for store in stores:
                    store.left -= 1
            return found

    def _stores(self, address: str | None) -> list[_Store]:
        """The store of all, and that of the address where it is known; those longest unused are forgotten."""
        now = self._clock()
        stores = [self._all]
        if address is not None:
            own = self._by_address.pop(address, None)
            if own is None:
                share = max(1.0, self._tries * self.SHARE)
                own = _Store(tries=share, seconds_a_try=self._seconds_a_try / self.SHARE, now=now)
            self._by_address[address] = own
            while len(self._by_address) > self.MOST_ADDRESSES:
                self._by_address.popitem(last=False)
            stores.append(own)
        for store in stores:
            store.refill(now)
        return stores


def pause_after(wrong_tries: int) -> float:
    """Seconds that one session waits after so many wrong tries in a row: none for three, then 2, 4, 8, up to 60."""
    return 0.0 if wrong_tries < 3 else min(60.0, 2.0 ** (wrong_tries - 2))
