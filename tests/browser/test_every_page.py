"""Each page of the sample in a browser, at several sizes: it fits, is accessible, and requests nothing from others."""

from __future__ import annotations

import base64
import math
import struct
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect

from nethealth.presentation.palette import DARK, LIGHT
from nethealth.ui.routes import PAGES
from tests.browser.accessibility import COLOR_RULES, OPEN_TAB, TALL, TALL_PHONE, serious_violations
from tests.browser.conftest import DESKTOP, PHONE, open_tabs, settled

Theme = Literal["light", "dark"]
ZOOMED: ViewportSize = {"width": 720, "height": 450}
"""The size of a 1440 by 900 window at 200 percent zoom, or of half a screen."""
TABLET: ViewportSize = {"width": 1024, "height": 800}
SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
ADDRESSES = ("", *(address for address in PAGES if address != "overview"))

FITS = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  return main.scrollWidth === main.clientWidth && main.clientWidth <= innerWidth;
}"""
CLEARS_THE_BAR = """() => {
  const bar = document.querySelector('[data-testid="stHeader"]');
  const first = document.querySelector(".nh-status");
  if (!first) return false;
  const isSeeThrough = getComputedStyle(bar).backgroundColor === "rgba(0, 0, 0, 0)";
  return isSeeThrough || first.getBoundingClientRect().top >= bar.getBoundingClientRect().bottom;
}"""

SHOWN_ON_PAPER = """() => [...document.querySelectorAll(
  '[data-testid="stSidebar"], [data-testid="stHeader"], button, input, [role="tablist"]'
)].filter(element => element.checkVisibility({visibilityProperty: true}) && element.getBoundingClientRect().width > 2)
  .map(element => element.outerHTML.slice(0, 120))"""

FIRST_VIEW_WORDS = {"": 120, "connectivity": 80, "experience": 110, "weaving": 100, "data": 90, "guide": 150}
"""How many words a page may have in its first view, so that busy people read them."""

COUNT_WORDS = """() => {
  const walker = document.createTreeWalker(document.querySelector('[data-testid="stMain"]'), NodeFilter.SHOW_TEXT);
  let words = 0;
  while (walker.nextNode()) {
    const text = walker.currentNode, parent = text.parentElement, range = document.createRange();
    if (!text.data.trim() || parent.closest('style, script, [data-testid="stIconMaterial"]')) continue;
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || box.top >= innerHeight || box.bottom <= 0) continue;
    if (parent.checkVisibility({visibilityProperty: true})) words += text.data.trim().split(/\\s+/).length;
  }
  return words;
}"""

CORNERS_OF_CARDS = """() => {
  const found = [...document.querySelectorAll('[class*="st-key-card-"]')].map(card => {
    card.scrollIntoView({block: "center"});
    const {left, right, top, bottom} = card.getBoundingClientRect(), inset = 9;
    const places = [left + inset, (left + right) / 2, right - inset]
      .flatMap(x => [top + inset, (top + bottom) / 2, bottom - inset].map(y => document.elementFromPoint(x, y)));
    return [...new Set(places.map(element => element.closest("a")?.getAttribute("href")))];
  });
  document.querySelector('[data-testid="stMain"]').scrollTo(0, 0);
  return found;
}"""
"""Where taps near the edges of a card and in its middle lead."""

CHART_TEXT_SIZES = """() => [...document.querySelectorAll('[data-testid="stPlotlyChart"] text')].map(
  text => 0.75 * parseFloat(getComputedStyle(text).fontSize) * text.currentCSSZoom
)"""
"""How large texts of charts are, in points."""

CHART_COLORS = """() => [...document.querySelectorAll('[data-testid="stPlotlyChart"] text')].map(text => {
  const channels = getComputedStyle(text).fill.match(/\\d+/g).slice(0, 3);
  return "#" + channels.map(each => Number(each).toString(16).padStart(2, "0")).join("");
})"""

DARK_ON_LIGHT = """() => {
  const lightness = color => Math.max(...color.match(/\\d+/g).slice(0, 3).map(Number));
  return getComputedStyle(document.querySelector('[data-testid="stApp"]')).colorScheme === "light"
    && [...document.querySelectorAll('[data-testid="stMain"] :is(p, span)')]
      .every(text => lightness(getComputedStyle(text).color) < 60);
}"""

HAS_THEME = """theme => {
  const [red] = getComputedStyle(document.querySelector('[data-testid="stApp"]')).backgroundColor.match(/\\d+/g);
  return red > 127 === (theme === "light");
}"""


def picture(page: Page, kind: str, *, place: int = 0) -> bytes:
    """Return a chart on the page, the first unless given, as the open menu saves it."""
    with page.expect_download() as saved:
        page.locator(".nh-pictures").get_by_role("button", name=kind).nth(place).click()
    return Path(saved.value.path()).read_bytes()


def open_page(page: Page, url: str) -> None:
    """Open a page and wait until it is complete, and the bar above it does not cover its first line."""
    page.goto(url)
    page.locator(".nh-status").wait_for()
    settled(page)
    page.wait_for_function(CLEARS_THE_BAR)
    expect(page.locator(".nh-question, h1").last).to_be_visible()
    assert page.locator('[data-testid="stException"]').count() == 0


def assert_fits(page: Page) -> None:
    """Nothing is wider than the screen, so no one has to scroll sideways. The main part is what scrolls.

    Charts follow a new size a moment later.
    """
    page.wait_for_function(FITS)


def assert_fits_at(page: Page, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    settled(page)
    assert_fits(page)
    page.wait_for_function(CLEARS_THE_BAR)


def switch_to(page: Page, theme: Theme) -> None:
    """Let the system switch between light and dark, unless it is so already, and wait until the page has followed."""
    if not page.evaluate(HAS_THEME, theme):
        page.emulate_media(color_scheme=theme)
        page.wait_for_function(HAS_THEME, arg=theme)
        settled(page)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_tab_fits_and_is_accessible(new_page: Callable[..., Page], sample_app: str, address: str) -> None:
    page = new_page(viewport=PHONE)
    open_page(page, f"{sample_app}/{address}")
    assert_fits(page)
    if not address:
        steps = page.locator(".st-key-next-steps").bounding_box()
        assert steps is not None
        assert steps["y"] + steps["height"] <= PHONE["height"], "the verdict and the next steps fit the first screen"
        domains = [["connectivity"], ["experience"], ["infrastructure"], ["emergence"]]
        assert page.evaluate(CORNERS_OF_CARDS) == domains, "a card is a link as a whole"
    for size in (ZOOMED, TABLET, DESKTOP):
        assert_fits_at(page, size)
    assert page.evaluate(COUNT_WORDS) <= FIRST_VIEW_WORDS.get(address, math.inf)
    if not address:
        page.get_by_role("button", name="Download").click()
        expect(page.locator(".nh-pictures li"), "each card with a line leaves as a picture").to_have_count(4)
        page.keyboard.press("Escape")
    page.set_viewport_size(TALL_PHONE)
    settled(page)
    # What is in the tabs is checked on a desktop, because it takes long.
    found = [f"phone: {each}" for each in serious_violations(page)]
    page.set_viewport_size(TALL)
    settled(page)
    themes: tuple[Theme, Theme] = ("light", "dark")
    for number, tab in enumerate(open_tabs(page)):
        assert_fits(page)
        area = OPEN_TAB if number else None
        for theme in themes:
            switch_to(page, theme)
            rules = COLOR_RULES if theme == "dark" else ()
            found += [f"{tab}, {theme}: {each}" for each in serious_violations(page, within=area, rules=rules)]
        # The next tab opens in the theme of this one's end, because a switch takes long.
        themes = themes[::-1]
        page.set_viewport_size(PHONE)
        settled(page)
        assert_fits(page)
        page.set_viewport_size(TALL)
    assert found == []


def test_charts_leave_as_pictures_and_paper_has_all_but_controls(
    new_page: Callable[..., Page], sample_app: str
) -> None:
    page = new_page(viewport=DESKTOP)
    open_page(page, f"{sample_app}/infrastructure")
    menu = page.get_by_test_id("stPopover").get_by_role("button", name="Download")
    menu.click()
    title = page.locator(".nh-pictures li span").first.inner_text()
    svg = picture(page, "SVG")
    root = ElementTree.fromstring(svg)
    words = " ".join(" ".join(root.itertext()).split())
    assert title in words
    assert "Juniper Mathematics Circles" in words
    assert "2026" in words
    assert len(list(root.iter(f"{SVG}rect"))) + len(list(root.iter(f"{SVG}path"))) > 10
    assert not [each for each in root.iter() if each.tag.endswith(("script", "foreignObject"))]
    assert struct.unpack(">I", picture(page, "PNG")[16:20])[0] == 2 * int(root.attrib["width"])
    page.keyboard.press("Escape")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 980, "height": 500})
    assert page.evaluate(SHOWN_ON_PAPER) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # All of the page is there, not only what fit the screen.
    assert page.evaluate("document.documentElement.scrollHeight > 1.3 * innerHeight")
    assert min(page.evaluate(CHART_TEXT_SIZES)) >= 8
    # A dark page is printed in black on light, too.
    page.emulate_media(media="print", color_scheme="dark")
    page.wait_for_function(DARK_ON_LIGHT)
    page.emulate_media(media="null", color_scheme="dark")
    page.set_viewport_size(DESKTOP)
    open_page(page, page.url)
    page.wait_for_function(f"() => ({CHART_COLORS})().includes('{DARK.muted}')")
    shown = page.evaluate(CHART_COLORS)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = page.evaluate(CHART_COLORS)
    assert LIGHT.muted in printed
    assert DARK.muted not in printed
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(CHART_COLORS) == shown
    # So are pictures of its charts, also one that is painted as pixels.
    menu.click()
    root = ElementTree.fromstring(picture(page, "SVG", place=1))
    (cells,) = [each.attrib[f"{XLINK}href"] for each in root.iter(f"{SVG}image")]
    image = Image.open(BytesIO(base64.b64decode(cells.partition(",")[2])))
    painted = {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue, alpha) in image.getcolors() or () if alpha}
    assert painted
    assert painted <= set(LIGHT.sequence)
