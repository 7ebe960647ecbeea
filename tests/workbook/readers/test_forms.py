"""Google Forms about relationships: recognized by their headers, read as ties."""

import datetime as dt
from pathlib import Path

import pytest

from nethealth.sources import read_path
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.readers import forms
from tests.workbook.conftest import TODAY

CASES = Path(__file__).parents[2] / "cases"
PEOPLE = [["Name", "Email"], ["Ann Lee", "ann@x.org"], ["Ben Ode", "ben@x.org"], ["Cara Lin", ""], ["Dov Ram", ""]]
GRID = [
    "Timestamp",
    "Email Address",
    "How well do you know? [Ann Lee]",
    "How well do you know? [Ben Ode]",
    "How well do you know? [Cara Lin]",
]


def pairs(workbook):
    return [(tie.source, tie.target, tie.strength) for tie in workbook.connections]


def test_grid_of_members_becomes_ties(read, counts):
    rows = [
        GRID,
        ["2026-01-02", "ANN@x.org", "", "4 - Coordinate", "Don't know"],
        ["2026-01-02", "ben@x.org", 0, "", "know"],
        ["2026-01-03", "Cara Lin", "", "", ""],
    ]
    workbook = read({"Members": PEOPLE, "Form Responses 1": rows})
    assert pairs(workbook) == [("Ann Lee", "Ben Ode", 4), ("Ben Ode", "Cara Lin", 2)]
    assert all(tie.is_report for tie in workbook.connections)
    assert workbook.respondents_without_wave == ("Ann Lee", "Ben Ode", "Cara Lin")
    assert workbook.responses == ()
    assert [tab.tab for tab in workbook.tabs] == ["Members", "Connections"]
    assert counts(workbook, "Form Responses 1") == (3, 3, 0, 0)


def test_ticked_names_become_ties(read):
    rows = [
        ["Timestamp", "Name", "With whom do you work?"],
        ["2026-01-02", "Ann Lee", "Ben Ode, Cara Lin"],
        ["2026-01-02", "Ben Ode", "Ann Lee;Dov Ram"],
        ["2026-01-02", "Cara Lin", "N/A"],
    ]
    workbook = read({"Members": PEOPLE, "Form Responses 2": rows})
    assert pairs(workbook) == [
        ("Ann Lee", "Ben Ode", None),
        ("Ann Lee", "Cara Lin", None),
        ("Ben Ode", "Ann Lee", None),
        ("Ben Ode", "Dov Ram", None),
    ]
    assert workbook.respondents_without_wave == ("Ann Lee", "Ben Ode", "Cara Lin")


def test_last_answer_counts(read, problems_with, counts):
    rows = [
        GRID,
        ["2026-01-02", "Ann Lee", "", 5, 5],
        ["2026-01-03", "ann@x.org", "", 1, ""],
    ]
    workbook = read({"Members": PEOPLE, "Form Responses": rows})
    assert pairs(workbook) == [("Ann Lee", "Ben Ode", 1)]
    assert problems_with(workbook, "answered again") == [("note", "Form Responses!B2", None)]
    assert counts(workbook, "Form Responses") == (2, 1, 1, 0)


def test_unreadable_strength_keeps_tie(read, problems_with):
    rows = [GRID, ["2026-01-02", "Ann Lee", 5, "banana", "#REF!"]]
    workbook = read({"Members": PEOPLE, "Form Responses": rows})
    assert pairs(workbook) == [("Ann Lee", "Ben Ode", None)]
    assert problems_with(workbook, "strength") == [("error", "Form Responses!D2", "banana")]
    assert [severity for severity, _, _ in problems_with(workbook, "about themselves")] == ["note"]
    assert [p.cell for p in workbook.problems if "formula error" in p.message] == ["Form Responses!E2"]


def test_unknown_or_missing_respondent_is_rejected(read, problems_with, counts):
    rows = [GRID, ["2026-01-02", "Zed", "5", "", ""], ["2026-01-02", "", "5", "", ""], ["2026-01-02", "Ben Ode", 3]]
    people = [*PEOPLE]
    workbook = read({"Members": people, "Form Responses": rows})
    assert pairs(workbook) == [("Ben Ode", "Ann Lee", 3)]
    assert counts(workbook, "Form Responses") == (3, 1, 0, 2)
    assert problems_with(workbook, "skipped these answers") == [("error", "Form Responses!B2", "Zed")]


def test_unknown_grid_row_is_reported_at_header(read, problems_with):
    header = [*GRID, "How well do you know? [Zoe]"]
    workbook = read({"Members": PEOPLE, "Form Responses": [header, ["2026-01-02", "Ann Lee", "", 2, "", 3]]})
    assert pairs(workbook) == [("Ann Lee", "Ben Ode", 2)]
    assert problems_with(workbook, "skipped this column") == [("error", "Form Responses!F1", "Zoe")]


def test_form_in_connections_tab_is_read(read):
    workbook = read({"Members": PEOPLE, "Relationships": [GRID, ["2026-01-02", "Ann Lee", "", 2]]})
    assert pairs(workbook) == [("Ann Lee", "Ben Ode", 2)]


def test_form_belongs_to_nearest_wave(read):
    waves = [["Wave", "Kind", "Date"], ["2024", "Relationships", "2024-05-01"], ["2026", "Relationships", "2026-01-01"]]
    rows = [GRID, ["2026-01-20", "Ann Lee", "", 2], ["2024-04-20", "Ann Lee", "", 3], [46000, "Ben Ode", ""]]
    workbook = read({"Members": PEOPLE, "Waves": waves, "Form Responses": rows})
    assert [(tie.wave, tie.strength) for tie in workbook.connections] == [("2026", 2), ("2024", 3)]
    assert [(wave.name, wave.respondents, wave.responded) for wave in workbook.waves] == [
        ("2024", ("Ann Lee",), 1),
        ("2026", ("Ann Lee", "Ben Ode"), 2),
    ]
    assert workbook.respondents_without_wave is None


def test_name_or_email_identifies_respondent(read):
    members = [["Name", "Email"], ["Ann Lee", "ann@x.org"], ["Bo Day", "bo@x.org"]]
    form = [
        ["Timestamp", "Email Address", "Name", "How well? [Ann Lee]", "How well? [Bo Day]"],
        ["2026-01-05", "bo@x.org", "Boo", 3, ""],
        ["2026-01-05", "ann@x.org", "", "", 4],
    ]
    ties = read({"Members": members, "Form Responses 1": form}).connections
    assert [(tie.source, tie.target, tie.strength) for tie in ties] == [
        ("Bo Day", "Ann Lee", 3),
        ("Ann Lee", "Bo Day", 4),
    ]


def test_repeated_grid_row_uses_both_columns(read):
    form = [
        ["Timestamp", "Name", "How well? [Ann Lee]", "How well? [Bo Day]", "How well? [Ann Lee]"],
        ["2026-01-05", "Bo Day", 3, "", ""],
        ["2026-01-06", "Cy Fox", "", 2, 5],
    ]
    members = [["Name"], ["Ann Lee"], ["Bo Day"], ["Cy Fox"]]
    ties = read({"Members": members, "Form Responses 1": form}).connections
    assert sorted((tie.source, tie.target, tie.strength) for tie in ties) == [
        ("Bo Day", "Ann Lee", 3), ("Cy Fox", "Ann Lee", 5), ("Cy Fox", "Bo Day", 2),
    ]  # fmt: skip


def test_two_grids_are_ties_of_two_types(read):
    header = ["Timestamp", "Name", "I trust [Ann Lee]", "I trust [Ben Ode]", "I meet [Ann Lee]", "I meet [Ben Ode]"]
    workbook = read({"Members": PEOPLE, "Form Responses": [header, ["2026-01-02", "Ann Lee", "", 2, "", 3]]})
    assert [(tie.kind, tie.strength) for tie in workbook.connections] == [("I trust", 2), ("I meet", 3)]


def test_form_without_respondent_is_skipped(read, problems_with, counts):
    header = ["Timestamp", "I know [Ann Lee]", "I know [Ben Ode]"]
    workbook = read({"Members": PEOPLE, "Form Responses": [header, ["2026-01-02", 3, 4]]})
    assert workbook.connections == ()
    assert problems_with(workbook, "who answered") == [("error", "Form Responses", None)]
    assert counts(workbook, "Form Responses") == (1, 0, 0, 1)


def test_a_grid_of_statements_is_a_survey(read):
    header = ["Timestamp", "Name", "In this network [I learn]", "In this network [I teach]"]
    workbook = read(
        {"Members": PEOPLE, "Form Responses": [header, [dt.date(2026, 1, 2), "Ann Lee", "Agree", "Neutral"]]}
    )
    assert workbook.connections == ()
    assert workbook.responses[0].answers == {"In this network [I learn]": 4, "In this network [I teach]": 3}


def test_form_with_too_many_ties_is_read_up_to_the_limit(read, problems_with, monkeypatch):
    monkeypatch.setattr(forms, "MOST_TIES", 3)
    rows = [
        ["Timestamp", "Name", "With whom do you work?"],
        ["2026-01-02", "Ann Lee", "Ben Ode, Cara Lin"],
        ["2026-01-02", "Ben Ode", "Ann Lee;Dov Ram"],
        ["2026-01-02", "Dov Ram", "Ann Lee"],
    ]
    workbook = read({"Members": PEOPLE, "Form Responses 2": rows})
    assert pairs(workbook) == [("Ann Lee", "Ben Ode", None), ("Ann Lee", "Cara Lin", None)]
    assert [problem[:2] for problem in problems_with(workbook, "more than 3")] == [("error", "Form Responses 2!B3")]


KNOWN = [["Name", "Organization"], ["Ana Ruiz", "North HS"], ["Ben Okafor", "North HS"], ["Cy Wynn", "South HS"]]


def grid_form(*rows):
    answers = ["Know", "Exchange", "Collaborate", "Know", "Know"][: len(rows)]
    return [["Timestamp", "Your name", *(f"How well? [{row}]" for row in rows)], [46000.5, "Cy Wynn", *answers]]


def ties(workbook):
    return [(tie.source, tie.target, tie.strength) for tie in workbook.connections]


def test_grid_with_schools_case():
    workbook = read_workbook(read_path(CASES / "29-grid-with-school"), today=TODAY)
    ana, ben, cy, di, el, fa = ["Ana Ruiz", "Ben Okafor", "Carla Wynn", "Dmitri Vale", "Elin Storm", "Farid Haddad"]
    assert sorted(ties(workbook)) == [
        *((ana, ben, 1), (ana, cy, 5), (ana, el, 3), (ana, fa, 2)),
        *((ben, ana, 1), (ben, di, 3), (ben, el, 2), (ben, fa, 2)),
        *((cy, ana, 5), (cy, di, 2), (cy, el, 2), (cy, fa, 1)),
    ]
    assert workbook.questions == ()


@pytest.mark.parametrize(
    "row", ["{} ({})", "{} - {}", "{} – {}", "{}, {}", "{} | {}", "{} / {}", "{} [{}]", "{}({})", " {}  ( {} ) "]
)
def test_rows_may_add_the_school(read, problems_with, row):
    form = grid_form(row.format("Ana Ruiz", "North HS"), row.format("ben okafor", "NORTH HS"))
    workbook = read({"Members": KNOWN, "Form responses": form})
    assert ties(workbook) == [("Cy Wynn", "Ana Ruiz", 2), ("Cy Wynn", "Ben Okafor", 3)]
    assert problems_with(workbook, "No member") == []


def test_school_tells_people_of_one_name_apart(read):
    members = [["Name", "Member ID", "Organization"], ["Ana Ruiz", "A1", "North HS"], ["Ana Ruiz", "A2", "South HS"]]
    members += [["Cy Wynn", "C", "South HS"]]
    form = grid_form("Ana Ruiz (South HS)", "Ana Ruiz (North HS)")
    assert ties(read({"Members": members, "Form responses": form})) == [("C", "A2", 2), ("C", "A1", 3)]


def test_person_of_another_school_is_named(read, problems_with):
    form = grid_form("Ana Ruiz (South HS)", "Ben Okafor (North HS)", "Cy Wynn (coach)")
    workbook = read({"Members": KNOWN, "Form responses": form})
    assert ties(workbook) == [("Cy Wynn", "Ben Okafor", 3)]
    assert [(cell, value) for _, cell, value in problems_with(workbook, "No member")] == [
        ("Form responses!C1", "Ana Ruiz (South HS)")
    ]


@pytest.mark.parametrize("name", ["Ana (Annie) Ruiz", "Ana [Annie] Ruiz", "Ana Ruiz [she]", "[Ana]", "Ana Ruiz (PhD)"])
def test_names_with_brackets_are_rows(read, name):
    form = grid_form(name, "Ben Okafor")
    workbook = read({"Members": [KNOWN[0], [name, "X"], *KNOWN[2:]], "Form responses": form})
    assert ties(workbook) == [("Cy Wynn", name, 2), ("Cy Wynn", "Ben Okafor", 3)]


@pytest.mark.parametrize(
    ("rows", "unknown"),
    [
        (["Ana Ruiz", "Ben Okafor", "Bea Fall", "Di Nye", "Eve Poe"], ["Bea Fall", "Di Nye", "Eve Poe"]),
        (["Ana Ruis", "Ben Okafoe"], ["Ana Ruis", "Ben Okafoe"]),
        (["Ana Ruiz-Lopez", "Ben Okafor (North HS)"], ["Ana Ruiz-Lopez"]),
    ],
)
def test_renamed_rows_are_named(read, problems_with, rows, unknown):
    workbook = read({"Members": KNOWN, "Form responses": grid_form(*rows)})
    assert [value for _, _, value in problems_with(workbook, "No member")] == unknown
    assert workbook.questions == ()
    assert len(workbook.connections) == len(rows) - len(unknown)


def test_grid_about_something_else_stays_a_survey(read):
    form = grid_form("Coaching", "Math visits", "Ana lunch", "Open lab")
    workbook = read({"Members": KNOWN, "Form responses": form})
    assert (len(workbook.questions), workbook.connections) == (4, ())


def test_columns_headed_with_names_alone_are_a_grid(read, problems_with):
    form = [["Timestamp", "Your name", "Ana Ruiz", "Ben Okafor (North HS)", "Comment"]]
    form += [[46000.5, "Cy Wynn", "Know", "Exchange", "Fine"]]
    workbook = read({"Members": KNOWN, "Form responses": form})
    assert ties(workbook) == [("Cy Wynn", "Ana Ruiz", 2), ("Cy Wynn", "Ben Okafor", 3)]
    assert [tie.kind for tie in workbook.connections] == [None, None]
    # One such column may be a question about someone.
    single = [["Timestamp", "Your name", "Ana Ruiz", "Comment"], [46000.5, "Cy Wynn", "Know", "Fine"]]
    assert read({"Members": KNOWN, "Form responses": single}).connections == ()


def test_first_names_as_rows_are_named(read, problems_with):
    workbook = read({"Members": KNOWN, "Form responses": grid_form("Ana", "ben", "Wynn")})
    assert [value for _, _, value in problems_with(workbook, "No member")] == ["Ana", "ben", "Wynn"]
    assert workbook.questions == ()
    # Among other rows, such a word is no name.
    assert len(read({"Members": KNOWN, "Form responses": grid_form("Ana", "Lunch", "Ben")}).questions) == 3


@pytest.mark.parametrize(
    "words",
    [
        *(
            "I don't know this person",
            "Don’t know them",
            "I do not know him or her",
            "Haven't met",
            "Have not met yet.",
        ),
        *("1 - Not at all", "1 – Never", "1: Don't know this person", "No relationship", "UNKNOWN"),
        *("Kenne ich nicht", "No la conozco", "Je ne la connais pas", "Não conheço"),
    ],
)
def test_words_that_deny_a_tie_make_none(read, words):
    form = grid_form("Ana Ruiz", "Ben Okafor")
    form[1][2] = words
    workbook = read({"Members": KNOWN, "Form Responses 1": form})
    assert ties(workbook) == [("Cy Wynn", "Ben Okafor", 3)]
    assert not workbook.problems


@pytest.mark.parametrize(
    "words", ["I don't know them well", "Don't know much about this person", "2 - Know", "Met once"]
)
def test_words_of_a_weak_tie_make_one(read, words):
    form = grid_form("Ana Ruiz", "Ben Okafor")
    form[1][2] = words
    workbook = read({"Members": KNOWN, "Form Responses 1": form})
    assert [tie[:2] for tie in ties(workbook)] == [("Cy Wynn", "Ana Ruiz"), ("Cy Wynn", "Ben Okafor")]


def test_questions_of_one_name_count_beside_others_about_people(read):
    rows = [
        ["Timestamp", "Your name", "Who do you ask?", "Who asks you most?", "Comments"],
        [46000.5, "Cy Wynn", "Ana Ruiz, Ben Okafor", "Ana Ruiz", "Thanks"],
        [46001.5, "Ana Ruiz", "Ben Okafor", "Cy Wynn", None],
    ]
    workbook = read({"Members": KNOWN, "Form Responses 1": rows})
    assert sorted((tie.source, tie.target, tie.kind) for tie in workbook.connections) == [
        ("Ana Ruiz", "Ben Okafor", "Who do you ask?"),
        ("Ana Ruiz", "Cy Wynn", "Who asks you most?"),
        ("Cy Wynn", "Ana Ruiz", "Who asks you most?"),
        ("Cy Wynn", "Ana Ruiz", "Who do you ask?"),
        ("Cy Wynn", "Ben Okafor", "Who do you ask?"),
    ]
    assert [response.answers for response in workbook.responses] == [{"Comments": "Thanks"}, {}]
    assert workbook.problems == ()


@pytest.mark.parametrize("words", ["None", "N/A", "-", "Prefer not to say"])
def test_no_one_ticked_is_no_unknown_name(read, words):
    rows = [["Timestamp", "Your name", "Who do you ask?"], [46000.5, "Cy Wynn", "Ana Ruiz, Ben Okafor"]]
    workbook = read({"Members": KNOWN, "Form Responses 1": [*rows, [46001.5, "Ana Ruiz", words]]})
    assert len(workbook.connections) == 2
    assert not workbook.problems


def test_grid_of_strengths_without_members_is_a_warning(read, problems_with):
    form = grid_form("Ana Ruiz", "Ben Okafor")
    assert problems_with(read({"Form Responses 1": form}), "Without members") == [
        ("warning", "Form Responses 1!C1", "How well? [Ana Ruiz]")
    ]
    assert not problems_with(read({"Members": KNOWN, "Form Responses 1": form}), "Without members")


@pytest.mark.parametrize("question", ["Who helps you? #{}", "Who helps you? [{}]", "Colleague {}"])
def test_questions_that_each_name_one_member_are_all_connections(read, question):
    headers = ["Timestamp", "Your name", *(question.format(number) for number in (1, 2, 3))]
    rows = [headers, ["2026-01-05", "Ana", "Ben", "Cy", "Di"], ["2026-01-06", "Ben", "Cy", None, "Ana"]]
    workbook = read({"Members": [["Name"], ["Ana"], ["Ben"], ["Cy"], ["Di"]], "Survey": rows})
    pairs = [(tie.source, tie.target) for tie in workbook.connections]
    assert pairs == [("Ana", "Ben"), ("Ana", "Cy"), ("Ana", "Di"), ("Ben", "Cy"), ("Ben", "Ana")]


NAMED = [["Name"], ["Ana"], ["Ben"], ["Cy"], ["Di"]]


@pytest.mark.parametrize(
    "question", ["Colleague {}", "Who helps you? [{}]", "alter {}", "Person #{} you turn to", "{}. Name"]
)
@pytest.mark.parametrize("numbers", [("1", "2", "3"), ("First", "Second", "Third")])
@pytest.mark.parametrize("first", [0, 3])
def test_names_next_to_other_questions_are_connections(read, question, numbers, first):
    asked = [question.format(number) for number in numbers]
    rows = [
        [*asked, "I feel welcome", "What would help?"],
        ["Ben", "Cy", None, "Agree", "More time"],
        ["Cy", "Di", "Ana", "Disagree", None],
        [None, None, None, "Agree", None],
        ["Ana", None, "Zed", "Agree", None],
    ]
    names = ["Your name", "Ana", "Ben", "Cy", "Di"]
    turned = [[*row[first:], *row[:first]] for row in rows]
    survey = [[name, *row, f"2026-01-0{day}"] for day, (name, row) in enumerate(zip(names, turned, strict=True))]
    survey[0][-1] = "Timestamp"
    workbook = read({"Members": NAMED, "Survey": survey})
    pairs = [(tie.source, tie.target) for tie in workbook.connections]
    assert pairs == [("Ana", "Ben"), ("Ana", "Cy"), ("Ben", "Cy"), ("Ben", "Di"), ("Ben", "Ana"), ("Di", "Ana")]
    assert [len(response.answers) for response in workbook.responses] == [2, 1, 1, 1]
    assert {question.text for question in workbook.questions} == {"I feel welcome", "What would help?"}
    assert [problem.value for problem in workbook.problems if problem.severity.value != "note"] == ["Zed"]


def test_numbers_of_nominees_are_no_type_of_connection(read):
    rows = [["Timestamp", "Your name", "Friend 1", "Friend 2", "Mentor"], ["2026-01-05", "Ana", "Ben", "Cy", "Di"]]
    kinds = [tie.kind for tie in read({"Members": NAMED, "Survey": rows}).connections]
    assert kinds == ["Friend", "Friend", "Mentor"]
    kinds = [tie.kind for tie in read({"Members": NAMED, "Survey": [row[:4] for row in rows]}).connections]
    assert kinds == [None, None]


def test_anonymous_answers_beside_names_count_as_a_survey(read, problems_with):
    rows = [["Timestamp", "Your name", "Friend 1", "Friend 2", "I feel welcome"]]
    rows += [["2026-01-05", "Ana", "Ben", "Cy", "Agree"], ["2026-01-06", None, None, None, "Disagree"]]
    rows += [["2026-01-07", None, "Ana", None, "Agree"], ["2026-01-08", "Zed", None, None, "Agree"]]
    workbook = read({"Members": NAMED, "Survey": rows})
    assert (len(workbook.responses), len(workbook.connections)) == (4, 2)
    assert problems_with(workbook, "who answered") == [("error", "Survey!B4", None)]
    assert [problem.cell for problem in workbook.problems if problem.value == "Zed"] == ["Survey!B5"]


@pytest.mark.parametrize("header", ["Name of facilitator", "Who led by example?", "Session host"])
def test_staff_named_in_a_survey_are_no_connections(read, header):
    rows = [
        ["Timestamp", "Your name", header, f"{header} 2", "I feel welcome"],
        ["2026-01-05", "Ana", "Ben", "Cy", "Agree"],
    ]
    workbook = read({"Members": NAMED, "Survey": rows})
    assert (len(workbook.responses), workbook.connections) == (1, ())


def test_names_may_begin_with_the_last_name(read):
    rows = [["Timestamp", "Your name", "Colleague 1", "Colleague 2", "I feel welcome"]]
    rows += [
        ["2026-01-05", "Ana Ruiz", "Okafor, Ben", "Wynn, Cy", "Agree"],
        ["2026-01-06", "Cy Wynn", "Ruiz, Ana", None, "Agree"],
    ]
    workbook = read({"Members": KNOWN, "Survey": rows})
    pairs = [(tie.source, tie.target) for tie in workbook.connections]
    assert pairs == [("Ana Ruiz", "Ben Okafor"), ("Ana Ruiz", "Cy Wynn"), ("Cy Wynn", "Ana Ruiz")]


def test_respondents_named_in_a_survey_without_members_are_mentioned(read, problems_with):
    rows = [["Timestamp", "Your name", "Who helps you?", "I feel welcome"]]
    rows += [
        ["2026-01-05", "Ana", "Ben", "Agree"],
        ["2026-01-06", "Ben", "Ana", "Agree"],
        ["2026-01-07", "Cy", "Zed", "Agree"],
    ]
    workbook = read({"Survey": rows})
    assert len(workbook.responses) == 3
    assert problems_with(workbook, "Without members") == [("warning", "Survey!C1", "Who helps you?")]
    assert not problems_with(read({"Survey": rows, "Questions": [["Question"], ["Who helps you?"]]}), "Without members")


def test_names_in_a_survey_without_respondents_stay_questions(read):
    rows = [["Timestamp", "Friend 1", "Friend 2", "I feel welcome"], ["2026-01-05", "Ben", "Cy", "Agree"]]
    workbook = read({"Members": NAMED, "Survey": rows})
    assert (len(workbook.responses), workbook.connections) == (1, ())


@pytest.mark.parametrize("first", ["2026-01-05", "5/1/2026"])
def test_a_problem_of_a_cell_that_is_read_twice_is_listed_once(read, first):
    rows = [["Timestamp", "Your name", "Friend 1", "Friend 2", "I feel welcome"]]
    rows += [[first, "Ana", "Ben", "Cy", "Agree"], ["sometime", "Ben", "Ana", "Di", "Agree"]]
    problems = read({"Members": NAMED, "Survey": rows}).problems
    assert [problem.cell for problem in problems].count("Survey!A3") == 1


def test_names_that_answer_a_listed_question_are_no_connections(read):
    headers = ["Timestamp", "Your name", "Colleague 1", "Colleague 2"]
    rows = [headers, ["2026-01-05", "Ana", "Ben", "Cy"], ["2026-01-06", "Ben", "Cy", "Ana"]]
    tabs = {"Members": [["Name"], ["Ana"], ["Ben"], ["Cy"]], "Survey": rows}
    assert read(tabs | {"Questions": [["Question"], ["Colleague 2"]]}).connections == ()


@pytest.mark.parametrize("email", ["anonymous", "", None])
def test_questions_about_people_in_an_anonymous_survey_are_one_warning(read, problems_with, email):
    headers = ["Timestamp", *(["Email"] if email is not None else []), "Was it useful?", "Who did you meet?", "More?"]
    answers = [(4, "Ana; Ben", "Time"), (5, "Cy", None), (4, None, "Talk")]
    name = [email] if email is not None else []
    rows = [headers, *(["2026-01-05", *name, *row] for row in answers)]
    workbook = read({"Members": NAMED, "Survey": rows})
    assert [len(response.answers) for response in workbook.responses] == [2, 1, 2]
    assert workbook.connections == ()
    assert problems_with(workbook, "who answered") == [
        ("warning", f"Survey!{'D' if name else 'C'}1", "Who did you meet?")
    ]
    assert [(tab.tab, tab.rejected) for tab in workbook.tabs] == [("Members", 0), ("Survey", 0)]
