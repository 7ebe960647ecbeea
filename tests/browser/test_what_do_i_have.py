"""A contacts export of which nothing is known: opened, confirmed with one click, corrected, and opened again."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.accessibility import TALL, serious_violations
from tests.browser.conftest import settled

HEADER = "First Name,Last Name,Company,Created At"
PEOPLE = [f"Teacher,Number{number},School {number % 3},2024-0{number % 9 + 1}-05" for number in range(15)]


def test_contacts_are_confirmed_and_opened_again(page: Page, sample_app: str, tmp_path: Path) -> None:
    contacts = tmp_path / "contacts.csv"
    contacts.write_text("\n".join([HEADER, *PEOPLE[:9]]), encoding="utf-8")
    page.set_viewport_size(TALL)
    page.goto(f"{sample_app}/open")
    settled(page)
    page.get_by_role("tab", name="From a file").click()
    page.locator('input[type="file"]').set_input_files(contacts)
    confirm = page.get_by_role("button", name="Use these answers")
    expect(confirm).to_be_visible()
    settled(page)
    assert serious_violations(page) == []
    confirm.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Undo these answers")).to_be_visible()
    settled(page)
    assert serious_violations(page) == []

    for more in (1, 2):
        contacts.write_text("\n".join([HEADER, *PEOPLE[: 9 + more]]), encoding="utf-8")
        page.locator('input[type="file"]').first.set_input_files(contacts)
        # The rows read are the people and three answers.
        expect(page.get_by_text(str(9 + more + 3), exact=True).first).to_be_attached()
        settled(page)
    page.get_by_role("link", name="See the Overview").click()
    expect(page.get_by_text("members today")).to_be_visible()
