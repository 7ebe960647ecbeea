"""Answers on a scale: their values, and which scale a column of answers is on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from nethealth.workbook.cells.characters import digits_folded, folded, tidy
from nethealth.workbook.cells.numbers import plain_number, read_number
from nethealth.workbook.cells.parsed import BLANK, ERROR_VALUE, FORMULA_TEXT, Parsed, unreadable
from nethealth.workbook.cells.text import LONGEST_LABEL, is_error_value, is_formula, is_no_answer
from nethealth.workbook.raw import RawCell
from nethealth.workbook.schema.vocabulary import Scale

LABEL_AND_NUMBER_DIFFER: Final[Parsed[Any]] = unreadable(
    "The number and the words in this answer don’t match, so we skipped it.",
    "Keep the one that’s right: the number or the words.",
)

_NUMBER_AND_LABEL: Final = re.compile(r"([+-]?\d{1,6}(?:\.\d{1,6})?)\s*(?:[-–—:.=)|]\s*|\s\(?|\()(\D.*)", re.DOTALL)

_LABEL_AND_NUMBER: Final = re.compile(r"(.*\D)\s*[-–—:=(\[]\s*([+-]?\d{1,6}(?:\.\d{1,6})?)\s*[)\]]?", re.DOTALL)

_LONGEST_LIST_OF_LABELS: Final = 160
_SHORTEST_WORD: Final = 3
_LONGEST_WORD: Final = 40
_CLOSE_ENOUGH: Final = 80.0

_FEW_ANSWERS: Final = 20

_SHARE_THAT_FITS: Final = 0.8

_DISTINCT_LOOKED_AT: Final = 60


def read_scale_answer(cell: RawCell, scale: Scale) -> Parsed[float]:
    """Read an answer on `scale`: its number, its label, or both (`4`, `Agree`, `4 - Agree`).

    The value is None if there is no answer (`is_no_answer`), or with an error if the answer isn't on this scale.
    """
    if isinstance(cell, bool):
        return _not_on_scale(scale)
    if isinstance(cell, int | float):
        value = _point(cell, scale)
        return _not_on_scale(scale) if value is None else Parsed(value)
    if isinstance(cell, str) and len(cell) < 4 and cell.isascii() and cell.isdigit():
        value = _point(int(cell), scale)
        return _not_on_scale(scale) if value is None else Parsed(value)
    if is_no_answer(cell):
        return BLANK
    if is_error_value(cell):
        return ERROR_VALUE
    if not isinstance(cell, str) or len(cell) > LONGEST_LABEL:
        return _not_on_scale(scale)
    words = tidy(cell)
    return FORMULA_TEXT if is_formula(words) else _answer_text(words, scale)


def _not_on_scale(scale: Scale, words: str = "") -> Parsed[Any]:
    ends = f"{scale.lowest:g} to {scale.highest:g}"
    listed = ", ".join(f"{point:g} {label}" for point, label in scale.points)
    is_short = has_words(scale) and len(listed) <= _LONGEST_LIST_OF_LABELS
    close = _closest_label(words, scale)
    question = "" if close is None else f"Did you mean “{close}”? "
    remedy = f"Type a number from {ends}, or the words of the scale."
    if is_short:
        remedy = f"Use the number or the words of one of these: {listed}."
    return unreadable(
        f"This isn’t an answer on the {scale.name} scale ({ends}), so we skipped it.", f"{question}{remedy}"
    )


def _closest_label(words: str, scale: Scale) -> str | None:
    """Return the label that a text nearly is: `collaborate` for `collaborat`; None if it is like none."""
    if not _SHORTEST_WORD <= len(words) <= _LONGEST_WORD or not has_words(scale):
        return None
    from rapidfuzz import fuzz, process

    labels = [label for _, label in scale.points]
    found = process.extractOne(folded(words), list(map(folded, labels)), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    return None if found is None else labels[found[2]]


def _point(value: float, scale: Scale) -> float | None:
    for point, _ in scale.points:
        if point == value:
            return point
    return None


def _value_of_label(words: str, scale: Scale) -> float | None:
    return _points_by_label(scale).get(folded(words))


@lru_cache(maxsize=256)
def _points_by_label(scale: Scale) -> Mapping[str, float]:
    """Map folded labels to values. Of two labels that read the same, the first wins; other spellings come last."""
    named = [*((label, point) for point, label in scale.points), *scale.spellings]
    return MappingProxyType({folded(label): point for label, point in reversed(named)})


def _answer_text(words: str, scale: Scale) -> Parsed[float]:
    typed = plain_number(words)
    value = _point(typed, scale) if typed is not None else _value_of_label(words, scale)
    if value is not None:
        return Parsed(value)
    if typed is None and (both := _NUMBER_AND_LABEL.fullmatch(digits_folded(words))):
        return _number_with_label(float(both[1]), both[2], scale)
    if typed is None and (both := _LABEL_AND_NUMBER.fullmatch(digits_folded(words))):
        return _number_with_label(float(both[2]), both[1], scale)
    return _not_on_scale(scale, words)


def _number_with_label(value: float, label: str, scale: Scale) -> Parsed[float]:
    point = _point(value, scale)
    meant = _value_of_label(label, scale)
    if point is None:
        return _not_on_scale(scale)
    # Words that the scale doesn't know (`5 - Extremely likely`) only explain the number.
    return LABEL_AND_NUMBER_DIFFER if meant is not None and meant != point else Parsed(point)


def guess_scale(cells: Iterable[RawCell] | Mapping[RawCell, int], scales: Sequence[Scale]) -> Scale | None:
    """Guess the scale that a column of answers is on; None if it looks like none.

    `cells` are the answers, or how often each was given.

    Words decide first: the scale that reads at least four fifths of the answers, and two of them by its labels. Plain
    whole numbers go to the scale without words whose upper end is nearest. Numbers up to 4 are on 1–4 only if twenty
    or more answers never reach 5. The lowest and highest number may have words (`5 - Extremely`).
    """
    counts: dict[RawCell, int] = {}
    for cell, count in cells.items() if isinstance(cells, Mapping) else Counter(cells).items():
        if is_no_answer(cell) or is_error_value(cell) or (isinstance(cell, str) and is_formula(cell.lstrip())):
            continue
        key = cell.strip() if isinstance(cell, str) else cell
        counts[key] = counts.get(key, 0) + count
        if len(counts) > _DISTINCT_LOOKED_AT:
            return None
    if not counts:
        return None
    numbers = {key: whole_number(key) for key in counts}
    if all(value is not None for value in numbers.values()):
        return _scale_of_numbers(
            [value for value in numbers.values() if value is not None], sum(counts.values()), scales
        )
    return _scale_of_words(counts, scales) or _scale_of_labeled_ends(counts, scales)


def whole_number(cell: RawCell) -> int | None:
    """Return the whole number in a cell; None if it holds anything else."""
    if isinstance(cell, bool):
        return None
    read = read_number(cell) if not isinstance(cell, str) else Parsed(plain_number(tidy(cell)))
    return int(read.value) if read.value is not None and read.value.is_integer() else None


def has_words(scale: Scale) -> bool:
    """True if a scale's points have labels other than their numbers."""
    return any(plain_number(label) is None for _, label in scale.points)


def names_label(answer: RawCell, value: float, scale: Scale) -> bool:
    """True if an answer holds the words for its value: `4 - Agree` does, `4 - Somewhat` only its number."""
    labels = [scale.label(value), *(words for words, point in scale.spellings if point == value)]
    return isinstance(answer, str) and any(folded(label) in folded(answer) for label in labels)


def _scale_of_words(counts: dict[RawCell, int], scales: Sequence[Scale]) -> Scale | None:
    total = sum(counts.values())
    best: tuple[float, int, Scale] | None = None
    for scale in scales:
        fits = 0
        by_words = set()
        for answer, count in counts.items():
            value = read_scale_answer(answer, scale).value
            if value is None:
                continue
            fits += count
            if has_words(scale) and names_label(answer, value, scale):
                by_words.add(value)
        others_are_numbers = sum(whole_number(answer) is None for answer in counts) == 1
        enough = 1 if fits == total and others_are_numbers else min(2, len(counts))
        if fits / total >= _SHARE_THAT_FITS and len(by_words) >= enough:
            candidate = (fits / total, len(by_words), scale)
            if best is None or candidate[:2] > best[:2]:
                best = candidate
    return best[2] if best else None


def _scale_of_labeled_ends(counts: dict[RawCell, int], scales: Sequence[Scale]) -> Scale | None:
    """Return the scale of whole numbers of which only the lowest and highest have words: `1 - Not at all`, 2, 3."""
    numbers = {answer: value for answer in counts if (value := whole_number(answer)) is not None}
    labeled = {answer: _labeled_number(answer) for answer in counts if answer not in numbers}
    values = [*numbers.values(), *(value for value in labeled.values() if value is not None)]
    if not numbers or None in labeled.values() or len(labeled) > 2:
        return None
    inner = set(values) - {min(values), max(values)}
    if inner & set(labeled.values()) or _differs_from_label(labeled, scales):
        return None
    return _scale_of_numbers(values, sum(counts.values()), scales)


def _labeled_number(answer: RawCell) -> int | None:
    if not isinstance(answer, str) or len(answer) > LONGEST_LABEL:
        return None
    both = _NUMBER_AND_LABEL.fullmatch(digits_folded(tidy(answer)))
    return int(float(both[1])) if both and float(both[1]).is_integer() else None


def _differs_from_label(answers: Iterable[RawCell], scales: Sequence[Scale]) -> bool:
    return any(
        read_scale_answer(answer, scale).problems == LABEL_AND_NUMBER_DIFFER.problems
        for answer in answers
        for scale in scales
    )


def _scale_of_numbers(values: list[int], answers: int, scales: Sequence[Scale]) -> Scale | None:
    lowest, highest = min(values), max(values)
    wanted = highest
    if highest <= 3 or (highest == 4 and answers < _FEW_ANSWERS):
        wanted = 5
    plain = [scale for scale in scales if not has_words(scale)] or list(scales)
    near = [scale for scale in plain if scale.lowest <= lowest and wanted <= scale.highest <= max(wanted + 2, 5)]
    return min(near, key=lambda scale: (scale.highest, -scale.lowest), default=None)
