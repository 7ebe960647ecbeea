"""Finding the headers of a layout."""

from nethealth.workbook.layouts.rearranged import ROWS_CHECKED, find_header_row, header_keys
from nethealth.workbook.raw import RawTab

HEADERS = ["ID", "First Name", 2026, None, "last-name", "First name"]


def test_headers_are_folded_and_the_first_of_two_counts():
    assert header_keys(HEADERS) == {"id": 0, "firstname": 1, "lastname": 4}


def test_row_with_a_header_of_every_group_is_found():
    tab = RawTab(title="x", rows=[["List"], ["First name"], HEADERS])
    assert find_header_row(tab, ("vorname", "firstname"), ("lastname",)) == (2, (1, 4))


def test_headers_further_down_are_not_found():
    tab = RawTab(title="x", rows=[*[["x"]] * ROWS_CHECKED, HEADERS])
    assert find_header_row(tab, ("firstname",)) is None
