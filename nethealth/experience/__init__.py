"""What members say of their membership: survey answers, summed up by question, by outcome and by group, wave by wave.

How privacy is kept: a figure about what people answered is held back (`TooFew`) where fewer people than the smallest
group answered. A whole distribution may hold small cells, since the answers of a scale are closed and nobody is told
apart by them; the options of a choice may be people's own words ("Other: …") or name a small group, so that options
chosen by too few are pooled. An outcome is held back with any of its questions, since it would give that question away
by subtraction. Which groups may be shown beside each other is decided in `nethealth.disclosure`, for all views at once.
How many people answered is no figure about what they said, and is shown.
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
