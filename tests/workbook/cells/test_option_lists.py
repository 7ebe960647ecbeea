"""Ticked boxes are split into options."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nethealth.workbook.cells.option_lists import OptionLists
from tests.cpu_time import measure_cpu_seconds


@pytest.mark.parametrize(
    ("answers", "options"),
    [
        (["Coaching (Math, Science), Visits", "Visits"], ["Coaching (Math, Science)", "Visits"]),
        (["Visits [a, b], Calls {c, d (e, f)}"], ["Visits [a, b]", "Calls {c, d (e, f)}"]),
        (["Visits （a，b）, Calls"], ["Visits （a，b）", "Calls"]),
        # A bracket that never closes holds what always follows it and is no option of its own.
        (["Coaching (Math, Visits", "Visits"], ["Coaching (Math", "Visits"]),
        (["Coaching (Math, Reading", "Visits"], ["Coaching (Math, Reading"]),
        (["Visits, Coaching (Math, Reading", "Visits"], ["Visits", "Coaching (Math, Reading"]),
        (["Coaching (Math, Arts, Visits", "Coaching (Math, Arts, Calls"], ["Coaching (Math, Arts", "Visits"]),
        (["Tutoría [Mate, Lectura, Visitas", "Visitas"], ["Tutoría [Mate, Lectura", "Visitas"]),
        (["a) Math, b) Arts :-), Calls"], ["a) Math", "b) Arts :-)", "Calls"]),
        (["Smile :(, Math (a, b), Arts"], ["Smile :(", "Math (a, b)", "Arts"]),
        # Microsoft Forms.
        (["Coaching;STEM nights, family;"], ["Coaching", "STEM nights, family"]),
        (["STEM nights, family;", "Coaching;", "STEM nights;", "family;"], ["STEM nights, family"]),
        # A .csv of Google Forms.
        (["STEM nights, family;Coaching", "STEM nights, family", "Coaching"], ["STEM nights, family", "Coaching"]),
        (["STEM nights, family", "Coaching;STEM nights, family"], ["STEM nights, family"]),
        (["Visits (a; b), Calls", "Calls"], ["Visits (a; b)", "Calls"]),
        (["Email, Phone", "Email;Phone", "Phone"], ["Email", "Phone"]),
        (["Math\nArts", "Math; Arts"], ["Math", "Arts"]),
    ],
)
def test_first_answer_lists_options(answers, options):
    assert list(OptionLists(answers).split(answers[0])) == options


OPTION = st.from_regex(r"[A-Z][a-z]{1,6}( \([A-Z][a-z]{1,4}(, [A-Z][a-z]{1,4}){0,2}\))?", fullmatch=True)
LISTS = st.lists(st.lists(OPTION, min_size=1, max_size=4, unique=True), min_size=1, max_size=12)


@given(LISTS)
def test_options_with_bracketed_commas_come_back(lists):
    answers = [", ".join(options) for options in lists]
    split = OptionLists(set(answers))
    if not split.have_several:
        return
    joined = [option for answer in answers for option in split.split(answer)]
    # Options that were always ticked together may pass as one, but no option is cut.
    assert all(option in joined or any(option in each for each in joined) for options in lists for option in options)
    assert all(each.count("(") == each.count(")") for each in joined)


COMMAS = st.text(alphabet="Aab ,", min_size=1).map(lambda text: " ".join(text.split())).filter(bool)


@given(st.lists(st.lists(COMMAS, min_size=1, max_size=4, unique=True), min_size=1, max_size=8))
def test_semicolons_alone_split_what_microsoft_forms_joins(lists):
    answers = ["".join(f"{option};" for option in options) for options in lists]
    split = OptionLists(set(answers))
    assert [list(split.split(answer)) for answer in answers] == lists


@given(st.sets(st.text(max_size=60), max_size=6))
def test_any_text_splits_without_loss_of_letters(answers):
    split = OptionLists(answers)
    for answer in answers:
        letters = {c for c in "".join(split.split(answer)) if c.isalnum()}
        assert letters <= set(answer) | {",", ";"}


@pytest.mark.parametrize("unit", ["(", ")", "(,", "(a,b)", ",", ";", "[(", "a;"])
def test_long_answer_is_fast(unit):
    answer = unit * (50_000 // len(unit))
    _, seconds = measure_cpu_seconds(lambda: OptionLists([answer]).split(answer), enough=1)
    assert seconds < 1
