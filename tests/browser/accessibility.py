"""Accessibility of what is open in the browser, checked by axe-core."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import DESKTOP, PHONE

TALL: ViewportSize = {**DESKTOP, "height": 6000}
TALL_PHONE: ViewportSize = {**PHONE, "height": 10_000}
"""Windows that whole pages fit in: where a page scrolls, axe doesn't check the contrast of what is further down."""
STREAMLITS_OWN = ('[data-testid="stSidebarNav"]', '[data-testid="stToast"]')
"""Streamlit 1.67 nests its navigation's sections in a list without list items, and a toast names a title that it lacks
as its label; that isn't ours to fix."""
THE_MAP = {"fromShadowDom": ['[data-testid="stBidiComponentIsolated"]', ".map"]}
"""The map on the Connectivity page, which is in a shadow root."""
OPEN_TAB = '[data-testid="stTabs"]'
COLOR_RULES = ("color-contrast", "link-in-text-block")
"""The rules whose findings depend on the theme."""
RUN = """([area, rules, exclude]) => {
  for (const folded of document.querySelectorAll('[data-testid="stMain"] details')) folded.open = true;
  const context = area ? { include: [area], exclude } : { exclude };
  const runOnly = rules.length ? { runOnly: rules } : {};
  return axe.run(context, { resultTypes: ["violations"], ...runOnly }).then(found =>
    found.violations
      .filter(violation => ["serious", "critical"].includes(violation.impact))
      .flatMap(violation => violation.nodes.map(node => `${violation.id}: ${node.html.slice(0, 200)}`)));
}"""


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def serious_violations(
    page: Page, *, within: str | dict[str, Any] | None = None, rules: Sequence[str] = ()
) -> list[str]:
    """Return axe's serious and critical findings, each with the element that it is about.

    `within` is the part of the page to check, as axe selects it (None: all of it), and `rules` are the ids of the rules
    to check (none: all of them). Opens what is folded. Contrast is checked of what is in the window only (see `TALL`).
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    found: list[str] = page.evaluate(RUN, [within, list(rules), list(STREAMLITS_OWN)])
    return found
