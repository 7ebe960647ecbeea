"""Limits for files, and names from files in messages."""

from __future__ import annotations

import pytest

from nethealth import errors
from nethealth.sources import read_file
from nethealth.sources.size_limits import (
    MAX_COLUMNS,
    MAX_FILE_BYTES,
    MAX_ROWS,
    check_extent,
    check_file_size,
    shorten,
)
from tests.sources.workbooks import zipped


def test_largest_file_is_opened_and_a_larger_one_raises() -> None:
    check_file_size(MAX_FILE_BYTES)
    with pytest.raises(errors.FileTooLarge):
        check_file_size(MAX_FILE_BYTES + 1)


def test_tab_too_large_is_named_with_its_last_cell() -> None:
    check_extent(rows=10, columns=MAX_COLUMNS, tab="Members")
    with pytest.raises(errors.FileTooLarge, match="“Members” extends to cell AAA500001"):
        check_extent(rows=500_001, columns=703, tab="Members")


def test_tab_with_too_many_rows_is_named_with_its_last_row() -> None:
    check_extent(rows=MAX_ROWS, columns=2, tab="Connections")
    with pytest.raises(errors.FileTooLarge, match="“Connections” extends to row 404,551"):
        check_extent(rows=404_551, columns=2, tab="Connections")


def test_names_are_shortened_to_one_line() -> None:
    assert shorten(" a\n b ") == "a b"
    assert shorten("x" * 61) == "x" * 59 + "…"
    assert shorten(None) == ""


def test_messages_shorten_names_from_files() -> None:
    title = "M" * 5000
    data = zipped({f"{title[:200]}.csv": ",".join("a" * 9_000)})
    with pytest.raises(errors.FileTooLarge) as caught:
        read_file(data, f"{title}.zip")
    assert len(str(caught.value)) < 500
