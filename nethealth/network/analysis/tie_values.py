"""What people say of their ties beyond that they are there: how strong, how much trust and value, how often, and each
further column of numbers that the sheet has on ties.

An answer is what one row says of one tie; of several rows by the same person on the same other the highest counts, as
strength does. Facts that weavers or staff noted are left out: only who is in a tie can say how much trust is in it.
Nothing is told of fewer people than the smallest group. Trust and value as measures of partnerships: Varda, Chandra,
Stern & Lurie, Core dimensions of connectivity in public health collaboratives (2008).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from types import MappingProxyType
from typing import Any

from nethealth.network.analysis.attribute_mixing import categorize
from nethealth.network.graph import Network, Tie
from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.workbook.records import PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import TieMeasure

STRENGTH = "Strength"
MOST_LEVELS = 11
"""Up to so many whole numbers, each is a level of its own; else the answers are parted at round numbers, into about
`PARTS`."""
PARTS = 5
SMALLEST_STEP = 1e-9
"""Answers that lie nearer to each other than this are one level."""
_ROUND_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Answers about some ties."""

    people: int
    """How many different people gave them."""
    answers: int
    mean: float
    counts: Mapping[str, int]
    """Answers by level, lowest first, levels without an answer included. On a scale with words a level is `4 Often`."""

    def as_json(self) -> dict[str, Any]:
        """The figures in the form that scripts read."""
        return {"people": self.people, "answers": self.answers, "mean": self.mean, "distribution": dict(self.counts)}


MaybeAnswers = Answers | TooFew | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TieValueSummary:
    """What people say of their ties in one respect. Declared in `PAGE_MEASURES["tie-values"]`."""

    name: str
    """Strength, or the name of one of `Workbook.tie_measures`."""
    span: float
    """From the lowest level to the highest: 4 on a scale from 1 to 5. 0 where all answers are the same."""
    end_labels: tuple[str, str]
    """Where the levels begin and end: `1 Never` and `5 Always`, or `0` and `40`."""
    column: str | None
    """The attribute by which the answers are parted; None for none."""
    overall: Answers | TooFew
    within: MaybeAnswers
    """About ties between two people with the same value of the column; None without an answer, or a column."""
    across: MaybeAnswers
    """About ties between two people with different values."""
    by_value: Mapping[str, MaybeAnswers]
    """About ties within each value, largest value first, small ones pooled."""

    def as_json(self) -> dict[str, Any]:
        """The figures in the form that scripts read."""

        def to_json(categories: MaybeAnswers) -> Any:
            return categories.as_json() if categories is not None else None

        return {
            "everybody": to_json(self.overall),
            "within": to_json(self.within),
            "across": to_json(self.across),
            "by_value": {value: to_json(categories) for value, categories in self.by_value.items()},
        }


@dataclass(frozen=True, slots=True)
class _Answer:
    source: PersonKey
    target: PersonKey
    number: float


def summarize_tie_values(
    network: Network, workbook: Workbook, *, column: str | None = None
) -> tuple[TieValueSummary, ...]:
    """Strength and the workbook's measures of ties, of those that somebody gave a number for in this network.

    Parted by `column` into ties within one value and across two; who has no value is in `everybody` alone. Where one
    part is held back, so is the other, since it could be worked out from the whole; and so are both where few answered
    what is in neither. Of single values so many are held back that these are not few themselves.
    """
    smallest = workbook.settings.smallest_group
    categories = categorize(network, workbook, column=column) if column is not None else None
    found = []
    for measure in (TieMeasure(STRENGTH), *workbook.tie_measures):
        answers = _answers(network, measure.name)
        if not answers:
            continue
        levels = _levels([answer.number for answer in answers], measure=measure)
        value_of = categories.analyzed if categories and not categories.is_hidden else {}
        placed = [a for a in answers if a.source in value_of and a.target in value_of]
        within = [a for a in placed if value_of[a.source] == value_of[a.target]]
        across = [a for a in placed if value_of[a.source] != value_of[a.target]]
        unplaced = [a for a in answers if a.source not in value_of or a.target not in value_of] if value_of else []
        parts = (within, across, unplaced)
        is_small = any(is_too_small(len({a.source for a in part}), smallest_group=smallest) for part in parts)
        by_value: dict[str, list[_Answer]] = {}
        if categories and not categories.is_hidden:
            shown = categories.shown
            by_value = {value: [a for a in within if shown[a.source] == value] for value in categories.sizes}
        small = _small_values(by_value, smallest_group=smallest)
        found.append(
            TieValueSummary(
                name=measure.name,
                span=levels.reach,
                end_labels=levels.ends or (levels.names[0], levels.names[-1]),
                column=column,
                overall=_summarize(answers, levels, is_small=False, smallest_group=smallest) or TooFew(smallest),
                within=_summarize(within, levels, is_small=is_small, smallest_group=smallest),
                across=_summarize(across, levels, is_small=is_small, smallest_group=smallest),
                by_value=MappingProxyType(
                    {
                        value: _summarize(
                            answers_within, levels, is_small=is_small or value in small, smallest_group=smallest
                        )
                        for value, answers_within in by_value.items()
                    }
                ),
            )
        )
    return tuple(found)


def average_answer(tie: Tie, quality: str) -> float | None:
    """What the two people of a tie say of it in one respect, on average; None where neither says."""
    answers = _answers_by_pair(tie, quality).values()
    return fmean(answers) if answers else None


def _answers(network: Network, quality: str) -> list[_Answer]:
    """What each of two people says of the other, by the order of ties."""
    return [_Answer(*pair, number) for tie in network.ties for pair, number in _answers_by_pair(tie, quality).items()]


def _answers_by_pair(tie: Tie, quality: str) -> dict[tuple[PersonKey, PersonKey], float]:
    """What each of the two says of the other, the highest where they say it twice."""
    found: dict[tuple[PersonKey, PersonKey], float] = {}
    for row in tie.rows:
        number = row.strength if quality == STRENGTH else row.measures.get(quality)
        if number is not None and row.is_report:
            pair = (row.source, row.target)
            found[pair] = max(number, found.get(pair, number))
    return found


@dataclass(frozen=True, slots=True)
class _Levels:
    """Where each level begins, and what it is called."""

    begins: tuple[float, ...]
    names: tuple[str, ...]
    ends: tuple[str, str] | None = None
    """What the first begins and the last ends at, where their names say both."""

    @property
    def reach(self) -> float:
        """From where the first begins to where the last does."""
        return self.begins[-1] - self.begins[0]

    def of(self, number: float) -> str:
        """The level in which a number lies."""
        return self.names[max(sum(number >= begin for begin in self.begins), 1) - 1]


def _levels(numbers: Sequence[float], *, measure: TieMeasure) -> _Levels:
    """The points of the scale, where there is one; else whole numbers, or parts between round ones.

    Round, since the lowest and the highest answer are somebody's.
    """
    points = tuple(point for point, _ in measure.scale.points) if measure.scale is not None else ()
    if len(points) <= MOST_LEVELS and set(numbers) <= set(points):
        return _Levels(points, tuple(measure.written(point) for point in points))
    low, high = min(numbers), max(numbers)
    if all(number.is_integer() for number in map(float, numbers)) and high - low < MOST_LEVELS:
        steps = [float(step) for step in range(int(low), int(high) + 1)]
        return _Levels(tuple(steps), tuple(f"{step:,.0f}" for step in steps))
    width = (high - low) / PARTS
    if width < SMALLEST_STEP:
        return _Levels((low,), (_number_text(float(f"{low:.4g}")),))
    step = _round_step(width)
    first = math.floor(low / step)
    begins = [step * part for part in range(first, max(math.ceil(high / step), first + 1))]
    return _Levels(
        tuple(begins),
        tuple(f"{_number_text(begin)} to {_number_text(begin + step)}" for begin in begins),
        (_number_text(begins[0]), _number_text(begins[-1] + step)),
    )


def _round_step(width: float) -> float:
    """The next larger of the round numbers: 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(width))
    return next(step * power for step in _ROUND_STEPS if step * power >= width * (1 - 1e-9))


def _number_text(number: float) -> str:
    """A number as people write it into a sheet: never as 1.2e+04."""
    return f"{number:,.15g}"


def _small_values(by_value: Mapping[str, Sequence[_Answer]], *, smallest_group: int) -> frozenset[str]:
    """The values of which too few people answered, with as many more as it takes that these are not few together."""
    people = {
        value: len({answer.source for answer in answers_within})
        for value, answers_within in by_value.items()
        if answers_within
    }
    small = {value for value, count in people.items() if is_too_small(count, smallest_group=smallest_group)}
    for value in sorted(people, key=lambda value: (people[value], value)):
        if not is_too_small(sum(people[categories] for categories in small), smallest_group=smallest_group):
            break
        small.add(value)
    return frozenset(small)


def _summarize(answers: Iterable[_Answer], levels: _Levels, *, is_small: bool, smallest_group: int) -> MaybeAnswers:
    answers = list(answers)
    if not answers:
        return None
    people = len({answer.source for answer in answers})
    if is_small or is_too_small(people, smallest_group=smallest_group):
        return TooFew(smallest_group)
    counts = Counter(levels.of(answer.number) for answer in answers)
    return Answers(
        people=people,
        answers=len(answers),
        mean=fmean(answer.number for answer in answers),
        counts=MappingProxyType({name: counts[name] for name in levels.names}),
    )
