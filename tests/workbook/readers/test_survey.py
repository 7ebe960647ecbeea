"""The Survey, Questions, Scales, and Mindset tabs, as docs/workbook-reference.md describes them."""

import datetime as dt

import pytest

from nethealth.workbook.schema.vocabulary import AGREEMENT, ZERO_TO_TEN, WaveKind

PEOPLE = [["Name", "Member ID"], ["Ann Lee", "A1"], ["Ben Ode", "B2"], ["Cara Lin", "C3"]]


def column(question, answers):
    """A survey of one question with anonymous answers."""
    return [["Timestamp", "Wave", question], *(["2026-01-01", "W", answer] for answer in answers)]


def only(workbook):
    (question,) = workbook.questions
    return question


def test_scale_answers_are_numbers_or_labels(read):
    typed = ["Agree", 5, "2 - Disagree", "Not applicable", "N/A", "Don't know", "", "maybe", "#N/A", "=1+1", "Neutral"]
    workbook = read({"Survey": column("I learn", typed)})
    answers = [response.answers.get("I learn") for response in workbook.responses]
    assert answers == [4, 5, 2, None, None, None, None, None, None, None, 3]
    assert only(workbook).scale == AGREEMENT
    assert [p.cell for p in workbook.problems] == ["Survey!C9", "Survey!C10", "Survey!C11"]


def test_zero_counts_on_scale_with_zero(read):
    workbook = read({"Survey": column("Recommend?", [0, 10, 5, 0])})
    assert only(workbook).scale == ZERO_TO_TEN
    assert [response.answers["Recommend?"] for response in workbook.responses] == [0, 10, 5, 0]


def test_last_answer_in_wave_counts(read, problems_with, counts):
    rows = [
        ["Timestamp", "Wave", "Respondent", "I learn"],
        ["2026-01-05", "W1", "Ann Lee", "Agree"],
        ["2026-01-03", "W1", "a1", "Disagree"],
        ["2026-01-06", "W2", "Ann Lee", "Neutral"],
        ["2026-01-01", "W1", "", "Agree"],
        ["2026-01-01", "W1", "", "Agree"],
        ["2026-01-01", "W1", "Nobody", "Agree"],
        ["2026-01-02", "W1", "nobody", "Disagree"],
    ]
    workbook = read({"Members": PEOPLE, "Survey": rows})
    found = sorted((r.wave, r.respondent or "", r.row, r.answers["I learn"]) for r in workbook.responses)
    assert found == [("W1", "", 5, 4), ("W1", "", 6, 4), ("W1", "", 8, 2), ("W1", "A1", 2, 4), ("W2", "A1", 4, 3)]
    assert [cell for _, cell, _ in problems_with(workbook, "answered again")] == ["Survey!C3", "Survey!C7"]
    assert counts(workbook, "Survey") == (7, 5, 2, 0)


def test_unknown_respondent_counts_without_person(read, problems_with):
    rows = [["Timestamp", "Respondent", "I learn"], ["2026-01-05", "Ann Le", "Agree"]]
    settings = [["Setting", "Value"], ["Unknown people", "guests"]]
    workbook = read({"Settings": settings, "Members": PEOPLE, "Survey": rows})
    assert [(r.respondent, r.answers) for r in workbook.responses] == [(None, {"I learn": 4})]
    assert problems_with(workbook, "without linking") == [("warning", "Survey!B2", "Ann Le")]
    assert len(workbook.people) == 3


def test_more_answers_than_invited_is_warning(read, problems_with):
    form = [["Timestamp", "Wave", "Q"], *(["2026-01-01", "W", 4] for _ in range(6))]
    for invited, kind, is_reported in (
        (5, "Survey", True),
        (5, "", True),
        (6, "Survey", False),
        (5, "Relationships", False),
    ):
        waves = [["Wave", "Kind", "Date", "Invited"], ["W", kind, "2026-01-01", invited]]
        found = problems_with(read({"Survey": form, "Waves": waves}), "more than were invited")
        assert found == ([("warning", "Waves!D2", "5")] if is_reported else [])


def test_wave_is_named_or_nearest(read):
    waves = [
        ["Wave", "Kind", "Date"],
        ["S1", "Survey", "2025-01-10"],
        ["S2", "Survey", "2026-01-10"],
        ["R", "Relationships", "2025-07-01"],
    ]
    rows = [
        ["Timestamp", "Wave", "I learn"],
        ["2025-06-01", "", "Agree"],
        ["2025-12-20", "", "Agree"],
        ["", "S1", "Agree"],
        ["", "", "Agree"],
    ]
    workbook = read({"Waves": waves, "Survey": rows})
    assert [response.wave for response in workbook.responses] == ["S1", "S2", "S1", None]
    assert [r.wave for r in read({"Survey": rows}).responses] == [None, None, "S1", None]
    single = read({"Waves": waves[:2], "Survey": rows})
    assert [response.wave for response in single.responses] == ["S1"] * 4
    assert single.waves[0].kinds == {WaveKind.SURVEY}


def test_wave_takes_date_of_latest_row(read):
    rows = [["Timestamp", "Wave", "I learn"], ["2025-06-01", "W", "Agree"], ["2025-06-09", "w", "Agree"]]
    (wave,) = read({"Survey": rows}).waves
    assert (wave.name, wave.date) == ("W", dt.date(2025, 6, 9))


def test_email_column_identifies_respondent(read, problems_with):
    members = [["Name", "Email"], ["Ann Lee", "ann@x.org"]]
    rows = [
        ["Timestamp", "Email Address", "Your other address", "I learn"],
        ["2026-01-05", "Ann@X.org", "b@x.org", "Agree"],
    ]
    workbook = read({"Members": members, "Survey": rows})
    assert [question.text for question in workbook.questions] == ["I learn"]
    assert workbook.responses[0].respondent == "Ann Lee"
    assert problems_with(workbook, "email addresses")[0][1] == "Survey!C1"


def test_name_or_email_identifies_respondent(read, problems_with, counts):
    members = [["Name", "Email"], ["Ann Lee", "ann@x.org"], ["Bo Day", "bo@x.org"], ["Cy Fox", ""]]
    rows = [
        ["Timestamp", "Email Address", "Name", "I learn"],
        ["2026-01-05", "Ann@x.org", "", 1],
        ["2026-01-06", "bo@x.org", "Boo Day", 2],
        ["2026-01-07", "cy@elsewhere.org", "cy fox", 3],
        # Ann and Bo answer again: she by name, he by address. So does someone unknown, spelled in two ways.
        ["2026-01-08", "another@x.org", "Ann Lee", 4],
        ["2026-01-09", "BO@x.org", "", 5],
        ["2026-01-10", "new@x.org", "Di Eel", 4],
        ["2026-01-11", "new@x.org", "Di Eal", 3],
    ]
    workbook = read({"Members": members, "Survey": rows})
    found = {response.respondent: response.answers["I learn"] for response in workbook.responses}
    assert found == {"Ann Lee": 4, "Bo Day": 5, "Cy Fox": 3, None: 3}
    assert counts(workbook, "Survey") == (7, 4, 3, 0)
    assert [cell for _, cell, _ in problems_with(workbook, "leave the other blank")] == ["Survey!B1"]
    assert [value for _, _, value in problems_with(workbook, "without linking")] == ["Di Eel", "Di Eal"]
    assert "@" not in repr(workbook)


@pytest.mark.parametrize("header", ["Username", "Email", "Correo electrónico", "Nombre de usuario"])
def test_respondent_header_has_aliases(read, header):
    members = [["Name", "Email"], ["Ann Lee", "ann@x.org"]]
    workbook = read({"Members": members, "Survey": [["Timestamp", header, "I learn"], ["2026-01-05", "ann@x.org", 4]]})
    assert workbook.responses[0].respondent == "Ann Lee"


@pytest.mark.parametrize("stamp", ["Timestamp", "Marca temporal"])
def test_a_form_of_a_single_question_is_read(read, stamp):
    workbook = read({"Form Responses 1": [[stamp, "How likely?"], *(["2026-01-05", n] for n in (9, 10, 8))]})
    assert only(workbook).text == "How likely?"
    assert [response.answers["How likely?"] for response in workbook.responses] == [9, 10, 8]


def test_question_asked_again_is_one(read, problems_with):
    rows = [
        ["Timestamp", "Name", "I learn", "Untitled Question", "I learn"],
        *(["2026-01-05", "", n, "x", ""] for n in (1, 2, 3)),
        *(["2026-01-06", "", "", "y", n] for n in (4, 5, "five")),
    ]
    questions = [["Question", "Scale"], ["I learn", "1-5"]]
    workbook = read({"Survey": rows, "Questions": questions})
    assert [question.text for question in workbook.questions] == ["I learn", "Untitled Question"]
    given = [response.answers.get("I learn") for response in workbook.responses]
    assert given == [1, 2, 3, 4, 5, None]
    assert [cell for _, cell, _ in problems_with(workbook, "no row fills both")] == ["Survey!E1"]
    # A problem is reported once, at its cell.
    assert [cell for _, cell, _ in problems_with(workbook, "isn’t an answer")] == ["Survey!E7"]
    # If one row fills both, they are two questions, and no one knows which is meant.
    both = read({"Survey": [*rows, ["2026-01-07", "", 1, "x", 2]]})
    assert both.responses == ()
    assert problems_with(both, "both hold data") == [("error", "Survey!E1", "I learn")]


def test_short_answers_read_as_open_are_mentioned_once(read, problems_with):
    jobs = ["Teacher", "Coach", "Nurse", "Driver", "Principal", "Librarian"]
    lines = ["I liked the visits a lot", "We need more time for this", "The bus is late every day"] * 2
    rows = [
        ["Timestamp", "Job", "School", "Comment"],
        *([46000, job, f"{job} HS", line] for job, line in zip(jobs, lines, strict=True)),
    ]
    assert problems_with(read({"Survey": rows}), "open answers") == [("note", "Survey", "Job, School")]
    questions = [["Question", "Scale"], ["Job", "In their own words"], ["School", "One of several"]]
    assert problems_with(read({"Survey": rows, "Questions": questions}), "open answers") == []
    assert problems_with(read({"Survey": rows[:5]}), "open answers") == []


def test_numbers_and_addresses_of_responses_are_no_questions(read, problems_with):
    rows = [["Respondent ID", "Date submitted", "I learn", "IP address"]]
    rows += [[n, f"2026-01-0{n}", answer, f"10.0.0.{n}"] for n, answer in enumerate((4, 5, 3), start=1)]
    workbook = read({"Survey": rows})
    assert only(workbook).text == "I learn"
    assert [response.date.day for response in workbook.responses] == [1, 2, 3]
    assert "10.0.0" not in repr(workbook)
    found = problems_with(workbook, "numbers the responses") + problems_with(workbook, "IP addresses")
    assert [cell for _, cell, _ in found] == ["Survey!A1", "Survey!D1"]
    # Someone may ask for an answer under this header.
    asked = read({"Survey": [["Timestamp", "Row", "Q"], [46000, "Back", 4], [46001, "Front", 5], [46002, "Back", 4]]})
    assert [question.text for question in asked.questions] == ["Row", "Q"]


NAMES = ["Ann Lee", "Ben Ode", "Cara Lin", "anonymous"]


@pytest.mark.parametrize(
    "header", ["What's your name?", "First & last name", "Please enter your full name:", "YOUR FIRST AND LAST NAME"]
)
def test_headers_that_ask_for_a_name_say_who_answered(read, header):
    rows = [["Timestamp", header, "I learn"], *(["2026-01-01", name, "Agree"] for name in NAMES)]
    workbook = read({"Members": PEOPLE, "Form Responses 1": rows})
    assert [question.text for question in workbook.questions] == ["I learn"]
    assert [response.respondent for response in workbook.responses] == ["A1", "B2", "C3", None]


@pytest.mark.parametrize("header", ["Who is completing this?", "Participant", "Name and school"])
def test_members_names_that_may_say_who_answered_are_asked_about(read, problems_with, header):
    rows = [["Timestamp", "I learn", header], *(["2026-01-01", "Agree", name] for name in NAMES)]
    workbook = read({"Members": PEOPLE, "Form Responses 1": rows})
    assert problems_with(workbook, "members’ names") == [("warning", "Form Responses 1!C1", header)]


def test_members_names_are_answers_if_staff_say_so(read, problems_with):
    header = "Who helped you most?"
    rows = [["Timestamp", "I learn", header], *(["2026-01-01", "Agree", name] for name in NAMES)]
    declared = [["Question", "Scale"], [header, "In their own words"]]
    assert not read({"Members": PEOPLE, "Survey": rows, "Questions": declared}).problems
    answered = [[*row, who] for row, who in zip(rows, ["Respondent", "A1", "B2", "C3", ""], strict=True)]
    workbook = read({"Members": PEOPLE, "Survey": answered})
    assert problems_with(workbook, "members’ names") == [("warning", "Survey!C1", header)]


@pytest.mark.parametrize("header", ["Years in the network", "Hours per week", "Years of teaching", "Minutes spent"])
def test_small_amounts_of_time_are_no_scale(read, header):
    assert only(read({"Survey": column(header, [1, 2, 3, 4, 5, 3])})).kind.value == "number"


@pytest.mark.parametrize("row", [["Average", None, 3.5], [None, "TOTAL:", 7], ["Promedio", None, "Agree"]])
def test_row_of_totals_is_no_answer(read, problems_with, row):
    rows = [["Timestamp", "Name", "I feel welcome"], ["2026-03-01", "Ana", 4], ["2026-03-02", "Ben", 3], row]
    workbook = read({"Survey": rows})
    assert len(workbook.responses) == 2
    assert [severity for severity, *_ in problems_with(workbook, "sums up")] == ["note"]
