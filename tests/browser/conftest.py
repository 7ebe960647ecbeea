"""A real browser against the real app, started as `make run` starts it. No request may leave for another host."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from benchmarks.serving import ROOT, serving

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 60_000
"""Milliseconds after which what is waited for counts as never to come; a busy machine may take many times the usual."""


# First, since xdist writes the groups into the tests' names in this very hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            # One worker takes them all: two browsers and two apps on two cores only wait for each other.
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("No Chromium here: `make test` finds or installs one.")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def sample_app() -> Iterator[str]:
    """The app on the embedded sample, for this machine alone; gives its address."""
    with serving(ROOT / "app.py", environ={"NETHEALTH_SPREADSHEET": "", "NETHEALTH_API_KEY": ""}) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages of which any fails the test when it asks another host, runs what a cell holds, or throws."""
    contexts = []
    strangers: list[str] = []
    thrown: list[str] = []

    def open_it(**looks: Any) -> Page:
        context = browser.new_context(accept_downloads=True, **looks)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        context.on("request", lambda request: strangers.append(request.url) if is_outside(request.url) else None)
        context.on("weberror", lambda error: thrown.append(str(error.error)))
        context.on("dialog", lambda dialog: (thrown.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        return context.new_page()

    yield open_it
    for context in contexts:
        context.close()
    assert strangers == []
    assert thrown == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Such a page on a desk."""
    return new_page(viewport=DESKTOP)


def is_outside(url: str) -> bool:
    """Whether a request leaves for another host than the app's."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in {"127.0.0.1", "localhost"}


# What waits for the map to stand is a part of the page that is yet to come.
SETTLED = """() => {
  const now = performance.now();
  if (!window.lastChange) {
    window.lastChange = now;
    const changed = () => (window.lastChange = performance.now());
    const all = { subtree: true, childList: true, attributes: true, characterData: true };
    new MutationObserver(changed).observe(document.documentElement, all);
  }
  const app = document.querySelector('[data-testid="stApp"]')?.dataset ?? {};
  const stands = app.testScriptState === "notRunning" && app.testConnectionState === "CONNECTED";
  if (!stands || document.querySelector(".st-key-map-ready")) window.lastChange = now;
  return now - window.lastChange > 250;
}"""


def settled(page: Page) -> None:
    """Wait until the page stands: its title is there, no run is under way, and nothing has changed for a moment.

    A click reaches the server and comes back at its own pace: wait first for what it brings about.
    """
    page.locator('[data-testid="stMain"] h1').first.wait_for()
    page.wait_for_function(SETTLED)


def links_of(page: Page, *, count: int) -> list[Locator]:
    """The links of the navigation, once all are there."""
    links = page.locator('[data-testid="stSidebarNavLink"]')
    expect(links).to_have_count(count)
    return links.all()


def follow(link: Locator) -> None:
    """Click a link of the navigation and wait until its page stands."""
    leads_to = urlsplit(link.get_attribute("href") or "").path
    link.click()
    link.page.wait_for_url(lambda url: urlsplit(url).path == leads_to)
    settled(link.page)
