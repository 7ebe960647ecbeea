"""Codes that stand for people in addresses and drawings: the same at every visit, and no way back to who it is. A leaf.

The key behind them is drawn once and kept in the app's own folder, so that a link holds across restarts. Where nothing
can be kept there, it is drawn anew by each process.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import stat
from functools import cache, lru_cache
from pathlib import Path

from nethealth.privacy.private_files import data_folder, private_folder, write_private

KEY_BYTES = 32
OWN_DIGITS = 12
CHECK_DIGITS = 6
_CODE = re.compile(rf"[0-9a-f]{{{OWN_DIGITS + CHECK_DIGITS}}}")


@lru_cache(maxsize=50_000)  # a map asks for the codes of both ends of every tie
def person_code(person: str, *, secret: bytes) -> str:
    """The code of a person by their key: 18 hexadecimal digits, the same for one `secret`.

    Without the secret nobody finds a person from a code, or a code from a person. A code is its own code: viewers, who
    know people by their codes alone, get the same ones as staff, and a link that one of them sends works for the other.
    """
    if _CODE.fullmatch(person) and hmac.compare_digest(person[OWN_DIGITS:], _check(person[:OWN_DIGITS], secret)):
        return person
    own = _digest(b"person", person, secret)[:OWN_DIGITS]
    return own + _check(own, secret)


@cache
def installation_secret() -> bytes:
    """The key of this installation, the same for as long as the process runs."""
    return load_or_create_secret(data_folder() / "person-codes")


def load_or_create_secret(folder: Path) -> bytes:
    """The key that is kept in `folder`, which its owner alone can read; drawn now where there is none yet.

    Where nothing can be kept there it is a new one at each call.
    """
    file = folder / "key"
    try:
        private_folder(folder)
        found = _read(file)
        if found is not None and len(found) == KEY_BYTES:
            return found
        drawn = secrets.token_bytes(KEY_BYTES)
        try:
            # What was there and is no key is damaged, and no link that it made can be opened any more. Whether it was
            # there is what the reading saw: by now it may be the whole key of another copy of the app.
            write_private(file, drawn, replace=found is not None)
        except FileExistsError:
            # Another copy was quicker: its key is everybody's.
            return _read(file) or drawn
    except OSError:
        return secrets.token_bytes(KEY_BYTES)
    return drawn


def _check(own: str, secret: bytes) -> str:
    """By these digits a code is told from a Member ID that happens to look like one."""
    return _digest(b"check", own, secret)[:CHECK_DIGITS]


def _digest(purpose: bytes, text: str, secret: bytes) -> str:
    said = text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(said, key=secret[:64], person=purpose.ljust(16, b"\0"), digest_size=16).hexdigest()


def _read(file: Path) -> bytes | None:
    """What stands in the file, up to a little more than a key; None where there is no file."""
    try:
        with file.open("rb") as stream:
            told = os.fstat(stream.fileno())
            content = stream.read(KEY_BYTES + 1)
            if stat.S_IMODE(told.st_mode) & 0o077:
                os.fchmod(stream.fileno(), 0o600)
    except FileNotFoundError:
        return None
    return content
