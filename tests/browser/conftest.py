"""A real browser against the real app, started as `make run` starts it. No request may leave for another host."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.serving import ROOT, serving

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


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
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test when it asks another host, runs what a cell holds, or throws."""
    context = browser.new_context(viewport=DESKTOP, accept_downloads=True)
    opened = context.new_page()
    strangers: list[str] = []
    thrown: list[str] = []
    opened.on("request", lambda request: strangers.append(request.url) if is_outside(request.url) else None)
    opened.on("pageerror", lambda error: thrown.append(str(error)))
    opened.on("dialog", lambda dialog: (thrown.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    yield opened
    context.close()
    assert strangers == []
    assert thrown == []


def is_outside(url: str) -> bool:
    """Whether a request leaves for another host than the app's."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in {"127.0.0.1", "localhost"}


def settled(page: Page) -> None:
    """Wait until the page's run has ended."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=20_000)
    page.wait_for_timeout(250)
