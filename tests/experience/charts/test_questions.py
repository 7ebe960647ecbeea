"""The questions of a survey: their order, and what headings and alt texts say about them."""

from __future__ import annotations

import dataclasses

from nethealth.experience.charts import answer_rows as rows
from nethealth.experience.charts import questions as charts
from nethealth.experience.charts.questions import QuestionRow
from nethealth.workbook.schema.vocabulary import AGREEMENT, ZERO_TO_TEN
from tests.experience.surveys import KNOWLEDGE, results_of, two_surveys
from tests.texts import numbers_in


def test_questions_are_grouped_by_scale() -> None:
    questions = results_of(
        ("A", ZERO_TO_TEN, [1.0]), ("B", AGREEMENT, [1.0]), ("C", AGREEMENT, [1.0]), ("D", AGREEMENT, [])
    )
    assert [[each.question for each in group] for group in charts.by_scale(questions)] == [["B", "C"], ["A"]]


def test_heading_cuts_a_long_question_after_a_whole_word() -> None:
    (question,) = results_of(("abcdefghij " * 12, AGREEMENT, [4.0] * 6), outcome=KNOWLEDGE)
    (other,) = results_of(("Short", AGREEMENT, [2.0] * 6))
    heading = charts.distribution_heading([QuestionRow(question), QuestionRow(other)])
    quoted = heading[heading.index("“") + 1 : heading.index("”")]
    assert set(quoted.removesuffix(" …").split()) == {"abcdefghij"}
    assert "“Short”" in charts.distribution_heading([QuestionRow(results_of(("Short", AGREEMENT, [5.0] * 6))[0])] * 2)


def test_tied_top_choices_are_all_named() -> None:
    (question,) = results_of(("Q", None, ["a"] * 6 + ["b"] * 6 + ["c"] * 5))
    assert "“a” and “b” (6 of 17 each)" in charts.choice_heading((question,))
    (question,) = results_of(("Q", None, ["a"] * 6 + ["b"] * 6))
    assert "“" not in charts.choice_heading((question,))


def test_clear_changes_come_first() -> None:
    workbook = two_surveys(
        {"Still": [4.0] * 20 + [2.0] * 20, "Moved": [4.0] * 8 + [2.0] * 32, "Noise": [4.0] * 20 + [2.0] * 20},
        {"Still": [4.0] * 20 + [2.0] * 20, "Moved": [4.0] * 32 + [2.0] * 8, "Noise": [4.0] * 23 + [2.0] * 17},
    )
    ((questions, html),) = rows.scale_rows(workbook, wave="2025")
    assert [each.results.question for each in questions] == ["Moved", "Noise", "Still"]
    assert "up 60 points on “Moved”" in charts.distribution_heading(questions)
    assert (charts.changes_text(questions) or "").startswith("Since 2024, 1 of 3 questions")
    moved, noise, still = (str(each.change_text()) for each in questions)
    # Newcombe's interval of 32/40 minus 8/40 by statsmodels: 0.3913 to 0.7344.
    assert "60 points since 2024 (+39 to +73)" in moved
    assert "could be chance" in noise
    assert still.startswith("No change since 2024")
    # Each question has a thick bar for this survey and a thin one for the survey before.
    assert (html.count('class="nh-bar"'), html.count('class="nh-bar nh-before"')) == (3, 3)
    assert html.count("40 answers, 40 before") == 3
    assert "60 points since 2024" in charts.distribution_text(questions)


def test_changes_expected_by_chance_are_counted() -> None:
    before = {f"Q{n}": [4.0] * 20 + [2.0] * 20 for n in range(40)}
    now = before | {"Q7": [4.0] * 38 + [2.0] * 2, "Q8": [4.0] * 2 + [2.0] * 38}
    ((questions, _),) = rows.scale_rows(two_surveys(before, now), wave="2025")
    # With 95% intervals, 2 of 40.
    changes = charts.changes_text(questions) or ""
    assert "2 of 40 questions" in changes
    assert "about 2 by chance" in changes


def test_reversed_question_heading_is_about_disagreement() -> None:
    workbook = two_surveys(
        {"It costs time": [4.0] * 8 + [2.0] * 32, "Still": [4.0] * 40},
        {"It costs time": [4.0] * 32 + [2.0] * 8, "Still": [4.0] * 40},
    )
    costs, still = workbook.questions
    reversed_workbook = dataclasses.replace(workbook, questions=(dataclasses.replace(costs, reverse=True), still))
    ((questions, _),) = rows.scale_rows(reversed_workbook, wave="2025")
    # 32 of 40 disagreed, then 8.
    heading = charts.distribution_heading(questions)
    assert "disagreeing with “It costs time”" in heading
    assert numbers_in(heading)[-1] == "60"


def test_options_beyond_the_first_twelve_are_counted() -> None:
    answers = [f"Option {letter}" for letter in "abcdefghijklmn" for _ in range(5)] + ["rare"] * 2 + ["rarer"] * 3
    (question,) = results_of(("Which?", None, answers))
    # Fourteen options and the pool: twelve are drawn.
    assert "and 3 more answers" in rows.choice_rows([question])
    assert "Option l 5, and 3 more answers" in charts.distribution_text([QuestionRow(question)])


def test_only_the_pool_is_labeled_as_one() -> None:
    pool = "Other answers (some from fewer than 5 people)"
    (question,) = results_of(("Hours?", None, ["10 or more"] * 6 + ["fewer than 10"] * 5))
    assert "<span>fewer than 10</span>" in rows.choice_rows([question])
    (question,) = results_of(("Hours?", None, ["fewer than 10"] * 6 + ["9"] * 5 + ["10"] * 3 + ["11"] * 2))
    assert "“fewer than 10” (6 of 16)" in charts.choice_heading([question])
    # Three and two are few; together they are enough.
    assert f"{pool} 5" in charts.distribution_text([QuestionRow(question)])
    # Two are few even in a pool, so the next rarest option joins it.
    (question,) = results_of(("Hours?", None, ["9"] * 6 + ["10"] * 5 + ["11"] * 2))
    assert f"{pool} 7" in charts.distribution_text([QuestionRow(question)])
    (question,) = results_of(("Hours?", None, ["9"] * 3 + ["10"] * 3))
    assert numbers_in(charts.distribution_text([QuestionRow(question)]))[-2:] == ["5", "6"]


def test_first_survey_is_not_compared() -> None:
    ((questions, _),) = rows.scale_rows(two_surveys({"Q": [4.0] * 6}, {}), wave="2024")
    assert charts.changes_text(questions) is None
    assert questions[0].change_text() is None


def test_new_wording_is_marked_in_later_surveys_only() -> None:
    ((first, _),) = rows.scale_rows(two_surveys({"Old words": [4.0] * 6}, {}), wave="2024")
    assert [each.change_text() for each in first] == [None]
    workbook = two_surveys({"Old words": [4.0] * 6, "Same": [4.0] * 6}, {"New words": [4.0] * 6, "Same": [4.0] * 6})
    ((questions, html),) = rows.scale_rows(workbook, wave="2025")
    assert {each.results.question: each.is_new for each in questions} == {"Same": False, "New words": True}
    assert html.count("New question or wording") == 2, "under the question and in its alt text"


def test_single_question_has_no_count_of_changes() -> None:
    workbook = two_surveys({"Q": [4.0] * 8 + [2.0] * 32}, {"Q": [4.0] * 32 + [2.0] * 8})
    ((questions, _),) = rows.scale_rows(workbook, wave="2025")
    assert charts.changes_text(questions) is None
    assert "60 points" in (questions[0].change_text() or "")
