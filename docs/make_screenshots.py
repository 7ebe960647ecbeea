"""Take pictures of the pages on the sample network: `make screenshots` (README's), or all of them into a folder.

`python docs/make_screenshots.py FOLDER` takes every page at three sizes, in light and dark.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

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
            "guide", "open",
        )
    },
}  # fmt: skip
FOR_README = ("overview", "connectivity")
SIZES = {"desktop": (1440, 900), "projector": (1920, 1080), "phone": (390, 844)}


def picture(
    browser: Browser, port: int, name: str, *, size: tuple[int, int], theme: str, out: Path, whole: bool
) -> None:
    """One picture of one page; `whole` shows all of it, however long."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{port}/{PAGES[name]}")
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_timeout(1_500)
    if whole:
        tall = page.evaluate("document.querySelector('[data-testid=\"stMainBlockContainer\"]')?.scrollHeight ?? 900")
        page.set_viewport_size({"width": width, "height": min(max(height, int(tall) + 80), 6_000)})
        page.wait_for_timeout(900)
    page.screenshot(path=str(out))
    context.close()


def main() -> None:
    """Take the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    names = sys.argv[2:] or list(PAGES)
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright, serving(ROOT / "app.py") as port:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        if folder is None:
            for name in FOR_README:
                out = IMAGES / f"{name}-light.png"
                picture(browser, port, name, size=SIZES["desktop"], theme="light", out=out, whole=False)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            for name in names:
                for label, size in SIZES.items():
                    for theme in ("light", "dark"):
                        out = folder / f"{name}-{label}-{theme}.png"
                        picture(browser, port, name, size=size, theme=theme, out=out, whole=True)
        browser.close()


if __name__ == "__main__":
    main()
