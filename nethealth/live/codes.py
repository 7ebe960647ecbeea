"""The short codes with which people join a session, and the secrets of phones."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Final

from nethealth.workbook.cells.names import PHONE_MARK

_LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits that no one takes for another: no I, L, O, 0, or 1."""
CODE_LENGTH: Final = 6
"""31^6 codes, almost 900 million: at 20 wrong tries a minute, a search would take decades."""
_SEPARATORS: Final = re.compile(r"[\s\-–—.·]+")
_CODE: Final = re.compile(f"[{_LETTERS}]{{{CODE_LENGTH}}}")


def new_code() -> str:
    """Return a code that can't be guessed, such as `K7WPXM`."""
    while True:
        code = "".join(secrets.choice(_LETTERS) for _ in range(CODE_LENGTH))
        if any(letter.isdigit() for letter in code):  # so it never spells a word
            return code


def read_code(text: str) -> str | None:
    """Return the code that someone typed, in any case and with spaces; None if it can't be one.

    Examples:
        >>> read_code(" k7w-pxm "), read_code("hello")
        ('K7WPXM', None)
    """
    code = _SEPARATORS.sub("", text[:40]).upper()
    return code if _CODE.fullmatch(code) else None


def spaced_code(code: str) -> str:
    """Return a code as people read it aloud.

    Examples:
        >>> spaced_code("K7WPXM")
        'K7W PXM'
    """
    return f"{code[: CODE_LENGTH // 2]} {code[CODE_LENGTH // 2 :]}"


def new_phone_secret() -> str:
    """Return a secret that a phone sends with its answers."""
    return secrets.token_urlsafe(18)


def phone_id(secret: str) -> str:
    """Return the ID under which a phone's answers are stored. Its secret can't be told from it."""
    return hashlib.sha256(b"phone:" + secret.encode()).hexdigest()[:32]


def phone_code(phone: str, *, session: str) -> str:
    """Return what stands for a phone in the workbook: the same for all of its answers in a session, and nothing else.

    `session` is its ID, which never leaves the server.

    Examples:
        >>> phone_code("4f2a", session="s").startswith("Phone-")
        True
    """
    digest = hmac.new(session.encode(), b"workbook:" + phone.encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest, "big")
    return PHONE_MARK + "".join(_LETTERS[number // 31**place % 31] for place in range(8))


def person_code(person: str, *, session: str) -> str:
    """Return a session's own code for a person. `session` is its ID, which never leaves the server."""
    return hmac.new(session.encode(), person.encode(), hashlib.sha256).hexdigest()[:12]
