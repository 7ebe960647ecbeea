"""How people answered each question of a survey, beside the survey before: in what order, and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nethealth.experience import Difference, QuestionChange, QuestionResults, WaveExperience, question_change
from nethealth.experience.cards import is_of_agreement, points_text, question_change_text, share_label
from nethealth.metric import Unit
from nethealth.presentation.chart_labels import joined
from nethealth.presentation.formatting import format_value, pluralize, single_line
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import QuestionKind
from nethealth.workbook.schema.vocabulary import OUTCOMES

MAX_OPTIONS = 12
FRAMEWORK = frozenset(outcome for outcomes in OUTCOMES.values() for outcome in outcomes)


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question of a survey, with how it moved since the one before; `change` None: it was not asked before."""

    figures: QuestionResults
    change: QuestionChange | None = None
    is_new: bool = False
    """Whether earlier surveys asked other questions, and not this one in these words."""

    @property
    def difference(self) -> Difference | None:
        """How the share in the two highest moved; None where that is not known."""
        return self.change.difference if self.change else None

    @property
    def moved(self) -> str | None:
        """The same as a sentence."""
        # Else whoever changed its words would look for what became of it.
        return (
            "Asked in these words for the first time"
            if self.is_new
            else question_change_text(self.figures, self.change)
        )


def by_scale(questions: Sequence[QuestionResults]) -> list[tuple[QuestionResults, ...]]:
    """The questions answered on a scale, those of one scale together, the commonest scale first."""
    found: dict[tuple[tuple[float, str], ...], list[QuestionResults]] = {}
    for question in questions:
        if question.scale is not None and question.n:
            found.setdefault(question.scale.points, []).append(question)
    return [tuple(group) for group in sorted(found.values(), key=len, reverse=True)]


def with_choices(questions: Sequence[QuestionResults]) -> tuple[QuestionResults, ...]:
    """The closed questions without a scale that somebody answered."""
    return tuple(question for question in questions if question.scale is None and question.n)


def by_change(questions: Sequence[QuestionResults], waves: Sequence[WaveExperience]) -> tuple[QuestionRow, ...]:
    """The questions with how each moved: what clearly moved first, the furthest first, then what did not.

    In a first survey they keep the order of their outcomes.
    """
    has_earlier = any(each.n for wave in waves[:-1] for each in wave.questions)
    changes = [question_change(each, waves) for each in questions]
    asked = [
        QuestionRow(each, change, is_new=has_earlier and change is None)
        for each, change in zip(questions, changes, strict=True)
    ]
    if not any(each.difference for each in asked):
        framework = [outcome for outcomes in OUTCOMES.values() for outcome in outcomes]
        places = {outcome: place for place, outcome in enumerate(framework)}
        return tuple(sorted(asked, key=lambda each: places.get(each.figures.outcome or "", len(places))))
    return tuple(sorted(asked, key=_sort_key))


def _sort_key(asked: QuestionRow) -> tuple[bool, bool, float]:
    moved = asked.difference
    return moved is None, moved is not None and not moved.is_clear, -abs(moved.value) if moved else 0.0


def distribution_heading(asked: Sequence[QuestionRow]) -> str:
    """What stands out in the answers on one scale, as a sentence; it quotes a question as typed."""
    moved = [each for each in asked if each.difference is not None]
    clear = next((each for each in moved if each.difference and each.difference.is_clear), None)
    if clear is not None and clear.difference is not None and len(asked) > 1:
        points = points_text(clear.difference.value)
        who = f"{share_label(clear.figures).lower()}: " if clear.figures.reverse else ""
        return f"Moved most: “{_quoted(clear.figures.words)}” ({who}{points})"
    shown = [each.figures for each in asked if isinstance(each.figures.top_two, float) and not each.figures.reverse]
    if not shown:
        return "How people answered"
    top = max(shown, key=lambda question: question.top_two if isinstance(question.top_two, float) else -1)
    if len(shown) == 1:
        highest = " or ".join(chart_label for _, chart_label in top.scale.points[-2:]) if top.scale else "the highest"
        return f"{format_value(top.top_two, Unit.SHARE)} answered {single_line(highest, longest=60)}"
    most = "Most agreed on" if is_of_agreement(top.scale) else "Answered highest"
    return f"{most}: “{_quoted(top.words)}” ({format_value(top.top_two, Unit.SHARE)})"


def _quoted(question: str) -> str:
    """A question as a heading quotes it: a long one is cut after a whole word."""
    cut = single_line(question, longest=110)
    return cut if cut == single_line(question, longest=10_000) else f"{cut[:-1].rsplit(' ', 1)[0].rstrip(',;:')} …"


def changes_text(asked: Sequence[QuestionRow]) -> str | None:
    """Whether anything moved since the survey before, as a sentence; None where nothing can be compared.

    None also of a single question, whose own row says it.
    """
    moved = [each.difference for each in asked if each.difference is not None]
    if not moved or len(asked) == 1:
        return None
    clear = sum(difference.is_clear for difference in moved)
    if not clear:
        return "Nothing moved by more than chance would since the survey before: it is too early to tell."
    first = "it comes first" if clear == 1 else "they come first"
    rest = "" if clear == len(moved) else " For the others it is too early to tell."
    # At 95 in 100, one question in twenty is beyond its interval though nothing moved.
    by_chance = round(len(moved) / 20)
    alone = f" Of so many, about {by_chance} would seem to by chance alone." if by_chance else ""
    return (
        f"{pluralize(clear, 'question')} of {len(moved)} moved by more than chance would since the survey before; "
        f"{first}.{alone}{rest}"
    )


def choice_heading(questions: Sequence[QuestionResults]) -> str:
    """What was chosen most in the first question with options, as a sentence; it quotes the options as typed."""
    for question in questions:
        counts = {option: n for option, n in counts_of(question).items() if option != question.pooled}
        if question.kind is QuestionKind.NUMBER or not counts:
            continue
        most = max(counts.values())
        named = [f"“{single_line(option, longest=60)}”" for option, n in counts.items() if n == most]
        if len(named) < len(counts) and len(named) < 3:
            return f"{joined(named)} {'is' if len(named) == 1 else 'are'} chosen most: {most} of {question.n}"
    return "What people chose"


def distribution_text(asked: Sequence[QuestionRow]) -> str:
    """The same for those who do not see the chart: for each question how many answered, how, and how it moved."""
    return " ".join(_text(each) for each in asked)


def _text(asked: QuestionRow) -> str:
    question = asked.figures
    title = f"“{single_line(question.words, longest=120)}”"
    if isinstance(question.distribution, TooFew):
        return f"{title}: {question.distribution} answered, held back."
    said = [f"{option_text(answer, question)} {count}" for answer, count in question.distribution.items() if count]
    told = ", ".join([*said[:MAX_OPTIONS], *filter(None, [further_options(question)])])
    moved = f" {asked.moved}." if asked.moved else ""
    return f"{title}, {pluralize(question.n, 'answer')}: {told}.{moved}"


def option_text(option: str, question: QuestionResults) -> str:
    """An option's words; the pooled ones say what they are."""
    if option != question.pooled:
        return option
    # With the rare ones goes the next rarest, where those are too few together; it is no rare one itself.
    which = "Other answers" if len(counts_of(question)) > 1 else "Answers"
    return f"{which}, some of them by {option.removesuffix(' people')} people"


def further_options(question: QuestionResults) -> str:
    """How many options are not told of one by one; empty where all are."""
    left = sum(1 for count in counts_of(question).values() if count) - MAX_OPTIONS
    return f"and {pluralize(left, 'more answer')} in the download" if left > 0 else ""


def counts_of(question: QuestionResults) -> Mapping[str, int]:
    """How many gave each answer; nothing where that is held back."""
    return {} if isinstance(question.distribution, TooFew) else question.distribution
