"""Answers to questions with boxes to tick: which options a cell lists, whatever commas the options hold."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Final

from nethealth.workbook.cells.names import NameIndex, split_names

OTHER: Final = re.compile(
    r"(?:other|otro|otra|otros|autre|outro|outra|sonstiges|andere)\b.*|.*\b(?:please specify|especifique|text|Text)",
    re.IGNORECASE | re.DOTALL,
)
"""The option or grid row next to which people type an answer of their own."""
_BETWEEN_OPTIONS: Final = re.compile(r"[;,]")
_BREAKS: Final = re.compile(r"[;；\n]")
_BRACKETS: Final = {"(": ")", "[": "]", "{": "}", "（": "）"}
_CLOSING: Final = frozenset(_BRACKETS.values())
_GUARDED: Final = str.maketrans({",": "\ue000", "，": "\ue001", "、": "\ue002", ";": "\ue003", "；": "\ue004"})
_RESTORED: Final = {guard: chr(sign) for sign, guard in _GUARDED.items() if isinstance(guard, str)}
_RESTORING: Final = str.maketrans(_RESTORED)


def _guard(text: str) -> str:
    """Replace commas and semicolons between brackets, which separate nothing. A bracket left open holds none."""
    if not any(bracket in text for bracket in _BRACKETS):
        return text
    spans: list[tuple[int, int]] = []
    open_brackets: list[tuple[int, str]] = []
    for place, character in enumerate(text):
        if character in _BRACKETS:
            open_brackets.append((place, _BRACKETS[character]))
        elif character in _CLOSING and any(close == character for _, close in open_brackets[-_DEEPEST:]):
            while open_brackets[-1][1] != character:
                open_brackets.pop()
            start, _ = open_brackets.pop()
            while spans and spans[-1][0] > start:
                spans.pop()
            spans.append((start, place))
    parts, done = [], 0
    for start, end in spans:
        parts += [text[done:start], text[start:end].translate(_GUARDED)]
        done = end
    return "".join((*parts, text[done:]))


_MOST_UNCLOSED: Final = 20
"""More options with an unclosed bracket than this aren't options."""
_DEEPEST: Final = 10
"""Brackets within brackets that are matched; deeper ones are noise."""


class OptionLists:
    """Splits all answers to one question into options.

    A comma between brackets splits nothing. Where answers hold `;`, commas split only what consists of whole options.
    """

    def __init__(self, answers: Collection[str]) -> None:
        guarded = {_guard(answer) for answer in answers}
        self._unclosed = _unclosed_options(guarded)
        """Options with a bracket that nothing closes, and with commas after it."""
        if self._unclosed:
            guarded = {self._guarded(answer) for answer in answers}
        self.are_ended = bool(guarded) and all(answer.rstrip()[-1:] == ";" for answer in guarded)
        """True if each answer ends in `;`, as Microsoft Forms writes them: certainly a list."""
        self.have_several = any("," in answer or ";" in answer for answer in guarded)
        """True if some answer may list several options."""
        self._whole: frozenset[str] | None = None
        self._singles = NameIndex(())
        if any(_BREAKS.search(answer) for answer in guarded if ";" in answer):
            pieces = (piece.strip() for answer in guarded for piece in _BREAKS.split(answer))
            self._whole = frozenset() if self.are_ended else frozenset(pieces)
        else:
            self._singles = _singles(guarded)

    def split(self, answer: str) -> tuple[str, ...]:
        """Return the options in an answer, in order, each once."""
        guarded = self._guarded(answer)
        options = split_names(guarded, self._singles) if self._whole is None else self._split_at_breaks(guarded)
        return tuple(dict.fromkeys(option.translate(_RESTORING) for option in options))

    def _guarded(self, answer: str) -> str:
        guarded = _guard(answer)
        for option in self._unclosed:
            guarded = guarded.replace(option, option.translate(_GUARDED))
        return guarded

    def _split_at_breaks(self, answer: str) -> list[str]:
        options: list[str] = []
        for piece in filter(None, map(str.strip, _BREAKS.split(answer))):
            parts = [part.strip() for part in piece.split(",")]
            are_whole = len(parts) > 1 and all(part in (self._whole or ()) for part in parts)
            options.extend(parts if are_whole else [" ".join(piece.split())])
        return options


def _unclosed_options(answers: Iterable[str]) -> list[str]:
    """Return options with a bracket that is never closed, the longest first: `Coaching (Math, Reading`.

    Such an option goes on for as long as all answers with it do, and ends before what is an option of its own.
    """
    tails: dict[str, list[list[str]]] = {}
    others: set[str] = set()
    for answer in answers:
        parts = answer.split(",")
        at = next((at for at, part in enumerate(parts) if _is_unclosed(part)), len(parts))
        others.update(part.strip() for part in parts[:at])
        if at < len(parts) - 1:
            tails.setdefault(parts[at].strip(), []).append(parts[at + 1 :])
        elif at < len(parts):
            tails.setdefault(parts[at].strip(), []).append([])
    options = []
    for head, following in tails.items():
        shared = [
            places[0] for places in itertools.takewhile(lambda each: len(set(each)) == 1, zip(*following, strict=False))
        ]
        own = list(itertools.takewhile(lambda part: part.strip() not in others, shared))
        if own:
            options.append(",".join((head, *own)))
    return sorted(options, key=len, reverse=True) if len(options) <= _MOST_UNCLOSED else []


def _is_unclosed(part: str) -> bool:
    """True if a bracket opens a remark that isn't closed. One that ends the part is an emoticon."""
    return part.rstrip()[-1:] not in _BRACKETS and any(
        part.count(opening) > part.count(closing) for opening, closing in _BRACKETS.items()
    )


def _singles(answers: set[str]) -> NameIndex:
    """Return the options that contain a comma: those that go on in lower case after it, and answers within others.

    Boxes that are often ticked together look the same, but now and then each is ticked without the other. So an answer
    is one option only if some part of it never appears without the whole.
    """
    parts = {word: [part.strip() for part in _BETWEEN_OPTIONS.split(word)] for word in answers}
    bounded = {word: f",{','.join(pieces)}," for word, pieces in parts.items()}
    holders: dict[str, set[str]] = {}
    for word, pieces in parts.items():
        for piece in pieces:
            holders.setdefault(piece, set()).add(word)

    def is_single(word: str) -> bool:
        whole = {other for other in answers if bounded[word] in bounded[other]}
        return len(whole) > 2 and any(holders[piece] <= whole for piece in parts[word])

    singles = {word for word in answers if "," in word and ";" not in word and is_single(word)}
    return NameIndex(singles | _options_with_comma(word for word in answers if "," in word and ";" not in word))


def _options_with_comma(answers: Iterable[str]) -> set[str]:
    """Return parts of several answers that go on in lower case after a comma: `Workshops, in person`."""
    counts: Counter[str] = Counter()
    for word in answers:
        options: list[str] = []
        for part in map(str.strip, word.split(",")):
            if options and part[:1].islower():
                options[-1] += f", {part}"
            else:
                options.append(part)
        counts.update({option for option in options if "," in option})
    return {option for option, answers in counts.items() if answers > 1}
