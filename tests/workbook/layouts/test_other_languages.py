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
