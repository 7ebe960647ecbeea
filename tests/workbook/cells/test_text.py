"""Text, names, links, and yes or no as people type them."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.text import (
    HIDDEN_CHARACTERS,
    is_blank,
    is_error_value,
    read_free_text,
    read_link,
    read_name,
    read_text,
    read_yes_no,
)
from tests.workbook.cells.samples import is_error, value_of


@pytest.mark.parametrize("cell", [0, False, "0", ".", "-", 0.0])
def test_zero_or_dash_is_not_blank(cell):
    assert not is_blank(cell)


@pytest.mark.parametrize("cell", ["N/A", "#hashtag", "Loading dock", "#1", "ref", None, 7])
def test_error_lookalike_is_data(cell):
    assert not is_error_value(cell)


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
def test_text_becomes_one_line(cell, expected):
    assert value_of(read_text(cell)) == expected


def test_free_text_keeps_line_breaks():
    assert value_of(read_free_text("First  line\r\n\r\n\r\n\r\nsecond\u2028third ")) == "First line\n\nsecond\nthird"
    assert value_of(read_free_text("=HYPERLINK(1)")) == "=HYPERLINK(1)"
    assert value_of(read_free_text("מתמטיקה\u200f!")) == "מתמטיקה\u200f!"


def test_free_text_drops_direction_overrides():
    assert value_of(read_free_text("a\u202eb\u2066c")) == "abc"


@pytest.mark.parametrize("cell", ["NA", "Null", "None", "True", "007", "1E5", "nan", "Ana O'Brien-Lee", "+1", "@x"])
def test_odd_names_and_ids_stay(cell):
    assert value_of(read_name(cell)) == cell


def test_number_or_boolean_as_name_becomes_text():
    assert value_of(read_name(7.0)) == "7"
    assert value_of(read_name(True)) == "TRUE"


@pytest.mark.parametrize("cell", ["Ana\u202e López", "Ana\u200b López", "\ufeffAna López", "Ana\x00 López"])
def test_hidden_characters_in_name_are_noted(cell):
    parsed = read_name(cell)
    assert parsed.value == "Ana López"
    assert parsed.problems == (HIDDEN_CHARACTERS,)


def test_extra_spaces_in_name_go_unnoted():
    assert value_of(read_name(" Ana\u00a0 López\t")) == "Ana López"


def test_spelling_joiners_stay():
    assert value_of(read_name("مه\u200cناز")) == "مه\u200cناز"


def test_name_with_equals_sign_is_error():
    assert is_error(read_name("=A2"))


@pytest.mark.parametrize("cell", [True, "TRUE", "yes", "Y", 1, 1.0, "1", "x", "X", "✓", "✔️", "☑", "si", "Sí", " yes "])
def test_yes(cell):
    assert value_of(read_yes_no(cell)) is True


@pytest.mark.parametrize("cell", [False, "false", "No", "n", 0, "0"])
def test_no(cell):
    assert value_of(read_yes_no(cell)) is False


@pytest.mark.parametrize("cell", ["maybe", 2, "yes!?", dt.date(2026, 1, 1), "=TRUE()", float("nan"), "y" * 500])
def test_neither_yes_nor_no_is_error(cell):
    assert is_error(read_yes_no(cell))


@pytest.mark.parametrize("cell", ["https://example.org/a?b=c#d", "http://example.org", "HTTPS://EXAMPLE.ORG/"])
def test_links(cell):
    assert value_of(read_link(cell)) == cell


def test_www_gets_https():
    assert value_of(read_link("www.example.org/notes")) == "https://www.example.org/notes"


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
def test_not_a_link_is_error(cell):
    assert is_error(read_link(cell))


@given(st.text(alphabet=st.characters(), max_size=80))
@settings(max_examples=200, deadline=None)
def test_read_text_is_stable_and_writable(cell):
    for parse in (read_text, read_free_text, read_name):
        once = parse(cell).value
        if once is not None:
            once.encode("utf-8")
            assert once == once.strip()
            assert parse is read_name or parse(once).value == once
    assert folded(cell) == folded(cell.upper().lower()) or not cell.isascii()


@pytest.mark.parametrize(("cell", "answer"), [("1.0", True), ("0.0", False), (1.0, True), ("1.5", None)])
def test_numbers_that_a_program_wrote_are_yes_or_no(cell, answer):
    assert read_yes_no(cell).value is answer
