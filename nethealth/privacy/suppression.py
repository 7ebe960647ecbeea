"""Who may see what: the smallest group, names or codes, e-mail addresses. A leaf: it knows no workbook."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,320}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


@dataclass(frozen=True, slots=True)
class TooFew:
    """What stands where a figure is held back, since it would speak of too few people."""

    smallest_group: int

    def __str__(self) -> str:
        return f"fewer than {self.smallest_group}"

    def as_json(self) -> dict[str, str]:
        """The form that scripts read."""
        return {"withheld": str(self)}


def is_too_small(count: int, *, whole: int | None = None, smallest_group: int) -> bool:
    """Whether a figure about `count` people says too much: fewer than the smallest group, or leaving so few of `whole`.

    Nobody at all (0), and a remainder of nobody, say nothing about anyone and are not too small.
    """
    remainder = 0 if whole is None else whole - count
    return 0 < count < smallest_group or 0 < remainder < smallest_group


def email_masker() -> Callable[[str], str]:
    """A function that replaces each e-mail address in a text by `(e-mail 1)`, `(e-mail 2)`, ….

    One address gets the same number each time, whatever its case, so that people can still be told apart; nothing of
    the address remains. Texts without one come back as they are.
    """
    numbers: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return f"(e-mail {numbers.setdefault(found.group().casefold(), len(numbers) + 1)})"

    def mask(text: str) -> str:
        return EMAIL.sub(number, text) if "@" in text else text

    return mask


def harmless_cell(text: str) -> str:
    """A text for a downloaded table: one that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
