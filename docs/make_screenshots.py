"""Take pictures of the pages on the sample network: `make screenshots` (README's), or all of them into a folder.

`python docs/make_screenshots.py FOLDER` takes every page at three sizes, in light and dark; `--tabs` adds the tabs
within pages. Name pages after the folder to take only those.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.serving import serving  # noqa: E402

IMAGES = ROOT / "docs" / "images"
PAGES = {
    "overview": "",
    **{
        name: name
        for name in (
            "connectivity", "experience", "infrastructure", "emergence", "weaving", "seating", "mindset", "data",
            "guide", "open", "report",
        )
    },
}  # fmt: skip
FOR_README = ("overview", "connectivity")
SIZES = {"desktop": (1440, 900), "projector": (1920, 1080), "phone": (390, 844)}


PHONE_AGENT = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def open_page(browser: Browser, port: int, name: str, *, size: tuple[int, int], theme: str) -> Page:
    """Open a page in a fresh visit and wait until it stands still."""
    width, height = size
    phone = {"has_touch": True, "is_mobile": True, "user_agent": PHONE_AGENT} if size == SIZES["phone"] else {}
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme, **phone)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{port}/{PAGES[name]}")
    settle(page)
    return page


def settle(page: Page) -> None:
    """Wait until the page has run and drawn what it shows."""
    page.wait_for_selector(READY, timeout=90_000)
    page.wait_for_timeout(1_500)
    page.wait_for_selector(READY, timeout=90_000)


def take_whole_page(page: Page, out: Path, *, size: tuple[int, int]) -> None:
    """Take all of a page, however long."""
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    tall = page.evaluate("document.querySelector('[data-testid=\"stMainBlockContainer\"]')?.scrollHeight ?? 900")
    page.set_viewport_size({"width": width, "height": min(max(height, int(tall) + 80), 6_000)})
    page.wait_for_timeout(900)
    page.screenshot(path=str(out))


def take_tabs(page: Page, stem: Path, *, size: tuple[int, int]) -> None:
    """Take each tab of a page but the first, which its own picture shows."""
    for tab in page.get_by_role("tab").all()[1:]:
        tab.click()
        settle(page)
        title = tab.inner_text().strip().lower().replace(" ", "-").replace(",", "")
        take_whole_page(page, stem.with_name(stem.name.replace("@", f"-{title}-") + ".png"), size=size)


def take_readme(browser: Browser, port: int) -> None:
    """Take the screenshots in the README."""
    for name in FOR_README:
        page = open_page(browser, port, name, size=SIZES["desktop"], theme="light")
        page.screenshot(path=str(IMAGES / f"{name}-light.png"))
        page.context.close()


def take_all(browser: Browser, port: int, folder: Path, names: list[str], *, tabs: bool) -> None:
    """Take pages at each size, in light and dark; with `tabs`, also the tabs within them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        for label, size in SIZES.items():
            for theme in ("light", "dark"):
                page = open_page(browser, port, name, size=size, theme=theme)
                take_whole_page(page, folder / f"{name}-{label}-{theme}.png", size=size)
                if tabs:
                    take_tabs(page, folder / f"{name}@{label}-{theme}", size=size)
                page.context.close()


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="where to put pictures of all pages (default: README's)")
    parser.add_argument("pages", nargs="*", help=f"any of: {', '.join(PAGES)}")
    parser.add_argument("--tabs", action="store_true", help="also take the tabs within pages")
    options = parser.parse_args()
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright, serving(ROOT / "app.py") as port:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        if options.folder is None:
            take_readme(browser, port)
        else:
            take_all(browser, port, options.folder, options.pages or list(PAGES), tabs=options.tabs)
        browser.close()


if __name__ == "__main__":
    main()
