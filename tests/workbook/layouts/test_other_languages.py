"""Forms in languages that we don't understand are read as forms, and say so."""

import pytest

from nethealth.workbook.records import QuestionKind

ANSWERS = ["Per niente d'accordo", "Abbastanza", "Del tutto d'accordo"] * 4


@pytest.mark.parametrize(
    ("title", "stamp", "language"),
    [
        ("Risposte del modulo 1", "Informazioni cronologiche", "Italian"),
        ("Sheet1", "TIJDSTEMPEL", "Dutch"),
        ("Survey", "Отметка времени", "Russian"),
        ("Form Responses 1", "タイムスタンプ", "Japanese"),
    ],
)
def test_language_is_named_once(read, problems_with, title, stamp, language):
    rows = [[stamp, "Quanto?", "E ancora? (1-5)"], *([46000 + n, answer, 4] for n, answer in enumerate(ANSWERS))]
    workbook = read({title: rows})
    assert problems_with(workbook, f"in {language}") == [("note", title, None)]
    assert [(each.kind, each.scale is None) for each in workbook.questions] == [
        (QuestionKind.CHOICE, True),
        (QuestionKind.SCALE, False),
    ]
    assert [response.date is not None for response in workbook.responses] == [True] * 12


def test_scales_tab_makes_it_understood(read):
    scales = [["Scale", "Value", "Label"], *(["Accordo", n + 1, words] for n, words in enumerate(ANSWERS[:3]))]
    rows = [["Informazioni cronologiche", "Quanto?"], *([46000 + n, answer] for n, answer in enumerate(ANSWERS))]
    workbook = read({"Risposte del modulo 1": rows, "Scales": scales})
    assert [response.answers["Quanto?"] for response in workbook.responses] == [1, 2, 3] * 4


@pytest.mark.parametrize("title", ["Members", "Old (ignore)"])
def test_other_tabs_stay(read, title):
    workbook = read({title: [["Informazioni cronologiche", "Name", "x"], [46000, "Ana Ruiz", 1]]})
    assert workbook.responses == ()
    assert not [problem for problem in workbook.problems if "Italian" in problem.message]


ITALIAN = ["Ora di inizio", "Ora di completamento", "Posta elettronica", "Nome", "Ora dell'ultima modifica"]
POLISH = ["Godzina rozpoczęcia", "Godzina ukończenia", "Adres e-mail", "Nazwa", "Godzina ostatniej modyfikacji"]
DUTCH = ["Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Tijdstip laatste wijziging"]


@pytest.mark.parametrize("headers", [ITALIAN, POLISH, DUTCH])
@pytest.mark.parametrize(("email", "name"), [("anonymous", None), ("ana@x.org", "Ana Ruiz")])
def test_microsoft_forms_in_another_language_say_so(read, problems_with, headers, email, name):
    rows = [["Id", *headers, "Quanto?"]]
    rows += [[n, "3/1/26 10:00:01", "3/1/26 10:04:01", email, name, None, each] for n, each in enumerate(ANSWERS, 1)]
    members = [["Name", "Email"], ["Ana Ruiz", "ana@x.org"]]
    workbook = read({"Members": members, "Sheet1": rows})
    assert problems_with(workbook, "a language that we don’t know") == [("note", "Sheet1", None)]
    assert [each.text for each in workbook.questions] == ["Quanto?"]
    # One person's last answer counts; an anonymous answer is each its own.
    assert [each.respondent for each in workbook.responses] == ([None] * 12 if name is None else ["Ana Ruiz"])
    assert all(each.date is not None for each in workbook.responses)
    assert not problems_with(workbook, "two digits")


def test_a_list_with_numbers_and_times_is_no_form(read):
    rows = [["ID", "Start", "End", "Room", "Host", "Topic"], [1, "2026-03-01 10:00", "later", "A", "Ana", "Math"]]
    assert read({"Sheet1": rows}).ignored_tabs == ("Sheet1",)
