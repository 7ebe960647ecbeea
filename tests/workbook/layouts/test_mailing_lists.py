"""Exports of Mailchimp: its own columns are no attributes of members."""

import datetime as dt

import pytest

from nethealth.sources import read_path
from nethealth.workbook.reader import read_workbook
from tests.workbook.layouts.readings import errors, names, ties

TODAY = dt.date(2026, 11, 30)


def test_export_of_the_case_has_names_tags_and_no_attributes(cases):
    workbook = read_workbook(read_path(cases / "10-first-last-name"), today=TODAY)
    assert names(workbook) == ["Ana Ruiz", "Ben Okafor", "Carla Wynn"]
    assert ties(workbook) == [("Ana Ruiz", "Ben Okafor"), ("Ben Okafor", "Carla Wynn")]
    assert workbook.attributes == ()
    assert [person.tags for person in workbook.members] == [("STEM", "Equity"), ("STEM",), ()]
    assert errors(workbook) == []


def test_german_export_of_the_case(cases):
    workbook = read_workbook(read_path(cases / "31-mailchimp-german"), today=TODAY)
    assert names(workbook) == ["Ana Ruiz", "Ben Okafor"]
    assert workbook.attributes == ()
    assert errors(workbook) == []


@pytest.mark.parametrize("title", ["Members", "Directory"])
def test_own_columns_next_to_them_stay(read, problems_with, title):
    rows = [
        ["Email Address", "First Name", "Last Name", "Region", "Grade", "LEID", "EUID", "CC", "LATITUDE"],
        ["ana@example.org", "Ana", "Ruiz", "North", "K-5", "123", "a1b2", "US", "44.9"],
    ]
    workbook = read({title: rows})
    assert workbook.people["Ana Ruiz"].attributes == {"Region": "North", "Grade": "K-5"}
    assert len(problems_with(workbook, "mailing list")) == 1


@pytest.mark.parametrize("header", [["Name", "REGION"], ["Name", "REGION", "TIMEZONE"], ["Name", "REGION", "LEID"]])
def test_capitals_alone_are_no_export(read, header):
    rows = [header, ["Ana Ruiz", "North", "x"][: len(header)]]
    assert read({"Members": rows}).people["Ana Ruiz"].attributes["Region"] == "North"


def test_column_that_staff_name_is_used(read):
    rows = [["Name", "OPTIN_TIME", "LEID", "EUID"], ["Ana Ruiz", "2024-02-01", "1", "a"]]
    named = [["Tab", "Column", "Your header"], ["Members", "Joined", "OPTIN_TIME"]]
    workbook = read({"Members": rows, "Column names": named})
    assert workbook.people["Ana Ruiz"].spells[0].joined == dt.date(2024, 2, 1)
    assert workbook.attributes == ()
