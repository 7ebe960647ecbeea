"""The very first visit after a start never shows "Page not found", whatever page it opens."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from benchmarks.serving import ROOT, serving
from tests.browser.conftest import settled

SEEN = """
window.notFound = false;
const look = () => { if (document.body?.textContent.includes("Page not found")) window.notFound = true; };
new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
"""


def test_first_visit_to_any_page_finds_it(page: Page) -> None:
    environ = {"NETHEALTH_SPREADSHEET": "", "NETHEALTH_API_KEY": ""}
    with page.add_init_script(SEEN), serving(ROOT / "app.py", environ=environ) as port:
        page.goto(f"http://127.0.0.1:{port}/guide")
        expect(page.get_by_role("heading", name="Four principles")).to_be_visible()
        settled(page)
        expect(page.get_by_role("heading", name="Four principles")).to_be_visible()
        assert page.evaluate("window.notFound") is False
        # The check does notice a page that is missing.
        page.goto(f"http://127.0.0.1:{port}/nowhere")
        page.wait_for_function("window.notFound")
        page.goto("about:blank")
