"""Results of a survey, an outcome, and a question, and the JSON form that scripts read."""

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
"""A number, `TooFew` if it is about too few people, or None if it is undefined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """Answers from 0 to 10 on whether people would recommend something (Net Promoter Score)."""

    promoters: int
    """People who answered 9 or 10."""
    detractors: int
    """People who answered 0 to 6."""
    n: int
    score: Difference
    """The share of promoters minus the share of detractors, -1 to 1, with its interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionResults:
    """One closed question in one wave."""

    question: str
    """Its full header."""
    label: str
    """The question as people read it: for a grid, the row alone."""
    kind: QuestionKind
    scale: Scale | None
    level: Level | None
    outcome: str | None
    """The first outcome it belongs to."""
    reverse: bool
    n: int
    """People who answered it."""
    mean: DisclosedValue
    """After recoding. None if no one answered or the answers aren't numbers."""
    top_two: DisclosedValue
    """The share in the scale's top two answers, after recoding. None like the mean, or with fewer than three points."""
    share: Share | None = None
    """`top_two` with its interval. None if `top_two` is None or hidden."""
    distribution: Mapping[str, int] | TooFew
    """People by answer, as answered (not recoded), from the scale's lowest point to its highest, zeros included.

    Choices are ordered by frequency; options with too few people are pooled as "fewer than 5", last.
    """
    pooled: str | None = None
    """The key of the pooled options in `distribution`. None if nothing is pooled."""
    recommendation: Recommendation | None = None
    """None unless the question is on a 0-10 scale, and shown."""

    def as_json(self) -> dict[str, object]:
        """Return the JSON form that scripts read."""
        return {
            "question": self.question,
            "n": self.n,
            "mean": _as_json(self.mean),
            "top_two": _as_json(self.top_two),
            "distribution": _as_json(self.distribution),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeResults:
    """One outcome in one wave, over all of its scale questions."""

    level: Level | None
    outcome: str
    mean: DisclosedValue
    """The mean of each person's mean over its questions, after recoding. None if no one answered or scales differ.

    As pages and files show it: exact, rounded to one decimal, or hidden, so that it doesn't reveal the answers of a few
    people who answered only some of the questions.
    """
    exact_mean: DisclosedValue
    """The same mean, hidden only if too few people answered: for scripts of people who have the workbook."""
    top_two: DisclosedValue
    """The share of its answers in their scale's top two, after recoding."""
    share: Share | None = None
    """`top_two` with its interval, clustered by person. None if undefined or hidden."""
    answers: int
    """All answers to its questions."""
    people: int
    """People who answered at least one of its questions."""
    questions: tuple[str, ...]
    """The questions answered in this wave."""
    scale: Scale | None
    """The scale the questions share; None if no one answered or scales differ."""
    scales: tuple[tuple[tuple[float, str], ...], ...] = ()
    """The points of each question's scale, in the order of `questions`."""

    def as_json(self) -> dict[str, object]:
        """Return the JSON form that scripts read."""
        return {
            "level": self.level.value if self.level else None,
            "outcome": self.outcome,
            "mean": _as_json(self.exact_mean),
            "top_two": _as_json(self.top_two),
            "answers": self.answers,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveExperience:
    """The results of one survey."""

    wave: str | None
    """None for answers that name no wave."""
    date: dt.date | None
    """The wave's date in the Waves tab, else the day of its latest answer."""
    responses: int
    """Responses in the workbook, one per person."""
    respondents: int
    """`responses`, or `Responded` from the Waves tab if the workbook has none."""
    invited: int | None
    """`Invited` from the Waves tab, else the members on the wave's date; None if neither is known."""
    response_rate: float | None
    """`respondents` / `invited`, 0 to 1. None if unknown."""
    outcomes: tuple[OutcomeResults, ...]
    """Outcomes that have questions, in the framework's order."""
    questions: tuple[QuestionResults, ...]
    """Closed questions in the workbook's order; for open ones see `open_answers`."""

    @property
    def is_empty(self) -> bool:
        """True if the workbook has no response to this survey."""
        return self.responses == 0

    def as_json(self) -> dict[str, object]:
        """Return the JSON form that scripts read."""
        return {
            "wave": self.wave,
            "responses": self.responses,
            "response_rate": self.response_rate,
            "outcomes": [outcome.as_json() for outcome in self.outcomes],
            "questions": [question.as_json() for question in self.questions],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeChange:
    """The change in an outcome since the last survey that asked the same questions on the same scales."""

    since: str | None
    """That survey's wave."""
    difference: Difference
    """The change in the share of top-two answers, with its interval."""


class NoChange(StrEnum):
    """The reason there is no change to report."""

    FIRST = "asked for the first time"
    OTHER_SCALE = "the scale changed"
    OTHER_QUESTIONS = "the questions changed"
    HIDDEN = "too few people answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionChange:
    """The change in a question since the last survey that asked it."""

    since: str | None
    """That survey's wave."""
    before: QuestionResults | None
    """The question in that survey; None if its scale was different."""
    difference: Difference | None
    """The change in the share of top-two answers. If None, `no_change` may have the reason."""
    no_change: NoChange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAnswers:
    """The answers to one open question, with members' names masked."""

    question: str
    answers: tuple[str, ...]
    """For staff only. In alphabetical order, so that one person's answers can't be matched across questions."""
    count: int
    """People who answered."""
    words: tuple[tuple[str, int], ...]
    """Frequent words, with how many people used each, most first."""


def _as_json(value: DisclosedValue | Mapping[str, int]) -> object:
    if isinstance(value, TooFew):
        return value.as_json()
    return dict(value) if isinstance(value, Mapping) else value
