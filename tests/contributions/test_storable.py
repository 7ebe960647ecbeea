"""Cells that no workbook could hold are refused, with the column's name and never with the text."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nethealth.contributions.storable import LONGEST_CELL, refuse_unstorable
from nethealth.errors import NotRecorded


@pytest.mark.parametrize(
    "text", ["x" * (LONGEST_CELL + 1), "🎉" * (LONGEST_CELL // 2 + 1), "a\0b", "a\ud83d", "\x1b[0m"]
)
def test_text_that_no_cell_can_hold_is_refused(text: str) -> None:
    with pytest.raises(NotRecorded, match="Hopes") as refusal:
        refuse_unstorable({"Date": dt.date(2026, 11, 30), "Hopes": text})
    assert text not in str(refusal.value)
    assert refusal.value.remedy


@pytest.mark.parametrize("cell", [math.nan, math.inf, dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.time(1), b"x", ["x"]])
def test_values_that_no_cell_can_hold_are_refused(cell: object) -> None:
    with pytest.raises(NotRecorded):
        refuse_unstorable({"Hopes": cell})  # type: ignore[dict-item]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]) | st.sampled_from("\t\r\n"), max_size=50))
def test_what_people_type_is_accepted(text: str) -> None:
    refuse_unstorable({"Hopes": text, "Score": 1.5, "Count": 10**20, "Done": False, "Due": None})
