"""What tests look for in texts: numbers, because the wording may change."""

from __future__ import annotations

import re


def numbers_in(text: str) -> list[str]:
    """Return the numbers in a text, in order, with their percent signs."""
    return re.findall(r"\d+(?:[.,]\d+)*%?", text)
