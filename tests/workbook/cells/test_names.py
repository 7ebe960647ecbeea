"""Lists of names, and the closest known ones, against cells as people fill them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.workbook.cells.names import NameIndex, closest, is_no_name, name_key, split_names
from tests.cpu_time import measure_cpu_seconds

KNOWN = ["Ana López", "Ben Smith", "Garcia, PhD", "Lee, Kim, and Partners", "Lee", "Smith, Jr."]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Ana López", ["Ana López"]),
        ("Ana López; Ben Smith", ["Ana López", "Ben Smith"]),
        ("Ana López;Ben Smith;", ["Ana López", "Ben Smith"]),
        ("Ana López\nBen Smith\r\n\r\nCyd", ["Ana López", "Ben Smith", "Cyd"]),
        ("Ana López, Ben Smith", ["Ana López", "Ben Smith"]),
        ("Ana López,Ben Smith,", ["Ana López", "Ben Smith"]),
        ("Garcia, PhD", ["Garcia, PhD"]),
        ("garcia,PHD, Ana López", ["garcia,PHD", "Ana López"]),
        ("Ana López, Garcia, PhD, Ben Smith", ["Ana López", "Garcia, PhD", "Ben Smith"]),
        ("Lee, Kim, and Partners, Lee, Cyd", ["Lee, Kim, and Partners", "Lee", "Cyd"]),
        ("Garcia, PhD; Ana López", ["Garcia, PhD", "Ana López"]),
        ("Doe, MEd; Ana López", ["Doe, MEd", "Ana López"]),
        ("Ana López, Ben Smith; Lee", ["Ana López", "Ben Smith", "Lee"]),
        ("Nobody, Noone", ["Nobody", "Noone"]),
        (" ;, ; ", []),
        ("", []),
        ("  Ana   López ", ["Ana López"]),
    ],
)
def test_lists_are_taken_apart(cell, names):
    assert split_names(cell, KNOWN) == names
    assert split_names(cell, NameIndex(KNOWN)) == names


def test_the_longest_known_name_wins():
    assert split_names("Smith, Jr., Lee", ["Smith", "Smith, Jr.", "Lee"]) == ["Smith, Jr.", "Lee"]


def test_keys_fold_case_and_spacing_only():
    assert name_key("  ANA  lópez ") == name_key("Ana López")
    assert name_key("Jose\u0301") == name_key("JOSÉ")
    assert name_key("Jose") != name_key("José")
    assert name_key("Li Na") != name_key("Lina")
    assert name_key("O'Brien") != name_key("OBrien")
    assert name_key("007") == "007"
    assert name_key("Garcia,PhD") == name_key("Garcia，PhD") == name_key("Garcia , PhD")


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("Ben Smth", "Ben Smith"),
        ("ana lopez", "Ana López"),
        ("Lopez, Ana", "Ana López"),
        ("López", "Ana López"),
        ("Garcia", "Garcia, PhD"),
    ],
)
def test_typo_suggests_the_right_name(typed, best):
    assert closest(typed, KNOWN)[0] == best


def test_unlike_name_has_no_suggestion():
    assert closest("Zzyzx Qwrt", KNOWN) == []
    assert closest("", KNOWN) == []
    assert closest("Ana", []) == []


def test_suggestions_are_limited():
    crowd = [f"Ana López {number}" for number in range(20)]
    assert len(closest("Ana Lopez", crowd)) == 3
    assert len(closest("Ana Lopez", crowd, limit=5)) == 5
    assert closest("Ana Lopez", crowd, limit=0) == []


@given(st.text(alphabet=st.characters(), max_size=60) | st.text(alphabet="ab,; \n", max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_list_gives_nonempty_names(cell):
    names = split_names(cell, ["a", "a, b", "b"])
    assert all(name and name == name.strip() for name in names)
    letters = {letter for letter in "".join(cell.split()) if letter not in ',;；，、|｜"'}
    assert {letter for name in names for letter in name} >= letters
    assert len(closest(cell, KNOWN)) <= 3


@given(st.lists(st.sampled_from(KNOWN), min_size=1, max_size=6), st.sampled_from(["; ", "\n", ", "]))
@settings(max_examples=100, deadline=None)
def test_known_names_round_trip(names, between):
    # `Lee` before `Kim, …` cannot stand alone: with commas between, the longest known name is taken.
    assert split_names(between.join(names), KNOWN) == names


@pytest.mark.parametrize("unit", ["a,", "a;", ",", "a, PhD, ", "\n", "é"])
def test_long_list_is_fast(unit):
    cell = unit * (40_000 // len(unit))
    index = NameIndex(KNOWN)
    _, seconds = measure_cpu_seconds(lambda: (split_names(cell, index), closest(cell, index)), enough=1)
    assert seconds < 1


@pytest.mark.parametrize(
    "text",
    [
        *(
            "anonymous",
            "Anonym",
            " ANÓNIMA ",
            "anonimo",
            "Anonyme",
            "Anônimo",
            "N/A",
            "n.a.",
            "none",
            "-",
            "—",
            "...",
            "?",
        ),
        *("Prefer not to say", "I’d prefer not to say", "prefiero no decirlo", "Je préfère ne pas répondre"),
        *("Prefiro não dizer", "keine Angabe", "k.A.", "test", "Test 2", "test_user", "TESTING", "Prueba", "essai 1"),
    ],
)
def test_words_that_are_no_name(text):
    assert is_no_name(text)


@pytest.mark.parametrize(
    "text", ["Ana Ruiz", "Anna Nymous", "Noné Díaz", "Testa Rossi", "Tess Ting", "Nobody Lee", "007", "Li", "(email 3)"]
)
def test_names_are_names(text):
    assert not is_no_name(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('"Ruiz, Ana","Okafor, Ben",Carla Wynn', ["Ruiz, Ana", "Okafor, Ben", "Carla Wynn"]),
        ('"Ruiz, Ana"', ["Ruiz, Ana"]),
        ('Carla Wynn, "Ruiz, Ana"', ["Carla Wynn", "Ruiz, Ana"]),
        ('"Ruiz, Ana"; "Okafor, Ben"', ["Ruiz, Ana", "Okafor, Ben"]),
        ('"Andrew ""Rube"" Foster",Ana', ['Andrew "Rube" Foster', "Ana"]),
        ('Andrew "Rube" Foster', ['Andrew "Rube" Foster']),
        ('Andrew "Rube" Foster, Ana', ['Andrew "Rube" Foster', "Ana"]),
        ("Ben|Carla", ["Ben", "Carla"]),
        ("Ben | Carla | Ana", ["Ben", "Carla", "Ana"]),
    ],
)
def test_quotation_marks_enclose_names_and_pipes_separate_them(text, names):
    assert split_names(text, []) == names


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.text("ab ,;|", min_size=1, max_size=8).filter(lambda name: name.strip(" ,;|")), min_size=1, max_size=5)
)
def test_quoted_names_come_back_whole(names):
    wanted = [" ".join(name.split()) for name in names]
    assert split_names(",".join(f'"{name}"' for name in names), []) == wanted


@pytest.mark.parametrize(
    "last", ["and Cal Wynn", "& Cal Wynn", "y Cal Wynn", "et Cal Wynn", "und Cal Wynn", "&Cal Wynn"]
)
def test_last_name_of_a_list_may_follow_and(last):
    known = ["Ana Ruiz", "Ben Okafor", "Cal Wynn", "And Ersson"]
    assert split_names(f"Ana Ruiz, Ben Okafor, {last}", known) == ["Ana Ruiz", "Ben Okafor", "Cal Wynn"]
    assert split_names("Ana Ruiz, And Ersson", known) == ["Ana Ruiz", "And Ersson"]
    assert split_names("Ana Ruiz, and Dee Park", known) == ["Ana Ruiz", "and Dee Park"]


def test_lone_name_that_begins_with_the_last_name_is_no_list():
    known = ["Ana Ruiz", "Ben Okafor"]
    assert split_names("Ruiz, Ana", known) == ["Ruiz, Ana"]
    assert split_names("Ruiz, Cy", known) == ["Ruiz", "Cy"]
    assert split_names("Ana Ruiz, Ben Okafor", known) == known
