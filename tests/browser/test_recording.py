"""A weaver hangs up the phone: they record the conversation with one hand, and everything follows.

The app runs against a Google Sheets server of the tests, as if it were the real one.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks.serving import ROOT, serving
from nethealth.contributions.journal import Journal
from nethealth.contributions.place import FILE_NAME
from nethealth.contributions.recording import new_entry
from tests.browser.accessibility import TALL_PHONE, serious_violations
from tests.browser.conftest import DESKTOP, PHONE, settled
from tests.browser.test_map import find, panel, still
from tests.sources.sheets_server import SHEET_ID, Sheet, SheetsServer

MEMBERS = [["Name", "Region"], *[[f"Teacher {number}", "North" if number % 2 else "South"] for number in range(12)]]
TIES = [["From", "To", "Strength"], *[[f"Teacher {n}", f"Teacher {n + 1}", 3] for n in range(11)]]

WATCH_STYLES = """
window.wasBare = false;
const look = () => {
  const app = document.querySelector('[data-testid="stApp"]');
  window.wasBare ||= !getComputedStyle(app).getPropertyValue("--nh-paper");
  requestAnimationFrame(look);
};
look();
"""


@pytest.fixture
def google() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        server.add(Sheet(tabs={"Members": MEMBERS, "Connections": TIES}))
        yield server


@pytest.fixture
def app(google: SheetsServer, tmp_path: Path) -> Iterator[str]:
    environ = google.environment(tmp_path) | {
        "NETHEALTH_SPREADSHEET": SHEET_ID,
        "NETHEALTH_SERVICE_ACCOUNT": json.dumps(google.service_account()),
        "NETHEALTH_DATA_DIR": str(tmp_path / "data"),
    }
    with serving(ROOT / "app.py", environ=environ) as port:
        yield f"http://127.0.0.1:{port}"


def record_elsewhere(folder: Path) -> None:
    """Record a follow-up as another copy of the app would."""
    today = dt.datetime.now(dt.UTC)
    # In the workbook's time zone, it may still be the day before.
    cells = {
        "Date": (today - dt.timedelta(hours=12)).date(),
        "Weaver": "Xu",
        "Member": "Teacher 5",
        "Follow-up": "Ask about the bus",
    }
    journal = Journal.in_file(folder / FILE_NAME)
    journal.record([new_entry(f"sheet:{SHEET_ID}", "Weaving", cells, author="", now=today)])
    journal.close()


class Taps:
    """What a person taps, counted. To type a name takes one tap to enter the field, and one to choose the name."""

    def __init__(self) -> None:
        self.count = 0

    def on(self, target: Locator) -> None:
        target.tap()
        self.count += 1

    def choose(self, page: Page, field: Locator, name: str) -> None:
        self.on(field)
        page.keyboard.insert_text(name)
        self.on(page.get_by_role("option", name=name, exact=True))


def test_a_conversation_is_recorded_with_one_hand(new_page: Callable[..., Page], app: str, tmp_path: Path) -> None:
    page = new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(f"{app}/weaving")
    settled(page)
    today = page.get_by_role("tabpanel", name="Today")
    taps = Taps()
    taps.on(page.get_by_role("button", name="Record a conversation"))
    taps.choose(page, page.get_by_label("Who did you talk with?", exact=True), "Teacher 2")
    heard = page.get_by_label("What did you hear?")
    taps.on(heard)
    page.keyboard.type("She wants to ")
    # Meanwhile someone else records something, and the page behind the form is drawn again.
    record_elsewhere(tmp_path / "data")
    expect(today).to_contain_text("Ask about the bus")
    page.keyboard.type("visit")
    expect(heard).to_have_value("She wants to visit")
    taps.on(page.get_by_label("What will you do next?"))
    page.keyboard.type("Send the list")
    taps.on(page.get_by_role("radio", name="In a week"))
    taps.choose(page, page.get_by_label("Who did you introduce them to?", exact=True), "Teacher 9")
    taps.choose(page, page.get_by_label("Your name", exact=True), "Xu")
    page.set_viewport_size(TALL_PHONE)
    settled(page)
    assert serious_violations(page, within=".st-key-panel-conversation") == []
    page.set_viewport_size(PHONE)
    page.evaluate(WATCH_STYLES)
    taps.on(page.get_by_role("button", name="Save", exact=True))
    assert taps.count <= 12

    expect(page.locator(".nh-thanks")).to_contain_text("Teacher 2")
    expect(page.locator(".st-key-panel-conversation").get_by_text("It’s in the Google Sheet.")).to_be_visible()
    settled(page)
    expect(heard).to_have_value("")
    assert not page.evaluate("window.wasBare")
    page.get_by_role("button", name="close icon").tap()
    expect(today).to_contain_text("2 open follow-ups")
    assert serious_violations(page) == []

    page.get_by_role("button", name="Done").first.tap()
    expect(page.get_by_role("heading", name=re.compile("^1 open follow-up"))).to_be_visible()
    page.get_by_role("button", name="Undo").tap()
    expect(page.get_by_role("heading", name=re.compile("^2 open follow-ups"))).to_be_visible()

    page.set_viewport_size(DESKTOP)
    page.goto(f"{app}/connectivity")
    still(page)
    find(page, "Teacher 2")
    expect(panel(page)).to_contain_text("Teacher 9")
