"""Streamlit's own menu: what presenters need, and nothing for developers."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def test_menu_offers_themes_and_print_only(page: Page, sample_app: str) -> None:
    page.goto(f"{sample_app}/guide")
    page.get_by_test_id("stMainMenuButton").click()
    for item in ("theme-Light", "theme-Dark", "print"):
        expect(page.get_by_test_id(f"stMainMenuItem-{item}")).to_be_visible()
    expect(page.get_by_test_id("stMainMenuList")).not_to_contain_text("Rerun")
    expect(page.get_by_test_id("stAppDeployButton")).to_have_count(0)


def test_light_theme_can_be_chosen_on_a_dark_computer(page: Page, sample_app: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{sample_app}/guide")
    page.get_by_test_id("stMainMenuButton").click()
    page.get_by_test_id("stMainMenuItem-theme-Light").click()
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(251, 247, 239)")
