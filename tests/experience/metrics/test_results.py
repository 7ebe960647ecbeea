"""The JSON form of survey results: numbers, hidden values, and undefined ones."""

from __future__ import annotations

import json

from nethealth.experience.metrics.results import OutcomeResults, QuestionResults, WaveExperience
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import QuestionKind
from nethealth.workbook.schema.vocabulary import AGREEMENT

QUESTION = QuestionResults(
    question="I learn", label="I learn", kind=QuestionKind.SCALE, scale=AGREEMENT, level=None, outcome=None,
    reverse=False, n=6, mean=4.5, top_two=TooFew(5), distribution={"Agree": 3, "Strongly agree": 3},
)  # fmt: skip
OUTCOME = OutcomeResults(
    level=None, outcome="Learning", mean=4.5, exact_mean=4.4567, top_two=None, answers=6, people=6,
    questions=("I learn",), scale=AGREEMENT,
)  # fmt: skip


def survey(*, responses: int) -> WaveExperience:
    return WaveExperience(
        wave="2026", date=None, responses=responses, respondents=responses, invited=None, response_rate=None,
        outcomes=(OUTCOME,), questions=(QUESTION,),
    )  # fmt: skip


def test_hidden_values_say_so_and_undefined_ones_are_null() -> None:
    found = json.loads(json.dumps(survey(responses=6).as_json()))
    assert (found["wave"], found["responses"], found["response_rate"]) == ("2026", 6, None)
    (question,) = found["questions"]
    assert question["top_two"] == {"withheld": "fewer than 5"}
    assert question["mean"] == 4.5
    assert question["distribution"] == {"Agree": 3, "Strongly agree": 3}
    (outcome,) = found["outcomes"]
    assert (outcome["top_two"], outcome["level"]) == (None, None)


def test_scripts_get_the_exact_mean() -> None:
    assert OUTCOME.as_json()["mean"] == 4.4567


def test_survey_without_responses_is_empty() -> None:
    assert survey(responses=0).is_empty
    assert not survey(responses=1).is_empty
