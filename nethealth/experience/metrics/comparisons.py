"""Compare groups of respondents in one survey: the share who agree in each group that disclosure control allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nethealth.experience.metrics.answer_sheet import AnswerSheet, answer_sheet, has_top_two
from nethealth.experience.metrics.differences import Contrasts, clear_contrasts
from nethealth.experience.metrics.groupings import Grouping, GroupingKind, survey_groupings
from nethealth.experience.metrics.intervals import Share
from nethealth.experience.metrics.outcomes import agreement_counts, questions_by_outcome, share_among, shared_scale
from nethealth.privacy.disclosure import NONE_SHOWN, Disclosure, Shown
from nethealth.workbook.records import Question, Workbook
from nethealth.workbook.schema.vocabulary import Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupResult:
    """The share of one group that agrees."""

    group: str
    people: int
    """Respondents in this group."""
    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemByGroup:
    """One question or outcome, by the groups of one grouping."""

    name: str
    """The question's wording, or the outcome's name."""
    overall: Share
    people: int
    groups: tuple[GroupResult, ...]
    """The groups that may be shown, in the grouping's order."""
    scale: Scale | None
    """None if the questions of an outcome have different scales."""
    reverse: bool = False
    """True if the question is worded in reverse: shares are then of people in the two lowest answers, who disagree."""

    @property
    def ungrouped(self) -> int:
        """People in hidden groups or in no known group: zero, or at least the minimum group size."""
        return self.people - sum(each.people for each in self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupComparison:
    """A survey by one grouping of its respondents."""

    by: str
    outcomes: tuple[ItemByGroup, ...]
    questions: tuple[ItemByGroup, ...]
    groups: tuple[str, ...]
    """Groups shown for at least one item, in the grouping's order."""
    hidden_groups: int
    """The number of groups shown for no item."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SurveyComparisons:
    """All group comparisons of one survey, each computed on first use."""

    sheet: AnswerSheet
    outcomes: dict[str, tuple[Question, ...]]
    groupings: tuple[Grouping, ...]
    smallest_group: int
    _disclosure: Disclosure
    _by_group: dict[str, GroupComparison] = field(default_factory=dict)
    _contrasts: list[Contrasts] = field(default_factory=list)
    """Empty until the contrasts are first used, then one item."""

    @property
    def names(self) -> tuple[str, ...]:
        """The columns and questions to compare by."""
        return tuple(grouping.name for grouping in self.groupings)

    def by_group(self, by: str) -> GroupComparison:
        """Return the survey by the grouping `by`. Raises KeyError if `by` isn't one of `names`."""
        if by not in self._by_group:
            if by not in self.names:
                raise KeyError(by)
            self._by_group[by] = self._compare(self.names.index(by))
        return self._by_group[by]

    def contrasts(self) -> Contrasts:
        """Return where a group answers a question differently from everyone else, largest differences first."""
        if not self._contrasts:
            questions = [question for question in self.sheet.questions if has_top_two(question)]
            # People who agree with one statement often agree with another: that isn't a difference between groups.
            factual = {
                place: each for place, each in enumerate(self.groupings) if each.kind is not GroupingKind.OPINION
            }
            first = max(factual, default=-1) + 1
            shown = {question.text: self._shown(question.text, first=first) for question in questions}
            self._contrasts.append(clear_contrasts(self.sheet, questions, shown, factual))
        return self._contrasts[0]

    def _shown(self, question: str, *, first: int) -> tuple[Shown, ...]:
        return self._disclosure.shown_groups(self.sheet.answered(question), first=first)

    def _compare(self, place: int) -> GroupComparison:
        grouping = self.groupings[place]
        outcomes = [
            item
            for outcome, questions in self.outcomes.items()
            if (item := self._item(outcome, questions, place, is_outcome=True)) is not None
        ]
        questions = [
            item
            for question in self.sheet.questions
            if has_top_two(question)
            and question.text != grouping.question
            and (item := self._item(question.label, (question,), place, is_outcome=False)) is not None
        ]
        shown = {each.group for item in (*outcomes, *questions) for each in item.groups}
        return GroupComparison(
            by=grouping.name,
            outcomes=tuple(outcomes),
            questions=tuple(questions),
            groups=tuple(group for group in grouping.groups if group in shown),
            hidden_groups=len(grouping.groups) - len(shown),
        )

    def _item(self, name: str, questions: Sequence[Question], place: int, *, is_outcome: bool) -> ItemByGroup | None:
        """Return one question or outcome by group; an outcome shows the groups that all of its questions show."""
        grouping = self.groupings[place]
        used = [each for each in questions if has_top_two(each) and self.sheet.answered(each.text).any()]
        if not used or any(int(self.sheet.answered(each.text).sum()) < self.smallest_group for each in used):
            return None
        count, of = agreement_counts(used, self.sheet)
        overall = share_among(count, of, smallest_group=self.smallest_group)
        if overall is None:
            return None
        shown = frozenset.intersection(*(self._shown(each.text, first=place + 1)[place] for each in used))
        if is_outcome and any(each.text == grouping.question for each in used):
            shown = NONE_SHOWN
        answered = of > 0
        groups = []
        for code in sorted(shown):
            inside = grouping.codes == code
            share = share_among(count, of, inside, smallest_group=self.smallest_group)
            if share is not None:
                people = int((answered & inside).sum())
                groups.append(GroupResult(group=grouping.groups[code], people=people, share=share))
        return ItemByGroup(
            name=name,
            overall=overall,
            people=int(answered.sum()),
            groups=tuple(groups),
            scale=shared_scale([each.scale for each in used if each.scale]),
            reverse=not is_outcome and used[0].reverse,
        )


def survey_comparisons(workbook: Workbook, *, wave: str | None) -> SurveyComparisons:
    """Return the group comparisons of the survey named `wave`."""
    sheet = answer_sheet(workbook, wave)
    groupings = survey_groupings(workbook, sheet)
    smallest = workbook.settings.smallest_group
    return SurveyComparisons(
        sheet=sheet,
        outcomes=questions_by_outcome(workbook.questions, sheet),
        groupings=groupings,
        smallest_group=smallest,
        _disclosure=Disclosure([grouping.codes for grouping in groupings], smallest_group=smallest),
    )
