"""Each page of the sample in a browser, at three sizes: it loads, fits, and requests nothing from other hosts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from nethealth.ui.routes import PAGES
from tests.browser.accessibility import serious_violations
from tests.browser.conftest import DESKTOP, PHONE, follow, links_of, settled

ZOOMED = {"width": 720, "height": 450}
"""The size of a 1440 by 900 window at 200 percent zoom."""

ADDRESSES = ("", *(address for address in PAGES if address != "overview"))


LOOKS = {
    "desktop": {"viewport": DESKTOP},
    "dark": {"viewport": DESKTOP, "color_scheme": "dark"},
    "phone": {"viewport": PHONE},
    "zoomed": {"viewport": ZOOMED},
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_fits_and_is_accessible(
    new_page: Callable[..., Page], sample_app: str, name: str, look: dict[str, Any]
) -> None:
    page = new_page(**look)
    page.goto(f"{sample_app}/{name}")
    settled(page)
    expect(page.locator(".nh-question, h1").last).to_be_visible()
    assert page.locator('[data-testid="stException"]').count() == 0
    # Nothing is wider than the screen, so no one has to scroll sideways. The main part is what scrolls.
    main = page.locator('[data-testid="stMain"]')
    assert main.evaluate("main => [main.scrollWidth - main.clientWidth, main.clientWidth <= innerWidth]") == [0, True]
    # The bar above the page does not cover its first line.
    header, line = (page.locator(f'[data-testid="{name}"]') for name in ("stHeader", "stMainBlockContainer"))
    bar = header.evaluate("bar => getComputedStyle(bar).backgroundColor === 'rgba(0, 0, 0, 0)' ? 0 : bar.offsetHeight")
    assert line.evaluate("page => parseFloat(getComputedStyle(page).paddingTop)") >= bar
    assert serious_violations(page) == []


# As on a tablet, in half a screen, or at 200 percent zoom.
@pytest.mark.parametrize("width", [720, 1024])
def test_middle_widths_fit_and_clear_the_bar(page: Page, sample_app: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for name in ADDRESSES:
        page.goto(f"{sample_app}/{name}")
        settled(page)
        main = page.locator('[data-testid="stMain"]')
        assert main.evaluate("main => main.scrollWidth - main.clientWidth") == 0, name
        bar = page.locator('[data-testid="stHeader"]')
        first = page.locator(".nh-status, h1").first
        is_clear = bar.evaluate("bar => getComputedStyle(bar).backgroundColor === 'rgba(0, 0, 0, 0)'")
        end = bar.evaluate("bar => bar.getBoundingClientRect().bottom")
        assert is_clear or first.evaluate("line => line.getBoundingClientRect().top") >= end, name


def test_navigation_opens_every_page(page: Page, sample_app: str) -> None:
    page.goto(sample_app)
    settled(page)
    for link in links_of(page, count=len(ADDRESSES)):
        follow(link)
        expect(page.locator(".nh-question, h1").last).to_be_visible()
        assert page.locator('[data-testid="stException"]').count() == 0
