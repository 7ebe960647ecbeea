"""Surveys of a workbook: which there are, their response rates, and changes between them."""

from __future__ import annotations

import datetime as dt

import pytest

from nethealth.experience import WaveExperience, change_of, open_answers, summarize_experience
from nethealth.experience.cards import no_answers_text, response_cards, unassigned_answers_text
from nethealth.workbook.records import (
    Person,
    Question,
    QuestionKind,
    Spell,
    SurveyResponse,
    Wave,
    Workbook,
)
from nethealth.workbook.schema.vocabulary import (
    ZERO_TO_TEN,
    WaveKind,
)
from tests.experience.surveys import COORDINATION, KNOWLEDGE, only_survey, responses_to, scale_question, workbook_of


def test_undefined_without_answers() -> None:
    waves = (Wave(name="2024", kinds=frozenset({WaveKind.SURVEY}), date=dt.date(2024, 5, 1), invited=30),)
    wave = only_survey(workbook_of([scale_question("Q", KNOWLEDGE)], [], waves=waves))
    assert (wave.wave, wave.responses, wave.response_rate, wave.is_empty) == ("2024", 0, 0, True)
    (question,), (outcome,) = wave.questions, wave.outcomes
    assert (question.n, question.mean, question.top_two) == (0, None, None)
    assert (outcome.answers, outcome.mean, outcome.top_two, outcome.scale) == (0, None, None, None)
    assert summarize_experience(Workbook()) == ()


def test_open_questions_are_skipped() -> None:
    text = Question(text="Why?", kind=QuestionKind.TEXT)
    workbook = workbook_of([text], responses_to("Why?", *[f"secret {n}" for n in "fedcba"]))
    assert "secret" not in repr(summarize_experience(workbook))
    (opened,) = open_answers(workbook)
    assert opened.answers == tuple(f"secret {n}" for n in "abcdef")
    assert open_answers(workbook, wave="another") == ()


@pytest.mark.parametrize(
    ("wave", "members", "rate"),
    [
        (Wave(name="2024", invited=10, responded=9), 4, 6 / 10),
        (Wave(name="2024", date=dt.date(2024, 1, 1)), 4, 6 / 8),  # 4 undated, 4 inside
        (Wave(name="2024", date=dt.date(2030, 1, 1)), 8, 6 / 8),  # all the dated have left
        (Wave(name="2024", date=dt.date(2030, 1, 1)), 4, None),  # more answered than were members: others were asked
        (Wave(name="2024", invited=5), 4, 6 / 5),  # as typed
        (None, 0, None),  # no one knows when it was, and membership depends on it
    ],
)
def test_response_rate(wave: Wave | None, members: int, rate: float | None) -> None:
    spell = Spell(dt.date(2020, 1, 1), dt.date(2025, 1, 1))
    people = {
        **{f"u{n}": Person(key=f"u{n}", name=f"u{n}") for n in range(members)},
        **{f"m{n}": Person(key=f"m{n}", name=f"m{n}", spells=(spell,)) for n in range(4)},
        "g": Person(key="g", name="g", is_guest=True),
    }
    found = only_survey(
        workbook_of([scale_question("Q")], responses_to("Q", *[3.0] * 6), people=people, waves=(wave,) if wave else ())
    )
    assert found.response_rate == (pytest.approx(rate) if rate else None)


def test_survey_wins_over_a_wave_of_the_same_name() -> None:
    waves = (
        Wave(name="2024", kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2024, 3, 1), invited=10),
        Wave(name="2024", kinds=frozenset({WaveKind.SURVEY}), date=dt.date(2024, 5, 1), invited=8),
    )
    found = only_survey(workbook_of([scale_question("Q")], responses_to("Q", *[3.0] * 6), waves=waves))
    assert (found.date, found.response_rate) == (dt.date(2024, 5, 1), 0.75)


def test_waves_tab_counts_respondents() -> None:
    waves = (Wave(name="2024", kinds=frozenset({WaveKind.SURVEY}), invited=40, responded=30),)
    found = only_survey(workbook_of([scale_question("Q")], [], waves=waves))
    assert (found.responses, found.respondents, found.response_rate) == (0, 30, 0.75)
    assert [figure for _, figure, _ in response_cards(found)] == ["30", "75%"]
    assert "30 people answered" in no_answers_text(found)
    silent = only_survey(
        workbook_of(
            [scale_question("Q")], [], waves=(Wave(name="2024", kinds=frozenset({WaveKind.SURVEY}), invited=40),)
        )
    )
    assert [figure for _, figure, _ in response_cards(silent)] == ["0", "0%"]
    assert no_answers_text(silent) != no_answers_text(found)


def test_undated_survey_invited_all_members() -> None:
    people = {f"u{n}": Person(key=f"u{n}", name=f"u{n}") for n in range(12)}
    assert only_survey(
        workbook_of([scale_question("Q")], responses_to("Q", *[3.0] * 6), people=people)
    ).response_rate == pytest.approx(0.5)


def test_answers_without_a_wave_are_counted() -> None:
    named = [SurveyResponse(wave="2024", answers={"Q": 3.0}) for _ in range(6)]
    nameless = [SurveyResponse(wave=None, answers={"Q": 3.0}) for _ in range(2)]
    text = unassigned_answers_text(summarize_experience(workbook_of([scale_question("Q")], [*named, *nameless])))
    assert (text or "").startswith("2 answers name no survey")
    assert unassigned_answers_text(summarize_experience(workbook_of([scale_question("Q")], named))) is None
    assert unassigned_answers_text(summarize_experience(workbook_of([scale_question("Q")], nameless))) is None


def two_waves_of(before: list[Question], now: list[Question]) -> tuple[WaveExperience, ...]:
    waves = (Wave(name="2023", date=dt.date(2023, 5, 1)), Wave(name="2024", date=dt.date(2024, 5, 1)))
    texts = {question.text for question in before}, {question.text for question in now}
    responses = [SurveyResponse(wave="2024", answers=dict.fromkeys(texts[1], 4.0)) for _ in range(6)]
    responses += [SurveyResponse(wave="2023", answers=dict.fromkeys(texts[0], 3.0)) for _ in range(6)]
    questions = list(dict.fromkeys([*before, *now]))
    return summarize_experience(workbook_of(questions, responses, waves=waves))


def test_waves_are_in_order_and_outcomes_change() -> None:
    waves = two_waves_of([scale_question("A", KNOWLEDGE)], [scale_question("A", KNOWLEDGE)])
    assert [wave.wave for wave in waves] == ["2023", "2024"]
    moved = change_of(KNOWLEDGE, waves)
    assert moved is not None
    assert (moved.since, moved.difference.value) == ("2023", 1)
    assert change_of(KNOWLEDGE, waves[:1]) is None
    assert change_of(COORDINATION, waves) is None


def test_other_scale_or_question_is_not_compared() -> None:
    other_scale = two_waves_of([scale_question("A", KNOWLEDGE, scale=ZERO_TO_TEN)], [scale_question("B", KNOWLEDGE)])
    assert change_of(KNOWLEDGE, other_scale) is None
    other_words = two_waves_of([scale_question("A", KNOWLEDGE)], [scale_question("B", KNOWLEDGE)])
    assert change_of(KNOWLEDGE, other_words) is None
