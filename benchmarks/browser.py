"""Waiting times in a real browser: the first page, and switching pages.

The peer is the smallest two-page Streamlit app with one plotly chart per page, in the same browser and run.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks.serving import ROOT, serving

PAGES = ("", "connectivity", "experience", "infrastructure", "emergence", "weaving", "mindset", "data", "guide")
SMALLEST = {
    "app.py": """
import streamlit as st
st.navigation([st.Page("pages/health/one.py", default=True), st.Page("pages/health/two.py")]).run()
""",
    "pages/health/one.py": """
import plotly.graph_objects as go, streamlit as st
st.title("One"); st.plotly_chart(go.Figure(go.Bar(x=list("abc"), y=[1, 2, 3])))
""",
    "pages/health/two.py": """
import plotly.graph_objects as go, streamlit as st
st.title("Two"); st.plotly_chart(go.Figure(go.Scatter(x=list("abc"), y=[3, 1, 2])))
""",
}
# Measures from the click to the last change of the page, once nothing has changed for 700 ms.
WATCH = """
() => {
  window.lastChange = performance.now();
  const watcher = new MutationObserver(() => { window.lastChange = performance.now(); });
  watcher.observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: ["d", "points", "data-ready", "src"]});
}
"""
# The map is in a shadow tree, which that observer doesn't see, so we watch the map's own ready attribute.
DRAWN = "since => window.mapReady > since"
WATCH_MAP = """
() => {
  window.mapReady = 0;
  let wasReady = false;
  const look = () => {
    const hosts = [...document.querySelectorAll('[data-testid="stBidiComponentIsolated"]')];
    const isReady = hosts.some(host => host.shadowRoot?.querySelector('[data-ready="true"]'));
    if (isReady && !wasReady) window.mapReady = performance.now();
    wasReady = isReady;
    requestAnimationFrame(look);
  };
  look();
}
"""
STILL = "since => window.lastChange > since && performance.now() - window.lastChange > 700"


ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def _path() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_path(), args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def profile_context(browser: Browser) -> Iterator[BrowserContext]:
    """Open a browser with a profile on disk, like anyone who doesn't browse privately.

    It caches Streamlit's compiled scripts between visits. A private window compiles them each time, which takes a third
    of a second.
    """
    with tempfile.TemporaryDirectory() as profile:
        context = browser.browser_type.launch_persistent_context(
            profile, executable_path=_path(), args=ARGUMENTS, viewport={"width": 1440, "height": 900}
        )
        yield context
        context.close()


def first_page(browser: Browser, script: Path, folder: Path) -> float:
    """Return the seconds from starting the process until the first page is shown, with a warm browser cache."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    waits = []
    for _ in range(3):
        started = time.monotonic()
        with serving(script, folder=folder) as port:
            page = context.new_page()
            page.add_init_script(f"document.addEventListener('DOMContentLoaded', {WATCH})")
            page.goto(f"http://127.0.0.1:{port}/")
            page.wait_for_selector("h1, h2")
            page.wait_for_function(STILL, arg=0)
            waits.append(time.monotonic() - started - page.evaluate("(performance.now() - window.lastChange) / 1000"))
            page.close()
    context.close()
    return min(waits)


def switch_times(page: Page, port: int, pages: tuple[str, ...]) -> dict[str, float]:
    """Return the median milliseconds from the click on each page's name until the page stops changing."""
    page.goto(f"http://127.0.0.1:{port}/")
    page.wait_for_selector('[data-testid="stSidebarNavLink"]')
    page.evaluate(WATCH)
    page.evaluate(WATCH_MAP)
    page.wait_for_timeout(2_000)
    waits_by_page: dict[str, list[float]] = {}
    for round_number in range(6):
        for name in (*pages[1:], pages[0]):
            link = page.locator(f'[data-testid="stSidebarNavLink"][href$="/{name}"]').first
            clicked = page.evaluate("performance.now()")
            link.click()
            page.wait_for_function(STILL, arg=clicked)
            if name == "connectivity":
                page.wait_for_function(DRAWN, arg=clicked)
            if round_number:
                changed = max(page.evaluate("[window.lastChange, window.mapReady]"))
                waits_by_page.setdefault(name or "overview", []).append(changed - clicked)
    return {name: statistics.median(waits) for name, waits in waits_by_page.items()}


def main() -> None:
    print("In a browser: the first page, and switching pages")
    with chromium() as browser, tempfile.TemporaryDirectory() as scratch:
        smallest = Path(scratch)
        for name, text in SMALLEST.items():
            (smallest / name).parent.mkdir(parents=True, exist_ok=True)
            (smallest / name).write_text(text, encoding="utf-8")
        ours = first_page(browser, ROOT / "app.py", ROOT)
        theirs = first_page(browser, smallest / "app.py", smallest)
        print(
            f"  first page    ours {ours:.2f} s (promised 3 s)   smallest app {theirs:.2f} s"
            f"   ratio {ours / theirs:.2f}"
        )
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        with serving(smallest / "app.py", folder=smallest) as port:
            peer = max(switch_times(context.new_page(), port, ("", "two")).values())
        with serving(ROOT / "app.py") as port:
            for name, milliseconds in switch_times(context.new_page(), port, PAGES).items():
                promised = 1_000 if name == "connectivity" else 400
                print(
                    f"  {name:<16} {milliseconds:5.0f} ms (promised {promised})   smallest app {peer:.0f} ms"
                    f"   ratio {milliseconds / peer:.2f}"
                )
        context.close()


if __name__ == "__main__":
    main()
