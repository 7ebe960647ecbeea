"""Filters in a real browser: by mouse and keyboard, in the address, on a phone, and in downloads."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, settled


def opened(page: Page, app: str, address: str = "") -> None:
    page.goto(f"{app}/connectivity{address}")
    settled(page)


def caption(page: Page) -> Locator:
    return page.get_by_text(re.compile(r"Showing \d+ of \d+ people and .*\."))


def shown(page: Page) -> str:
    expect(caption(page)).to_be_visible()
    return caption(page).inner_text()


def test_filters_are_in_the_link(page: Page, sample_app: str) -> None:
    opened(page, sample_app)
    field = page.get_by_role("combobox", name="Show only")
    field.fill("Ohio")
    page.get_by_role("option", name="Region: Ohio").click()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("only=Region"))
    settled(page)
    page.get_by_role("button", name="More filters").click()
    page.get_by_text("Without the hub", exact=True).last.click()
    expect(page).to_have_url(re.compile("hubless=true"))
    expect(page.get_by_role("button", name="More filters (1 on)")).to_be_visible()
    settled(page)
    text = shown(page)

    other = page.context.new_page()
    other.goto(page.url)
    settled(other)
    expect(caption(other)).to_have_text(text)
    other.get_by_role("button", name="More filters").click()
    other.get_by_role("button", name="Clear all filters").click()
    expect(caption(other)).to_have_count(0)
    expect(other).to_have_url(f"{sample_app}/connectivity")
    other.close()


def test_table_is_sorted_by_keyboard(page: Page, sample_app: str) -> None:
    opened(page, sample_app, "?tab=Table")
    page.get_by_role("radio", name="Connections", exact=True).focus()
    sort = page.get_by_role("combobox", name="Sort by")
    for _ in range(6):
        if sort.evaluate("node => node === document.activeElement || node.contains(document.activeElement)"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type("Name")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("116 people, .*Name.* A"))).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("sort=Name&sort-reversed=true"))
    expect(page.get_by_text(re.compile("116 people, .*Name.* Z"))).to_be_visible()


def test_phone_folds_the_filters(page: Page, sample_app: str) -> None:
    page.set_viewport_size(PHONE)
    opened(page, sample_app)
    switch = page.locator(".st-key-map-controls-open label")
    wave = page.get_by_role("combobox", name="Wave")
    expect(switch).to_be_visible()
    expect(wave).to_be_hidden()
    box = switch.bounding_box()
    assert box is not None
    assert box["height"] >= 40
    switch.click()
    expect(wave).to_be_visible()
    settled(page)
    page.get_by_role("button", name="More filters").click()
    expect(page.get_by_text("Minimum strength").last).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_downloads_have_what_was_chosen_and_typed(page: Page, sample_app: str, tmp_path: Path) -> None:
    opened(page, sample_app, "?only=Region:+Ohio")
    text = shown(page)
    page.get_by_role("button", name="Download", exact=True).click()
    with page.expect_download() as waited:
        page.get_by_role("button", name="The network for Kumu (.json)").click()
    file = tmp_path / waited.value.suggested_filename
    waited.value.save_as(file)
    network = json.loads(file.read_text(encoding="utf-8"))
    assert [int(number) for number in re.findall(r"(\d+) of", text)[:2]] == [
        len(network["elements"]),
        len(network["connections"]),
    ]
    assert {element["Region"] for element in network["elements"]} == {"Ohio"}
    page.goto(f"{sample_app}/report?report-for=Our+funders")
    page.get_by_role("textbox", name="Our purpose").fill("We do math for joy.")
    # The click ends the edit, so both reach the server together.
    with page.expect_download() as waited:
        page.get_by_role("button", name="Web page, to read or print (.html)").click()
    waited.value.save_as(file)
    assert "We do math for joy." in file.read_text(encoding="utf-8")


def test_feedback_links_to_its_answers(page: Page, sample_app: str) -> None:
    page.goto(f"{sample_app}/experience?tab=What+we+heard%2C+what+we+did")
    settled(page)
    lead = page.get_by_role("button", name="See the answers to").last
    lead.scroll_into_view_if_needed()
    lead.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="In their own words")).to_have_attribute("aria-selected", "true")
    question = page.locator(".st-key-open-question")
    expect(question).to_be_focused()
    expect(question).to_be_in_viewport()
    expect(question.get_by_role("combobox")).to_have_value("What would make this network more useful to you?")
