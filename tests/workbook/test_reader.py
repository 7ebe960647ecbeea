"""A whole reading: emails masked, fingerprints, links to cells, and problems with remedies."""

import dataclasses
import datetime as dt

import pytest

from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Problem, Severity

READ_AT = dt.datetime(2026, 3, 2, 3, 30, tzinfo=dt.UTC)
ADDRESS = "ann.lee@example.org"


def everything_of(workbook):
    return repr(workbook)


@pytest.mark.parametrize(
    "written", [ADDRESS, ADDRESS.upper(), "ann.\u200blee@example.org", "ann.lee@exam\u00adple.org", f"mail {ADDRESS}!"]
)
def test_no_email_in_any_record(written):
    tabs = {
        f"Members {written}": [["Name"], [written]],
        "Members": [["Name", "Email", written, "Kind"], ["Ann", written, written, written], [written, "", "x", ""]],
        "Connections": [["From", "To", "Strength", "Notes"], ["Ann", written, written, written], [written, "Ann"]],
        "Survey": [["Timestamp", "Respondent", f"Ask {written}"], [written, written, written]],
        "Weaving": [["Date", "Weaver", "Member", "What we heard"], ["2026-01-01", written, "Ann", written]],
        "Settings": [["Setting", "Value"], ["Network name", written], [written, written]],
    }
    raw = RawWorkbook(
        title=f"Sheet of {written}",
        tabs=[RawTab(title=title, rows=rows) for title, rows in tabs.items()],
        read_at=READ_AT,
        notes=[f"Shared by {written}"],
    )
    texts = everything_of(read_workbook(raw)).casefold()
    assert "email 1" in texts
    for part in ("ann.lee", "example", "lee@", "ann.\\u200blee"):
        assert part not in texts


def test_masked_emails_identify_people(read):
    members = [["Name", "Email"], ["Ann", "a@x.org"], ["Ann", "b@x.org"], ["Ben", ""]]
    ties = [["From", "To"], ["Ben", "B@x.org"]]
    workbook = read({"Members": members, "Connections": ties})
    assert [tie.target for tie in workbook.connections] == ["Ann (2)"]


def test_today_follows_time_zone():
    raw = RawWorkbook(title="", tabs=[], read_at=READ_AT, timezone="America/Los_Angeles")
    assert raw.day == dt.date(2026, 3, 1)
    assert dataclasses.replace(raw, timezone=None).day == dt.date(2026, 3, 2)
    assert dataclasses.replace(raw, timezone="Mars/Base").day == dt.date(2026, 3, 2)
    # A folder of the time zone database, and no zone.
    assert dataclasses.replace(raw, timezone="America").day == dt.date(2026, 3, 2)
    assert read_workbook(raw).today == dt.date(2026, 3, 1)
    assert read_workbook(raw, today=dt.date(2020, 5, 5)).today == dt.date(2020, 5, 5)


def test_fingerprint_follows_cells_not_types_of_rows(read):
    fingerprint = read({"Members": [["Name"], ["Ann"]]}).fingerprint
    assert read({"Members": (("Name",), ("Ann",))}).fingerprint == fingerprint
    assert read({"Members": [["Name"], ["Anne"]]}).fingerprint != fingerprint
    assert read({"Roster": [["Name"], ["Ann"]]}).fingerprint != fingerprint
    assert read({"Members": [["Name", "Ann"]]}).fingerprint != fingerprint


def test_links_go_to_the_cell():
    raw = RawWorkbook(
        title="",
        tabs=[
            RawTab(title="Members", rows=[["Name", "Joined"], ["Ann", "x"]], url="https://example.org/edit?gid=0#gid=0")
        ],
        read_at=READ_AT,
    )
    workbook = read_workbook(raw)
    problem = next(p for p in workbook.problems if p.severity is Severity.ERROR)
    assert workbook.link_to(problem) == "https://example.org/edit?gid=0#gid=0&range=B2"


def test_every_problem_has_remedy_and_no_blame(read):
    tabs = {
        "Members": [["Name", "Joined", "Left"], ["", "2024", ""], ["Ann", "never", "2020"], ["Ann", "2024", "2020"]],
        "Connections": [["From", "To"], ["Ann", "Ann"], ["Zed", "Ann"]],
    }
    problems: tuple[Problem, ...] = read(tabs).problems
    assert problems
    for problem in problems:
        assert problem.message.endswith(".")
        assert problem.remedy.endswith((".", "?"))
        assert not {"you", "invalid", "illegal", "wrong"} & set(problem.message.casefold().replace(".", "").split())


def test_an_empty_workbook_is_no_error(read):
    workbook = read({})
    assert workbook.problems == ()
    assert workbook.people == {}
    assert workbook.tabs == ()


def test_ragged_rows_are_fine(read):
    workbook = read({"Members": [["Name", "Joined", "Cohort"], ["Ann"], ["Ben", "2024-01-01"], ["Cara", None, "x"]]})
    assert [person.attributes for person in workbook.people.values()] == [{}, {}, {"Cohort": "x"}]
