"""How people rate their ties: strength, trust, value, frequency, and every other numeric column about ties.

An answer is one person's rating of one tie; if several rows rate the same tie, the highest counts, as for strength.
Facts from weavers or staff are excluded, because only the people in a tie can say how much trust is in it. Results from
fewer people than the minimum group size are hidden. Viewers see only averages over everyone: two columns can differ in
one person, and the averages within their categories would then be an equation for what that person answered. Trust and
value as measures of partnerships: Varda, Chandra, Stern & Lurie, Core dimensions of connectivity in public health
collaboratives (2008).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from types import MappingProxyType

from nethealth.network.analysis.attribute_mixing import categorize
from nethealth.network.graph import Network, Tie
from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.workbook.records import PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import TieMeasure

STRENGTH = "Strength"
MOST_LEVELS = 11
"""Up to so many whole numbers, each is its own level; otherwise round numbers divide answers into about `PARTS`."""
PARTS = 5
SMALLEST_STEP = 1e-9
"""Answers closer to each other than this are one level."""
_ROUND_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A summary of answers about some ties."""

    people: int
    """How many people gave them."""
    answers: int
    mean: float
    counts: Mapping[str, int]
    """Answers by level, lowest first, including levels without answers. On a scale with words a level is `4 Often`.

    Empty for viewers.
    """


MaybeAnswers = Answers | TooFew | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TieValueSummary:
    """How people rate their ties on one measure."""

    name: str
    """Strength, or the name of one of `Workbook.tie_measures`."""
    span: float
    """The distance from the lowest to the highest level: 4 on a scale from 1 to 5; 0 if all answers are the same."""
    end_labels: tuple[str, str]
    """The labels of both ends: `1 Never` and `5 Always`, or `0` and `40`. Empty for viewers, unless a scale has them:
    the lowest answer may be one person's."""
    column: str | None
    """The attribute that answers are divided by, if any."""
    overall: Answers | TooFew
    within: MaybeAnswers
    """About ties between two people with the same value of the column; None without answers or column."""
    across: MaybeAnswers
    """About ties between two people with different values; None without answers or column."""
    by_value: Mapping[str, MaybeAnswers]
    """About ties within each category, the largest first, small ones pooled."""


@dataclass(frozen=True, slots=True)
class _Answer:
    source: PersonKey
    target: PersonKey
    number: float


def summarize_tie_values(
    network: Network, workbook: Workbook, *, column: str | None = None
) -> tuple[TieValueSummary, ...]:
    """Return summaries of strength and the workbook's tie measures, for those with answers in this network.

    `column` divides answers into ties within one category and across two; people without a value are only in `overall`.
    If one part is hidden, so is the other, because it could be computed from the total. Both are also hidden if too few
    people answered about ties in neither. Enough single categories are hidden that none can be computed.

    In a viewers' workbook, `column` is ignored, and there are no counts of answers.
    """
    column = None if workbook.is_for_viewers else column
    smallest = workbook.settings.smallest_group
    categories = categorize(network, workbook, column=column) if column is not None else None
    found = []
    for measure in (TieMeasure(STRENGTH), *workbook.tie_measures):
        answers = _answers(network, measure.name)
        if not answers:
            continue
        levels = _levels([answer.number for answer in answers], measure=measure)
        overall = _summarize(answers, levels, is_small=False, smallest_group=smallest) or TooFew(smallest)
        if workbook.is_for_viewers and isinstance(overall, Answers):
            overall = replace(overall, counts=MappingProxyType({}))
        value_of = categories.analyzed if categories and not categories.is_hidden else {}
        with_values = [a for a in answers if a.source in value_of and a.target in value_of]
        within = [a for a in with_values if value_of[a.source] == value_of[a.target]]
        across = [a for a in with_values if value_of[a.source] != value_of[a.target]]
        without_value = [a for a in answers if a.source not in value_of or a.target not in value_of] if value_of else []
        parts = (within, across, without_value)
        is_small = any(is_too_small(len({a.source for a in part}), smallest_group=smallest) for part in parts)
        by_value: dict[str, list[_Answer]] = {}
        if categories and not categories.is_hidden:
            shown = categories.shown
            by_value = {value: [a for a in within if shown[a.source] == value] for value in categories.sizes}
        small = _small_values(by_value, smallest_group=smallest)
        found.append(
            TieValueSummary(
                name=measure.name,
                span=levels.span,
                end_labels=("", "")
                if workbook.is_for_viewers and measure.scale is None
                else levels.ends or (levels.names[0], levels.names[-1]),
                column=column,
                overall=overall,
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


def average_answer(tie: Tie, measure_name: str) -> float | None:
    """Return the mean of both people's answers about a tie on one measure; None if neither answered."""
    answers = _answers_by_pair(tie, measure_name).values()
    return fmean(answers) if answers else None


def _answers(network: Network, measure_name: str) -> list[_Answer]:
    """Return all answers on one measure, in the order of ties."""
    return [
        _Answer(*pair, number) for tie in network.ties for pair, number in _answers_by_pair(tie, measure_name).items()
    ]


def _answers_by_pair(tie: Tie, measure_name: str) -> dict[tuple[PersonKey, PersonKey], float]:
    """Return each person's answer about a tie, by source and target; the highest if there are several."""
    found: dict[tuple[PersonKey, PersonKey], float] = {}
    for row in tie.rows:
        number = row.strength if measure_name == STRENGTH else row.measures.get(measure_name)
        if number is not None and row.is_report:
            pair = (row.source, row.target)
            found[pair] = max(number, found.get(pair, number))
    return found


@dataclass(frozen=True, slots=True)
class _Levels:
    """The start and label of each level."""

    begins: tuple[float, ...]
    names: tuple[str, ...]
    ends: tuple[str, str] | None = None
    """The start of the first level and the end of the last, if levels are ranges."""

    @property
    def span(self) -> float:
        """The distance from the start of the first level to the start of the last."""
        return self.begins[-1] - self.begins[0]

    def of(self, number: float) -> str:
        """Return the level of a number."""
        return self.names[max(sum(number >= begin for begin in self.begins), 1) - 1]


def _levels(numbers: Sequence[float], *, measure: TieMeasure) -> _Levels:
    """Return the points of the scale, if there is one; otherwise whole numbers, or ranges between round numbers.

    Ranges have round ends because the lowest and highest answers could identify someone.
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
    """Return the next larger round number: 1, 2, 2.5, or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(width))
    return next(step * power for step in _ROUND_STEPS if step * power >= width * (1 - 1e-9))


def _number_text(number: float) -> str:
    """Return a number in plain notation, never like 1.2e+04."""
    return f"{number:,.15g}"


def _small_values(by_value: Mapping[str, Sequence[_Answer]], *, smallest_group: int) -> frozenset[str]:
    """Return categories with too few respondents, plus the next smallest until together they aren't too few."""
    people = {
        value: len({answer.source for answer in answers_within})
        for value, answers_within in by_value.items()
        if answers_within
    }
    small = {value for value, count in people.items() if is_too_small(count, smallest_group=smallest_group)}
    for value in sorted(people, key=lambda value: (people[value], value)):
        if not is_too_small(sum(people[each] for each in small), smallest_group=smallest_group):
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
