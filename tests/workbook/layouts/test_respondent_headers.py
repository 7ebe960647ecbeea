"""A survey's question for a name says who answered, also if it's optional."""

import pytest

MEMBERS = [["Name"], ["Ana Ruiz"], ["Ben Okafor"]]
LEARN = "I learn a lot here"


def survey(header, *, more=()):
    rows = [["Ana Ruiz", 4], [None, 5], ["Ben Okafor", 3]]
    return [["Timestamp", header, LEARN, *more], *(["2026-03-01 10:00", *row, *more] for row in rows)]


@pytest.mark.parametrize(
    "header",
    [
        "Name (leave blank to stay anonymous)",
        "Your name (optional)",
        "Your name - optional",
        "What is your name? Leave blank if you prefer to stay anonymous.",
        "Full name, if you like",
        "Name: not required",
        "Nombre (déjelo en blanco si prefiere el anonimato)",
        "Votre nom (laisser vide pour rester anonyme)",
        "Seu nome [opcional, pode deixar em branco]",
        "Ihr Name (leer lassen, um anonym zu bleiben)",
    ],
)
def test_optional_name_says_who_answered(read, header):
    workbook = read({"Members": MEMBERS, "Survey": survey(header)})
    assert [response.respondent for response in workbook.responses] == ["Ana Ruiz", None, "Ben Okafor"]
    assert [question.text for question in workbook.questions] == [LEARN]


@pytest.mark.parametrize("header", ["Name (of your school)", "School name (optional)", "Name of a friend, if you like"])
def test_other_questions_about_names_stay_questions(read, header):
    workbook = read({"Survey": survey(header)})
    assert [question.text for question in workbook.questions] == [header, LEARN]


def test_email_that_the_form_collects_comes_first(read):
    members = [["Name", "Email"], ["Ana Ruiz", "a@x.org"], ["Ben Okafor", "b@x.org"]]
    rows = [
        ["Timestamp", "Email Address", "Name (optional)", LEARN],
        ["2026-03-01", "b@x.org", "Benny", 4],
        ["2026-03-02", None, "Ana Ruiz", 3],
    ]
    workbook = read({"Members": members, "Survey": rows})
    assert [response.respondent for response in workbook.responses] == ["Ben Okafor", "Ana Ruiz"]
    assert [question.text for question in workbook.questions] == [LEARN]
