"""Accessibility of a page that is open in the browser, checked by axe-core."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

STREAMLITS_OWN = '[data-testid="stSidebarNav"]'
"""Streamlit 1.67 nests its navigation's sections in a list without list items; that isn't ours to fix."""
RUN = """exclude => axe.run({exclude: [exclude]}, {resultTypes: ["violations"]}).then(found =>
  found.violations
    .filter(violation => ["serious", "critical"].includes(violation.impact))
    .flatMap(violation => violation.nodes.map(node => `${violation.id}: ${node.html.slice(0, 200)}`)))"""


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def serious_violations(page: Page) -> list[str]:
    """Return axe's serious and critical findings on a page, each with the element that it is about."""
    page.evaluate(_axe())
    found: list[str] = page.evaluate(RUN, STREAMLITS_OWN)
    return found
