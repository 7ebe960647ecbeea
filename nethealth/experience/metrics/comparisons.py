"""Groups of one survey side by side: the share who agree in each, of those groups alone that may be shown."""

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
    """One group's share who agree."""

    group: str
    people: int
    """Who answered, in this group."""
    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemByGroup:
    """A question, or an outcome, by the groups of one grouping."""

    about: str
    """The question's words, or the outcome's name."""
    is_outcome: bool
    everybody: Share
    people: int
    groups: tuple[GroupResult, ...]
    """Those that may be shown, in the grouping's order. Empty: none may be."""
    scale: Scale | None
    """None: the questions of an outcome have several."""
    reverse: bool = False
    """The question is worded in reverse: the shares are of those in its scale's two lowest answers, who disagree."""

    @property
    def others(self) -> int:
        """People in groups that are not shown, or in none that is known. Nobody, or at least the smallest group."""
        return self.people - sum(each.people for each in self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupComparison:
    """A survey by one grouping."""

    by: str
    outcomes: tuple[ItemByGroup, ...]
    questions: tuple[ItemByGroup, ...]
    groups: tuple[str, ...]
    """Every group that is shown anywhere, in the grouping's order."""
    left_out: int
    """Groups that are shown nowhere."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SurveyComparisons:
    """Everything that one survey shows of groups; made once, asked often."""

    sheet: AnswerSheet
    outcomes: dict[str, tuple[Question, ...]]
    groupings: tuple[Grouping, ...]
    smallest_group: int
    _disclosure: Disclosure
    _compared: dict[str, GroupComparison] = field(default_factory=dict)
    _contrasts: list[Contrasts] = field(default_factory=list)
    """The contrasts, once somebody asked for them."""

    @property
    def names(self) -> tuple[str, ...]:
        """What one can compare by."""
        return tuple(grouping.name for grouping in self.groupings)

    def compared(self, by: str) -> GroupComparison:
        """The survey by a grouping, which is one of `names`. Raises KeyError where it is none."""
        if by not in self._compared:
            place = self.names.index(by) if by in self.names else -1
            if place < 0:
                raise KeyError(by)
            self._compared[by] = self._compare(place)
        return self._compared[by]

    def contrasts(self) -> Contrasts:
        """Where a group answers a question differently from everybody else, largest differences first."""
        if not self._contrasts:
            asked = [question for question in self.sheet.questions if has_top_two(question)]
            # That who agrees with one statement agrees with another is no difference between groups.
            factual = {
                place: each for place, each in enumerate(self.groupings) if each.kind is not GroupingKind.OPINION
            }
            first = max(factual, default=-1) + 1
            shown = {question.text: self._shown(question.text, first=first) for question in asked}
            self._contrasts.append(clear_contrasts(self.sheet, asked, shown, factual))
        return self._contrasts[0]

    def _shown(self, question: str, *, first: int) -> tuple[Shown, ...]:
        return self._disclosure.shown_groups(self.sheet.answered(question), first=first)

    def _compare(self, place: int) -> GroupComparison:
        grouping = self.groupings[place]
        outcomes = [
            found
            for outcome, questions in self.outcomes.items()
            if (found := self._of(outcome, questions, place, is_outcome=True)) is not None
        ]
        questions = [
            found
            for question in self.sheet.questions
            if has_top_two(question)
            and question.text != grouping.question
            and (found := self._of(question.label, (question,), place, is_outcome=False)) is not None
        ]
        anywhere = {each.group for comparison in (*outcomes, *questions) for each in comparison.groups}
        return GroupComparison(
            by=grouping.name,
            outcomes=tuple(outcomes),
            questions=tuple(questions),
            groups=tuple(group for group in grouping.groups if group in anywhere),
            left_out=len(grouping.groups) - len(anywhere),
        )

    def _of(self, about: str, questions: Sequence[Question], place: int, *, is_outcome: bool) -> ItemByGroup | None:
        """An outcome's groups are those that each of its questions shows: what it adds up is then shown as well."""
        grouping = self.groupings[place]
        used = [each for each in questions if has_top_two(each) and self.sheet.answered(each.text).any()]
        if not used or any(int(self.sheet.answered(each.text).sum()) < self.smallest_group for each in used):
            return None
        count, of = agreement_counts(used, self.sheet)
        everybody = share_among(count, of, smallest_group=self.smallest_group)
        if everybody is None:
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
            about=about,
            is_outcome=is_outcome,
            everybody=everybody,
            people=int(answered.sum()),
            groups=tuple(groups),
            scale=shared_scale([each.scale for each in used if each.scale]),
            reverse=not is_outcome and used[0].reverse,
        )


def survey_comparisons(workbook: Workbook, *, wave: str | None) -> SurveyComparisons:
    """What the survey named `wave` shows of groups."""
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
