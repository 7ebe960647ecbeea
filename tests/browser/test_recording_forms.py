"""After a convening, on a phone: paste who came, answer what is in doubt, save, and take it back."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.accessibility import TALL_PHONE, serious_violations
from tests.browser.conftest import PHONE, settled


def test_who_came_is_recorded_with_one_hand(new_page: Callable[..., Page], sample_app: str) -> None:
    page = new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(f"{sample_app}/infrastructure?tab=Convenings")
    settled(page)
    heading = page.get_by_role("heading", name=re.compile("^11 convenings"))
    expect(heading).to_be_visible()
    page.get_by_role("button", name="Record who came").tap()
    page.get_by_label("Title").fill("Winter gathering")
    names = page.get_by_label(re.compile("^Who came"))
    names.focus()
    page.keyboard.insert_text("Dara Whitfeather (she/her)\nPriya Sundarm\nSomeone Unknown")
    # Neither Enter nor Escape loses what someone typed.
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(names).to_have_value("Dara Whitfeather (she/her)\nPriya Sundarm\nSomeone Unknown\n")
    page.get_by_role("button", name="close icon").tap()
    page.get_by_role("button", name="Record who came").tap()
    expect(page.get_by_text("1 member, 2 to check.")).to_be_visible()
    page.set_viewport_size(TALL_PHONE)
    settled(page)
    assert serious_violations(page, within=".st-key-panel-attendance") == []
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Priya Sundaram").tap()
    expect(page.get_by_text("Someone Unknown").last).to_be_visible()
    expect(page.get_by_text("2 members, 1 to check.")).to_be_visible()
    page.get_by_role("button", name="A guest, as typed").tap()
    expect(page.get_by_text("2 members, 1 guest.")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(page.get_by_role("heading", name=re.compile("^12 convenings"))).to_be_visible()
    page.get_by_role("button", name="Undo").tap()
    expect(heading).to_be_visible()
