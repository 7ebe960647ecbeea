"""Surveys: figures worked by hand on paper, and what must never be told of too few people."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.experience import WaveExperience, change_of, open_answers, summarize_experience
from nethealth.experience.cards import no_answers_text, response_cards, unassigned_answers_text
from nethealth.experience.metrics.results import DisclosedValue
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Answer, Person, Question, QuestionKind, Settings, Spell, SurveyResponse, Wave
from nethealth.workbook.records import Workbook as Book
from nethealth.workbook.schema.vocabulary import (
    AGREEMENT,
    FREQUENCY,
    ONE_TO_FIVE,
    ONE_TO_FOUR,
    OUTCOMES,
    ZERO_TO_TEN,
    Level,
    Scale,
    WaveKind,
)

KNOWLEDGE, EFFECTIVENESS, RELATIONSHIPS = OUTCOMES[Level.PARTICIPANT]
COORDINATION = OUTCOMES[Level.ORGANIZATION][0]
FEW = TooFew(5)


def asked(text: str, outcome: str | None = None, *, scale: Scale | None = AGREEMENT, reverse: bool = False) -> Question:
    return Question(text=text, kind=QuestionKind.SCALE, scale=scale, outcome=outcome, reverse=reverse)


def answers(question: str, *given_answers: Answer | None, wave: str | None = "2024") -> list[SurveyResponse]:
    return [SurveyResponse(wave=wave, answers={} if answer is None else {question: answer}) for answer in given_answers]


def book(questions: list[Question], responses: list[SurveyResponse], **more: object) -> Book:
    return Book(questions=tuple(questions), responses=tuple(responses), **more)  # type: ignore[arg-type]


def only(workbook: Book) -> WaveExperience:
    (wave,) = summarize_experience(workbook)
    return wave


def test_one_question_by_hand() -> None:
    # 5 5 4 4 4 2 1: seven people, sum 25, five in the two highest.
    wave = only(book([asked("Q")], answers("Q", 5.0, 5.0, 4.0, 4.0, 4.0, 2.0, 1.0, None)))
    (question,) = wave.questions
    assert (wave.responses, question.n) == (8, 7)
    assert question.mean == pytest.approx(25 / 7)
    assert question.top_two == pytest.approx(5 / 7)
    assert question.distribution == {
        "Strongly disagree": 1, "Disagree": 1, "Neutral": 0, "Agree": 3, "Strongly agree": 2,
    }  # fmt: skip
    assert list(question.as_json()) == ["question", "n", "mean", "top_two", "distribution"]


def test_a_reversed_question_turns_its_figures_but_not_its_distribution() -> None:
    # 1 1 1 2 4 becomes 5 5 5 4 2: sum 21, four in the two highest.
    (question,) = only(book([asked("Q", reverse=True)], answers("Q", 1.0, 1.0, 1.0, 2.0, 4.0))).questions
    assert question.mean == pytest.approx(21 / 5)
    assert question.top_two == pytest.approx(4 / 5)
    assert isinstance(question.distribution, MappingProxyType)
    assert question.distribution["Strongly disagree"] == 3


def test_the_two_highest_of_a_reversed_scale_with_uneven_steps_are_its_two_lowest() -> None:
    uneven = Scale("Uneven", ((1.0, "never"), (2.0, "once"), (10.0, "often")))
    (question,) = only(
        book([asked("Q", scale=uneven, reverse=True)], answers("Q", 1.0, 2.0, 2.0, 10.0, 10.0))
    ).questions
    assert question.top_two == pytest.approx(3 / 5)
    # Mirrored on 1 to 10: 10 9 9 1 1.
    assert question.mean == pytest.approx(30 / 5)


def test_zero_is_an_answer() -> None:
    (question,) = only(book([asked("Q", scale=ZERO_TO_TEN)], answers("Q", 0.0, 0.0, 8.0, 9.0, 10.0))).questions
    assert question.n == 5
    assert question.mean == pytest.approx(27 / 5)
    assert question.top_two == pytest.approx(2 / 5)  # 9 and 10
    assert not isinstance(question.distribution, TooFew)
    assert question.distribution["0"] == 2
    assert len(question.distribution) == 11


def test_everybody_the_same() -> None:
    (question,) = only(book([asked("Q")], answers("Q", *[4.0] * 6))).questions
    assert (question.mean, question.top_two) == (4, 1)


def test_a_scale_of_two_has_no_two_highest() -> None:
    two = Scale("Two", ((0.0, "No"), (1.0, "Yes")))
    (question,) = only(book([asked("Q", scale=two)], answers("Q", *[1.0] * 6))).questions
    assert (question.mean, question.top_two) == (1, None)


def test_undefined_without_answers() -> None:
    waves = (Wave(name="2024", kinds=frozenset({WaveKind.SURVEY}), date=dt.date(2024, 5, 1), invited=30),)
    wave = only(book([asked("Q", KNOWLEDGE)], [], waves=waves))
    assert (wave.wave, wave.responses, wave.response_rate, wave.is_empty) == ("2024", 0, 0, True)
    (question,), (outcome,) = wave.questions, wave.outcomes
    assert (question.n, question.mean, question.top_two) == (0, None, None)
    assert (outcome.answers, outcome.mean, outcome.top_two, outcome.scale) == (0, None, None, None)
    assert summarize_experience(Book()) == ()


def test_too_few_answers_are_hidden() -> None:
    wave = only(book([asked("Q", KNOWLEDGE)], answers("Q", 5.0, 4.0, 4.0, 3.0, None, None)))
    (question,), (outcome,) = wave.questions, wave.outcomes
    assert (question.mean, question.top_two, question.distribution) == (FEW, FEW, FEW)
    assert (outcome.mean, outcome.top_two) == (FEW, FEW)
    assert question.as_json()["mean"] == {"withheld": "fewer than 5"}
    assert (wave.responses, question.n) == (6, 4)


def test_an_outcome_is_the_mean_of_each_persons_mean() -> None:
    questions = [asked("A", KNOWLEDGE), asked("B", KNOWLEDGE, reverse=True)]
    given_answers: list[dict[str, Answer]] = [
        {"A": 5.0, "B": 1.0},  # 5 and 5: 5
        {"A": 4.0, "B": 4.0},  # 4 and 2: 3
        {"A": 2.0},  # 2
        {"B": 2.0},  # 4
        {"A": 1.0, "B": 3.0},  # 1 and 3: 2
        {"A": 4.0, "B": 1.0},  # 4 and 5: 4.5
        {},
    ]
    (outcome,) = only(book(questions, [SurveyResponse(wave=None, answers=each) for each in given_answers])).outcomes
    assert outcome.exact_mean == outcome.as_json()["mean"] == pytest.approx(20.5 / 6)
    # Five of each, so that nobody's can be told from the others'.
    responses = [SurveyResponse(wave=None, answers=each) for each in given_answers * 5]
    (outcome,) = only(book(questions, responses)).outcomes
    assert outcome.mean == outcome.exact_mean == pytest.approx(20.5 / 6)
    assert (outcome.answers, outcome.people) == (50, 30)
    assert outcome.top_two == pytest.approx(6 / 10)  # 5 5 4 | 4 4 5 of ten
    assert outcome.as_json() == {
        "level": "Participant", "outcome": KNOWLEDGE, "mean": outcome.mean, "top_two": outcome.top_two, "answers": 50,
    }  # fmt: skip


def test_mean_is_as_exact_as_privacy_allows() -> None:
    questions = [asked("A", KNOWLEDGE), asked("B", KNOWLEDGE), asked("C", KNOWLEDGE)]

    def mean(*sheets: tuple[int, str]) -> DisclosedValue:
        """Of so many people who answered these questions: the first of each kind 5, the others 4."""
        responses = [
            SurveyResponse(wave=None, answers=dict.fromkeys(answered, 4.0 if number else 5.0))
            for people, answered in sheets
            for number in range(people)
        ]
        return only(book(questions, responses)).outcomes[0].mean

    assert mean((7, "ABC")) == pytest.approx(29 / 7)
    # The same means of the three questions, whoever answered them, where each answered as many.
    assert mean((6, "A"), (7, "B"), (8, "C")) == pytest.approx(87 / 21)
    assert mean((7, "ABC"), (5, "AB")) == pytest.approx(50 / 12)
    # Ten gave one answer: their sum may be told, but not to the last digit, since three of them are of one kind.
    assert mean((7, "AB"), (7, "A"), (3, "B")) == round(71 / 17, 1)
    # Six times the sum of the means leaves, over three, what the one who gave three answers adds up to.
    assert mean((30, "A"), (30, "B"), (30, "C"), (30, "AB"), (1, "ABC")) == round((120 * 4 + 9) / 121, 1)
    assert mean((7, "ABC"), (4, "AB")) == FEW


def test_mean_of_many_questions_is_shown_with_enough_partial_answers() -> None:
    texts = "ABCDEFG"
    questions = [asked(text, KNOWLEDGE) for text in texts]

    def mean(left_out: list[str]) -> DisclosedValue:
        sheets = [dict.fromkeys(texts, 4.0)] * 20 + [dict.fromkeys(set(texts) - set(out), 2.0) for out in left_out]
        return only(book(questions, [SurveyResponse(wave=None, answers=sheet) for sheet in sheets])).outcomes[0].mean

    # Three answered six of seven, two five, and one four: together six, of whom a sum may be told.
    assert mean(["A", "B", "G", "AB", "FG", "ABC"]) == round((20 * 4 + 6 * 2) / 26, 1)
    assert mean(["A", "B", "AB", "ABC"]) == FEW


def test_means_of_outcomes_that_share_a_question_tell_nothing_by_their_difference() -> None:
    questions = [asked("A", KNOWLEDGE), asked("B", KNOWLEDGE), asked("B", COORDINATION), asked("C", COORDINATION)]
    kinds = [(20, "ABC"), (5, "B"), (1, "AB")]
    responses = [
        SurveyResponse(wave=None, answers=dict.fromkeys(answered, 4.0))
        for people, answered in kinds
        for _ in range(people)
    ]
    # Five answered B alone of the first, and six of the second: one from the other is the one who answered A and B.
    assert [each.mean for each in only(book(questions, responses)).outcomes] == [FEW, FEW]
    responses = [each for each in responses if len(each.answers) != 2]
    assert [each.mean for each in only(book(questions, responses)).outcomes] == [4, 4]


def test_different_scales_have_no_common_mean() -> None:
    def outcome_on(first: Scale, second: Scale) -> object:
        questions = [asked("A", KNOWLEDGE, scale=first), asked("B", KNOWLEDGE, scale=second)]
        responses = [SurveyResponse(wave=None, answers={"A": 4.0, "B": 4.0}) for _ in range(6)]
        (outcome,) = only(book(questions, responses)).outcomes
        assert outcome.top_two is not None
        return outcome.mean

    assert outcome_on(AGREEMENT, ONE_TO_FOUR) is None
    assert outcome_on(AGREEMENT, FREQUENCY) is None
    # Numbers without words are the same scale as words on the same numbers.
    assert outcome_on(AGREEMENT, ONE_TO_FIVE) == 4


def test_outcome_is_hidden_with_any_of_its_questions() -> None:
    questions = [asked("A", KNOWLEDGE), asked("B", KNOWLEDGE)]
    responses = answers("A", *[4.0] * 9) + answers("B", 1.0, 1.0)
    (outcome,) = only(book(questions, responses)).outcomes
    # Else A's figures, taken from the outcome's, would tell what the two answered to B.
    assert (outcome.mean, outcome.top_two) == (FEW, FEW)


def test_one_question_may_belong_to_two_outcomes() -> None:
    questions = [asked("A", KNOWLEDGE), asked("A", COORDINATION), asked("B", COORDINATION)]
    responses = [SurveyResponse(wave=None, answers={"A": 5.0, "B": 3.0}) for _ in range(5)]
    wave = only(book(questions, responses))
    assert [(each.outcome, each.mean, each.answers) for each in wave.outcomes] == [
        (KNOWLEDGE, 5, 5),
        (COORDINATION, 4, 10),
    ]
    assert [each.question for each in wave.questions] == ["A", "B"]


def test_outcomes_stand_in_the_frameworks_order_and_only_if_asked() -> None:
    questions = [asked("C", COORDINATION), asked("R", RELATIONSHIPS), asked("none")]
    wave = only(book(questions, answers("C", *[3.0] * 5)))
    assert [(each.level, each.outcome) for each in wave.outcomes] == [
        (Level.PARTICIPANT, RELATIONSHIPS),
        (Level.ORGANIZATION, COORDINATION),
    ]


def test_rare_choices_are_pooled_until_nothing_small_is_left_over() -> None:
    choice = Question(text="Q", kind=QuestionKind.CHOICE)
    said = [*["North"] * 9, *["South"] * 7, *["East"] * 5, "my own words", "my other words"]
    (question,) = only(book([choice], answers("Q", *said))).questions
    # The two rare ones alone would leave a remainder of two, so that the next rarest joins them.
    assert question.distribution == {"North": 9, "South": 7, "fewer than 5": 7}
    assert (question.mean, question.top_two) == (None, None)
    (question,) = only(book([choice], answers("Q", *["Yes"] * 5, *["No"] * 6))).questions
    assert question.distribution == {"No": 6, "Yes": 5}


def test_an_option_that_reads_like_the_pool_keeps_its_people() -> None:
    choice = Question(text="Q", kind=QuestionKind.CHOICE)
    said = [*["fewer than 5"] * 6, *["6 to 10"] * 7, *["11 to 20"] * 3, *["more"] * 2]
    (question,) = only(book([choice], answers("Q", *said))).questions
    assert question.distribution == {"6 to 10": 7, "fewer than 5": 6, "fewer than 5 people": 5}
    assert question.pooled == "fewer than 5 people"
    (question,) = only(book([choice], answers("Q", *["fewer than 5"] * 6, *["more"] * 7))).questions
    assert (question.distribution, question.pooled) == ({"more": 7, "fewer than 5": 6}, None)


def test_large_numbers_are_not_taken_for_one() -> None:
    number = Question(text="Q", kind=QuestionKind.NUMBER)
    (question,) = only(book([number], answers("Q", *[1234567.0] * 5, *[1234568.0] * 6, *[0.5] * 5))).questions
    assert question.distribution == {"1234568": 6, "0.5": 5, "1234567": 5}


def test_ticked_options_are_counted_by_people() -> None:
    boxes = Question(text="Q", kind=QuestionKind.MULTIPLE)
    said = [("a", "b"), ("a", "b"), ("a",), ("a",), ("a", "c"), ("b", "d"), ("b", "c", "d"), ("b",), ("c",), ("d",)]
    (question,) = only(book([boxes], answers("Q", *said))).questions
    # c: 3 people, d: 3, together 5 different ones.
    assert question.distribution == {"a": 5, "b": 5, "fewer than 5": 5}


def test_open_questions_are_in_no_figure() -> None:
    text = Question(text="Why?", kind=QuestionKind.TEXT)
    workbook = book([text], answers("Why?", *[f"secret {n}" for n in "fedcba"]))
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
        (Wave(name="2024", invited=5), 4, 6 / 5),  # as typed, and told
        (None, 0, None),  # nobody knows when it was, and membership depends on it
    ],
)
def test_response_rate(wave: Wave | None, members: int, rate: float | None) -> None:
    spell = Spell(dt.date(2020, 1, 1), dt.date(2025, 1, 1))
    people = {
        **{f"u{n}": Person(key=f"u{n}", name=f"u{n}") for n in range(members)},
        **{f"m{n}": Person(key=f"m{n}", name=f"m{n}", spells=(spell,)) for n in range(4)},
        "g": Person(key="g", name="g", is_guest=True),
    }
    found = only(book([asked("Q")], answers("Q", *[3.0] * 6), people=people, waves=(wave,) if wave else ()))
    assert found.response_rate == (pytest.approx(rate) if rate else None)


def test_of_two_waves_with_one_name_the_survey_counts() -> None:
    waves = (
        Wave(name="2024", kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2024, 3, 1), invited=10),
        Wave(name="2024", kinds=frozenset({WaveKind.SURVEY}), date=dt.date(2024, 5, 1), invited=8),
    )
    found = only(book([asked("Q")], answers("Q", *[3.0] * 6), waves=waves))
    assert (found.date, found.response_rate) == (dt.date(2024, 5, 1), 0.75)


def test_without_answers_in_the_sheet_the_waves_tab_knows_how_many_answered() -> None:
    waves = (Wave(name="2024", kinds=frozenset({WaveKind.SURVEY}), invited=40, responded=30),)
    found = only(book([asked("Q")], [], waves=waves))
    assert (found.responses, found.respondents, found.response_rate) == (0, 30, 0.75)
    assert [figure for _, figure, _ in response_cards(found)] == ["30", "75%"]
    assert "30 people answered" in no_answers_text(found)
    silent = only(book([asked("Q")], [], waves=(Wave(name="2024", kinds=frozenset({WaveKind.SURVEY}), invited=40),)))
    assert [figure for _, figure, _ in response_cards(silent)] == ["0", "0%"]
    assert no_answers_text(silent) != no_answers_text(found)


def test_without_any_dates_the_members_were_asked() -> None:
    people = {f"u{n}": Person(key=f"u{n}", name=f"u{n}") for n in range(12)}
    assert only(book([asked("Q")], answers("Q", *[3.0] * 6), people=people)).response_rate == pytest.approx(0.5)


def test_answers_without_a_survey_are_counted() -> None:
    named = [SurveyResponse(wave="2024", answers={"Q": 3.0}) for _ in range(6)]
    nameless = [SurveyResponse(wave=None, answers={"Q": 3.0}) for _ in range(2)]
    text = unassigned_answers_text(summarize_experience(book([asked("Q")], [*named, *nameless])))
    assert (text or "").startswith("2 answers name no survey")
    assert unassigned_answers_text(summarize_experience(book([asked("Q")], named))) is None
    assert unassigned_answers_text(summarize_experience(book([asked("Q")], nameless))) is None


def two_waves(before: list[Question], now: list[Question]) -> tuple[WaveExperience, ...]:
    waves = (Wave(name="2023", date=dt.date(2023, 5, 1)), Wave(name="2024", date=dt.date(2024, 5, 1)))
    texts = {question.text for question in before}, {question.text for question in now}
    responses = [SurveyResponse(wave="2024", answers=dict.fromkeys(texts[1], 4.0)) for _ in range(6)]
    responses += [SurveyResponse(wave="2023", answers=dict.fromkeys(texts[0], 3.0)) for _ in range(6)]
    questions = list(dict.fromkeys([*before, *now]))
    return summarize_experience(book(questions, responses, waves=waves))


def test_waves_are_in_order_and_an_outcome_moves() -> None:
    waves = two_waves([asked("A", KNOWLEDGE)], [asked("A", KNOWLEDGE)])
    assert [wave.wave for wave in waves] == ["2023", "2024"]
    moved = change_of(KNOWLEDGE, waves)
    assert moved is not None
    assert (moved.since, moved.difference.value) == ("2023", 1)
    assert change_of(KNOWLEDGE, waves[:1]) is None
    assert change_of(COORDINATION, waves) is None
    assert [wave.wave for wave in summarize_experience(book([], answers("A", 1.0)), wave="2024")] == ["2024"]


def test_another_scale_or_another_question_is_not_compared() -> None:
    other_scale = two_waves([asked("A", KNOWLEDGE, scale=ZERO_TO_TEN)], [asked("B", KNOWLEDGE)])
    assert change_of(KNOWLEDGE, other_scale) is None
    other_words = two_waves([asked("A", KNOWLEDGE)], [asked("B", KNOWLEDGE)])
    assert change_of(KNOWLEDGE, other_words) is None


answer_sheets = st.lists(
    st.dictionaries(st.sampled_from(["A", "B", "C"]), st.integers(1, 5).map(float), max_size=3), max_size=24
)


@settings(max_examples=80, deadline=None)
@given(sheets=answer_sheets, smallest=st.integers(3, 7), reverse=st.booleans())
def test_few_answers_are_always_hidden(sheets: list[dict[str, Answer]], smallest: int, reverse: bool) -> None:
    questions = [asked("A", KNOWLEDGE, reverse=reverse), asked("B", KNOWLEDGE), asked("C", COORDINATION)]
    responses = [SurveyResponse(wave="w", answers=sheet) for sheet in sheets]
    for wave in summarize_experience(book(questions, responses, settings=Settings(smallest_group=smallest))):
        held = {question.question for question in wave.questions if 0 < question.n < smallest}
        for question in wave.questions:
            is_held = question.question in held
            assert isinstance(question.distribution, TooFew) is is_held
            assert isinstance(question.mean, TooFew) is is_held
            if not isinstance(question.distribution, TooFew):
                assert sum(question.distribution.values()) == question.n
        for outcome in wave.outcomes:
            is_held = bool(held & set(outcome.questions)) or 0 < outcome.people < smallest
            # The mean is held back in further cases (`tests/experience/metrics/test_disclosure.py`).
            assert isinstance(outcome.mean, TooFew) or not is_held
            assert isinstance(outcome.top_two, TooFew) is is_held
            if isinstance(outcome.mean, float):
                assert 1 <= outcome.mean <= 5


@settings(max_examples=80, deadline=None)
@given(said=st.lists(st.sampled_from("abcdefg"), max_size=40), smallest=st.integers(3, 7))
def test_no_shown_choice_is_small_nor_the_rest(said: list[str], smallest: int) -> None:
    choice = Question(text="Q", kind=QuestionKind.CHOICE)
    workbook = book([choice], answers("Q", *said), settings=Settings(smallest_group=smallest))
    for wave in summarize_experience(workbook):
        (question,) = wave.questions
        if isinstance(question.distribution, TooFew):
            assert question.n < smallest
        else:
            assert all(count >= smallest for count in question.distribution.values())
            assert sum(question.distribution.values()) == len(said)
