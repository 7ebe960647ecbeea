"""What members say of their membership: survey answers, summed up by question and by outcome, wave by wave.

How privacy is kept: a figure about what people answered is held back (`Withheld`) where fewer people than the smallest
group answered. A whole distribution may hold small cells, since the answers of a scale are closed and nobody is told
apart by them; the options of a choice may be people's own words ("Other: …") or name a small group, so that options
chosen by too few are pooled. An outcome is held back with any of its questions, since it would give that question away
by subtraction. How many people answered is no figure about what they said, and is shown.
"""

from __future__ import annotations

from nethealth.experience.declared import MEASURES
from nethealth.experience.results import (
    HeldFigure,
    OpenAnswers,
    OutcomeChange,
    OutcomeFigures,
    QuestionFigures,
    WaveExperience,
)
from nethealth.experience.surveys import change_of, open_answers, summarize_experience, up_to

__all__ = [
    "MEASURES",
    "HeldFigure",
    "OpenAnswers",
    "OutcomeChange",
    "OutcomeFigures",
    "QuestionFigures",
    "WaveExperience",
    "change_of",
    "open_answers",
    "summarize_experience",
    "up_to",
]
