"""Find groups that answer differently: each group against everyone else, corrected for multiple comparisons."""

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
    """A statistically significant difference between a group and everyone else on one question."""

    question: str
    by: str
    group: str
    inside: Share
    outside: Share
    people: int
    """Respondents in the group."""
    others: int
    """Respondents outside the group."""
    difference: Difference
    """The group's share minus everyone else's."""
    scale: Scale | None
    reverse: bool = False
    """True if the question is worded in reverse: shares are then of people in the two lowest answers, who disagree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrasts:
    """The result of comparing every visible group with everyone else."""

    largest: tuple[Contrast, ...]
    """The largest significant differences, largest first."""
    tested: int
    """The number of group and question pairs that were compared. If 0, an empty `largest` means nothing."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    question: Question
    grouping: Grouping
    group: int
    counts: tuple[int, int, int, int]
    """Top-two answers and all answers, in the group and outside it."""


def clear_contrasts(
    sheet: AnswerSheet,
    questions: Sequence[Question],
    shown: Mapping[str, Sequence[Shown]],
    groupings: Mapping[int, Grouping],
) -> Contrasts:
    """Return the largest significant differences, at most `MAX_CONTRASTS`, with no question or group repeated.

    Only visible groups are compared (`shown`: by question, the visible groups of each grouping), each with everyone
    else who answered. A grouping made from a question isn't compared on that question.

    Source: N-1 chi-squared or Fisher-Irwin test; Benjamini & Hochberg 1995 for multiple comparisons.
    """
    candidates = [
        candidate
        for question in questions
        for place, grouping in groupings.items()
        if grouping.question != question.text
        for candidate in _candidates(sheet, question, grouping, shown[question.text][place])
    ]
    significant = benjamini_hochberg([probability_of_equal_shares(*each.counts) for each in candidates])
    contrasts = sorted(
        (_contrast(each) for each, is_significant in zip(candidates, significant, strict=True) if is_significant),
        key=lambda contrast: -abs(contrast.difference.value),
    )
    largest: list[Contrast] = []
    for contrast in contrasts:
        if not any(
            each.question == contrast.question or (each.by, each.group) == (contrast.by, contrast.group)
            for each in largest
        ):
            largest.append(contrast)
    return Contrasts(largest=tuple(largest[:MAX_CONTRASTS]), tested=len(candidates))


def _candidates(sheet: AnswerSheet, question: Question, grouping: Grouping, shown: Shown) -> list[_Candidate]:
    in_top_two = sheet.in_top_two(question)
    if in_top_two is None or not shown:
        return []
    answered = sheet.answered(question.text)
    codes = grouping.codes[answered] + 1
    people = np.bincount(codes, minlength=len(grouping.groups) + 1)
    agreeing = np.bincount(codes[in_top_two[answered]], minlength=len(people))
    total, agree = int(people.sum()), int(agreeing.sum())
    groups = sorted(shown)
    if len(groups) == 2 and int(people[1:][groups].sum()) == total:
        # With two groups in all, comparing A with B is comparing B with A: test it once.
        groups = groups[:1]
    candidates = []
    for group in groups:
        of, count = int(people[group + 1]), int(agreeing[group + 1])
        if total > of:
            candidates.append(_Candidate(question, grouping, group, (count, of, agree - count, total - of)))
    return candidates


def _contrast(candidate: _Candidate) -> Contrast:
    count, of, other, of_other = candidate.counts
    inside, outside = share_of(count, of), share_of(other, of_other)
    assert inside is not None and outside is not None  # noqa: S101, PT018  # both sides of a candidate have people
    return Contrast(
        question=candidate.question.label,
        by=candidate.grouping.name,
        group=candidate.grouping.groups[candidate.group],
        inside=inside,
        outside=outside,
        people=of,
        others=of_other,
        difference=difference_of(inside, outside),
        scale=candidate.question.scale,
        reverse=candidate.question.reverse,
    )
