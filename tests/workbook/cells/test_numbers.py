"""Numbers as people type them."""

import datetime as dt

import pytest

from nethealth.workbook.cells.numbers import read_number
from tests.workbook.cells.samples import is_error, value_of


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
    assert value_of(read_number(cell)) == expected


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
def test_not_a_number_is_error(cell):
    assert is_error(read_number(cell))
