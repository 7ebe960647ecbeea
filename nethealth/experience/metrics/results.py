"""What is said of a survey, an outcome and a question: the results, and the form that scripts read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from nethealth.experience.metrics.intervals import Difference, Share
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import QuestionKind
from nethealth.workbook.schema.vocabulary import Level, Scale

DisclosedValue: TypeAlias = float | TooFew | None
"""A figure; `TooFew` where it would speak of too few people; None where it is undefined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """How people answered from 0 to 10 whether they would recommend something."""

    promoters: int
    """People who answered 9 or 10."""
    detractors: int
    """People who answered 0 to 6."""
    n: int
    score: Difference
    """The share of promoters less that of detractors, -1 to 1, with its interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionResults:
    """One closed question in one wave."""

    question: str
    """Its whole header."""
    words: str
    """The same as people read it: of a grid the row alone."""
    kind: QuestionKind
    scale: Scale | None
    level: Level | None
    outcome: str | None
    """The first outcome that it belongs to."""
    reverse: bool
    n: int
    """People who answered it."""
    mean: DisclosedValue
    """After reversing. None: nobody answered, or it has no numbers."""
    top_two: DisclosedValue
    """The share in the scale's two highest answers after reversing. None: as the mean, or a scale of two."""
    share: Share | None = None
    """`top_two` with its interval. None: as `top_two`, or held back."""
    distribution: Mapping[str, int] | TooFew
    """People by answer, as answered (not reversed), from the scale's lowest point to its highest, zeros included.

    Of choices: most chosen first, options of fewer people than the smallest group pooled as "fewer than 5", last.
    """
    pooled: str | None = None
    """Under which of the answers in `distribution` the rare options are pooled. None: none are."""
    recommendation: Recommendation | None = None
    """Of a question from 0 to 10. None: of any other, of nobody, or held back."""

    def as_json(self) -> dict[str, object]:
        """The form that scripts read."""
        return {
            "question": self.question,
            "n": self.n,
            "mean": _as_json(self.mean),
            "top_two": _as_json(self.top_two),
            "distribution": _as_json(self.distribution),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeResults:
    """One outcome in one wave: all its questions that are answered on a scale."""

    level: Level | None
    outcome: str
    mean: DisclosedValue
    """The mean of each person's mean over its questions, after reversing. None: nobody answered, or scales differ.

    As pages and files show it: exact, or to one decimal, or held back, so that it tells nothing of fewer people than
    the smallest group who answered only some of the questions, whose answers could be worked out from it and the
    questions' own means.
    """
    exact_mean: DisclosedValue
    """The same mean, held back only where too few people answered: for scripts of those who hold the sheet."""
    top_two: DisclosedValue
    """The share of its answers that lie in their scale's two highest, after reversing."""
    share: Share | None = None
    """`top_two` with its interval, which knows that a person's answers resemble each other. None: held back too."""
    answers: int
    """Answers given to its questions, all people together."""
    people: int
    """People who answered at least one of its questions."""
    questions: tuple[str, ...]
    """Those of its questions that were answered in this wave."""
    scale: Scale | None
    """The scale that they share; None where nobody answered or scales differ."""
    scales: tuple[tuple[tuple[float, str], ...], ...] = ()
    """The points of each question's scale, in the order of `questions`."""

    def as_json(self) -> dict[str, object]:
        """The form that scripts read."""
        return {
            "level": self.level.value if self.level else None,
            "outcome": self.outcome,
            "mean": _as_json(self.exact_mean),
            "top_two": _as_json(self.top_two),
            "answers": self.answers,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveExperience:
    """What one survey brought."""

    wave: str | None
    """None: answers that name no wave."""
    date: dt.date | None
    """The wave's date in Waves, else the day of its latest answer."""
    responses: int
    """Answers in the sheet, one a person."""
    answered: int
    """The same; without any in the sheet, Waves' `Responded`."""
    asked: int | None
    """Waves' `Invited`, else the members at the wave's date; None where neither is known."""
    response_rate: float | None
    """`answered` over `asked`. None where unknown."""
    outcomes: tuple[OutcomeResults, ...]
    """In the framework's order; those alone that a question belongs to."""
    questions: tuple[QuestionResults, ...]
    """Closed questions in the sheet's order; open ones are in `open_answers`."""

    @property
    def is_empty(self) -> bool:
        """Whether the sheet holds no answer."""
        return self.responses == 0

    def as_json(self) -> dict[str, object]:
        """The form that scripts read."""
        return {
            "wave": self.wave,
            "responses": self.responses,
            "response_rate": self.response_rate,
            "outcomes": [outcome.as_json() for outcome in self.outcomes],
            "questions": [question.as_json() for question in self.questions],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeChange:
    """How an outcome moved since the survey before that asked about it in the same words and on the same scale."""

    since: str | None
    """That survey's wave."""
    difference: Difference
    """Of the shares in the two highest answers, with its interval."""


class NoChange(StrEnum):
    """Why nothing can be said of a change."""

    FIRST = "asked for the first time"
    OTHER_SCALE = "asked on another scale before"
    OTHER_QUESTIONS = "other questions than before"
    HELD_BACK = "held back: too few answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionChange:
    """How the answers to a question moved since the survey before that asked it."""

    since: str | None
    """That survey's wave."""
    before: QuestionResults | None
    """The question in that survey; None where it was on another scale."""
    difference: Difference | None
    """Of the shares in the two highest answers. None: `why_not` says why."""
    why_not: NoChange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAnswers:
    """An open question and what people wrote, with members' names masked."""

    question: str
    answers: tuple[str, ...]
    """Staff only. In alphabetical order, so that nobody's answers can be lined up across questions."""
    count: int
    """How many people answered."""
    words: tuple[tuple[str, int], ...]
    """The words that come up, with how many people's answers hold each, most first."""


def _as_json(value: DisclosedValue | Mapping[str, int]) -> object:
    if isinstance(value, TooFew):
        return value.as_json()
    return dict(value) if isinstance(value, Mapping) else value
