"""What the people of a survey can be compared by: columns of the members, and the closed questions themselves."""

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
from nethealth.workbook.records import Person, Question, QuestionKind, SurveyResponse, Workbook
from nethealth.workbook.schema.vocabulary import Scale, WaveKind

Codes: TypeAlias = npt.NDArray[np.int64]

TENURE: Final = "Time in the network"
TENURES: Final = ("less than a year", "one to three years", "more than three years")
MAX_GROUPS: Final = 40
"""A column of more values tells people apart rather than together."""
_YEAR: Final = 365.25


class GroupingKind(StrEnum):
    """Where a grouping comes from."""

    ATTRIBUTE = "attribute"  # a column of the members
    FACT = "fact"  # a question with options: what people do or are
    OPINION = "opinion"  # a question on a scale: what they think


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grouping:
    """One way to part the people of a survey: each belongs to one group, or to none that is known."""

    name: str
    """The column's header, or the question."""
    kind: GroupingKind
    groups: tuple[str, ...]
    codes: Codes
    """For each response the place of its group; -1 where it is not known."""
    question: str | None = None
    """The question whose answers part people, if one does."""


def survey_groupings(workbook: Workbook, sheet: AnswerSheet) -> tuple[Grouping, ...]:
    """Everything that a survey can be compared by, with two groups or more: columns of the members, then questions.

    Columns need to know who answered, which only staff's workbook does. A name that stands twice keeps its first sense.
    Columns come first that matter most (the one that colours the map) and that part people into few groups.
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
    """Each column of the members, and how long people are inside on `day`, with each person's value or None."""
    for column in workbook.attributes:
        yield column, tuple(None if person is None else person.attributes.get(column) for person in people)
    for column in workbook.private_attributes:
        yield column, tuple(None if person is None else person.private_attributes.get(column) for person in people)
    yield TENURE, tuple(None if person is None else tenure(person, day) for person in people)


def tenure(person: Person, day: dt.date | None) -> str | None:
    """How long a person has been in the network on a day, in three steps; None where that is not known."""
    if day is None or person.joined is None or person.joined > day:
        return None
    years = (day - person.joined).days / _YEAR
    return TENURES[0 if years < 1 else 1 if years < 3 else 2]


def survey_date(workbook: Workbook, wave: str | None, responses: Sequence[SurveyResponse]) -> dt.date | None:
    """The day of a survey: as Waves has it, else of its latest answer; None where neither is known."""
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
            given = [answer for answer in sheet.words[text] if answer is not None]
            named, pooled = count_choices(given, smallest_group=smallest_group)
            # A group that is pooled in the question's own answers would give away, named here, what it is pooled with.
            said = [str(answer) if answer in named and answer != pooled else None for answer in sheet.words[text]]
            yield _grouping(question.label, said, kind=GroupingKind.FACT, question=text)
        elif question.kind is QuestionKind.MULTIPLE:
            yield from _by_checkbox(question, sheet.words[text], smallest_group)


def _by_checkbox(question: Question, answers: Sequence[object], smallest_group: int) -> Iterator[Grouping]:
    """Boxes overlap, so each is a grouping of its own: who ticked it, and who did not.

    A box that too few ticked may be what somebody wrote beside "Other"; it is not even named.
    """
    ticked = [answer if isinstance(answer, tuple) else None for answer in answers]
    given = [answer for answer in ticked if answer is not None]
    counts, pooled = count_choices(given, smallest_group=smallest_group)
    often = [box for box, count in counts.items() if box != pooled and len(given) - count >= smallest_group]
    for box in sorted(often)[:MAX_GROUPS]:
        values = [None if answer is None else ("ticked" if box in answer else "not ticked") for answer in ticked]
        yield _grouping(
            f"{question.label} · {box}",
            values,
            kind=GroupingKind.FACT,
            order=("ticked", "not ticked"),
            question=question.text,
        )


def scale_groups(scale: Scale) -> Mapping[float, str]:
    """The answers of a scale gathered in two or three groups, by value: its lower half, its middle, its upper half.

    0–10 is parted as it is read: 0 to 6, 7 and 8, 9 and 10.
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
    """Whether a scale goes from 0 to 10 in whole steps."""
    return [value for value, _ in scale.points] == [float(value) for value in range(11)]


def _range_label(scale: Scale, first: int, last: int) -> str:
    labels = [label for _, label in scale.points[first:last]]
    return (
        labels[0]
        if len(labels) == 1
        else f"{labels[0]} or {labels[-1]}"
        if len(labels) == 2
        else (f"{labels[0]} to {labels[-1]}")
    )


def _grouping(
    name: str,
    values: Sequence[str | None],
    *,
    kind: GroupingKind,
    order: Sequence[str] = (),
    question: str | None = None,
) -> Grouping:
    """A grouping by these values: in `order`, else the largest group first."""
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
