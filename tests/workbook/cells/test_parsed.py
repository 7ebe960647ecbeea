"""What holds for every kind of cell: blank and error cells, hostile ones, and speed."""

import pytest
from hypothesis import given, settings

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.numbers import read_number
from nethealth.workbook.cells.parsed import Parsed
from nethealth.workbook.cells.scale_answers import read_scale_answer
from nethealth.workbook.cells.text import (
    is_blank,
    is_error_value,
    is_no_answer,
    read_free_text,
    read_link,
    read_name,
    read_text,
    read_yes_no,
)
from nethealth.workbook.schema.vocabulary import AGREEMENT, STRENGTH, ZERO_TO_TEN
from tests.cpu_time import measure_cpu_seconds
from tests.workbook.cells.samples import ERROR_VALUES, RAW_CELLS, is_error

PARSERS = [read_text, read_free_text, read_name, read_number, read_yes_no, read_link]


@pytest.mark.parametrize("cell", [None, "", " ", "\u00a0", "\u200b \t\n", "\ufeff", "\u3164"])
def test_nothing_visible_is_blank(cell):
    assert is_blank(cell)
    for parse in PARSERS:
        assert parse(cell) == Parsed(None)
    assert read_scale_answer(cell, AGREEMENT) == Parsed(None)


@pytest.mark.parametrize("cell", ERROR_VALUES)
def test_failed_formula_is_error(cell):
    assert is_error_value(cell)
    for parse in PARSERS:
        assert is_error(parse(cell))
    assert is_error(read_scale_answer(cell, AGREEMENT))


@given(RAW_CELLS)
@settings(max_examples=300, deadline=None)
def test_no_cell_raises(cell):
    for parse in PARSERS:
        parsed = parse(cell)
        assert parsed.value is None or parsed.problems == () or parse is read_name
    assert is_blank(cell) in {True, False}
    assert is_no_answer(cell) in {True, False}
    for scale in (AGREEMENT, ZERO_TO_TEN):
        answer = read_scale_answer(cell, scale).value
        assert answer is None or answer in [point for point, _ in scale.points]


@pytest.mark.parametrize("unit", ["a", " ", "\u200b", "1,", "(", "9", "4 - ", "=", "é", "\n", "<script>"])
def test_long_cell_is_fast(unit):
    cell = unit * (40_000 // len(unit))

    def parsed():
        for parse in PARSERS:
            parse(cell)
        read_scale_answer(cell, AGREEMENT)
        folded(cell)

    _, seconds = measure_cpu_seconds(parsed, enough=0.5)
    assert seconds < 0.5


def test_many_rows_are_fast():
    def parsed():
        for number in range(50_000):
            name = f"Ana López {number % 700}" if number % 3 else f"Ben Smith {number % 700}"
            read_name(name)
            read_name(name)
            read_scale_answer(4, STRENGTH)
            read_text("Co-planning")
            read_yes_no("yes")
            read_number(3.0)

    _, seconds = measure_cpu_seconds(parsed, enough=1)
    assert seconds < 1
