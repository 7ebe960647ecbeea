"""Answers of staff: rows as if typed into Column names, Questions, and Scales."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from nethealth.workbook.added_rows import AddedRows
from nethealth.workbook.answers import Row, column_meaning, merge_answers, renamed_tabs, whole_tab, with_answers
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.schema.membership_tabs import LEAVE_ALONE

CONTACTS: Sequence[Sequence[RawCell]] = [["Person", "Company"], ["Ana Ruiz", "North HS"]]
ANSWERS = {
    "Column names": [whole_tab("Contacts", "Members"), column_meaning("Members", "Person", "Name")],
}


def book(*tabs: RawTab) -> RawWorkbook:
    return RawWorkbook(title="Book", tabs=tabs, read_at=dt.datetime(2026, 11, 30, tzinfo=dt.UTC))


def test_answers_apply_as_if_typed() -> None:
    workbook = read_workbook(with_answers(book(RawTab("Contacts", CONTACTS)), ANSWERS))
    assert [person.name for person in workbook.people.values()] == ["Ana Ruiz"]
    assert workbook.left_alone == ()


def test_answers_about_tabs_that_are_gone_change_nothing() -> None:
    raw = book(RawTab("Members", [["Name"], ["Ben Okafor"]]))
    workbook = read_workbook(with_answers(raw, ANSWERS))
    assert [person.name for person in workbook.people.values()] == ["Ben Okafor"]
    assert not workbook.problems


def test_no_answers_leave_the_workbook_as_it_is() -> None:
    raw = book(RawTab("Contacts", CONTACTS))
    assert with_answers(raw, {}).tabs == [*raw.tabs]


@pytest.mark.parametrize(
    ("earlier", "later", "count"),
    [
        (whole_tab("Contacts", "Members"), whole_tab("contacts", LEAVE_ALONE), 1),
        (column_meaning("Members", "Person", "Name"), column_meaning("Members", "person", LEAVE_ALONE), 1),
        (column_meaning("Members", "Person", "Name"), column_meaning("Connections", "Person", "From"), 2),
        (whole_tab("Person", "Members"), column_meaning("Members", "Person", "Name"), 2),
    ],
)
def test_later_answer_about_the_same_replaces_the_earlier(earlier: Row, later: Row, count: int) -> None:
    merged = merge_answers({"Column names": [earlier]}, {"Column names": [later]})["Column names"]
    assert len(merged) == count
    assert merged[-1] == later


def test_questions_are_the_same_by_their_text_and_scales_by_value() -> None:
    def answers(question: str, value: int) -> AddedRows:
        label = {"Scale": "S", "Value": value, "Label": "words"}
        return {"Questions": [{"Question": question, "Scale": f"Scale {value}"}], "Scales": [label]}

    merged = merge_answers(answers("How?", 1), answers("how", 2))
    assert merged["Questions"] == answers("how", 2)["Questions"]
    assert len(merged["Scales"]) == 2


def test_whole_tabs_follow_new_titles() -> None:
    renamed = renamed_tabs(ANSWERS, {"Contacts": "Contacts 2"})["Column names"]
    assert renamed[0]["Your header"] == "Contacts 2"
    assert renamed[1] == ANSWERS["Column names"][1]


@pytest.mark.parametrize("title", ["Contacts (1)", "contacts(12)", "Contacts"])
def test_second_download_of_a_file_is_the_same_tab(title: str) -> None:
    workbook = read_workbook(with_answers(book(RawTab(title, CONTACTS)), ANSWERS))
    assert [person.name for person in workbook.people.values()] == ["Ana Ruiz"]
