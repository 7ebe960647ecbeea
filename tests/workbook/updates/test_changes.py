"""What a change does to a cell."""

from __future__ import annotations

import datetime as dt

import pytest

from nethealth.workbook.schema.tabs import CONNECTIONS, EMERGENT, WEAVING
from nethealth.workbook.updates.changes import changed_cell, changed_column

DAY = dt.date(2026, 11, 30)


@pytest.mark.parametrize(
    ("cell", "field", "value", "after"),
    [
        ("2026-12-01", "Due", dt.date(2026, 12, 8), dt.date(2026, 12, 8)),
        (None, "Outcome", "A guide", "2026-11-30: A guide"),
        ("2026-01-02: Met", "Outcome", "A guide", "2026-01-02: Met\n2026-11-30: A guide"),
        ("Ana", "Participant", "Ben", "Ana; Ben"),
        (None, "Participant", "Ben", "Ben"),
        ("x", "Due", None, None),
    ],
)
def test_most_fields_replace_and_two_add(cell: str | None, field: str, value: object, after: object) -> None:
    assert changed_cell(cell, field=field, value=value, day=DAY) == after  # type: ignore[arg-type]


def test_fields_of_a_tab() -> None:
    assert changed_column(WEAVING, "Due") == "Due"
    assert changed_column(WEAVING, "Participant") == "Introduced to"
    assert changed_column(EMERGENT, "Outcome") == "Outcomes to date"
    assert changed_column(WEAVING, "Outcome") is None
    assert changed_column(CONNECTIONS, "Participant") is None
    assert changed_column(WEAVING, "Hobby") is None
