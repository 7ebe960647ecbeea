"""Three forms as Google Forms writes them into a Sheet, each with a key worked out by hand.

Google writes a grid as a column a row, `Question [Row]`; ticked boxes joined by `, `, whatever commas an option holds;
a linear scale as numbers; times as the Sheet's own; and, asked for addresses, a column `Email Address` as the second.
"""

import datetime as dt

import pytest

from nethealth.experience import open_answers, summarize_experience, survey_comparisons
from nethealth.experience.charts.answer_rows import answer_rows
from nethealth.experience.charts.questions import by_change, by_scale
from nethealth.experience.tables import question_table
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import QuestionKind, QuestionSource
from nethealth.workbook.schema.vocabulary import AGREEMENT, ONE_TO_FIVE, OUTCOMES, ZERO_TO_TEN, Level
from nethealth.workbook.short_survey import ENGLISH, OPEN_QUESTIONS, SPANISH, STATEMENTS, answer_labels

MEMBERS = [["Name", "Email"], *([f"Person {letter}", f"{letter}@x.org"] for letter in "abcdefgh")]
GRID = "How far do you agree?"


def question(workbook, text):
    return next(each for each in workbook.questions if each.text == text)


def figures(workbook, text, wave=None):
    (survey,) = (each for each in summarize_experience(workbook) if wave in (None, each.wave))
    return next(each for each in survey.questions if each.question == text)


def grid_form():
    """A Likert grid, a linear scale, boxes of which one holds a comma, and open text; answered by address."""
    took = ("A task, ready to use", "A contact", "A way of asking")
    rows = [
        ("a@x.org", "Agree", "Disagree", 10, [0, 1], "I call Person B now."),
        ("b@x.org", "Strongly agree", "Strongly disagree", 9, [0], ""),
        ("C@X.org", "Agree", "Neutral", 0, [1, 2], "More time"),
        ("d@x.org", "Neutral", "Agree", 7, [0, 2], "More time, please"),
        ("e@x.org", "", "Disagree", 8, [1], "time"),
        ("f@x.org", "Strongly agree", "", 9, [0, 1, 2], ""),
        # Answered again, later: this counts.
        ("a@x.org", "Disagree", "Disagree", 6, [2], ""),
    ]
    headers = ["Timestamp", "Email Address", f"{GRID} [I learn here]", f"{GRID} [I feel alone]"]
    headers += ["Recommend us?", "What did you take home?", "Anything else?"]
    return [
        headers,
        *(
            [45800.5 + place, mail, learn, alone, score, ", ".join(took[n] for n in ticked), comment]
            for place, (mail, learn, alone, score, ticked, comment) in enumerate(rows)
        ),
    ]


def test_a_grid_a_scale_boxes_and_words(read):
    questions = [["Question", "Outcome", "Reverse"], [f"{GRID} [I feel alone]", "Meaningful relationships", "yes"]]
    workbook = read({"Members": MEMBERS, "Form Responses 1": grid_form(), "Questions": questions})
    assert [(each.text, each.kind, each.scale) for each in workbook.questions] == [
        (f"{GRID} [I learn here]", QuestionKind.SCALE, AGREEMENT),
        (f"{GRID} [I feel alone]", QuestionKind.SCALE, AGREEMENT),
        ("Recommend us?", QuestionKind.SCALE, ZERO_TO_TEN),
        ("What did you take home?", QuestionKind.MULTIPLE, None),
        ("Anything else?", QuestionKind.TEXT, None),
    ]
    assert len(workbook.responses) == 6
    assert {response.respondent for response in workbook.responses} == {f"Person {letter}" for letter in "abcdef"}
    assert [problem.cell for problem in workbook.problems] == ["Form Responses 1!B2"]
    # Learn: 2 5 4 3 5 of five; sum 19. Three in the two highest.
    learn = figures(workbook, f"{GRID} [I learn here]")
    assert (learn.n, learn.mean, learn.top_two) == (5, pytest.approx(19 / 5), pytest.approx(3 / 5))
    # Alone: 2 1 3 4 2, turned round 4 5 3 2 4: sum 18, three in the two highest.
    alone = figures(workbook, f"{GRID} [I feel alone]")
    assert (alone.n, alone.mean, alone.top_two) == (5, pytest.approx(18 / 5), pytest.approx(3 / 5))
    # 6 9 0 7 8 9: 0 is an answer, a mean of 6.5; two promoters, two detractors.
    score = figures(workbook, "Recommend us?")
    assert (score.n, score.mean) == (6, pytest.approx(39 / 6))
    assert (score.recommendation.promoters, score.recommendation.detractors) == (2, 2)
    assert score.distribution["0"] == 1
    # An option with a comma stays whole: task 3 (b, d, f), contact 3 (c, e, f), way 4 (a, c, d, f): all fewer than 5.
    took = {response.respondent: response.answers["What did you take home?"] for response in workbook.responses}
    assert took["Person f"] == ("A task, ready to use", "A contact", "A way of asking")
    assert took["Person d"] == ("A task, ready to use", "A way of asking")
    assert figures(workbook, "What did you take home?").distribution == {str(TooFew(5)): 6}


def linear_form(scale_now):
    """Two years in one tab, separated by their dates. In the second, one question has a new scale, one new words."""
    headers = ["Timestamp", "I learn", "The calls are useful", "Calls are useful to me"]
    before = [[dt.date(2024, 5, 1 + n), n % 5 + 1, n % 5 + 1, None] for n in range(12)]
    now = [[dt.date(2025, 5, 1 + n), scale_now[n % len(scale_now)], None, n % 5 + 1] for n in range(12)]
    return [headers, *before, *now]


WAVES = [
    ["Wave", "Kind", "Date"],
    ["2024", "Survey", "2024-05-06"],
    ["2025", "Survey", "2025-05-06"],
]


def test_changed_scale_is_read_per_wave(read, problems_with):
    workbook = read({"Form Responses 1": linear_form([0, 9, 10, 8]), "Waves": WAVES})
    learn = question(workbook, "I learn")
    assert (learn.scale, dict(learn.earlier_scales)) == (ZERO_TO_TEN, {"2024": ONE_TO_FIVE})
    assert problems_with(workbook, "different scale in an earlier wave") == [
        ("warning", "Form Responses 1!B1", "I learn")
    ]
    # 2024: 1 2 3 4 5 twice, then 1 2: sum 33, four of twelve in the two highest. 2025: 0 9 10 8 three times.
    before, now = figures(workbook, "I learn", "2024"), figures(workbook, "I learn", "2025")
    assert (before.mean, before.top_two, before.scale) == (pytest.approx(33 / 12), pytest.approx(4 / 12), ONE_TO_FIVE)
    assert (now.mean, now.top_two, now.scale) == (pytest.approx(81 / 12), pytest.approx(6 / 12), ZERO_TO_TEN)
    # If Questions names the scale, it was the same in all years, and there is no problem.
    named = read(
        {
            "Form Responses 1": linear_form([0, 9, 10, 8]),
            "Waves": WAVES,
            "Questions": [["Question", "Scale"], ["I learn", "0-10"]],
        }
    )
    assert dict(question(named, "I learn").earlier_scales) == {}
    assert named.problems == ()


def test_words_show_changed_scale(read, problems_with):
    rows = [["Timestamp", "Wave", "The calls"]]
    rows += [["", "2024", answer] for answer in ("Agree", "Disagree", "Strongly agree") * 3]
    rows += [["2025-05-06", "2025", answer] for answer in ("Often", "Never", "Always") * 3]
    workbook = read({"Survey": rows})
    calls = question(workbook, "The calls")
    assert (calls.scale.name, [scale.name for scale in calls.earlier_scales.values()]) == ("Frequency", ["Agreement"])
    assert [response.answers["The calls"] for response in workbook.responses[:3]] == [4, 2, 5]
    assert [response.answers["The calls"] for response in workbook.responses[-3:]] == [4, 1, 5]
    assert len(problems_with(workbook, "different scale in an earlier wave")) == 1


def test_times_show_their_own_order(read, problems_with):
    # As a Sheet writes them to .csv, in Spain and in the United States: 3, 4 and 20 April in both.
    spanish = [["Marca temporal", "Aprendo"], *([f"{day}/4/2025 9:05:07", 4] for day in (3, 4, 20))]
    english = [["Timestamp", "I learn"], *([f"4/{day}/2025 9:05:07", 4] for day in (3, 4, 20))]
    days = [dt.date(2025, 4, day) for day in (3, 4, 20)]
    for order in ("month first", "day first"):
        settings = [["Setting", "Value"], ["Date order", order]]
        workbook = read({"Respuestas de formulario 1": spanish, "Form Responses 1": english, "Settings": settings})
        assert [each.date for each in workbook.responses] == days * 2
        assert workbook.problems == ()
    # If no date shows the order, or they contradict each other, the setting applies, with a note.
    for others in (["5/4/2025 9:05:07"], ["4/20/2025 9:05:07", "20/4/2025 9:05:07"]):
        rows = [["Timestamp", "I learn"], *([stamp, 4] for stamp in ("3/4/2025 9:05:07", *others))]
        workbook = read({"Form Responses 1": rows})
        assert workbook.responses[0].date == dt.date(2025, 3, 4)
        assert problems_with(workbook, "two ways")
    # So do dates typed without a time.
    typed = read({"Survey": [["Date", "Wave", "I learn"], ["3/4/2025", "", 4], ["20/4/2025", "", 4]]})
    assert typed.responses[0].date == dt.date(2025, 4, 3)


@pytest.mark.parametrize("now", [[1, 2, 3, 4, 5], [4, 3, 4, 2], ["Agree", "Disagree", "Strongly agree"]])
def test_same_scale_is_not_another(read, now):
    workbook = read({"Form Responses 1": linear_form(now), "Waves": WAVES})
    assert dict(question(workbook, "I learn").earlier_scales) == {}
    assert workbook.problems == ()


def test_reworded_question_is_new(read):
    workbook = read({"Form Responses 1": linear_form([1, 2, 3]), "Waves": WAVES})
    before, now = summarize_experience(workbook)
    assert [(each.question, each.n) for each in before.questions] == [
        ("I learn", 12), ("The calls are useful", 12), ("Calls are useful to me", 0),
    ]  # fmt: skip
    assert [each.n for each in now.questions] == [12, 0, 12]


def short_form(language, rows, *, stamp):
    headers = [stamp, *(statement.text(language) for statement in STATEMENTS[:4])]
    return [headers, *rows]


def test_short_survey_is_recognized_in_two_languages(read):
    english = short_form(ENGLISH, [[45800 + n, *answer_labels(ENGLISH)[1:5]] for n in range(3)], stamp="Timestamp")
    spanish = short_form(SPANISH, [[45800 + n, *answer_labels(SPANISH)[1:5]] for n in range(3)], stamp="Marca temporal")
    workbook = read({"Form Responses 1": english, "Respuestas de formulario 1": spanish})
    assert workbook.problems == ()
    knowledge, effectiveness, _ = OUTCOMES[Level.PARTICIPANT]
    assert [(each.text, each.outcome, each.source) for each in workbook.questions] == [
        (STATEMENTS[0].english, knowledge, QuestionSource.FROM_WORDING),
        (STATEMENTS[1].english, knowledge, QuestionSource.FROM_WORDING),
        (STATEMENTS[2].english, effectiveness, QuestionSource.FROM_WORDING),
        (STATEMENTS[3].english, effectiveness, QuestionSource.FROM_WORDING),
    ]
    # 2 3 4 5 of all six, whichever language they read: the first two are 2.5 and none agrees, the others 4.5 and all.
    (survey,) = summarize_experience(workbook)
    assert [(each.outcome, each.mean, each.top_two, each.answers) for each in survey.outcomes] == [
        (knowledge, 2.5, 0, 12),
        (effectiveness, 4.5, 1, 12),
    ]


def test_short_survey_is_recognized_in_grids(read):
    # As the guide says to ask it. The Spanish form calls its grid by other words, and so does the form of next year.
    def grid(name, language, rows, *, stamp):
        return [[stamp, *(f"{name} [{each.text(language)}]" for each in STATEMENTS[:4])], *rows]

    english = grid("How far do you agree?", ENGLISH, [[45800, *answer_labels(ENGLISH)[1:5]]] * 6, stamp="Timestamp")
    spanish = grid("¿Está de acuerdo?", SPANISH, [[45800, *answer_labels(SPANISH)[1:5]]] * 2, stamp="Marca temporal")
    again = grid("Do you agree?", ENGLISH, [[45830, *answer_labels(ENGLISH)[1:5]]] * 2, stamp="Timestamp")
    workbook = read({"Form Responses 1": english, "Respuestas de formulario 1": spanish, "Form Responses 2": again})
    assert workbook.problems == ()
    (survey,) = summarize_experience(workbook)
    assert [each.question for each in survey.questions] == english[0][1:]
    assert [each.n for each in survey.questions] == [10, 10, 10, 10]
    # Two Spanish answers by themselves would be too few, and hold back the whole outcome.
    assert [(each.mean, each.answers) for each in survey.outcomes] == [(2.5, 20), (4.5, 20)]


def test_same_row_in_two_grids_is_two_questions(read):
    words = STATEMENTS[0].english
    form = [["Timestamp", f"Last year [{words}]", f"Now [{words}]"], *([45800, 2, 4] for _ in range(6))]
    workbook = read({"Form Responses 1": form})
    assert [figures(workbook, header).mean for header in form[0][1:]] == [2, 4]


def test_unique_grid_row_is_label(read):
    grid = "How far do you agree with each sentence?"
    # The words in brackets of the last are no row of a grid: nothing else is asked with the words before them.
    headers = [f"{grid} [I learn here]", f"{grid} [I share]", "Last year [I trust]", "Now [I trust]", "Useful? [1-5]"]
    workbook = read({"Form Responses 1": [["Timestamp", *headers], *([45800 + n, 4, 3, 4, 5, 2] for n in range(6))]})
    words = ["I learn here", "I share", "Last year [I trust]", "Now [I trust]", "Useful? [1-5]"]
    assert [each.label for each in workbook.questions] == words
    # Nor is it named by its row if another question has the same words.
    alone = read({"Form Responses 1": [["Timestamp", *headers[:2], "I share"], *([45800, 4, 3, 4] for _ in range(6))]})
    assert [each.label for each in alone.questions] == ["I learn here", headers[1], "I share"]
    # Scripts get the whole header, which is what the sheet knows it by; people get the row wherever they read it.
    (survey,) = summarize_experience(workbook)
    assert [each.question for each in survey.questions] == headers
    (asked,) = by_scale(survey.questions)
    rows = answer_rows(by_change(asked, [survey]))
    assert "I learn here" in rows
    assert "each sentence" not in rows
    assert [row["Question"] for row in question_table([survey]).rows[::5]] == words
    assert {grouping.name for grouping in survey_comparisons(workbook, wave=None).groupings} <= set(words)


def test_short_survey_open_question_stays_text(read):
    english, spanish = (OPEN_QUESTIONS[2].text(language) for language in (ENGLISH, SPANISH))
    comment = [["Nothing"]] * 12 + [["The bus is late"], ["4"], ["No heat in room 2"]]
    workbook = read(
        {
            "Form Responses 1": [["Timestamp", english, "I learn"], *([45800, *each, 4] for each in comment)],
            "Respuestas de formulario 1": [["Marca temporal", spanish, "Aprendo"], [45800, "Nada", 4]],
        }
    )
    asked = question(workbook, english)
    assert (asked.kind, asked.source) == (QuestionKind.TEXT, QuestionSource.FROM_WORDING)
    (wording,) = open_answers(workbook)
    assert (wording.question, wording.count) == (english, 16)
    assert {"The bus is late", "4", "No heat in room 2", "Nada"} < set(wording.answers)
    # The Questions tab takes precedence: here it is a scale.
    questions = [["Question", "Scale"], [english, "1-5"]]
    form = [["Timestamp", english, "I learn"], *([45800, 4, 4] for _ in range(6))]
    assert question(read({"Survey": form, "Questions": questions}), english).kind is QuestionKind.SCALE


def test_questions_tab_overrides_wording(read):
    form = short_form(ENGLISH, [[45800 + n, *["Agree"] * 4] for n in range(6)], stamp="Timestamp")
    comment = [["Question", "Outcome"], [STATEMENTS[0].english, "Reach and impact"]]
    workbook = read({"Form Responses 1": form, "Questions": comment})
    first = workbook.questions[0]
    assert (first.outcome, first.source) == ("Reach and impact", QuestionSource.DECLARED)


def test_true_and_one_are_not_the_same_answer(read):
    rows = [["Timestamp", "Wave", "How useful?"], *(["", "W", answer] for answer in (1, True, 2, 5, 4, 1))]
    workbook = read({"Survey": rows})
    assert [response.answers.get("How useful?") for response in workbook.responses] == [1, None, 2, 5, 4, 1]
    assert [p.cell for p in workbook.problems] == ["Survey!C3"]


def test_equal_answers_and_no_answers(read):
    rows = [["Timestamp", "I learn", "Nobody said"], *([45800 + n, "Agree", ""] for n in range(6))]
    workbook = read({"Form Responses 1": rows})
    (only,) = workbook.questions
    assert figures(workbook, only.text).distribution["Agree"] == 6
