"""Show people as initials or codes, and mask full names in text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from nethealth.workbook.cells.characters import unaccented

ANONYMOUS = "a member"
"""Replaces a masked name in a text."""

_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
"""Chinese, Japanese, and Korean names: in a sentence, no space separates them from other words."""
_SHORTEST_MASKED = 4
"""Shorter names are left in text, since a word may happen to be one."""


def initials(names: Mapping[str, str]) -> dict[str, str]:
    """Return initials by key: `AML` for `Ana María Lopez`; shared ones get a number, in the order given.

    A name without letters becomes `?`.
    """
    short = {key: "".join(word[0] for word in _WORD.findall(name)).upper()[:5] or "?" for key, name in names.items()}
    shared = Counter(short.values())
    seen: Counter[str] = Counter()
    numbered: dict[str, str] = {}
    for key, letters in short.items():
        seen[letters] += 1
        numbered[key] = f"{letters} {seen[letters]}" if shared[letters] > 1 else letters
    return numbered


def codes(digests: Mapping[str, str]) -> dict[str, str]:
    """Return codes by key, made from opaque digests: `M-3F9A`; a repeated code gets a number."""
    return _numbered({key: f"M-{digest[:4].upper()}" for key, digest in digests.items()})


def _numbered(short: Mapping[str, str]) -> dict[str, str]:
    seen: Counter[str] = Counter()
    numbered: dict[str, str] = {}
    for key, code in short.items():
        seen[code] += 1
        numbered[key] = code if seen[code] == 1 else f"{code}-{seen[code]}"
    return numbered


def _key(word: str) -> str:
    """Return the key by which words of names are compared: people leave accents out, or get them wrong."""
    return unaccented(word).casefold()


class NameMasker:
    """Replaces full names in text: whole words only, ignoring case, accents, and spacing.

    `names` maps each full name to its replacement; `Hart, Jo` also matches `Jo Hart`. Names of one short word stay,
    since they may be words. Other names of one word are replaced only if capitalized: `will` in a sentence isn't the
    member Will. Chinese, Japanese, and Korean names are replaced anywhere.
    """

    __slots__ = ("_anywhere", "_by_first_word", "_unspaced")

    def __init__(self, names: Mapping[str, str]) -> None:
        self._by_first_word: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
        self._unspaced = {
            whole: shown for name, shown in names.items() if _UNSPACED.fullmatch(whole := "".join(name.split()))
        }
        longest_first = sorted(self._unspaced, key=len, reverse=True)
        self._anywhere = re.compile("|".join(r"\s?".join(whole) for whole in longest_first))
        for name, shown in names.items():
            written = _WORD.findall(name)
            words = tuple(map(_key, written))
            if words and sum(map(len, words)) >= _SHORTEST_MASKED:
                may_be_a_word = len(words) == 1 and written[0][0].isupper()
                for order in dict.fromkeys((words, (*words[-1:], *words[:-1]))):
                    self._by_first_word.setdefault(order[0], []).append((order, shown, may_be_a_word))
        for found in self._by_first_word.values():
            found.sort(key=lambda entry: -len(entry[0]))

    @property
    def is_empty(self) -> bool:
        """True if there is no name to replace."""
        return not self._by_first_word and not self._unspaced

    def __call__(self, text: str | None) -> str | None:
        """Return the text without the names; None for None."""
        if not text:
            return text
        if self._unspaced:
            text = self._anywhere.sub(lambda found: self._unspaced["".join(found.group().split())], text)
        words = [(_key(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)]
        pieces: list[str] = []
        copied = place = 0
        while place < len(words):
            match = next(
                (
                    (name, shown)
                    for name, shown, may_be_a_word in self._by_first_word.get(words[place][0], ())
                    if tuple(word for word, _, _ in words[place : place + len(name)]) == name
                    and not (may_be_a_word and text[words[place][1]].islower())
                ),
                None,
            )
            if match is None:
                place += 1
                continue
            name, shown = match
            pieces += [text[copied : words[place][1]], shown]
            copied = words[place + len(name) - 1][2]
            place += len(name)
        return "".join((*pieces, text[copied:])) if pieces else text
