"""What people added, on the Data page: where it is, how to change it, and how to bring it to the workbook."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import openpyxl
from streamlit.testing.v1 import AppTest

from nethealth.contributions.entries import Entry, EntryState
from nethealth.contributions.opening import app_journal
from nethealth.contributions.recording import new_entry
from nethealth.ui import session
from nethealth.ui.data.added_rows import completed_file
from nethealth.workbook.records import Workbook
from tests.pages.conftest import visit, words_on
from tests.pages.test_what_do_i_have import button, upload

FILE = b"Name\nElin Storm\nBo Lind\n"


def entry(key: str, member: str = "Elin Storm") -> Entry:
    cells = {"Date": dt.date(2026, 11, 29), "Weaver": "Bo Lind", "Member": member, "What we heard": "=1+1"}
    return new_entry(key, "Weaving", cells, author="bo@school.example", now=dt.datetime.now(dt.UTC))


def opened(app: AppTest) -> tuple[Workbook, str]:
    reading = app.session_state[session.OPENED_KEY].reading
    return reading.workbook, reading.key


def test_entries_of_an_opened_file_wait_to_be_copied(app: AppTest) -> None:
    upload(app, "Members.csv", FILE)
    key = opened(app)[1]
    added = entry(key)
    app_journal({}).record([added])
    upload(app, "Members.csv", FILE)
    assert [talk.entry_id for talk in opened(app)[0].weaving] == [added.id], "it counts"
    visit(app, "data")
    words = words_on(app)
    assert "What people added" in words
    assert "Elin Storm" in words
    assert any(added.id in code.value and "'=1+1" in code.value for code in app.code)
    data = completed_file(app.session_state[session.OPENED_KEY].cells.raw, [added])
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Weaving"]
    assert [cell.value for cell in sheet[2]][1:] == ["Bo Lind", "Elin Storm", "=1+1", added.id]
    assert sheet["D2"].data_type == "s", "text, no formula"


def test_workbook_with_the_rows_in_it_counts_them_once(app: AppTest) -> None:
    upload(app, "Members.csv", FILE)
    key = opened(app)[1]
    added = entry(key)
    app_journal({}).record([added])
    data = completed_file(app.session_state[session.OPENED_KEY].cells.raw, [added])
    visit(app, "data")
    app.file_uploader[0].upload("corrected.xlsx", data, "application/zip").run()
    assert not app.exception
    assert opened(app)[1] == key, "a corrected file is the same workbook"
    assert [talk.entry_id for talk in opened(app)[0].weaving] == [added.id]
    assert [each.state for each in app_journal({}).entries(key)] == [EntryState.DELIVERED]
    assert not [code for code in app.code if added.id in code.value]


def test_page_without_entries_says_nothing_of_them(app: AppTest) -> None:
    visit(app, "data")
    assert "What people added" not in words_on(app)


def test_entry_can_be_edited_and_undone_for_ten_minutes(app: AppTest) -> None:
    upload(app, "Members.csv", FILE)
    key = opened(app)[1]
    mine = replace(entry(key), author="")
    app_journal({}).record([mine])
    app.session_state["_own_entries"] = [mine.id]
    visit(app, "data")
    follow_up = next(area for area in app.text_area if area.label == "Follow-up")
    follow_up.set_value("Call her")
    button(app, "Save changes").click().run()
    assert not app.exception
    (recorded,) = app_journal({}).entries(key)
    assert recorded.cells == {**mine.cells, "Follow-up": "Call her"}
    assert opened(app)[0].weaving[0].follow_up == "Call her"
    next(each for each in app.button if each.key == f"undo-{mine.id}").click().run()
    assert [each.state for each in app_journal({}).entries(key)] == [EntryState.UNDONE]
    assert opened(app)[0].weaving == ()
    assert not [each for each in app.button if each.label == "Undo"], "what is undone isn't redone"


def test_people_who_are_not_shown_are_not_named_here_either(app: AppTest) -> None:
    upload(app, "Members.csv", b"Name,Show on map\nElin Storm,no\nBo Lind,\n")
    app_journal({}).record([entry(opened(app)[1])])
    upload(app, "Members.csv", b"Name,Show on map\nElin Storm,no\nBo Lind,\n")
    visit(app, "data")
    table = next(html for html in (str(each.value) for each in app.get("html")) if "the latest first" in html)
    assert "Elin" not in table
    assert "Bo Lind" in table
