"""The very first visit after a start, at a page that is not the first: no word of a page that is not there."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from benchmarks.serving import ROOT, serving
from tests.browser.conftest import settled


def test_the_first_visit_may_begin_anywhere(page: Page) -> None:
    with serving(ROOT / "app.py") as port:
        page.goto(f"http://127.0.0.1:{port}/guide")
        expect(page.get_by_role("heading", name="Four principles")).to_be_visible(timeout=20_000)
        page.wait_for_timeout(1_500)
        settled(page)
        assert page.get_by_text("Page not found").count() == 0
        expect(page.get_by_role("heading", name="Four principles")).to_be_visible()
        page.goto("about:blank")
