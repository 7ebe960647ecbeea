"""Recording on a page: stored, shown at once, changed, undone, and refused where nothing may be recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit.config
from streamlit.testing.v1 import AppTest

from nethealth import sources
from nethealth.contributions.entries import EntryState
from nethealth.contributions.journal import Journal
from nethealth.contributions.opening import app_journal
from nethealth.errors import NotRecorded
from nethealth.ui import network_workbook
from nethealth.ui.recording import saved
from nethealth.workbook.raw import RawTab, RawWorkbook

SAMPLE = RawWorkbook(
    title="Sample",
    tabs=[
        RawTab("Members", [["Name"], ["Ana Ruiz"], ["Bo Lind"]]),
        RawTab("Weaving", [["Date", "Weaver", "Member"], ["2026-11-02", "Bo Lind", "Ana Ruiz"]]),
    ],
    read_at=dt.datetime(2026, 11, 30, tzinfo=dt.UTC),
)


@pytest.fixture(autouse=True)
def _staff_of_the_sample(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("NETHEALTH_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(sources, "read_sample", lambda: SAMPLE)
    monkeypatch.setattr(network_workbook, "_samples", {})
    monkeypatch.setattr(saved, "link", lambda *_: None)  # the test's page isn't part of the app
    before = streamlit.config.get_option("server.address")
    streamlit.config.set_option("server.address", "127.0.0.1")
    yield
    streamlit.config.set_option("server.address", before)


def page() -> None:
    import streamlit as st

    from nethealth.ui import recording, session

    session.pin_latest_reading()

    def save() -> None:
        cells = {"Date": session.today(), "Weaver": "Bo Lind", "Member": st.session_state["member"], "Due": None}
        recording.record([recording.entry("Weaving", cells)], what="Conversation saved.")

    def do() -> None:
        done = recording.recent()[0]
        recording.change("Weaving", done.id, {"Done": True}, what="Done.")

    st.text_input("Member", key="member")
    st.button("Save", on_click=save, disabled=not recording.can_record())
    st.button("Done", on_click=do)
    recording.show_saved()
    talks = session.current_workbook().weaving
    st.write(f"{len(talks)} conversations, {sum(bool(talk.done) for talk in talks)} done")


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(page, default_timeout=600).run()


def press(app: AppTest, label: str) -> AppTest:
    button: Any = next(each for each in app.button if each.label == label)
    button.click().run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return str(app.markdown[-1].value)


def journal() -> Journal:
    return app_journal({})


def test_entry_shows_at_once_and_can_be_undone(app: AppTest) -> None:
    assert said(app).startswith("1 conversations")
    app.text_input[0].input("Ana Ruiz")
    press(app, "Save")
    assert said(app).startswith("2 conversations")
    press(app, "Undo")
    assert said(app).startswith("1 conversations")
    assert [each.state for each in journal().entries("sample")] == [EntryState.UNDONE]
    assert not [each for each in app.button if each.label == "Undo"], "it's undone once"


def test_other_sessions_see_it(app: AppTest) -> None:
    other = AppTest.from_function(page, default_timeout=600).run()
    app.text_input[0].input("Ana Ruiz")
    press(app, "Save")
    assert said(other.run()).startswith("2 conversations")


def test_change_of_an_entry_shows_and_can_be_undone(app: AppTest) -> None:
    app.text_input[0].input("Ana Ruiz")
    press(app, "Save")
    assert said(press(app, "Done")).endswith("1 done")
    assert said(press(app, "Undo")).endswith("0 done")
    assert said(app).startswith("2 conversations")


def test_what_was_not_stored_is_not_thanked_for(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise NotRecorded("The disk is full.", "Free up space.")

    monkeypatch.setattr(Journal, "record", fail)
    app.text_input[0].input("Ana Ruiz")
    press(app, "Save")
    assert said(app).startswith("1 conversations")
    assert app.text_input[0].value == "Ana Ruiz", "what was typed stays"
    assert not [each for each in app.button if each.label == "Undo"]


def test_nothing_can_be_recorded_where_others_may_look() -> None:
    streamlit.config.set_option("server.address", "0.0.0.0")
    app = AppTest.from_function(page, default_timeout=600).run()
    assert app.button[0].disabled


def test_forged_click_of_a_viewer_records_nothing() -> None:
    streamlit.config.set_option("server.address", "0.0.0.0")

    def forged() -> None:
        from nethealth.ui import recording

        recording.record([])

    app = AppTest.from_function(forged, default_timeout=600).run()
    assert app.exception
