"""The questions of a survey next to the survey before: their order, headings, and alt text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nethealth.experience import Difference, QuestionChange, QuestionResults, WaveExperience, question_change
from nethealth.experience.text import is_agreement_scale, question_change_text, shared_since
from nethealth.metric import Unit
from nethealth.presentation.chart_labels import join_names
from nethealth.presentation.formatting import format_value, pluralize, single_line
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import QuestionKind
from nethealth.workbook.schema.vocabulary import OUTCOMES

MAX_OPTIONS = 12
FRAMEWORK = tuple(outcome for outcomes in OUTCOMES.values() for outcome in outcomes)


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question of a survey, with its change since the survey before; `change` is None if it wasn't asked before."""

    results: QuestionResults
    change: QuestionChange | None = None
    is_new: bool = False
    """True if earlier surveys have answers, but not to this question in this wording."""

    @property
    def difference(self) -> Difference | None:
        """The change in the share of top-two answers; None if unknown."""
        return self.change.difference if self.change else None

    def change_text(self, *, with_since: bool = True) -> str | None:
        """Return the change in words; None if there is nothing to say."""
        # Someone who changed a question's wording would otherwise look for its change.
        if self.is_new:
            return "New question or wording"
        return question_change_text(self.results, self.change, with_since=with_since)


def by_scale(questions: Sequence[QuestionResults]) -> list[tuple[QuestionResults, ...]]:
    """Return the answered scale questions grouped by scale, the most common scale first."""
    groups: dict[tuple[tuple[float, str], ...], list[QuestionResults]] = {}
    for question in questions:
        if question.scale is not None and question.n:
            groups.setdefault(question.scale.points, []).append(question)
    return [tuple(group) for group in sorted(groups.values(), key=len, reverse=True)]


def with_choices(questions: Sequence[QuestionResults]) -> tuple[QuestionResults, ...]:
    """Return the answered closed questions that have no scale."""
    return tuple(question for question in questions if question.scale is None and question.n)


def by_change(questions: Sequence[QuestionResults], waves: Sequence[WaveExperience]) -> tuple[QuestionRow, ...]:
    """Return the questions with their changes: clear changes first, largest first, then the others.

    In a first survey they are in the order of their outcomes.
    """
    has_earlier = any(each.n for wave in waves[:-1] for each in wave.questions)
    changes = [question_change(each, waves) for each in questions]
    rows = [
        QuestionRow(each, change, is_new=has_earlier and change is None)
        for each, change in zip(questions, changes, strict=True)
    ]
    return tuple(sorted(rows, key=_change_key if any(row.difference for row in rows) else _outcome_key))


def _outcome_key(row: QuestionRow) -> int:
    outcome = row.results.outcome
    return FRAMEWORK.index(outcome) if outcome in FRAMEWORK else len(FRAMEWORK)


def _change_key(row: QuestionRow) -> tuple[bool, bool, float]:
    difference = row.difference
    return (
        difference is None,
        difference is not None and not difference.is_clear,
        -abs(difference.value) if difference else 0.0,
    )


def distribution_heading(rows: Sequence[QuestionRow]) -> str:
    """Return the main finding on one scale, as a heading; it quotes a question as typed."""
    clear = next((row for row in rows if row.difference is not None and row.difference.is_clear), None)
    if clear is not None and clear.difference is not None and len(rows) > 1:
        return f"Biggest change: {_points(clear.difference, clear.results)} “{_quoted(clear.results.label)}”"
    shares = [
        (row.results.top_two, row.results)
        for row in rows
        if isinstance(row.results.top_two, float) and not row.results.reverse
    ]
    if not shares:
        return "How people answered"
    share, top = max(shares, key=lambda pair: pair[0])
    if len(shares) == 1:
        highest = " or ".join(label for _, label in top.scale.points[-2:]) if top.scale else "the highest"
        return f"{format_value(share, Unit.SHARE)} answered {single_line(highest, longest=60)}"
    most = "Most agreement" if is_agreement_scale(top.scale) else "Highest answers"
    return f"{most}: “{_quoted(top.label)}” ({format_value(share, Unit.SHARE)})"


def _points(difference: Difference, question: QuestionResults) -> str:
    points = round(abs(difference.value) * 100)
    size = pluralize(points, "point") if points else "slightly"
    about = "disagreeing with" if question.reverse and is_agreement_scale(question.scale) else "on"
    return f"{'up' if difference.value > 0 else 'down'} {size} {about}"


def _quoted(question: str) -> str:
    """Return a question as a heading quotes it, cut after a whole word if long."""
    cut = single_line(question, longest=110)
    return cut if cut == single_line(question, longest=10_000) else f"{cut[:-1].rsplit(' ', 1)[0].rstrip(',;:')} …"


def changes_text(rows: Sequence[QuestionRow]) -> str | None:
    """Return how many questions clearly changed; None if there is only one, or nothing to compare."""
    differences = [row.difference for row in rows if row.difference is not None]
    if not differences or len(rows) == 1:
        return None
    clear = sum(difference.is_clear for difference in differences)
    since = shared_since(row.change for row in rows)
    before = f"Since {single_line(since, longest=40)}" if since else "Since the last survey"
    if not clear:
        return f"{before}, no question has changed by more than chance would explain."
    have = "has" if clear == 1 else "have"
    # With 95% intervals, one unchanged question in twenty is expected outside its interval.
    by_chance = round(len(differences) / 20)
    expected = f" (we’d expect about {by_chance} by chance)" if by_chance else ""
    return f"{before}, {clear} of {pluralize(len(differences), 'question')} {have} clearly changed{expected}."


def choice_heading(questions: Sequence[QuestionResults]) -> str:
    """Return the top choice of the first question with options, as a heading; it quotes options as typed."""
    for question in questions:
        counts = {option: n for option, n in counts_of(question).items() if option != question.pooled}
        if question.kind is QuestionKind.NUMBER or not counts:
            continue
        most = max(counts.values())
        top = [f"“{single_line(option, longest=60)}”" for option, n in counts.items() if n == most]
        if len(top) < len(counts) and len(top) < 3:
            title, each = ("Top choice", "") if len(top) == 1 else ("Top choices", " each")
            return f"{title}: {join_names(top)} ({most:,} of {question.n:,}{each})"
    return "What people chose"


def distribution_text(rows: Sequence[QuestionRow]) -> str:
    """Return the chart's alt text: for each question its answers and how it changed."""
    return " ".join(_text(row) for row in rows)


def _text(row: QuestionRow) -> str:
    question = row.results
    title = f"“{single_line(question.label, longest=120)}”"
    if isinstance(question.distribution, TooFew):
        return f"{title}: hidden, {question.distribution} people answered."
    counts = [f"{option_text(answer, question)} {count}" for answer, count in question.distribution.items() if count]
    answers = ", ".join([*counts[:MAX_OPTIONS], *filter(None, [further_options(question)])])
    change_text = row.change_text()
    change = f" {change_text}." if change_text else ""
    return f"{title}, {pluralize(question.n, 'answer')}: {answers}.{change}"


def option_text(option: str, question: QuestionResults) -> str:
    """Return an option's label; pooled options say so."""
    if option != question.pooled:
        return option
    # The pool may include one option with enough people, so not all of its answers are rare.
    answers = "Other answers" if len(counts_of(question)) > 1 else "Answers"
    return f"{answers} (some from {option.removesuffix(' people')} people)"


def further_options(question: QuestionResults) -> str:
    """Return how many options aren't listed; empty if all are."""
    more = sum(1 for count in counts_of(question).values() if count) - MAX_OPTIONS
    return f"and {pluralize(more, 'more answer')} in the download" if more > 0 else ""


def counts_of(question: QuestionResults) -> Mapping[str, int]:
    """Return the number of people per answer; empty if hidden."""
    return {} if isinstance(question.distribution, TooFew) else question.distribution
