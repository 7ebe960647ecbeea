"""Exports of form tools read like a Google Form.

Layouts: SurveyMonkey's help ("Exporting survey data"), https://www.qualtrics.com/support/survey-platform/
data-and-analysis-module/data/download-data/understanding-your-dataset/ (three header rows), and files of the others.
"""

import datetime as dt
from pathlib import Path

import pytest

from nethealth.sources import read_path
from nethealth.workbook.added_rows import add_rows
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import QuestionKind
from nethealth.workbook.schema.vocabulary import AGREEMENT
from tests.workbook.conftest import TODAY, raw_workbook

CASES = Path(__file__).parents[2] / "cases"
MEMBERS = [["Name", "Email"], ["Ana Ruiz", "ana@x.org"], ["Ben Okafor", "ben@x.org"], ["Carla Wynn", ""]]
LEARN, TOPICS = "I learn something", "Which topics?"
SCALE, MANY, TEXT = QuestionKind.SCALE, QuestionKind.MULTIPLE, QuestionKind.TEXT


def kinds(workbook):
    return {question.text: question.kind for question in workbook.questions}


def answers(workbook, text):
    return [response.answers.get(text) for response in workbook.responses]


def noisy(workbook):
    return [problem for problem in workbook.problems if problem.severity.value != "note"]


@pytest.mark.parametrize(
    ("case", "people"),
    [
        ("11-msforms-anonymous", [None] * 6),
        ("11c-msforms-named", ["Ana Ruiz", "Ben Okafor", "Carla Wynn", "Dmitri Vale", "Elin Storm", "Farid Haddad"]),
    ],
)
def test_microsoft_forms_cases(case, people):
    workbook = read_workbook(read_path(CASES / case), today=dt.date(2026, 11, 30))
    helps, topics, change = "The network helps me in my work", "Which topics matter to you?", "What should we change?"
    assert kinds(workbook) == {helps: SCALE, topics: MANY, change: TEXT}
    assert [response.respondent for response in workbook.responses] == people
    assert [response.date for response in workbook.responses] == [dt.date(2026, 9, day) for day in range(9, 15)]
    assert answers(workbook, helps) == [5, 4, 3, 2, 4, 5]
    nights = "STEM nights, family"
    assert answers(workbook, topics) == [(nights,), ("Coaching", nights)] * 3
    assert noisy(workbook) == []


def test_surveymonkey_case():
    workbook = read_workbook(read_path(CASES / "13-surveymonkey"), today=dt.date(2026, 11, 30))
    helps, topics = "The network helps me in my work", "Which topics matter to you? (tick all)"
    assert kinds(workbook) == {helps: SCALE, topics: MANY, "What should we change?": TEXT}
    assert [response.date for response in workbook.responses] == [dt.date(2026, 9, day) for day in range(10, 16)]
    assert answers(workbook, helps) == [5, 4, 3, 2, 4, 5]
    coaching, nights = "Coaching", "STEM nights"
    given = [(nights,), (coaching, nights), (nights, "Advocacy"), (coaching, nights), None, (coaching,)]
    assert answers(workbook, topics) == given
    assert "10.0.0.1" not in repr(workbook)
    assert noisy(workbook) == []


MICROSOFT = {
    "English": ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time"],
    "Spanish": ["ID", "Hora de inicio", "Hora de finalización", "Correo electrónico", "Nombre"],
    "French": ["ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom"],
    "Portuguese": ["ID", "Hora de início", "Hora de conclusão", "Email", "Nome", "Idioma"],
    "German": ["ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name"],
}


@pytest.mark.parametrize("title", ["Sheet1", "Survey", "Form Responses 1"])
@pytest.mark.parametrize("headers", MICROSOFT.values(), ids=MICROSOFT)
def test_microsoft_forms(read, headers, title):
    def row(number, name, answer):
        more = [None] * (len(headers) - 5)
        return [
            number,
            46000.1 + number,
            46000.2 + number,
            "anonymous",
            name,
            *more,
            answer,
            "Visits, at school;Calls;",
        ]

    rows = [[*headers, LEARN, TOPICS], row(1, "Ana Ruiz", "Agree"), row(2, "", "Neutral"), row(3, None, "Agree")]
    workbook = read({"Members": MEMBERS, title: rows})
    assert kinds(workbook) == {LEARN: SCALE, TOPICS: MANY}
    assert [response.respondent for response in workbook.responses] == ["Ana Ruiz", None, None]
    assert [(response.date - workbook.responses[0].date).days for response in workbook.responses] == [0, 1, 2]
    assert answers(workbook, TOPICS) == [("Visits, at school", "Calls")] * 3
    assert noisy(workbook) == []


def test_names_of_microsoft_forms_become_connections(read):
    headers = [*MICROSOFT["English"][:5], "Who do you work with? [Ana Ruiz]", "Who do you work with? [Ben Okafor]"]
    rows = [headers, [1, 46000.1, 46000.2, "", "Carla Wynn", "Know", "Exchange"]]
    workbook = read({"Members": MEMBERS, "Sheet1": rows})
    assert [(tie.source, tie.target, tie.strength) for tie in workbook.connections] == [
        ("Carla Wynn", "Ana Ruiz", 2),
        ("Carla Wynn", "Ben Okafor", 3),
    ]


def test_members_tab_and_ignored_tab_stay(read):
    rows = [[*MICROSOFT["English"][:5], "Region"], [1, 46000.1, 46000.2, "", "Carla Wynn", "West"]]
    workbook = read({"Members": rows, "Old (ignore)": rows})
    assert list(workbook.people) == ["1"]
    assert workbook.ignored_tabs == ("Old (ignore)",)


def test_what_staff_say_about_a_tab_comes_first():
    rows = [[*MICROSOFT["English"][:5], "Region"], [1, 46000.1, 46000.2, "", "Carla Wynn", "West"]]
    said = {"Column names": [{"Tab": "Members", "Column": "Whole tab", "Your header": "Sheet1"}]}
    workbook = read_workbook(add_rows(raw_workbook({"Sheet1": rows}), said), today=TODAY)
    assert (len(workbook.people), workbook.questions) == (1, ())


def surveymonkey(questions, parts, *rows):
    technical = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name"]
    technical += ["Last Name", "Custom Data 1"]
    stamp = [11, 4, "09/10/2026 10:00:01 AM", "09/10/2026 10:04:01 AM", "10.0.0.1"]
    return [[*technical, *questions], [None] * len(technical) + parts, *([*stamp, *row] for row in rows)]


def test_surveymonkey_matrix_is_a_grid(read):
    rows = surveymonkey(
        ["How far do you agree?", None, "Anything else?"],
        ["I learn [here]", "I share", "Open-Ended Response"],
        ["ben@x.org", "", "", "", "Agree", "Neutral", "Thanks"],
        ["", "Carla", "Wynn", "", "Disagree", "Strongly agree", ""],
        ["", "", "", "", "Agree", None, None],
    )
    workbook = read({"Members": MEMBERS, "Sheet": rows})
    first, second = "How far do you agree? [I learn (here)]", "How far do you agree? [I share]"
    assert kinds(workbook) == {first: SCALE, second: SCALE, "Anything else?": TEXT}
    assert (answers(workbook, first), answers(workbook, second)) == ([4, 2, 4], [3, 5, None])
    assert [response.respondent for response in workbook.responses] == ["Ben Okafor", "Carla Wynn", None]


def test_surveymonkey_choice_with_other_and_contact_details(read):
    rows = surveymonkey(
        ["Your role?", None, "Who are you?", None],
        ["Response", "Other (please specify)", "Name", "Company"],
        *(["", "", "", "", role, other, name, "X"] for role, other, name in [
            ("Teacher", None, "Ana Ruiz"), ("Other", "Nurse", None), ("Teacher", None, None), ("Coach", None, None),
            ("Coach", None, None), ("Teacher", None, None),
        ]),
    )  # fmt: skip
    workbook = read({"Members": MEMBERS, "Sheet": rows})
    assert answers(workbook, "Your role?") == ["Teacher", "Other", "Teacher", "Coach", "Coach", "Teacher"]
    assert answers(workbook, "Your role? [Other (please specify)]") == [None, "Nurse", None, None, None, None]
    assert [response.respondent for response in workbook.responses] == ["Ana Ruiz", *[None] * 5]


@pytest.mark.parametrize("codes", [(1, 2, 3), (1, 1, 1), ("1", "2", "3")])
def test_codes_of_ticked_boxes_become_options(read, codes):
    math, arts, bus = codes
    rows = surveymonkey(
        [TOPICS, None, None, "Rate", None],
        ["Math", "Arts", "Bus", "Calls", "Visits"],
        ["", "", "", "", math, arts, None, 1, 2],
        ["", "", "", "", None, arts, None, 1, 2],
        ["", "", "", "", None, None, bus, 1, 2],
    )
    workbook = read({"Survey": rows})
    assert answers(workbook, TOPICS) == [("Math", "Arts"), ("Arts",), ("Bus",)]
    assert answers(workbook, "Rate [Visits]") == [2, 2, 2]


def test_surveymonkey_without_second_row_loses_no_answer(read):
    rows = surveymonkey([LEARN], [None], ["", "", "", "", "Agree"], ["", "", "", "", "Neutral"])
    del rows[1]
    workbook = read({"Survey": rows})
    assert answers(workbook, LEARN) == [4, 3]


def qualtrics(*rows, keep=3):
    codes = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished"]
    codes += ["RecordedDate", "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail"]
    codes += ["ExternalReference", "LocationLatitude", "DistributionChannel", "UserLanguage"]
    questions = {"Q1": LEARN, "Q2_1": "How useful? - The calls", "Q2_2": "How useful? - The visits"}
    questions |= {"Q3_1": f"{TOPICS} - Selected Choice - Math, early", "Q3_2": f"{TOPICS} - Selected Choice - Arts"}
    questions |= {"Q3_3_TEXT": f"{TOPICS} - Other - Text"}
    head = [[*codes, *questions], [*("Start Date", "End Date", "Response Type"), *codes[3:], *questions.values()]]
    head += [[f'{{"ImportId":"{code}"}}' for code in head[0]]]
    stamp = ["2026-09-10 10:00:01", "2026-09-10 10:04:01", None, "10.0.0.1", 100, 240, "True", "2026-09-11 10:04:02"]
    done = [*stamp, "R_1", "Ruiz", "Ana", "ana@x.org", None, "40.7", "anonymous", "EN"]
    return [*head[:keep], *([*done[:2], row[0], *done[3:], *row[1:]] for row in rows)]


@pytest.mark.parametrize("keep", [3, 2])
def test_qualtrics(read, keep):
    rows = qualtrics(
        ["Survey Preview", "Agree", "Agree", "Agree", None, None, None],
        ["IP Address", "Agree", "Disagree", "Neutral", "Math, early", "Arts", None],
        ["IP Address", "Neutral", "Agree", "Neutral", None, "Arts", None],
        keep=keep,
    )
    rows[-1][9:12] = [None, None, None]
    workbook = read({"Members": MEMBERS, "Network survey": rows})
    asked = {LEARN: SCALE, "How useful? [The calls]": SCALE, "How useful? [The visits]": SCALE, TOPICS: MANY}
    assert kinds(workbook) == asked
    assert [question.scale for question in workbook.questions][:3] == [AGREEMENT] * 3
    assert [(each.date, each.respondent) for each in workbook.responses] == [
        (dt.date(2026, 9, 10), "Ana Ruiz"),
        (dt.date(2026, 9, 10), None),
    ]
    assert answers(workbook, LEARN) == [4, 3]
    assert answers(workbook, TOPICS) == [("Math, early", "Arts"), ("Arts",)]
    assert "10.0.0.1" not in repr(workbook)
    assert noisy(workbook) == []


def test_typeform(read):
    headers = ["#", "What is your name?", LEARN, "Math", "Arts", "Other", "Response Type", "Start Date (UTC)"]
    headers += ["Submit Date (UTC)", "Network ID", "Tags"]
    stamp = ["completed", "2026-09-10 10:00:01", "2026-09-10 10:04:01", "abc", None]
    rows = [
        headers,
        ["x1", "Ana Ruiz", "Agree", "Math", "Arts", None, *stamp],
        ["x2", None, "Neutral", None, "Arts", "Bus", *stamp],
        ["x3", None, "Neutral", "Math", None, None, *stamp],
    ]
    workbook = read({"Members": MEMBERS, "responses": rows})
    assert kinds(workbook) == {LEARN: SCALE, "Math / Arts": MANY}
    assert answers(workbook, "Math / Arts") == [("Math", "Arts"), ("Arts", "Bus"), ("Math",)]
    assert workbook.responses[0].date == dt.date(2026, 9, 10)
    assert [response.respondent for response in workbook.responses] == ["Ana Ruiz", None, None]


@pytest.mark.parametrize("other", ["Other", "Otro", "Andere"])
def test_typeform_joins_each_other_with_the_options_before_it(read, other):
    headers = ["#", "Math", "Arts", other, "Car", "Bus", other, "Other comments", "Submit Date (UTC)"]
    rows = [
        headers,
        ["a", "Math", None, None, "Car", None, "Bike", "Thanks for all you do", "2026-01-02 10:00:00"],
        ["b", None, "Arts", "Chess", None, "Bus", None, None, "2026-01-02 10:00:00"],
        ["c", None, None, "Dance, and song", None, None, None, None, "2026-01-02 10:00:00"],
    ]
    workbook = read({"Members": MEMBERS, "responses": rows})
    assert answers(workbook, "Math / Arts") == [("Math",), ("Arts", "Chess"), ("Dance, and song",)]
    assert answers(workbook, "Car / Bus") == [("Car", "Bike"), ("Bus",), None]
    assert [question.text for question in workbook.questions][2:] == ["Other comments"]


def test_jotform(read):
    headers = [
        "Submission Date",
        "Name",
        "Rate us >> The calls",
        "Rate us >> The visits",
        "Submission IP",
        "Submission ID",
    ]
    rows = [
        headers,
        ["Sep 10, 2026", "Ana Ruiz", "Agree", "Neutral", "10.0.0.1", 5123],
        ["Sep 11, 2026", "-", "Agree", "Agree", "10.0.0.2", 5124],
    ]
    workbook = read({"Members": MEMBERS, "Submissions": rows})
    assert kinds(workbook) == {"Rate us [The calls]": SCALE, "Rate us [The visits]": SCALE}
    assert [(each.respondent, each.date.day) for each in workbook.responses] == [("Ana Ruiz", 10), (None, 11)]
    assert "10.0.0" not in repr(workbook)


def test_google_form_is_not_touched(read):
    rows = [
        ["Timestamp", "ID", "Start time", LEARN],
        [46000.5, "7", "9:00", "Agree"],
        [46001.5, "7", "9:00", "Neutral"],
    ]
    workbook = read({"Form Responses 1": rows})
    assert set(kinds(workbook)) == {"ID", "Start time", LEARN}


def test_typeform_of_one_question_beside_another_form(read):
    rows = [
        ["#", "How likely?", "Submit Date (UTC)"],
        ["a", 9, "2026-01-02 10:00:00"],
        ["b", 10, "2026-01-03 10:00:00"],
    ]
    form = [["Timestamp", LEARN, "Why?"], [46000.5, "Agree", "x"], [46001.5, "Neutral", "y"]]
    for tabs in ({"responses": rows}, {"Survey": form, "responses": rows}, {"Survey": form, "Survey 2": rows}):
        workbook = read(tabs)
        assert [each for each in answers(workbook, "How likely?") if each is not None] == [9, 10]
        assert noisy(workbook) == []


@pytest.mark.parametrize("question", ["How well do you know each?", "Rate your work with", "Please rate (1.5 min)"])
def test_rows_of_a_microsoft_grid_are_ties(read, question):
    grid = [f"{question}.Ana Ruiz", f"{question}.Ben Okafor"]
    row = [1, 46000.4, 46000.5, "anonymous", "Carla Wynn", "Know", "Exchange"]
    workbook = read({"Members": MEMBERS, "Sheet1": [MICROSOFT["English"][:5] + grid, row]})
    assert [(tie.source, tie.target, tie.strength) for tie in workbook.connections] == [
        ("Carla Wynn", "Ana Ruiz", 2),
        ("Carla Wynn", "Ben Okafor", 3),
    ]


def test_rows_of_a_microsoft_grid_share_a_scale(read):
    headers = [*MICROSOFT["English"][:5], "Rate us.Calls", "Rate us.Mr. T.J. Lee's visits", "I use v2.5 a lot"]
    rows = [
        [1, 46000.4, 46000.5, "anonymous", None, "5 - Very satisfied", "1 - Very dissatisfied", "Agree"],
        [2, 46001.4, 46001.5, "anonymous", None, "4 - Satisfied", "2 - Dissatisfied", "Neutral"],
        [3, 46002.4, 46002.5, "anonymous", None, "4 - Satisfied", None, "Agree"],
    ]
    workbook = read({"Sheet1": [headers, *rows]})
    assert [(question.text, question.scale.name) for question in workbook.questions] == [
        ("Rate us [Calls]", "Satisfaction"),
        ("Rate us [Mr. T.J. Lee's visits]", "Satisfaction"),
        ("I use v2.5 a lot", "Agreement"),
    ]


def test_qualtrics_tests_after_responses_are_skipped(read):
    headers = ["StartDate", "EndDate", "Status", "RecordedDate", "ResponseId", "Q1"]
    rows = [
        ["2026-10-01 10:00", "2026-10-01 10:05", kind, "2026-10-01 10:05", f"R_{place}", "Agree"]
        for place, kind in enumerate(["IP Address", "IP Address", "Survey Preview", "IP Address"])
    ]
    assert answers(read({"Export": [headers, *rows]}), "Q1") == [4, 4, 4]


@pytest.mark.parametrize("status", ["1", 1, "2", "8", 9, "Spam"])
def test_qualtrics_tests_in_numbers_are_skipped(read, status):
    headers = ["StartDate", "EndDate", "Status", "RecordedDate", "ResponseId", "Q1"]
    rows = [
        ["2026-10-01 10:00", "2026-10-01 10:05", kind, "2026-10-01 10:05", f"R_{place}", "Agree"]
        for place, kind in enumerate([status, "0", 0, "16"])
    ]
    assert answers(read({"Export": [headers, *rows]}), "Q1") == [4, 4, 4]


def test_qualtrics_headers_in_words_skip_tests(read):
    headers = ["Start Date", "End Date", "Response Type", "IP Address", "Recorded Date", "Response ID", LEARN]
    rows = [
        ["2026-10-01 10:00", "2026-10-01 10:05", kind, "9.9.9.9", "2026-10-01 10:05", f"R_{place}", "Agree"]
        for place, kind in enumerate(["Survey Preview", "IP Address", "IP Address"])
    ]
    workbook = read({"Members": MEMBERS, "Export": [headers, *rows]})
    assert kinds(workbook) == {LEARN: SCALE}
    assert answers(workbook, LEARN) == [4, 4]


@pytest.mark.parametrize(
    ("header", "unfinished", "done"),
    [("Finished", "False", "True"), ("Finished", False, True), ("Finished", 0, 1), ("Progress", 40, 100)],
)
def test_unfinished_responses_without_answers_are_no_responses(read, problems_with, header, unfinished, done):
    headers = ["StartDate", "EndDate", "ResponseId", header, LEARN]
    given = [(done, "Agree"), (unfinished, None), (unfinished, "Neutral"), (unfinished, None), (done, None)]
    rows = [["2026-10-01 10:00", "2026-10-01 10:05", f"R_{n}", *row] for n, row in enumerate(given)]
    workbook = read({"Export": [headers, *rows]})
    # Who finished without an answer has seen the questions; an answer counts, finished or not.
    assert answers(workbook, LEARN) == [4, 3, None]
    assert problems_with(workbook, "2 unfinished") == [("note", "Export", None)]
