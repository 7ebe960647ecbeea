"""The small forms, for staff: a connection, who came, what we did. What is typed stays until it's saved."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from nethealth import sources
from nethealth.contributions.entries import Entry
from nethealth.contributions.journal import Journal
from nethealth.contributions.opening import app_journal
from nethealth.errors import NotRecorded
from nethealth.ui import network_workbook
from nethealth.ui.access import Role
from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.reader import read_workbook
from tests.pages.conftest import Show, an_app, visit, words_on

TABS = {
    "Members": [
        ["Name", "Member ID", "Organization", "Show on map"],
        ["Ana Ruiz", "M-1", "North HS", ""],
        ["Ana Ruiz", "M-2", "South HS", ""],
        ["Bo Lind", "M-3", "South HS", ""],
        ["Cy Moss", "M-4", "", ""],
        ["Hidden Hart", "M-5", "", "no"],
    ],
    "Connections": [["From", "To", "Type"], ["Cy Moss", "Bo Lind", "Mentoring"]],
    "Convenings": [["Date", "Title", "Attendees"], ["2026-11-02", "Fall day", ""], ["2026-05-02", "Spring day", "M-3"]],
    "Actions": [
        ["What we heard", "What we did", "Promised by"],
        ["Too early", "Meet at 4", "2026-11-01"],
        ["Too long", "", ""],
    ],
    "Survey": [["Name", "I learn a lot"], ["Bo Lind", "5"], ["Cy Moss", "4"]],
}


@pytest.fixture(autouse=True)
def _small_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    tabs = [RawTab(title, rows) for title, rows in TABS.items()]
    raw = RawWorkbook(title="Sample", tabs=tabs, read_at=dt.datetime(2026, 11, 30, tzinfo=dt.UTC))
    monkeypatch.setattr(sources, "read_sample", lambda: raw)
    monkeypatch.setattr(network_workbook, "_samples", {})


def page_at(address: str, tab: str = "") -> AppTest:
    app = an_app()
    if tab:
        app.query_params["tab"] = tab
    return visit(app, address)


@pytest.fixture
def connectivity() -> AppTest:
    return press(page_at("connectivity"), "open-connection")


@pytest.fixture
def convenings() -> AppTest:
    return press(page_at("infrastructure", "Convenings"), "open-attendance")


@pytest.fixture
def feedback() -> AppTest:
    return page_at("experience", "What we did")


def entries() -> list[Entry]:
    return app_journal({}).entries("sample")


def field(page: AppTest, kind: str, ending: str) -> Any:
    """Return a field of the form by how its key ends, since each form has keys of its own."""
    return next(each for each in getattr(page, kind) if (each.key or "").endswith(ending))


def buttons(page: AppTest) -> list[str]:
    return [each.label for each in page.button]


def press(page: AppTest, what: str) -> AppTest:
    """Press a button, by how its key begins or by its label."""
    next(each for each in page.button if (each.key or "").startswith(what) or each.label == what).click()
    page.run()
    assert not page.exception
    return page


def fails_to_record(patch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise NotRecorded("The disk is full.", "Free up space.")

    patch.setattr(Journal, "record", fail)


def test_connection_is_saved_by_ids_where_names_repeat(connectivity: AppTest) -> None:
    one = field(connectivity, "selectbox", "-one")
    assert one.options == ["Ana Ruiz, North HS", "Ana Ruiz, South HS", "Bo Lind", "Cy Moss"], "no one hidden"
    one.set_value("M-2")
    field(connectivity, "selectbox", "-other").set_value("M-4")
    field(connectivity, "button_group", "-strength").set_value(4.0)
    field(connectivity, "selectbox", "-type").set_value("Mentoring")
    press(connectivity, "save-connection")
    (entry,) = entries()
    assert dict(entry.cells) == {
        "From": "M-2", "To": "Cy Moss", "Strength": 4.0, "Type": "Mentoring", "Heard through": "Staff",
    }  # fmt: skip
    assert "Undo" in buttons(connectivity)
    added = network_workbook.latest_reading(Role.STAFF, only_sample=True).workbook.connections[-1]
    assert (added.source, added.target, added.is_report) == ("M-2", "M-4", False)
    press(connectivity, "open-connection")
    assert field(connectivity, "selectbox", "-one").value is None, "the form is empty again"


def test_connection_needs_two_people(connectivity: AppTest) -> None:
    field(connectivity, "selectbox", "-one").set_value("M-3")
    for other in (None, "M-3"):
        field(connectivity, "selectbox", "-other").set_value(other)
        press(connectivity, "save-connection")
        assert entries() == []
        assert field(connectivity, "selectbox", "-one").value == "M-3"
        assert 'role=\\"alert\\"' in words_on(connectivity)


def test_attendance_of_a_new_convening(convenings: AppTest) -> None:
    field(convenings, "text_input", "-title").input("Winter day")
    field(convenings, "text_area", "-names").input("Bo Lind (he/him)\nana ruiz\nCy Mos\nEve Guest\nxx\nHidden Hart")
    convenings.run()
    assert "“ana ruiz”" in words_on(convenings)
    press(convenings, "save-attendance")
    assert entries() == [], "who is in doubt is asked first"
    press(convenings, "Ana Ruiz, South HS")
    press(convenings, "Cy Moss")
    press(convenings, "A guest, as typed")
    press(convenings, "Skip this name")
    press(convenings, "save-attendance")
    (entry,) = entries()
    day = entry.cells["Date"]
    assert isinstance(day, dt.date)
    assert dict(entry.cells) == {
        "Date": day, "Title": "Winter day", "Attendees": "Bo Lind; Hidden Hart; M-2; Cy Moss; Eve Guest (guest)",
    }  # fmt: skip
    convening = network_workbook.latest_reading(Role.STAFF, only_sample=True).workbook.convenings[-1]
    assert (convening.attended, set(convening.attendees)) == (5, {"M-2", "M-3", "M-4", "M-5"})


def test_attendance_of_a_convening_that_staff_typed(convenings: AppTest) -> None:
    row = field(convenings, "selectbox", "-row")
    assert row.options == ["A new one", "Fall day, November 2, 2026"]
    row.set_value(network_workbook.latest_reading(Role.STAFF, only_sample=True).workbook.convenings[0].row_id)
    field(convenings, "text_area", "-names").input("Bo Lind; Cy Moss")
    press(convenings, "save-attendance")
    assert [entry.tab for entry in entries()] == ["Updates"]
    workbook = network_workbook.latest_reading(Role.STAFF, only_sample=True).workbook
    assert {each.title: set(each.attendees) for each in workbook.convenings} == {
        "Fall day": {"M-3", "M-4"},
        "Spring day": {"M-3"},
    }


def test_someone_else_is_found_by_name(convenings: AppTest) -> None:
    field(convenings, "text_input", "-title").input("Winter day")
    field(convenings, "text_area", "-names").input("Boss")
    convenings.run()
    field(convenings, "selectbox", "other boss").set_value("M-3").run()
    press(convenings, "save-attendance")
    assert entries()[0].cells["Attendees"] == "Bo Lind"


def test_convening_without_title_or_a_second_time_is_not_saved(convenings: AppTest) -> None:
    field(convenings, "text_area", "-names").input("Bo Lind")
    for title, day in (("", 30), ("Fall Day", 2)):
        field(convenings, "text_input", "-title").input(title)
        field(convenings, "date_input", "-date").set_value(dt.date(2026, 11, day))
        press(convenings, "save-attendance")
        assert entries() == []
        assert field(convenings, "text_area", "-names").value == "Bo Lind"
        assert 'role=\\"alert\\"' in words_on(convenings)


def test_failure_keeps_what_was_typed(convenings: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    field(convenings, "text_input", "-title").input("Winter day")
    field(convenings, "text_area", "-names").input("Bo Lind\nnobody here")
    convenings.run()
    press(convenings, "Skip this name")
    with monkeypatch.context() as patch:
        fails_to_record(patch)
        press(convenings, "save-attendance")
    assert "The disk is full" in words_on(convenings)
    press(convenings, "save-attendance")
    assert entries()[0].cells["Attendees"] == "Bo Lind"


def test_draft_outlives_another_page(convenings: AppTest) -> None:
    field(convenings, "text_area", "-names").input("Bo Lind\nnobody here")
    convenings.run()
    press(convenings, "Skip this name")
    visit(convenings, "guide")
    assert not convenings.text_area
    convenings.query_params["tab"] = "Convenings"
    visit(convenings, "infrastructure")
    assert field(convenings, "text_area", "-names").value == "Bo Lind\nnobody here"
    assert "1 skipped" in words_on(convenings)


def test_action_is_saved_as_done_today(feedback: AppTest) -> None:
    press(feedback, "open-action")
    field(feedback, "text_area", "-heard").input("We need time")
    field(feedback, "text_area", "-did").input("We hired")
    press(feedback, "save-action")
    (entry,) = entries()
    assert isinstance(entry.cells["Done"], dt.date)
    assert (entry.cells["What we heard"], entry.cells["What we did"]) == ("We need time", "We hired")
    assert "We need time" in words_on(feedback)


def test_promise_has_its_day_and_no_date_of_being_done(feedback: AppTest) -> None:
    press(feedback, "open-action")
    field(feedback, "text_area", "-heard").input("We need time")
    press(feedback, "save-action")
    assert entries() == [], "what we did is missing"
    field(feedback, "button_group", "-status").set_value("Promised")
    feedback.run()
    field(feedback, "text_area", "-did").input("We will hire")
    press(feedback, "save-action")
    assert entries() == [], "by when is missing"
    field(feedback, "date_input", "-promised").set_value(dt.date(2027, 1, 4))
    press(feedback, "save-action")
    assert entries()[0].cells["Promised by"] == dt.date(2027, 1, 4)
    assert "Done" not in entries()[0].cells


def test_promise_is_kept_with_one_tap(feedback: AppTest) -> None:
    assert buttons(feedback).count("Done") == 1, "only what was promised"
    press(feedback, "action-done-")
    assert entries()[0].cells["Field"] == "Done"
    assert "Done" not in buttons(feedback)
    press(feedback, "Undo")
    assert "Done" in buttons(feedback)


@pytest.mark.parametrize(
    ("address", "tab"), [("connectivity", ""), ("infrastructure", "Convenings"), ("experience", "What we did")]
)
def test_viewers_see_no_form(showing: Show, address: str, tab: str) -> None:
    showing(read_workbook(sources.read_sample()), role=Role.VIEWER)
    page = page_at(address, tab)
    assert not [each.key for each in page.button if (each.key or "").startswith(("open-", "action-done"))]


@pytest.mark.parametrize("url", ["postgresql://app:hush-hush@127.0.0.1:1/x", "mysql://app:hush-hush@db/x"])
def test_pages_work_without_a_journal_and_say_so(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setattr(network_workbook, "_secrets", lambda: {"journal": {"url": url}})
    page = press(page_at("infrastructure", "Convenings"), "open-attendance")
    field(page, "text_input", "-title").input("Winter day")
    field(page, "text_area", "-names").input("Bo Lind")
    press(page, "save-attendance")
    assert 'role=\\"alert\\"' in words_on(page)
    assert "What you typed is still here" in words_on(page)
    assert field(page, "text_area", "-names").value == "Bo Lind"
    visit(page, "data")
    assert not page.exception
    assert "hush" not in words_on(page)
