"""The Seating page: printing shows all tables and nothing else, and links bring back who comes."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import settled


def test_printing_shows_only_the_tables(page: Page, sample_app: str) -> None:
    page.goto(f"{sample_app}/seating?at=8&rounds=2")
    settled(page)
    sheets = page.locator(".nh-seats section")
    expect(page.get_by_role("heading", name="Round 2")).to_be_visible()
    expect(sheets).to_have_count(32)
    page.emulate_media(media="print")
    for off in ("[data-testid=stSidebar]", ".st-key-seating-controls", ".st-key-seating-summary", ".st-key-status"):
        expect(page.locator(off).first).to_be_hidden()
    expect(page.get_by_role("heading", name="Table 16").last).to_be_visible()
    # Nothing scrolls on paper, so content past the first page must reach the next ones.
    bottom = "elements => Math.max(...elements.map(each => each.getBoundingClientRect().bottom))"
    assert sheets.evaluate_all(bottom) <= page.evaluate("document.documentElement.scrollHeight")


def test_link_brings_back_who_comes_without_text_from_the_workbook(page: Page, sample_app: str) -> None:
    page.goto(f"{sample_app}/seating?at=8")
    settled(page)
    who = page.locator(".st-key-who input")
    who.click()
    page.get_by_role("option", name="people who came to").first.click()
    settled(page)
    expect(page.get_by_role("heading", name="Table 1", exact=True)).to_be_visible()
    chosen, people = who.input_value(), page.locator(".nh-seats li").count()
    assert chosen.startswith("people who came to")
    query = parse_qs(urlsplit(page.url).query)
    assert set(query) == {"at", "who"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d(-\d+)?", query["who"][0])
    page.reload()
    settled(page)
    expect(who).to_have_value(chosen)
    assert page.locator(".nh-seats li").count() == people
    who.click()
    page.get_by_role("option", name="all current members").click()
    settled(page)
    assert set(parse_qs(urlsplit(page.url).query)) == {"at"}
