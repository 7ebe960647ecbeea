"""Find rude words, so that the facilitator sees a text before the room does."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Final

from nethealth.workbook.cells.characters import unaccented

_DISGUISES: Final = str.maketrans("013457@$", "oieastas")
_BETWEEN_LONE_LETTERS: Final = re.compile(r"(?<=\b\w)[\W_]+(?=\w\b)")


def has_rude_word(text: str) -> bool:
    """True if a text has a word of `rude_words.toml`: in capitals, with digits for letters, or spaced out, too.

    Examples:
        >>> has_rude_word("Ana Cunningham"), has_rude_word("Shiiit"), has_rude_word("P.u.t.a")
        (False, True, True)
    """
    plain = unaccented(text).casefold().translate(_DISGUISES)
    return any(_pattern().search(each) for each in (plain, _BETWEEN_LONE_LETTERS.sub("", plain)))


@cache
def _pattern() -> re.Pattern[str]:
    lists = tomllib.loads(resources.files(__package__).joinpath("rude_words.toml").read_text(encoding="utf-8")).values()
    words = _any_of(word for each in lists for word in each["words"])
    beginnings = _any_of(word for each in lists for word in each["beginnings"])
    return re.compile(rf"(?<!\w)(?:(?:{words})(?!\w)|{beginnings})")


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of these words, in which each letter may come more often than it should."""
    return "|".join(
        "".join(f"{re.escape(letter)}{{{len(list(run))},}}" for letter, run in groupby(word)) for word in words
    )
