"""A new staff member's first visit: each page, a problem and its cell, the template, and another workbook.

The app runs against a Google Sheets server of the tests, as if it were the real one.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from benchmarks.serving import ROOT, serving
from nethealth.ui.routes import PAGES, UNLISTED
from tests.browser.conftest import follow, links_of, settled
from tests.sources.sheets_server import SHEET_ID, Sheet, SheetsServer

OTHER_ID = "1aSheetOfSomeoneElse_0123456789abcdefghijk"
PRIVATE_ID = "1aSheetThatNoOneShared__0123456789abcdefgh"
MEMBERS = [
    ["Name", "Member ID", "Region", "Joined"],
    *[[f"Teacher {number}", f"t{number}", "North" if number % 2 else "South", 45000 + number] for number in range(12)],
]


@pytest.fixture(scope="module")
def google() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        ties = [
            ["From", "To", "Strength"],
            *[[f"t{n}", f"t{n + 1}", 3] for n in range(11)],
            ["Teacher 1", "Teecher 2", 3],
        ]
        settings = [["Setting", "Value"], ["Network name", "Our own circles"]]
        server.add(Sheet(tabs={"Settings": settings, "Members": MEMBERS, "Connections": ties}))
        theirs = [["Setting", "Value"], ["Network name", "Circles of another town"]]
        server.add(Sheet(tabs={"Settings": theirs, "Members": MEMBERS}, id=OTHER_ID, link_shared=True))
        server.add(Sheet(tabs={"Members": MEMBERS}, id=PRIVATE_ID))
        yield server


@pytest.fixture(scope="module")
def own_app(google: SheetsServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with a Google Sheet configured, as a team would run it."""
    folder = tmp_path_factory.mktemp("own")
    environ = google.environment(folder) | {
        "NETHEALTH_SPREADSHEET": SHEET_ID,
        "NETHEALTH_SERVICE_ACCOUNT": json.dumps(google.service_account()),
        "NETHEALTH_DATA_DIR": str(folder / "data"),
    }
    with serving(ROOT / "app.py", environ=environ) as port:
        yield f"http://127.0.0.1:{port}"


def go(page: Page, name: str) -> None:
    follow(page.locator(f'[data-testid="stSidebarNavLink"][href$="/{name}"]'))


def test_a_first_visit(page: Page, own_app: str, tmp_path: Path) -> None:
    page.goto(own_app)
    settled(page)
    expect(page.get_by_text("Our own circles").first).to_be_visible()

    for link in links_of(page, count=len(PAGES) - len(UNLISTED)):
        follow(link)
        expect(page.locator("h1")).to_be_visible()
        assert page.locator('[data-testid="stException"]').count() == 0

    go(page, "data")
    problem = page.get_by_role("link", name="Connections!B13")
    expect(problem).to_be_visible()
    address = problem.get_attribute("href") or ""
    assert address.startswith(f"https://docs.google.com/spreadsheets/d/{SHEET_ID}/")
    assert address.endswith("range=B13")
    assert "gid=" in address
    expect(page.get_by_text("Teacher 2").first).to_be_visible()

    with page.expect_download() as waited:
        page.get_by_role("button", name="Template").click()
    taken = tmp_path / "template.xlsx"
    waited.value.save_as(taken)
    assert "Members" in load_workbook(io.BytesIO(taken.read_bytes())).sheetnames


def test_a_pasted_link_is_for_this_visit_only(page: Page, own_app: str, google: SheetsServer) -> None:
    page.goto(own_app)
    settled(page)
    go(page, "open")
    page.get_by_label("Google Sheet link", exact=True).fill(
        f"https://docs.google.com/spreadsheets/d/{OTHER_ID}/edit#gid=0"
    )
    page.get_by_role("button", name="Open the Google Sheet").click()
    expect(page.get_by_text("Circles of another town").first).to_be_visible()
    settled(page)
    go(page, "connectivity")
    expect(page.get_by_text("Circles of another town").first).to_be_visible()

    someone_else = page.context.new_page()
    someone_else.goto(own_app)
    settled(someone_else)
    expect(someone_else.get_by_text("Our own circles").first).to_be_visible()
    assert someone_else.get_by_text("Circles of another town").count() == 0
    someone_else.close()


def test_a_pasted_link_is_never_read_with_our_credentials(page: Page, own_app: str) -> None:
    """The service account may read that Google Sheet, but the visitor's link may not."""
    page.goto(own_app)
    settled(page)
    go(page, "open")
    link = f"https://docs.google.com/spreadsheets/d/{PRIVATE_ID}/edit"
    page.get_by_label("Google Sheet link", exact=True).fill(link)
    page.get_by_role("button", name="Open the Google Sheet").click()
    expect(page.get_by_text("Anyone with the link").first).to_be_visible()
    assert page.get_by_label("Google Sheet link", exact=True).input_value() == link
    expect(page.get_by_text("Our own circles").first).to_be_visible()
