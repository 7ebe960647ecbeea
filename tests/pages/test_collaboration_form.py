"""Recording a collaboration, and what came of it: as rows of the workbook, shown at once, and never by viewers."""

from __future__ import annotations

import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from nethealth import sources
from nethealth.contributions.entries import Entry
from nethealth.contributions.opening import app_journal
from nethealth.ui import network_workbook
from nethealth.ui.access import Role
from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.reader import read_workbook
from tests.pages.conftest import Show, an_app, visit, words_on
from tests.pages.test_recording_forms import field, press

TABS = {
    "Members": [["Name", "Member ID"], ["Ana Ruiz", "M-1"], ["Ana Ruiz", "M-2"], ["Bo Lind", "M-3"]],
    "Emergent activity": [
        ["Name", "Collaborators", "Started", "Outcomes to date", "Status"],
        ["Choir", "M-1; Bo Lind", "2026-01-10", "2026-03-01: First concert", "Forming"],
    ],
}


@pytest.fixture(autouse=True)
def _small_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    tabs = [RawTab(title, rows) for title, rows in TABS.items()]
    raw = RawWorkbook(title="Sample", tabs=tabs, read_at=dt.datetime(2026, 11, 30, tzinfo=dt.UTC))
    monkeypatch.setattr(sources, "read_sample", lambda: raw)
    monkeypatch.setattr(network_workbook, "_samples", {})


def entries() -> list[Entry]:
    return app_journal({}).entries("sample")


def form(name: str) -> AppTest:
    return press(visit(an_app(), "emergence"), f"open-{name}")


def choose_choir(page: AppTest) -> None:
    (choir,) = network_workbook.latest_reading(Role.STAFF, only_sample=True).workbook.emergent
    field(page, "selectbox", "row").set_value(choir.row_id)


def test_collaboration_is_a_row_and_shows_at_once() -> None:
    page = form("collaboration")
    field(page, "text_input", "name").input("Math garden")
    field(page, "text_input", "others").input("City Library; Park District")
    field(page, "multiselect", "people").set_value(["M-2"])
    page = press(page, "save-collaboration")
    (entry,) = entries()
    assert entry.tab == "Emergent activity"
    assert entry.cells["Name"] == "Math garden"
    # Two members are called Ana Ruiz, so the cell has the ID of the one chosen.
    assert entry.cells["Collaborators"] == "M-2; City Library (guest); Park District (guest)"
    assert (entry.cells["Started by"], entry.cells["Status"]) == ("Members", "Forming")
    assert "Math garden" in words_on(page)


@pytest.mark.parametrize(("typed", "asked"), [("", "Give it a name"), ("Math garden", "Choose who")])
def test_form_asks_for_what_is_missing_and_keeps_the_rest(typed: str, asked: str) -> None:
    page = form("collaboration")
    field(page, "text_input", "name").input(typed)
    field(page, "text_area", "purpose").input("Grow things.")
    page = press(page, "save-collaboration")
    assert entries() == []
    assert asked in words_on(page)
    assert field(page, "text_area", "purpose").value == "Grow things."


@pytest.mark.parametrize("name", ["collaboration", "news"])
def test_one_tap_never_chooses_everyone(name: str) -> None:
    assert field(form(name), "multiselect", "people").proto.select_all == 0


def test_outcome_is_added_with_its_date() -> None:
    page = form("news")
    choose_choir(page)
    field(page, "text_area", "outcome").input("Forty people sang.")
    field(page, "date_input", "day").set_value(dt.date(2026, 10, 5))
    page = press(page, "save-news")
    (entry,) = entries()
    assert (entry.tab, entry.cells["Field"], entry.cells["Value"]) == ("Updates", "Outcome", "Forty people sang.")
    assert entry.cells["Date"] == dt.date(2026, 10, 5)
    words = words_on(page)
    assert words.index("First concert") < words.index("Forty people sang.")
    assert "October 5, 2026" in words


def test_only_the_form_that_was_saved_last_says_so() -> None:
    page = form("news")
    choose_choir(page)
    field(page, "text_area", "outcome").input("Forty people sang.")
    page = press(press(page, "save-news"), "open-collaboration")
    field(page, "text_input", "name").input("Math garden")
    field(page, "text_input", "others").input("City Library")
    page = press(page, "save-collaboration")
    assert [button.label for button in page.button].count("Undo") == 1


def test_nothing_to_change_is_asked_for() -> None:
    page = form("news")
    choose_choir(page)
    page = press(page, "save-news")
    assert entries() == []
    assert "what came of it" in words_on(page)


def test_viewers_see_no_form(app: AppTest, showing: Show) -> None:
    showing(read_workbook(sources.read_sample()), role=Role.VIEWER)
    page = visit(app, "emergence")
    assert "Choir" in words_on(page)
    assert not page.button
