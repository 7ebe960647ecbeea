"""Recording on the Weaving page: a conversation, its follow-up, an introduction, and what becomes of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from nethealth import sources
from nethealth.contributions.entries import Entry, EntryState
from nethealth.contributions.journal import Journal
from nethealth.contributions.opening import app_journal
from nethealth.errors import NotRecorded
from nethealth.ui import network_workbook
from nethealth.workbook.raw import RawTab, RawWorkbook
from tests.pages.conftest import an_app, visit, words_on

MEMBERS = [
    ["Name", "Member ID", "Organization", "Tags"],
    ["Ana Ruiz", "M-1", "North HS", "proof"],
    ["Ana Ruiz", "M-2", "South HS", ""],
    ["Bo Lind", "M-3", "South HS", "proof"],
    ["Cy Moss", "M-4", "", ""],
]


@pytest.fixture(autouse=True)
def _small_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    tabs = [RawTab("Members", MEMBERS), RawTab("Connections", [["From", "To"], ["Cy Moss", "Bo Lind"]])]
    raw = RawWorkbook(title="Sample", tabs=tabs, read_at=dt.datetime(2026, 11, 30, tzinfo=dt.UTC))
    monkeypatch.setattr(sources, "read_sample", lambda: raw)
    monkeypatch.setattr(network_workbook, "_samples", {})


@pytest.fixture
def page() -> AppTest:
    return visit(an_app(), "weaving")


def entries() -> list[Entry]:
    return app_journal({}).entries("sample")


def field(page: AppTest, kind: str, ending: str) -> Any:
    """Return a field of the form by how its key ends, since each form has keys of its own."""
    return next(each for each in getattr(page, kind) if (each.key or "").endswith(ending))


def press(page: AppTest, key: str) -> AppTest:
    next(each for each in page.button if (each.key or "").startswith(key)).click()
    page.run()
    assert not page.exception
    return page


def fill(page: AppTest, *, member: str | None = "M-3", heard: str = "Likes labs", weaver: str = "Wen") -> None:
    page.session_state["weaver"] = weaver
    press(page, "record")
    field(page, "selectbox", "-member").set_value(member)
    field(page, "text_area", "-heard").input(heard)
    field(page, "text_input", "-follow-up").input("Send the calendar")
    field(page, "button_group", "-due-in").set_value("In a week")
    field(page, "multiselect", "-introduced").set_value(["M-1"])


def test_conversation_is_kept_shown_and_the_form_is_empty_again(page: AppTest) -> None:
    fill(page)
    press(page, "save-conversation")
    (entry,) = entries()
    day = entry.cells["Date"]
    assert isinstance(day, dt.date)
    assert dict(entry.cells) == {
        "Date": day, "Weaver": "Wen", "Member": "Bo Lind", "Introduced to": "M-1", "What we heard": "Likes labs",
        "Follow-up": "Send the calendar", "Due": day + dt.timedelta(days=7),
    }  # fmt: skip
    assert field(page, "text_area", "-heard").value == ""
    assert field(page, "selectbox", "-member").value is None
    assert page.selectbox(key="weaver").value == "Wen", "it's remembered"
    assert any("1 open follow-up" in each.value for each in page.header)
    assert "Send the calendar" in words_on(page)
    assert next(each for each in page.button if each.label == "Undo")


@pytest.mark.parametrize(("gap", "words"), [("member", "who you talked with"), ("weaver", "your name")])
def test_what_is_missing_is_asked_for_and_nothing_is_lost(page: AppTest, gap: str, words: str) -> None:
    fill(page, member=None) if gap == "member" else fill(page, weaver="")
    press(page, "save-conversation")
    assert entries() == []
    assert words in words_on(page)
    assert field(page, "text_area", "-heard").value == "Likes labs"
    assert field(page, "multiselect", "-introduced").value == ["M-1"]


def test_form_says_why_it_was_not_saved_and_keeps_what_was_typed(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise NotRecorded("The disk is full.", "Free up space.")

    fill(page)
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "record", fail)
        press(page, "save-conversation")
    assert "The disk is full" in words_on(page)
    assert field(page, "text_area", "-heard").value == "Likes labs"
    press(page, "save-conversation")
    assert len(entries()) == 1


def test_draft_outlives_a_newer_reading_another_page_and_a_closed_form(page: AppTest) -> None:
    fill(page)
    page.run()
    assert field(page, "text_area", "-heard").value == "Likes labs"
    page.session_state["_conversation_open"] = ""
    visit(page, "guide")
    visit(page, "weaving")
    assert not page.text_area
    press(page, "record")
    assert field(page, "selectbox", "-member").value == "M-3"
    assert field(page, "text_area", "-heard").value == "Likes labs"
    assert field(page, "button_group", "-due-in").value == "In a week"


def test_day_of_ones_own_replaces_the_choice(page: AppTest) -> None:
    fill(page)
    page.run()
    field(page, "date_input", "-due").set_value(dt.date(2027, 1, 4)).run()
    assert field(page, "button_group", "-due-in").value is None
    press(page, "save-conversation")
    assert entries()[0].cells["Due"] == dt.date(2027, 1, 4)


def test_names_that_repeat_have_their_organization(page: AppTest) -> None:
    press(page, "record")
    labels = field(page, "selectbox", "-member").options
    assert labels == ["Ana Ruiz, North HS", "Ana Ruiz, South HS", "Bo Lind", "Cy Moss"]


def saved(page: AppTest) -> Entry:
    """Record a conversation, close the form, and return its entry."""
    fill(page)
    press(page, "save-conversation")
    page.session_state["_conversation_open"] = ""
    page.run()
    return entries()[0]


def test_follow_up_is_done_with_one_tap_and_undone_with_another(page: AppTest) -> None:
    saved(page)
    press(page, "done-")
    assert page.header[0].value == "All follow-ups are done"
    press(page, "saved-undo")
    assert "1 open follow-up" in page.header[0].value


def test_follow_up_moves_a_week_with_one_tap(page: AppTest) -> None:
    due = saved(page).cells["Due"]
    assert isinstance(due, dt.date)
    press(page, "later-")
    assert entries()[0].cells["Due"] == due + dt.timedelta(days=7)


def on_tab(page: AppTest, tab: str) -> AppTest:
    page.query_params["tab"] = tab
    return page.run()


def test_recorded_conversation_is_changed_and_a_draft_stays(page: AppTest) -> None:
    entry = saved(page)
    page.session_state["weaver"] = "Someone else"
    press(page, "record")
    field(page, "text_area", "-heard").input("A draft").run()
    on_tab(page, "Log")
    press(page, f"edit-{entry.id}")
    assert field(page, "text_area", "-heard").value == "Likes labs"
    field(page, "text_area", "-heard").input("Likes fairs")
    press(page, "save-conversation")
    (changed,) = entries()
    assert changed.cells == {**entry.cells, "What we heard": "Likes fairs"}
    press(page, "record")
    assert field(page, "text_area", "-heard").value == "A draft"


def test_change_of_a_delivered_conversation_is_one_update(page: AppTest) -> None:
    entry = saved(page)
    app_journal({}).mark([entry.id], EntryState.DELIVERED)
    on_tab(page, "Log")
    press(page, f"edit-{entry.id}")
    field(page, "text_area", "-heard").input("Likes fairs")
    press(page, "save-conversation")
    _, update = entries()
    assert [update.cells[column] for column in ("Row", "Field", "Value")] == [entry.id, "What we heard", "Likes fairs"]


def test_form_for_someone_leaves_a_draft_about_someone_else_alone(page: AppTest) -> None:
    saved(page)
    press(page, "record")
    field(page, "selectbox", "-member").set_value("M-4")
    field(page, "text_area", "-heard").input("A draft about Cy").run()
    press(page, "talk-")
    assert field(page, "selectbox", "-member").value == "M-3"
    assert field(page, "text_area", "-heard").value == ""
    press(page, "record")
    assert field(page, "selectbox", "-member").value == "M-4"
    assert field(page, "text_area", "-heard").value == "A draft about Cy"


def test_conversation_is_taken_back(page: AppTest) -> None:
    entry = saved(page)
    on_tab(page, "Log")
    press(page, f"undo-{entry.id}")
    assert "Likes labs" not in words_on(page)


@pytest.mark.parametrize(("tap", "introduced"), [("made-", 1), ("not-now-", 0)])
def test_suggested_pair_leaves_the_list(page: AppTest, tap: str, introduced: int) -> None:
    page.session_state["weaver"] = "Wen"
    on_tab(page, "Introductions")
    (key,) = [str(each.key) for each in page.button if (each.key or "").startswith(tap)]
    press(page, key)
    assert key not in [each.key for each in page.button]
    assert page.header[1].value.startswith("1 introduction" if introduced else "No introductions")
    assert {entries()[0].cells["Member"], entries()[0].cells["Introduced to"]} == {"M-1", "Bo Lind"}


def test_name_is_asked_for_before_an_introduction(page: AppTest) -> None:
    on_tab(page, "Introductions")
    assert all(each.disabled for each in page.button if each.label in ("Made", "Not now"))
    assert page.selectbox(key="weaver-on-page")


def with_rows(monkeypatch: pytest.MonkeyPatch, *rows: list[str]) -> AppTest:
    """Open the Weaving page with rows that someone typed into the Weaving tab."""
    typed = [["Date", "Weaver", "Member", "Follow-up", "Entry ID"], *rows]
    raw = sources.read_sample()
    with_typed = replace(raw, tabs=[*raw.tabs, RawTab("Weaving", typed)])
    monkeypatch.setattr(sources, "read_sample", lambda: with_typed)
    return visit(an_app(), "weaving")


def test_typed_follow_up_is_done_by_an_update(monkeypatch: pytest.MonkeyPatch) -> None:
    page = with_rows(monkeypatch, ["2026-11-02", "Xu", "Bo Lind", "Send the typed one", ""])
    assert "Send the typed one" in words_on(page)
    press(page, "done-")
    assert page.header[0].value == "All follow-ups are done"
    assert [(each.tab, each.cells["Field"]) for each in entries()] == [("Updates", "Done")]


@pytest.mark.parametrize(("tab", "key", "label"), [("Today", "done-", "Done"), ("Log", "edit-", "Edit")])
def test_rows_copied_with_their_entry_id_are_all_shown(
    monkeypatch: pytest.MonkeyPatch, tab: str, key: str, label: str
) -> None:
    entry_id = "NH-0123456789ABC"
    rows = [
        ["2026-11-02", "Xu", "Bo Lind", "Send it", entry_id],
        ["2026-11-03", "Xu", "Bo Lind", "Send that", entry_id],
    ]
    page = on_tab(with_rows(monkeypatch, *rows), tab)
    shown = [each.label for each in page.button if (each.key or "").startswith(key)]
    assert shown == [label, label]
