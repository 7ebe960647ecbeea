"""Survey results by question, outcome, and group, wave by wave.

Privacy: results about fewer people than the minimum group size are hidden (`TooFew`). A distribution over a scale may
have small counts, since everyone chooses from the same answers; options of a choice may be someone's own words or name
a small group, so rare ones are pooled. An outcome is hidden if any of its questions is, since subtraction would reveal
that question. `nethealth.privacy.disclosure` decides which groups may be shown next to each other. The number of people
who answered says nothing about their answers and is always shown.
"""

from __future__ import annotations

from nethealth.experience.feedback import AnswerLocation, Promise, PromiseStatus, answer_locations, promises
from nethealth.experience.metrics.comparisons import (
    GroupComparison,
    GroupResult,
    ItemByGroup,
    SurveyComparisons,
    survey_comparisons,
)
from nethealth.experience.metrics.definitions import METRICS
from nethealth.experience.metrics.differences import Contrast, Contrasts
from nethealth.experience.metrics.intervals import Difference, Share
from nethealth.experience.metrics.respondents import (
    CategoryResponse,
    RateDisclosure,
    Respondents,
    ResponseByColumn,
    summarize_respondents,
)
from nethealth.experience.metrics.results import (
    DisclosedValue,
    NoChange,
    OpenAnswers,
    OutcomeChange,
    OutcomeResults,
    QuestionChange,
    QuestionResults,
    Recommendation,
    WaveExperience,
)
from nethealth.experience.metrics.surveys import change_of, question_change, summarize_experience, up_to, why_no_change
from nethealth.experience.open_answers import answers_with_word, open_answers

__all__ = [
    "METRICS",
    "AnswerLocation",
    "CategoryResponse",
    "Contrast",
    "Contrasts",
    "Difference",
    "DisclosedValue",
    "GroupComparison",
    "GroupResult",
    "ItemByGroup",
    "NoChange",
    "OpenAnswers",
    "OutcomeChange",
    "OutcomeResults",
    "Promise",
    "PromiseStatus",
    "QuestionChange",
    "QuestionResults",
    "RateDisclosure",
    "Recommendation",
    "Respondents",
    "ResponseByColumn",
    "Share",
    "SurveyComparisons",
    "WaveExperience",
    "answer_locations",
    "answers_with_word",
    "change_of",
    "open_answers",
    "promises",
    "question_change",
    "summarize_experience",
    "summarize_respondents",
    "survey_comparisons",
    "up_to",
    "why_no_change",
]
