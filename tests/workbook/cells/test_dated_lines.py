"""Lines that begin with a date."""

from __future__ import annotations

import datetime as dt

import pytest

from nethealth.workbook.cells.dated_lines import read_dated_lines


@pytest.mark.parametrize(
    ("line", "day", "text"),
    [
        ("2026-03-14: A guide", dt.date(2026, 3, 14), "A guide"),
        ("3/14/2026 – A guide: part 1", dt.date(2026, 3, 14), "A guide: part 1"),
        ("- March 14, 2026: A guide", dt.date(2026, 3, 14), "A guide"),
        ("March 2026: A guide", dt.date(2026, 3, 1), "A guide"),
        ("2026: A guide", None, "2026: A guide"),
        ("Next steps: 2026-03-14", None, "Next steps: 2026-03-14"),
        ("A guide", None, "A guide"),
    ],
)
def test_date_comes_first_and_is_followed_by_a_colon_or_dash(line: str, day: dt.date | None, text: str) -> None:
    assert read_dated_lines(line) == ((day, text),)


def test_dated_lines_come_first_in_their_order() -> None:
    lines = read_dated_lines("Met\n2026-05-01: Later\n\n2026-04-01: Earlier\nAnd more")
    assert [text for _, text in lines] == ["Earlier", "Later", "Met", "And more"]
    assert read_dated_lines(None) == ()
