"""Outcomes: means and shares by hand, and averages that must not reveal a few people's answers."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.experience import summarize_experience, survey_comparisons
from nethealth.experience.cards import outcome_cards
from nethealth.experience.metrics.results import DisclosedValue
from nethealth.experience.tables import group_table, outcome_table
from nethealth.overview.metrics import all_metrics
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Answer, Question, QuestionKind, Settings, SurveyResponse, Workbook
from nethealth.workbook.schema.vocabulary import (
    AGREEMENT,
    FREQUENCY,
    ONE_TO_FIVE,
    ONE_TO_FOUR,
    OUTCOMES,
    Level,
    Scale,
)
from tests.experience.surveys import (
    COORDINATION,
    FEW,
    KNOWLEDGE,
    only_survey,
    responses_to,
    scale_question,
    workbook_of,
)

EFFECTIVENESS = OUTCOMES[Level.PARTICIPANT][1]


def asked(text: str, kind: QuestionKind = QuestionKind.SCALE, outcome: str | None = None) -> Question:
    return Question(text=text, kind=kind, scale=AGREEMENT if kind is QuestionKind.SCALE else None, outcome=outcome)


QUESTIONS = (
    asked("learn", outcome=KNOWLEDGE),
    asked("know", outcome=KNOWLEDGE),
    asked("alone"),
    asked("way", QuestionKind.CHOICE),
    asked("took", QuestionKind.MULTIPLE),
)
OUTCOMES_ASKED = {KNOWLEDGE: ("a", "b", "c"), EFFECTIVENESS: ("c", "d")}
"""The third question belongs to both."""
KNOWN_TO = 1e-9


def two_random_surveys(people: int, seed: int, *, smallest: int) -> Workbook:
    """The same people asked twice; most answer everything, some in a few ways leave out the same questions."""
    chance = random.Random(seed)
    responses = []
    for wave in ("first", "second"):
        ways = [frozenset(chance.sample("abcd", chance.randint(1, 3))) for _ in range(chance.randint(0, 3))]
        for _ in range(people):
            left_out = chance.choice(ways) if ways and chance.random() < 0.4 else frozenset()
            answers = {text: float(chance.randint(1, 5)) for text in "abcd" if text not in left_out}
            responses.append(SurveyResponse(wave=wave, answers=answers))  # type: ignore[arg-type]
    return Workbook(
        settings=Settings(smallest_group=smallest),
        questions=tuple(asked(text, outcome=outcome) for outcome, texts in OUTCOMES_ASKED.items() for text in texts),
        responses=tuple(responses),
    )


def known_sums(results: dict[str, Any], answered: list[tuple[int, str]]) -> Iterator[tuple[np.ndarray, float, float]]:
    """What a survey's results reveal: how a sum weighs each answer, the sum, and how exactly it is known.

    `answered` are the answers, as a person and a question. The weights come from what a mean is, not from the code.
    """
    for question in results["questions"]:
        if isinstance(question["mean"], float):
            weights = np.array([text == question["question"] for _, text in answered], dtype=float)
            assert (question["n"], sum(question["distribution"].values())) == (weights.sum(), weights.sum())
            yield weights, question["mean"] * question["n"], KNOWN_TO
    by_text = {question["question"]: question for question in results["questions"]}
    for outcome in results["outcomes"]:
        texts = OUTCOMES_ASKED[outcome["outcome"]]
        assert outcome["answers"] == sum(by_text[text]["n"] for text in texts)
        if isinstance(outcome["top_two"], float):
            # It is the sum of the questions' own, and reveals nothing more.
            top = sum(by_text[text]["top_two"] * by_text[text]["n"] for text in texts if by_text[text]["n"])
            assert outcome["top_two"] * outcome["answers"] == pytest.approx(top)
        if isinstance(outcome["mean"], float):
            given = Counter(person for person, text in answered if text in texts)
            weights = np.array([1 / given[person] if text in texts else 0 for person, text in answered])
            is_rounded = round(outcome["mean"], 1) == outcome["mean"]
            yield weights, outcome["mean"] * len(given), (0.05 if is_rounded else 0) * len(given) + KNOWN_TO


def rules_out_answers(results: list[tuple[np.ndarray, float, float]], theirs: np.ndarray) -> bool:
    """True if the sums together rule out some of the answers that these people could have given.

    Each way to add the sums so that no one else's answers remain gives a sum of these people's. Without outcomes, the
    questions' means give none, because each includes someone else's answers.
    """
    weights = np.array([each for each, _, _ in results])
    _, strengths, ways = np.linalg.svd(weights[:, ~theirs].T)
    for way in ways[int((strengths > 1e-9).sum()) :]:
        left = way @ weights[:, theirs]
        if np.abs(left).max() < 1e-9:
            continue
        value = float(sum(part * each for part, (_, each, _) in zip(way, results, strict=True)))
        known_to = float(sum(abs(part) * within for part, (_, _, within) in zip(way, results, strict=True)))
        lowest, highest = (float(np.where(left > 0, one, other) @ left) for one, other in ((1, 5), (5, 1)))
        if value - known_to > lowest + 1e-6 or value + known_to < highest - 1e-6:
            return True
    return False


@settings(max_examples=80, deadline=None)
@given(people=st.integers(6, 14), seed=st.integers(0, 10**6), smallest=st.integers(3, 4))
def test_shown_results_reveal_no_partial_answers(people: int, seed: int, smallest: int) -> None:
    workbook = two_random_surveys(people, seed, smallest=smallest)
    for results, wave in zip(all_metrics(workbook)["experience"], summarize_experience(workbook), strict=True):
        # What the command line prints, with the means as pages show them.
        for outcome, figures in zip(results["outcomes"], wave.outcomes, strict=True):
            outcome["mean"] = figures.mean
        responses = [each for each in workbook.responses if each.wave == results["wave"]]
        answered = [(place, text) for place, each in enumerate(responses) for text in each.answers]
        sums = list(known_sums(results, answered))
        whose = np.array([person for person, _ in answered])
        for size in range(1, smallest):
            for few in combinations(range(people), size):
                assert not sums or not rules_out_answers(sums, np.isin(whose, few)), (few, results)


def test_mean_needs_all_or_enough_partial_answers() -> None:
    def shown(both: int, half: int) -> object:
        answers = [{"learn": 4.0, "know": 4.0}] * both + [{"learn": 4.0}] * half
        responses = tuple(SurveyResponse(wave=None, answers=each) for each in answers)  # type: ignore[arg-type]
        (wave,) = summarize_experience(Workbook(questions=QUESTIONS[:2], responses=responses))
        return wave.outcomes[0].mean

    assert shown(10, 0) == 4.0
    assert shown(10, 5) == 4.0
    assert shown(10, 4) == TooFew(5)
    assert shown(200, 1) == 4.0  # one of two hundred moves no decimal


@pytest.mark.parametrize("people", range(6, 22))
def test_interval_does_not_reveal_partial_answers(people: int) -> None:
    """All agree except one on the first question. Nothing shows if that is the one who skipped the second."""

    def shown(half: float, whole: float) -> tuple[object, ...]:
        answers = [{"learn": half}, {"learn": whole, "know": 5.0}, *({"learn": 5.0, "know": 5.0},) * (people - 2)]
        responses = tuple(
            SurveyResponse(wave=None, answers={**each, "way": "call" if place < people / 2 else "mail"})  # type: ignore[arg-type]
            for place, each in enumerate(answers)
        )
        workbook = Workbook(questions=QUESTIONS, responses=responses)
        waves = summarize_experience(workbook)
        views = survey_comparisons(workbook, wave=None)
        compared = views.by_group("way") if "way" in views.names else None
        assert bool(compared and compared.outcomes[0].groups) is (people > 10)
        cards = outcome_cards(waves, level=Level.PARTICIPANT)
        return outcome_table(waves), cards, compared and group_table(compared, wave=None)

    assert shown(1.0, 5.0) == shown(5.0, 1.0)


def test_interval_is_clustered_by_person() -> None:
    def share(*answers: tuple[int, dict[str, float]]) -> object:
        responses = [SurveyResponse(wave=None, answers=given) for people, given in answers for _ in range(people)]  # type: ignore[arg-type]
        (wave,) = summarize_experience(Workbook(questions=QUESTIONS[:2], responses=tuple(responses)))
        assert wave.outcomes[0].share is not None
        return wave.outcomes[0].share.n

    both, neither = {"learn": 5.0, "know": 5.0}, {"learn": 1.0, "know": 1.0}
    mixed = {"learn": 5.0, "know": 1.0}
    # Ten people whose two answers are alike are worth ten answers.
    assert share((5, both), (5, neither)) == pytest.approx(10)
    # Of six alike and four mixed ones the variance is 6 / 20 squared: a quarter of it makes 16.7 single answers.
    assert share((3, both), (3, neither), (4, mixed)) == pytest.approx(0.25 / (6 / 20**2))
    # One more who gave one answer: then all are taken to be alike (Kish 1965: 21 squared over ten times 4, and 1).
    assert share((3, both), (3, neither), (4, mixed), (1, {"learn": 5.0})) == pytest.approx(21**2 / 41)


RELATIONSHIPS = OUTCOMES[Level.PARTICIPANT][2]


def test_outcome_is_the_mean_of_personal_means() -> None:
    questions = [scale_question("A", KNOWLEDGE), scale_question("B", KNOWLEDGE, reverse=True)]
    given_answers: list[dict[str, Answer]] = [
        {"A": 5.0, "B": 1.0},  # 5 and 5: 5
        {"A": 4.0, "B": 4.0},  # 4 and 2: 3
        {"A": 2.0},  # 2
        {"B": 2.0},  # 4
        {"A": 1.0, "B": 3.0},  # 1 and 3: 2
        {"A": 4.0, "B": 1.0},  # 4 and 5: 4.5
        {},
    ]
    (outcome,) = only_survey(
        workbook_of(questions, [SurveyResponse(wave=None, answers=each) for each in given_answers])
    ).outcomes
    assert outcome.exact_mean == outcome.as_json()["mean"] == pytest.approx(20.5 / 6)
    # Five of each, so that no one's answers can be singled out.
    responses = [SurveyResponse(wave=None, answers=each) for each in given_answers * 5]
    (outcome,) = only_survey(workbook_of(questions, responses)).outcomes
    assert outcome.mean == outcome.exact_mean == pytest.approx(20.5 / 6)
    assert (outcome.answers, outcome.people) == (50, 30)
    assert outcome.top_two == pytest.approx(6 / 10)  # 5 5 4 | 4 4 5 of ten
    assert outcome.as_json() == {
        "level": "Participant", "outcome": KNOWLEDGE, "mean": outcome.mean, "top_two": outcome.top_two, "answers": 50,
    }  # fmt: skip


def test_mean_is_as_exact_as_privacy_allows() -> None:
    questions = [scale_question("A", KNOWLEDGE), scale_question("B", KNOWLEDGE), scale_question("C", KNOWLEDGE)]

    def mean(*sheets: tuple[int, str]) -> DisclosedValue:
        """Of so many people who answered these questions: the first of each kind 5, the others 4."""
        responses = [
            SurveyResponse(wave=None, answers=dict.fromkeys(answered, 4.0 if number else 5.0))
            for people, answered in sheets
            for number in range(people)
        ]
        return only_survey(workbook_of(questions, responses)).outcomes[0].mean

    assert mean((7, "ABC")) == pytest.approx(29 / 7)
    # The mean of the three questions is the same if each person answered equally many.
    assert mean((6, "A"), (7, "B"), (8, "C")) == pytest.approx(87 / 21)
    assert mean((7, "ABC"), (5, "AB")) == pytest.approx(50 / 12)
    # Ten gave one answer. Their sum may show, but rounded, because three of them answered the same question.
    assert mean((7, "AB"), (7, "A"), (3, "B")) == round(71 / 17, 1)
    # Six times the sum of the means leaves, over three, what the one who gave three answers adds up to.
    assert mean((30, "A"), (30, "B"), (30, "C"), (30, "AB"), (1, "ABC")) == round((120 * 4 + 9) / 121, 1)
    assert mean((7, "ABC"), (4, "AB")) == FEW


def test_mean_of_many_questions_is_shown_with_enough_partial_answers() -> None:
    texts = "ABCDEFG"
    questions = [scale_question(text, KNOWLEDGE) for text in texts]

    def mean(left_out: list[str]) -> DisclosedValue:
        sheets = [dict.fromkeys(texts, 4.0)] * 20 + [dict.fromkeys(set(texts) - set(out), 2.0) for out in left_out]
        return (
            only_survey(workbook_of(questions, [SurveyResponse(wave=None, answers=sheet) for sheet in sheets]))
            .outcomes[0]
            .mean
        )

    # Three answered six of seven, two five, and one four: six people, enough to show a sum.
    assert mean(["A", "B", "G", "AB", "FG", "ABC"]) == round((20 * 4 + 6 * 2) / 26, 1)
    assert mean(["A", "B", "AB", "ABC"]) == FEW


def test_outcomes_sharing_a_question_reveal_nothing() -> None:
    questions = [
        scale_question("A", KNOWLEDGE),
        scale_question("B", KNOWLEDGE),
        scale_question("B", COORDINATION),
        scale_question("C", COORDINATION),
    ]
    kinds = [(20, "ABC"), (5, "B"), (1, "AB")]
    responses = [
        SurveyResponse(wave=None, answers=dict.fromkeys(answered, 4.0))
        for people, answered in kinds
        for _ in range(people)
    ]
    # Five answered B alone of the first, and six of the second: one from the other is the one who answered A and B.
    assert [each.mean for each in only_survey(workbook_of(questions, responses)).outcomes] == [FEW, FEW]
    responses = [each for each in responses if len(each.answers) != 2]
    assert [each.mean for each in only_survey(workbook_of(questions, responses)).outcomes] == [4, 4]


def test_different_scales_have_no_common_mean() -> None:
    def outcome_on(first: Scale, second: Scale) -> object:
        questions = [scale_question("A", KNOWLEDGE, scale=first), scale_question("B", KNOWLEDGE, scale=second)]
        responses = [SurveyResponse(wave=None, answers={"A": 4.0, "B": 4.0}) for _ in range(6)]
        (outcome,) = only_survey(workbook_of(questions, responses)).outcomes
        assert outcome.top_two is not None
        return outcome.mean

    assert outcome_on(AGREEMENT, ONE_TO_FOUR) is None
    assert outcome_on(AGREEMENT, FREQUENCY) is None
    # Numbers without words are the same scale as words on the same numbers.
    assert outcome_on(AGREEMENT, ONE_TO_FIVE) == 4


def test_outcome_is_hidden_with_any_of_its_questions() -> None:
    questions = [scale_question("A", KNOWLEDGE), scale_question("B", KNOWLEDGE)]
    responses = responses_to("A", *[4.0] * 9) + responses_to("B", 1.0, 1.0)
    (outcome,) = only_survey(workbook_of(questions, responses)).outcomes
    # Otherwise the outcome's values minus A's would reveal what the two answered to B.
    assert (outcome.mean, outcome.top_two) == (FEW, FEW)


def test_one_question_may_belong_to_two_outcomes() -> None:
    questions = [scale_question("A", KNOWLEDGE), scale_question("A", COORDINATION), scale_question("B", COORDINATION)]
    responses = [SurveyResponse(wave=None, answers={"A": 5.0, "B": 3.0}) for _ in range(5)]
    wave = only_survey(workbook_of(questions, responses))
    assert [(each.outcome, each.mean, each.answers) for each in wave.outcomes] == [
        (KNOWLEDGE, 5, 5),
        (COORDINATION, 4, 10),
    ]
    assert [each.question for each in wave.questions] == ["A", "B"]


def test_outcomes_are_in_framework_order() -> None:
    questions = [scale_question("C", COORDINATION), scale_question("R", RELATIONSHIPS), scale_question("none")]
    wave = only_survey(workbook_of(questions, responses_to("C", *[3.0] * 5)))
    assert [(each.level, each.outcome) for each in wave.outcomes] == [
        (Level.PARTICIPANT, RELATIONSHIPS),
        (Level.ORGANIZATION, COORDINATION),
    ]
