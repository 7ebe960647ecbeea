"""A question whose scale is in doubt shows its answers, and nothing is computed until Questions says its scale."""

import pytest

from nethealth.experience import summarize_experience
from nethealth.ui.data.questions import questions_tab
from nethealth.workbook.added_rows import add_rows
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import QuestionKind
from nethealth.workbook.schema.vocabulary import AGREEMENT, FREQUENCY
from nethealth.workbook.short_survey import ENGLISH, STATEMENTS
from tests.workbook.conftest import TODAY, raw_workbook

CALENDAR = ["Every month", "Sometimes", "Never", "Sometimes", "Never", "Never"]


def survey(answers, *, question="How often do you meet?"):
    return [["Timestamp", question], *([45800 + n, answer] for n, answer in enumerate(answers))]


def only(workbook):
    (question,) = workbook.questions
    return question


@pytest.mark.parametrize(
    ("answers", "likely"),
    [
        (CALENDAR, FREQUENCY),
        (["Every month"] * 2 + ["Sometimes", "Never", "Often", "Always"] * 3, FREQUENCY),
        (["Agree", "Disagree", "Neutral", "Strongly agree", "It depends", "It depends"] * 2 + ["Agree"] * 4, None),
        (["Agree", "Disagree"] * 6 + ["Slightly agree"], AGREEMENT),
        (["Agree", "Agree", "Kind of"] * 4, None),
        (["Useful", "Very useful", "Not useful"] * 2, None),
        (["Good", "Fair", "Poor", "Very poor"] * 2, None),
        (["Sehr gut", "Gut", "Schlecht"] * 2, None),
        (["5", "4", "3", "4", "five"], None),
        # Two answers for one point.
        (["Agree", "Somewhat agree", "Disagree", "Neutral"] * 2 + ["Strongly agree"] * 9, None),
        (["4 - Agree", "4 - Somewhat agree", "2 - Disagree"] * 2, None),
        # Less than four fifths fit, or the numbers run the other way.
        (["Every week", "Sometimes", "Never", "Daily"] * 2, None),
        (["1 - Strongly agree", "2 - Agree", "4 - Disagree"] * 3, None),
        (["Daily", "Weekly", "Monthly"] * 2, None),
        (["Not helpful at all", "Somewhat helpful", "Very helpful", "Extremely helpful"] * 3, None),
    ],
)
def test_doubtful_scale_is_plain_choice(read, problems_with, answers, likely):
    workbook = read({"Survey": survey(answers)})
    question = only(workbook)
    assert (question.kind, question.scale, bool(question.doubt)) == (QuestionKind.CHOICE, None, True)
    if likely is not None:
        assert question.likely_scale == likely
    assert [response.answers[question.text] for response in workbook.responses] == answers
    assert [(severity, cell) for severity, cell, _ in problems_with(workbook, "which scale")] == [
        ("warning", "Survey!B1")
    ]
    (figures,) = summarize_experience(workbook)[0].questions
    assert (figures.mean, figures.top_two) == (None, None)
    # Pasted into Questions as offered, it confirms nothing.
    assert questions_tab(workbook.questions).rows[0]["Scale"] == ""


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        (["Agree", "Disagree", "Neutral", "Strongly agree"], QuestionKind.SCALE),
        (["Agree", "Disagree", "Neutral", "Strongly agree", "maybe"], QuestionKind.SCALE),  # one slip
        (["Agree"] * 4 + ["Disagree", "Disagre"], QuestionKind.SCALE),
        (["Agree", "Disagree", "N/A", "#REF!", "=A1", "Agree", "Don’t know"], QuestionKind.SCALE),
        ([1, 2, 3, "4", "5 - Strongly agree"], QuestionKind.SCALE),
        ([1, 2, 4, "5 - Extremely likely"], QuestionKind.SCALE),
        (["0 (never)", 3, 7, "10 = all the time"], QuestionKind.SCALE),
        (["1 - Teacher", "2 - Principal", "3 - Coach"] * 3, QuestionKind.CHOICE),
        ([0, 10, 7, 8], QuestionKind.SCALE),
        (["Online", "In person"] * 3, QuestionKind.CHOICE),
        (["High school", "Middle school", "Elementary school"] * 2, QuestionKind.CHOICE),
        (["Yes", "No", "Sometimes", "Yes"] * 2, QuestionKind.CHOICE),
        (
            ["Very good work", "Nothing", "More time", "Somewhat late", "Thanks", "None of it helped me"],
            QuestionKind.TEXT,
        ),
        (["Visits, Calls", "Calls", "Visits", "Visits, Calls"], QuestionKind.MULTIPLE),
        (["Sometimes I can't come because of the bus", "Never", "Thanks"], QuestionKind.TEXT),
    ],
)
def test_clear_answers_are_not_doubted(read, answers, kind):
    question = only(read({"Survey": survey(answers)}))
    assert (question.kind, question.doubt) == (kind, None)


@pytest.mark.parametrize("scale", ["Frequency", "One of several", "In their own words"])
def test_row_of_questions_settles_doubt(scale):
    raw = raw_workbook({"Survey": survey(CALENDAR)})
    question = only(read_workbook(raw, today=TODAY))
    settled = read_workbook(add_rows(raw, {"Questions": [{"Question": question.text, "Scale": scale}]}), today=TODAY)
    assert only(settled).doubt is None
    assert (only(settled).scale == FREQUENCY) is (scale == "Frequency")


def test_outcome_without_scale_leaves_doubt(read):
    questions = [["Question", "Outcome"], ["How often do you meet?", "Meaningful relationships"]]
    workbook = read({"Survey": survey(CALENDAR), "Questions": questions})
    assert only(workbook).doubt
    assert only(workbook).outcome == "Meaningful relationships"
    assert all(outcome.mean is None for outcome in summarize_experience(workbook)[0].outcomes)


def test_short_survey_statement_is_never_doubted(read):
    answers = ["Agree", "Disagree", "Agree", "not really", "not really"]
    question = only(read({"Survey": survey(answers * 3, question=STATEMENTS[0].text(ENGLISH))}))
    assert question.doubt is None


def test_only_wave_in_doubt_is_enough(read):
    rows = [["Timestamp", "Wave", "The calls"]]
    rows += [["", "2024", answer] for answer in ("Agree", "Disagree", "Strongly agree") * 3]
    rows += [
        ["2025-05-06", "2025", answer] for answer in ("Often", "Never", "Always", "Every month", "Every month") * 3
    ]
    question = only(read({"Survey": rows}))
    assert (question.scale, dict(question.earlier_scales)) == (None, {})
    assert question.doubt


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("How many children", [2, 1, 3, 2, 1]),
        ("Grade band", [1, 2, 3, 3, 2]),
        ("Group", [1, 4, 5, 3, 2]),
        ("Table number", ["1", "4", "5", "3", "2"]),
        ("Attended the kickoff", [0, 1, 1, 0, 1]),
        ("Rank these parts (1 = most useful) [The talk]", [1, 2, 3, 1, 5]),
        ("Ordene por importancia [Talleres]", [1, 2, 3, 1, 5]),
        ("Reihenfolge Ihrer Wünsche: Besuche", [1, 2, 3, 1, 5]),
        ("¿En qué grupo está?", [1, 2, 3, 1, 5]),
    ],
)
def test_counts_and_codes_are_no_headline(read, question, answers):
    workbook = read({"Survey": survey(answers, question=question)})
    asked = only(workbook)
    assert asked.scale is None
    assert asked.doubt or asked.kind is QuestionKind.NUMBER
    assert summarize_experience(workbook)[0].questions[0].top_two is None


def test_numbers_with_an_outcome_are_a_rating(read):
    questions = [["Question", "Outcome"], ["Group", "Meaningful relationships"]]
    asked = only(read({"Survey": survey([1, 4, 5, 3, 2], question="Group"), "Questions": questions}))
    assert (asked.kind, asked.doubt) == (QuestionKind.SCALE, None)


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Rate us (1 = great, 5 = poor)", [1, 1, 1, 5]),
        ("Overall rating", ["1 - Excellent", 1, "1", "5 - Poor"]),
        ("Parts (1 best, 5 worst) [The talk]", ["1", "1", "1", "5"]),
    ],
)
def test_best_answer_first_is_turned_around(read, problems_with, question, answers):
    workbook = read({"Survey": survey(answers * 2, question=question)})
    assert only(workbook).reverse
    (figures,) = summarize_experience(workbook)[0].questions
    # Six of eight gave the best answer: 5 after turning, against 1.
    assert (figures.mean, figures.top_two) == (4.0, 0.75)
    assert [cell for _, cell, _ in problems_with(workbook, "1 is the best")] == ["Survey!B1"]


@pytest.mark.parametrize(
    ("question", "answers"),
    [("Rate us: 1 = best, 6 = worst", [1, 6, 3]), ("Rate us: 1 = excellent, 10 = terrible", [1, 10, 6])],
)
def test_best_answer_first_on_no_scale_of_ours_is_asked_about(read, question, answers):
    assert only(read({"Survey": survey(answers * 2, question=question)})).scale is None


def test_ends_in_the_question_count_more_than_a_stray_answer(read, problems_with):
    workbook = read({"Survey": survey([1, 2, 3, 4, 5, 9], question="How useful was it? (1 = low, 5 = high)")})
    assert only(workbook).scale.name == "1-5"
    assert [cell for _, cell, _ in problems_with(workbook, "isn’t an answer")] == ["Survey!B7"]


def test_several_answers_beyond_the_ends_in_the_question_are_asked_about(read):
    question = only(read({"Survey": survey([1, 2, 3, 4, 5, 8, 9], question="How useful was it? (1-5)")}))
    assert (question.scale, question.likely_scale.name) == (None, "1-5")


def test_turned_grid_is_mentioned_once(read, problems_with):
    rows = [["Timestamp", "Rate (1 = best, 5 = worst) [Food]", "Rate (1 = best, 5 = worst) [Room]"], [45800, 1, 2]]
    workbook = read({"Survey": rows})
    assert [question.reverse for question in workbook.questions] == [True, True]
    assert len(problems_with(workbook, "is the best answer")) == 1


@pytest.mark.parametrize(("said", "reverse"), [("yes", True), ("no", False)])
def test_reverse_in_questions_wins(read, said, reverse):
    question = "Rate us (1 = very, 5 = not at all)"
    for words in (question, "Rate us (1 = great, 5 = poor)"):
        questions = [["Question", "Reverse"], [words, said]]
        asked = only(read({"Survey": survey([1, 1, 2, 5], question=words), "Questions": questions}))
        assert (asked.doubt, asked.reverse) == (None, reverse)


def test_unclear_ends_are_asked(read):
    asked = only(read({"Survey": survey([1, 1, 2, 5], question="Rate us (1 = very, 5 = not at all)")}))
    assert asked.doubt
    assert asked.likely_scale is not None


def test_scale_that_the_question_names_wins(read):
    asked = only(read({"Survey": survey([1, 3, 2, 5], question="How useful was it, from 1 to 7?")}))
    assert asked.scale is not None
    assert asked.scale.highest == 7
