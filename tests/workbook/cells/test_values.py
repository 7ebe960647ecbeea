"""Each kind of cell against what people put there, worked by hand; and: nothing ever raises, or takes long."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.workbook.cells import values
from nethealth.workbook.records import Severity
from nethealth.workbook.schema.vocabulary import (
    AGREEMENT,
    BUILT_IN_SCALES,
    FREQUENCY,
    ONE_TO_FIVE,
    ONE_TO_FOUR,
    ONE_TO_SEVEN,
    SATISFACTION,
    STRENGTH,
    ZERO_TO_TEN,
    Scale,
)
from tests.costs import cost_of

ERROR_VALUES = ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#ERROR!", "#SPILL!", "#CALC!"]
ERROR_VALUES += ["Loading...", "Loading…", " #n/a ", "#¿NOMBRE?", "Err:502"]

RAW_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=-(10**400), max_value=10**400),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.text(alphabet=st.characters(), max_size=60),
    st.text(alphabet="0123456789.,-+%eE ()/:=#!Aagre\u200b\u202e\u00a0\ud800\x00٣", max_size=30),
    st.sampled_from([*ERROR_VALUES, "=1+1", "=", "N/A", "4 - Agree", "https://[", "http://", "www."]),
)

PARSERS = [values.text, values.free_text, values.person_name, values.number, values.yes_no, values.link]


def value(parsed):
    assert parsed.findings == ()
    return parsed.value


def is_error(parsed):
    return parsed.value is None and [finding.severity for finding in parsed.findings] == [Severity.ERROR]


@pytest.mark.parametrize("cell", [None, "", " ", "\u00a0", "\u200b \t\n", "\ufeff", "\u3164"])
def test_a_cell_without_anything_visible_is_blank_to_everyone(cell):
    assert values.is_blank(cell)
    for parse in PARSERS:
        assert parse(cell) == values.Parsed(None)
    assert values.scale_answer(cell, AGREEMENT) == values.Parsed(None)


@pytest.mark.parametrize("cell", [0, False, "0", ".", "-", 0.0])
def test_a_zero_or_a_dash_is_not_blank(cell):
    assert not values.is_blank(cell)


@pytest.mark.parametrize("cell", ERROR_VALUES)
def test_what_the_sheet_shows_for_a_failed_formula_is_never_data(cell):
    assert values.is_error_value(cell)
    for parse in PARSERS:
        assert is_error(parse(cell))
    assert is_error(values.scale_answer(cell, AGREEMENT))


@pytest.mark.parametrize("cell", ["N/A", "#hashtag", "Loading dock", "#1", "ref", None, 7])
def test_words_that_only_look_like_one_are_data(cell):
    assert not values.is_error_value(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("  New\u00a0\u00a0Mexico ", "New Mexico"),
        ("Ma\u200bine", "Maine"),
        ("Jose\u0301", "José"),
        ("a\tb\nc", "a b c"),
        (12.0, "12"),
        (12.5, "12.5"),
        (7, "7"),
        (True, "TRUE"),
        (dt.date(2026, 3, 14), "2026-03-14"),
        (dt.datetime.fromisoformat("2026-03-14"), "2026-03-14"),
        (dt.datetime.fromisoformat("2026-03-14T09:05"), "2026-03-14 09:05:00"),
        (dt.time(9, 30), "09:30:00"),
        ("+1 505 555", "+1 505 555"),
        ("@home", "@home"),
        ("=SUM(A1)", "=SUM(A1)"),
        ("broken \ud800 surrogate", "broken \ufffd surrogate"),
    ],
)
def test_text_is_one_tidy_line(cell, expected):
    assert value(values.text(cell)) == expected


def test_free_text_keeps_its_line_breaks_and_its_formulas():
    assert value(values.free_text("First  line\r\n\r\n\r\n\r\nsecond\u2028third ")) == "First line\n\nsecond\nthird"
    assert value(values.free_text("=HYPERLINK(1)")) == "=HYPERLINK(1)"
    assert value(values.free_text("מתמטיקה\u200f!")) == "מתמטיקה\u200f!"


def test_free_text_cannot_turn_the_words_around_it():
    assert value(values.free_text("a\u202eb\u2066c")) == "abc"


@pytest.mark.parametrize("cell", ["NA", "Null", "None", "True", "007", "1E5", "nan", "Ana O'Brien-Lee", "+1", "@x"])
def test_names_and_ids_stay_themselves(cell):
    assert value(values.person_name(cell)) == cell


def test_a_name_that_a_sheet_took_for_a_number_or_a_truth_comes_back_as_words():
    assert value(values.person_name(7.0)) == "7"
    assert value(values.person_name(True)) == "TRUE"


@pytest.mark.parametrize("cell", ["Ana\u202e López", "Ana\u200b López", "\ufeffAna López", "Ana\x00 López"])
def test_hidden_characters_are_taken_out_of_names_and_told(cell):
    parsed = values.person_name(cell)
    assert parsed.value == "Ana López"
    assert parsed.findings == (values.HIDDEN_CHARACTERS,)


def test_spacing_alone_is_nothing_to_tell():
    assert value(values.person_name(" Ana\u00a0 López\t")) == "Ana López"


def test_joiners_that_belong_to_the_spelling_stay():
    assert value(values.person_name("مه\u200cناز")) == "مه\u200cناز"


def test_a_name_that_begins_with_an_equals_sign_is_a_problem():
    assert is_error(values.person_name("=A2"))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (12, 12.0),
        (-0.5, -0.5),
        ("12", 12.0),
        (" 1,234.5 ", 1234.5),
        ("1,234,567", 1234567.0),
        ("−3", -3.0),
        ("+4", 4.0),
        (".5", 0.5),
        ("٣٫٥", 3.5),
        ("１２", 12.0),
        ("45%", 0.45),
        ("12 %", 0.12),
    ],
)
def test_numbers(cell, expected):
    assert value(values.number(cell)) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "1e3",
        "nan",
        "inf",
        "Infinity",
        "1,23",
        "1.234,5",
        "12 people",
        "1_000",
        "0x10",
        ".",
        "%",
        "--1",
        "½",
        "=1",
        True,
        float("nan"),
        float("inf"),
        10**400,
        dt.date(2026, 1, 1),
        dt.time(1, 2),
        "9" * 400,
    ],
)
def test_what_is_no_number_is_told(cell):
    assert is_error(values.number(cell))


@pytest.mark.parametrize("cell", [True, "TRUE", "yes", "Y", 1, 1.0, "1", "x", "X", "✓", "✔️", "☑", "si", "Sí", " yes "])
def test_yes(cell):
    assert value(values.yes_no(cell)) is True


@pytest.mark.parametrize("cell", [False, "false", "No", "n", 0, "0"])
def test_no(cell):
    assert value(values.yes_no(cell)) is False


@pytest.mark.parametrize("cell", ["maybe", 2, "yes!?", dt.date(2026, 1, 1), "=TRUE()", float("nan"), "y" * 500])
def test_neither_yes_nor_no(cell):
    assert is_error(values.yes_no(cell))


@pytest.mark.parametrize("cell", ["https://example.org/a?b=c#d", "http://example.org", "HTTPS://EXAMPLE.ORG/"])
def test_links(cell):
    assert value(values.link(cell)) == cell


def test_a_link_without_its_beginning_is_completed():
    assert value(values.link("www.example.org/notes")) == "https://www.example.org/notes"


@pytest.mark.parametrize(
    "cell",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org",
        "example",
        "https://",
        "https://[",
        "//example.org",
        "java\nscript:x",
        "https://example.org/<script>",
        'https://example.org/" onclick="x',
        "see https://example.org",
        7,
    ],
)
def test_anything_else_is_no_link(cell):
    assert is_error(values.link(cell))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (4, 4),
        (4.0, 4),
        ("4", 4),
        ("Agree", 4),
        ("4 - Agree", 4),
        ("4-Agree", 4),
        ("4 – agree", 4),
        ("4: Agree", 4),
        ("4. Agree", 4),
        ("4 (Agree)", 4),
        ("Agree (4)", 4),
        ("Agree - 4", 4),
        ("4=Agree", 4),
        ("STRONGLY  agree", 5),
        ("4 - rather", 4),
    ],
)
def test_an_answer_is_its_number_its_words_or_both(cell, expected):
    assert value(values.scale_answer(cell, AGREEMENT)) == expected


@pytest.mark.parametrize(
    "cell",
    [
        *("Not applicable", "N/A", "n.a.", "Don't know", "Don’t know", "I don't know", "", None, "-"),
        *("No sé", "No sabe / No contesta", "NS/NC", "Prefiero no responder", "No estoy segura"),
    ],
)
def test_no_answer_is_no_answer(cell):
    assert values.is_no_answer(cell)
    assert value(values.scale_answer(cell, AGREEMENT)) is None


def test_zero_is_an_answer_where_the_scale_has_it():
    assert value(values.scale_answer(0, ZERO_TO_TEN)) == 0
    assert value(values.scale_answer("0", ZERO_TO_TEN)) == 0
    assert is_error(values.scale_answer(0, AGREEMENT))


@pytest.mark.parametrize(
    "cell", [6, "0", "3.5", "Perhaps", "7 - Agree", "=4", True, dt.date(2026, 1, 1), "1e0", "#N/A"]
)
def test_what_is_not_on_the_scale_is_told(cell):
    assert is_error(values.scale_answer(cell, AGREEMENT))


def test_a_number_with_the_words_of_another_point_is_told():
    assert values.scale_answer("4 - Disagree", AGREEMENT) == values.LABEL_AND_NUMBER_DIFFER


def test_labels_that_are_numbers_with_signs():
    scale = Scale("Change", ((-1.0, "Less"), (0.0, "Same"), (1.0, "More")))
    assert [value(values.scale_answer(cell, scale)) for cell in (-1, "-1", "-1 - Less", "Same", "+1")] == [
        -1,
        -1,
        -1,
        0,
        1,
    ]


@pytest.mark.parametrize(
    ("column", "scale"),
    [
        (["Agree", "Neutral", "", "N/A", "Strongly agree"], AGREEMENT),
        (["Satisfied", "Neutral"], SATISFACTION),
        (["Agree", 5, "2 - Disagree", "N/A", "#N/A", "=1+1", "maybe", "Neutral"], AGREEMENT),
        (["Often", "Never", "Often"], FREQUENCY),
        (["4 - Coordinate", "2 - Know"], STRENGTH),
        ([1, 3, 5, 4], ONE_TO_FIVE),
        (["1", "2"], ONE_TO_FIVE),
        ([1, 2, 3, 4] * 5, ONE_TO_FOUR),
        ([1, 2, 3, 4], ONE_TO_FIVE),
        ([7, 2, 5], ONE_TO_SEVEN),
        ([0, 10, 8], ZERO_TO_TEN),
        ([9, 8, 10], ZERO_TO_TEN),
        ([12, 30], None),
        (["More time", "Fewer messages"], None),
        (["", None, "N/A"], None),
        ([2.5, 3], None),
        ([], None),
    ],
)
def test_a_columns_scale_is_guessed(column, scale):
    assert values.guess_scale(column, BUILT_IN_SCALES) is scale


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Member ID", "member_id"),
        ("E-mail", "EMAIL"),
        ("Left ", "left"),
        ("Year\u200bs", "years"),
        ("Joined (date)", "joined date"),
    ],
)
def test_folding_ignores_case_spacing_and_punctuation(one, other):
    assert values.folded(one) == values.folded(other)


def test_folding_keeps_apart_what_differs():
    assert len({values.folded(words) for words in ("", "#", "%", "Name", "Names", "नाम", "नमी")}) == 7


@given(RAW_CELLS)
@settings(max_examples=300, deadline=None)
def test_nothing_in_a_cell_raises(cell):
    for parse in PARSERS:
        parsed = parse(cell)
        assert parsed.value is None or parsed.findings == () or parse is values.person_name
    assert values.is_blank(cell) in {True, False}
    assert values.is_no_answer(cell) in {True, False}
    for scale in (AGREEMENT, ZERO_TO_TEN):
        answer = values.scale_answer(cell, scale).value
        assert answer is None or answer in [point for point, _ in scale.points]


@given(st.text(alphabet=st.characters(), max_size=80))
@settings(max_examples=200, deadline=None)
def test_tidied_text_stays_as_it_is_and_can_be_written_to_a_file(cell):
    for parse in (values.text, values.free_text, values.person_name):
        once = parse(cell).value
        if once is not None:
            once.encode("utf-8")
            assert once == once.strip()
            assert parse is values.person_name or parse(once).value == once
    assert values.folded(cell) == values.folded(cell.upper().lower()) or not cell.isascii()


@given(st.lists(RAW_CELLS, max_size=12))
@settings(max_examples=100, deadline=None)
def test_guessing_a_scale_never_raises(column):
    guess = values.guess_scale(column, BUILT_IN_SCALES)
    assert guess is None or guess in BUILT_IN_SCALES


@pytest.mark.parametrize("unit", ["a", " ", "\u200b", "1,", "(", "9", "4 - ", "=", "é", "\n", "<script>"])
def test_a_cell_of_forty_thousand_characters_costs_little(unit):
    cell = unit * (40_000 // len(unit))

    def parsed():
        for parse in PARSERS:
            parse(cell)
        values.scale_answer(cell, AGREEMENT)
        values.folded(cell)

    _, seconds = cost_of(parsed, enough=0.5)
    assert seconds < 0.5


def test_fifty_thousand_rows_cost_well_under_a_second():
    def parsed():
        for number in range(50_000):
            name = f"Ana López {number % 700}" if number % 3 else f"Ben Smith {number % 700}"
            values.person_name(name)
            values.person_name(name)
            values.scale_answer(4, STRENGTH)
            values.text("Co-planning")
            values.yes_no("yes")
            values.number(3.0)

    _, seconds = cost_of(parsed, enough=1)
    assert seconds < 1
