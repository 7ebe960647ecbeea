"""Passcodes: hashed with argon2, and compared in constant time."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
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
