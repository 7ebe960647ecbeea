"""Extra columns of members: which become attributes, and which identify people."""

import pytest

from nethealth.workbook.readers.attributes import is_mostly_unique, looks_like_contact


def test_extra_columns_are_attributes(read):
    rows = [["Name", "Cohort", "Gender (private)", "Region"], ["Ann", 2024.0, "w", "North"], ["Ben", "", "m", ""]]
    workbook = read({"Members": rows})
    assert workbook.attributes == ("Region", "Cohort")
    assert workbook.private_attributes == ("Gender (private)",)
    assert workbook.people["Ann"].attributes == {"Region": "North", "Cohort": "2024"}
    assert workbook.people["Ann"].private_attributes == {"Gender (private)": "w"}


def test_identifying_columns_need_staff_request(read, problems_with):
    rows = [["Name", "Badge", "Call", "Home", "Organization", "Team"]]
    rows += [[f"P{n}", f"b{n}", f"555-010-{n:04}", f"{n} Oak Street", f"School {n}", f"T{n % 3}"] for n in range(1, 13)]
    workbook = read({"Members": rows})
    assert workbook.attributes == ("Team",)
    assert workbook.people["P1"].attributes == {"Organization": "School 1", "Team": "T1"}
    assert [cell for _, cell, _ in problems_with(workbook, "nearly every member")] == ["Members!B1"]
    assert [cell for _, cell, _ in problems_with(workbook, "phone numbers or addresses")] == [
        "Members!C1",
        "Members!D1",
    ]
    wanted = read({"Members": rows, "Settings": [["Setting", "Value"], ["Colour map by", "Badge"]]})
    assert wanted.attributes == ("Badge", "Team")
    mapping = [["Tab", "Column", "Your header"], ["Members", "Attribute", "Badge"]]
    assert read({"Members": rows, "Column names": mapping}).attributes == ("Badge", "Team")


@pytest.mark.parametrize("value", ["555-123-4567", "+1 (555) 010-2000", "12 Oak Street", "4 Elm Ave", "(email 3)"])
def test_contact_details_are_recognized(value):
    assert looks_like_contact(value)


@pytest.mark.parametrize("value", ["2024-05-01", "School 12", "North", "2024", "3rd grade teacher", "2023-2024"])
def test_other_values_are_no_contact_details(value):
    assert not looks_like_contact(value)


def test_mostly_unique_needs_ten_values():
    assert not is_mostly_unique([str(n) for n in range(9)])
    assert is_mostly_unique([str(n) for n in range(10)])
    assert not is_mostly_unique([str(n % 5) for n in range(10)])
    assert is_mostly_unique([str(n % 6) for n in range(10)])
