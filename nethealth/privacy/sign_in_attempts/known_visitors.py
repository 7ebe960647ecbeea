"""Remember from where people have signed in, so that no one else's wrong passcodes can shut them out.

The file holds no address: only digests that no one can compute without this installation's secret, and days.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from nethealth.privacy.codes import installation_secret
from nethealth.privacy.private_files import private_folder, write_private

__all__ = ["KnownVisitors", "known_visitors_in"]

FILE_NAME = "known-visitors.json"
DAYS = 30
MOST = 1_000
"""Networks and browsers of one role: so many of viewers never push out those of staff."""

_Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class _Memory(BaseModel):
    model_config = ConfigDict(extra="forbid")

    days: dict[str, dict[_Digest, dt.date]] = Field(default_factory=dict)
    """By role."""


class KnownVisitors:
    """The networks and browsers from which someone has signed in within `DAYS`, in a private file."""

    def __init__(
        self,
        folder: Path,
        *,
        secret: bytes,
        today: Callable[[], dt.date] = lambda: dt.datetime.now(dt.UTC).date(),
    ) -> None:
        self._file = folder / FILE_NAME
        self._secret = secret
        self._today = today
        self._lock = threading.Lock()
        try:
            self._days = _Memory.model_validate_json(self._file.read_bytes()).days
        except (OSError, ValidationError):
            self._days = {}

    def knows(self, place: str, *, role: str) -> bool:
        """True if someone with this role has signed in from this network or browser."""
        day = self._days.get(role, {}).get(self._digest(place))
        return day is not None and self._today() - day <= dt.timedelta(days=DAYS)

    def add(self, *places: str | None, role: str) -> None:
        """Remember that someone has signed in from these networks or browsers today; None counts as nothing."""
        with self._lock:
            today, days = self._today(), self._days.get(role, {})
            added = {digest: today for place in places if place for digest in [self._digest(place)]}
            if added.items() <= days.items():
                return
            earliest = today - dt.timedelta(days=DAYS)
            others = {digest: day for digest, day in days.items() if day >= earliest and digest not in added}
            self._days = {**self._days, role: dict([*others.items(), *added.items()][-MOST:])}
            self._write()

    def _write(self) -> None:
        try:
            private_folder(self._file.parent)
            write_private(self._file, _Memory(days=self._days).model_dump_json().encode())
        except OSError:
            return  # then this process alone knows them

    def _digest(self, place: str) -> str:
        text = place.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(text, key=self._secret[:64], person=b"known visitor", digest_size=16).hexdigest()


@cache
def known_visitors_in(folder: Path) -> KnownVisitors:
    """Return the visitors known in a folder, one instance for the process."""
    return KnownVisitors(folder, secret=installation_secret())
