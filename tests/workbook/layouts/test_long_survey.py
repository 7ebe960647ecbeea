"""A survey with a row per answer becomes one with a row per response."""

import datetime as dt

import pytest

from nethealth.workbook.records import QuestionKind
from nethealth.workbook.schema.vocabulary import AGREEMENT

PEOPLE = ["Ana Ruiz", "Ben Okafor", "Cy Wynn", "Di Vale", "El Storm", "Fay Obi"]
HEADERS = ["Respondent", "Question", "Answer", "Date"]
MEMBERS = [["Name"], *([name] for name in PEOPLE)]
ASKED = {"I learn": ["Agree", "Neutral"], "I share": ["Disagree", "Agree"], "Anything else?": ["Thanks a lot", "More"]}
ROWS = [
    (name, question, given[place % 2], dt.date(2026, 3, 1 + place))
    for place, name in enumerate(PEOPLE)
    for question, given in ASKED.items()
]


def long_form(headers, order, rows=ROWS):
    return [headers, *([row[at] for at in order] for row in rows)]


@pytest.mark.parametrize(
    ("title", "headers", "order"),
    [
        ("Survey", ["Respondent", "Question", "Answer", "Date"], (0, 1, 2, 3)),
        ("Sheet1", ["Timestamp", "Name", "Item", "Response"], (3, 0, 1, 2)),
        ("responses", ["Pregunta", "Respuesta", "Nombre", "Fecha"], (1, 2, 0, 3)),
        ("Form Responses 1", ["Frage", "Teilnehmer", "Antwort", "Zeitstempel"], (1, 0, 2, 3)),
    ],
)
def test_rows_become_responses(read, title, headers, order):
    workbook = read({"Members": MEMBERS, title: long_form(headers, order)})
    assert [question.text for question in workbook.questions] == list(ASKED)
    assert [question.scale for question in workbook.questions] == [AGREEMENT, AGREEMENT, None]
    assert [(each.respondent, each.date) for each in workbook.responses] == [
        (name, dt.date(2026, 3, 1 + place)) for place, name in enumerate(PEOPLE)
    ]
    assert [each.answers["I learn"] for each in workbook.responses] == [4, 3] * 3
    assert [each.answers["I share"] for each in workbook.responses] == [2, 4] * 3
    assert [problem.severity.value for problem in workbook.problems] == ["note"]


def test_response_id_tells_anonymous_answers_apart(read):
    rows = [(f"R{PEOPLE.index(row[0])}", *row[1:]) for row in ROWS]
    workbook = read({"Survey": long_form(["Response ID", "Question", "Answer", "Date"], (0, 1, 2, 3), rows)})
    assert [(each.respondent, len(each.answers)) for each in workbook.responses] == [(None, 3)] * 6


def test_anonymous_rows_are_never_joined(read):
    rows = [("Anonymous", *row[1:]) for row in ROWS]
    workbook = read({"Survey": long_form(HEADERS, (0, 1, 2, 3), rows)})
    assert [(each.respondent, len(each.answers)) for each in workbook.responses] == [(None, 1)] * 18


def test_ticked_boxes_in_rows_of_their_own_are_one_answer(read):
    more = [
        (name, "Topics", topic, row[3])
        for name, row in zip(PEOPLE, ROWS[::3], strict=True)
        for topic in ("Math, early", "Arts")
    ]
    workbook = read({"Survey": long_form(HEADERS, (0, 1, 2, 3), ROWS + more)})
    assert workbook.questions[3].kind is QuestionKind.MULTIPLE
    assert [each.answers["Topics"] for each in workbook.responses] == [("Math, early", "Arts")] * 6


def test_second_answer_on_another_day_counts(read):
    again = [("Ana Ruiz", "I learn", "Strongly agree", dt.date(2026, 4, 1))]
    workbook = read(
        {
            "Members": MEMBERS,
            "Survey": long_form(HEADERS, (0, 1, 2, 3), ROWS + again),
        }
    )
    (ana,) = [each for each in workbook.responses if each.respondent == "Ana Ruiz"]
    assert ana.answers == {"I learn": 5}


def test_problem_names_the_cell_in_the_sheet(read, problems_with):
    rows = [*ROWS[:4], ("Ben Okafor", "I share", "=A1", ROWS[4][3]), *ROWS[5:]]
    workbook = read({"Survey": long_form(["Date", "Question", "Respondent", "Answer"], (3, 1, 0, 2), rows)})
    assert problems_with(workbook, "formula") == [("error", "Survey!D6", "=A1")]


@pytest.mark.parametrize(
    "rows",
    [
        [["Question", "Answer", "Name"], ["Where?", "Here", "Ana"], ["When?", "Now", "Ben"], ["Why?", "So", "Cy"]],
        [["Name", "Value", "Question"], ["Ana", "x", ""], ["Ben", "y", ""]],
        [["Timestamp", "Name", "Answer"], [46000, "Ana", "x"], [46000, "Ben", "y"]],
    ],
)
def test_other_lists_stay(read, problems_with, rows):
    assert problems_with(read({"Survey": rows}), "row per answer") == []


def test_list_beside_another_survey_counts(read):
    form = [["Timestamp", "Name", "I learn"], [46000, "Ana Ruiz", "Agree"]]
    workbook = read({"Members": MEMBERS, "Survey": form, "Survey 2": long_form(HEADERS, (0, 1, 2, 3))})
    assert len(workbook.responses) == 6
    assert workbook.ignored_tabs == ()


@pytest.mark.parametrize("headers", [["Respondent", "Question", "Answer"], ["Nombre", "Pregunta", "Respuesta"]])
def test_one_question_is_read(read, headers):
    given = {"Ana Ruiz": "Agree", "Ben Okafor": "Disagree", "Carla Wynn": "Strongly agree"}
    workbook = read({"Survey": [headers, *([name, "I learn", answer] for name, answer in given.items())]})
    assert [dict(each.answers) for each in workbook.responses] == [{"I learn": 4}, {"I learn": 2}, {"I learn": 5}]


@pytest.mark.parametrize("title", ["Survey", "Responses", "Sheet1"])
def test_two_questions_without_name_or_date_are_read(read, title):
    rows = [
        (f"R{place}", question, answer)
        for place, given in enumerate([("Agree", "Often"), ("Neutral", "Never"), ("Agree", "Always")])
        for question, answer in zip(("I learn", "How often?"), given, strict=True)
    ]
    workbook = read({title: [["Response ID", "Question", "Answer"], *rows]})
    assert [dict(each.answers) for each in workbook.responses] == [
        {"I learn": 4, "How often?": 4},
        {"I learn": 3, "How often?": 1},
        {"I learn": 4, "How often?": 5},
    ]
    assert [problem.severity.value for problem in workbook.problems] == ["note"]


def test_answers_of_no_one_known_are_a_warning(read):
    rows = [(name if name != "Fay Obi" else "prefer not to say", *rest) for name, *rest in ROWS]
    workbook = read({"Members": MEMBERS, "Survey": long_form(HEADERS, (0, 1, 2, 3), rows)})
    assert len(workbook.responses) == len(PEOPLE) - 1 + len(ASKED)
    assert [(problem.severity.value, "3 answers" in problem.remedy) for problem in workbook.problems] == [
        ("warning", True)
    ]
