"""The map's panels, menus, and filters are accessible: in light, in dark, and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import COLOR_RULES, THE_MAP, serious_violations
from tests.browser.conftest import DESKTOP, PHONE, settled
from tests.browser.test_map import find, panel, still


def test_planted_violations_are_found(page: Page) -> None:
    page.set_content('<div data-testid="stMain"><details><summary>More</summary><img src="data:,"></details></div>')
    assert "image-alt" in [each.split(":")[0] for each in serious_violations(page)]
    assert serious_violations(page, rules=COLOR_RULES) == []
    page.set_content('<div data-testid="stBidiComponentIsolated"></div><button></button>')
    page.locator("div").evaluate(
        """host => {
          host.attachShadow({ mode: "open" }).innerHTML =
            '<div class="map"><p style="color: #ddd; background: #fff">Pale</p></div>';
        }"""
    )
    assert [each.split(":")[0] for each in serious_violations(page, within=THE_MAP)] == ["color-contrast"]


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        ({"viewport": DESKTOP}, ()),
        ({"viewport": DESKTOP, "color_scheme": "dark"}, COLOR_RULES),
        ({"viewport": PHONE, "has_touch": True, "is_mobile": True}, ()),
    ],
    ids=["desktop", "dark", "phone"],
)
def test_map_is_accessible_in_every_state(
    new_page: Callable[..., Page], sample_app: str, options: dict[str, Any], rules: tuple[str, ...]
) -> None:
    page = new_page(**options)
    page.goto(f"{sample_app}/connectivity")
    still(page)
    settled(page)
    found: list[str] = []

    def check(state: str, *, within: dict[str, Any] | None = THE_MAP) -> None:
        found.extend(f"{state}: {each}" for each in serious_violations(page, within=within, rules=rules))

    is_phone = options["viewport"] == PHONE
    if is_phone:
        page.get_by_role("button", name="Map controls").tap()
    display = page.get_by_role("button", name="Map display")
    display.click()
    expect(page.locator(".menu")).to_be_visible()
    check("display menu")
    display.click()
    page.get_by_placeholder("Find a person").fill("an")
    expect(page.locator(".results button").first).to_be_visible()
    check("search results")
    find(page, "hannah marlowe")
    expect(panel(page).locator("h4")).to_have_text("Hannah Marlowe")
    check("person")
    panel(page).get_by_role("button", name="Path to").click()
    page.get_by_placeholder("Find the other person").fill("siobhan")
    page.locator(".results button").first.wait_for()
    page.keyboard.press("Enter")
    expect(panel(page).locator(".steps li b").last).to_have_text("Siobhan Tierney")
    check("path")
    page.keyboard.press("Escape")
    legend = page.locator(".legend")
    if is_phone:
        legend.get_by_role("button", name="Region").tap()
    legend.get_by_role("button", name="Vermont").click()
    expect(page.locator(".map .count")).to_have_text("16 of 116 people")
    check("legend")
    if is_phone:
        legend.get_by_role("button", name="Vermont").first.tap()
    if is_phone:
        page.locator(".st-key-map-controls-open label").click()
    page.get_by_role("button", name="More filters").click()
    expect(page.get_by_text("Minimum strength").last).to_be_visible()
    check("filters", within=None)
    page.keyboard.press("Escape")
    if is_phone:
        page.get_by_role("button", name="Map controls").tap()
    page.get_by_role("button", name="Presenter view").click()
    expect(page.locator(".headline")).to_be_visible()
    check("presenter view")
    assert found == []
