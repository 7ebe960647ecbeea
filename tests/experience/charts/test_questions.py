"""Charts of participant experience: what is drawn is what was counted, and nothing of too few."""

from __future__ import annotations

import dataclasses
import datetime as dt

from nethealth.experience import QuestionResults, cards, summarize_experience, tables
from nethealth.experience.charts import answer_rows as rows
from nethealth.experience.charts import questions as charts
from nethealth.workbook.records import Answer, Question, QuestionKind, SurveyResponse, Wave, Workbook
from nethealth.workbook.schema.vocabulary import AGREEMENT, OUTCOMES, ZERO_TO_TEN, Level, Scale

KNOWLEDGE = OUTCOMES[Level.PARTICIPANT][0]
HOSTILE = "<img src=x onerror=alert(1)> =1+1 $x$ <b>bold</b> & \u202ereversed " + "long words " * 4_000


def asked(
    *questions: tuple[str, Scale | None, list[Answer]], outcome: str | None = None
) -> tuple[QuestionResults, ...]:
    declared = [
        Question(text=text, kind=QuestionKind.SCALE if scale else QuestionKind.CHOICE, scale=scale, outcome=outcome)
        for text, scale, _ in questions
    ]
    responses = [SurveyResponse(wave=None, answers={text: answer}) for text, _, said in questions for answer in said]
    (wave,) = summarize_experience(Workbook(questions=tuple(declared), responses=tuple(responses)))
    return wave.questions


def test_questions_of_one_scale_stand_together() -> None:
    questions = asked(("A", ZERO_TO_TEN, [1.0]), ("B", AGREEMENT, [1.0]), ("C", AGREEMENT, [1.0]), ("D", AGREEMENT, []))
    assert [[each.question for each in group] for group in charts.by_scale(questions)] == [["B", "C"], ["A"]]


def test_cards_say_why_there_is_no_figure() -> None:
    assert [value for _, value, _ in cards.outcome_cards((), level=Level.ORGANIZATION)] == ["–"] * 3
    question = Question(text="Q", kind=QuestionKind.SCALE, scale=AGREEMENT, outcome=KNOWLEDGE)
    few = Workbook(
        questions=(question,), responses=tuple(SurveyResponse(wave=None, answers={"Q": 5.0}) for _ in range(3))
    )
    first, second, _ = cards.outcome_cards(summarize_experience(few), level=Level.PARTICIPANT)
    assert first == (KNOWLEDGE, "fewer than 5", "people answered: held back")
    assert second[1:] == ("–", "No question belongs to it yet")
    enough = Workbook(
        questions=(question,), responses=tuple(SurveyResponse(wave=None, answers={"Q": 5.0}) for _ in range(5))
    )
    assert cards.outcome_cards(summarize_experience(enough), level=Level.PARTICIPANT)[0] == (
        KNOWLEDGE,
        "100%",
        "agree · likely 57% to 100% · average 5.0 of 5 · 5 answers",  # Wilson for 5 of 5: 5 / (5 + 1.96²)
    )


def test_a_card_says_that_its_average_is_held_back() -> None:
    asked_both = tuple(
        Question(text=text, kind=QuestionKind.SCALE, scale=AGREEMENT, outcome=KNOWLEDGE) for text in ("P", "Q")
    )
    answers = [{"P": 5.0, "Q": 5.0}] * 9 + [{"P": 5.0}]
    workbook = Workbook(
        questions=asked_both, responses=tuple(SurveyResponse(wave=None, answers=each) for each in answers)
    )
    _, share, note = cards.outcome_cards(summarize_experience(workbook), level=Level.PARTICIPANT)[0]
    assert share == "100%"
    assert note is not None
    assert "· average held back · 19 answers to 2 questions" in note


def test_a_heading_cuts_a_long_question_after_a_whole_word() -> None:
    (question,) = asked(("abcdefghij " * 12, AGREEMENT, [4.0] * 6), outcome=KNOWLEDGE)
    (other,) = asked(("Short", AGREEMENT, [2.0] * 6))
    told = charts.distribution_heading([charts.QuestionRow(question), charts.QuestionRow(other)])
    quoted = told.removeprefix("Most agreed on: “").removesuffix("” (100%)")
    assert set(quoted.removesuffix(" …").split()) == {"abcdefghij"}
    assert "“Short”" in charts.distribution_heading([charts.QuestionRow(asked(("Short", AGREEMENT, [5.0] * 6))[0])] * 2)


def test_a_level_says_how_many_agree_on_what_it_is_to_gain() -> None:
    coordination, reach, _ = OUTCOMES[Level.ORGANIZATION]
    told = [("A", coordination, 2), ("B", reach, 7)]
    workbook = Workbook(
        questions=tuple(Question(text=q, kind=QuestionKind.SCALE, scale=AGREEMENT, outcome=o) for q, o, _ in told),
        responses=tuple(
            SurveyResponse(wave=None, answers={q: 4.0 if n < agree else 2.0 for q, _, agree in told}) for n in range(10)
        ),
    )
    (wave,) = summarize_experience(workbook)
    assert cards.level_heading(wave, level=Level.ORGANIZATION, whom="For all") == "For all: 20% to 70% agree"
    assert cards.level_heading(wave, level=Level.PARTICIPANT, whom="For each") == "For each"


def test_an_outcome_of_two_questions_says_that_its_answers_are_of_both() -> None:
    (wave,) = summarize_experience(two_surveys({"A": [4.0] * 6, "B": [4.0] * 6}, {}))
    assert str(cards.outcome_cards((wave,), level=Level.PARTICIPANT)[0][2]).endswith("12 answers to 2 questions")


def test_a_tie_for_the_most_chosen_is_told_as_one() -> None:
    (question,) = asked(("Q", None, ["a"] * 6 + ["b"] * 6 + ["c"] * 5))
    assert charts.choice_heading((question,)) == "“a” and “b” are chosen most: 6 of 17"
    (question,) = asked(("Q", None, ["a"] * 6 + ["b"] * 6))
    assert charts.choice_heading((question,)) == "What people chose"


def two_surveys(before: dict[str, list[float]], now: dict[str, list[float]], *, scale: Scale = AGREEMENT) -> Workbook:
    """Two surveys of the same questions, each with its answers by question."""
    texts = {**before, **now}
    responses = [
        SurveyResponse(wave=wave, answers={text: answer})
        for wave, given in (("2024", before), ("2025", now))
        for text, said in given.items()
        for answer in said
    ]
    return Workbook(
        questions=tuple(Question(text=text, kind=QuestionKind.SCALE, scale=scale, outcome=KNOWLEDGE) for text in texts),
        responses=tuple(responses),
        waves=(Wave(name="2024", date=dt.date(2024, 5, 1)), Wave(name="2025", date=dt.date(2025, 5, 1))),
    )


def test_what_clearly_moved_comes_first_and_the_rest_is_too_early_to_tell() -> None:
    workbook = two_surveys(
        {"Still": [4.0] * 20 + [2.0] * 20, "Moved": [4.0] * 8 + [2.0] * 32, "Noise": [4.0] * 20 + [2.0] * 20},
        {"Still": [4.0] * 20 + [2.0] * 20, "Moved": [4.0] * 32 + [2.0] * 8, "Noise": [4.0] * 23 + [2.0] * 17},
    )
    ((asked_now, shown),) = rows.scale_rows(workbook, wave="2025")
    assert [each.figures.question for each in asked_now] == ["Moved", "Noise", "Still"]
    assert charts.distribution_heading(asked_now) == "Moved most: “Moved” (+60 points)"
    assert charts.changes_text(asked_now) == (
        "1 question of 3 moved by more than chance would since the survey before; it comes first. "
        "For the others it is too early to tell."
    )
    moved, noise, still = (each.moved for each in asked_now)
    # Newcombe's interval of 32/40 less 8/40 by statsmodels: 0.3913 to 0.7344.
    assert moved is not None
    assert moved.startswith("Up 60 points since 2024 (+39 to +73)")
    assert noise is not None
    assert "too early to tell" in noise
    assert still is not None
    assert still.startswith("No different since 2024, but too early to tell")
    # Both surveys are drawn, one under the other: three thick bars and three thin ones.
    assert (shown.count('class="nh-bar"'), shown.count('class="nh-bar nh-before"')) == (3, 3)
    assert shown.count("40 answers; 2024, the thin bar: 40") == 3
    assert "Up 60 points since 2024" in charts.distribution_text(asked_now)


def test_of_many_questions_it_is_said_how_many_would_move_by_chance() -> None:
    before = {f"Q{n}": [4.0] * 20 + [2.0] * 20 for n in range(40)}
    now = before | {"Q7": [4.0] * 38 + [2.0] * 2, "Q8": [4.0] * 2 + [2.0] * 38}
    ((asked_now, _),) = rows.scale_rows(two_surveys(before, now), wave="2025")
    # At 95 in 100, two of forty.
    assert charts.changes_text(asked_now) == (
        "2 questions of 40 moved by more than chance would since the survey before; they come first. Of so many, about "
        "2 would seem to by chance alone. For the others it is too early to tell."
    )


def test_a_heading_of_a_question_worded_in_reverse_says_whose_share_moved() -> None:
    workbook = two_surveys(
        {"It costs time": [4.0] * 8 + [2.0] * 32, "Still": [4.0] * 40},
        {"It costs time": [4.0] * 32 + [2.0] * 8, "Still": [4.0] * 40},
    )
    costs, still = workbook.questions
    turned = dataclasses.replace(workbook, questions=(dataclasses.replace(costs, reverse=True), still))
    ((asked_now, _),) = rows.scale_rows(turned, wave="2025")
    # 32 of 40 disagreed, then 8.
    assert charts.distribution_heading(asked_now) == ("Moved most: “It costs time” (who disagree: −60 points)")


def test_options_beyond_the_twelve_that_are_drawn_are_counted() -> None:
    said = [f"Option {letter}" for letter in "abcdefghijklmn" for _ in range(5)] + ["rare"] * 2 + ["rarer"] * 3
    (question,) = asked(("Which?", None, said))
    # Fourteen options and the pool: twelve are drawn.
    assert "and 3 more answers in the download" in rows.choice_rows([question])
    assert charts.distribution_text([charts.QuestionRow(question)]).endswith(
        "Option l 5, and 3 more answers in the download."
    )


def test_only_the_pool_is_called_one() -> None:
    (question,) = asked(("Hours?", None, ["10 or more"] * 6 + ["fewer than 10"] * 5))
    assert "<span>fewer than 10</span>" in rows.choice_rows([question])
    (question,) = asked(("Hours?", None, ["fewer than 10"] * 6 + ["9"] * 5 + ["10"] * 3 + ["11"] * 2))
    assert charts.choice_heading([question]) == "“fewer than 10” is chosen most: 6 of 16"
    # Three and two are few; each of five is not, and goes with two, who are too few alone.
    told = "Other answers, some of them by fewer than 5 people"
    assert f"{told} 5" in charts.distribution_text([charts.QuestionRow(question)])
    (question,) = asked(("Hours?", None, ["9"] * 6 + ["10"] * 5 + ["11"] * 2))
    assert f"{told} 7" in charts.distribution_text([charts.QuestionRow(question)])
    (question,) = asked(("Hours?", None, ["9"] * 3 + ["10"] * 3))
    assert ": Answers, some of them by fewer than 5 people 6" in charts.distribution_text(
        [charts.QuestionRow(question)]
    )


def test_a_first_survey_is_compared_with_nothing() -> None:
    ((asked_now, _),) = rows.scale_rows(two_surveys({"Q": [4.0] * 6}, {}), wave="2024")
    assert charts.changes_text(asked_now) is None
    assert asked_now[0].moved is None


def test_a_question_in_new_words_is_said_to_be_new_where_others_were_asked_before() -> None:
    ((first, _),) = rows.scale_rows(two_surveys({"Old words": [4.0] * 6}, {}), wave="2024")
    assert [each.moved for each in first] == [None]
    workbook = two_surveys({"Old words": [4.0] * 6, "Same": [4.0] * 6}, {"New words": [4.0] * 6, "Same": [4.0] * 6})
    ((asked_now, shown),) = rows.scale_rows(workbook, wave="2025")
    assert {each.figures.question: each.is_new for each in asked_now} == {"Same": False, "New words": True}
    assert shown.count("Asked in these words for the first time") == 2, "beneath the question, and for who can't see it"


def test_a_question_by_itself_is_not_said_to_come_first() -> None:
    workbook = two_surveys({"Q": [4.0] * 8 + [2.0] * 32}, {"Q": [4.0] * 32 + [2.0] * 8})
    ((asked_now, _),) = rows.scale_rows(workbook, wave="2025")
    assert charts.changes_text(asked_now) is None
    assert (asked_now[0].moved or "").startswith("Up 60 points")


def test_an_outcomes_card_says_how_it_moved() -> None:
    def card(before: dict[str, list[float]], now: dict[str, list[float]]) -> str:
        waves = summarize_experience(two_surveys(before, now))
        return str(cards.outcome_cards(waves, level=Level.PARTICIPANT)[0][2])

    up = card({"Q": [4.0] * 8 + [2.0] * 32}, {"Q": [4.0] * 32 + [2.0] * 8})
    assert up == "agree · up 60 points since 2024 (+39 to +73) · average 3.6 of 5 · 40 answers"
    early = card({"Q": [4.0] * 5 + [2.0] * 5}, {"Q": [4.0] * 6 + [2.0] * 4})
    assert "+10 points since 2024, but too early to tell (" in early
    assert "likely 61% to 100% · not comparable with before: other questions than before" in card(
        {"A": [4.0] * 6}, {"B": [4.0] * 6}
    )
    assert "not comparable with before: held back: too few answered" in card({"A": [4.0] * 3}, {"A": [4.0] * 6})
    assert "compar" not in card({}, {"A": [4.0] * 6})


def test_zero_to_ten_as_promoters_and_detractors_with_their_noise() -> None:
    # 10 promoters, 4 passives, 6 detractors of 20: 50% less 30%. Wilson: 0.299 to 0.701 and 0.145 to 0.519; correlation
    # -0.15 / 0.229 = -0.655; lower half sqrt(0.201² + 0.219² + 2 * 0.655 * 0.201 * 0.219) = 0.382, upper half 0.324.
    (question,) = asked(("Recommend?", ZERO_TO_TEN, [9.0] * 6 + [10.0] * 4 + [7.0, 7.0, 8.0, 8.0] + [0.0, 6.0] * 3))
    (_, promoters, _), (_, detractors, _), (_, score, noise) = cards.recommendation_cards(question)
    assert (promoters, detractors, score) == ("50%", "30%", "+20")
    assert noise is not None
    assert "with 20 answers, the true figure may lie anywhere from \u221218 to +52" in noise
    (few,) = asked(("Recommend?", ZERO_TO_TEN, [9.0] * 4))
    assert cards.recommendation_cards(few) == []
    (other,) = asked(("Q", AGREEMENT, [5.0] * 6))
    assert cards.recommendation_cards(other) == []


def test_downloads_round_and_hold_back_what_the_page_does() -> None:
    waves = summarize_experience(two_surveys({"A": [4.0] * 3}, {"A": [4.0] * 6 + [1.0] * 3}))
    before, now = tables.outcome_rows(waves)
    assert (str(before["Share in the two highest answers"]), before["From"]) == ("fewer than 5", None)
    assert (now["Share in the two highest answers"], now["Average answer"]) == (0.67, 3.0)
    assert (now["From"], now["To"]) == (0.35, 0.88)  # Wilson for 6 of 9, by statsmodels
