"""Weavers: they open two pages, and receive nothing but the directory and what they recorded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from nethealth.ui import access, network_workbook
from nethealth.ui.access import AccessState, Policy, Role
from nethealth.ui.routes import FOR_WEAVERS, PAGES
from tests.pages.conftest import Show, an_app, sample, visit, words_on
from tests.pages.test_recording_conversations import field, press
from tests.pages.test_viewers import SECRET, planted


@pytest.mark.parametrize("address", sorted(FOR_WEAVERS))
def test_weavers_get_no_secret(app: AppTest, showing: Show, address: str) -> None:
    showing(planted(), role=Role.WEAVER)
    assert SECRET not in words_on(visit(app, address))


def test_weavers_begin_on_the_weaving_page(app: AppTest, showing: Show) -> None:
    showing(sample(), role=Role.WEAVER)
    app.run()
    assert [title.value for title in app.title] == ["Weaving"]


@pytest.mark.parametrize("address", sorted(set(PAGES) - FOR_WEAVERS - {"overview"}))
def test_address_of_another_page_runs_nothing(app: AppTest, showing: Show, address: str) -> None:
    showing(planted(), role=Role.WEAVER)
    app.run()
    app._page_hash = calc_hash(address)
    app.run()
    assert [title.value for title in app.title] == ["This page isn’t for weavers"]
    assert not [kind for kind in ("file_uploader", "download_button", "selectbox", "tab") if app.get(kind)]
    assert SECRET not in words_on(app)


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A network in files, whose visitors are weavers with a passcode."""
    folder = tmp_path / "network"
    folder.mkdir()
    (folder / "Members.csv").write_text("Name,Member ID,Notes\nAna Ruiz,M-1,Zanzibar\nBo Lind,M-2,\n", encoding="utf-8")
    (folder / "Weaving.csv").write_text(
        "Date,Weaver,Member,What we heard\n2026-11-02,Zanzibar,Ana Ruiz,Zanzibar\n", encoding="utf-8"
    )
    monkeypatch.setenv("NETHEALTH_SPREADSHEET", str(folder))
    monkeypatch.setattr(access, "policy", lambda: Policy(state=AccessState.GUARDED))
    monkeypatch.setattr(access, "role_for_policy", lambda _policy: Role.WEAVER)
    yield
    poller = network_workbook.network_poller()
    if poller is not None:
        poller.stop()


def record(page: AppTest, heard: str) -> AppTest:
    page.session_state["weaver"] = "Wen"
    press(page, "record")
    field(page, "selectbox", "-member").set_value("M-1")
    field(page, "text_area", "-heard").input(heard)
    field(page, "text_input", "-follow-up").input(f"Next: {heard}")
    return press(page, "save-conversation")


@pytest.mark.usefixtures("network")
def test_weavers_see_what_they_recorded_and_nothing_of_others() -> None:
    one, other = (visit(an_app(), "weaving") for _ in range(2))
    record(one, "Quokka")
    record(other, "Wombat")
    for page, own, not_own in ((one, "Quokka", "Wombat"), (other, "Wombat", "Quokka")):
        for tab in ("Today", "Log", "Directory", "Prompts"):
            page.query_params["tab"] = tab
            words = words_on(page.run())
            assert not_own not in words
            assert SECRET not in words
            assert (own in words) is (tab in ("Today", "Log"))
            assert ("Bo Lind" in words) is True, "the directory is in the form, too"
            assert not page.get("download_button")


@pytest.mark.usefixtures("network")
def test_weavers_finish_follow_ups_of_their_own() -> None:
    page = record(visit(an_app(), "weaving"), "Quokka")
    page.session_state["_conversation_open"] = ""
    page.run()
    press(page, "done-")
    assert page.header[0].value == "All follow-ups are done"
