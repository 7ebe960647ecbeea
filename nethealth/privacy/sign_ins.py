"""Decide how long a sign-in with an account lasts, and end it for good when its owner signs out.

Streamlit keeps a sign-in in a cookie alone, which anyone who copies it could use for 30 days. So we remember, across
restarts, which sign-ins are over and when each was last used. If that memory is lost, all earlier sign-ins are over.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nethealth.privacy.private_files import private_folder, write_private

__all__ = ["SignIn", "SignIns", "sign_in_from", "sign_ins_in"]

FILE_NAME = "sign-ins.json"
CLOCK_SKEW = 300.0
"""Seconds that a provider's clock may be wrong."""
LONGEST = 30 * 86_400.0
"""Seconds after which no cookie of Streamlit's is accepted anyway, so we forget the sign-in."""
WRITE_EVERY = 600.0
"""Seconds between two notes of the same sign-in's last use."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in of one person on one device."""

    key: str
    """A digest of all that the provider said, which is different at each sign-in."""
    issued: float
    """When the provider confirmed it, in seconds since 1970."""


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid")

    issued: float
    seen: float
    is_over: bool = False


class _Memory(BaseModel):
    model_config = ConfigDict(extra="forbid")

    since: float
    """Sign-ins from before this moment are over."""
    sign_ins: Annotated[dict[str, _Record], Field(default_factory=dict)]


def sign_in_from(claims: Mapping[str, object]) -> SignIn | None:
    """Return the sign-in that a provider's claims describe; None if they don't say when it was."""
    issued = claims.get("iat")
    if isinstance(issued, bool) or not isinstance(issued, int | float):
        return None
    said = json.dumps({name: str(value) for name, value in claims.items() if name != "tokens"}, sort_keys=True)
    return SignIn(hashlib.sha256(said.encode()).hexdigest(), float(issued))


class SignIns:
    """The sign-ins that we have seen, in a private file. Threads may share it."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._file = folder / FILE_NAME
        self._clock = clock
        self._lock = threading.Lock()
        self._memory = self._read()

    def use(self, sign_in: SignIn, *, longest: float, most_idle: float) -> bool:
        """Return True if a sign-in still lasts, and note that it is used.

        It lasts until its owner signs out, until `longest` seconds have passed, or until no one has used it for
        `most_idle` seconds.
        """
        now = self._clock()
        with self._lock:
            known = self._memory.sign_ins.get(sign_in.key)
            record = known or _Record(issued=sign_in.issued, seen=sign_in.issued)
            if (
                record.is_over
                or sign_in.issued < self._memory.since - CLOCK_SKEW
                or sign_in.issued > now + CLOCK_SKEW
                or now - sign_in.issued > longest
                or now - record.seen > most_idle
            ):
                return False
            if known is None or now - record.seen > WRITE_EVERY:
                self._note(sign_in, seen=now)
            return True

    def end(self, sign_in: SignIn) -> None:
        """End a sign-in for good."""
        with self._lock:
            self._note(sign_in, seen=self._clock(), is_over=True)

    def _note(self, sign_in: SignIn, *, seen: float, is_over: bool = False) -> None:
        now = self._clock()
        recent = {key: each for key, each in self._memory.sign_ins.items() if now - each.issued <= LONGEST}
        recent[sign_in.key] = _Record(issued=sign_in.issued, seen=seen, is_over=is_over)
        self._memory.sign_ins = recent
        self._write()

    def _read(self) -> _Memory:
        try:
            return _Memory.model_validate_json(self._file.read_bytes())
        except FileNotFoundError:
            pass
        except (OSError, ValidationError) as error:
            logging.getLogger(__name__).warning(
                "We can't read %s, so everyone has to sign in again: %s", FILE_NAME, type(error).__name__
            )
        return _Memory(since=self._clock(), sign_ins={})

    def _write(self) -> None:
        try:
            private_folder(self._file.parent)
            write_private(self._file, self._memory.model_dump_json().encode())
        except OSError as error:
            logging.getLogger(__name__).warning("We can't store who signed out: %s", error.strerror)


@cache
def sign_ins_in(folder: Path) -> SignIns:
    """Return the sign-ins stored in a folder, one instance for the process."""
    return SignIns(folder)
