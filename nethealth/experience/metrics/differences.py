"""What some members say differently: every group against everybody else, corrected for looking at so many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from nethealth.experience.metrics.answer_sheet import AnswerSheet
from nethealth.experience.metrics.groupings import Grouping
from nethealth.experience.metrics.intervals import (
    Difference,
    Share,
    benjamini_hochberg,
    difference_of,
    probability_of_equal_shares,
    share_of,
)
from nethealth.privacy.disclosure import Shown
from nethealth.workbook.records import Question
from nethealth.workbook.schema.vocabulary import Scale

MAX_CONTRASTS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """A group that answers a question differently from everybody else, clearly enough to be no chance."""

    question: str
    by: str
    group: str
    inside: Share
    outside: Share
    people: int
    """In the group, who answered."""
    others: int
    difference: Difference
    """The group's share less everybody else's."""
    scale: Scale | None
    reverse: bool = False
    """The question is worded in reverse: the shares are of those in its scale's two lowest answers, who disagree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrasts:
    """What was found when every group that may be shown was held against everybody else."""

    told: tuple[Contrast, ...]
    """The largest clear ones first."""
    looked_at: int
    """How many pairs of a group and a question were compared. 0: that nothing is told says nothing."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    question: Question
    grouping: Grouping
    group: int
    counts: tuple[int, int, int, int]
    """Agreeing and all, in the group and outside."""


def clear_contrasts(
    sheet: AnswerSheet,
    questions: Sequence[Question],
    shown: Mapping[str, Sequence[Shown]],
    groupings: Mapping[int, Grouping],
) -> Contrasts:
    """The largest clear differences, at most `MAX_CONTRASTS`, each about another question and another group.

    Only groups that may be shown are looked at (`shown`: by question, the groups of each grouping by its place), each
    against everybody else who answered. A grouping that a question makes is not held against that question itself.
    """
    looks = [
        look
        for question in questions
        for place, grouping in groupings.items()
        if grouping.question != question.text
        for look in _candidates(sheet, question, grouping, shown[question.text][place])
    ]
    stand = benjamini_hochberg([probability_of_equal_shares(*look.counts) for look in looks])
    found = sorted(
        (_contrast(look) for look, stands in zip(looks, stand, strict=True) if stands),
        key=lambda contrast: -abs(contrast.difference.value),
    )
    told: list[Contrast] = []
    for contrast in found:
        if not any(
            each.question == contrast.question or (each.by, each.group) == (contrast.by, contrast.group)
            for each in told
        ):
            told.append(contrast)
    return Contrasts(told=tuple(told[:MAX_CONTRASTS]), looked_at=len(looks))


def _candidates(sheet: AnswerSheet, question: Question, grouping: Grouping, shown: Shown) -> list[_Candidate]:
    marks = sheet.in_top_two(question)
    if marks is None or not shown:
        return []
    answered = sheet.answered(question.text)
    codes = grouping.codes[answered] + 1
    people = np.bincount(codes, minlength=len(grouping.groups) + 1)
    agreeing = np.bincount(codes[marks[answered]], minlength=len(people))
    total, agree = int(people.sum()), int(agreeing.sum())
    groups = sorted(shown)
    if len(groups) == 2 and int(people[1:][groups].sum()) == total:
        # The one against the other is the other against the one: looked at twice, it would only make chance likelier.
        groups = groups[:1]
    looks = []
    for group in groups:
        of, count = int(people[group + 1]), int(agreeing[group + 1])
        if total > of:
            looks.append(_Candidate(question, grouping, group, (count, of, agree - count, total - of)))
    return looks


def _contrast(look: _Candidate) -> Contrast:
    count, of, other, of_other = look.counts
    inside, outside = share_of(count, of), share_of(other, of_other)
    assert inside is not None and outside is not None  # noqa: S101, PT018  # a look is at people on both sides
    return Contrast(
        question=look.question.label,
        by=look.grouping.name,
        group=look.grouping.groups[look.group],
        inside=inside,
        outside=outside,
        people=of,
        others=of_other,
        difference=difference_of(inside, outside),
        scale=look.question.scale,
        reverse=look.question.reverse,
    )
