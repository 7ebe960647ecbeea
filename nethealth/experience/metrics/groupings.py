"""Ways to group the respondents of a survey: by columns of the Members tab, tenure, and closed questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from nethealth.experience.metrics.answer_sheet import AnswerSheet
from nethealth.experience.metrics.choices import count_choices
from nethealth.privacy.common_values import columns_of_groups, value_for_groups
from nethealth.workbook.records import Person, Question, QuestionKind, SurveyResponse, Workbook
from nethealth.workbook.schema.vocabulary import Scale, WaveKind

Codes: TypeAlias = npt.NDArray[np.int64]

TENURE: Final = "Time in the network"
TENURES: Final = ("less than a year", "one to three years", "more than three years")
MAX_GROUPS: Final = 40
"""A column with more values than this identifies people rather than groups them."""
CHECKED: Final = ("checked", "not checked")
_YEAR: Final = 365.25


class GroupingKind(StrEnum):
    """The source of a grouping."""

    ATTRIBUTE = "attribute"  # a column of the Members tab
    FACT = "fact"  # a multiple-choice question: what people do or are
    OPINION = "opinion"  # a question on a scale: what they think


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grouping:
    """One way to group the respondents of a survey: each is in one group, or in no known group."""

    name: str
    """The column's header, or the question's wording."""
    kind: GroupingKind
    groups: tuple[str, ...]
    codes: Codes
    """The index of each response's group; -1 if unknown."""
    question: str | None = None
    """The header of the question whose answers make the groups, if one does."""


def survey_groupings(workbook: Workbook, sheet: AnswerSheet) -> tuple[Grouping, ...]:
    """Return every grouping with at least two groups: columns of members first, then questions.

    Columns need to know who answered, which only the staff's workbook does. If two groupings share a name, the first
    one stays. Among columns, the one that colors the map comes first, then those with the fewest groups.
    """
    found: dict[str, Grouping] = {}
    for grouping in (*_by_attribute(workbook, sheet), *_by_question(sheet, workbook.settings.smallest_group)):
        if 2 <= len(grouping.groups) <= MAX_GROUPS:
            found.setdefault(grouping.name, grouping)
    places = {kind: place for place, kind in enumerate(GroupingKind)}
    preferred = workbook.settings.color_map_by

    def rank(grouping: Grouping) -> tuple[int, bool, int]:
        fewest = len(grouping.groups) if grouping.kind is GroupingKind.ATTRIBUTE else 0
        return places[grouping.kind], grouping.name != preferred, fewest

    return tuple(sorted(found.values(), key=rank))


def attribute_values(
    workbook: Workbook, people: Sequence[Person | None], *, day: dt.date | None
) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    """Yield each column of the members, then their tenure on `day`, with each person's value or None."""
    for column in columns_of_groups(workbook):
        yield column, tuple(None if person is None else value_for_groups(person, column) for person in people)
    yield TENURE, tuple(None if person is None else tenure(person, day) for person in people)


def tenure(person: Person, day: dt.date | None) -> str | None:
    """Return how long a person has been in the network on a day, as one of `TENURES`; None if unknown."""
    if day is None or person.joined is None or person.joined > day:
        return None
    years = (day - person.joined).days / _YEAR
    return TENURES[0 if years < 1 else 1 if years < 3 else 2]


def survey_date(workbook: Workbook, wave: str | None, responses: Sequence[SurveyResponse]) -> dt.date | None:
    """Return the date of a survey: from the Waves tab, else the day of its latest answer; None if neither is known."""
    known = workbook.wave_named(wave, kind=WaveKind.SURVEY)
    if known is not None and known.date is not None:
        return known.date
    return max((response.date for response in responses if response.date), default=None)


def _by_attribute(workbook: Workbook, sheet: AnswerSheet) -> Iterator[Grouping]:
    people = [
        None if response.respondent is None else workbook.people.get(response.respondent)
        for response in sheet.responses
    ]
    if not any(people):
        return
    for column, values in attribute_values(workbook, people, day=survey_date(workbook, sheet.wave, sheet.responses)):
        order = TENURES if column == TENURE else ()
        yield _grouping(column, values, kind=GroupingKind.ATTRIBUTE, order=order)


def _by_question(sheet: AnswerSheet, smallest_group: int) -> Iterator[Grouping]:
    for question in sheet.questions:
        text = question.text
        if question.kind is QuestionKind.SCALE and question.scale is not None:
            steps = scale_groups(question.scale)
            values = [None if number != number else steps.get(float(number)) for number in sheet.numbers[text].tolist()]
            order = tuple(dict.fromkeys(steps.values()))
            yield _grouping(question.label, values, kind=GroupingKind.OPINION, order=order, question=text)
        elif question.kind is QuestionKind.CHOICE:
            given = [answer for answer in sheet.choices[text] if answer is not None]
            named, pooled = count_choices(given, smallest_group=smallest_group)
            # Naming a pooled option here would reveal the others in its pool.
            values = [str(answer) if answer in named and answer != pooled else None for answer in sheet.choices[text]]
            yield _grouping(question.label, values, kind=GroupingKind.FACT, question=text)
        elif question.kind is QuestionKind.MULTIPLE:
            yield from _by_checkbox(question, sheet.choices[text], smallest_group)


def _by_checkbox(question: Question, answers: Sequence[object], smallest_group: int) -> Iterator[Grouping]:
    """Yield one grouping per checkbox, since checkboxes overlap: people who checked it, and people who didn't.

    A box that too few people checked isn't even named: it may be what someone wrote next to "Other".
    """
    selections = [answer if isinstance(answer, tuple) else None for answer in answers]
    given = [answer for answer in selections if answer is not None]
    counts, pooled = count_choices(given, smallest_group=smallest_group)
    boxes = [box for box, count in counts.items() if box != pooled and len(given) - count >= smallest_group]
    for box in sorted(boxes)[:MAX_GROUPS]:
        values = [None if answer is None else CHECKED[box not in answer] for answer in selections]
        yield _grouping(
            f"{question.label} · {box}",
            values,
            kind=GroupingKind.FACT,
            order=CHECKED,
            question=question.text,
        )


def scale_groups(scale: Scale) -> Mapping[float, str]:
    """Return the group of each value of a scale: its lower half, its middle point if any, or its upper half.

    A 0–10 scale is cut as detractors, passives, and promoters are: 0 to 6, 7 or 8, 9 or 10.
    """
    values = [value for value, _ in scale.points]
    if is_zero_to_ten(scale):
        return {value: "0 to 6" if value <= 6 else "7 or 8" if value <= 8 else "9 or 10" for value in values}
    half = len(values) // 2
    low, high = _range_label(scale, 0, half), _range_label(scale, len(values) - half, len(values))
    middle = scale.label(values[half]) if len(values) % 2 else ""
    return {
        value: low if place < half else high if place >= len(values) - half else middle
        for place, value in enumerate(values)
    }


def is_zero_to_ten(scale: Scale) -> bool:
    """True if a scale goes from 0 to 10 in whole steps."""
    return [value for value, _ in scale.points] == [float(value) for value in range(11)]


def _range_label(scale: Scale, first: int, last: int) -> str:
    labels = [label for _, label in scale.points[first:last]]
    if len(labels) == 1:
        return labels[0]
    return f"{labels[0]} {'or' if len(labels) == 2 else 'to'} {labels[-1]}"


def _grouping(
    name: str,
    values: Sequence[str | None],
    *,
    kind: GroupingKind,
    order: Sequence[str] = (),
    question: str | None = None,
) -> Grouping:
    """Return the grouping by these values, with groups in `order`, or the largest group first."""
    counts: dict[str, int] = {}
    for value in values:
        if value is not None:
            counts[value] = counts.get(value, 0) + 1
    groups = (
        [group for group in order if group in counts]
        if order
        else sorted(counts, key=lambda group: (-counts[group], group))
    )
    places: dict[str | None, int] = {group: place for place, group in enumerate(groups)}
    return Grouping(
        name=name,
        kind=kind,
        groups=tuple(groups),
        codes=np.array([places.get(value, -1) for value in values], dtype=np.int64),
        question=question,
    )
