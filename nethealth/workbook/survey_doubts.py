"""Survey questions that may or may not be on a scale: staff decide, and until then nothing is built on a guess."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nethealth.workbook.cells.characters import folded, tidy
from nethealth.workbook.cells.numbers import read_number
from nethealth.workbook.cells.scale_answers import LABEL_AND_NUMBER_DIFFER, has_words, names_label, read_scale_answer
from nethealth.workbook.cells.text import is_error_value, is_formula, is_no_answer
from nethealth.workbook.rating_words import Ends
from nethealth.workbook.raw import RawCell
from nethealth.workbook.schema.vocabulary import HOW_OFTEN, Scale

WHERE_TO_ANSWER: Final = "How we read your survey"
"""The part of the Data page where staff settle doubts."""
EITHER_END: Final = "We can’t tell whether the lowest or the highest number is the best answer."
MAY_BE_CODES: Final = "These numbers may be a rating, but also counts or codes."
MOST_OPTIONS: Final = 12
LONGEST_OPTION: Final = 80
_MOST_WORDS: Final = 6
_DISTINCT_LOOKED_AT: Final = 60
_DISTINCT_TYPED: Final = 3 * _DISTINCT_LOOKED_AT
"""We recognize open answers by their number alone: quick, also in a long survey."""
_LONGEST_ANSWER: Final = 120
_POINTS_FOR_EACH_STRAY: Final = 3
"""One answer off the scale is a slip, and reported at its cell, if the others use this many points of the scale."""
_MISSPELLED: Final = 88.0
"""How similar, of 100, an answer is to a label that it misspells."""
_WORDS: Final = re.compile(r"\w+")
_HOW_OFTEN: Final = frozenset(map(folded, HOW_OFTEN))
_DEGREE: Final = re.compile(
    r"(?:not (?:at all|very|so|really)|slightly|somewhat|moderately|fairly|quite|very|extremely|completely|mostly|"
    r"a little|a lot|highly|partly|nada|poco|algo|bastante|muy|pas du tout|un peu|assez|plutôt|très|gar nicht|wenig|"
    r"etwas|ziemlich|sehr|pouco|um pouco|muito|extremamente)\b",
    re.IGNORECASE,
)

_GRADES: Final = frozenset(
    folded(word)
    for word in (
        *("Excellent", "Very good", "Good", "Fair", "Average", "Okay", "OK", "Poor", "Very poor", "Bad", "Very bad"),
        *("Low", "Medium", "High", "Very low", "Very high", "Moderate", "Weak", "Strong", "Acceptable", "Great"),
        *("Excelente", "Muy bueno", "Bueno", "Regular", "Malo", "Muy malo", "Bajo", "Medio", "Alto", "Muy alto"),
        *("Très bien", "Bien", "Assez bien", "Passable", "Moyen", "Mauvais", "Faible", "Élevé", "Bon", "Très bon"),
        *("Ótimo", "Muito bom", "Bom", "Ruim", "Péssimo", "Baixo", "Médio", "Sehr gut", "Gut", "Befriedigend"),
        *("Ausreichend", "Mangelhaft", "Schlecht", "Niedrig", "Mittel", "Hoch"),
    )
)

Counts = Mapping[RawCell, int]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a question's scale is in doubt."""

    reason: str
    """A sentence for staff. It quotes no answer, so that it can stand wherever the question does."""
    scale: Scale | None = None
    """The scale that most answers fit."""
    example: RawCell = None
    """An answer that doesn't fit, if any."""


def find_doubt(
    by_wave: Mapping[str | None, Counts],
    scale: Scale | None,
    earlier: Mapping[str | None, Scale],
    known: Sequence[Scale],
) -> Doubt | None:
    """Return why a question's answers leave open which scale it is on, if any; None if they are clear.

    `scale` is the scale guessed from the answers, `earlier` the ones of earlier waves.
    """
    if scale is None:
        waves = list(by_wave.values())
        if max(map(len, waves), default=0) > _DISTINCT_TYPED:
            return None
        parts = [waves, *([counts] for counts in waves if len(waves) > 1)]
        return next((doubt for part in parts if (doubt := _doubt_without_scale(_answers(part), known))), None)
    for wave, counts in by_wave.items():
        own = earlier.get(wave, scale)
        answers = _answers([counts])
        if strays := _strays(answers, own):
            return Doubt(f"Most answers fit the {own.name} scale, but not all.", own, strays[0])
        if (alike := _same_point(answers, own)) is not None:
            return Doubt(f"Several different answers would be one point of the {own.name} scale.", example=alike)
    return None


def doubt_numbers(*, scale: Scale, ends: Ends | None, is_rating: bool, is_order: bool) -> Doubt | None:
    """Return why numbers may be no grades, or may be graded from either end; None if neither is so."""
    if is_order:
        return Doubt("These numbers seem to put things in order, which is no rating.")
    if ends is not None and ends.is_unclear:
        return Doubt(EITHER_END, scale)
    span = None if scale is None else (scale.lowest, scale.highest)
    if ends is not None and ends.is_best_first and scale is not None and span != (ends.lowest, ends.highest):
        # Turned around on a scale with other ends, each answer would get another's value.
        return Doubt(f"Here {ends.lowest} is the best answer, but no scale that we know has these ends.", scale)
    return None if is_rating else Doubt(MAY_BE_CODES, scale)


def _answers(waves: Iterable[Counts]) -> Counter[RawCell]:
    found: Counter[RawCell] = Counter()
    for counts in waves:
        for cell, count in counts.items():
            if not (is_no_answer(cell) or is_error_value(cell) or (isinstance(cell, str) and is_formula(tidy(cell)))):
                found[tidy(cell) if isinstance(cell, str) else cell] += count
    return found


def _strays(answers: Counter[RawCell], scale: Scale) -> list[RawCell]:
    """Return the answers that aren't on the scale, unless they are mere slips."""
    points = set()
    strays = []
    for answer in answers:
        read = read_scale_answer(answer, scale)
        if read.value is not None:
            points.add(read.value)
        elif read.problems and not (answers[answer] == 1 and _is_misspelled(answer, scale)):
            strays.append(answer)
    are_slips = all(answers[answer] == 1 and not _is_how_often(answer) for answer in strays)
    return [] if are_slips and _POINTS_FOR_EACH_STRAY * len(strays) <= len(points) else strays


def _same_point(answers: Iterable[RawCell], scale: Scale) -> str | None:
    """Return an answer that says more than another one of the same point: `Somewhat agree` beside `Agree`."""
    words_of: dict[float, list[tuple[frozenset[str], str]]] = {}
    for answer in answers:
        value = read_scale_answer(answer, scale).value
        if value is not None and isinstance(answer, str):
            words = frozenset(word for word in _WORDS.findall(answer.casefold()) if not word.isdigit())
            words_of.setdefault(value, []).append((words, answer))
    for several in words_of.values():
        for words, answer in several:
            if any(other and other < words for other, _ in several):
                return answer
    return None


def _is_misspelled(answer: RawCell, scale: Scale) -> bool:
    from rapidfuzz import fuzz

    if not isinstance(answer, str) or len(answer) > _LONGEST_ANSWER:
        return False
    labels = [*(label for _, label in scale.points), *(label for label, _ in scale.spellings)]
    return any(fuzz.ratio(answer.casefold(), label.casefold()) >= _MISSPELLED for label in labels)


def _is_how_often(answer: RawCell) -> bool:
    return isinstance(answer, str) and len(answer) <= _LONGEST_ANSWER and folded(answer) in _HOW_OFTEN


def _doubt_without_scale(answers: Counter[RawCell], known: Sequence[Scale]) -> Doubt | None:
    if len(answers) < 2 or len(answers) > _DISTINCT_LOOKED_AT:
        return None
    total = sum(answers.values())
    for scale in filter(has_words, known):
        near, points, stray = 0, set[object](), None
        for answer, count in answers.items():
            read = read_scale_answer(answer, scale)
            if isinstance(answer, str) and answer.isdecimal():
                continue
            if read.value is not None and names_label(answer, read.value, scale):
                points.add(read.value)
                near += count
            elif read.problems == LABEL_AND_NUMBER_DIFFER.problems:
                points.add(answer)
                near += count
                stray = answer
            elif read.value is None:
                stray = answer
        if points and stray is not None and 2 * near >= total:
            return Doubt(f"Several answers fit the {scale.name} scale, but not all.", example=stray)
    numbers = [answer for answer in answers if not read_number(answer).problems]
    others = [answer for answer in answers if read_number(answer).problems]
    if len(numbers) > 1 and others and 5 * sum(answers[number] for number in numbers) >= 4 * total:
        return Doubt("Most answers are numbers, but not all.", example=others[0])
    texts = [answer for answer in answers if isinstance(answer, str) and len(answer) <= _LONGEST_ANSWER]
    if len(texts) > 2 and all(map(_is_how_often, texts)):
        return Doubt("These answers say how often, but aren’t on a scale that we know.", example=texts[0])
    if 2 < len(texts) <= MOST_OPTIONS and total >= 2 * len(texts) and _are_steps(texts):
        return Doubt("These answers look like a scale that we don’t know.", example=texts[0])
    return None


def _are_steps(texts: Sequence[str]) -> bool:
    """True if answers are grades (`Good`, `Fair`), or more and less of one thing (`Useful`, `Very useful`)."""
    if all(folded(text) in _GRADES for text in texts):
        return True
    degrees = sum(_DEGREE.match(text) is not None for text in texts)
    ends = {words[-1] for text in texts if (words := _WORDS.findall(text.casefold()))}
    return 3 * degrees >= 2 * len(texts) or (degrees > 0 and len(ends) == 1)


def are_short_options(words: Counter[str]) -> bool:
    """True if answers may stand as options: they are few, and none is a sentence."""
    return len(words) <= MOST_OPTIONS and all(
        len(word) <= LONGEST_OPTION and "\n" not in word and len(word.split()) <= _MOST_WORDS for word in words
    )
