"""Codes for people in addresses and maps: the same at every visit, and impossible to trace back to the person.

The secret behind them is created once and stored in the app's own folder, so that links survive restarts. If nothing
can be stored there, each process creates its own.
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
    """Return the code for a person's key: 18 hexadecimal digits, always the same for one `secret`.

    Without the secret, no one can compute a code from a person or a person from a code. The code of a code is itself:
    viewers' keys are codes already, so that viewers and staff have the same codes and can exchange links.
    """
    if _CODE.fullmatch(person) and hmac.compare_digest(person[OWN_DIGITS:], _check(person[:OWN_DIGITS], secret)):
        return person
    own = _digest(b"person", person, secret)[:OWN_DIGITS]
    return own + _check(own, secret)


@cache
def installation_secret() -> bytes:
    """Return the secret of this installation, the same as long as the process runs."""
    return load_or_create_secret(data_folder() / "person-codes")


def load_or_create_secret(folder: Path) -> bytes:
    """Return the secret stored in `folder`, which only its owner can read; create it if there is none.

    If nothing can be stored there, each call returns a new one.
    """
    file = folder / "key"
    try:
        private_folder(folder)
        found = _read(file)
        if found is not None and len(found) == KEY_BYTES:
            return found
        created = secrets.token_bytes(KEY_BYTES)
        try:
            # Replace a file only if it was there, and damaged, when we read it: by now another copy of the app may have
            # written its secret.
            write_private(file, created, replace=found is not None)
        except FileExistsError:
            # Another copy was faster: use its secret.
            return _read(file) or created
    except OSError:
        return secrets.token_bytes(KEY_BYTES)
    return created


def _check(own: str, secret: bytes) -> str:
    """Return the check digits that distinguish a code from a Member ID that happens to look like one."""
    return _digest(b"check", own, secret)[:CHECK_DIGITS]


def _digest(purpose: bytes, text: str, secret: bytes) -> str:
    encoded = text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(encoded, key=secret[:64], person=purpose.ljust(16, b"\0"), digest_size=16).hexdigest()


def _read(file: Path) -> bytes | None:
    """Return the file's content, up to one byte more than a secret; None if there is no file."""
    try:
        with file.open("rb") as stream:
            status = os.fstat(stream.fileno())
            content = stream.read(KEY_BYTES + 1)
            if stat.S_IMODE(status.st_mode) & 0o077:
                os.fchmod(stream.fileno(), 0o600)
    except FileNotFoundError:
        return None
    return content
