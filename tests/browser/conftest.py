"""A real browser and the real app, started as `make run` starts it. No page may request anything from other hosts."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

from benchmarks.serving import ROOT, serving

DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
TIMEOUT = 60_000
"""Milliseconds after which a wait fails; a busy machine may take many times the usual."""


# First, because xdist adds the groups to the names of tests in this hook, too.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            # One worker runs them all, because two browsers and two apps on two cores would wait for each other.
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("No Chromium here: `make test` finds or installs one.")
    expect.set_options(timeout=TIMEOUT)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def sample_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app, which shows the embedded sample to this machine only, without what anyone recorded."""
    folder = str(tmp_path_factory.mktemp("sample"))
    environ = {"NETHEALTH_SPREADSHEET": "", "NETHEALTH_API_KEY": "", "NETHEALTH_DATA_DIR": folder}
    with serving(ROOT / "app.py", environ=environ) as port:
        yield f"http://127.0.0.1:{port}"


class Window:
    """A page in a context of its own. It notes what no page may do: request from another host, open a dialog, throw."""

    def __init__(self, browser: Browser, options: Mapping[str, Any]) -> None:
        context = browser.new_context(accept_downloads=True, **options)
        context.set_default_timeout(TIMEOUT)
        self.problems: list[str] = []
        note = self.problems.append
        context.on("request", lambda request: note(f"request: {request.url}") if is_outside(request.url) else None)
        context.on("weberror", lambda error: note(f"error: {error.error}"))
        context.on("dialog", lambda dialog: (note(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page = context.new_page()

    def dress(
        self, *, viewport: ViewportSize, color_scheme: Any = "light", reduced_motion: Any = "no-preference"
    ) -> Page:
        """Return the page with what can change while it is open."""
        self.page.set_viewport_size(viewport)
        self.page.emulate_media(media="null", color_scheme=color_scheme, reduced_motion=reduced_motion)
        return self.page

    def clear(self) -> list[str]:
        """Return what was noted, and leave nothing of this visit to the next."""
        found = list(self.problems)
        context = self.page.context
        for other in context.pages:
            if other is not self.page:
                other.close()
        if self.page.url != "about:blank":
            self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.page.goto("about:blank")
        context.clear_cookies()
        self.page.unroute_all()
        self.page.mouse.move(0, 0)
        self.problems.clear()
        return found


@pytest.fixture(scope="session")
def idle_windows() -> dict[str, list[Window]]:
    """Windows that tests are done with, by their options. To open one costs more than to load most pages."""
    return defaultdict(list)


@pytest.fixture
def new_page(browser: Browser, idle_windows: dict[str, list[Window]]) -> Iterator[Callable[..., Page]]:
    """Opens pages as on a first visit. The test fails if one does what none may.

    Later tests get the same window, so remove what the test adds to it, as in `with page.add_init_script(…)`.
    """
    lent: list[tuple[str, Window]] = []

    def open_it(*, has_touch: bool = False, is_mobile: bool = False, **looks: Any) -> Page:
        options = {"has_touch": has_touch, "is_mobile": is_mobile}
        idle = idle_windows[str(options)]
        window = idle.pop() if idle else Window(browser, options)
        lent.append((str(options), window))
        return window.dress(**looks)

    yield open_it
    problems = []
    for options, window in lent:
        problems += window.clear()
        idle_windows[options].append(window)
    assert problems == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Such a page in a desktop window."""
    return new_page(viewport=DESKTOP)


def is_outside(url: str) -> bool:
    """True if a request is to another host than the app's."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in {"127.0.0.1", "localhost"}


# As long as `map-ready` is there, the page waits for the map before it shows the rest.
SETTLED = """() => {
  const now = performance.now();
  if (!window.lastChange) {
    window.lastChange = now;
    const changed = () => (window.lastChange = performance.now());
    const all = { subtree: true, childList: true, attributes: true, characterData: true };
    new MutationObserver(changed).observe(document.documentElement, all);
  }
  const app = document.querySelector('[data-testid="stApp"]')?.dataset ?? {};
  const isDone = app.testScriptState === "notRunning" && app.testConnectionState === "CONNECTED";
  if (!isDone || document.querySelector(".st-key-map-ready")) window.lastChange = now;
  return now - window.lastChange > 250;
}"""


def settled(page: Page) -> None:
    """Wait until the page is complete: it has a title, no run is in progress, and nothing has changed for a moment.

    After a click, wait for its effect first, because the server may not have received it yet.
    """
    page.locator('[data-testid="stMain"] h1').first.wait_for()
    page.wait_for_function(SETTLED)


def open_tabs(page: Page) -> Iterator[str]:
    """Open the tabs of a page one after the other; yields the name of each, or "" once if the page has no tabs."""
    tabs = page.locator('[data-testid="stMain"] [role="tab"]').all()
    yield tabs[0].inner_text() if tabs else ""
    for tab in tabs[1:]:
        tab.click()
        expect(tab).to_have_attribute("aria-selected", "true")
        settled(page)
        yield tab.inner_text()


def links_of(page: Page, *, count: int) -> list[Locator]:
    """Return the links of the navigation, once all are there."""
    links = page.locator('[data-testid="stSidebarNavLink"]')
    expect(links).to_have_count(count)
    return links.all()


def follow(link: Locator) -> None:
    """Click a link of the navigation and wait until its page is complete."""
    path = urlsplit(link.get_attribute("href") or "").path
    link.click()
    link.page.wait_for_url(lambda url: urlsplit(url).path == path)
    settled(link.page)
